"""送阅: from the registrar's hands into the reader's own, and back the same day; never from reader to reader."""

from datetime import datetime

from shoumi.domains.circulation import rules
from shoumi.domains.circulation.models import Circulation, Reader
from shoumi.domains.circulation.services.listing import ListChanged, check_in_scope
from shoumi.domains.documents.models import Copy
from shoumi.domains.documents.services.receiving import REGISTRAR
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.custody.models import Holder
from shoumi.platform.custody.services.batches import (
    offer_lines,
    registry_of,
    settle_lines,
    withdraw_lines,
)
from shoumi.platform.custody.services.ledger import holder_of
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.due import closing, due_in_hours, due_tonight
from shoumi.platform.obligations.models import Duty, Reminder
from shoumi.platform.obligations.services import (
    cancel_all,
    duties_about,
    raise_duty,
    settle,
)
from shoumi.platform.obligations.services import remind as urge
from shoumi.platform.rulebook.figures import figure

SEND = Action("circulation.send", "送阅", clause="circulation.registrar", posts=REGISTRAR)
WITHDRAW = Action(
    "circulation.withdraw", "撤回送阅", clause="circulation.in_person", posts=REGISTRAR
)
ACCEPT = Action("circulation.accept", "签收传阅件", clause="circulation.in_person")
PASS_ON = Action("circulation.pass_on", "转交他人", clause="circulation.no_passing")
RETURN = Action("circulation.return_copy", "退回传阅件", clause="circulation.return")
TAKE_BACK = Action(
    "circulation.take_back", "收回核点", clause="circulation.record", posts=REGISTRAR
)
# Who may press the button; the deed itself is obligations.remind, on the duty that is urged.
REMIND = Action(
    "circulation.remind",
    "传阅催办",
    clause="circulation.remind",
    posts=REGISTRAR | {"office_director"},
)

ACCEPT_DUTY = ACCEPT.key
RETURN_DUTY = RETURN.key
TAKE_BACK_DUTY = TAKE_BACK.key

State = Reader.State


class NotTheReader(Denied):
    """Only the reader signs for, reads and gives back a copy."""

    def __init__(self, *, clause: str) -> None:
        super().__init__(
            "传阅件由阅件人本人办理，不得代收、代签、代退",
            clause=clause,
            way_on="请阅件人本人登录办理",
        )


def send(
    *, actor: Person, subject: Reader, at: datetime, copy: Copy, in_person: bool = False
) -> None:
    """Offer one copy to one reader, in person; it stays in the registry's account till signed for."""
    with act(actor, SEND, subject, at=at, copy=copy.pk, person=subject.person_id):
        hand_to(subject, copy, by=actor, in_person=in_person, reason=SEND.key, at=at)


def hand_to(
    subject: Reader, copy: Copy, *, by: Person, in_person: bool, reason: str, at: datetime
) -> None:
    """The copy leaves the registry in somebody's hands; inside the act of who carries it."""
    circulation, document = subject.circulation, subject.circulation.document
    rules.check_presence(in_person=in_person, reader=subject.person.name)
    if circulation.state != Circulation.State.OPEN or copy.document_id != document.pk:
        raise ListChanged()
    if copy.item.holder_kind != Holder.Kind.PLACE:
        raise Refusal(
            f"{copy.copy_number} 号份不在机要室，须先收回再送下一人",
            clause="circulation.no_passing",
            way_on="收回核点以后再送，或者改送其他在库的份",
        )
    check_in_scope(subject.person, document, at=at)
    due_at = _due_back(subject, at=at)
    handover = offer_lines(
        receiver=holder_of(body=document.body, person=subject.person),
        items=[copy.item],
        reason=reason,
        by=by,
        at=at,
        due_at=due_at,
        purpose="传阅",
        case_ref=document.number,
    )
    _step(
        subject,
        State.WAITING,
        State.OFFERED,
        copy=copy,
        sent_by=by,
        sent_at=at,
        due_at=due_at,
        outward=handover,
    )
    _raise(subject, ACCEPT_DUTY, f"签收传阅件 {copy.item.name}", by=by, at=at)


def withdraw(*, actor: Person, subject: Reader, at: datetime) -> None:
    """The reader was not there to sign: the copy goes back into the registry, the line waits again."""
    with act(actor, WITHDRAW, subject, at=at):
        outward = subject.outward
        cleared = {"copy": None, "sent_by": None, "sent_at": None, "due_at": None, "outward": None}
        _step(subject, State.OFFERED, State.WAITING, **cleared)
        if outward is not None:
            withdraw_lines(handover=outward, by=actor, at=at)
        cancel_all(kind=ACCEPT_DUTY, subject=subject, reason="撤回送阅", at=at)


def accept(*, actor: Person, subject: Reader, at: datetime) -> None:
    """The reader signs for the copy and answers for it until it is counted back."""
    with act(actor, ACCEPT, subject, at=at):
        _must_be_reader(actor, subject, clause="circulation.in_person")
        _step(subject, State.OFFERED, State.READING, accepted_at=at)
        if subject.outward is None:
            raise ListChanged()
        settle_lines(handover=subject.outward, by=actor, at=at)
        settle(kind=ACCEPT_DUTY, subject=subject, evidence=subject.outward, at=at)
        _raise(subject, RETURN_DUTY, f"阅后退回 {_copy_name(subject)}", by=subject.sent_by, at=at)


