"""facilities.check: a look item by item, what is lacking put right, the period's duty done at the last site."""

from datetime import timedelta

import pytest

from conftest import NOW
from shoumi.domains.facilities.rules.checks import ROUNDS
from shoumi.domains.facilities.selectors import items_of
from shoumi.domains.facilities.services.checking import check
from shoumi.domains.facilities.tests.scene import fresh, in_use, person, reception
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.obligations import services
from shoumi.platform.obligations.loop import run_due
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.recurring import definitions
from shoumi.platform.trail.verify import verify

WHOSE = {
    "closing": "duty_officer",
    "patrol": "duty_officer",
    "cleaning": "duty_officer",
    "safety": "secrecy_office",
    "upkeep": "registrar",
    "care": "registrar",
    "full": "secrecy_office",
}


def looked(office, site, kind, *, at=NOW, lacking=(), remark=""):
    look = ROUNDS[kind]
    done = [item for item in items_of(look, site, at=at) if item not in lacking]
    return check(
        actor=person(office.watch),
        subject=fresh(site),
        at=at,
        kind=kind,
        done=done,
        remark=remark,
    )


def open_duties(**which):
    return Duty.objects.filter(state=Duty.State.OPEN, **which)


@pytest.mark.clause("facilities.closing", "facilities.rectify")
def test_what_is_lacking_at_closing_is_made_known_the_next_day(office):
    site = in_use(office)
    with pytest.raises(Refusal) as caught:
        looked(office, site, "closing", lacking=["柜门锁好"])
    assert caught.value.clause == "facilities.closing"
    made = looked(office, site, "closing", lacking=["柜门锁好"], remark="2号柜锁损坏")
    assert (made.missing, made.done[0]) == (["柜门锁好"], "物品整理好")
    (duty,) = open_duties(kind="facilities.rectify.closing")
    assert (duty.post, duty.due_at.date()) == ("office_director", (NOW + timedelta(days=1)).date())
    assert duty.text == "通报「机要室」下班检查未落实：柜门锁好"
    with pytest.raises(Stale):
        looked(office, site, "closing")
    looked(office, site, "closing", at=NOW + timedelta(days=1))
    duty.refresh_from_db()
    assert duty.state == Duty.State.DONE and duty.evidence.startswith("facilities.sitecheck:")
    assert verify().findings == []


@pytest.mark.clause(
    "facilities.closing",
    "facilities.patrol",
    "facilities.cleaning",
    "facilities.safety",
    "facilities.upkeep",
    "facilities.care",
    "facilities.full",
)
def test_every_round_is_asked_for_in_its_period_and_done_at_the_last_site(office):
    services.seed_calendar(office.system, NOW)
    first, second = in_use(office), reception(office)
    # Two days before New Year, at the end of a month, a quarter and a half: all of them are open.
    at = NOW.replace(month=12, day=30)
    run_due(at)
    for kind, look in ROUNDS.items():
        assert definitions()[look.duty].post == WHOSE[kind]
        assert definitions()[look.duty].clause == look.clause
        asked = open_duties(kind=look.duty, body=office.body)
        assert asked.exists(), kind
        looked(office, first, kind, at=at)
        assert asked.all().exists(), f"{kind}: one site is left"
        looked(office, second, kind, at=at)
        assert not asked.all().exists(), kind


@pytest.mark.clause("facilities.rectify", "facilities.safety")
def test_what_is_lacking_otherwise_is_the_keepers_to_put_right(office):
    site = in_use(office)
    looked(office, site, "safety", lacking=["消防设施有效"], remark="灭火器过期")
    (duty,) = open_duties(kind="facilities.rectify.safety")
    assert (duty.person, duty.text) == (
        office.registrar,
        "整改「机要室」安全检查未落实：消防设施有效",
    )
    assert duty.due_at.date() == (NOW + timedelta(days=3)).date()
