"""The account: every carrier, every movement, and what is being looked for."""

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import OuterRef, Subquery

from shoumi.domains.handling import verbs
from shoumi.domains.handling.registers.requests import linked
from shoumi.platform.access.acting import ACTIONS
from shoumi.platform.access.paging import begun
from shoumi.platform.custody.models import Holder, Item, MissingItem, Movement
from shoumi.platform.registers.conditions import Filter
from shoumi.platform.registers.register import Register
from shoumi.platform.ui.templatetags.ui import holder as holder_badge
from shoumi.platform.ui.templatetags.ui import state_badge

HOLDERS = ("holder__person", "holder__place", "holder__outside")
SIDES = tuple(
    f"{side}__{kind}" for side in ("giver", "receiver") for kind in ("person", "place", "outside")
)
TONES = {
    Item.State.HELD: "done",
    Item.State.RESERVED: "soon",
    Item.State.OFFERED: "open",
    Item.State.GONE: "closed",
}


def holders_named(person: Any, *, at: datetime) -> list[tuple[int, str]]:
    """Who holds something that the reader may know; named without asking once more for each."""
    mine = begun(Item.objects.visible_to(person, at=at), reader=person, at=at)
    # The first thing of each is enough; for EXISTS PostgreSQL would go through everything.
    first = Subquery(mine.filter(holder=OuterRef("pk")).values("pk")[:1])
    found = Holder.objects.alias(first=first).filter(first__isnull=False)
    found = found.select_related("person", "place", "outside")
    return [(one.pk, str(one)) for one in found.order_by("kind", "id")]


class Movements(Register):
    """流转记录: every time a carrier changed hands."""

    model = Movement
    slug = "movements"
    title = "流转记录"
    columns = ("at", "item__name", "giver", "receiver", "reason", "case_ref")
    headings: ClassVar[dict[str, str]] = {"item__name": "载体", "case_ref": "依据"}
    filters = ("at", "kind")
    search = ("item__name", "case_ref")
    related = SIDES
    order = ("-at",)

    def value(self, row: Any, column: str) -> Any:
        if column == "reason":
            action = ACTIONS.get(row.reason)
            return action.label if action else row.reason
        if column == "giver" and row.giver is None:
            return "账外"
        return super().value(row, column)


class Items(Register):
    """载体登记簿: every carrier of the account, on the shelf, with somebody, or gone."""

    model = Item
    slug = "items"
    title = "载体登记簿"
    columns = ("name", "code", "level", "kind", "holder", "home", "state", "entered_at")
    headings: ClassVar[dict[str, str]] = {"level": "密级", "label__level": "密级"}
    filters = (
        Filter("label__level", "密级"),
        "state",
        Filter("holder", "保管者", holders_named),
        Filter("holder_kind", "保管者类别"),
        "kind",
        "source",
        "entered_at",
    )
    search = ("name", "code")
    related = HOLDERS
    sections = (
        ("载体", ("name", "code", "level", "kind", "source", "parent", "entered_at")),
        ("保管", ("holder", "home", "state")),
    )
    verbs = verbs.ON_AN_ITEM

    def cell(self, row: Any, column: str) -> Any:
        if column == "holder":
            return holder_badge(row.holder, row.holder_kind)
        if column == "state":
            return state_badge(row.get_state_display(), TONES.get(row.state, ""))
        if column == "parent" and row.parent is not None:
            return linked(row.parent, row.parent.name)
        return super().cell(row, column)


class Missing(Register):
    """下落不明: what is being looked for, and until when."""

    model = MissingItem
    slug = "missing"
    title = "下落不明登记"
    columns = (
        "item__name",
        "level",
        "last_holder",
        "declared_at",
        "declared_by",
        "deadline",
        "circumstances",
        "found_at",
        "found_how",
    )
    headings: ClassVar[dict[str, str]] = {"item__name": "载体", "level": "密级"}
    filters = (Filter("label__level", "密级"), "declared_at", "deadline")
    search = ("item__name",)
    related = ("last_holder__person", "last_holder__place", "last_holder__outside")
    verbs = (verbs.FOUND,)


ITEMS = Items()
MOVEMENTS = Movements()
MISSING = Missing()
