"""清点: everything planted is found, nothing else is, and two persons sign."""

import time
from datetime import timedelta

import pytest
from django.db import IntegrityError

from conftest import NOW, prepared
from shoumi.kernel import labelcode
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Hidden
from shoumi.platform.custody.models import Item, Scan, Stocktake, StocktakeLine
from shoumi.platform.custody.selectors import difference, tally
from shoumi.platform.custody.services import (
    NotCounting,
    accept,
    close_stocktake,
    declare_missing,
    give_back,
    move_place,
    offer,
    open_stocktake,
    reopen_stocktake,
    scan,
    take_back,
    witness_stocktake,
)
from shoumi.platform.custody.tests.scene import a_label, copies, fresh, held_by
from shoumi.platform.trail.models import Entry

UNKNOWN = labelcode.new_code(b"unknown label 00")
Finding = StocktakeLine.Finding


def opened(office, **scope):
    return open_stocktake(actor=office.registrar, at=NOW, **scope)


def read(office, stocktake, items, place=None):
    codes = "\n".join(i if isinstance(i, str) else i.code for i in items)
    return scan(actor=office.registrar, subject=stocktake, codes=codes, place=place, at=NOW)


def close(office, stocktake, witness=None):
    close_stocktake(
        actor=office.registrar, subject=stocktake, witness=witness or office.office, at=NOW
    )


def finish(office, stocktake):
    close(office, stocktake)
    witness_stocktake(actor=office.office, subject=stocktake, at=NOW)


def result(office, stocktake):
    return tally(stocktake, reader=office.registrar, at=NOW)


def found(office, stocktake, finding):
    lines = result(office, stocktake).lines.filter(finding=finding).order_by("item")
    return [line.item for line in lines]


