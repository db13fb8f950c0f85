"""A case on one page: who sees it, who decides, and that each button does what it says."""

import pytest
from django.urls import reverse

from conftest import NOW
from shoumi.desk.registers import CASES, VERBS
from shoumi.kernel.levels import Level
from shoumi.platform.access.subjects import person_principal
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import agree
from shoumi.platform.approvals.tests.world import ask, labelled, route, step
from shoumi.platform.registers.testing import browser

SLUGS = {verb.action.key: verb.slug for verb in VERBS}
TWO = (step("office_director"), step("deputy_leader"))


@pytest.fixture
def case(office):
    """单平's request, first before the office director, then before the deputy leader."""
    listed = ("handler", "director", "leader", "registrar", "chief", "office")
    known = [person_principal(getattr(office, key).pk) for key in listed]
    return ask(office, label=labelled(office, Level.SECRET, known), book=route(*TWO))


def page(office, who, case):
    return browser(getattr(office, who)).get(CASES.url("detail", case.pk))


def press(office, who, case, deed, **said):
    address = CASES.url("do", case.pk, SLUGS[f"approvals.{deed}"])
    return browser(getattr(office, who)).post(address, said)


@pytest.mark.clause("access.may_know")
@pytest.mark.parametrize(
    ("who", "status"),
    [(key, 200) for key in ("handler", "director", "leader", "registrar", "office")]
    + [(key, 404) for key in ("chief", "peer", "stranger", "auditor", "secadmin")],
)
def test_a_case_is_seen_by_who_asked_who_sits_in_it_and_the_registry(office, case, who, status):
    assert page(office, who, case).status_code == status
    listed = browser(getattr(office, who)).get(reverse("cases")).content.decode()
    assert (CASES.url("detail", case.pk) in listed) is (status == 200)


def test_the_page_shows_the_steps_the_seats_and_the_opinions(office, case):
    agree(actor=office.director, subject=case, opinion="拟同意借阅", at=NOW)
    said = page(office, "handler", case).content.decode()
    for text in ("审批过程", "office_director", "翟海", "拟同意借阅", "尉迟山", "起草报告"):
        assert text in said


def offered(office, who, case):
    said = page(office, who, case).content.decode()
    return {key for key, slug in SLUGS.items() if CASES.url("do", case.pk, slug) in said}


def test_buttons_are_those_whose_turn_it_is(office, case):
    deeds = {"agree", "refuse", "send_back", "hand_on", "add"}
    assert offered(office, "director", case) == {f"approvals.{deed}" for deed in deeds}
    assert offered(office, "handler", case) == {"approvals.withdraw"}
    assert offered(office, "registrar", case) == set()


def test_who_agrees_sends_it_to_the_next(office, case):
    assert press(office, "director", case, "agree", opinion="同意。").status_code == 302
    case.refresh_from_db()
    assert (case.state, case.current) == (Case.State.OPEN, 1)
    assert offered(office, "handler", case) == set(), "voted on, it is no longer withdrawn"
    assert page(office, "leader", case).status_code == 200


def test_who_refuses_must_say_why(office, case):
    assert press(office, "director", case, "refuse", opinion="").status_code == 422
    assert press(office, "director", case, "refuse", opinion="理由不充分。").status_code == 302
    case.refresh_from_db()
    assert case.state == "refused"
    assert offered(office, "director", case) == set()


def test_it_is_sent_back_to_the_applicant_or_an_earlier_step(office, case):
    press(office, "director", case, "agree", opinion="同意。")
    answer = press(office, "leader", case, "send_back", to_step="0", opinion="请补充使用范围。")
    assert answer.status_code == 302
    case.refresh_from_db()
    assert (case.state, case.current) == (Case.State.OPEN, 0)


def test_it_is_handed_on_only_to_somebody_of_the_body(office, case):
    stranger = office.stranger.pk
    assert press(
        office, "director", case, "hand_on", to_person=stranger, opinion="请办"
    ).status_code in (404, 422)
    case.refresh_from_db()
    assert case.current == 0


def test_the_applicant_withdraws_what_nobody_has_voted_on(office, case):
    asked = press(office, "handler", case, "withdraw")
    assert asked.status_code == 200 and "请核对" in asked.content.decode()
    assert press(office, "handler", case, "withdraw", _confirmed="1").status_code == 302
    case.refresh_from_db()
    assert case.state == "withdrawn"


@pytest.mark.parametrize("who", ["handler", "registrar", "peer", "leader", "auditor"])
def test_whose_turn_it_is_not_decides_nothing(office, case, who):
    assert press(office, who, case, "agree", opinion="同意。").status_code in (403, 404, 422)
    case.refresh_from_db()
    assert (case.state, case.current) == (Case.State.OPEN, 0)


def test_reading_the_page_changes_nothing(office, case):
    address = CASES.url("do", case.pk, SLUGS["approvals.agree"])
    assert browser(office.director).get(address).status_code == 200
    case.refresh_from_db()
    assert (case.state, case.current) == (Case.State.OPEN, 0)
