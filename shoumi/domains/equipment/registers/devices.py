"""设备台账 and the four ledgers: one table, five books."""

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from shoumi.domains.equipment import verbs
from shoumi.domains.equipment.models import Device
from shoumi.domains.equipment.rules.kinds import MACHINES, MEDIA
from shoumi.kernel.levels import Level
from shoumi.platform.registers.addresses import address_of
from shoumi.platform.registers.conditions import Filter
from shoumi.platform.registers.register import Register
from shoumi.platform.ui.templatetags.ui import holder

HOLDER = ("item__holder__person", "item__holder__place", "item__holder__outside", "item__home")
UNCLASSIFIED = {Level.PUBLIC: "非涉密", Level.INTERNAL: "工作秘密"}
WHOLE = ("number", "kind", "network", "first", "serial", "device", "asked_by", "disks")


def linked(row: Any, said: Any) -> Any:
    """A link to the page of another row, where one shows it."""
    address = address_of(row)
    return format_html('<a href="{}">{}</a>', address, said) if address else said


class Books(Register):
    """What the books of this room share: numbers in one piece, links to the device, no empty facts."""

    def facts(self, row: Any, fields: tuple[str, ...]) -> list[tuple[str, Any]]:
        told = tuple(f for f in fields if self.value(row, f) not in (None, "", False))
        return super().facts(row, told)

    def value(self, row: Any, column: str) -> Any:
        if column == "level" and row.level in UNCLASSIFIED:
            return UNCLASSIFIED[row.level]
        return super().value(row, column)

    def cell(self, row: Any, column: str) -> Any:
        if column in ("device", "taken_from", "medium", "case") and getattr(row, column):
            other = getattr(row, column)
            return linked(other, other)
        said = super().cell(row, column)
        if column in WHOLE and said:
            return format_html('<span class="text-nowrap">{}</span>', said)
        return said


class Devices(Books):
    """设备台账: every device, each on a page with everything that is done with it."""

    model = Device
    slug = "equipment-devices"
    title = "设备台账"
    columns = (
        "number",
        "kind",
        "level",
        "name",
        "first",
        "department",
        "network",
        "holder",
        "state",
    )
    headings: ClassVar[dict[str, str]] = {
        "level": "密级",
        "holder": "保管者",
        "item__code": "载体编码",
        "item__home": "存放场所",
    }
    filters = (
        "kind",
        Filter("label__level", "密级"),
        "state",
        "network",
        Filter("department", "使用部门"),
        Filter("first", "第一责任人"),
        "private",
        "imported",
    )
    search = ("number", "name", "serial", "first__name")
    related = HOLDER
    sections = (
        (
            "设备",
            (
                "number",
                "kind",
                "level",
                "name",
                "serial",
                "disks",
                "bought_on",
                "system_on",
                "imported",
                "portable",
                "encrypting",
                "private",
                "wireless",
                "taken_from",
            ),
        ),
        (
            "责任人和存放",
            (
                "first",
                "second",
                "third",
                "department",
                "for_leader",
                "liaison",
                "item__code",
                "holder",
                "item__home",
                "location",
                "pledged_on",
                "labelled_on",
            ),
        ),
        (
            "验收和处理",
            (
                "accepted_on",
                "accepted_by",
                "standard_proof",
                "certificate",
                "import_check",
                "emission",
                "treated_on",
                "treatment",
                "registered_by",
                "registered_at",
            ),
        ),
        (
            "接入和防护",
            (
                "network",
                "bound_on",
                "antivirus",
                "virus_on",
                "firewall",
                "patched_on",
                "scanner",
                "intrusion",
                "scanned_on",
                "tested_on",
            ),
        ),
    )
    create = verbs.REGISTER
    verbs = verbs.ON_A_DEVICE
    signatures = ("登记人", "部门负责人", "保密办")

    def value(self, row: Any, column: str) -> Any:
        return row.item.holder if column == "holder" else super().value(row, column)

    def page(
        self, request: HttpRequest, part: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        """What never happened to a device takes no room on its page."""
        told = [(other, table) for other, table in context.get("children", ()) if table["lines"]]
        return super().page(request, part, context | {"children": told}, status)

    def cell(self, row: Any, column: str) -> Any:
        if column == "holder":
            return holder(row.item.holder, row.item.holder_kind)
        return super().cell(row, column)


class Ledger(Devices):
    """One of the four ledgers: the kinds and levels it holds, in the columns of the paper; a row's page is the device's."""

    kinds: tuple[str, ...] = ()
    classified = False
    verbs = ()
    create = None

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        found = super().visible(person, at=at).filter(kind__in=self.kinds)
        edge = {"label__level__gte": Level.CONFIDENTIAL}
        return found.filter(**edge) if self.classified else found.exclude(**edge)

    def url(self, page: str, *args: Any) -> str:
        return DEVICES.url(page, *args) if page in ("detail", "do") else super().url(page, *args)


COMPUTERS = (
    "number", "name", "serial", "disks", "level", "network", "department", "first", "second", "third",
    "location", "system_on", "bought_on", "state",
)  # fmt: skip
STORED = (
    "number", "kind", "name", "serial", "level", "department", "first", "holder", "item__home",
    "bought_on", "tested_on", "state",
)  # fmt: skip


class ClassifiedComputers(Ledger):
    slug = "equipment-classified-computers"
    title = "涉密计算机使用管理台账"
    columns = COMPUTERS
    kinds = MACHINES
    classified = True


class PlainComputers(Ledger):
    slug = "equipment-plain-computers"
    title = "非涉密计算机使用管理台账"
    columns = COMPUTERS
    kinds = MACHINES


class ClassifiedMedia(Ledger):
    slug = "equipment-classified-media"
    title = "涉密移动存储介质使用管理台账"
    columns = STORED
    kinds = MEDIA
    classified = True


class PlainMedia(Ledger):
    slug = "equipment-plain-media"
    title = "非涉密移动存储介质使用管理台账"
    columns = STORED
    kinds = MEDIA


DEVICES = Devices()
CLASSIFIED_COMPUTERS = ClassifiedComputers()
PLAIN_COMPUTERS = PlainComputers()
CLASSIFIED_MEDIA = ClassifiedMedia()
PLAIN_MEDIA = PlainMedia()
FOUR = (CLASSIFIED_COMPUTERS, PLAIN_COMPUTERS, CLASSIFIED_MEDIA, PLAIN_MEDIA)
