"""The pages of the room in a browser: log-in, first steps, limits of a session, slips, trail."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from conftest import NOW, prepared
from shoumi.domains.accounts import services
from shoumi.domains.accounts.models import OpenLogin, Proposal
from shoumi.platform.directory.models import Person
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.trail.models import Entry

NEW = "Tuhv#7391kz"


def enter(key, password=None, *, address="10.0.0.9", follow=False, **more):
    browser = Client(REMOTE_ADDR=address)
    answer = browser.post(
        "/login/",
        {"account": key, "password": password or f"{key}-Pass-2026", **more},
        follow=follow,
    )
    return browser, answer


def change(office, key, **fields):
    with prepared(office.body):
        Person.objects.filter(pk=getattr(office, key).pk).update(**fields)


def moved(browser, **back):
    """The session as it would be after some time: the clock stands, the marks go back."""
    session = browser.session
    for name, seconds in back.items():
        session[name] = int(timezone.now().timestamp()) - seconds
    session.save()


class TestLogIn:
    def test_the_form_is_plain_and_tells_nothing(self, office):
        page = Client().get("/login/").content.decode()
        assert 'autocomplete="current-password"' in page and "csrfmiddlewaretoken" in page
        assert "registrar" not in page

    @pytest.mark.clause("accounts.identity")
    def test_the_right_password_opens_the_page_that_was_asked_for(self, office):
        _, answer = enter("registrar", next="/accounts/mine/")
        assert answer.status_code == 302 and answer["Location"] == "/accounts/mine/"

    @pytest.mark.parametrize("target", ["https://elsewhere/", "//elsewhere/", "javascript:x"])
    def test_it_never_leads_elsewhere(self, office, target):
        _, answer = enter("registrar", next=target)
        assert answer["Location"] == "/"

    @pytest.mark.clause("accounts.login.failure")
    def test_known_unknown_locked_and_stopped_get_the_same_page(self, office):
        services.disable(actor=office.secadmin, subject=office.peer, reason="x", at=NOW)
        for _ in range(5):
            enter("chief", "wrong")
        pages = set()
        for key, password in (("handler", "no"), ("nobody", "no"), ("peer", None), ("chief", None)):
            _, answer = enter(key, password, address="10.9.9.9")
            assert answer.status_code == 422
            text = answer.content.decode().replace(f'value="{key}"', "")
            text = re.sub(r'name="(csrfmiddlewaretoken|_once)" value="[^"]*"', "", text)
            pages.add(text)
        assert len(pages) == 1

    def test_the_password_typed_does_not_come_back(self, office):
        _, answer = enter("handler", "typed-by-mistake")
        assert b"typed-by-mistake" not in answer.content

    def test_a_key_planted_before_is_worth_nothing(self, office):
        browser = Client()
        browser.get("/login/")
        browser.cookies["shoumi"] = "planted-key-0123456789abcdef012345"
        browser.post("/login/", {"account": "registrar", "password": "registrar-Pass-2026"})
        assert browser.session.session_key != "planted-key-0123456789abcdef012345"

    def test_the_token_is_wanted(self, office):
        browser = Client(enforce_csrf_checks=True)
        answer = browser.post(
            "/login/", {"account": "registrar", "password": "registrar-Pass-2026"}
        )
        assert answer.status_code == 403
        assert not Entry.objects.filter(event="accounts.login").exists()

    def test_the_last_time_is_shown(self, office):
        enter("registrar", address="10.0.0.1")
        enter("registrar", "wrong")
        _, answer = enter("registrar", follow=True, next="/accounts/mine/")
        page = answer.content.decode()
        assert "上次登录" in page and "10.0.0.1" in page and "登录失败 1 次" in page

    def test_clients_do_not_choose_their_address(self, office, settings):
        Client().post("/login/", {"account": "x", "password": "y"}, HTTP_X_FORWARDED_FOR="1.2.3.4")
        assert "1.2.3.4" not in Entry.objects.get(event="accounts.login_failed").body
        settings.TRUSTED_PROXIES = ["127.0.0.1"]
        Client().post(
            "/login/", {"account": "x", "password": "y"}, HTTP_X_FORWARDED_FOR="6.6.6.6, 10.1.1.1"
        )
        said = Entry.objects.filter(event="accounts.login_failed").order_by("-id")[0].body
        assert "10.1.1.1" in said and "6.6.6.6" not in said


class TestSession:
    @pytest.mark.clause("accounts.session.single")
    def test_one_log_in_too_many_ends_the_first_and_says_so(self, office):
        allowed = figure("accounts.session.single", "sessions", on=timezone.localdate())
        first, _ = enter("registrar", address="10.0.0.1")
        for number in range(2, allowed + 1):
            enter("registrar", address=f"10.0.0.{number}")
        assert first.get("/accounts/mine/").status_code == 200
        _, answer = enter("registrar", address="10.0.0.9", follow=True, next="/accounts/mine/")
        assert f"10.0.0.{allowed}" in answer.content.decode()
        assert first.get("/accounts/mine/").status_code == 302
        said = Entry.objects.filter(event="accounts.login").order_by("-id")[0].body
        assert '"elsewhere":"10.0.0.' in said and '"ended":1' in said
        assert OpenLogin.objects.filter(person=office.registrar.pk).count() == allowed

    @pytest.mark.clause("accounts.disable")
    @pytest.mark.parametrize("deed", ["disable", "dismiss", "stop", "reset"])
    def test_an_old_cookie_is_dead_on_the_next_request(self, office, deed):
        from conftest import TODAY

        browser, _ = enter("registrar")
        assert browser.get("/accounts/mine/").status_code == 200
        if deed == "disable":
            services.disable(actor=office.secadmin, subject=office.registrar, reason="x", at=NOW)
        elif deed == "dismiss":
            services.dismiss(
                actor=office.secadmin,
                subject=office.registrar.appointments.get(),
                last_day=TODAY - timedelta(days=1),
                reason="x",
                at=NOW,
            )
        elif deed == "stop":
            record = office.registrar.clearances.get()
            services.end_clearance(actor=office.secadmin, subject=record, reason="x", at=NOW)
        else:
            services.reset_password(
                actor=office.sysadmin, subject=office.registrar, reason="x", at=NOW
            )
        answer = browser.get("/accounts/mine/")
        assert answer.status_code == 302 and answer["Location"].startswith("/login/")

    @pytest.mark.clause("accounts.idle")
    def test_ten_idle_minutes_end_it_and_nine_do_not(self, office):
        browser, _ = enter("registrar")
        moved(browser, seen=9 * 60)
        assert browser.get("/accounts/mine/").status_code == 200
        moved(browser, seen=10 * 60)
        assert browser.get("/accounts/mine/").status_code == 302
        assert "空闲超时" in Entry.objects.get(event="accounts.logout").body

    @pytest.mark.clause("accounts.idle")
    def test_twelve_hours_end_it_however_busy(self, office):
        browser, _ = enter("registrar")
        moved(browser, since=12 * 3600, seen=0)
        assert browser.get("/accounts/mine/").status_code == 302

    @pytest.mark.clause("accounts.idle")
    def test_polling_never_keeps_a_login_alive(self, office):
        browser, _ = enter("registrar")
        moved(browser, seen=9 * 60)
        browser.get("/accounts/mine/", HTTP_X_QUIET="1")
        assert int(timezone.now().timestamp()) - browser.session["seen"] >= 9 * 60
        browser.get("/accounts/mine/")
        assert int(timezone.now().timestamp()) - browser.session["seen"] < 60

    def test_log_out_is_a_button_and_nothing_is_left(self, office):
        browser, _ = enter("registrar")
        key = browser.session.session_key
        assert browser.get("/logout/").status_code == 405
        kept = dict(browser.cookies)["shoumi"].value
        answer = browser.post("/logout/")
        assert "storage" in answer["Clear-Site-Data"]
        assert not Session.objects.filter(session_key=key).exists()
        assert not OpenLogin.objects.exists()
        thief = Client()
        thief.cookies["shoumi"] = kept
        assert thief.get("/accounts/mine/").status_code == 302


class TestFirstSteps:
    @pytest.mark.clause("accounts.first_login", "personnel.joining")
    def test_password_then_reminder_then_everything(self, office):
        change(office, "handler", must_change_password=True, reminder_signed_at=None)
        browser, _ = enter("handler")
        for path in ("/", "/accounts/proposals/", "/accounts/pledge/"):
            assert browser.get(path)["Location"] == "/accounts/password/"
            assert browser.post(path)["Location"] == "/accounts/password/"
        answer = browser.post(
            "/accounts/password/", {"old": "handler-Pass-2026", "new": NEW, "again": NEW}
        )
        assert answer["Location"] == "/accounts/pledge/"
        assert browser.get("/")["Location"] == "/accounts/pledge/"
        assert "不得告知他人" in browser.get("/accounts/pledge/").content.decode()
        assert browser.post("/accounts/pledge/", {}).status_code == 422
        assert browser.post("/accounts/pledge/", {"agreed": "on"})["Location"] == "/"
        assert browser.get("/accounts/mine/").status_code == 200

    @pytest.mark.clause("accounts.password.age")
    def test_an_expired_password_opens_only_the_change_and_log_out(self, office):
        change(office, "handler", password_changed_at=timezone.now() - timedelta(days=90))
        browser, _ = enter("handler")
        assert browser.get("/")["Location"] == "/accounts/password/"
        assert "已到期" in browser.get("/accounts/password/").content.decode()
        assert browser.post("/logout/")["Location"] == "/login/"

    def test_a_refused_password_says_all_that_is_wrong(self, office):
        browser, _ = enter("handler")
        answer = browser.post(
            "/accounts/password/",
            {"old": "handler-Pass-2026", "new": "handler", "again": "handler"},
        )
        page = answer.content.decode()
        assert answer.status_code == 422 and "少于 8 位" in page and "不得含账号" in page
        answer = browser.post(
            "/accounts/password/", {"old": "handler-Pass-2026", "new": NEW, "again": NEW + "x"}
        )
        assert "不一致" in answer.content.decode()

    def test_changing_it_ends_the_other_sessions_and_keeps_this_one(self, office):
        other = Client()
        other.force_login(office.handler)
        browser, _ = enter("handler")
        browser.post("/accounts/password/", {"old": "handler-Pass-2026", "new": NEW, "again": NEW})
        assert browser.get("/accounts/mine/").status_code == 200
        assert other.get("/accounts/mine/").status_code == 302


class TestOfficersPages:
    def test_two_officers_open_an_account_in_the_browser(self, office):
        sysadmin, _ = enter("sysadmin")
        answer = sysadmin.post(
            "/accounts/people/new/accounts-create/",
            {"name": "刘岚", "account": "liulan", "staff_number": "G-7", "department": ""},
        )
        page = answer.content.decode()
        first = re.search(r'id="half">([^<]+)<', page)[1]
        assert "只显示这一次" in page
        secadmin, _ = enter("secadmin")
        people = secadmin.get("/accounts/people/?q=liulan").content.decode()
        address = re.search(r'href="(/accounts/people/[a-z0-9]{13}/)"', people)[1]
        detail = secadmin.get(address).content.decode()
        assert "启用账号" in detail and "重置口令" not in detail
        page = secadmin.post(f"{address}accounts-enable/").content.decode()
        second = re.search(r'id="half">([^<]+)<', page)[1]
        _, answer = enter("liulan", f"{first} {second}")
        assert answer.status_code == 302
        assert Person.objects.get(account="liulan").last_login_at is not None

    def test_a_look_alike_comes_back_above_the_form(self, office):
        sysadmin, _ = enter("sysadmin")
        answer = sysadmin.post(
            "/accounts/people/new/accounts-create/", {"name": "刘岚", "account": "Registrar"}
        )
        assert answer.status_code == 422 and "小写字母" in answer.content.decode()
        assert "刘岚" in answer.content.decode()

    @pytest.mark.parametrize("key", ["registrar", "head", "handler", "chief"])
    def test_the_ledger_of_people_is_the_officers_own(self, office, key):
        browser, _ = enter(key)
        for page in ("people/", "posts/", "rights/", "people/new/accounts-create/"):
            assert browser.get(f"/accounts/{page}").status_code == 404
        assert browser.get("/accounts/trail/").status_code == 403

    def test_a_post_goes_from_officer_to_leader_in_the_browser(self, office):
        secadmin, _ = enter("secadmin")
        address = f"/accounts/people/{sealed(office.peer.pk)}/"
        form = secadmin.get(f"{address}accounts-appoint/")
        assert form.status_code == 200 and "机要员" in form.content.decode()
        answer = secadmin.post(
            f"{address}accounts-appoint/",
            {"post": "archivist", "since": timezone.localdate().isoformat(), "basis": "3 号文"},
        )
        assert answer.status_code == 302, answer.content.decode()
        proposal = Proposal.objects.get()
        page = f"/accounts/proposals/{sealed(proposal.pk)}/"
        assert "同意授权" not in secadmin.get(page).content.decode()
        head, _ = enter("head")
        assert "同意授权" in head.get(page).content.decode()
        answer = head.post(f"{page}accounts-appoint-consent/", {"opinion": "", "_confirmed": "1"})
        assert answer.status_code == 302
        assert office.peer.appointments.get().post == "archivist"

    def test_every_ledger_opens_for_its_readers(self, office):
        services.review(actor=office.secadmin, finding="相符", at=NOW)
        browser, _ = enter("secadmin")
        for page in ("people", "posts", "clearances", "proposals", "figures", "reviews", "rights"):
            answer = browser.get(f"/accounts/{page}/")
            assert answer.status_code == 200, page
        assert "区敏" in browser.get("/accounts/rights/").content.decode()
        assert "翟一" not in browser.get("/accounts/people/?size=100").content.decode()

    @pytest.mark.clause("trail.who_audits")
    def test_the_auditor_reads_the_trail_and_the_security_officer_reads_the_auditor(self, office):
        services.disable(actor=office.secadmin, subject=office.peer, reason="调离", at=NOW)
        auditor, _ = enter("auditor")
        page = auditor.get("/accounts/trail/").content.decode()
        assert "停用账号" in page and "澹台宁" in page
        entry = Entry.objects.get(event="accounts.disable")
        detail = auditor.get(f"/accounts/trail/{entry.number}/").content.decode()
        assert "在用" in detail and "调离" in detail
        assert "directory_" not in detail
        secadmin, _ = enter("secadmin")
        page = secadmin.get("/accounts/trail/").content.decode()
        assert "万俟清" in page and "停用账号</td>" not in page
        assert secadmin.get(f"/accounts/trail/{entry.number}/").status_code == 404
        for query in ("denied=1", "event=accounts.login", "who=澹", "since=2026-01-01&until=x"):
            assert auditor.get(f"/accounts/trail/?{query}").status_code == 200

    @pytest.mark.clause("trail.no_content", "accounts.password.secret")
    def test_the_trail_page_shows_neither_hashes_nor_content(self, office):
        services.change_password(actor=office.handler, old="handler-Pass-2026", new=NEW, at=NOW)
        office.handler.refresh_from_db()
        auditor, _ = enter("auditor")
        number = Entry.objects.get(event="accounts.password.change").number
        page = auditor.get(f"/accounts/trail/{number}/").content.decode()
        assert "口令更改时间" in page
        assert office.handler.password not in page and office.handler.salt not in page
        prepared_entry = Entry.objects.filter(chain="JIA").order_by("id")[0]
        page = auditor.get(f"/accounts/trail/{prepared_entry.number}/").content.decode()
        assert "md5$" not in page

    def test_another_body_s_trail_does_not_exist(self, office):
        auditor, _ = enter("auditor")
        enter("stranger", "wrong")
        assert "YI" not in auditor.get("/accounts/trail/").content.decode()


def sealed(pk):
    from shoumi.platform.registers.addresses import sealed as key

    return key(pk)


def test_reading_pages_changes_no_business_row(office):
    """Trail and login state may grow; nothing else does."""
    from shoumi.platform.trail.models import recorded_models

    def digest():
        return [list(m._base_manager.order_by("pk").values_list()) for m in recorded_models()]

    browser, _ = enter("secadmin")
    before = digest()
    for page in ("people", "posts", "proposals", "rights", "mine", "password", "pledge", "trail"):
        browser.get(f"/accounts/{page}/")
    browser.get("/login/")
    assert digest() == before
