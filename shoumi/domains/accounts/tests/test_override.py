"""rulebook.override.*: proposed by one officer, in force by another person, stricter only, never for the past."""

from datetime import timedelta

import pytest
from django.test import Client

from conftest import NOW, TODAY
from shoumi.domains.accounts import services
from shoumi.domains.accounts.rules.figures import parse_figure
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.registers.addresses import sealed
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.rulebook.models import Override

IDLE = "accounts.idle"


def propose(office, **changes):
    given = {
        "actor": office.secadmin,
        "clause": IDLE,
        "key": "minutes",
        "value": 5,
        "since": TODAY,
        "reason": "从严",
        "at": NOW,
    }
    return services.propose_override(**{**given, **changes})


@pytest.mark.clause("rulebook.override.second_person", "rulebook.figure")
def test_a_figure_is_in_force_from_the_second_person_s_consent_on(office):
    proposal = propose(office)
    assert figure(IDLE, "minutes", on=TODAY, body=office.body) == 10
    services.consent_override(actor=office.head, subject=proposal, at=NOW)
    assert figure(IDLE, "minutes", on=TODAY, body=office.body) == 5
    assert figure(IDLE, "minutes", on=TODAY - timedelta(days=1), body=office.body) == 10
    assert figure(IDLE, "minutes", on=TODAY, body=office.other) == 10


def test_a_consent_that_comes_later_does_not_reach_back(office):
    proposal = propose(office)
    later = NOW + timedelta(days=3)
    services.consent_override(actor=office.head, subject=proposal, at=later)
    assert Override.objects.get().since == later.date()


@pytest.mark.clause("rulebook.override.range")
@pytest.mark.parametrize(
    "changes", [{"value": 11}, {"value": 0}, {"key": "nothing"}, {"clause": "no.such"}]
)
def test_a_laxer_or_unknown_figure_is_refused(office, changes):
    with pytest.raises(Refusal) as refusal:
        propose(office, **changes)
    assert refusal.value.clause == "rulebook.override.range"
    assert not Override.objects.exists()


@pytest.mark.clause("rulebook.override.future")
def test_yesterday_is_refused(office):
    with pytest.raises(Refusal) as refusal:
        propose(office, since=TODAY - timedelta(days=1))
    assert refusal.value.clause == "rulebook.override.future"


@pytest.mark.clause("rulebook.override.second_person")
def test_who_may_propose_and_who_may_consent(office):
    for key in ("head", "sysadmin", "auditor", "office"):
        with pytest.raises(Denied):
            propose(office, actor=getattr(office, key))
    proposal = propose(office)
    for key in ("secadmin", "sysadmin", "auditor", "registrar"):
        with pytest.raises(Denied):
            services.consent_override(actor=getattr(office, key), subject=proposal, at=NOW)


@pytest.mark.clause("rulebook.override.closed")
def test_one_open_proposal_a_figure_and_one_decision(office):
    proposal = propose(office)
    with pytest.raises(Stale):
        propose(office, value=4)
    services.withdraw_override(actor=office.secadmin, subject=proposal, at=NOW)
    for act, actor in (
        (services.withdraw_override, office.secadmin),
        (services.consent_override, office.head),
    ):
        with pytest.raises(Stale):
            act(actor=actor, subject=Override.objects.get(), at=NOW)
    propose(office, value=4)


def test_in_the_browser(office):
    secadmin, head = Client(), Client()
    secadmin.force_login(office.secadmin)
    head.force_login(office.head)
    from django.utils import timezone

    answer = secadmin.post(
        "/accounts/figures/new/rulebook-override-propose/",
        {
            "figure": f"{IDLE}|minutes",
            "text": "5",
            "since": timezone.localdate().isoformat(),
            "reason": "从严",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    page = f"/accounts/figures/{sealed(Override.objects.get().pk)}/"
    said = head.get(page).content.decode()
    assert "空闲时限" in said and "同意参数调整" in said
    head.post(f"{page}rulebook-override-consent/", {"_confirmed": "1"})
    assert Override.objects.get().status == Override.Status.IN_FORCE
    answer = secadmin.post(
        "/accounts/figures/new/rulebook-override-propose/",
        {"figure": f"{IDLE}|minutes", "text": "五分钟", "since": "2030-01-01", "reason": "x"},
    )
    assert answer.status_code == 422 and "整数" in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("10", "int", 10),
        ("是", "bool", True),
        ("否", "bool", False),
        ("head、office", "list", ["head", "office"]),
        ("机密=10，绝密＝12", "by_level", {"机密": 10, "绝密": 12}),
        ("秘密", "str", "秘密"),
    ],
)
def test_a_figure_is_read_as_it_is_typed(text, kind, value):
    assert parse_figure(text, kind) == value


@pytest.mark.parametrize(
    ("text", "kind"), [("十", "int"), ("-1", "int"), ("也许", "bool"), ("机密", "by_level")]
)
def test_what_cannot_be_read_is_refused(text, kind):
    with pytest.raises(Refusal):
        parse_figure(text, kind)
