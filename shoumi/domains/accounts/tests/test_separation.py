"""三员分立: whatever one officer does alone, in whatever order, nobody gains sight of business content.

All sequences of up to three acts are walked (equal states are met once); a sequence that the doors refuse
adds no state, so the walk is complete for this small world.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import transaction

from conftest import NOW, TODAY, YEAR
from shoumi.domains.accounts import services
from shoumi.domains.accounts.models import Proposal
from shoumi.domains.accounts.rules.officers import OFFICERS
from shoumi.domains.accounts.services import clearance
from shoumi.domains.personnel.services.clearing import CLEAR
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import act
from shoumi.platform.access.models import ClearanceRecord
from shoumi.platform.access.subjects import subject_of
from shoumi.platform.directory.models import Appointment, Person
from shoumi.platform.trail.models import Entry

LONGEST = 3
NEW = "accomplice"


@contextmanager
def undone() -> Iterator[None]:
    """Try an act and put the world back; the outermost block belongs to the test, as in a test case."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


def sight(known: dict[str, str]) -> set[tuple[str, object]]:
    """What can be seen by whom; and who could log in with a password that the officer holds."""
    found: set[tuple[str, object]] = set()
    for person in Person.objects.exclude(account=None).order_by("id"):
        subject = subject_of(person, NOW)
        if not person.is_active:
            continue
        found |= {(person.account, p) for p in subject.principals}
        if subject.principals:
            found.add((person.account, subject.clearance))
    for account, password in known.items():
        with undone():
            try:
                services.log_in(account=account, password=password, address="10.0.0.9", at=NOW)
                found.add((account, "logged in by the officer"))
            except Refusal:
                pass
    return found


def state() -> tuple[object, ...]:
    people = Person.objects.order_by("id").values_list(
        "account", "active", "must_change_password", "department_id"
    )
    return (
        tuple(people),
        tuple(Appointment.objects.order_by("id").values_list("person", "post", "until")),
        tuple(ClearanceRecord.objects.order_by("id").values_list("person", "until")),
        tuple(Proposal.objects.order_by("id").values_list("person", "kind", "post", "state")),
    )


def moves(office, actor, known):
    """Every act of this room that one officer could try, on himself, a colleague and an accomplice."""
    people = [actor, office.newcomer]
    if found := Person.objects.filter(account=NEW).first():
        people.append(found)
    fresh = [Person.objects.get(pk=p.pk) for p in people]
    yield (
        "create",
        lambda: services.create(
            actor=actor, account=NEW, name="同伙", staff_number="", department=None, at=NOW
        )[1],
    )
    for person in fresh:
        name = person.account
        yield f"enable {name}", lambda p=person: services.enable(actor=actor, subject=p, at=NOW)
        yield (
            f"reset {name}",
            lambda p=person: services.reset_password(actor=actor, subject=p, reason="x", at=NOW),
        )
        yield (
            f"disable {name}",
            lambda p=person: services.disable(actor=actor, subject=p, reason="x", at=NOW),
        )
        for post in ("head", "secadmin"):
            yield f"appoint {name} {post}", lambda p=person, k=post: services.appoint(
                actor=actor, subject=p, post=k, department=None, since=TODAY, until=None,
                basis="x", at=NOW,
            ) and None  # fmt: skip
        yield f"clear {name}", lambda p=person: propose_clearance(actor, p)
        yield (
            f"recover {name}",
            lambda p=person: services.recover(
                actor=actor, subject=p, witnesses=("甲", "乙"), at=NOW
            ),
        )
    own = Appointment.objects.filter(person=actor, until=None).first()
    if own:
        yield "dismiss self", lambda: services.dismiss(
            actor=actor, subject=own, last_day=TODAY - timedelta(days=1), reason="x", at=NOW
        ) and None  # fmt: skip
    head = Appointment.objects.filter(post="head", until=None).first()
    if head:
        yield "stand in", lambda: services.stand_in(
            actor=actor, subject=head, person=office.newcomer, since=TODAY, until=TODAY,
            basis="x", at=NOW,
        ) and None  # fmt: skip
        yield "dismiss head", lambda: services.dismiss(
            actor=actor, subject=head, last_day=TODAY - timedelta(days=1), reason="x", at=NOW
        ) and None  # fmt: skip
    for proposal in Proposal.objects.filter(state="proposed"):
        yield (
            f"consent {proposal.pk}",
            lambda q=proposal: services.consent(actor=actor, subject=q, at=NOW),
        )


def propose_clearance(actor, person):
    """As the personnel room proposes it; an officer has neither its post nor a dossier to show."""
    with act(actor, CLEAR, at=NOW):
        clearance.propose_clearance(
            actor=actor, person=person, personnel_class="core", since=TODAY,
            review_due=TODAY + YEAR, trained_until=TODAY + YEAR, pledged_until=TODAY + YEAR,
            basis="x", at=NOW,
        )  # fmt: skip


def walk(office, actor, *, before, known, seen, depth, path):
    here = state()
    if here in seen or depth > LONGEST:
        return
    seen.add(here)
    gained = sight(known) - before
    assert not gained, f"{' → '.join(path)}: {gained}"
    for name, move in list(moves(office, Person.objects.get(pk=actor.pk), known)):
        with undone():
            try:
                told = move()
            except Refusal:
                continue
            learnt = dict(known)
            if isinstance(told, str) and told:
                account = NEW if name == "create" else name.split()[1]
                # Whatever this officer was shown so far about this account, in any order.
                learnt[account] = learnt.get(account, "") + told
            walk(
                office, actor, before=before, known=learnt, seen=seen, depth=depth + 1,
                path=[*path, name],
            )  # fmt: skip


@pytest.mark.clause(
    "accounts.officers.separate", "accounts.officers.mutual", "accounts.second_person"
)
@pytest.mark.parametrize("key", sorted(OFFICERS))
def test_no_sequence_of_acts_by_one_officer_gains_anything(office, key):
    actor = getattr(office, key)
    entries = Entry.objects.count()
    seen: set[tuple[object, ...]] = set()
    walk(office, actor, before=sight({}), known={}, seen=seen, depth=0, path=[])
    assert len(seen) >= {"sysadmin": 3, "secadmin": 19, "auditor": 1}[key]
    assert Entry.objects.count() == entries


def test_the_walk_finds_a_planted_shortcut(office, monkeypatch):
    """Were the second half given to the first officer too, he would log in as his own creation."""
    people = import_module("shoumi.domains.accounts.services.people")
    open_to_all = SimpleNamespace(
        key="accounts.enable", label="启用账号", clause=people.ENABLE.clause, posts=None
    )
    monkeypatch.setattr(people, "ENABLE", open_to_all)
    with pytest.raises(AssertionError, match="enable"):
        walk(office, office.sysadmin, before=sight({}), known={}, seen=set(), depth=0, path=[])


@pytest.mark.clause("accounts.officers.no_content")
@pytest.mark.parametrize("key", sorted(OFFICERS))
def test_an_officer_is_a_post_and_nobody_s_colleague(office, key):
    told = subject_of(getattr(office, key), NOW)
    assert told.principals == {f"t:{key}@{office.body.pk}"}
    assert told.clearance <= Level.INTERNAL
