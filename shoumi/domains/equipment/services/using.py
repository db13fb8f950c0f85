"""使用登记: every ban on who, with what and on what level is asked when one sits down."""

from datetime import datetime

from shoumi.domains.equipment.models import Device, Permit, Use
from shoumi.domains.equipment.rules import using
from shoumi.domains.equipment.rules.kinds import Family
from shoumi.domains.equipment.rules.networks import PUBLIC, Network
from shoumi.domains.equipment.selectors import approved_copying, medium_called
from shoumi.domains.equipment.services.gathering import (
    ChangedByOther,
    expect,
    label_beside,
    note,
    numbered,
    step,
    written,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person

START = Action("equipment.use.start", "登记使用", clause="equipment.user")
END = Action("equipment.use.end", "结束使用", clause="equipment.aftercare")
COPYING = "复印"
State = Use.State


def start_use(
    *,
    actor: Person,
    subject: Device,
    at: datetime,
    operation: str,
    content_level: Level,
    matter: str,
    medium: str = "",
) -> Use:
    """Sit down at a device; `medium` is the number or label code of what is put into it."""
    with act(actor, START, subject, at=at, level=int(content_level)) as deed:
        content = Level(content_level)
        expect(subject, Device.State.IN_USE)
        if Use.is_open(subject):
            raise ChangedByOther()
        _check(subject, content, operation, matter, actor=actor, at=at)
        inserted = _medium(medium, actor=actor, at=at) if medium.strip() else None
        if inserted is not None:
            _check_medium(inserted, content)
            using.check_cross_use(
                inserted.level, subject.level, tested=inserted.tested_on is not None
            )
        number = numbered("用", "uses", body=actor.body, at=at)
        use: Use = Use.objects.create(
            label=label_beside(subject, basis=number, at=at, least=content),
            body=actor.body,
            number=number,
            device=subject,
            medium=inserted,
            user=actor,
            operation=operation,
            content_level=content,
            matter=written(matter, "事项编号", clause=START.clause),
            since=at,
        )
        deed.subject = use
        for touched in (subject, inserted):
            # What was wiped holds something again.
            if touched is not None and touched.treated_on is not None:
                note(touched, treated_on=None, treatment="")
    return use


def end_use(
    *,
    actor: Person,
    subject: Use,
    at: datetime,
    saved_to: str = "",
    encrypted: bool = False,
    measures: str = "",
) -> None:
    """Rise, with what was done so that nothing lies about."""
    with act(actor, END, subject, at=at) as deed:
        if subject.user_id != actor.pk:
            raise Denied("使用登记由使用人本人结束", clause=END.clause, way_on="请使用人登录办理")
        content = Level(subject.content_level)
        target = _medium(saved_to, actor=actor, at=at) if saved_to.strip() else None
        if target is not None:
            _check_medium(target, content)
        using.check_aftercare(
            asked=content >= Level.INTERNAL,
            medium=target is not None,
            encrypted=encrypted,
            measures=measures,
        )
        step(
            subject,
            State.OPEN,
            State.CLOSED,
            ended_at=at,
            saved_to=target,
            encrypted=encrypted,
            measures=measures.strip(),
        )
        deed.note(saved=target is not None, encrypted=encrypted)


def _check(
    device: Device, content: Level, operation: str, matter: str, *, actor: Person, at: datetime
) -> None:
    today = day_of(at)
    if device.private and content > Level.PUBLIC:
        raise Refusal(
            "个人设备不得处理国家秘密、工作秘密",
            clause="equipment.private",
            way_on="请使用单位配置的相应设备",
        )
    using.check_content(
        content,
        device.level,
        operation=operation,
        public=Network(device.network) in PUBLIC,
    )
    if device.is_medium:
        _check_medium(device, content)
    using.check_user(
        is_own=device.is_answered_for_by(actor),
        permitted=bool(Permit.in_force(device, Permit.Kind.USER, on=today, person=actor)),
        classified=device.is_classified and device.family is not Family.OFFICE,
    )
    using.check_certified(content, certificate=device.certificate)
    if device.level == Level.PUBLIC and device.family is Family.MACHINE:
        using.check_work_secret(
            content,
            standalone=Network(device.network) is Network.STANDALONE,
            permitted=bool(
                Permit.in_force(device, Permit.Kind.WORK_SECRET, on=today, person=actor)
            ),
        )
    if operation == COPYING and content.is_state_secret:
        _check_copying(matter, actor=actor, at=at)


def _medium(said: str, *, actor: Person, at: datetime) -> Device:
    """The medium in the actor's own hands that bears this number or code."""
    found = medium_called(said, reader=actor, at=at)
    if found is None or found.item.holder.person_id != actor.pk:
        raise Refusal(
            "该介质不在台账中，或者不在您名下",
            clause="equipment.media",
            way_on="请先登记、领用介质；私自使用的由保密办登记违规",
        )
    if found.state != Device.State.IN_USE:
        raise Refusal(
            f"该介质{found.get_state_display()}，不得使用",
            clause="equipment.media",
            way_on="请换用在用的介质",
        )
    return found


def _check_medium(medium: Device, content: Level) -> None:
    """Nothing above a medium's level goes onto it. Clause: equipment.media.content."""
    if content > medium.level:
        raise Refusal(
            f"{medium.level.label if medium.is_classified else '非涉密'}介质不得存储、传输"
            f"{content.label if content.is_state_secret else '工作秘密'}内容",
            clause="equipment.media.content",
            way_on="请换用相应密级的介质",
        )


def _check_copying(matter: str, *, actor: Person, at: datetime) -> None:
    """A classified thing is copied under its approval. Clause: equipment.copier."""
    if not approved_copying(matter, reader=actor, at=at):
        raise Refusal(
            "没有批准的复制单，不得复印涉密件",
            clause="equipment.copier",
            way_on="请先申请复制，批准后把该载体的名称写入事项编号",
        )
