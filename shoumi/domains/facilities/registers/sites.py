"""The books of the sites themselves, and of what was looked at in them."""

from typing import Any, ClassVar

from shoumi.domains.facilities import verbs
from shoumi.domains.facilities.models import Site, SiteCheck
from shoumi.domains.facilities.registers.books import Books
from shoumi.domains.facilities.registers.doors import ADMISSIONS
from shoumi.domains.facilities.selectors import too_small
from shoumi.platform.registers.conditions import Filter
from shoumi.platform.ui.templatetags.ui import state_badge


class Checks(Books):
    """场所检查登记簿."""

    model = SiteCheck
    slug = "facilities-checks"
    title = "场所检查登记簿"
    columns = ("day", "site", "kind", "in_order", "not_in_order", "remark", "by", "at")
    headings: ClassVar[dict[str, str]] = {"in_order": "已落实", "not_in_order": "未落实"}
    filters = ("kind", Filter("site", "场所"), "day", Filter("by", "检查人"))
    search = ("site__place__name", "remark", "by__name")
    related = ("site__place",)
    signatures = ("检查人", "专责人", "保密办")

    def cell(self, row: Any, column: str) -> Any:
        if column == "not_in_order":
            return (
                state_badge(row.not_in_order, "bad") if row.missing else state_badge("无", "done")
            )
        return super().cell(row, column)


CHECKS = Checks()


class Sites(Books):
    """重点场所台账."""

    model = Site
    slug = "facilities-sites"
    title = "重点场所台账"
    columns = (
        "number",
        "place",
        "kind",
        "secrecy",
        "department",
        "keeper",
        "cabinet",
        "protection",
        "area",
        "state",
    )
    filters = ("state", "kind", "secrecy", Filter("department", "所属部门"))
    search = ("number", "place__name", "keeper__name", "protection")
    related = ("case",)
    sections = (
        (
            "场所",
            (
                "number",
                "place",
                "kind",
                "secrecy",
                "department",
                "area",
                "two_persons",
                "reason",
                "state",
            ),
        ),
        ("专人专柜和技防", ("keeper", "cabinet", "protection", "regulation")),
        (
            "确定和确认",
            (
                "asked_by",
                "asked_at",
                "case",
                "authority",
                "authority_paper",
                "authority_on",
                "met",
                "closed_on",
                "closed_why",
            ),
        ),
    )
    children = ((ADMISSIONS, "site"), (CHECKS, "site"))
    create = verbs.PROPOSE
    verbs = verbs.ON_A_SITE
    signatures = ("填表人", "保密办", "单位负责人")

    def heading(self, column: str) -> str:
        return "达到的条件" if column == "met" else super().heading(column)

    def value(self, row: Any, column: str) -> Any:
        if column == "met":
            return "、".join(row.conditions)
        return super().value(row, column)

    def cell(self, row: Any, column: str) -> Any:
        if column == "area" and row.area:
            least = too_small(row, at=row.asked_at)
            return (
                state_badge(f"{row.area}，不达标（应不小于 {least}）", "bad")
                if least
                else str(row.area)
            )
        return super().cell(row, column)


SITES = Sites()
