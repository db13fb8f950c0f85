"""trail.alarm: what looks like an attack reaches the auditor, once, and again only when it goes on."""

from datetime import timedelta

import pytest
from django.test import Client

from conftest import NOW
from shoumi.domains.accounts import services
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.obligations.models import Duty
from shoumi.platform.registers.addresses import sealed


def alarms(office, at=NOW):
    services.watch(at)
    return list(Duty.objects.filter(kind="trail.alarm", state="open").order_by("id"))


def refused(actor, times, at=NOW):
    for _ in range(times):
        with pytest.raises(Refusal):
            services.review(actor=actor, finding="x", at=at)


def failed(account, times, address, at=NOW):
    for _ in range(times):
        with pytest.raises(services.LoginRefused):
            services.log_in(account=account, password="x", address=address, at=at)


@pytest.mark.clause("trail.alarm")
def test_a_burst_of_refusals_reaches_the_auditor_once(office):
    refused(office.handler, 9)
    assert alarms(office) == []
    refused(office.handler, 1)
    found = alarms(office)
    assert len(found) == 1 and "单平" in found[0].text and found[0].post == "auditor"
    assert Duty.objects.visible_to(office.auditor, at=NOW).filter(pk=found[0].pk).exists()
    assert services.watch(NOW + timedelta(minutes=1)) == 0


def test_refusals_of_several_people_or_of_yesterday_are_no_burst(office):
    refused(office.handler, 5)
    refused(office.chief, 5)
    assert alarms(office) == []
    refused(office.handler, 5)
    assert alarms(office, at=NOW + timedelta(hours=2)) == []


@pytest.mark.clause("trail.alarm", "accounts.lockout")
def test_guessing_and_a_locked_account_are_told(office):
    failed("registrar", 6, "10.0.0.1")
    assert [d.text for d in alarms(office)] == ["区敏的账号因连续错误被锁定，请核查"]
    failed("nobody", 4, "10.0.0.2")
    assert any("登录失败 10 次" in d.text for d in alarms(office))


@pytest.mark.clause("accounts.one_person", "accounts.session.single")
def test_one_account_at_two_places_is_told(office):
    browsers = []
    for address in ("10.0.0.1", "10.0.0.2"):
        browser = Client(REMOTE_ADDR=address)
        browser.post("/login/", {"account": "registrar", "password": "registrar-Pass-2026"})
        browsers.append(browser)
    from django.utils import timezone

    found = alarms(office, at=timezone.now())
    assert [d.text for d in found] == ["区敏的账号在两处登录，请核查是否本人"]


@pytest.mark.clause("trail.alarm", "obligations.evidence")
def test_the_auditor_closes_it_with_a_finding_and_only_newer_signs_open_it_again(office):
    refused(office.handler, 10)
    (duty,) = alarms(office)
    later = NOW + timedelta(minutes=5)
    for key in ("secadmin", "sysadmin", "head"):
        with pytest.raises(Denied):
            services.close_alarm(actor=getattr(office, key), subject=duty, finding="误点", at=later)
    services.close_alarm(actor=office.auditor, subject=duty, finding="误点", at=later)
    assert alarms(office, at=later + timedelta(minutes=1)) == []
    refused(office.handler, 1, at=later + timedelta(minutes=2))
    assert len(alarms(office, at=later + timedelta(minutes=3))) == 1


def test_in_the_browser(office):
    refused(office.handler, 10)
    (duty,) = alarms(office)
    auditor = Client()
    auditor.force_login(office.auditor)
    page = f"/accounts/alarms/{sealed(duty.pk)}/"
    assert "核查告警" in auditor.get(page).content.decode()
    answer = auditor.post(f"{page}trail-alarm-close/", {"finding": "误点，已提醒本人"})
    assert answer.status_code == 302
    duty.refresh_from_db()
    assert duty.state == "done" and duty.evidence == "误点，已提醒本人"
