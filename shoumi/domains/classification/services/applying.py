"""What a change sets going, within its act: sight, register, media, notices, new marks, and what was derived."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shoumi.domains.classification.models import (
    Change,
    Determination,
    Medium,
    Notice,
    Remarking,
)
from shoumi.domains.classification.services.deriving import inherit
from shoumi.domains.classification.services.expiring import watch
from shoumi.domains.classification.services.steps import numbered
from shoumi.domains.documents.services.marking import mark_anew
from shoumi.kernel.levels import Label as PureLabel
from shoumi.kernel.levels import Level, may_know
from shoumi.kernel.marks import Mark, Period, expires_on, print_mark
from shoumi.platform.access.services import relevel
from shoumi.platform.access.subjects import day_of, label_of, subject_of
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.directory.models import Body, Person, Place
from shoumi.platform.obligations.due import due_in_workdays
from shoumi.platform.obligations.services import raise_duty
from shoumi.platform.rulebook.figures import figure

REMARK_DUTY = "classification.remark.confirm"
SIGN_DUTY = "classification.notice.sign"
SEND_DUTY = "classification.notice.send"
PAGE = "classification-changes-detail"

State, Kind = Determination.State, Change.Kind


@dataclass(frozen=True, slots=True)
class Turn:
    """Whither a thing goes: kind of change, level, mark as printed, period; `released` says for good."""

    kind: str
    level: Level
    mark: Mark | None
    expires: date | None
    released: bool = False
    ground: str = ""
    reason: str = ""
    notice_number: str = ""


def turned(
    row: Determination,
    turn: Turn,
    *,
    by: Person,
    at: datetime,
    cause: Change | None = None,
) -> Change:
    """Apply one change and everything that follows from it; inside somebody's act.

    The level goes through the label, so that whoever may not know it any more sees nothing from now on.
    """
    text = print_mark(turn.mark) if turn.mark is not None else ""
    change: Change = Change.objects.create(
        label=row.label,
        body=row.body,
        number=numbered("密变", "changes", body=row.body, at=at),
        determination=row,
        kind=turn.kind,
        ground=turn.ground,
        reason=turn.reason,
        notice_number=turn.notice_number,
        level_before=row.level,
        mark_before=row.mark_text,
        expires_before=row.expires_on,
        level_after=turn.level,
        mark_after=text,
        expires_after=turn.expires,
        decided_by=by,
        decided_at=at,
        cause=cause,
    )
    if turn.level != row.level:
        relevel(row.label, level=turn.level)
    period = turn.mark.period if turn.mark is not None else Period.none()
    row.mend(
        mark_text=text,
        period_kind=period.kind.value,
        condition=period.condition,
        expires_on=turn.expires,
        struck=[*row.struck, change.mark_before] if change.mark_before else row.struck,
        state=State.RELEASED if turn.released else row.state,
    )
    mark_anew(
        row.label,
        mark_text=text,
        period_kind=period.kind.value,
        expires_on=turn.expires,
        struck=row.struck,
    )
    watch(row, at=at)
    _media(row)
    _remark(change, at=at)
    _tell(change, by=by, at=at)
    _follow(change, by=by, at=at)
    return change


def _follow(change: Change, *, by: Person, at: datetime) -> None:
    """What was derived goes with its sources: level and period anew, or released with the last of them."""
    for child in change.determination.children():
        alive = [one for one in child.parents() if one.state == State.IN_FORCE]
        if alive:
            mark = inherit(alive)
            if print_mark(mark) == child.mark_text:
                continue
            turn = Turn(Kind.FOLLOW, mark.level, mark, expires_on(mark, day_of(at)))
        else:
            turn = Turn(Kind.FOLLOW, Level.INTERNAL, None, None, released=True)
        turned(child, turn, by=by, at=at, cause=change)


def _media(row: Determination) -> None:
    """A medium keeps the highest level of what is still stored on it, and never less than it had."""
    for stored in Medium.of(row):
        grade = Medium.grade_of(stored.item)
        if stored.item.level != grade:
            relevel(stored.item.label, level=grade)


def _remark(change: Change, *, at: datetime) -> None:
    """A task for each copy, done by hand and confirmed; one duty for the registrar over all of them."""
    borne = Remarking.take_over(change.label)
    items = Remarking.copies_under(change.label)
    for item in items:
        if item.holder_kind == Holder.Kind.OUTSIDE:
            continue
        Remarking.objects.create(
            label=item.label,
            change=change,
            item=item,
            mark_before=borne.get(item.pk, change.mark_before),
            mark_after=change.mark_after,
            where=str(item.holder)[:80],
            note=_note(item, change, at=at),
        )
    if not Remarking.waiting(change).exists():
        change.move(before=Change.State.OPEN, after=Change.State.CLOSED)
        return
    _owe(
        change,
        REMARK_DUTY,
        "classification.remark",
        f"逐份换标 {change.number}：旧标志作废，标明「{change.shown_after}」",
        at=at,
        post="registrar",
    )


def _note(item: Item, change: Change, *, at: datetime) -> str:
    """What the registrar must do with this copy besides its mark."""
    place: Place | None = item.holder.place
    if place is not None and (
        place.level_limit < change.level_after
        or (change.level_after == Level.TOP_SECRET and place.kind != Place.Kind.SEALED_SAFE)
    ):
        return f"{place.name}不得存放{Level(change.level_after).label}件，须移存"
    if item.holder.person is None:
        return ""
    label = PureLabel(Level(change.level_after), label_of(change.label, on=day_of(at)))
    if not may_know(subject_of(item.holder.person, at), label).allowed:
        return "持有人已不得知悉，当即收回"
    return "由持有人交机要员换标"


def _tell(change: Change, *, by: Person, at: datetime) -> None:
    """书面通知: everybody named in the scope or holding a copy signs; other bodies answer by receipt."""
    held: dict[int, int] = {}
    outside: dict[int, int] = {}
    for item in Remarking.copies_under(change.label):
        if item.holder.person_id is not None:
            held[item.holder.person_id] = held.get(item.holder.person_id, 0) + 1
        elif item.holder.outside_id is not None:
            outside[item.holder.outside_id] = outside.get(item.holder.outside_id, 0) + 1
    named = [
        int(principal[2:])
        for principal in label_of(change.label, on=day_of(at))
        if principal.startswith("p:")
    ]
    people = Person.objects.filter(pk__in={*named, *held}, active=True, body=change.body)
    for person in people.exclude(pk=by.pk).order_by("id"):
        notice = _notice(change, at=at, person=person, copies=held.get(person.pk, 0))
        _owe(
            change,
            SIGN_DUTY,
            "classification.notice",
            f"签收密级变动通知 {change.number}",
            at=at,
            about=notice,
            person=person,
        )
    for unit in Body.objects.filter(pk__in=outside).order_by("id"):
        notice = _notice(change, at=at, outside=unit, copies=outside[unit.pk])
        _owe(
            change,
            SEND_DUTY,
            "classification.notice",
            f"将密级变动 {change.number} 书面通知 {unit}",
            at=at,
            about=notice,
            post="registrar",
        )


def _notice(change: Change, *, at: datetime, **whom: Any) -> Notice:
    made: Notice = Notice.objects.create(label=change.label, change=change, given_at=at, **whom)
    return made


def _owe(
    change: Change,
    kind: str,
    clause: str,
    text: str,
    *,
    at: datetime,
    about: Notice | None = None,
    **whose: Any,
) -> None:
    days = figure("classification.notice", "days", on=day_of(at), body=change.body)
    page = PAGE if about is None else "classification-notices-detail"
    raise_duty(
        kind=kind,
        clause=clause,
        text=text[:120],
        due=due_in_workdays(days, start=at, body=change.body),
        at=at,
        body=change.body,
        label=change.label,
        subject=about or change,
        url_name=page,
        url_pk=about.pk if about is not None else change.pk,
        raised_by=None if change.decided_by.is_system else change.decided_by,
        **whose,
    )
