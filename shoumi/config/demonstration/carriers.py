"""Loans, copies and destructions of the year: what readers ask for afterwards, and what is cleared out."""

from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from shoumi.config.demonstration.queue import Story, a_person
from shoumi.domains.circulation.models import Reader
from shoumi.domains.documents.models import Copy, Document
from shoumi.domains.handling.models import Destruction, Loan, Reproduction, Request
from shoumi.domains.handling.services import borrowing, copying, destroying
from shoumi.domains.ledgers.services.entering import LEDGERS, enter
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.approvals.models import Case, Seat
from shoumi.platform.approvals.services import agree
from shoumi.platform.custody.models import Item
from shoumi.platform.obligations.models import Duty

PURPOSES = ("起草年度工作报告", "研究落实意见", "核对办理情况", "准备汇报材料")


def after_closing(story: Story, document: int, at: datetime) -> None:
    """Some papers are wanted once more by one of their readers."""
    if story.chance.random() < 0.22:
        story.plan(
            story.later(at, hours=24 * story.chance.randrange(1, 20)),
            partial(_try_to_ask, story, document),
        )


def clear_out(story: Story, at: datetime) -> None:
    """A dozen finished papers without a level are destroyed piece by piece."""
    rows = Document.unscoped.filter(
        state=Document.State.HANDLED, label__level__lte=Level.INTERNAL
    ).order_by("id")
    copies = Copy.unscoped.filter(document__in=list(rows[:10])).select_related("item")
    items = [c.item for c in copies if c.item.state == Item.State.HELD][:15]
    destruction = destroying.propose(
        actor=story.cast["jiyao"],
        at=at,
        items=items,
        appraisal="已逾保管期限，无留存价值",
        method="送销毁机构",
        station="示范县公文销毁站",
    )
    _decide(story, destruction, at, then=partial(_destroy, story, len(items)))


def lock_up(story: Story, at: datetime) -> None:
    """日终保密检查: the row of the ledger proves the duty of the day done."""
    owed = Duty.objects.filter(kind="recurring.daily_lockup", state=Duty.State.OPEN)
    if owed.filter(body=story.cast.body).exists():
        enter(
            LEDGERS["daily"],
            actor=story.cast["jiyao"],
            at=at,
            checked_on=timezone.localdate(at),
            locked="全部入柜上锁",
            desks="桌面、打印机无密件",
            kept="柜、锁、封条完好",
            waste="当日无",
            checker=story.cast["jiyao"].name,
        )


def _try_to_ask(story: Story, document: int, at: datetime) -> None:
    """What the rules refuse stays refused, and is on the trail."""
    with suppress(Refusal):
        _ask(story, document, at)


def _ask(story: Story, document: int, at: datetime) -> None:
    readers = Reader.unscoped.filter(circulation__document=document, state=Reader.State.RETURNED)
    copies = Copy.unscoped.filter(document=document, item__state=Item.State.HELD)
    reader, copy = readers.first(), copies.select_related("item__label", "item__holder").first()
    if reader is None or copy is None or copy.item.label.level == Level.TOP_SECRET:
        return
    actor = a_person(reader.person_id)
    if story.chance.random() < 0.2:
        _copy(story, actor, copy.item, at)
        return
    loan = borrowing.request_borrow(
        actor=actor,
        subject=copy.item,
        at=at,
        purpose=story.chance.choice(PURPOSES),
        days=story.chance.choice((1, 2, 3, 5)),
        reading_place="本人办公室",
    )
    _decide(story, loan, at, then=partial(_lend, story))


def _copy(story: Story, actor: Any, item: Item, at: datetime) -> None:
    reproduction = copying.request_copy(
        actor=actor,
        subject=item,
        at=at,
        kind=Reproduction.Kind.COPY,
        copies=1,
        purpose=story.chance.choice(PURPOSES),
        consent_number="示密局函〔2026〕3号",
    )
    _decide(story, reproduction, at, then=partial(_make, story))


def _decide(story: Story, request: Request, at: datetime, *, then: Any) -> None:
    """Every approver in turn, some hours apart; the newest requests still wait."""
    if not story.stalls(at, share=0.35):
        moment = story.later(at, hours=1 + story.chance.random() * 4)
        story.plan(moment, partial(_agree, story, request, then))


def _agree(story: Story, request: Request, then: Any, at: datetime) -> None:
    now = type(request).unscoped.get(pk=request.pk)
    case = Case.unscoped.get(pk=now.case_id or 0)
    seat = Seat.objects.filter(step__case=case, state=Seat.State.WAITING).order_by("id").first()
    if case.state == Case.State.OPEN and seat is not None:
        agree(actor=a_person(seat.person_id), subject=case, at=at, opinion="同意。")
        case = Case.unscoped.get(pk=case.pk)
    moment = story.later(at, hours=0.5 + story.chance.random() * 2)
    if case.state == Case.State.OPEN:
        story.plan(moment, partial(_agree, story, request, then))
    elif case.state == Case.State.APPROVED:
        story.plan(moment, partial(then, request.pk))


def _lend(story: Story, pk: int, at: datetime) -> None:
    borrowing.lend(actor=story.cast["jiyao"], subject=_loan(pk), at=at)
    story.plan(at + timedelta(minutes=6), partial(_take, story, pk))


def _take(story: Story, pk: int, at: datetime) -> None:
    loan = _loan(pk)
    borrowing.accept(actor=a_person(loan.asked_by_id), subject=loan, at=at)
    if not story.stalls(at, share=0.4):
        story.plan(story.later(at, hours=18 * loan.days), partial(_give_back, story, pk))


def _give_back(story: Story, pk: int, at: datetime) -> None:
    loan = _loan(pk)
    borrowing.give_back(actor=a_person(loan.asked_by_id), subject=loan, at=at)
    story.plan(at + timedelta(minutes=15), partial(_count_in, story, pk))


def _count_in(story: Story, pk: int, at: datetime) -> None:
    borrowing.return_copy(actor=story.cast["jiyao"], subject=_loan(pk), at=at, intact=True)


def _make(story: Story, pk: int, at: datetime) -> None:
    request = Reproduction.unscoped.select_related("item__label", "label").get(pk=pk)
    safe = "1号保密柜" if request.item.label.level >= Level.CONFIDENTIAL else "资料柜"
    copying.make(
        actor=story.cast["jiyao"],
        subject=request,
        at=at,
        destinations="综合业务科",
        made_in="机要室",
        supervisor=story.cast["zhuren"],
        place=story.cast.places[safe],
    )


def _destroy(story: Story, pieces: int, pk: int, at: datetime) -> None:
    request = Destruction.unscoped.get(pk=pk)
    destroying.execute(
        actor=story.cast["jiyao"],
        subject=request,
        at=at,
        counted=pieces,
        witness=story.cast["jiyao2"],
    )
    story.plan(story.later(at, hours=1), partial(_witness, story, pk))


def _witness(story: Story, pk: int, at: datetime) -> None:
    request = Destruction.unscoped.get(pk=pk)
    destroying.witness_destruction(actor=story.cast["jiyao2"], subject=request, at=at)


def _loan(pk: int) -> Loan:
    found: Loan = Loan.unscoped.get(pk=pk)
    return found
