"""归档: proposed by the registrar, approved by the director, counted in by the archivist."""

from collections.abc import Sequence
from datetime import datetime

from shoumi.domains.documents.models import Copy, Document
from shoumi.domains.handling import rules
from shoumi.domains.handling.models import Archiving, ArchivingLine
from shoumi.domains.handling.services.gathering import (
    REGISTRAR,
    ask_for,
    case_of,
    check_not_recalled,
    due_by,
    expect,
    gathered,
    label_over,
    listed,
    numbered,
    release_all,
    reserve_all,
    step,
)
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.services import widen
from shoumi.platform.access.subjects import day_of, post_principal
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import ON_APPROVED, ON_REFUSED, spend
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.custody.services import holder_of, shift
from shoumi.platform.directory.models import Person
from shoumi.platform.directory.selectors import holders_of
from shoumi.platform.obligations.services import cancel_all, raise_duty, settle

MATTER = "handling.archive"
PAGE = "handling-archivings-detail"
CLAUSE = "carriers.archive.handover"
ARCHIVIST = "archivist"

ARCHIVE = Action(
    "handling.archive", "提请归档", clause="carriers.archive.handover", posts=REGISTRAR
)
TAKE = Action(
    "handling.archive.take",
    "点收归档",
    clause="carriers.archive.handover",
    posts=frozenset({ARCHIVIST}),
)
WITHDRAW = Action(
    "handling.archive.withdraw", "撤回归档", clause="carriers.archive.handover", posts=REGISTRAR
)

State = Archiving.State


def archive(
    *,
    actor: Person,
    at: datetime,
    items: Sequence[Item],
    year: int,
    volume: str,
    remark: str = "",
) -> Archiving:
    """List finished pieces for the archive and ask the director."""
    with act(actor, ARCHIVE, at=at, items=[i.pk for i in items]) as deed:
        pieces = gathered(actor, items, at=at, clause=CLAUSE)
        check_not_recalled(pieces)
        _check_finished(pieces, actor=actor, at=at)
        if not holders_of(ARCHIVIST, body=actor.body, on=day_of(at)):
            raise Refusal(
                "本单位尚未明确档案员，不能移交归档",
                clause="carriers.archive.handover",
                way_on="请安全保密管理员任命档案员后再提",
            )
        box = rules.check_written(volume, "案卷号", clause=CLAUSE)
        reserve_all(pieces, clause="carriers.one_holder")
        number = numbered("归", "archivings", body=actor.body, at=at)
        request: Archiving = Archiving.objects.create(
            label=label_over(pieces, people=[actor], body=actor.body, basis=number, at=at),
            body=actor.body,
            number=number,
            asked_by=actor,
            asked_at=at,
            year=year,
            volume=box,
            remark=remark.strip(),
            pieces=len(pieces),
        )
        deed.subject = request
        listed(ArchivingLine, pieces, archiving=request)
        ask_for(
            request,
            actor=actor,
            matter=MATTER,
            reason=remark.strip() or f"{year} 年度归档",
            at=at,
            summary=f"{request.number} 归档 {len(pieces)} 件",
        )
    return request


def take(*, actor: Person, subject: Archiving, at: datetime, counted: int, shelf: str) -> None:
    """The archivist counts the pieces in; from now on the archive answers for them."""
    with act(actor, TAKE, subject, at=at, request=subject.number) as deed:
        expect(subject, State.APPROVED)
        pieces = ArchivingLine.items_in(archiving=subject)
        there = [item for item in pieces if item.state == Item.State.RESERVED]
        if counted != len(there):
            raise Refusal(
                f"清单 {len(there)} 件，点收 {counted} 件，数目不符",
                clause="carriers.archive.handover",
                way_on="请与机要员逐件核对",
            )
        where = rules.check_written(shelf, "档案存放位置", clause=CLAUSE)
        rules.check_shelf(max(item.level for item in pieces), where)
        spend(case_of(subject), at=at)
        step(subject, State.APPROVED, State.ARCHIVED, taken_by=actor, taken_at=at, shelf=where)
        to = holder_of(body=subject.body, sink=Holder.Sink.ARCHIVED)
        for item in there:
            shift(
                item=item,
                to=to,
                reason=TAKE.key,
                at=at,
                before=Item.State.RESERVED,
                case_ref=subject.number,
            )
        settle(kind=TAKE.key, subject=subject, evidence=subject, at=at)
        papers = _close_papers(there, actor=actor, at=at)
        deed.note(archived=len(there), papers=papers)


def withdraw_archiving(*, actor: Person, subject: Archiving, at: datetime) -> None:
    """What was approved and not yet counted in stays in the registry."""
    with act(actor, WITHDRAW, subject, at=at, request=subject.number):
        step(subject, State.APPROVED, State.WITHDRAWN)
        release_all(ArchivingLine.items_in(archiving=subject))
        cancel_all(kind=TAKE.key, subject=subject, reason="机要员撤回", at=at)


def _check_finished(pieces: Sequence[Item], *, actor: Person, at: datetime) -> None:
    """办完的文件才归档. Clause: documents.archive."""
    copies = Copy.objects.visible_to(actor, at=at).filter(item__in=[i.pk for i in pieces])
    open_ones = copies.exclude(
        document__state__in=[Document.State.HANDLED, Document.State.ARCHIVED]
    )
    first = open_ones.select_related("document").order_by("id").first()
    if first is not None:
        raise Refusal(
            f"{first.document.number} 尚未办结，不得归档",
            clause="documents.archive",
            way_on="办结后再提请归档",
        )


def _close_papers(pieces: Sequence[Item], *, actor: Person, at: datetime) -> int:
    """A paper is archived with the last of its copies that was still in the account."""
    known = Copy.objects.visible_to(actor, at=at)
    mine = known.filter(item__in=[i.pk for i in pieces]).select_related("document")
    closed = 0
    for document in {copy.document_id: copy.document for copy in mine}.values():
        left = known.filter(document=document).exclude(item__state=Item.State.GONE)
        if not left.exists():
            closed += document.move(
                before=Document.State.HANDLED, after=Document.State.ARCHIVED, at=at
            )
    return closed


def _granted(case: Case, *, actor: Person, at: datetime) -> None:
    """The archivist is let know what the archivist is to take over, and nothing else."""
    request = Archiving.named(case.subject)
    step(request, State.REQUESTED, State.APPROVED)
    pieces = ArchivingLine.items_in(archiving=request)
    labels = {item.label_id: item.label for item in pieces} | {request.label_id: request.label}
    for label in labels.values():
        widen(
            label,
            principals=[post_principal(ARCHIVIST, request.body_id)],
            basis=f"{request.number} 归档",
            on=day_of(at),
        )
    raise_duty(
        kind=TAKE.key,
        clause="carriers.archive.handover",
        text=f"点收归档载体 {request.pieces} 件（{request.number}）",
        due=due_by("carriers.archive.handover", body=request.body, at=at),
        at=at,
        body=request.body,
        post=ARCHIVIST,
        label=request.label,
        subject=request,
        url_name=PAGE,
        url_pk=request.pk,
        raised_by=request.asked_by,
    )


def _not_granted(case: Case, *, actor: Person, at: datetime) -> None:
    request = Archiving.named(case.subject)
    taken_back = case.state == Case.State.WITHDRAWN
    step(request, State.REQUESTED, State.WITHDRAWN if taken_back else State.REFUSED)
    release_all(ArchivingLine.items_in(archiving=request))


ON_APPROVED[MATTER] = _granted
ON_REFUSED[MATTER] = _not_granted