class TestFindings:
    @pytest.mark.clause("carriers.stocktake")
    def test_twenty_planted_faults_of_five_kinds_are_found_and_no_other(self, office):
        """200 things in two safes and a cabinet; four faults of each kind."""
        label = a_label(office)
        in_safe = copies(office, 100, label=label)
        in_top_safe = copies(office, 92, label=label, place=office.top_safe)
        inner = copies(office, 8, level=Level.INTERNAL, place=office.cabinet)
        stocktake = opened(office)
        missing, strays, twice = in_safe[:4], in_safe[4:8], in_top_safe[:4]
        too_secret = in_top_safe[4:8]
        unknown = [f"其他系统 {n}" for n in range(3)] + [UNKNOWN]
        read(office, stocktake, in_safe[8:] + unknown, office.safe)
        read(office, stocktake, in_top_safe[:4] + in_top_safe[8:] + strays, office.top_safe)
        read(office, stocktake, twice, office.top_safe)
        read(office, stocktake, inner + too_secret, office.cabinet)
        close(office, stocktake)
        counts = result(office, stocktake).counts
        assert counts == {
            "expected": 200,
            "counted": 196,
            "pending": 0,
            "found": 188,
            "moved": 0,
            "missing": 4,
            "misplaced": 8,
            "twice": 4,
            "over_limit": 4,
            "unknown": 4,
        }
        assert found(office, stocktake, Finding.MISSING) == missing
        assert found(office, stocktake, Finding.MISPLACED) == strays + too_secret
        lines = result(office, stocktake).lines
        assert {line.item for line in lines.filter(scans__gt=1)} == set(twice)
        assert {line.item for line in lines.filter(over_limit=1)} == set(too_secret)
        assert {line.seen_in for line in lines.filter(item__in=strays)} == {office.top_safe}
        assert [s.typed for s in result(office, stocktake).unknown] == unknown

    def test_closing_is_quick(self, office):
        items = copies(office, 200)
        stocktake = opened(office)
        read(office, stocktake, items, office.safe)
        began = time.perf_counter()
        close(office, stocktake)
        assert time.perf_counter() - began < 2

    def test_a_thing_that_is_on_the_books_elsewhere_is_misplaced(self, office):
        lent = held_by(office, office.handler)
        stocktake = opened(office, place=office.safe)
        read(office, stocktake, lent)
        close(office, stocktake)
        (line,) = result(office, stocktake).lines
        assert (line.finding, line.expected, line.seen_in) == ("misplaced", None, office.safe)
        assert str(line) == f"{stocktake.pk}:{lent[0].pk}"

    def test_top_secret_outside_its_safe_lies_above_the_limit(self, office):
        (item,) = copies(office, 1, level=Level.TOP_SECRET)
        stocktake = opened(office)
        read(office, stocktake, [item], office.registry)
        close(office, stocktake)
        (line,) = result(office, stocktake).lines
        assert (line.finding, line.over_limit) == ("misplaced", 1)

    def test_what_was_signed_for_during_the_count_is_not_missing(self, office):
        gone, stays = copies(office, 2)
        batch = offer(actor=office.registrar, subject=gone, receiver=office.handler, at=NOW)
        stocktake = opened(office, place=office.safe)
        accept(actor=office.handler, subject=batch, at=NOW)
        read(office, stocktake, [stays])
        close(office, stocktake)
        assert found(office, stocktake, Finding.MOVED) == [gone]
        assert found(office, stocktake, Finding.FOUND) == [stays]

    def test_what_came_back_during_the_count_is_found(self, office):
        lent = held_by(office, office.handler)
        stocktake = opened(office, place=office.safe)
        take_back(
            actor=office.registrar,
            subject=give_back(actor=office.handler, subject=lent, at=NOW),
            at=NOW,
        )
        read(office, stocktake, lent)
        close(office, stocktake)
        assert found(office, stocktake, Finding.FOUND) == lent

    def test_what_is_declared_missing_during_the_count_is_missing(self, office):
        (item,) = copies(office, 1)
        stocktake = opened(office, place=office.safe)
        declare_missing(
            actor=office.registrar,
            subject=item,
            circumstances="清点未见",
            at=NOW,
            stocktake=stocktake,
        )
        close(office, stocktake)
        assert found(office, stocktake, Finding.MISSING) == [item]

    def test_a_persons_things_are_counted_wherever_they_lie(self, office):
        shown, kept_away = held_by(office, office.handler, 2)
        (borrowed,) = held_by(office, office.chief)
        stocktake = opened(office, person=office.handler)
        read(office, stocktake, [shown, borrowed])
        close(office, stocktake)
        assert found(office, stocktake, Finding.FOUND) == [shown]
        assert found(office, stocktake, Finding.MISSING) == [kept_away]
        assert found(office, stocktake, Finding.MISPLACED) == [borrowed]

    def test_a_room_is_counted_with_all_that_stands_in_it(self, office):
        label = a_label(office)
        items = copies(office, 1, label=label)
        items += copies(office, 1, label=label, place=office.top_safe)
        copies(office, 1, label=label, place=office.reading_room)
        stocktake = opened(office, place=office.registry)
        read(office, stocktake, items[:1], office.safe)
        read(office, stocktake, items[1:], office.top_safe)
        close(office, stocktake)
        counts = result(office, stocktake).counts
        assert (counts["expected"], counts["found"]) == (2, 2)


