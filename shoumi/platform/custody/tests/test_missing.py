"""下落不明: the account says so at once, and the clock of its level runs."""

from datetime import date, timedelta

import pytest

from conftest import NOW
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.acting import Hidden
from shoumi.platform.custody.models import Item, MissingItem, Movement
from shoumi.platform.custody.services import (
    TakenByOther,
    declare_found,
    declare_missing,
    offer,
    withdraw,
)
from shoumi.platform.custody.tests.scene import copies, fresh, held_by


def declare(office, item, **more):
    return declare_missing(
        actor=office.registrar, subject=item, circumstances="日终未见", at=NOW, **more
    )


class TestDeclaring:
    @pytest.mark.clause("carriers.missing")
    @pytest.mark.parametrize(
        ("level", "days", "last_day"),
        [
            (Level.TOP_SECRET, 10, date(2026, 9, 11)),
            (Level.SECRET, 60, date(2026, 10, 31)),
            (Level.CONFIDENTIAL, 60, date(2026, 10, 31)),
            (Level.PUBLIC, 60, date(2026, 10, 31)),
        ],
    )
    def test_the_clock_of_its_level_starts(self, office, level, days, last_day):
        (item,) = copies(office, 1, level=level)
        missing = declare(office, item)
        assert (missing.deadline_days, missing.deadline) == (days, last_day)
        assert str(missing) == f"{item.pk}:{last_day}"
        assert (fresh(item).state, fresh(item).holder.sink) == (Item.State.GONE, "missing")

    def test_the_last_holder_is_remembered(self, office):
        (item,) = held_by(office, office.handler)
        assert declare(office, item).last_holder.person == office.handler

    def test_a_thing_is_missing_once(self, office):
        (item,) = copies(office, 1)
        as_seen_before = fresh(item)
        declare(office, item)
        with pytest.raises(TakenByOther):
            declare(office, as_seen_before)
        with pytest.raises(Refusal):
            declare(office, fresh(item))
        assert MissingItem.unscoped.count() == 1

    def test_what_is_being_handed_over_is_withdrawn_first(self, office):
        (item,) = copies(office, 1)
        batch = offer(actor=office.registrar, subject=item, receiver=office.handler, at=NOW)
        with pytest.raises(Refusal) as refusal:
            declare(office, fresh(item))
        assert refusal.value.clause == "carriers.missing"
        withdraw(actor=office.registrar, subject=batch, at=NOW)
        declare(office, fresh(item))

    def test_only_a_registrar_who_may_know_it(self, office):
        (item,) = copies(office, 1)
        for who, refused in (("handler", Denied), ("peer", Hidden), ("stranger", Hidden)):
            with pytest.raises(refused):
                declare_missing(actor=getattr(office, who), subject=item, circumstances="x", at=NOW)


class TestFinding:
    def test_a_thing_found_comes_back_into_the_account(self, office):
        (item,) = copies(office, 1)
        missing = declare(office, item)
        later = NOW + timedelta(days=3)
        declare_found(
            actor=office.registrar, subject=missing, place=office.safe, how="夹在卷内", at=later
        )
        assert (fresh(item).state, fresh(item).holder.place) == (Item.State.HELD, office.safe)
        assert Movement.unscoped.filter(item=item).latest("id").kind == Movement.Kind.BACK
        missing.refresh_from_db()
        assert (missing.found_at, missing.found_how) == (later, "夹在卷内")

    def test_it_is_found_once(self, office):
        (item,) = copies(office, 1)
        missing = declare(office, item)
        found = {"actor": office.registrar, "subject": missing, "place": office.safe}
        declare_found(**found, how="夹在卷内", at=NOW)
        with pytest.raises(Stale):
            declare_found(**found, how="夹在卷内", at=NOW)

    def test_it_can_be_lost_and_found_again(self, office):
        (item,) = copies(office, 1)
        for _ in range(2):
            missing = declare(office, fresh(item))
            declare_found(
                actor=office.registrar, subject=missing, place=office.safe, how="找到", at=NOW
            )
        assert MissingItem.unscoped.count() == 2

    @pytest.mark.clause("carriers.place")
    def test_it_is_put_where_it_may_lie(self, office):
        (item,) = copies(office, 1)
        missing = declare(office, item)
        with pytest.raises(Refusal) as refusal:
            declare_found(
                actor=office.registrar, subject=missing, place=office.cabinet, how="x", at=NOW
            )
        assert refusal.value.clause == "carriers.place"
        missing.refresh_from_db()
        assert missing.found_at is None
