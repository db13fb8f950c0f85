"""Gathering (造册): the pieces of one request, the label over all of them, their reservation, the approval."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from typing import Any

from shoumi.domains.handling import rules
from shoumi.domains.handling.models import Line, Loan, Recall, RecallLine, Request
from shoumi.kernel.levels import Label as PureLabel
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Hidden
from shoumi.platform.access.models import Label
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import day_of, label_of, person_principal
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import open_case
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.custody.services import release
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.numbering.services import allot
from shoumi.platform.obligations.due import Due, due_in_workdays
from shoumi.platform.rulebook.figures import figure

REGISTRAR = frozenset({"registrar"})
# What the holder of a recalled piece has to do; closed by whichever way it comes in.
RECALL_DUTY = "handling.recall.item"


class NotOnShelf(Stale):
    """The piece is not in the registry, or somebody else asked for it a moment ago."""

    def __init__(self, name: str, *, clause: str) -> None:
        super().__init__(
            f"{name} 不在库，或者刚被他人申请",
            clause=clause,
            way_on="请另选一份，或者待其归还后再申请",
        )


class ChangedByOther(Stale):
    """The request was moved on a moment ago."""

    def __init__(self) -> None:
        super().__init__(
            "他人已修改：这张单子的状态已经变动",
            clause="access.stale",
            way_on="请刷新页面，按最新状态办理",
        )


def numbered(word: str, series: str, *, body: Body, at: datetime) -> str:
    """The next number of a series of this year; inside the act that opens the request."""
    year = day_of(at).year
    return rules.serial(word, year, allot(f"handling.{series}", body=body, year=year))


def due_by(clause: str, *, body: Body, at: datetime) -> Due:
    """The end of the working days that a clause allows from now on."""
    days = figure(clause, "working_days", on=day_of(at), body=body)
    return due_in_workdays(days, start=at, body=body)


def gathered(actor: Person, items: Iterable[Item], *, at: datetime, clause: str) -> list[Item]:
    """The pieces as they stand now; one that the actor may not know does not exist."""
    keys = list(dict.fromkeys(item.pk for item in items))
    if not keys:
        raise Refusal("请至少选一件载体", clause=clause, way_on="勾选后再提交")
    near = ("label__body", "holder__person", "holder__place", "home")
    rows = Item.objects.visible_to(actor, at=at).filter(label__body=actor.body_id, pk__in=keys)
    found = {item.pk: item for item in rows.select_related(*near)}
    if len(found) != len(keys):
        raise Hidden("没有这一项", clause="access.may_know")
    return [found[key] for key in keys]


def label_over(
    items: Sequence[Item], *, people: Iterable[Person], body: Body, basis: str, at: datetime
) -> Label:
    """The label of a list: the highest level on it, and only those who may know every piece.

    `people` are known to know all of it, in whichever way each of them came to know each piece.
    """
    labels = {item.label_id: item.label for item in items}
    if len(labels) == 1:
        return next(iter(labels.values()))
    today = day_of(at)
    pure = (PureLabel(Level(one.level), label_of(one, on=today)) for one in labels.values())
    joint = reduce(PureLabel.join, pure)
    return label_for(
        level=joint.level,
        body=body,
        principals=joint.principals | {person_principal(person.pk) for person in people},
        basis=basis,
        on=today,
    )


def reserve_all(items: Iterable[Item], *, clause: str) -> None:
    """Keep pieces of the registry for one request (预约); whoever comes second finds them taken."""
    for item in items:
        # Compare-and-swap: SQLite has no row locks, and two clicks may race.
        if item.holder_kind != Holder.Kind.PLACE or not item.move(
            Item.State.HELD, Item.State.RESERVED
        ):
            raise NotOnShelf(item.name, clause=clause)


def release_all(items: Iterable[Item]) -> None:
    """Give up what was kept; what has left the account meanwhile is not held any more."""
    for item in items:
        if item.state == Item.State.RESERVED:
            release(item)


def listed(line: type[Line], items: Iterable[Item], **request: Request) -> None:
    """One line for each piece, under the piece's own label; inside somebody's act."""
    for item in items:
        line.objects.create(item=item, label_id=item.label_id, **request)


def ask_for(
    request: Request,
    *,
    actor: Person,
    matter: str,
    reason: str,
    at: datetime,
    summary: str,
    conditions: Mapping[str, Any] | None = None,
) -> None:
    """Open the approval of a request; inside the act that makes it."""
    request.case = open_case(
        actor=actor,
        matter=matter,
        subject=request,
        label=request.label,
        reason=reason,
        at=at,
        conditions=conditions,
        summary=summary[:120],
    )
    request.save(update_fields=["case"])


def case_of(request: Request) -> Case:
    """The approval under which a request goes on."""
    if request.case is None:
        raise ChangedByOther()
    return request.case


def step(request: Request, before: str, after: str, **changes: Any) -> None:
    """Move a request on, or say that somebody else did."""
    if not request.move(before=before, after=after, **changes):
        raise ChangedByOther()


def expect(request: Any, state: str) -> None:
    """Say first that somebody else was quicker, before anything is found wrong with the rest."""
    if request.state != state:
        raise ChangedByOther()


def check_not_recalled(items: Sequence[Item]) -> None:
    """What the issuer wants back is given to nobody any more. Clause: carriers.recall."""
    wanted = RecallLine.wanted(items, state=Recall.State.COLLECTING)
    if wanted:
        raise Refusal(
            f"{wanted[0].name} 已列入清退，不再办理借阅、复制和外带",
            clause="carriers.recall",
            way_on="请到机要室查询清退安排",
        )


def check_not_on_loan(items: Sequence[Item], what: str) -> None:
    """借阅期间不得转借、复制、带出. Clause: carriers.borrow.no_sublending."""
    out = Loan.on_loan(items)
    if out:
        raise Refusal(
            f"{out[0].name} 在借阅期间，不得{what}",
            clause="carriers.borrow.no_sublending",
            way_on="请先归还，再按规定另行申请",
        )


def names_of(items: Iterable[Item], *, most: int = 5) -> str:
    """A few of the pieces by name."""
    names = [item.name for item in items]
    more = f"等 {len(names)} 件" if len(names) > most else ""
    return "、".join(names[:most]) + more