class TestScanning:
    @pytest.mark.clause("carriers.label.code")
    def test_a_misread_label_is_refused_and_an_unknown_one_is_kept(self, office):
        (item,) = copies(office, 1)
        stocktake = opened(office, place=office.safe)
        with pytest.raises(Refusal) as refusal:
            read(office, stocktake, [item, item.code[:-1]])
        assert refusal.value.clause == "carriers.label.code"
        assert "第 2 行" in str(refusal.value)
        with pytest.raises(Refusal) as alone:
            read(office, stocktake, [item.code[:-1]])
        assert "第" not in str(alone.value)
        assert not Scan.objects.exists()
        (kept,) = read(office, stocktake, ["  ＡＢ－12  "])
        assert (kept.typed, kept.code, kept.known) == ("ＡＢ－12", "AB-12", 0)
        assert str(kept) == "AB-12"

    def test_small_full_width_and_dashless_codes_are_read(self, office):
        (item,) = copies(office, 1)
        stocktake = opened(office, place=office.safe)
        kept = read(office, stocktake, [item.code.lower(), "", item.code.replace("-", "")])
        assert [(s.code, s.known, s.repeated) for s in kept] == [
            (item.code, 1, 0),
            (item.code, 1, 1),
        ]

    def test_what_the_counter_may_not_know_is_unknown(self, office):
        label = a_label(office)
        (item,) = copies(office, 1, label=label)
        from shoumi.platform.access.models import NeedToKnow

        with prepared(office.body):
            NeedToKnow.objects.filter(label=label).update(until=office.today - timedelta(days=1))
        stocktake = opened(office, place=office.safe)
        (kept,) = read(office, stocktake, [item])
        assert kept.known == 0
        assert result(office, stocktake).counts["expected"] == 0

    def test_a_very_long_scan_is_kept_short(self, office):
        stocktake = opened(office, place=office.safe)
        (kept,) = read(office, stocktake, ["㎏" * 200 + "\x00"])
        assert (len(kept.typed), len(kept.code)) == (120, 120)

    def test_the_counter_says_in_which_safe(self, office):
        (item,) = copies(office, 1)
        stocktake = opened(office)
        with pytest.raises(Refusal) as refusal:
            read(office, stocktake, [item])
        assert refusal.value.clause == "carriers.stocktake"

    def test_a_place_outside_the_scope_is_refused(self, office):
        (item,) = copies(office, 1)
        stocktake = opened(office, place=office.registry)
        with pytest.raises(Refusal) as refusal:
            read(office, stocktake, [item], office.cabinet)
        assert "不在本次清点范围内" in refusal.value.message

    def test_only_the_registrar_scans(self, office):
        stocktake = opened(office, place=office.safe)
        with pytest.raises(Denied):
            scan(actor=office.handler, subject=stocktake, codes=UNKNOWN, at=NOW)

    def test_a_half_done_count_survives_a_restart(self, office):
        items = copies(office, 3)
        read(office, opened(office, place=office.safe), items[:1])
        again = Stocktake.objects.get()
        counts = result(office, again).counts
        assert (counts["expected"], counts["counted"], counts["pending"]) == (3, 1, 3)
        read(office, again, items[1:])
        finish(office, again)
        assert result(office, again).counts["found"] == 3


class TestSigning:
    @pytest.mark.clause("carriers.stocktake")
    def test_a_count_is_closed_by_two_persons(self, office):
        stocktake = opened(office, place=office.safe)
        close(office, stocktake)
        assert Stocktake.objects.get().state == Stocktake.State.COUNTED
        witness_stocktake(actor=office.office, subject=stocktake, at=NOW)
        kept = Stocktake.objects.get()
        assert (kept.state, kept.closed_by, kept.witness) == (
            "closed",
            office.registrar,
            office.office,
        )
        assert str(kept) == f"清点 {kept.pk}"

    @pytest.mark.parametrize("who", ["registrar", "stranger", "system"])
    def test_the_witness_is_another_person_of_the_body(self, office, who):
        stocktake = opened(office, place=office.safe)
        with pytest.raises(Refusal) as refusal:
            close(office, stocktake, witness=getattr(office, who))
        assert refusal.value.clause == "carriers.stocktake"

    def test_the_database_itself_wants_two_persons(self, office):
        opened(office, place=office.safe)
        one = {"closed_by": office.registrar, "closed_at": NOW, "witness": office.registrar}
        with pytest.raises(IntegrityError), prepared(office.body):
            Stocktake.objects.update(state="counted", **one)

    def test_only_the_named_witness_signs(self, office):
        stocktake = opened(office, place=office.safe)
        close(office, stocktake)
        for other in (office.registrar, office.director):
            with pytest.raises(Hidden):
                witness_stocktake(actor=other, subject=stocktake, at=NOW)

    def test_a_witness_who_does_not_agree_has_it_counted_on(self, office):
        items = copies(office, 2)
        stocktake = opened(office, place=office.safe)
        read(office, stocktake, items[:1])
        close(office, stocktake)
        reopen_stocktake(actor=office.registrar, subject=stocktake, at=NOW)
        assert result(office, stocktake).counts["pending"] == 2
        read(office, stocktake, items[1:])
        finish(office, stocktake)
        assert result(office, stocktake).counts["found"] == 2

    def test_no_step_is_taken_twice_or_out_of_turn(self, office):
        stocktake = opened(office, place=office.safe)
        with pytest.raises(NotCounting):
            reopen_stocktake(actor=office.registrar, subject=stocktake, at=NOW)
        close(office, stocktake)
        for late in (lambda: close(office, stocktake), lambda: read(office, stocktake, [UNKNOWN])):
            with pytest.raises(NotCounting) as refusal:
                late()
            assert refusal.value.status == 409
        witness_stocktake(actor=office.office, subject=stocktake, at=NOW)
        with pytest.raises(NotCounting):
            witness_stocktake(actor=office.office, subject=stocktake, at=NOW)

    def test_the_trail_tells_the_figures(self, office):
        copies(office, 2)
        stocktake = opened(office, place=office.safe)
        close(office, stocktake)
        entry = Entry.objects.filter(event="custody.stocktake.close").get()
        assert '"missing":2' in entry.body


