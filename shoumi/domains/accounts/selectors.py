"""Questions about accounts: the figures in force, who is who, what waits for consent, who did what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from shoumi.domains.accounts.models import PasswordMemory, Proposal
from shoumi.domains.accounts.rules import weak, words
from shoumi.domains.accounts.rules.names import look
from shoumi.domains.accounts.rules.officers import OFFICERS
from shoumi.domains.accounts.rules.passwords import About, Policy
from shoumi.kernel.levels import Level, PersonnelClass
from shoumi.platform.access.models import ClearanceRecord
from shoumi.platform.directory.models import SYSTEM_ACCOUNT, Appointment, Body, Person
from shoumi.platform.directory.selectors import appointments_on
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.rulebook.posts import label_of


@dataclass(frozen=True)
class RightsRow:
    """One person in the table of rights (权限表): no business content, only what was granted."""

    person: Person
    posts: tuple[str, ...]
    clearance: str
    state: str


def policy_on(day: date, *, body: Body | None) -> Policy:
    """The password figures of a body at this installation's deployment grade."""
    grade = Level(settings.DEPLOYMENT_GRADE)

    def told(clause: str, key: str) -> int:
        value = figure(f"accounts.password.{clause}", key, on=day, body=body)
        return int(value if isinstance(value, int) else value[grade])

    return Policy(
        shortest=told("length", "shortest"),
        longest=told("length", "longest"),
        kinds=told("composition", "kinds"),
        days=told("age", "days"),
        remind_days=told("age", "remind_days"),
        last=told("history", "last"),
    )


def about(person: Person) -> About:
    """What this person's password must not contain."""
    body = person.body
    return About(
        account=person.account or "",
        names=words.name_words(person.name),
        unit=words.unit_words(name=body.name, code=body.code, issuer_word=body.issuer_word),
        weak=weak.words(),
    )


def looks_taken() -> frozenset[str]:
    """The looks of all account names of this installation."""
    names = Person.objects.exclude(account=None).values_list("account", flat=True)
    return frozenset(look(name) for name in names if name)


def old_passwords(person: Person, *, last: int) -> list[str]:
    """Hashes that may not come back: the one in use and those before it."""
    rows = PasswordMemory.objects.filter(person=person).order_by("-id")[: max(0, last - 1)]
    return [person.password, *(row.password for row in rows)]


def posts_between(person: Person, *, since: date, until: date | None) -> set[str]:
    """Posts a person holds on any day of a period."""
    rows = Appointment.objects.filter(person=person).filter(Q(until=None) | Q(until__gte=since))
    if until is not None:
        rows = rows.filter(since__lte=until)
    return {row.post for row in rows if row.until is None or row.until >= row.since}


def officers_left(post: str, *, body: Body, on: date, without: Person) -> bool:
    """Whether another person with a working account holds this officer's post."""
    return (
        appointments_on(on)
        .filter(post=post, body=body, person__active=True)
        .exclude(person=without)
        .exists()
    )


def officer_post(person: Person, *, on: date) -> str:
    """Which of the three officers somebody is, or nothing."""
    rows = appointments_on(on).filter(person=person, post__in=OFFICERS)
    return next((row.post for row in rows), "")


def people_of(body: Body) -> QuerySet[Person]:
    """Everybody of a body but the system actor."""
    return (
        Person.objects.filter(body=body)
        .exclude(account=SYSTEM_ACCOUNT)
        .select_related("department")
        .order_by("name", "id")
    )


def proposals_of(body: Body) -> QuerySet[Proposal]:
    return (
        Proposal.objects.filter(body=body)
        .select_related("person", "department", "standing_in_for", "proposed_by", "decided_by")
        .order_by("-id")
    )


def rights_of(people: Iterable[Person], *, at: datetime, on: date) -> list[RightsRow]:
    """The table of rights: state, posts and valid clearance of each, in three queries."""
    people = list(people)
    posts: dict[int, list[str]] = {}
    for row in (
        appointments_on(on)
        .filter(person__in=people)
        .select_related("department", "standing_in_for")
        .order_by("since", "id")
    ):
        words_of = label_of(row.post)
        if row.department is not None:
            words_of += f"（{row.department.name}）"
        if row.standing_in_for is not None:
            words_of += f"，代理{row.standing_in_for.name}"
        posts.setdefault(row.person_id, []).append(words_of)
    clearances = {
        record.person_id: PersonnelClass(record.personnel_class)
        for record in ClearanceRecord.objects.filter(person__in=people).order_by("since", "id")
        if record.is_valid(on)
    }
    return [
        RightsRow(
            person=person,
            posts=tuple(posts.get(person.pk, ())),
            clearance=clearances[person.pk].label if person.pk in clearances else "",
            state=state_of(person, at=at),
        )
        for person in people
    ]


def state_of(person: Person, *, at: datetime) -> str:
    """In one word what the account can do just now."""
    if not person.account:
        return "无账号"
    if not person.active:
        return "待启用" if person.issued_half else "已停用"
    if person.locked_until is not None and person.locked_until > at:
        return "已锁定"
    if person.must_change_password or person.reminder_signed_at is None:
        return "待首次登录"
    return "在用"
