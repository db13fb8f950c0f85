"""The books of keys, seals and combinations."""

from typing import Any, ClassVar

from shoumi.domains.facilities import verbs
from shoumi.domains.facilities.models import Combination, Guarded, SecretSign
from shoumi.domains.facilities.registers.books import Books
from shoumi.platform.registers.conditions import Filter
from shoumi.platform.registers.register import Register
from shoumi.platform.ui.templatetags.ui import holder


class SecretSigns(Register):
    """暗记: for those who may know it by name."""

    model = SecretSign
    slug = "facilities-secrets"
    title = "暗记"
    columns = ("text",)


SECRETS = SecretSigns()


class Keys(Books):
    """钥匙印章台账."""

    model = Guarded
    slug = "facilities-keys"
    title = "钥匙印章台账"
    columns = ("name", "level", "kind", "place", "spare", "held_by", "item__state", "item__code")
    headings: ClassVar[dict[str, str]] = {
        "level": "密级",
        "held_by": "现在何处",
        "item__state": "状态",
        "item__code": "编码",
    }
    filters = ("kind", Filter("place", "所开场所、柜"), "spare")
    search = ("name", "item__code", "place__name")
    related = ("item__holder__person", "item__holder__place", "item__holder__outside")
    sections = (
        (
            "",
            (
                "name",
                "kind",
                "place",
                "spare",
                "held_by",
                "item__state",
                "item__code",
                "entered_by",
                "entered_at",
            ),
        ),
    )
    children = ((SECRETS, "guarded"),)
    create = verbs.REGISTER
    verbs = (verbs.HAND,)
    signatures = ("登记人", "掌管人", "机要室负责人")

    def cell(self, row: Any, column: str) -> Any:
        if column == "held_by":
            return holder(row.item.holder, row.item.holder.kind)
        return super().cell(row, column)

    def value(self, row: Any, column: str) -> Any:
        return str(row.item.holder) if column == "held_by" else super().value(row, column)


class Combinations(Books):
    """密码更换登记簿."""

    model = Combination
    slug = "facilities-combinations"
    title = "密码更换登记簿"
    columns = (
        "place",
        "changed_on",
        "why",
        "changed_by",
        "knowers",
        "envelope",
        "next_on",
        "current",
    )
    filters = ("current", "why", "changed_on", "next_on")
    search = ("place__name", "envelope", "knowers")
    create = verbs.CHANGE
    signatures = ("更换人", "知密人", "机要室负责人")


KEYS, COMBINATIONS = Keys(), Combinations()