class TestOpening:
    @pytest.mark.clause("carriers.stocktake.open")
    def test_one_count_of_a_scope_at_a_time(self, office):
        for scope in ({}, {"place": office.safe}, {"person": office.handler}):
            opened(office, **scope)
            with pytest.raises(Refusal) as refusal:
                opened(office, **scope)
            assert refusal.value.clause == "carriers.stocktake.open"

    @pytest.mark.clause("carriers.stocktake.open")
    def test_nothing_leaves_a_place_that_is_being_counted(self, office):
        (item,) = copies(office, 1)
        stocktake = opened(office, place=office.safe)
        with pytest.raises(Refusal) as refusal:
            offer(actor=office.registrar, subject=item, receiver=office.handler, at=NOW)
        assert refusal.value.clause == "carriers.stocktake.open"
        with pytest.raises(Refusal):
            move_place(actor=office.registrar, subject=item, place=office.top_safe, at=NOW)
        read(office, stocktake, [item])
        finish(office, stocktake)
        offer(actor=office.registrar, subject=item, receiver=office.handler, at=NOW)

    def test_a_reader_gives_back_while_the_registry_counts(self, office):
        lent = held_by(office, office.handler)
        opened(office)
        give_back(actor=office.handler, subject=lent, at=NOW)
        assert fresh(lent[0]).state == Item.State.OFFERED

    def test_another_bodys_place_or_person_does_not_exist(self, office):
        for scope in ({"place": office.safe}, {"person": office.handler}):
            with pytest.raises(Hidden):
                open_stocktake(actor=office.stranger, at=NOW, **scope)

    def test_only_the_registrar_opens(self, office):
        with pytest.raises(Denied):
            open_stocktake(actor=office.chief, at=NOW, place=office.safe)


class TestDifference:
    def test_a_count_is_compared_with_the_one_before(self, office):
        label = a_label(office)
        lost, sold, stays = copies(office, 3, label=label)
        first = opened(office, place=office.safe)
        read(office, first, [sold, stays])
        finish(office, first)
        move_place(actor=office.registrar, subject=sold, place=office.top_safe, at=NOW)
        (new,) = copies(office, 1, label=label)
        second = opened(office, place=office.safe)
        assert second.previous == first
        read(office, second, [lost, stays])
        finish(office, second)
        seen = difference(second, reader=office.registrar, at=NOW)
        assert [line.item for line in seen.found_again] == [lost]
        assert [line.item for line in seen.joined] == [new]
        assert [line.item for line in seen.left] == [sold]
        assert [line.item for line in seen.newly_missing] == [new]

    def test_the_first_count_has_nothing_before_it(self, office):
        items = copies(office, 2)
        first = opened(office, place=office.safe)
        seen = difference(first, reader=office.registrar, at=NOW)
        assert {line.item for line in seen.joined} == set(items)
        assert not seen.left.exists() and not seen.found_again.exists()
        nobody = difference(first, reader=office.peer, at=NOW)
        assert not nobody.joined.exists()
