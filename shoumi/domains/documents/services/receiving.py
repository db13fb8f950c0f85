"""签收登记: count the envelope, sign to the minute, register, and take every copy into the account."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from shoumi.domains.documents import rules
from shoumi.domains.documents.models import Copy, Document, EnvelopeCheck
from shoumi.domains.documents.rules import classes
from shoumi.domains.documents.rules.opening import Opened, check_opening, date_of, with_cover
from shoumi.domains.documents.services.unpacking import Wired, owe, record_opening, start_clocks
from shoumi.kernel.labelcode import RANDOM_BYTES, new_code
from shoumi.kernel.levels import Label as PureLabel
from shoumi.kernel.levels import Level, may_know
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.grades import is_above_grade
from shoumi.platform.access.models import Label
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import (
    day_of,
    person_principal,
    post_principal,
    subject_of,
)
from shoumi.platform.custody.models import Item
from shoumi.platform.custody.services.ledger import enter_item, holder_of
from shoumi.platform.directory.models import Body, Person, Place
from shoumi.platform.numbering.services import allot
from shoumi.platform.obligations.due import Due, due_tonight
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

REGISTRAR = frozenset({"registrar"})
# The posts that see every paper of their body, as far as their holders are cleared for it.
READING_POSTS = ("registrar", "office_director", "deputy_leader", "head")

RECEIVE = Action("documents.receive", "签收登记", clause="documents.receive.who", posts=REGISTRAR)
for _kind in ("refuse", "count", "record"):
    Control("documents.check_envelope", kind=_kind, label="清点核对")
for _kind in ("refuse", "record", "mark", "count", "deadline"):
    Control("documents.register_incoming", kind=_kind, label="收文登记")

PROPOSE_DUTY = "documents.propose"
MIXED = "同一文号的密件和明件都有登记，请核实是否明密混用"
NOTHING_ODD, NOT_WIRED = Opened(), Wired()


def receive(
    *,
    actor: Person,
    at: datetime,
    kind: str,
    mark: str,
    urgency: str,
    issuer: str,
    copies: int,
    place: Place,
    received_at: datetime,
    channel: str,
    title: str = "",
    issue_number: str = "",
    issued_on: date | None = None,
    period_unmarked: bool = False,
    copy_numbers: str = "",
    deliverer: str = "",
    cosigned_by: Person | None = None,
    reply_due: date | None = None,
    remark: str = "",
    people: Iterable[Person] = (),
    envelope_number: str = "",
    addressed: bool = True,
    number_agrees: bool = True,
    count_agrees: bool = True,
    intact: bool = True,
    complete: bool = True,
    anomaly: str = "",
    deliverer_confirmed: bool = False,
    opened: Opened = NOTHING_ODD,
    wired: Wired = NOT_WIRED,
    restriction: str = "",
    category: str = "",
    foreign: bool = False,
    agreement: str = "",
) -> Document:
    """One signature for a paper: counted, numbered, registered, its copies in the registry's account."""
    with act(actor, RECEIVE, at=at) as deed:
        checks = rules.Checks(
            addressed, number_agrees, count_agrees, intact, anomaly.strip(), deliverer_confirmed
        )
        rules.check_envelope(checks, deliverer=deliverer.strip())
        rules.check_cosigner(
            channel, registrar=actor.pk, cosigner=cosigned_by.pk if cosigned_by else None
        )
        rules.check_brought(channel, deliverer=deliverer.strip())
        dated = date_of(opened, issued_on=issued_on, received_on=day_of(received_at))
        opened, issued_on = with_cover(opened, dated), dated.day
        rules.check_times(received_at=received_at, issued_on=issued_on, at=at)
        rules.check_urgency(kind, urgency)
        most_days = figure("documents.open.date", "days", on=day_of(at), body=actor.body)
        check_opening(
            opened,
            dated,
            urgency=urgency,
            complete=complete,
            anomaly=checks.anomaly,
            most_days=most_days,
        )
        classes.check_agreement(agreement.strip(), foreign=foreign)
        limits = figure("marks.period.limit", "years", on=day_of(at), body=actor.body)
        marking = rules.read_marking(
            mark, period_unmarked=period_unmarked, issued_on=issued_on, limits=limits
        )
        secure = figure("documents.channel", "channels", on=day_of(at), body=actor.body)
        rules.check_channel(marking.level, channel, secure=secure)
        notes = [*marking.notes, *_mixed(issue_number, marking.level, actor=actor, at=at)]
        is_shell = is_above_grade(marking.level)
        rules.check_elements(
            marking.level, issuer=issuer, title=title, issued_on=issued_on, is_shell=is_shell
        )
        numbers = rules.copy_numbers(marking.level, copies=copies, written=copy_numbers)
        label = _label(actor, marking.level, people, cosigned_by=cosigned_by, at=at)
        year = day_of(at).year
        sequence = allot(f"documents.incoming.{kind}", body=actor.body, year=year)
        document = Document(
            label=label,
            body=actor.body,
            kind=kind,
            year=year,
            register_number=sequence,
            number=rules.register_number(kind, year, sequence),
            is_shell=is_shell,
            title=title.strip(),
            initials=rules.title_initials(title),
            issuer=issuer.strip(),
            issue_number=rules.issue_number(issue_number),
            issued_on=issued_on,
            mark_text=marking.text,
            mark_notes="；".join(notes)[:300],
            period_kind=marking.mark.period.kind.value,
            expires_on=marking.expires_on,
            urgency=urgency,
            channel=channel,
            deliverer=deliverer.strip(),
            received_at=received_at,
            signed_by=actor,
            cosigned_by=cosigned_by,
            copies=copies,
            reply_due=reply_due,
            remark=remark.strip(),
            restriction=restriction,
            category=category or classes.category_of(title),
            agreement=agreement.strip(),
            state=Document.State.REGISTERED if complete else Document.State.RECEIVED,
            state_at=at,
        )
        document.save()
        deed.subject = document
        EnvelopeCheck.objects.create(
            label=label,
            document=document,
            envelope_number=envelope_number.strip(),
            number_agrees=number_agrees,
            count_agrees=count_agrees,
            intact=intact,
            complete=complete,
            anomaly=checks.anomaly,
            deliverer_confirmed=deliverer_confirmed,
        )
        record_opening(document, opened, dated, by=actor, at=at)
        _enter_copies(document, numbers, place=place, at=at)
        if rules.Kind(kind).is_wired:
            start_clocks(document, wired, by=actor, at=at)
        _raise_proposal(document, actor=actor, at=at)
        deed.note(number=document.number, level=int(marking.level), copies=copies, shell=is_shell)
    return document


