"""拟办、批示、办结: who says what about a paper, in the order that may not be turned round."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from shoumi.domains.documents.models import Document, EnvelopeCheck, Opinion
from shoumi.domains.documents.rules.classes import check_category
from shoumi.domains.documents.services.filing import put_on_file
from shoumi.domains.documents.services.lapses import note_if_late
from shoumi.domains.documents.services.opening import check_sealed
from shoumi.domains.documents.services.receiving import (
    PROPOSE_DUTY,
    REGISTRAR,
    check_cleared,
)
from shoumi.domains.documents.services.telegrams import check_told, stop_clock
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.services import widen
from shoumi.platform.access.subjects import day_of, holds, person_principal
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.due import closing, due_tonight
from shoumi.platform.obligations.services import duties_about, raise_duty, settle
from shoumi.platform.rulebook.figures import figure

DIRECTOR = frozenset({"office_director"})
LEADERS = frozenset({"deputy_leader", "head"})

COMPLETE = Action(
    "documents.complete", "补件齐备", clause="documents.receive.attachments", posts=REGISTRAR
)
PROPOSE = Action("documents.propose", "拟办", clause="documents.propose", posts=DIRECTOR)
INSTRUCT = Action("documents.instruct", "批示", clause="documents.instruct", posts=LEADERS)
CLOSE = Action("documents.close", "办结", clause="documents.lifecycle", posts=REGISTRAR | DIRECTOR)
REPORT = Action("documents.report", "反馈办理结果", clause="documents.instruct.notice")

INSTRUCT_DUTY = "documents.instruct"
ROUTE_DUTY = "documents.route"
HANDLE_DUTY = "documents.handle"


class NotTheHandler(Denied):
    """Only the one whom the instruction charged reports, and once."""


class OutOfOrder(Stale):
    """The paper is at another step than the one this act belongs to."""

    def __init__(self, document: Document, wanted: str, *, clause: str) -> None:
        document.refresh_from_db(fields=["state"])
        now = document.get_state_display()
        super().__init__(
            f"{document.number} 现为「{now}」，不能{wanted}",
            clause=clause,
            way_on="请刷新页面，按当前环节办理",
        )


def complete(*, actor: Person, subject: Document, at: datetime) -> None:
    """The missing attachments have come: the paper may go on."""
    with act(actor, COMPLETE, subject, at=at):
        _move(
            subject,
            before=Document.State.RECEIVED,
            after=Document.State.REGISTERED,
            at=at,
            wanted="补件",
            clause=COMPLETE.clause,
        )
        check = EnvelopeCheck.objects.visible_to(actor, at=at).get(document=subject)
        check.completed_at = at
        check.save(update_fields=["completed_at"])


def propose(
    *, actor: Person, subject: Document, at: datetime, addressee: Person, text: str = ""
) -> Opinion:
    """拟办: the office director says what should be done and which leader decides."""
    with act(actor, PROPOSE, subject, at=at) as deed:
        if subject.state == Document.State.RECEIVED:
            raise Refusal(
                "附件尚未补齐，不得拟办",
                clause="documents.receive.attachments",
                way_on="催来文单位补齐附件，由机要员办理「补件齐备」",
            )
        check_told(subject)
        if not any(holds(addressee, post, at, body_id=subject.body_id) for post in LEADERS):
            raise Refusal(
                f"{addressee.name}不是主要领导或者分管领导，不能批示",
                clause="documents.instruct",
                way_on="请选择分管领导或者主要领导",
            )
        check_cleared([addressee], level=subject.level, body=subject.body, at=at)
        words = _words(subject, text, clause="documents.propose")
        _move(
            subject,
            before=Document.State.REGISTERED,
            after=Document.State.PROPOSED,
            at=at,
            wanted="拟办",
            clause="documents.receive.order",
        )
        opinion: Opinion = Opinion.objects.create(
            label=subject.label,
            document=subject,
            kind=Opinion.Kind.PROPOSAL,
            person=actor,
            text=words,
            at=at,
            addressee=addressee,
        )
        note_if_late(subject, PROPOSE_DUTY, "拟办逾期", person=actor, at=at)
        settle(kind=PROPOSE_DUTY, subject=subject, evidence=opinion, at=at)
        raise_duty(
            kind=INSTRUCT_DUTY,
            clause="documents.instruct",
            text=f"请批示 {subject.number}",
            due=due_tonight(start=at, body=subject.body),
            at=at,
            person=addressee,
            label=subject.label,
            subject=subject,
            url_name="documents-detail",
            url_pk=subject.pk,
            raised_by=actor,
            urgency=subject.weight,
        )
        deed.note(addressee=addressee.pk)
    return opinion


def instruct(
    *,
    actor: Person,
    subject: Document,
    at: datetime,
    text: str = "",
    readers: Iterable[Person] = (),
    handler: Person | None = None,
    handle_by: date | None = None,
) -> Opinion:
    """批示: the leader decides, and thereby who may know the paper and who handles it."""
    readers = list(readers)
    with act(actor, INSTRUCT, subject, at=at) as deed:
        named = [*readers, *([handler] if handler else [])]
        check_cleared(named, level=subject.level, body=subject.body, at=at)
        if handle_by is not None and handle_by < day_of(at):
            raise Refusal(
                "办理期限早于今日", clause="documents.instruct.notice", way_on="改填今日以后的日期"
            )
        words = _words(subject, text, clause="documents.instruct")
        if subject.state == Document.State.REGISTERED:
            raise Refusal(
                "办公室主任尚未拟办，不得批示",
                clause="documents.propose",
                way_on="请办公室主任先提出拟办意见",
            )
        _move(
            subject,
            before=Document.State.PROPOSED,
            after=Document.State.INSTRUCTED,
            at=at,
            wanted="批示",
            clause="documents.instruct",
        )
        fresh = widen(
            subject.label,
            principals=[person_principal(person.pk) for person in named],
            basis=f"{subject.number} 批示",
            on=day_of(at),
        )
        opinion: Opinion = Opinion.objects.create(
            label=subject.label,
            document=subject,
            kind=Opinion.Kind.INSTRUCTION,
            person=actor,
            text=words,
            at=at,
            handler=handler,
            people=[person.pk for person in readers],
            names="、".join(person.name for person in readers)[:300],
            due_on=handle_by,
        )
        settle(kind=INSTRUCT_DUTY, subject=subject, evidence=opinion, at=at)
        _pass_on(subject, opinion, actor=actor, at=at)
        deed.note(readers=[person.pk for person in readers], listed=fresh)
    return opinion


def report(*, actor: Person, subject: Document, at: datetime, text: str = "") -> Opinion:
    """办理反馈: whom the leader charged says what came of it. Clause: documents.instruct.notice."""
    with act(actor, REPORT, subject, at=at):
        if not duties_about(subject, kind=HANDLE_DUTY, person=actor).exists():
            raise NotTheHandler(
                "只有批示确定的承办人反馈办理结果，且只反馈一次",
                clause=REPORT.clause,
                way_on="请承办人本人办理",
            )
        opinion: Opinion = Opinion.objects.create(
            label=subject.label,
            document=subject,
            kind=Opinion.Kind.REPORT,
            person=actor,
            text=_words(subject, text, clause=REPORT.clause),
            at=at,
        )
        note_if_late(subject, HANDLE_DUTY, "承办反馈逾期", person=actor, at=at)
        settle(kind=HANDLE_DUTY, subject=subject, evidence=opinion, at=at, person=actor)
    return opinion


def close(
    *,
    actor: Person,
    subject: Document,
    at: datetime,
    result: str = "",
    category: str = "",
    reply_channel: str = "",
) -> None:
    """办结: everything done, every copy back in the registry's safes, the paper given its place in the file."""
    with act(actor, CLOSE, subject, at=at) as deed:
        check_sealed(subject)
        out = subject.copies_out()
        if out:
            raise Refusal(
                f"还有 {len(out)} 份未收回（{'、'.join(out)}），不得办结",
                clause="circulation.close",
                way_on="请先收回核点",
            )
        before = subject.state
        if before not in (Document.State.INSTRUCTED, Document.State.CIRCULATED):
            raise OutOfOrder(subject, "办结", clause=CLOSE.clause)
        filed_under = check_category(category or subject.category)
        _move(
            subject,
            before=before,
            after=Document.State.HANDLED,
            at=at,
            wanted="办结",
            clause=CLOSE.clause,
        )
        if result.strip() and not subject.is_shell:
            subject.remark = result.strip()[:200]
            subject.save(update_fields=["remark"])
        put_on_file(subject, filed_under, at=at)
        stop_clock(subject, reply_channel=reply_channel, at=at)
        for kind in (ROUTE_DUTY, HANDLE_DUTY):
            settle(kind=kind, subject=subject, evidence=subject, at=at)
        deed.note(number=subject.number)


