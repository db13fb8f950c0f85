"""复制: ask, make, call in; every piece is numbered and managed as the original."""

from collections.abc import Sequence
from datetime import date, datetime

from shoumi.domains.documents.models import Copy, Document
from shoumi.domains.handling import rules
from shoumi.domains.handling.models import ReproducedItem, Reproduction
from shoumi.domains.handling.services.gathering import (
    REGISTRAR,
    ask_for,
    case_of,
    check_not_on_loan,
    check_not_recalled,
    due_by,
    expect,
    names_of,
    numbered,
    step,
)
from shoumi.kernel.levels import Label as PureLabel
from shoumi.kernel.levels import may_know
from shoumi.kernel.numbering import print_copy_number
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of, label_of, subject_of
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import ON_APPROVED, ON_REFUSED, spend
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.custody.services import check_person, enter_item, holder_of
from shoumi.platform.directory.models import Person, Place
from shoumi.platform.obligations.due import closing
from shoumi.platform.obligations.services import cancel_all, raise_duty, settle
from shoumi.platform.rulebook.figures import figure

MATTER = "handling.copy"
PAGE = "handling-copies-detail"

REQUEST = Action("handling.copy.request", "申请复制", clause="carriers.copy.approval")
MAKE = Action("handling.copy.make", "登记复制", clause="carriers.copy.as_original", posts=REGISTRAR)
COLLECT = Action(
    "handling.copy.collect", "复制件收回销号", clause="carriers.not_kept", posts=REGISTRAR
)
WITHDRAW = Action("handling.copy.withdraw", "撤回复制", clause="carriers.copy.approval")

State = Reproduction.State


def request_copy(
    *,
    actor: Person,
    subject: Item,
    at: datetime,
    kind: str,
    copies: int,
    purpose: str,
    consent_number: str = "",
    recipients: Sequence[Person] = (),
) -> Reproduction:
    """Ask that so many pieces be made; 绝密 needs the originator's consent first.

    An extract or compilation (摘录、汇编) names who will get it: nobody whom the original is not for.
    """
    with act(actor, REQUEST, subject, at=at, copies=copies) as deed:
        level, today, body = subject.level, day_of(at), actor.body
        check_not_recalled([subject])
        check_not_on_loan([subject], "复制")
        stop = figure("carriers.copy.forbidden", "level", on=today, body=body)
        rules.check_copying_allowed(level, forbidden_from=stop)
        needed = figure("carriers.copy.consent", "level", on=today, body=body)
        rules.check_consent(level, consent_number, needed_from=needed)
        most = figure("carriers.copy.count", "most", on=today, body=body)
        rules.check_copies(level, copies, most=most)
        why = rules.check_written(purpose, "复制用途", clause="carriers.copy.approval")
        _check_recipients(subject, kind, recipients, at=at)
        request: Reproduction = Reproduction.objects.create(
            label=subject.label,
            body=body,
            number=numbered("复", "copies", body=body, at=at),
            asked_by=actor,
            asked_at=at,
            item=subject,
            kind=kind,
            copies=copies,
            purpose=why,
            consent_number=consent_number.strip(),
            recipients="、".join(person.name for person in recipients)[:200],
        )
        ask_for(
            request,
            actor=actor,
            matter=MATTER,
            reason=why,
            at=at,
            summary=f"{subject.name} 复制 {copies} 份",
            conditions={"originator_consent": bool(consent_number.strip())},
        )
        deed.note(request=request.number)
    return request


def make(
    *,
    actor: Person,
    subject: Reproduction,
    at: datetime,
    destinations: str,
    place: Place,
    made_in: str,
    supervisor: Person,
    waste: int = 0,
) -> list[Item]:
    """Enter what was made under supervision, one destination a piece; it lies in the registry till handed out."""
    with act(actor, MAKE, subject, at=at, request=subject.number) as deed:
        expect(subject, State.APPROVED)
        named = rules.check_destinations(destinations.splitlines(), approved=subject.copies)
        rules.check_supervised(
            made_in,
            places=figure("carriers.copy.supervised", "places", on=day_of(at), body=actor.body),
            supervisor=supervisor.pk,
            maker=actor.pk,
        )
        check_person(supervisor, label=subject.label, at=at)
        original = subject.item
        if original.holder_kind != Holder.Kind.PLACE:
            raise Refusal(
                f"原件 {original.name} 不在机要室，不得复制",
                clause="carriers.copy.approval",
                way_on="待原件收回后，在机要室内由机要员办理",
            )
        spend(case_of(subject), at=at)
        step(
            subject,
            State.APPROVED,
            State.MADE,
            made=len(named),
            made_by=actor,
            made_at=at,
            made_in=made_in,
            supervisor=supervisor,
            waste=waste,
        )
        made = [
            _piece(subject, number, where, place=place, actor=actor, at=at)
            for number, where in enumerate(named, 1)
        ]
        settle(kind=MAKE.key, subject=subject, evidence=subject, at=at)
        _recall_at_year_end(subject, actor=actor, at=at)
        deed.note(made=[item.pk for item in made], approved=subject.copies, waste=waste)
    return made


