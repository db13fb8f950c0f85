"""handling.absence.*: whoever goes away leaves every borrowed carrier behind, and borrows none while away."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import NOW, TODAY
from shoumi.domains.handling import registers, verbs
from shoumi.domains.handling.services import absence, borrowing, carrying
from shoumi.domains.handling.tests.scene import approve, asked, copies, fresh, lent, paper
from shoumi.domains.handling.tests.test_carry import TRIP
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.registers.testing import VerbCase, browser
from shoumi.platform.trail.verify import verify

pytestmark = pytest.mark.urls("shoumi.domains.handling.tests.pages")

AWAY = {
    "kind": "mission",
    "destination": "丙市",
    "leaves_on": TODAY + timedelta(days=1),
    "returns_on": TODAY + timedelta(days=3),
}


def goes(office, *, at=NOW, **changed):
    return absence.enter_absence(actor=office.handler, at=at, **(AWAY | changed))


@pytest.mark.clause("carriers.borrow.away")
def test_nobody_goes_away_with_something_borrowed(office):
    items = copies(paper(office))
    loan = lent(office, items[0])
    with pytest.raises(Refusal) as caught:
        goes(office)
    assert caught.value.clause == "carriers.borrow.away" and items[0].name in caught.value.message
    borrowing.return_copy(actor=office.registrar, subject=loan, at=NOW, intact=True)
    assert goes(office).number == "外〔2026〕1号"
    assert verify().findings == []


@pytest.mark.clause("carriers.borrow.away")
def test_who_is_away_borrows_nothing_and_carries_only_what_was_approved(office):
    items = copies(paper(office))
    early = approve(asked(office, items[0]))
    gone = goes(office)
    for attempt in (
        lambda: asked(office, items[1]),
        lambda: borrowing.lend(actor=office.registrar, subject=early, at=NOW),
    ):
        with pytest.raises(Refusal) as caught:
            attempt()
        assert caught.value.clause == "carriers.borrow.away"
    trip = carrying.request_carry(actor=office.handler, at=NOW, items=[fresh(items[2])], **TRIP)
    carrying.leave(actor=office.registrar, subject=approve(trip), at=NOW)
    absence.end_absence(actor=office.handler, subject=gone, at=NOW)
    assert asked(office, items[1]).state == "requested"


def test_dates_in_order_one_stay_at_a_time_and_ones_own_return(office):
    for changed in (
        {"leaves_on": TODAY - timedelta(days=1)},
        {"returns_on": TODAY},
        {"destination": " "},
    ):
        with pytest.raises(Refusal):
            goes(office, **changed)
    gone = goes(office)
    with pytest.raises(Refusal):
        goes(office, leaves_on=AWAY["returns_on"], returns_on=AWAY["returns_on"])
    with pytest.raises(Denied):
        absence.end_absence(actor=office.chief, subject=gone, at=NOW)
    absence.end_absence(actor=office.handler, subject=gone, at=NOW)
    with pytest.raises(Stale):
        absence.end_absence(actor=office.handler, subject=fresh(gone), at=NOW)


def test_it_is_entered_on_its_page_and_others_do_not_see_it(office):
    day = timezone.localdate()
    sent = AWAY | {"leaves_on": day, "returns_on": day}
    page = registers.ABSENCES.url("create", verbs.GO_AWAY.slug)
    assert browser(office.handler).post(page, sent).status_code == 302
    home = reverse("handling-absences")
    assert "丙市" in browser(office.handler).get(home).content.decode()
    assert "丙市" in browser(office.registrar).get(home).content.decode()
    # The head of the very department is told; nobody of another one is.
    assert "丙市" in browser(office.chief).get(home).content.decode()
    assert "丙市" not in browser(office.peer).get(home).content.decode()


class TestComeBack(VerbCase):
    register, verb, who = registers.ABSENCES, verbs.COME_BACK, "handler"
    wrong_post = None

    def prepare(self, office):
        now = timezone.now()
        day = timezone.localdate()
        return goes(office, at=now, leaves_on=day, returns_on=day)
