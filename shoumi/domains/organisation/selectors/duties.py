"""岗位职责 with live evidence: how often in this year each duty was seen to be done."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from shoumi.domains.organisation.rules.structure import PostDuty
from shoumi.domains.organisation.selectors import structure
from shoumi.platform.access.acting import ACTIONS
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body
from shoumi.platform.directory.selectors import appointments_on
from shoumi.platform.obligations.due import closing
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.recurring import definitions
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.posts import posts
from shoumi.platform.trail.models import Entry
from shoumi.platform.trail.recording import moment

for _kind in ("display", "count"):
    Control("organisation.duties", kind=_kind, label="岗位职责与履职凭据")

# What stands behind each sort of evidence, in words.
NAMED: dict[str, Callable[[str], str]] = {
    "act": lambda name: ACTIONS[name].label,
    "duty": lambda name: definitions()[name].text.partition("：")[0],
}


@dataclass(frozen=True)
class Line:
    """One duty of a post, and how often it was seen to be done."""

    stage: str
    text: str
    evidence: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Sheet:
    """The duties of one post: who holds it, what it is for, line by line."""

    post: str
    purpose: str
    holders: tuple[str, ...]
    lines: tuple[Line, ...]


def duty_sheets(body: Body, *, at: datetime) -> list[Sheet]:
    """Every post that has duties, in the order of the posts. Clause: organisation.duties."""
    day = day_of(at)
    first = date(day.year, 1, 1)
    acts, done = _acts(body, since=first), _done(body, since=first)
    holders: dict[str, list[str]] = {}
    appointed = appointments_on(day).filter(body=body, person__active=True, standing_in_for=None)
    for one in appointed.select_related("person").order_by("since", "id"):
        holders.setdefault(one.post, []).append(one.person.name)
    sheets = []
    for key, post in posts().items():
        lines = tuple(_line(duty, acts, done) for duty in structure().duties_of(key))
        if lines:
            sheets.append(Sheet(post.label, post.duty, tuple(holders.get(key, ())), lines))
    return sheets


def evidence_label(key: str) -> str:
    """What a piece of evidence is called: the action, or the recurring duty."""
    sort, _, name = key.partition(":")
    return NAMED[sort](name)


def _line(duty: PostDuty, acts: Counter[str], done: Counter[str]) -> Line:
    counted = {
        **{f"act:{k}": acts[k] for k in duty.acts},
        **{f"duty:{k}": done[k] for k in duty.duties},
    }
    return Line(
        duty.stage, duty.text, tuple((evidence_label(key), counted[key]) for key in duty.evidence)
    )


def _acts(body: Body, *, since: date) -> Counter[str]:
    """How often each act was done in a body since a day: counts, and nothing of what they were about."""
    events = {act for duty in structure().duties for act in duty.acts}
    start = moment(closing(since, body=body).replace(hour=0, minute=0))
    rows = Entry.objects.filter(chain=body.code, event__in=events, at__gte=start)
    return Counter(dict(rows.order_by().values_list("event").annotate(Count("id"))))


def _done(body: Body, *, since: date) -> Counter[str]:
    kinds = {key for duty in structure().duties for key in duty.duties}
    rows = Duty.objects.filter(
        body=body, kind__in=kinds, state=Duty.State.DONE, closed_at__date__gte=since
    )
    return Counter(dict(rows.order_by().values_list("kind").annotate(Count("id"))))
