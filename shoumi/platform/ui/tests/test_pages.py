"""What a person is shown when something does not go on, and what every response carries."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from shoumi.platform.ui import menu, once
from shoumi.platform.ui.middleware import HEADERS
from shoumi.platform.ui.models import UsedForm
from shoumi.platform.ui.tests import pages

pytestmark = [pytest.mark.urls("shoumi.platform.ui.tests.pages"), pytest.mark.django_db]


@pytest.fixture
def registrar(office):
    client = Client(raise_request_exception=False)
    client.force_login(office.registrar)
    return client


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize(("kind", "status"), [("denied", 403), ("stale", 409), ("refused", 422)])
def test_a_refusal_says_what_why_and_what_now(registrar, kind, status):
    answer = registrar.get(f"/refuse/{kind}/")
    refusal = pages.REFUSALS[kind]
    assert answer.status_code == status
    assert refusal.message in text(answer)
    assert refusal.clause in text(answer)
    assert refusal.way_on in text(answer)
    assert "现在怎么办" in text(answer)
    assert "谁可调整" in text(answer)


def test_a_figure_that_may_be_moved_names_who_moves_it(registrar):
    assert "安全保密管理员" in text(registrar.get("/refuse/refused/"))
    assert "固定要求" in text(registrar.get("/refuse/stale/"))


def test_a_clause_the_rulebook_lost_still_gets_its_page(registrar):
    answer = registrar.get("/refuse/unknown/")
    assert answer.status_code == 422
    assert "nowhere.at_all" in text(answer)


def test_hidden_and_absent_are_the_same_bytes(registrar):
    hidden, absent = registrar.get("/refuse/hidden/"), registrar.get("/no-such-page/?q=机密标题")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content
    assert sorted(hidden.headers.items()) == sorted(absent.headers.items())
    for word in ("区敏", "甲局", "no-such-page", "机密标题"):
        assert word not in text(absent)


@pytest.mark.parametrize("kind", ["locked", "full"])
def test_a_database_that_cannot_write_says_so_and_reading_goes_on(registrar, kind):
    answer = registrar.get(f"/fail/{kind}/")
    assert answer.status_code == 503
    assert "暂不能写入" in text(answer)
    assert "仍可查阅" in text(answer)
    assert registrar.get("/parts/").status_code == 200


@pytest.mark.parametrize("kind", ["fault", "crash"])
def test_a_fault_shows_nothing_of_itself(registrar, kind):
    answer = registrar.get(f"/fail/{kind}/")
    assert answer.status_code == 500
    assert "系统出现故障" in text(answer)
    for word in ("Traceback", "secret_things", "机密标题", "ValueError"):
        assert word not in text(answer)


@pytest.mark.parametrize(("kind", "status"), [("forbidden", 403), ("bad", 400)])
def test_the_framework_s_own_refusals_say_nothing_either(registrar, kind, status):
    answer = registrar.get(f"/fail/{kind}/")
    assert answer.status_code == status
    assert "机密标题" not in text(answer)


def test_a_form_without_its_token_is_refused_politely(office):
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.registrar)
    answer = client.post("/once/", {"text": "甲"})
    assert answer.status_code == 403
    assert "刷新后重新提交" in text(answer)


@pytest.mark.parametrize(
    "address",
    ["/parts/", "/refuse/denied/", "/no-such-page/", "/fail/crash/", "/login/", "/ui/stay/"],
)
def test_every_response_carries_the_strict_headers(registrar, address):
    answer = registrar.get(address)
    for name, value in HEADERS.items():
        assert answer[name] == value, name
    policy = answer["Content-Security-Policy"]
    for part in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'"):
        assert part in policy
    assert "unsafe" not in policy


def test_a_fragment_request_without_log_in_sends_the_whole_window_there(office):
    answer = Client().get("/parts/", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer["HX-Redirect"].startswith("/login/")


class TestSendingTwice:
    """一次性表单."""

    @pytest.fixture(autouse=True)
    def nothing_done(self):
        pages.ACTED.clear()

    def test_the_second_sending_shows_the_first_result(self, registrar):
        sent = {"text": "甲", "_once": "token-1"}
        first, second = registrar.post("/once/", sent), registrar.post("/once/", sent)
        assert first.status_code == second.status_code == 302
        assert first["Location"] == second["Location"] == "/done/1/"
        assert pages.ACTED == ["甲"]

    def test_a_form_that_was_wrong_may_be_sent_again(self, registrar):
        wrong = registrar.post("/once/", {"text": "", "_once": "token-2"})
        assert wrong.status_code == 422
        assert registrar.post("/once/", {"text": "乙", "_once": "token-2"}).status_code == 302
        assert pages.ACTED == ["乙"]

    def test_while_the_first_is_at_work_the_second_does_nothing(self, registrar, office):
        once.claim(person=office.registrar.pk, token="token-3", at=timezone.now())
        answer = registrar.post("/once/", {"text": "丙", "_once": "token-3"})
        assert answer.status_code == 409
        assert "没有重复办理" in text(answer)
        assert pages.ACTED == []

    def test_another_person_s_token_is_no_hindrance(self, registrar, office):
        once.claim(person=office.handler.pk, token="token-4", at=timezone.now())
        assert registrar.post("/once/", {"text": "丁", "_once": "token-4"}).status_code == 302

    def test_every_rendering_has_its_own_token(self, registrar):
        one, two = (
            re.search(r'_once" value="([^"]+)', text(registrar.get("/once/")))[1] for _ in "ab"
        )
        assert one != two

    def test_old_tokens_are_swept_away(self, office):
        now = timezone.now()
        once.claim(person=1, token="old", at=now - once.KEPT - timedelta(minutes=1))
        once.claim(person=1, token="new", at=now)
        assert [row.token for row in UsedForm.objects.all()] == ["new"]


class TestTheFrame:
    """What stands around every page."""

    @pytest.fixture(autouse=True)
    def one_item(self, monkeypatch):
        places = menu.Places(home="parts", waiting=lambda person, at: menu.Waiting(7, late=True))
        monkeypatch.setattr(menu, "PLACES", places)
        monkeypatch.setattr("shoumi.platform.ui.context.Frame.places", places)
        menu.add(
            menu.MenuItem("部件", "parts", frozenset({"registrar"}), group="收发文"),
            menu.MenuItem("不存在的页", "nowhere", None, group="收发文"),
        )

    def test_it_names_body_person_post_and_what_waits(self, registrar):
        page = text(registrar.get("/parts/"))
        for word in ("甲局", "区敏", "机要员", "部署等级", "跳到正文"):
            assert word in page
        assert re.search(r'bell-count is-late">7<', page)

    def test_the_menu_shows_what_one_s_posts_allow(self, registrar, office):
        assert '<a href="/parts/" aria-current="page">部件</a>' in text(registrar.get("/parts/"))
        other = Client()
        other.force_login(office.handler)
        assert "部件</a>" not in text(other.get("/parts/"))

    def test_a_classified_page_bears_its_banner_and_watermark(self, registrar):
        page = text(registrar.get("/parts/"))
        assert "secret-banner" in page
        assert "甲局 区敏" in page

    def test_the_parts_are_drawn(self, registrar):
        page = text(registrar.get("/parts/"))
        for word in ("看数据表", "暂无待办", "机密★10年", "上期", "number-card is-bad"):
            assert word in page
        assert registrar.get("/result/").status_code == 200

    def test_large_type_is_chosen_and_kept(self, registrar):
        answer = registrar.get("/ui/type/large/", headers={"Referer": "http://testserver/parts/"})
        assert answer["Location"] == "http://testserver/parts/"
        assert 'class="type-large"' in text(registrar.get("/parts/"))
        registrar.get("/ui/type/normal/")
        assert "type-large" not in text(registrar.get("/parts/"))
        assert registrar.get("/ui/type/huge/").status_code == 404

    def test_choosing_type_leads_nowhere_else(self, registrar):
        answer = registrar.get("/ui/type/large/", headers={"Referer": "http://evil.example/"})
        assert answer["Location"] == "/"


def test_a_policy_report_is_noted_without_the_page(client, caplog):
    body = {"csp-report": {"effective-directive": "style-src", "document-uri": "http://x/机密"}}
    answer = client.post("/csp/", body, content_type="application/json")
    assert answer.status_code == 204
    assert "style-src" in caplog.text
    assert "机密" not in caplog.text
    assert client.post("/csp/", b"\xff", content_type="application/json").status_code == 204
    # Sent as a form, the body is gone before the view reads it.
    assert client.post("/csp/", {"csp-report": "x"}).status_code == 204
