"""Letters of the year (发文): a handful, each as far as its row says, and the weekly runs to the exchange."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from shoumi.config.demonstration.queue import Story, a_person, at_hour
from shoumi.domains.dispatch.models import Countersign, ExchangeItem, Letter, Recipient
from shoumi.domains.dispatch.services import (
    correspondents,
    drafting,
    exchanging,
    printing,
    receipts,
    reviewing,
    sending,
)
from shoumi.domains.dispatch.services.moving import heads_of
from shoumi.platform.approvals.models import Case, Seat
from shoumi.platform.approvals.services import agree

UNITS = ("示范市保密局", "示范县财政局", "示范县档案馆", "示范县公安局")
RUNS, WEEKS = (0, 1, 3, 4), 6


@dataclass(frozen=True)
class Sample:
    """One letter: when it was drafted, what it says, and how far it has come."""

    days: int
    by: str
    title: str
    genre: str
    mark: str
    listed: str
    run: int
    place: str = "资料柜"
    asked: tuple[str, ...] = ()
    steps: int = 9


SAMPLES = (
    Sample(
        300, "danping", "关于开展年度保密自查自评的通知", "通知", "秘密★5年",
        "示范县财政局 2\n示范县公安局 1\n抄送 示范县档案馆 1", 8, "2号保密柜", ("信息技术科",),
    ),
    Sample(
        210, "xiefeng", "关于上半年政务服务办件情况的报告", "报告", "内部", "示范市保密局 1", 3
    ),
    Sample(
        120, "danping", "关于重要会议保密工作方案的请示", "请示", "机密★10年",
        "示范市保密局 2\n抄送 审批服务科 1", 5, "1号保密柜",
    ),
    Sample(
        40, "chenhong", "关于商请提供政策解读材料的函", "函", "公开", "示范县财政局 1", 2, steps=8
    ),
    Sample(
        6, "danping", "关于做好第四季度清退工作的通知", "通知", "秘密★3年",
        "示范县公安局 2", 4, "2号保密柜", steps=8,
    ),
    Sample(
        3, "ouyang", "关于更换涉密计算机的请示", "请示", "秘密★5年", "示范市保密局 1", 3,
        "2号保密柜", steps=5,
    ),
    Sample(
        2, "xiefeng", "关于调整窗口值守安排的通知", "通知", "内部", "综合业务科 1", 2,
        asked=("综合业务科",), steps=2,
    ),
)  # fmt: skip

Deed = Callable[[Story, Sample, int, datetime], None]


def send_all(story: Story) -> None:
    """Plan the letters and the runs of the last weeks."""
    first = story.in_office(story.until - timedelta(days=max(s.days for s in SAMPLES) + 5))
    story.plan(first, partial(_begin, story))
    for sample in SAMPLES:
        at = story.in_office(story.until - timedelta(days=sample.days))
        story.plan(at, partial(_draft, story, sample))
    today = timezone.localtime(story.until).date()
    monday = today - timedelta(days=today.weekday())
    for week in range(WEEKS):
        for day in RUNS:
            at = at_hour(monday - timedelta(days=7 * week - day), 9, 40)
            story.plan(story.in_office(at), partial(_exchange, story))


def _begin(story: Story, at: datetime) -> None:
    correspondents.enter_issuer_word(actor=story.cast["zhuren"], at=at, word="示政管")
    for name in UNITS:
        correspondents.enter_correspondent(actor=story.cast["jiyao"], at=at, name=name)


def _draft(story: Story, sample: Sample, at: datetime) -> None:
    cast = story.cast
    letter = drafting.draft(
        actor=cast[sample.by],
        at=at,
        form="letter" if sample.genre == "函" else "file",
        genre=sample.genre,
        purpose="指导、布置、商洽" if sample.genre in ("通知", "函") else "请示、答复",
        title=sample.title,
        mark=sample.mark,
        basis="" if sample.mark == "公开" else "保密事项范围所列事项",
        urgency="plain",
        necessity="须以正式文件下达或者报送",
        paper_reason="须存档备查",
        print_run=sample.run,
        distribution_list=sample.listed,
        countersigners=[cast.departments[name] for name in sample.asked],
    )
    _next(story, sample, letter.pk, at, step=1)


def _next(story: Story, sample: Sample, pk: int, at: datetime, *, step: int) -> None:
    """The step after this one, some hours later, unless the letter is to lie where it lies."""
    if step <= sample.steps and step <= len(STEPS):
        later = story.later(at, hours=1.5)
        story.plan(later, partial(_take, story, sample, pk, step))


def _take(story: Story, sample: Sample, pk: int, step: int, at: datetime) -> None:
    STEPS[step - 1](story, sample, pk, at)
    _next(story, sample, pk, at, step=step + 1)


def _submit(story: Story, sample: Sample, pk: int, at: datetime) -> None:
    drafting.submit(actor=story.cast[sample.by], subject=_letter(pk), at=at)


def _review(story: Story, sample: Sample, pk: int, at: datetime) -> None:
    agreed(_letter(pk).review, at)


def _countersign(story: Story, sample: Sample, pk: int, at: datetime) -> None:
    letter = _letter(pk)
    for row in Countersign.all_of(letter).select_related("letter__label", "label"):
        (head, *_) = heads_of(row.department, body=letter.body, at=at)
        opinion = "同意，无修改意见。"
        reviewing.countersign(actor=a_person(head.pk), subject=row, at=at, opinion=opinion)


def _classify(story: Story, sample: Sample, pk: int, at: datetime) -> None:
    letter = _letter(pk)
    reviewing.classify(
        actor=story.cast["dingmi"], subject=letter, at=at, mark=sample.mark, basis=letter.basis
    )


def _sign(story: Story, sample: Sample, pk: int, at: datetime) -> None:
    agreed(_letter(pk).signing, at)


def _number(story: Story, sample: Sample, pk: int, at: datetime) -> None:
    suffix = "函" if sample.genre == "函" else "发"
    printing.number(actor=story.cast["jiyao"], subject=_letter(pk), at=at, suffix=suffix)


def _print(story: Story, sample: Sample, pk: int, at: datetime) -> None:
    printing.print_run(
        actor=story.cast["jiyao"],
        subject=_letter(pk),
        at=at,
        made=sample.run,
        press="机要室",
        printer="区敏",
        place=story.cast.places[sample.place],
        waste=1,
        waste_witness="冯岚",
    )
    sending.seal(actor=story.cast["jiyao"], subject=_letter(pk), at=at + timedelta(minutes=5))


def _send(story: Story, sample: Sample, pk: int, at: datetime) -> None:
    """To other bodies by courier; our own department signs on the spot."""
    cast, lines = story.cast, Recipient.all_of(_letter(pk))
    if any(line.is_outside for line in lines):
        sending.send(
            actor=cast["jiyao"],
            subject=_letter(pk),
            at=at,
            channel="courier",
            protection="双层密封，加盖密封章",
            couriers="胡建、冯岚",
        )
    for line in lines:
        if not line.is_outside:
            signer = cast["xiefeng"]
            given: dict[str, Any] = {"subject": _line(line.pk), "at": at}
            receipts.hand(actor=cast["jiyao"], signer=signer, **given)
            receipts.sign_for(actor=cast["xiefeng"], subject=_line(line.pk), at=at)


def _receipts(story: Story, sample: Sample, pk: int, at: datetime) -> None:
    for line in Recipient.all_of(_letter(pk)):
        if line.is_outside:
            receipts.enter_receipt(
                actor=story.cast["jiyao"],
                subject=_line(line.pk),
                at=at,
                receipt=f"HZ-{at:%m%d}-{line.pk}",
                received_by="丁立",
                received_at=at - timedelta(minutes=30),
                check_value=line.check_value,
            )


STEPS: tuple[Deed, ...] = (
    _submit,
    _review,
    _countersign,
    _classify,
    _sign,
    _number,
    _print,
    _send,
    _receipts,
)


def _exchange(story: Story, at: datetime) -> None:
    """One run; what it brought is handed on and signed for the same morning."""
    cast = story.cast
    made = exchanging.run(
        actor=cast["jiyao"],
        at=at,
        station="示范市机要交换站",
        run_at=at,
        others=3,
        incoming=1,
        station_clerk="丁立",
        companion="胡建",
        brought=f"示范市保密局 JH{at:%m%d} 审批服务科",
    )
    for item in ExchangeItem.unscoped.filter(run=made).select_related("label"):
        exchanging.hand(actor=cast["jiyao"], subject=item, at=at, receiver=cast["xiefeng"])
        exchanging.sign(actor=cast["xiefeng"], subject=item, at=at)


def agreed(case: Case | None, at: datetime) -> None:
    """Every approver in turn agrees."""
    while case is not None and case.state == Case.State.OPEN:
        seat = Seat.objects.filter(step__case=case, state=Seat.State.WAITING).first()
        if seat is None:
            return
        case = Case.unscoped.select_related("label", "applicant", "body").get(pk=case.pk)
        agree(actor=a_person(seat.person_id), subject=case, at=at)


def _letter(pk: int) -> Letter:
    near = ("label", "body", "review", "signing", "drafted_by", "reply_to")
    found: Letter = Letter.unscoped.select_related(*near).get(pk=pk)
    return found


def _line(pk: int) -> Recipient:
    near = ("label", "letter__label", "letter__body", "handover")
    found: Recipient = Recipient.unscoped.select_related(*near).get(pk=pk)
    return found
