"""钥匙、印章和密码: registered as items of the one account, handed out, and combinations set anew."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from shoumi.domains.facilities.models import Combination, Guarded, KnowsCombination, SecretSign
from shoumi.domains.facilities.rules.sites import check_said
from shoumi.domains.facilities.selectors import may_enter
from shoumi.domains.facilities.services.standing import (
    ChangedByOther,
    label_of_rooms,
    standing,
    words_of,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.services import label_for, widen
from shoumi.platform.access.subjects import day_of, person_principal
from shoumi.platform.custody.models import Handover, Item
from shoumi.platform.custody.services import enter_item, holder_of, offer_lines
from shoumi.platform.directory.models import Person, Place
from shoumi.platform.obligations.crosschecks import recheck
from shoumi.platform.obligations.due import due_tonight
from shoumi.platform.rulebook.figures import figure

REGISTRAR = frozenset({"registrar"})

REGISTER = Action(
    "facilities.key.register", "登记钥匙印章", clause="facilities.keys", posts=REGISTRAR
)
HAND = Action("facilities.key.hand", "发放钥匙印章", clause="facilities.keys", posts=REGISTRAR)
CHANGE = Action(
    "facilities.combination.change",
    "登记更换密码",
    clause="facilities.combination",
    posts=frozenset({"registrar", "secrecy_office"}),
)


def register(
    *,
    actor: Person,
    at: datetime,
    kind: str,
    name: str,
    place: Place,
    home: Place,
    spare: bool = False,
    secret: str = "",
    knowers: Iterable[Person] = (),
) -> Guarded:
    """Take a key or a seal into the account; a seal's secret sign lies under a label of its own."""
    with act(actor, REGISTER, at=at, kind=kind) as deed:
        called = check_said(name, "名称", clause="facilities.keys")
        level = Level.from_label(figure("facilities.keys", "level", on=day_of(at), body=actor.body))
        label = label_of_rooms(actor.body, [actor], basis="钥匙印章", at=at, level=level)
        item = enter_item(
            label=label,
            kind=Item.Kind(kind),
            name=called,
            source=Item.Source.MADE,
            holder=holder_of(body=actor.body, place=home),
            at=at,
            reason=REGISTER.key,
        )
        made: Guarded = Guarded.objects.create(
            label=label,
            body=actor.body,
            item=item,
            kind=kind,
            name=called,
            place=place,
            spare=spare,
            entered_by=actor,
            entered_at=at,
        )
        deed.subject = made
        if secret.strip():
            people = {person_principal(person.pk) for person in (actor, *knowers)}
            SecretSign.objects.create(
                label=label_for(
                    level=level, body=actor.body, principals=people, basis="暗记", on=day_of(at)
                ),
                guarded=made,
                text=secret.strip(),
            )
        deed.note(spare=spare, marked=bool(secret.strip()))
    return made


def hand(
    *, actor: Person, subject: Guarded, at: datetime, receiver: Person, purpose: str
) -> Handover:
    """Offer a key to somebody who may enter what it opens; it is theirs once they have signed."""
    with act(actor, HAND, subject, at=at):
        why = check_said(purpose, "领用事由", clause="facilities.keys")
        if subject.item.state != Item.State.HELD or subject.item.holder.place is None:
            raise ChangedByOther()
        if subject.opens and not may_enter(receiver, subject.place, at=at):
            raise Refusal(
                f"{receiver.name}不得进入「{subject.place.name}」，不得掌管其钥匙",
                clause="facilities.keys.custodian",
                way_on="请先办理准入，或者另选掌管人",
            )
        widen(
            subject.label,
            principals={person_principal(receiver.pk)},
            basis=f"{subject.name} 发放",
            on=day_of(at),
        )
        handover = offer_lines(
            receiver=holder_of(body=actor.body, person=receiver),
            items=[subject.item],
            reason=HAND.key,
            by=actor,
            at=at,
            due_at=due_tonight(start=at, body=actor.body).at,
            purpose=why,
        )
    return handover


def change(
    *,
    actor: Person,
    at: datetime,
    place: Place,
    why: str,
    knowers: Iterable[Person],
    envelope: str,
    changed_on: date,
) -> Combination:
    """A combination was set anew: who knows it from now on, and until when. Never the combination itself."""
    with act(actor, CHANGE, at=at, place=place.pk) as deed:
        known_by = list(knowers)
        if changed_on > day_of(at) or why not in words_of(
            "facilities.combination", "reasons", body=actor.body, at=at
        ):
            raise Refusal(
                "更换日期晚于今天，或者更换原因不在所列范围",
                clause="facilities.combination",
                way_on="只登记已经更换的密码",
            )
        _check_knowers(known_by, place, at=at)
        stored = check_said(envelope, "密封备份存放处", clause="facilities.combination")
        Combination.retire(place)
        days = figure("facilities.combination", "days", on=changed_on, body=actor.body)
        label = label_of_rooms(actor.body, known_by, basis=f"{place.name} 密码", at=at)
        made: Combination = Combination.objects.create(
            label=label,
            body=actor.body,
            place=place,
            changed_on=changed_on,
            changed_by=actor,
            why=why,
            envelope=stored,
            knowers="、".join(person.name for person in known_by)[:200],
            next_on=changed_on + timedelta(days=days),
        )
        for person in known_by:
            KnowsCombination.objects.create(label=label, combination=made, person=person)
        deed.subject = made
        recheck("combination_overdue", "combination_knower_unfit", at=at, body=actor.body)
        deed.note(knowers=[person.pk for person in known_by])
    return made


def _check_knowers(people: list[Person], place: Place, *, at: datetime) -> None:
    if not people:
        raise Refusal("未写明知密人", clause="facilities.combination", way_on="请选择知密人")
    for person in people:
        clearance, leaving = standing(person, at=at)
        if leaving or clearance < place.level_limit or not may_enter(person, place, at=at):
            raise Refusal(
                f"{person.name}的涉密等级低于「{place.name}」的限级，或者不得进入其所在场所",
                clause="facilities.keys.custodian",
                way_on="请另选知密人，或者先办理准入",
            )
