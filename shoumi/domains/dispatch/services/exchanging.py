"""机要交换: runs to the station counted both ways, and every envelope handed on against a signature."""

from datetime import datetime

from shoumi.domains.dispatch.models import Delivery, ExchangeItem, ExchangeRun
from shoumi.domains.dispatch.rules import exchange
from shoumi.domains.dispatch.selectors import this_week
from shoumi.domains.dispatch.services.moving import REGISTRAR, numbered, step
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.models import Label
from shoumi.platform.access.services import label_for, widen
from shoumi.platform.access.subjects import day_of, person_principal, post_principal
from shoumi.platform.directory.models import Body, Department, Person
from shoumi.platform.obligations.due import due_tonight
from shoumi.platform.obligations.services import raise_duty, settle, settle_recurring

RUN = Action(
    "dispatch.exchange.run",
    "登记机要交换",
    clause="dispatch.exchange",
    posts=REGISTRAR | {"courier"},
)
HAND = Action(
    "dispatch.exchange.hand", "分送来件", clause="dispatch.exchange.hand", posts=REGISTRAR
)
SIGN = Action("dispatch.exchange.sign", "签收来件", clause="dispatch.exchange.hand")

DUTY = "recurring.exchange"
KEEPERS = ("registrar", "courier", "office_director", "secrecy_office")

State = ExchangeItem.State


def run(
    *,
    actor: Person,
    at: datetime,
    station: str,
    run_at: datetime,
    incoming: int,
    station_clerk: str,
    others: int = 0,
    companion: str = "",
    remark: str = "",
    brought: str = "",
) -> ExchangeRun:
    """One run: counted in both directions, both sides by name, and every envelope brought is listed.

    What went out is counted from the deliveries that were given to the exchange; `others` are no letters.
    """
    with act(actor, RUN, at=at) as deed:
        if run_at > at:
            raise Refusal("交换时间晚于现在", clause="dispatch.exchange", way_on="按实际时、分填写")
        lines = exchange.read_brought(brought, counted=incoming)
        found = {d.name: d for d in Department.objects.filter(body=actor.body)}
        unknown = next((line.department for line in lines if line.department not in found), "")
        if unknown:
            raise Refusal(
                f"没有「{unknown}」这一部门",
                clause="dispatch.exchange.hand",
                way_on="核对部门名称",
            )
        made: ExchangeRun = ExchangeRun.objects.create(
            label=_of_keepers(actor.body, at=at),
            body=actor.body,
            number=numbered("换", "runs", body=actor.body, at=at),
            station=exchange.check_named(station, "交换站"),
            run_at=run_at,
            outgoing=others,
            incoming=incoming,
            by=actor,
            companion=companion.strip(),
            station_clerk=exchange.check_named(station_clerk, "交换站签收人"),
            remark=remark.strip(),
        )
        made.outgoing += Delivery.carry(made)
        made.save(update_fields=["outgoing"])
        deed.subject = made
        for line in lines:
            ExchangeItem.objects.create(
                # Each envelope under a label of its own: who signs for one learns of no other.
                label=_of_keepers(actor.body, at=at),
                run=made,
                sender=line.sender,
                envelope=line.envelope,
                department=found[line.department],
            )
        count, wanted = this_week(actor.body, at=run_at)
        if count >= wanted:
            settle_recurring(kind=DUTY, body=actor.body, evidence=made, at=at)
        deed.note(number=made.number, out=made.outgoing, back=incoming, this_week=count)
    return made


def _of_keepers(body: Body, *, at: datetime) -> Label:
    """What the registry and the couriers may know: numbers on envelopes, and no contents."""
    return label_for(
        level=Level.INTERNAL,
        body=body,
        principals={post_principal(post, body.pk) for post in KEEPERS},
        basis="机要交换",
        on=day_of(at),
    )


def hand(*, actor: Person, subject: ExchangeItem, at: datetime, receiver: Person) -> ExchangeItem:
    """分送: put an envelope, unopened, before somebody of its department."""
    with act(actor, HAND, subject, at=at, envelope=subject.envelope):
        if receiver.department_id != subject.department_id or receiver.pk == actor.pk:
            raise Refusal(
                f"{receiver.name}不是{subject.department}的人员",
                clause="dispatch.exchange.hand",
                way_on="请选择来件所送部门的人员",
            )
        widen(
            subject.label,
            principals={person_principal(receiver.pk)},
            basis=f"{subject.run} 分送",
            on=day_of(at),
        )
        step(subject, State.BROUGHT, State.HANDED, handed_by=actor, handed_to=receiver)
        raise_duty(
            kind=SIGN.key,
            clause="dispatch.exchange.hand",
            text=f"签收交换来件 {subject.envelope}",
            due=due_tonight(start=at, body=actor.body),
            at=at,
            person=receiver,
            label=subject.label,
            subject=subject,
            url_name="dispatch-brought-detail",
            url_pk=subject.pk,
            raised_by=actor,
        )
    return subject


def sign(*, actor: Person, subject: ExchangeItem, at: datetime) -> ExchangeItem:
    """签收: whoever was handed the envelope signs for it."""
    with act(actor, SIGN, subject, at=at, envelope=subject.envelope):
        if subject.handed_to_id != actor.pk:
            raise Denied(
                "来件由被送达的人本人签收",
                clause="dispatch.exchange.hand",
                way_on="请签收人本人登录办理",
            )
        step(subject, State.HANDED, State.SIGNED, signed_at=at)
        settle(kind=SIGN.key, subject=subject, evidence=subject, at=at)
    return subject
