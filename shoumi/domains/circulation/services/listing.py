"""传阅单: who is to read a paper, within what the instruction allows, and when the round is closed."""

from collections.abc import Sequence
from datetime import datetime, time

from django.utils import timezone

from shoumi.domains.circulation import rules
from shoumi.domains.circulation.models import Circulation, Reader
from shoumi.domains.documents.models import Document
from shoumi.domains.documents.services.deciding import ROUTE_DUTY, OutOfOrder
from shoumi.domains.documents.services.receiving import REGISTRAR, check_cleared
from shoumi.kernel.levels import Label as PureLabel
from shoumi.kernel.levels import Level, may_know
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of, label_of, person_principal, subject_of
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.services import raise_duty, settle
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

OPEN = Action("circulation.open", "建传阅单", clause="circulation.registrar", posts=REGISTRAR)
ADD = Action("circulation.add", "增加阅件人", clause="circulation.list", posts=REGISTRAR)
EXCUSE = Action("circulation.excuse", "免送", clause="circulation.close", posts=REGISTRAR)
CLOSE = Action("circulation.close", "传阅办结", clause="circulation.close", posts=REGISTRAR)
Control("circulation.list", kind="display", label="传阅单")
Control("circulation.list", kind="count", label="传阅单")

ROUND_DUTY = "circulation.close"

State = Circulation.State


class NotInScope(Refusal):
    """The person is cleared, but the instruction did not name them."""


class ListChanged(Stale):
    """Somebody else changed the list a moment ago."""

    def __init__(self) -> None:
        super().__init__(
            "他人已修改传阅单", clause="access.stale", way_on="请刷新页面，按最新内容办理"
        )


def open_list(
    *, actor: Person, subject: Document, at: datetime, readers: Sequence[Person]
) -> Circulation:
    """Put the readers on a list in the order in which they are to read."""
    with act(actor, OPEN, subject, at=at) as deed:
        _check_instructed(subject)
        people = list(dict.fromkeys(readers))
        if not people:
            raise Refusal("请至少选一名阅件人", clause="circulation.list", way_on="按批示名单选择")
        for person in people:
            check_in_scope(person, subject, at=at)
        before = subject.state
        if before not in (Document.State.INSTRUCTED, Document.State.CIRCULATED) or not subject.move(
            before=before, after=Document.State.CIRCULATING, at=at
        ):
            raise OutOfOrder(subject, "建传阅单", clause="circulation.list")
        circulation: Circulation = Circulation.objects.create(
            label=subject.label,
            document=subject,
            opened_by=actor,
            opened_at=at,
            due_at=_due(subject, at=at),
        )
        for place, person in enumerate(people, 1):
            Reader.objects.create(
                label=subject.label, circulation=circulation, person=person, place_in_list=place
            )
        settle(kind=ROUTE_DUTY, subject=subject, evidence=circulation, at=at)
        raise_duty(
            kind=ROUND_DUTY,
            clause="circulation.limit",
            text=f"{subject.number} 传阅（{len(people)} 人）送阅、收回并办结",
            due=circulation.due_at,
            at=at,
            body=subject.body,
            post="registrar",
            label=subject.label,
            subject=circulation,
            url_name="circulation-detail",
            url_pk=circulation.pk,
            raised_by=actor,
            urgency=subject.weight,
        )
        deed.note(list=circulation.pk, readers=[person.pk for person in people])
    return circulation


def add_reader(*, actor: Person, subject: Circulation, at: datetime, person: Person) -> Reader:
    """One more reader, only from among those who may already know the paper."""
    with act(actor, ADD, subject, at=at, person=person.pk):
        if subject.state != State.OPEN:
            raise ListChanged()
        check_in_scope(person, subject.document, at=at)
        listed = list(subject.all_readers())
        if any(line.person_id == person.pk for line in listed):
            raise Refusal(
                f"{person.name}已在传阅单上", clause="circulation.list", way_on="不必重复加入"
            )
        place = max((line.place_in_list for line in listed), default=0) + 1
        reader: Reader = Reader.objects.create(
            label=subject.label, circulation=subject, person=person, place_in_list=place
        )
    return reader


def excuse(*, actor: Person, subject: Reader, at: datetime, reason: str) -> None:
    """Somebody on the list need not be waited for; the reason stays on it."""
    with act(actor, EXCUSE, subject, at=at, person=subject.person_id):
        if not reason.strip():
            raise Refusal("免送须写明原因", clause=EXCUSE.clause, way_on="如「出差至月底」")
        waiting, excused = Reader.State.WAITING, Reader.State.EXCUSED
        if not subject.move(before=waiting, after=excused, excuse=reason.strip()):
            raise ListChanged()


def close(*, actor: Person, subject: Circulation, at: datetime) -> None:
    """End the round when as many came back as went out."""
    with act(actor, CLOSE, subject, at=at) as deed:
        lines = list(subject.all_readers())
        sent = [line for line in lines if line.sent_at is not None]
        back = [line for line in sent if line.state == Reader.State.RETURNED]
        rules.check_nobody_out(
            out=[line.person.name for line in lines if line.is_out],
            waiting=[x.person.name for x in lines if x.state == Reader.State.WAITING],
            sent=len(sent),
            returned=len(back),
        )
        if not subject.move(before=State.OPEN, after=State.CLOSED, closed_by=actor, closed_at=at):
            raise ListChanged()
        circulating, done = Document.State.CIRCULATING, Document.State.CIRCULATED
        if not subject.document.move(before=circulating, after=done, at=at):
            raise ListChanged()
        settle(kind=ROUND_DUTY, subject=subject, evidence=subject, at=at)
        deed.note(sent=len(sent), returned=len(back))


def check_in_scope(person: Person, document: Document, *, at: datetime) -> None:
    """Refuse a reader who is not cleared, or whom the instruction left out."""
    check_cleared([person], level=document.level, body=document.body, at=at)
    listed = label_of(document.label, on=day_of(at))
    mine = document.label.need_to_know.filter(until=None, principal=person_principal(person.pk))
    # Whoever only carries it for a while is on the list with an end, and no reader.
    if document.restriction and not mine.exists():
        raise NotInScope(
            f"{document.get_restriction_display()}只由限阅名单上的人员阅读，{person.name}不在名单内",
            clause="circulation.restricted",
            way_on="请领导在批示中逐名列入，或者办理「扩大知悉范围」",
        )
    label = PureLabel(Level(document.label.level), listed)
    if not may_know(subject_of(person, at), label).allowed:
        raise NotInScope(
            f"{person.name}不在批示的传阅范围内",
            clause="circulation.list",
            way_on="确需送阅的，先办理「扩大知悉范围」，批准后再加入",
        )


def _check_instructed(document: Document) -> None:
    steps = Document.State
    if document.state == steps.RECEIVED:
        raise Refusal(
            "附件尚未补齐，不得送阅",
            clause="documents.receive.attachments",
            way_on="补齐附件后拟办、批示，再行送阅",
        )
    if document.state in (steps.REGISTERED, steps.PROPOSED):
        clause = "circulation.list"
        if document.level == Level.TOP_SECRET:
            clause = "circulation.top_secret"
        raise Refusal(
            "没有领导批示，不得送阅", clause=clause, way_on="请办公室主任拟办、领导批示送阅名单"
        )


def _due(document: Document, *, at: datetime) -> datetime:
    """The end of the last day. Clause: circulation.limit."""
    days = figure("circulation.limit", "days", on=day_of(at), body=document.body)
    last = rules.last_day(document.pace, opened=day_of(at), days=days)
    return timezone.make_aware(datetime.combine(last, time(23, 59)))
