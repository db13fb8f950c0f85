"""销毁: propose a list, let two persons carry it out, issue the certificate."""

from collections.abc import Sequence
from datetime import datetime

from shoumi.domains.documents.models import Copy
from shoumi.domains.handling import rules
from shoumi.domains.handling.models import Destruction, DestructionLine
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
from shoumi.kernel.levels import Label as PureLabel
from shoumi.kernel.levels import Level, may_know
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of, label_of, subject_of
from shoumi.platform.approvals.models import Case, Vote
from shoumi.platform.approvals.services import ON_APPROVED, ON_REFUSED, spend
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.custody.services import holder_of, shift
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.due import due_tonight
from shoumi.platform.obligations.services import (
    cancel_all,
    raise_duty,
    settle,
    settle_recurring,
)
from shoumi.platform.rulebook.figures import figure

MATTER = "handling.destroy"
MONTHLY_DUTY = "recurring.expired_list"
MAY_BEFORE = "可以销毁"
YEARLY_DUTY = "recurring.destroy_list"
PAGE = "handling-destructions-detail"
CLAUSE = "carriers.destroy.approval"

PROPOSE = Action(
    "handling.destroy.propose", "提请销毁", clause="carriers.destroy.who", posts=REGISTRAR
)
EXECUTE = Action(
    "handling.destroy.execute", "登记销毁", clause="carriers.destroy.two_persons", posts=REGISTRAR
)
WITNESS = Action("handling.destroy.witness", "监销签认", clause="carriers.destroy.two_persons")
REDO = Action("handling.destroy.redo", "退回重新清点", clause="carriers.destroy.two_persons")
WITHDRAW = Action(
    "handling.destroy.withdraw", "撤回销毁", clause="carriers.destroy.who", posts=REGISTRAR
)

State = Destruction.State


class NotTheWitness(Denied):
    """Only whoever stood there signs that they stood there."""

    def __init__(self) -> None:
        super().__init__(
            "监销由指定的监销人本人签认",
            clause="carriers.destroy.two_persons",
            way_on="请监销人本人登录办理",
        )


def propose(
    *,
    actor: Person,
    at: datetime,
    items: Sequence[Item],
    appraisal: str,
    method: str,
    station: str,
) -> Destruction:
    """Draw up the list piece by piece with the appraisal (鉴别意见), and ask for approval."""
    with act(actor, PROPOSE, at=at, items=[i.pk for i in items]) as deed:
        pieces = gathered(actor, items, at=at, clause=CLAUSE)
        check_not_recalled(pieces)
        opinion = rules.check_written(appraisal, "鉴别意见", clause=CLAUSE)
        where = rules.check_written(station, "销毁机构或者设备", clause="carriers.destroy.method")
        today, body = day_of(at), actor.body
        rules.check_method(
            method,
            pieces=len(pieces),
            methods=figure("carriers.destroy.method", "methods", on=today, body=body),
            own_most=figure("carriers.destroy.method", "own_most", on=today, body=body),
        )
        _check_expired(pieces, actor=actor, at=at)
        reserve_all(pieces, clause="carriers.one_holder")
        number = numbered("销", "destructions", body=body, at=at)
        request: Destruction = Destruction.objects.create(
            label=label_over(pieces, people=[actor], body=body, basis=number, at=at),
            body=body,
            number=number,
            asked_by=actor,
            asked_at=at,
            appraisal=opinion,
            method=method,
            station=where,
            standard=figure("carriers.destroy.standard", "document", on=today, body=body),
            pieces=len(pieces),
        )
        deed.subject = request
        listed(DestructionLine, pieces, destruction=request)
        ask_for(
            request,
            actor=actor,
            matter=MATTER,
            reason=opinion,
            at=at,
            summary=f"{request.number} 销毁 {len(pieces)} 件",
        )
        for duty in (YEARLY_DUTY, MONTHLY_DUTY):
            settle_recurring(kind=duty, body=body, evidence=request, at=at)
    return request


def execute(
    *, actor: Person, subject: Destruction, at: datetime, counted: int, witness: Person
) -> None:
    """Count the pieces at the shredder and name the second person, who must sign too."""
    with act(actor, EXECUTE, subject, at=at, request=subject.number) as deed:
        there = [
            item
            for item in DestructionLine.items_in(destruction=subject)
            if item.state == Item.State.RESERVED
        ]
        rules.check_counted(counted=counted, there=len(there))
        _check_witness(subject, witness, actor=actor, at=at)
        case = case_of(subject)
        # A count that the witness sent back goes on under the same approval.
        if case.used_at is None:
            spend(case, at=at)
        step(
            subject,
            State.APPROVED,
            State.EXECUTED,
            counted=counted,
            executed_by=actor,
            executed_at=at,
            witness=witness,
        )
        settle(kind=EXECUTE.key, subject=subject, evidence=subject, at=at)
        raise_duty(
            kind=WITNESS.key,
            clause="carriers.destroy.two_persons",
            text=f"监销签认 {counted} 件（{subject.number}）",
            due=due_tonight(start=at, body=subject.body),
            at=at,
            person=witness,
            label=subject.label,
            subject=subject,
            url_name=PAGE,
            url_pk=subject.pk,
            raised_by=actor,
        )
        deed.note(counted=counted, witness=witness.pk)


