"""What happens to devices: used, permitted, repaired, checked, disposed of; and the list of shops."""

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet

from shoumi.domains.equipment import verbs
from shoumi.domains.equipment.models import (
    Check,
    CryptoStep,
    Disposal,
    Permit,
    Provider,
    Repair,
    Use,
)
from shoumi.domains.equipment.registers.devices import DEVICES, Books
from shoumi.domains.equipment.rules.sheets import sheets
from shoumi.platform.registers.conditions import Filter


class Uses(Books):
    """设备使用登记簿."""

    model = Use
    slug = "equipment-uses"
    title = "设备使用登记簿"
    columns = (
        "number",
        "device",
        "level",
        "user",
        "operation",
        "content_level",
        "medium",
        "since",
        "ended_at",
        "state",
    )
    headings: ClassVar[dict[str, str]] = {"level": "设备密级"}
    filters = (
        "state", "operation", "content_level", Filter("user", "使用人"), "since",
    )  # fmt: skip
    search = ("number", "device__number", "user__name", "matter")
    sections = (
        (
            "使用",
            (
                "number",
                "device",
                "user",
                "operation",
                "content_level",
                "matter",
                "medium",
                "since",
                "state",
            ),
        ),
        ("善后", ("ended_at", "saved_to", "encrypted", "measures")),
    )
    verbs = (verbs.END_USE,)


class Permits(Books):
    """设备准用登记簿."""

    model = Permit
    slug = "equipment-permits"
    title = "设备准用登记簿"
    columns = ("number", "kind", "device", "level", "person", "since", "until", "state")
    headings: ClassVar[dict[str, str]] = {"level": "设备密级"}
    filters = ("kind", "state", Filter("person", "准用人"), "since", "until")
    search = ("number", "device__number", "person__name")
    related = ("case",)
    sections = (
        (
            "申请",
            (
                "number",
                "kind",
                "device",
                "asked_by",
                "asked_at",
                "person",
                "reason",
                "card",
                "software",
                "since",
                "until",
            ),
        ),
        ("审批", ("case", "state", "ended_on")),
    )
    verbs = (verbs.END_PERMIT,)
    signatures = ("申请人", "办公室", "批准人")


class Repairs(Books):
    """设备维修登记簿."""

    model = Repair
    slug = "equipment-repairs"
    title = "设备维修登记簿"
    columns = (
        "number",
        "device",
        "level",
        "fault",
        "reported_by",
        "provider",
        "escort",
        "started_at",
        "ended_at",
        "state",
    )
    headings: ClassVar[dict[str, str]] = {"level": "密级"}
    filters = ("state", Filter("provider", "维修点"), "reported_at")
    search = ("number", "device__number", "fault")
    sections = (
        ("报修", ("number", "device", "reported_by", "reported_at", "fault", "state")),
        (
            "送修",
            (
                "provider",
                "technician",
                "outside",
                "place",
                "escort",
                "disk_removed",
                "measures",
                "started_at",
            ),
        ),
        ("验收", ("ended_at", "accompanied", "result", "replaced", "checked_by")),
    )
    verbs = (verbs.SEND_REPAIR, verbs.RETURN_REPAIR, verbs.CANCEL_REPAIR)
    signatures = ("报修人", "监督人", "保密办")


class Checks(Books):
    """设备检查登记簿."""

    model = Check
    slug = "equipment-checks"
    title = "设备检查登记簿"
    columns = ("number", "title", "device", "level", "checked_by", "checked_at", "faults", "state")
    headings: ClassVar[dict[str, str]] = {"level": "密级", "unmet": "不符合项目"}
    filters = ("sheet", "state", Filter("checked_by", "检查人"), "checked_at")
    search = ("number", "device__number", "title")
    sections = (
        (
            "检查",
            (
                "number",
                "title",
                "device",
                "checked_by",
                "checked_at",
                "state",
                "faults",
                "unmet",
                "remark",
            ),
        ),
        ("整改", ("remedy", "remedied_by", "remedied_at")),
    )
    verbs = (verbs.REMEDY,)
    signatures = ("检查人", "责任人", "部门负责人")

    def value(self, row: Any, column: str) -> Any:
        if column == "unmet":
            asked = {q.key: q.text for q in sheets()[row.sheet].items}
            return [asked.get(k, k) for k, said in row.answers.items() if said == "不符合"] or None
        return super().value(row, column)


class Disposals(Books):
    """设备报废清册."""

    model = Disposal
    slug = "equipment-disposals"
    title = "设备报废清册"
    columns = (
        "number",
        "level",
        "pieces",
        "station",
        "asked_by",
        "asked_at",
        "sent_at",
        "certificate",
        "state",
    )
    headings: ClassVar[dict[str, str]] = {"level": "密级"}
    filters = ("state", Filter("station", "销毁站"), "asked_at")
    search = ("number", "certificate", "reason")
    related = ("case",)
    sections = (
        (
            "造册",
            ("number", "reason", "pieces", "station", "asked_by", "asked_at", "case", "state"),
        ),
        (
            "送交和销毁",
            ("sent_by", "witness", "sent_at", "destroyed_on", "certificate", "closed_by"),
        ),
    )
    create = verbs.PROPOSE
    verbs = (verbs.SEND_DISPOSAL, verbs.CLOSE_DISPOSAL)
    signatures = ("造册人", "批准人", "销毁站")


class Crypto(Books):
    """密码六环节登记簿."""

    model = CryptoStep
    slug = "equipment-crypto"
    title = "密码六环节登记簿"
    columns = ("number", "device", "level", "stage", "at", "by", "other", "permit", "remark")
    headings: ClassVar[dict[str, str]] = {"level": "密级"}
    filters = ("stage", "at")
    search = ("number", "device__number")
    order = ("-id",)


class Providers(Books):
    """指定单位名录."""

    model = Provider
    slug = "equipment-providers"
    title = "指定单位名录"
    columns = ("name", "kind", "credential", "valid_until", "contact", "entered_by", "ended_on")
    filters = ("kind", "valid_until")
    search = ("name", "credential")
    create = verbs.ENTER_PROVIDER
    verbs = (verbs.END_PROVIDER,)

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        found: QuerySet[Any] = Provider.objects.filter(body=person.body_id)
        return found.select_related("entered_by")


USES, PERMITS, REPAIRS, CHECKS = Uses(), Permits(), Repairs(), Checks()
DISPOSALS, CRYPTO, PROVIDERS = Disposals(), Crypto(), Providers()
DEVICES.children = ((REPAIRS, "device"), (CHECKS, "device"), (USES, "device"), (PERMITS, "device"))
DISPOSALS.children = ((DEVICES, "disposals__disposal"),)
