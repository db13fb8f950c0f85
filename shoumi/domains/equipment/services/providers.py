"""名录: who may repair, destroy and build, entered with the paper that names them."""

from datetime import date, datetime

from shoumi.domains.equipment.models import Provider
from shoumi.domains.equipment.services.gathering import KEEPERS, ChangedByOther, written
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person

ENTER = Action(
    "equipment.provider.enter", "登记指定单位", clause="equipment.provider", posts=KEEPERS
)
END = Action("equipment.provider.end", "移出名录", clause="equipment.provider", posts=KEEPERS)


def enter_provider(
    *,
    actor: Person,
    at: datetime,
    kind: str,
    name: str,
    credential: str,
    valid_until: date,
    contact: str = "",
) -> Provider:
    """Put a shop, station or builder on the list."""
    with act(actor, ENTER, at=at, kind=kind) as deed:
        called = written(name, "单位名称", clause=ENTER.clause)
        if valid_until < day_of(at):
            raise Refusal(
                "指定文号或者资质已过期，不得列入名录",
                clause=ENTER.clause,
                way_on="请填写有效的文号和期限",
            )
        if Provider.listed(actor.body, kind, called):
            raise Refusal("该单位已在名录中", clause=ENTER.clause, way_on="续期的先移出再登记")
        deed.subject = provider = Provider.objects.create(
            body=actor.body,
            kind=kind,
            name=called,
            credential=written(credential, "指定文号或者资质证书号", clause=ENTER.clause),
            valid_until=valid_until,
            contact=contact.strip(),
            entered_by=actor,
            entered_at=at,
        )
    return provider


def end_provider(*, actor: Person, subject: Provider, at: datetime) -> None:
    """Take one off; what was given to it before stays as it was."""
    with act(actor, END, subject, at=at):
        if not subject.end(on=day_of(at)):
            raise ChangedByOther()
