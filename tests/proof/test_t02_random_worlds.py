"""T2: the gate as a pure function, as SQL, and as a naive reading of the rows agree on random worlds.

The naive oracle below knows nothing of the product's own code paths: it reads the rows one by one.
"""

import os
from datetime import datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import NOW, TODAY, YEAR, prepared
from shoumi.domains.accounts.services import clearance
from shoumi.kernel import levels
from shoumi.kernel.levels import Level, PersonnelClass, may_know
from shoumi.platform.access.models import ClearanceRecord, Label, NeedToKnow, knowable
from shoumi.platform.access.subjects import day_of, label_of, subject_of
from shoumi.platform.directory.models import Appointment, Person

WORLDS = int(os.environ.get("SHOUMI_WORLDS", "25"))
OFFICERS = {"sysadmin", "secadmin", "auditor"}
POSTS = ["registrar", "department_head", "screen", "sysadmin", "auditor"]

days = st.integers(-40, 40).map(lambda n: TODAY + timedelta(days=n))
ends = st.one_of(st.none(), days)
people = st.fixed_dictionaries(
    {
        "active": st.sampled_from([True, True, True, False]),
        "department": st.integers(0, 3),
        "post": st.one_of(st.none(), st.tuples(st.sampled_from(POSTS), days, ends)),
        "clearance": st.one_of(
            st.none(),
            st.fixed_dictionaries(
                {
                    "personnel_class": st.sampled_from(list(PersonnelClass)),
                    "since": days,
                    "until": ends,
                    "review_due": days,
                    "trained_until": days,
                    "pledged_until": ends,
                    "exit_until": ends,
                }
            ),
        ),
    }
)
rows = st.lists(
    st.tuples(st.sampled_from("ptdb*"), st.integers(0, 4), days, ends), min_size=0, max_size=3
)
things = st.tuples(st.sampled_from(list(Level)), rows)


@settings(
    max_examples=WORLDS,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    cast=st.lists(people, min_size=1, max_size=5), world=st.lists(things, min_size=1, max_size=8)
)
def test_gate_sql_and_naive_reading_agree(office, cast, world):
    mark = transaction.savepoint()
    with prepared(office.body):
        persons = [_person(office, number, said) for number, said in enumerate(cast)]
        labels = [_label(office, persons, level, list_) for level, list_ in world]
    at = datetime.combine(TODAY, time(9), tzinfo=NOW.tzinfo)
    for person in persons:
        fresh = Person.objects.get(pk=person.pk)
        subject = subject_of(fresh, at)
        by_sql = set(knowable(subject, on=day_of(at)).values_list("label_id", flat=True))
        for label in labels:
            pure = may_know(subject, _pure(label)).allowed
            assert pure == (label.pk in by_sql) == _naive(fresh, label)
    transaction.savepoint_rollback(mark)


@pytest.mark.clause("access.need_to_know")
@pytest.mark.parametrize("kind", ["p", "t", "d", "b", "*"])
def test_a_row_lets_in_from_its_first_to_its_last_day_and_no_longer(office, kind):
    """What chance may not draw: each kind of principal, on the days beside both ends."""
    person, day = office.chief, timedelta(days=1)
    principal = {
        "p": f"p:{person.pk}",
        "t": f"t:department_head@{office.body.pk}",
        "d": f"d:{person.department_id}",
        "b": f"b:{office.body.pk}",
        "*": "*",
    }[kind]
    with prepared(office.body):
        label = Label.objects.create(body=office.body, level=Level.INTERNAL)
        NeedToKnow.objects.create(
            label=label, principal=principal, level=1, since=TODAY - day, until=TODAY + day
        )
    for shift in (-2, -1, 0, 1, 2):
        on = TODAY + shift * day
        subject = subject_of(person, NOW + shift * day)
        pure = levels.Label(Level.INTERNAL, label_of(label, on=on))
        by_sql = label.pk in set(knowable(subject, on=on).values_list("label_id", flat=True))
        assert by_sql == may_know(subject, pure).allowed == (abs(shift) < 2), on


# What may happen to a clearance after it was given, on a day, with how long it then lasts.
LIFE = ("review_due", "trained_until", "pledged_until", "lapse", "lower", "leave")
lives = st.lists(
    st.tuples(st.integers(1, 60), st.sampled_from(LIFE), st.integers(0, 90)), max_size=6
)


@pytest.mark.clause("access.clearance", "access.exit_period", "personnel.review.again")
@settings(
    max_examples=WORLDS,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first=st.integers(0, 40), life=lives)