def collect(*, actor: Person, subject: Reproduction, at: datetime) -> None:
    """Every piece is back or accounted for: nothing of it stays with anybody (年底收回)."""
    with act(actor, COLLECT, subject, at=at, request=subject.number):
        expect(subject, State.MADE)
        pieces = ReproducedItem.items_in(reproduction=subject)
        out = [
            item
            for item in pieces
            if item.holder_kind == Holder.Kind.PERSON or item.state == Item.State.OFFERED
        ]
        if out:
            raise Refusal(
                f"还有 {len(out)} 件复制件未收回（{names_of(out)}）",
                clause="carriers.not_kept",
                way_on="请先收回核点，再办理销号",
            )
        step(subject, State.MADE, State.COLLECTED, collected_at=at)
        settle(kind=COLLECT.key, subject=subject, evidence=subject, at=at)


def withdraw_copy(*, actor: Person, subject: Reproduction, at: datetime) -> None:
    """What was approved and not yet made is needed no longer."""
    with act(actor, WITHDRAW, subject, at=at, request=subject.number):
        if subject.asked_by_id != actor.pk:
            raise Refusal(
                "只有申请人可以撤回复制申请",
                clause="carriers.copy.approval",
                way_on="请申请人办理",
            )
        step(subject, State.APPROVED, State.WITHDRAWN)
        cancel_all(kind=MAKE.key, subject=subject, reason="申请人撤回", at=at)


def _check_recipients(
    original: Item, kind: str, recipients: Sequence[Person], *, at: datetime
) -> None:
    """收件范围不得超原件. Clause: carriers.copy.scope."""
    if not Reproduction.Kind(kind).is_sent:
        return
    if not recipients:
        raise Refusal(
            "摘录、汇编须写明收件人",
            clause="carriers.copy.scope",
            way_on="请选定收件人，收件人须在原件的知悉范围内",
        )
    pure = PureLabel(original.level, label_of(original.label, on=day_of(at)))
    for person in recipients:
        if not may_know(subject_of(person, at), pure).allowed:
            raise Refusal(
                f"{person.name}不在原件的知悉范围，摘录、汇编不得发送",
                clause="carriers.copy.scope",
                way_on="请另选收件人；确需知悉的，先按规定报批扩大知悉范围",
            )


def _piece(
    request: Reproduction,
    number: int,
    destination: str,
    *,
    place: Place,
    actor: Person,
    at: datetime,
) -> Item:
    """One piece under the original's own label: same level, period and need-to-know."""
    original, document = request.item, _paper_of(request, actor=actor, at=at)
    copy_number = _next_copy_number(document, actor=actor, at=at) if document else ""
    name = f"{document.number} {copy_number}" if document else f"{original.name} 摘{number:02d}"
    item = enter_item(
        label=request.label,
        kind=original.kind,
        name=name[:60],
        source=Item.Source.MADE,
        holder=holder_of(body=request.body, place=place),
        at=at,
        reason=MAKE.key,
        parent=original,
        case_ref=request.number,
    )
    if document is not None:
        Copy.objects.create(
            label=request.label, document=document, item=item, copy_number=copy_number
        )
    ReproducedItem.objects.create(
        label=request.label,
        reproduction=request,
        item=item,
        number=number,
        destination=destination[:60],
    )
    return item


def _paper_of(request: Reproduction, *, actor: Person, at: datetime) -> Document | None:
    """The paper of which a whole copy becomes one more 份."""
    if not request.is_whole:
        return None
    copies = Copy.objects.visible_to(actor, at=at).filter(item=request.item_id)
    copy: Copy | None = copies.select_related("document").first()
    return copy.document if copy is not None else None


def _next_copy_number(document: Document, *, actor: Person, at: datetime) -> str:
    """One more than the highest; the paper's row is locked, so that two makers take turns."""
    papers = Document.objects.visible_to(actor, at=at).filter(pk=document.pk)
    papers.select_for_update().get()
    copies = Copy.objects.visible_to(actor, at=at).filter(document=document)
    last = copies.order_by("-copy_number").values_list("copy_number", flat=True)[0]
    return print_copy_number(int(last) + 1)


def _recall_at_year_end(request: Reproduction, *, actor: Person, at: datetime) -> None:
    """复制件年底统一收回. Clause: carriers.not_kept."""
    last_day = date(day_of(at).year, 12, 31)
    raise_duty(
        kind=COLLECT.key,
        clause="carriers.not_kept",
        text=f"{request.number} 复制件 {request.made} 份年底收回",
        due=closing(last_day, body=request.body),
        at=at,
        body=request.body,
        post="registrar",
        label=request.label,
        subject=request,
        url_name=PAGE,
        url_pk=request.pk,
        raised_by=actor,
    )


def _granted(case: Case, *, actor: Person, at: datetime) -> None:
    request = Reproduction.named(case.subject)
    step(request, State.REQUESTED, State.APPROVED)
    raise_duty(
        kind=MAKE.key,
        clause="carriers.copy.as_original",
        text=f"{request.number} 复制 {request.copies} 份",
        due=due_by("carriers.copy.as_original", body=request.body, at=at),
        at=at,
        body=request.body,
        post="registrar",
        label=request.label,
        subject=request,
        url_name=PAGE,
        url_pk=request.pk,
        raised_by=request.asked_by,
    )


def _not_granted(case: Case, *, actor: Person, at: datetime) -> None:
    request = Reproduction.named(case.subject)
    taken_back = case.state == Case.State.WITHDRAWN
    step(request, State.REQUESTED, State.WITHDRAWN if taken_back else State.REFUSED)


ON_APPROVED[MATTER] = _granted
ON_REFUSED[MATTER] = _not_granted