def _pass_on(subject: Document, opinion: Opinion, *, actor: Person, at: datetime) -> None:
    """批示即转: the registrar routes it, the handler is told at once. Clause: documents.instruct.notice."""
    raise_duty(
        kind=ROUTE_DUTY,
        clause="documents.instruct.notice",
        text=f"按批示办理 {subject.number} 的送阅或者办结",
        due=due_tonight(start=at, body=subject.body),
        at=at,
        body=subject.body,
        post="registrar",
        label=subject.label,
        subject=subject,
        url_name="documents-detail",
        url_pk=subject.pk,
        raised_by=actor,
        urgency=subject.weight,
    )
    if opinion.handler is not None:
        raise_duty(
            kind=HANDLE_DUTY,
            clause="documents.instruct.notice",
            text=f"承办 {subject.number}",
            due=_handler_due(opinion, at=at),
            at=at,
            person=opinion.handler,
            label=subject.label,
            subject=subject,
            url_name="documents-detail",
            url_pk=subject.pk,
            raised_by=actor,
            urgency=subject.weight,
        )


def _handler_due(opinion: Opinion, *, at: datetime) -> datetime:
    """The day the leader set, else the hours of the rulebook. Clause: documents.time."""
    document = opinion.document
    if opinion.due_on is not None:
        return closing(opinion.due_on, body=document.body)
    hours = figure("documents.time", "hours", on=day_of(at), body=document.body)
    return at + timedelta(hours=hours[document.pace])


def _words(subject: Document, text: str, *, clause: str) -> str:
    """Opinions on a shell stand on the paper; all others must say something."""
    if subject.is_shell:
        if text.strip():
            raise Refusal(
                "本件高于系统部署等级，意见不得录入系统",
                clause="grades.content",
                way_on="意见写在收文处理签原件上，此处留空",
            )
        return ""
    if not text.strip():
        raise Refusal("未填写意见", clause=clause, way_on="可选用常用语，如「已阅，请按程序办理」")
    return text.strip()


def _move(
    subject: Document, *, before: str, after: str, at: datetime, wanted: str, clause: str
) -> None:
    if not subject.move(before=before, after=after, at=at):
        raise OutOfOrder(subject, wanted, clause=clause)