def test_a_clearance_over_time_is_what_a_naive_reading_of_its_life_says(office, first, life):
    """Reviewed, taught and pledged anew, stopped, lowered, left: asked on every day around each event."""
    mark, day = transaction.savepoint(), timedelta(days=1)
    with prepared(office.body):
        person = Person.objects.create(body=office.body, account="random", name="某人")
        until = TODAY + first * day
        ClearanceRecord.objects.create(
            person=person,
            personnel_class="core",
            since=TODAY,
            review_due=until,
            trained_until=until,
            pledged_until=until,
        )
    papers = dict.fromkeys(LIFE[:3], until)
    told = {"class": Level.TOP_SECRET, "left": None, "exit": None}
    for shift, kind, lasts in sorted(life, key=lambda event: event[0]):
        on = TODAY + shift * day
        at = NOW + shift * day
        with prepared(office.body, at=at):
            if kind in papers:
                clearance.renew(person, **{kind: on + lasts * day})
            elif kind == "lapse":
                clearance.lapse(person, at=at)
            elif kind == "lower":
                clearance.reclassify(person, PersonnelClass.GENERAL, at=at)
            elif told["left"] is None:
                clearance.leave(person, last_day=on - day, exit_until=on + lasts * day)
        if told["left"] is None:
            papers |= {kind: on + lasts * day} if kind in papers else {}
            papers |= {"review_due": on - day} if kind == "lapse" else {}
            told |= {"class": Level.CONFIDENTIAL} if kind == "lower" else {}
            told |= {"left": on, "exit": on + lasts * day} if kind == "leave" else {}
        for later in (0, 1, lasts, lasts + 1):
            _compare(person, at + later * day, papers, told)
    transaction.savepoint_rollback(mark)


def _compare(person: Person, at: datetime, papers: dict, told: dict) -> None:
    on, subject = at.date(), subject_of(Person.objects.get(pk=person.pk), at)
    leaving = told["left"] is not None and told["left"] <= on <= told["exit"]
    valid = told["left"] is None and all(last >= on for last in papers.values())
    wanted = told["class"] if valid else Level.INTERNAL
    assert (subject.clearance, subject.in_exit_period) == (wanted, leaving), (on, papers, told)


def _person(office: SimpleNamespace, number: int, said: dict) -> Person:
    departments = [*office.departments.values()]
    person = Person.objects.create(
        body=office.body,
        department=departments[said["department"]],
        account=f"random{number}",
        name=f"某{number}",
        active=said["active"],
    )
    if said["post"]:
        post, since, until = said["post"]
        Appointment.objects.create(
            person=person, post=post, body=office.body, since=since, until=until
        )
    if said["clearance"]:
        ClearanceRecord.objects.create(person=person, **said["clearance"])
    return person


def _label(office: SimpleNamespace, persons: list[Person], level: Level, listed: list) -> Label:
    label = Label.objects.create(body=office.body, level=level)
    departments = [*office.departments.values()]
    seen = set()
    for kind, number, since, until in listed:
        principal = {
            "p": f"p:{persons[number % len(persons)].pk}",
            "t": f"t:{POSTS[number]}@{office.body.pk}",
            "d": f"d:{departments[number % 4].pk}",
            "b": f"b:{office.body.pk}",
            "*": "*",
        }[kind]
        if principal in seen:
            continue
        seen.add(principal)
        NeedToKnow.objects.create(
            label=label, principal=principal, level=level, since=since, until=until
        )
    return label


def _pure(label: Label) -> levels.Label:
    return levels.Label(Level(label.level), label_of(label, on=TODAY))


def _in_force(row: object) -> bool:
    return row.since <= TODAY and (row.until is None or row.until >= TODAY)


def _naive(person: Person, label: Label) -> bool:
    """The law read aloud, row by row."""
    if not person.active:
        return False
    posts = [a for a in Appointment.objects.filter(person=person) if _in_force(a)]
    if any(a.post == "screen" for a in posts):
        return False
    clearance = 1
    officer = any(a.post in OFFICERS for a in posts)
    for record in ClearanceRecord.objects.filter(person=person):
        if record.until and record.until < TODAY and (record.exit_until or TODAY - YEAR) >= TODAY:
            clearance = 0
            break
        if officer:
            continue
        papers = [record.review_due, record.trained_until, record.pledged_until]
        if _in_force(record) and all(p is not None and p >= TODAY for p in papers):
            clearance = max(
                clearance, {"core": 4, "important": 3, "general": 2}[record.personnel_class]
            )
    if clearance < label.level:
        return False
    for row in NeedToKnow.objects.filter(label=label):
        if not _in_force(row):
            continue
        kind, _, name = row.principal.partition(":")
        if officer and kind != "t":
            continue  # an officer is their post and nothing else
        if (
            kind == "*"
            or (kind == "p" and name == str(person.pk))
            or (kind == "d" and name == str(person.department_id))
            or (kind == "b" and name == str(person.body_id))
            or (kind == "t" and name in {f"{a.post}@{a.body_id}" for a in posts})
        ):
            return True
    return False