def witness_destruction(*, actor: Person, subject: Destruction, at: datetime) -> None:
    """The second signature: the pieces leave the account and the certificate gets its number."""
    with act(actor, WITNESS, subject, at=at, request=subject.number) as deed:
        _must_witness(actor, subject)
        expect(subject, State.EXECUTED)
        pieces = DestructionLine.items_in(destruction=subject)
        there = [item for item in pieces if item.state == Item.State.RESERVED]
        rules.check_counted(counted=subject.counted, there=len(there))
        certificate = numbered("销证", "certificates", body=subject.body, at=at)
        step(
            subject,
            State.EXECUTED,
            State.CLOSED,
            witnessed_at=at,
            certificate=certificate,
            destroyed=len(there),
            missing=len(pieces) - len(there),
        )
        to = holder_of(body=subject.body, sink=Holder.Sink.DESTROYED)
        for item in there:
            shift(
                item=item,
                to=to,
                reason=EXECUTE.key,
                at=at,
                before=Item.State.RESERVED,
                case_ref=subject.number,
            )
        settle(kind=WITNESS.key, subject=subject, evidence=subject, at=at)
        deed.note(certificate=certificate, destroyed=len(there))


def redo(*, actor: Person, subject: Destruction, at: datetime, reason: str) -> None:
    """The witness does not agree with the count: the list goes back to be counted anew."""
    with act(actor, REDO, subject, at=at, request=subject.number):
        _must_witness(actor, subject)
        why = rules.check_written(reason, "退回原因", clause="carriers.destroy.two_persons")
        cleared = {"counted": 0, "executed_by": None, "executed_at": None, "witness": None}
        step(subject, State.EXECUTED, State.APPROVED, **cleared)
        cancel_all(kind=WITNESS.key, subject=subject, reason=why, at=at)
        _to_execute(subject, at=at)


def withdraw_destruction(*, actor: Person, subject: Destruction, at: datetime) -> None:
    """What was approved is kept after all."""
    with act(actor, WITHDRAW, subject, at=at, request=subject.number):
        step(subject, State.APPROVED, State.WITHDRAWN)
        release_all(DestructionLine.items_in(destruction=subject))
        cancel_all(kind=EXECUTE.key, subject=subject, reason="机要员撤回", at=at)


def approvers_of(request: Destruction) -> set[int]:
    """Who decided about the list: none of them may witness what they approved."""
    if request.case_id is None:
        return set()
    votes = Vote.objects.filter(step__case=request.case_id)
    return set(votes.values_list("person", flat=True))


def _check_expired(pieces: Sequence[Item], *, actor: Person, at: datetime) -> None:
    """Originals whose period runs, where the body lets none of them be destroyed; copies may."""
    today = day_of(at)
    rule = figure("carriers.destroy.expired", "unexpired", on=today, body=actor.body)
    originals = Copy.objects.visible_to(actor, at=at).filter(
        item__in=[item.pk for item in pieces if item.parent_id is None],
        label__level__gte=Level.CONFIDENTIAL,
    )
    running = originals.exclude(document__expires_on__lte=today).order_by("id")
    names = running.values_list("item__name", flat=True)[:1]
    rules.check_expired(list(names), may=rule == MAY_BEFORE)


def _check_witness(request: Destruction, witness: Person, *, actor: Person, at: datetime) -> None:
    """监销人: another person of the body, who did not approve it and may know what is destroyed."""
    label = PureLabel(Level(request.label.level), label_of(request.label, on=day_of(at)))
    fault = ""
    if witness.pk == actor.pk:
        fault = "监销人不得为经办人"
    elif witness.pk in approvers_of(request):
        fault = "监销人不得为审批人"
    elif witness.body_id != request.body_id or not witness.is_active:
        fault = "监销人须是本单位在用账号人员"
    elif not may_know(subject_of(witness, at), label).allowed:
        fault = "监销人须具备相应涉密等级并在知悉范围内"
    if fault:
        raise Refusal(fault, clause="carriers.destroy.two_persons", way_on="请另选监销人")


def _must_witness(actor: Person, request: Destruction) -> None:
    if request.witness_id != actor.pk:
        raise NotTheWitness()


def _to_execute(request: Destruction, *, at: datetime) -> None:
    raise_duty(
        kind=EXECUTE.key,
        clause="carriers.destroy.two_persons",
        text=f"两人销毁 {request.pieces} 件（{request.number}）",
        due=due_by("carriers.destroy.two_persons", body=request.body, at=at),
        at=at,
        body=request.body,
        post="registrar",
        label=request.label,
        subject=request,
        url_name=PAGE,
        url_pk=request.pk,
        raised_by=request.asked_by,
    )


def _granted(case: Case, *, actor: Person, at: datetime) -> None:
    request = Destruction.named(case.subject)
    step(request, State.REQUESTED, State.APPROVED)
    _to_execute(request, at=at)


def _not_granted(case: Case, *, actor: Person, at: datetime) -> None:
    request = Destruction.named(case.subject)
    taken_back = case.state == Case.State.WITHDRAWN
    step(request, State.REQUESTED, State.WITHDRAWN if taken_back else State.REFUSED)
    release_all(DestructionLine.items_in(destruction=request))


ON_APPROVED[MATTER] = _granted
ON_REFUSED[MATTER] = _not_granted