def pass_on(*, actor: Person, subject: Reader, at: datetime, to: Person) -> None:
    """横传 is always refused; the attempt and the reason stay in the trail."""
    with act(actor, PASS_ON, subject, at=at, to=to.pk):
        raise Refusal(
            "传阅件不得在阅件人之间横传",
            clause="circulation.no_passing",
            way_on=f"请退回机要员，由机要员送{to.name}",
        )


def return_copy(*, actor: Person, subject: Reader, at: datetime, opinion: str = "") -> None:
    """The reader hands the copy back; it is on the reader's account until the registrar has counted it."""
    with act(actor, RETURN, subject, at=at):
        _must_be_reader(actor, subject, clause="circulation.return")
        if subject.circulation.document.is_shell and opinion.strip():
            raise Refusal(
                "本件高于系统部署等级，意见不得录入系统",
                clause="grades.content",
                way_on="意见写在传阅单原件上，此处留空",
            )
        _step(subject, State.READING, State.GIVEN_BACK, given_back_at=at, opinion=opinion.strip())
        copy = Copy.objects.visible_to(actor, at=at).get(pk=subject.copy_id)
        body = subject.circulation.document.body
        subject.homeward = offer_lines(
            receiver=holder_of(body=body, place=registry_of(body.pk)),
            items=[copy.item],
            reason=RETURN.key,
            by=actor,
            at=at,
            purpose="传阅退回",
            case_ref=subject.circulation.document.number,
        )
        subject.save(update_fields=["homeward"])
        settle(kind=RETURN_DUTY, subject=subject, evidence=subject.homeward, at=at)
        raise_duty(
            kind=TAKE_BACK_DUTY,
            clause="circulation.record",
            text=f"收回核点 {copy.item.name}",
            due=due_tonight(start=at, body=body),
            at=at,
            body=body,
            post="registrar",
            label=subject.label,
            subject=subject,
            url_name="circulation-readers-detail",
            url_pk=subject.pk,
            raised_by=actor,
            urgency=subject.circulation.document.weight,
        )


def take_back(*, actor: Person, subject: Reader, at: datetime) -> None:
    """The registrar counts the copy in and puts it where it belongs."""
    with act(actor, TAKE_BACK, subject, at=at) as deed:
        _step(subject, State.GIVEN_BACK, State.RETURNED, returned_at=at)
        if subject.homeward is None:
            raise ListChanged()
        movements = settle_lines(handover=subject.homeward, by=actor, at=at)
        settle(kind=TAKE_BACK_DUTY, subject=subject, evidence=subject.homeward, at=at)
        deed.note(person=subject.person_id, items=[m.item_id for m in movements])


def remind(*, actor: Person, subject: Reader, at: datetime, words: str) -> Reminder:
    """催办: urge whoever has a copy; counted, and not more often than the clause allows."""
    duty = _open_duty(subject)
    if duty is None:
        raise Refusal(
            "该阅件人没有待签收或者待退回的份", clause="circulation.remind", way_on="不必催办"
        )
    return urge(actor=actor, subject=duty, words=words, at=at)


def _open_duty(reader: Reader) -> Duty | None:
    for kind in (RETURN_DUTY, ACCEPT_DUTY):
        for duty in duties_about(reader, kind=kind):
            return duty
    return None


def _due_back(reader: Reader, *, at: datetime) -> datetime:
    """Tonight, or within hours at 绝密 and for what is 限阅. Clauses: circulation.return, .restricted."""
    document = reader.circulation.document
    body, level, today = document.body, document.level, day_of(at)
    days = figure("circulation.return", "days", on=today, body=body)
    back = rules.day_of_return(level, sent=today, days=days)
    if back > today and not document.restriction:
        return closing(back, body=body)
    tonight = due_tonight(start=at, body=body).at
    if level < Level.TOP_SECRET and not document.restriction:
        return tonight
    clause, key = ("circulation.return", "top_secret_hours")
    if level < Level.TOP_SECRET:
        clause, key = ("circulation.restricted", "hours")
    hours = figure(clause, key, on=today, body=body)
    return min(tonight, due_in_hours(hours, start=at, body=body).at)


def _raise(reader: Reader, kind: str, text: str, *, by: Person | None, at: datetime) -> None:
    raise_duty(
        kind=kind,
        clause="circulation.return",
        text=text,
        due=reader.due_at or at,
        at=at,
        person=reader.person,
        label=reader.label,
        subject=reader,
        url_name="circulation-readers-detail",
        url_pk=reader.pk,
        raised_by=by,
        urgency=reader.circulation.document.weight,
    )


def _copy_name(reader: Reader) -> str:
    return reader.copy.item.name if reader.copy is not None else ""


def _must_be_reader(actor: Person, reader: Reader, *, clause: str) -> None:
    if reader.person_id != actor.pk:
        raise NotTheReader(clause=clause)


def _step(reader: Reader, before: str, after: str, **changes: object) -> None:
    if not reader.move(before=before, after=after, **changes):
        raise ListChanged()
