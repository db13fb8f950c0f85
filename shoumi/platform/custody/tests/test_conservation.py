"""Conservation (一件一主、账账相符): whatever people do, after every step the account balances.

Hypothesis drives random days in a registry; beside the product runs a small model in plain Python that
knows nothing of its tables. SHOUMI_SEQUENCES and SHOUMI_STEPS raise the number of days and their length.
"""

import os
from collections import Counter
from datetime import timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from conftest import NOW, prepared
from shoumi.kernel import statement as pure
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.kernel.statement import Account
from shoumi.platform.custody.models import HandoverLine, Item, Movement
from shoumi.platform.custody.selectors import (
    Scope,
    holders_of_person,
    holders_of_place,
    statement,
)
from shoumi.platform.custody.services import (
    accept,
    close_stocktake,
    declare_found,
    declare_missing,
    enter_item,
    give_back,
    holder_of,
    move_place,
    offer,
    offer_succession,
    open_stocktake,
    release,
    reserve,
    scan,
    shift,
    take_back,
    withdraw,
    witness_stocktake,
)
from shoumi.platform.custody.tests.scene import a_label, copies, fresh
from shoumi.platform.trail.verify import verify

SEQUENCES = int(os.environ.get("SHOUMI_SEQUENCES", "20"))
STEPS = int(os.environ.get("SHOUMI_STEPS", "20"))

# The naive model's own idea of the rules, kept apart from the product's.
LIMITS = {"safe": 3, "top_safe": 4, "cabinet": 1, "registry": 4}
CLEARED = {"handler": 3, "chief": 3, "leader": 4, "leaver": -1}
ACCOUNTS = {
    "destroyed": Account.DESTROYED,
    "archived": Account.ARCHIVED,
    "returned": Account.RETURNED,
    "transferred": Account.TRANSFERRED,
    "missing": Account.MISSING,
}
MOST = 12

index = st.integers(min_value=0, max_value=4 * MOST - 1)
a_reader = st.sampled_from(sorted(CLEARED))
a_place = st.sampled_from(sorted(LIMITS))
a_sink = st.sampled_from(sorted(set(ACCOUNTS) - {"missing"}))


