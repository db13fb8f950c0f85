"""设备: what a thing in custody is as a device, who answers for it, and where it is joined."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from shoumi.domains.equipment.rules import kinds, networks
from shoumi.domains.equipment.rules.fitness import Facts
from shoumi.domains.equipment.rules.networks import Network
from shoumi.kernel.levels import Level
from shoumi.platform.access.models import Labelled
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Body, Department, Person


def _person(name: str) -> "models.ForeignKey[Person | None, Person | None]":
    return models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=name
    )


class Device(Labelled):
    """One machine, medium or piece of office equipment; its Item says where it is and who holds it.

    Its level is that of its label, which its Item shares: what is classified is in the classified ledger.
    `bound_on` is the day it first joined a network that makes classified for good.
    """

    class State(models.TextChoices):
        ENTERED = "entered", "待验收"
        READY = "ready", "待启用"
        IN_USE = "in_use", "在用"
        REPAIR = "repair", "维修中"
        STOPPED = "stopped", "停用"
        LISTED = "listed", "待报废"
        DISPOSED = "disposed", "已报废"

    TONES = {
        State.ENTERED: "open",
        State.READY: "soon",
        State.IN_USE: "done",
        State.REPAIR: "soon",
        State.STOPPED: "closed",
        State.LISTED: "open",
        State.DISPOSED: "closed",
    }
    THERE = (State.ENTERED, State.READY, State.IN_USE, State.REPAIR, State.STOPPED)

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    item = models.OneToOneField(
        Item, models.PROTECT, related_name="device", verbose_name="载体编码"
    )
    number = models.CharField("保密编号", max_length=40)
    kind = models.CharField("类别", max_length=10, choices=kinds.CHOICES)
    name = models.CharField("品牌型号", max_length=60)
    serial = models.CharField("序列号", max_length=60, blank=True)
    disks = models.CharField("硬盘序列号", max_length=200, blank=True)
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="使用部门",
    )
    first = _person("第一责任人")
    second = _person("第二责任人")
    third = _person("第三责任人")
    location = models.CharField("放置位置", max_length=60, blank=True)
    network = models.CharField(
        "联网类别", max_length=10, choices=networks.CHOICES, default=Network.STANDALONE.value
    )
    bound_on = models.DateField("首次接入专网或者涉密网", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.ENTERED)
    private = models.BooleanField("个人设备", default=False)
    imported = models.BooleanField("进口设备", default=False)
    portable = models.BooleanField("便携式", default=False)
    encrypting = models.BooleanField("加密机", default=False)
    wireless = models.BooleanField("有无线装置", default=False)
    bought_on = models.DateField("购置日期", null=True, blank=True)
    system_on = models.DateField("操作系统安装日期", null=True, blank=True)
    accepted_on = models.DateField("验收日期", null=True, blank=True)
    accepted_by = _person("验收人")
    standard_proof = models.CharField("符合保密标准证明", max_length=60, blank=True)
    certificate = models.CharField("安全认证证书号", max_length=60, blank=True)
    import_check = models.CharField("进口设备检查合格记录", max_length=60, blank=True)
    emission = models.CharField("防电磁辐射措施", max_length=60, blank=True)
    antivirus = models.CharField("防病毒软件及版本", max_length=60, blank=True)
    firewall = models.CharField("防火墙及版本", max_length=60, blank=True)
    scanner = models.CharField("漏洞扫描", max_length=60, blank=True)
    intrusion = models.CharField("入侵防护", max_length=60, blank=True)
    virus_on = models.DateField("病毒库日期", null=True, blank=True)
    patched_on = models.DateField("补丁日期", null=True, blank=True)
    scanned_on = models.DateField("检测日期", null=True, blank=True)
    tested_on = models.DateField("介质检测日期", null=True, blank=True)
    for_leader = models.BooleanField("领导用机", default=False)
    liaison = _person("联系科室负责人")
    labelled_on = models.DateField("贴标识日期", null=True, blank=True)
    pledged_on = models.DateField("签责任书日期", null=True, blank=True)
    treated_on = models.DateField("消除、技术处理日期", null=True, blank=True)
    treatment = models.CharField("消除、技术处理情况", max_length=200, blank=True)
    taken_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="换自"
    )
    registered_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="登记人"
    )
    registered_at = models.DateTimeField("登记时间")

    class Meta(Labelled.Meta):
        verbose_name = "设备"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "number"], name="equipment_one_device_a_number"
            ),
            models.UniqueConstraint(
                fields=["body", "serial"],
                condition=~Q(serial=""),
                name="equipment_one_device_a_serial",
            ),
            models.CheckConstraint(
                condition=Q(treated_on=None) | ~Q(treatment=""), name="equipment_treated_somehow"
            ),
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="equipment_device_label"),
            models.Index(fields=["kind", "-id"], name="equipment_device_kind"),
            models.Index(fields=["body", "state"], name="equipment_device_state"),
        ]

    def __str__(self) -> str:
        return self.number

    def move(self, *, before: str, after: str, **changes: Any) -> bool:
        """Compare-and-swap on the state: the second of two clicks changes nothing."""
        if not Device.unscoped.filter(pk=self.pk, state=before).update(state=after, **changes):
            return False
        for name, value in {"state": after, **changes}.items():
            setattr(self, name, value)
        return True

    def note(self, **changes: Any) -> bool:
        """Set fields while the state stays what the caller read."""
        return self.move(before=self.state, after=self.state, **changes)

    @classmethod
    def all_of(cls, body: Body) -> "models.QuerySet[Device]":
        """Every device of a body still there, for the acts and duties of this room."""
        rows = cls.unscoped.filter(body=body, state__in=cls.THERE)
        return rows.select_related("label", "item", "body").order_by("id")

    @classmethod
    def stands(cls, body: Body, **where: Any) -> bool:
        """Whether one is entered already, seen by the asker or not."""
        return cls.unscoped.filter(body=body, **where).exists()

    @classmethod
    def behind(cls, items: "Iterable[Item]") -> "models.QuerySet[Device]":
        """The devices that stand behind these things, for what custody asks of this room."""
        keys = kinds.things_of_devices((item.pk, item.kind) for item in items)
        return cls.unscoped.filter(item__in=keys) if keys else cls.unscoped.none()

    @property
    def is_classified(self) -> bool:
        return self.level.is_state_secret

    @property
    def is_medium(self) -> bool:
        return self.family is kinds.Family.MEDIUM

    @property
    def is_entrusted(self) -> bool:
        return kinds.KINDS[self.kind].entrusted

    @property
    def lies_in_place(self) -> bool:
        """On the shelf and kept for nobody."""
        return self.item.holder.place_id is not None and self.item.state == Item.State.HELD

    @property
    def family(self) -> kinds.Family:
        return kinds.KINDS[self.kind].family

    @property
    def persons(self) -> "tuple[Person | None, Person | None, Person | None]":
        return (self.first, self.second, self.third)

    def is_answered_for_by(self, person: Person) -> bool:
        return person.pk in (self.first_id, self.second_id, self.third_id)

    def facts(self, *, level: Level | None = None) -> Facts:
        """The device as the rules see it, or as it would be at another level."""
        first, second, third = self.first_id, self.second_id, self.third_id
        return Facts(
            kind=self.kind,
            level=self.level if level is None else level,
            network=Network(self.network),
            persons=(first is not None, second is not None, third is not None),
            has_place=self.item.home_id is not None,
            accepted=self.accepted_on is not None,
            standard_proof=self.standard_proof,
            emission=self.emission,
            imported=self.imported,
            import_check=self.import_check,
            wireless=self.wireless,
            antivirus=self.antivirus,
            firewall=self.firewall,
            scanner=self.scanner,
            intrusion=self.intrusion,
            virus_on=self.virus_on,
            scanned_on=self.scanned_on,
            for_leader=self.for_leader,
            has_liaison=self.liaison_id is not None,
            labelled=self.labelled_on is not None,
            pledged=self.pledged_on is not None,
            treated=self.treated_on is not None,
        )
