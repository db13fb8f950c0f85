"""发文定密: what the room of dispatch decides about a letter stands in the same book; in that room's act."""

from collections.abc import Sequence
from datetime import date, datetime

from shoumi.domains.classification import rules
from shoumi.domains.classification.models import Determination, Matter
from shoumi.domains.classification.services.deciding import check_may_decide
from shoumi.domains.classification.services.deriving import inherit, link
from shoumi.domains.classification.services.expiring import watch
from shoumi.domains.classification.services.steps import numbered
from shoumi.domains.documents.models import Document
from shoumi.kernel.levels import Level
from shoumi.kernel.marks import Mark
from shoumi.platform.access.models import Label
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body, Department, Person

State, Manner = Determination.State, Determination.Manner


def mark_for(mark: Mark, *, matter: Matter | None, sources: Sequence[Determination]) -> Mark:
    """What a letter must bear: its sources' mark where it is derived, the level of its matter otherwise."""
    if sources:
        return inherit(sources)
    if matter is not None:
        rules.check_listed(mark, listed=matter.level_of_it, basis="")
    return mark


def enter_letter(
    label: Label,
    *,
    body: Body,
    mark: Mark,
    expires: date | None,
    basis: str,
    matter: Matter | None,
    sources: Sequence[Determination],
    likeness: str,
    drafted_by: Person,
    drafted_at: datetime,
    department: Department | None,
    by: Person,
    at: datetime,
) -> Determination | None:
    """Enter what was decided about a letter; public ones have no entry. Inside somebody's act.

    Only a registered authority decides, within the power given; a second decision takes the first one's place.
    """
    check_may_decide(by, mark.level, at=at, derived=bool(sources))
    withdraw_letter(label)
    if mark.level == Level.PUBLIC:
        return None
    manner = Manner.DERIVED if sources else Manner.ORIGINAL
    row: Determination = Determination.objects.create(
        label=label,
        body=body,
        number=numbered("定密", "determinations", body=body, at=at),
        manner=manner if mark.level.is_state_secret else Manner.WORK,
        matter=matter,
        carrier="文件",
        likeness=likeness if sources else "",
        harm=next(harm.value for harm in rules.Harm if harm.level == mark.level)
        if mark.level.is_state_secret
        else rules.Harm.NONE.value,
        basis=basis,
        scope="主送、抄送单位和发文经办人员",
        mark_text=str(mark),
        proposed_mark=str(mark),
        period_kind=mark.period.kind.value,
        condition=mark.period.condition,
        counted_from=day_of(at),
        expires_on=expires,
        department=department,
        proposed_by=drafted_by,
        proposed_at=drafted_at,
        decided_by=by,
        decided_at=at,
        state=State.IN_FORCE,
    )
    link(row, sources)
    return row


def withdraw_letter(label: Label) -> None:
    """The letter went back to its drafter, or is not sent: what was decided holds no more."""
    row = Determination.over(label)
    if row is not None:
        row.move(before=State.IN_FORCE, after=State.VOID)


def file_letter(document: Document, *, at: datetime) -> None:
    """The letter is printed and stands in the register: its period runs from the day of issue."""
    row = Determination.over(document.label)
    if row is not None:
        row.mend(
            document=document,
            counted_from=document.issued_on or day_of(at),
            expires_on=document.expires_on,
            copies=document.copies,
        )
        watch(row, at=at)