def registry_day(office):
    """The machine of one day; people and places are those of the office, the document is its own."""

    class RegistryDay(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.now = NOW
            self.where, self.state, self.home = {}, {}, {}
            self.batches, self.lost, self.journal = [], {}, []
            self.count, self.frozen, self.step = None, set(), 0

        @initialize(
            level=st.sampled_from([Level.INTERNAL, Level.SECRET, Level.TOP_SECRET]),
            reader=a_reader,
            declining=st.booleans(),
        )
        def open_the_registry(self, level, reader, declining):
            """Every day begins with four copies, two of them on their way to a reader."""
            self.level = level
            self.label = a_label(office, level=level)
            for _ in range(4):
                self.receive("top_safe")
            self.offer_two(4, 8, reader)
            if self.batches:
                self.sign(0, None, declining=declining)

        # --- what people do --------------------------------------------------------------------

        @precondition(lambda self: len(self.where) < MOST)
        @rule(place=a_place)
        def receive(self, place):
            def deed():
                return copies(
                    office, 1, label=self.label, place=getattr(office, place), at=self.now
                )

            if made := self.attempt(self.fits(place), deed):
                self.enter(made[0], place, Account.RECEIVED)
                self.home[made[0]] = place

        @precondition(lambda self: len(self.where) < MOST)
        @rule(which=index, reader=a_reader)
        def copy_into_hands(self, which, reader):
            def deed():
                with prepared(office.body, at=self.now):
                    return enter_item(
                        label=self.label,
                        kind=Item.Kind.PAPER,
                        name="复制件",
                        source=Item.Source.MADE,
                        parent=self.item(which),
                        holder=holder_of(body=office.body, person=getattr(office, reader)),
                        at=self.now,
                        reason="handling.copy.make",
                    )

            if made := self.attempt(self.cleared(reader), deed):
                self.enter(made, reader, Account.MADE)

        @rule(which=index, other=index, reader=a_reader)
        def offer_two(self, which, other, reader):
            items = list(dict.fromkeys([self.item(n, *LIMITS) for n in (which, other)]))
            allowed = self.cleared(reader) and all(
                self.state[i] == "held" and self.where[i] in LIMITS and i not in self.frozen
                for i in items
            )
            batch = self.attempt(
                allowed,
                lambda: offer(
                    actor=office.registrar,
                    subject=[fresh(i) for i in items],
                    receiver=getattr(office, reader),
                    at=self.now,
                ),
            )
            if batch:
                self.offered(batch, items, reader)

        @precondition(lambda self: self.any(*CLEARED))
        @rule(which=index, other=index)
        def give_two_back(self, which, other):
            holder = self.where[self.item(which, *CLEARED)]
            items = [self.item(which, *CLEARED), self.item(other, holder)]
            items = list(dict.fromkeys(items))
            allowed = holder in CLEARED and all(
                self.where[i] == holder and self.state[i] == "held" for i in items
            )
            actor = getattr(office, holder if holder in CLEARED else "handler")
            batch = self.attempt(
                allowed,
                lambda: give_back(actor=actor, subject=[fresh(i) for i in items], at=self.now),
            )
            if batch:
                self.offered(batch, items, "registry")

        @precondition(lambda self: self.any(*CLEARED))
        @rule(which=index, reader=a_reader)
        def hand_to_a_successor(self, which, reader):
            item = self.item(which, *CLEARED)
            holder = self.where[item]
            allowed = (
                holder in CLEARED
                and holder != reader
                and self.state[item] == "held"
                and self.cleared(reader)
            )

            def deed():
                with prepared(office.body, at=self.now):
                    return offer_succession(
                        receiver=holder_of(body=office.body, person=getattr(office, reader)),
                        items=[fresh(item)],
                        reason="handling.handover",
                        by=office.registrar,
                        at=self.now,
                    )

            if holder in CLEARED and holder != reader and (batch := self.attempt(allowed, deed)):
                self.offered(batch, [item], reader)

        @precondition(lambda self: self.batches)
        @rule(which=index, place=st.none() | a_place)
        def sign_for_all(self, which, place):
            self.sign(which, place, declining=False)

        @precondition(lambda self: self.batches)
        @rule(which=index)
        def sign_for_all_but_one(self, which):
            self.sign(which, None, declining=True)

        def sign(self, which, place, *, declining):
            batch, items, to = self.batches[which % len(self.batches)]
            lines = {i: HandoverLine.unscoped.get(handover=batch, item=i).pk for i in items}
            declined = {lines[items[0]]: "缺页"} if declining else {}
            taken = items[1:] if declining else items

            def deed():
                kwargs = {"subject": batch, "at": self.now, "declined": declined}
                batch.refresh_from_db()
                if to == "registry":
                    where = getattr(office, place) if place else None
                    return take_back(actor=office.registrar, place=where, **kwargs)
                return accept(actor=getattr(office, to), **kwargs)

            goals = {
                i: (place or self.home.get(i, "registry")) if to == "registry" else to
                for i in taken
            }
            allowed = all(self.fits(g) if g in LIMITS else self.cleared(g) for g in goals.values())
            if self.attempt(allowed, deed) is not None:
                self.batches.remove((batch, items, to))
                for item in items:
                    self.state[item] = "held"
                self.where.update(goals)

        @precondition(lambda self: self.batches)
        @rule(which=index)
        def take_an_offer_back(self, which):
            batch, items, _ = self.batches.pop(which % len(self.batches))
            batch.refresh_from_db()
            withdraw(actor=batch.offered_by, subject=batch, at=self.now)
            for item in items:
                self.state[item] = "held"

        @rule(which=index, place=a_place)
        def move(self, which, place):
            item = self.item(which, *LIMITS)
            allowed = (
                self.where[item] in LIMITS
                and self.state[item] == "held"
                and item not in self.frozen
                and self.fits(place)
            )
            if self.attempt(
                allowed,
                lambda: move_place(
                    actor=office.registrar,
                    subject=fresh(item),
                    place=getattr(office, place),
                    at=self.now,
                ),
            ):
                self.where[item] = self.home[item] = place

        @rule(which=index)
        def reserve_one(self, which):
            item = self.item(which)
            if self.attempt(self.state[item] == "held", self.inside(reserve, item)):
                self.state[item] = "reserved"

        @precondition(lambda self: self.any("reserved"))
        @rule(which=index)
        def release_one(self, which):
            item = self.item(which, "reserved")
            if self.attempt(self.state[item] == "reserved", self.inside(release, item)):
                self.state[item] = "held"

        @precondition(lambda self: self.inside_now() > 2)
        @rule(which=index, sink=a_sink)
        def leave(self, which, sink):
            item = self.item(which, "held")
            allowed = self.state[item] == "held" and not self.is_frozen(item)
            if self.attempt(allowed, lambda: self.shift(item, sink=sink)):
                self.leave_account(item, sink)

        @precondition(lambda self: self.inside_now() > 2)
        @rule(which=index)
        def send_to_another_body(self, which):
            item = self.item(which, "held")
            allowed = self.state[item] == "held" and not self.is_frozen(item)
            if self.attempt(allowed, lambda: self.shift(item, outside=office.other)):
                self.leave_account(item, "outside")

        @precondition(lambda self: self.any("outside"))
        @rule(which=index, place=a_place)
        def get_back_from_outside(self, which, place):
            item = self.item(which, "outside")
            allowed = self.where[item] == "outside" and self.fits(place)
            where = getattr(office, place)
            if self.where[item] != "missing" and self.attempt(
                allowed, lambda: self.shift(item, before="gone", place=where)
            ):
                self.come_back(item, place, Account.TRANSFERRED)

        @precondition(lambda self: self.inside_now() > 2)
        @rule(which=index)
        def miss(self, which):
            item = self.item(which, "held")
            allowed = self.state[item] in ("held", "reserved")
            missing = self.attempt(
                allowed,
                lambda: declare_missing(
                    actor=office.registrar, subject=fresh(item), circumstances="未见", at=self.now
                ),
            )
            if missing:
                self.lost[item] = missing
                self.leave_account(item, "missing")

        @precondition(lambda self: self.lost)
        @rule(which=index, place=a_place)
        def find(self, which, place):
            item = sorted(self.lost, key=lambda i: i.pk)[which % len(self.lost)]
            where = getattr(office, place)

            def deed():
                declare_found(
                    actor=office.registrar,
                    subject=self.lost[item],
                    place=where,
                    how="找到",
                    at=self.now,
                )
                return True

            self.lost[item].item.refresh_from_db()
            if self.attempt(self.fits(place), deed):
                del self.lost[item]
                self.come_back(item, place, Account.MISSING)

        @precondition(lambda self: self.count is None)
        @rule()
        def start_counting(self):
            self.count = open_stocktake(actor=office.registrar, place=office.top_safe, at=self.now)
            self.frozen = {i for i, where in self.where.items() if where == "top_safe"}

        @precondition(lambda self: self.count is not None)
        @rule(which=index)
        def count_one(self, which):
            code = self.item(which).code
            scan(actor=office.registrar, subject=self.count, codes=code, at=self.now)

        @precondition(lambda self: self.count is not None)
        @rule()
        def finish_counting(self):
            done = {"subject": self.count, "at": self.now}
            close_stocktake(actor=office.registrar, witness=office.office, **done)
            witness_stocktake(actor=office.office, **done)
            self.count, self.frozen = None, set()

        # --- what must hold after every step ---------------------------------------------------

        @invariant()
        def everything_is_where_the_model_says(self):
            rows = Item.unscoped.filter(label=self.label).select_related("holder")
            seen = {i: (self.name(i.holder), i.state) for i in rows}
            assert seen == {i: (self.where[i], self.state[i]) for i in self.where}

        @invariant()
        def the_document_balances_as_the_pure_statement_says(self):
            asked = self.ask(labels=[self.label.pk])
            assert asked.balances
            kept = pure.balance({}, self.journal)
            held = Item.unscoped.filter(label=self.label).exclude(state="gone")
            pure.compare(kept, held.values_list("code", flat=True))
            assert asked["closing"] == kept.closing[Account.HELD]
            assert asked["received"] == kept.closing[Account.RECEIVED]
            assert asked["made"] == kept.closing[Account.MADE]
            out = sum(f.count for f in asked.outgoings) - asked["back"]
            assert out == kept.right_side - kept.closing[Account.HELD]

        @invariant()
        def every_holder_level_and_period_balances(self):
            self.step += 1
            here = Counter(self.where.values())
            key = ("handler", "chief", "leader")[self.step % 3]
            mine = holders_of_person(getattr(office, key))
            asked = self.ask(labels=[self.label.pk], holders=mine)
            assert asked.balances and asked["closing"] == here[key]
            early = NOW + timedelta(minutes=5)
            others = [
                {"holders": holders_of_place(office.registry)},
                {"level": self.level, "since": early},
                {"holders": mine, "until": early},
            ]
            assert self.ask(**others[self.step % 3]).balances

        @invariant()
        def nobody_in_an_exit_period_holds_anything(self):
            assert "leaver" not in self.where.values()

        @invariant()
        def what_waits_for_a_signature_waits_on_one_line(self):
            lines = HandoverLine.unscoped.filter(item__label=self.label, state="offered")
            waiting = {i for i, state in self.state.items() if state == "offered"}
            assert Counter(line.item for line in lines) == Counter(waiting)

        def teardown(self):
            if self.count is not None:
                self.finish_counting()
            chained = Movement.unscoped.filter(item__label=self.label).order_by("item", "id")
            last = {}
            for move in chained:
                assert move.kind == "enter" or last[move.item_id] == move.giver_id
                last[move.item_id] = move.receiver_id

        # --- the model's hand tools ------------------------------------------------------------

        def attempt(self, allowed, deed):
            """Do it; it must succeed exactly when the model allows it."""
            self.now += timedelta(minutes=1)
            try:
                done = deed()
            except Refusal as refusal:
                assert not allowed, f"refused: {refusal}"
                return None
            assert allowed, "not refused"
            return done

        def inside(self, deed, item):
            def run():
                with prepared(office.body, at=self.now):
                    deed(fresh(item))
                return True

            return run

        def shift(self, item, before="held", **to):
            with prepared(office.body, at=self.now):
                goal = holder_of(body=office.body, **to)
                return shift(item=fresh(item), to=goal, reason="x", at=self.now, before=before)

        def ask(self, **scope):
            return statement(reader=office.registrar, at=self.now, scope=Scope(**scope))

        def item(self, which, *likely):
            """A thing, three times in four one of those that the deed is likely to succeed with."""
            known = sorted(self.where, key=lambda i: i.pk)
            fitting = [i for i in known if self.state[i] in likely or self.where[i] in likely]
            known = fitting if fitting and which % 4 else known
            return known[which // 4 % len(known)]

        def fits(self, place):
            sealed = self.level < Level.TOP_SECRET or place == "top_safe"
            return LIMITS[place] >= self.level and sealed

        def cleared(self, reader):
            return CLEARED[reader] >= self.level

        def any(self, *likely):
            return any(i in likely for i in (*self.state.values(), *self.where.values()))

        def inside_now(self):
            return sum(state != "gone" for state in self.state.values())

        def is_frozen(self, item):
            return item in self.frozen and self.where[item] in LIMITS

        def enter(self, item, where, account):
            self.where[item], self.state[item] = where, "held"
            self.note(item, account, Account.HELD)

        def offered(self, batch, items, to):
            self.batches.append((batch, items, to))
            for item in items:
                self.state[item] = "offered"

        def leave_account(self, item, to):
            self.where[item], self.state[item] = to, "gone"
            self.note(item, Account.HELD, ACCOUNTS.get(to, Account.TRANSFERRED))

        def come_back(self, item, place, account):
            self.where[item], self.state[item] = place, "held"
            self.note(item, account, Account.HELD)

        def note(self, item, source, target):
            self.journal.append(pure.Movement(item.code, source, target))

        def name(self, holder):
            if holder.outside_id:
                return "outside"
            thing = holder.person or holder.place
            return next(
                (k for k in (*CLEARED, *LIMITS) if getattr(office, k) == thing), holder.sink
            )

    return RegistryDay


@pytest.mark.clause("carriers.one_holder", "carriers.statement", "circulation.no_passing")
def test_the_account_balances_after_every_step(office):
    run_state_machine_as_test(
        lambda: registry_day(office)(),
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize="SHOUMI_SEQUENCES" not in os.environ,
            # A failing day is short enough to read as it is; shrinking it would take minutes.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert verify().is_whole
