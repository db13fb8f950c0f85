"""Missing things (下落不明): declared at once, searched for against the clock, found or a leak."""

from datetime import datetime, timedelta

from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.custody.models import Holder, Item, MissingItem, Stocktake
from shoumi.platform.custody.services.handing import REGISTRAR
from shoumi.platform.custody.services.ledger import holder_of, shift
from shoumi.platform.directory.models import Body, Person, Place
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

CLOCK = Control("custody.missing", kind="deadline", label="下落不明载体查找")
RECORD = Control("custody.missing", kind="record", label="下落不明载体查找")
DECLARE = Action(
    "custody.missing.declare", "登记下落不明", clause="carriers.missing", posts=REGISTRAR
)
FOUND = Action("custody.missing.found", "登记找到", clause="carriers.missing", posts=REGISTRAR)


def declare_missing(
    *,
    actor: Person,
    subject: Item,
    circumstances: str,
    at: datetime,
    stocktake: Stocktake | None = None,
) -> MissingItem:
    """Enter a thing as missing; its clock starts, and the account says so from now on."""
    with act(actor, DECLARE, subject, at=at) as deed:
        if subject.state == Item.State.OFFERED:
            raise Refusal(
                "该份正在交接，尚未签收",
                clause="carriers.missing",
                way_on="请先由交出方撤回交接，再登记下落不明",
            )
        last, body = subject.holder, subject.label.body
        days = search_days(Level(subject.label.level), body=body, at=at)
        shift(
            item=subject,
            to=holder_of(body=body, sink=Holder.Sink.MISSING),
            reason=DECLARE.key,
            at=at,
            before=subject.state,
        )
        missing: MissingItem = MissingItem.unscoped.create(
            item=subject,
            label_id=subject.label_id,
            last_holder=last,
            stocktake=stocktake,
            circumstances=circumstances,
            declared_by=actor,
            declared_at=at,
            deadline_days=days,
            deadline=day_of(at) + timedelta(days=days),
        )
        deed.note(missing=missing.pk, days=days)
    return missing


def declare_found(
    *, actor: Person, subject: MissingItem, place: Place, how: str, at: datetime
) -> None:
    """Take a missing thing back into the account, into the place where it lies from now on."""
    with act(actor, FOUND, subject, at=at):
        rows = MissingItem.unscoped.filter(pk=subject.pk, found_at=None)
        if not rows.update(found_at=at, found_how=how):
            raise Stale("他人已修改：该份已经登记找到", clause="carriers.missing")
        shift(
            item=subject.item,
            to=holder_of(body=actor.body, place=place),
            reason=FOUND.key,
            at=at,
            before=Item.State.GONE,
        )


def search_days(level: Level, *, body: Body, at: datetime) -> int:
    """How many days the search may last; a level the rulebook does not name has the longest."""
    days: dict[Level, int] = figure("carriers.missing", "days", on=day_of(at), body=body)
    return days.get(level, max(days.values()))