def _mixed(issue_number: str, level: Level, *, actor: Person, at: datetime) -> list[str]:
    """明密混用: a warning where the same number came once in secret and once in the open."""
    number = rules.issue_number(issue_number)
    if not number:
        return []
    same = Document.objects.visible_to(actor, at=at).filter(body=actor.body, issue_number=number)
    other = same.select_related("label")[:20]
    return (
        [MIXED] if any((d.level == Level.PUBLIC) != (level == Level.PUBLIC) for d in other) else []
    )


def _label(
    actor: Person,
    level: Level,
    people: Iterable[Person],
    *,
    cosigned_by: Person | None,
    at: datetime,
) -> Label:
    """The first need-to-know list: the posts that handle every paper, and whom the issuer named."""
    named = [*people, *([cosigned_by] if cosigned_by else [])]
    principals = {post_principal(post, actor.body_id) for post in READING_POSTS}
    verdict = may_know(subject_of(actor, at), PureLabel(level, frozenset(principals)))
    if not verdict.allowed:
        raise Denied(
            f"您的涉密等级低于{level.label}，不得签收",
            clause="access.clearance",
            way_on="请交涉密等级相符的机要员签收",
        )
    check_cleared(named, level=level, body=actor.body, at=at)
    principals |= {person_principal(person.pk) for person in named}
    return label_for(
        level=level,
        body=actor.body,
        principals=principals,
        basis="收文登记",
        on=day_of(at),
    )


def check_cleared(people: Iterable[Person], *, level: Level, body: Body, at: datetime) -> None:
    """Nobody is listed who may not know things of this level (送阅对象)."""
    for person in people:
        listed = PureLabel(level, frozenset({person_principal(person.pk)}))
        fit = person.active and person.body_id == body.pk
        if not fit or not may_know(subject_of(person, at), listed).allowed:
            raise Refusal(
                f"{person.name}的涉密等级不符合{level.label}要求，不得列入知悉范围",
                clause="circulation.scope",
                way_on="请核对涉密人员台账，或者另选人员",
            )


def _enter_copies(
    document: Document, numbers: Iterable[str], *, place: Place, at: datetime
) -> None:
    holder = holder_of(body=document.body, place=place)
    for number in numbers:
        item = enter_item(
            label=document.label,
            kind=ITEM_KINDS.get(document.kind, Item.Kind.PAPER),
            name=rules.copy_name(document.number, number),
            source=Item.Source.RECEIVED,
            holder=holder,
            at=at,
            reason=RECEIVE.key,
            code=new_code(secrets.token_bytes(RANDOM_BYTES)),
            case_ref=document.number,
        )
        Copy.objects.create(label=document.label, document=document, item=item, copy_number=number)


ITEM_KINDS = {rules.Kind.DISC.value: Item.Kind.DISC}


def _raise_proposal(document: Document, *, actor: Person, at: datetime) -> None:
    owe(
        document,
        PROPOSE_DUTY,
        f"对 {document.number} 提出拟办意见",
        clause="documents.time",
        due=_handling_due(document),
        at=at,
        by=actor,
        post="office_director",
    )


def _handling_due(document: Document) -> Due | datetime:
    """On the day of receipt, and sooner for what is urgent. Clause: documents.time."""
    start = document.received_at
    hours = figure("documents.time", "hours", on=day_of(start), body=document.body)
    by_clock = start + timedelta(hours=hours[document.pace])
    tonight = due_tonight(start=start, body=document.body)
    return tonight if tonight.at <= by_clock else by_clock
