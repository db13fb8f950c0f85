"""实物账: every thing that somebody signs for, who answers for it now, and how it came there."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Body, Person, Place
from shoumi.platform.trail.models import Recorded


class Holder(Recorded):
    """One who answers for things in the account of a body: a person, a place, another body, or a sink.

    A sink (去向) is where things go that left the account for good, or are missing.
    """

    class Kind(models.TextChoices):
        PERSON = "person", "个人"
        PLACE = "place", "场所"
        OUTSIDE = "outside", "外单位"
        SINK = "sink", "去向"

    class Sink(models.TextChoices):
        DESTROYED = "destroyed", "已销毁"
        ARCHIVED = "archived", "已归档移交"
        RETURNED = "returned", "已清退退回"
        TRANSFERRED = "transferred", "已移交外单位"
        MISSING = "missing", "下落不明"

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="账目单位")
    kind = models.CharField("类别", max_length=8, choices=Kind)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="保管人"
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="存放处"
    )
    outside = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="外单位"
    )
    sink = models.CharField("去向", max_length=12, choices=Sink, blank=True)

    class Meta:
        verbose_name = "保管者"
        constraints = [
            models.CheckConstraint(
                name="custody_holder_is_one_thing",
                condition=Q(kind="person", person__isnull=False, place=None, outside=None, sink="")
                | Q(kind="place", person=None, place__isnull=False, outside=None, sink="")
                | Q(kind="outside", person=None, place=None, outside__isnull=False, sink="")
                | (Q(kind="sink", person=None, place=None, outside=None) & ~Q(sink="")),
            ),
            *(
                models.UniqueConstraint(
                    fields=["body", what],
                    condition=Q(kind=what),
                    name=f"custody_one_holder_a_{what}",
                )
                for what in ("person", "place", "outside", "sink")
            ),
        ]

    def __str__(self) -> str:
        if self.kind == self.Kind.SINK:
            return str(self.get_sink_display())
        return str(self.person or self.place or self.outside)

    @property
    def is_inside(self) -> bool:
        """Whether what this one holds is still in the account."""
        return self.kind in (self.Kind.PERSON, self.Kind.PLACE)


class Item(Labelled):
    """A carrier (载体), key, seal or badge: one thing with one code and, at any time, one holder.

    `name` says which thing it is by its number, never by its title: rows of this table are named in
    hand-over lists and counts. `holder_kind` repeats the holder's kind so that the database itself can tie
    the state to it.
    """

    class Kind(models.TextChoices):
        PAPER = "paper", "纸质载体"
        DISC = "disc", "光盘"
        MEDIUM = "medium", "移动存储介质"
        COMPUTER = "computer", "计算机"
        DEVICE = "device", "办公自动化设备"
        CRYPTO = "crypto", "密码设备"
        PHONE = "phone", "通信设备"
        KEY = "key", "钥匙"
        SEAL = "seal", "印章"
        BADGE = "badge", "证件"
        OTHER = "other", "其他密品"

    class State(models.TextChoices):
        HELD = "held", "在管"
        RESERVED = "reserved", "已预约"
        OFFERED = "offered", "待签收"
        GONE = "gone", "已出账"

    class Source(models.TextChoices):
        RECEIVED = "received", "收到"
        MADE = "made", "制作"
        FOUND = "found", "账外查获"

    found_by = ("name", "code")

    code = models.CharField("载体编码", max_length=32, unique=True)
    kind = models.CharField("载体类别", max_length=10, choices=Kind)
    name = models.CharField("载体名称", max_length=60)
    holder = models.ForeignKey(Holder, models.PROTECT, related_name="+", verbose_name="保管者")
    holder_kind = models.CharField("保管者类别", max_length=8, choices=Holder.Kind)
    state = models.CharField("状态", max_length=8, choices=State, default=State.HELD)
    home = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="应存放处"
    )
    entered_at = models.DateTimeField("入账时间")
    source = models.CharField("来源", max_length=8, choices=Source)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies", verbose_name="原件"
    )

    class Meta(Labelled.Meta):
        verbose_name = "载体"
        constraints = [
            models.CheckConstraint(
                name="custody_gone_means_outside",
                condition=Q(state="gone", holder_kind__in=["outside", "sink"])
                | (~Q(state="gone") & Q(holder_kind__in=["person", "place"])),
            ),
            models.CheckConstraint(
                name="custody_only_what_is_made_is_a_copy",
                condition=Q(parent=None) | Q(source="made"),
            ),
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="custody_item_label"),
            models.Index(fields=["label", "state"], name="custody_item_label_state"),
            models.Index(fields=["label", "kind"], name="custody_item_label_kind"),
            models.Index(fields=["holder", "label"], name="custody_item_holder"),
            models.Index(fields=["state", "label"], name="custody_item_state"),
            models.Index(fields=["kind", "-id"], name="custody_item_kind"),
            models.Index(fields=["holder_kind", "-id"], name="custody_item_holder_kind"),
            # One for each condition the book offers: the list then comes in order from any of them.
            models.Index(fields=["holder", "-id"], name="custody_item_holder_list"),
            models.Index(fields=["state", "-id"], name="custody_item_state_list"),
            models.Index(fields=["source", "-id"], name="custody_item_source"),
            models.Index(fields=["-entered_at", "-id"], name="custody_item_entered"),
        ]

    def __str__(self) -> str:
        return self.name

    def move(self, before: str, after: str, **changes: Any) -> bool:
        """Compare-and-swap: succeeds only while the row still has this state and the holder read.

        SQLite has no row locks, and two clicks may race; whoever comes second changes nothing.
        """
        if "holder" in changes:
            changes["holder_kind"] = changes["holder"].kind
        found = Item.unscoped.filter(pk=self.pk, state=before, holder=self.holder_id)
        if not found.update(state=after, **changes):
            return False
        for name, value in {"state": after, **changes}.items():
            setattr(self, name, value)
        return True

    @property
    def is_in_account(self) -> bool:
        return self.state != self.State.GONE


class Handover(Recorded):
    """A batch offered by one holder to another (移交、发出、退回), settled by one signature."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    giver = models.ForeignKey(Holder, models.PROTECT, related_name="+", verbose_name="交出方")
    receiver = models.ForeignKey(Holder, models.PROTECT, related_name="+", verbose_name="接收方")
    reason = models.CharField("事项", max_length=80)
    purpose = models.CharField("事由", max_length=120, blank=True)
    case_ref = models.CharField("所依据的办件", max_length=80, blank=True)
    offered_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="交出经手人"
    )
    offered_at = models.DateTimeField("交出时间")
    due_at = models.DateTimeField("应签收时间", null=True, blank=True)
    settled_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签收人"
    )
    settled_at = models.DateTimeField("办结时间", null=True, blank=True)

    class Meta:
        verbose_name = "交接单"
        constraints = [
            models.CheckConstraint(
                name="custody_nobody_hands_over_to_self", condition=~Q(giver=F("receiver"))
            ),
            models.CheckConstraint(
                name="custody_settled_by_somebody",
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["receiver", "settled_at"], name="custody_handover_receiver"),
            models.Index(fields=["giver", "settled_at"], name="custody_handover_giver"),
        ]

    def __str__(self) -> str:
        return f"交接单 {self.pk}"

    def settle(self, *, by: Person, at: datetime) -> bool:
        """Compare-and-swap: a batch is settled once."""
        found = Handover.objects.filter(pk=self.pk, settled_at=None)
        if not found.update(settled_by=by, settled_at=at):
            return False
        self.settled_by, self.settled_at = by, at
        return True

    @property
    def is_open(self) -> bool:
        return self.settled_at is None

    def is_late(self, at: datetime) -> bool:
        return self.is_open and self.due_at is not None and self.due_at < at


class HandoverLine(Labelled):
    """One item of a batch; an item stands in at most one open line."""

    class State(models.TextChoices):
        OFFERED = "offered", "待签收"
        ACCEPTED = "accepted", "已签收"
        DECLINED = "declined", "拒收"
        WITHDRAWN = "withdrawn", "已撤回"

    handover = models.ForeignKey(
        Handover, models.PROTECT, related_name="lines", verbose_name="交接单"
    )
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="载体")
    state = models.CharField("状态", max_length=9, choices=State, default=State.OFFERED)
    decline_reason = models.CharField("拒收理由", max_length=200, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "交接明细"
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(state="offered"), name="custody_one_open_line_an_item"
            ),
            models.UniqueConstraint(fields=["handover", "item"], name="custody_one_line_an_item"),
            models.CheckConstraint(
                name="custody_declined_with_reason",
                condition=(Q(state="declined") & ~Q(decline_reason=""))
                | (~Q(state="declined") & Q(decline_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["handover", "state"], name="custody_line_handover"),
            models.Index(fields=["label", "state"], name="custody_line_label"),
        ]

    def __str__(self) -> str:
        return f"{self.handover_id}:{self.item_id}"


class Movement(Labelled):
    """One line of the journal: an item went from a holder to a holder; never changed afterwards."""

    class Kind(models.TextChoices):
        ENTER = "enter", "入账"
        PASS = "pass", "转手"
        LEAVE = "leave", "出账"
        BACK = "back", "收回入账"

    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="载体")
    kind = models.CharField("类别", max_length=5, choices=Kind)
    giver = models.ForeignKey(
        Holder, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="交出方"
    )
    receiver = models.ForeignKey(Holder, models.PROTECT, related_name="+", verbose_name="接收方")
    at = models.DateTimeField("时间")
    reason = models.CharField("事项", max_length=80)
    case_ref = models.CharField("所依据的办件", max_length=80, blank=True)
    handover = models.ForeignKey(
        Handover, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="交接单"
    )

    class Meta(Labelled.Meta):
        verbose_name = "流转记录"
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(kind="enter"), name="custody_an_item_enters_once"
            ),
            models.CheckConstraint(
                name="custody_a_giver_after_the_first",
                condition=Q(kind="enter") | Q(giver__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["item", "-at", "-id"], name="custody_move_item"),
            models.Index(fields=["label", "at"], name="custody_move_label"),
            models.Index(fields=["receiver", "at"], name="custody_move_receiver"),
            models.Index(fields=["giver", "at"], name="custody_move_giver"),
            models.Index(fields=["-at", "-id"], name="custody_move_at"),
            models.Index(fields=["kind", "-id"], name="custody_move_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}:{self.giver_id}→{self.receiver_id}"


class Stocktake(Recorded):
    """A count (清点) of a place, of a person's things, or of all places; the expected list is frozen."""

    class Scope(models.TextChoices):
        PLACE = "place", "场所"
        PERSON = "person", "个人"
        REGISTRY = "registry", "全部场所"

    class State(models.TextChoices):
        OPEN = "open", "清点中"
        COUNTED = "counted", "待监点人签认"
        CLOSED = "closed", "已办结"

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    scope = models.CharField("范围", max_length=8, choices=Scope)
    holder = models.ForeignKey(
        Holder, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="清点对象"
    )
    state = models.CharField("状态", max_length=7, choices=State, default=State.OPEN)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="开始人")
    opened_at = models.DateTimeField("开始时间")
    closed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="清点人"
    )
    closed_at = models.DateTimeField("清点完毕时间", null=True, blank=True)
    witness = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="监点人"
    )
    witnessed_at = models.DateTimeField("监点人签认时间", null=True, blank=True)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上次清点"
    )

    class Meta:
        verbose_name = "清点"
        constraints = [
            models.CheckConstraint(
                name="custody_stocktake_scope",
                condition=Q(scope="registry", holder=None)
                | (~Q(scope="registry") & Q(holder__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["holder"],
                condition=~Q(state="closed"),
                name="custody_one_open_stocktake_a_holder",
            ),
            models.UniqueConstraint(
                fields=["body"],
                condition=Q(scope="registry") & ~Q(state="closed"),
                name="custody_one_open_stocktake_of_all",
            ),
            models.CheckConstraint(
                name="custody_stocktake_two_persons",
                condition=Q(state="open", closed_by=None, witness=None, witnessed_at=None)
                | (
                    Q(closed_by__isnull=False, witness__isnull=False, closed_at__isnull=False)
                    & ~Q(closed_by=F("witness"))
                    & (
                        Q(state="counted", witnessed_at=None)
                        | Q(state="closed", witnessed_at__isnull=False)
                    )
                ),
            ),
        ]
        indexes = [models.Index(fields=["body", "-id"], name="custody_stocktake_body")]

    def __str__(self) -> str:
        return f"清点 {self.pk}"

    def move(self, before: str, after: str, **changes: Any) -> bool:
        """Compare-and-swap on the state."""
        found = Stocktake.objects.filter(pk=self.pk, state=before)
        if not found.update(state=after, **changes):
            return False
        for name, value in {"state": after, **changes}.items():
            setattr(self, name, value)
        return True


class StocktakeLine(Labelled):
    """One item of a count: expected when it was opened, or met during it; the finding at its end."""

    class Finding(models.TextChoices):
        PENDING = "pending", "未点到"
        FOUND = "found", "相符"
        MOVED = "moved", "清点期间已办理"
        MISSING = "missing", "缺失"
        MISPLACED = "misplaced", "错位"

    stocktake = models.ForeignKey(
        Stocktake, models.PROTECT, related_name="lines", verbose_name="清点"
    )
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="载体")
    expected = models.ForeignKey(
        Holder, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="账上保管者"
    )
    finding = models.CharField("结论", max_length=9, choices=Finding, default=Finding.PENDING)
    seen_in = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="实见于"
    )
    scans = models.PositiveIntegerField("扫描次数", default=0)
    over_limit = models.PositiveSmallIntegerField("超密级存放", default=0)

    class Meta(Labelled.Meta):
        verbose_name = "清点明细"
        constraints = [
            models.UniqueConstraint(
                fields=["stocktake", "item"], name="custody_one_line_a_counted_item"
            )
        ]
        indexes = [
            models.Index(fields=["stocktake", "finding"], name="custody_counted_finding"),
            models.Index(fields=["item", "stocktake"], name="custody_counted_item"),
        ]

    def __str__(self) -> str:
        return f"{self.stocktake_id}:{self.item_id}"


class Scan(Recorded):
    """One code read during a count, kept as typed, known or not."""

    stocktake = models.ForeignKey(
        Stocktake, models.PROTECT, related_name="scans", verbose_name="清点"
    )
    typed = models.CharField("原始录入", max_length=120)
    code = models.CharField("编码", max_length=120)
    known = models.PositiveSmallIntegerField("在账", default=1)
    repeated = models.PositiveSmallIntegerField("重复", default=0)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所在"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="扫描人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "扫描记录"
        indexes = [models.Index(fields=["stocktake", "code"], name="custody_scan_code")]

    def __str__(self) -> str:
        return self.code


class MissingItem(Labelled):
    """An item whose whereabouts nobody knows; its clock runs until it is found or treated as a leak."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="载体")
    last_holder = models.ForeignKey(
        Holder, models.PROTECT, related_name="+", verbose_name="最后保管者"
    )
    stocktake = models.ForeignKey(
        Stocktake, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="清点"
    )
    circumstances = models.CharField("发现经过", max_length=300)
    declared_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    declared_at = models.DateTimeField("登记时间")
    deadline_days = models.PositiveSmallIntegerField("查找期限（天）")
    deadline = models.DateField("查找截止")
    found_at = models.DateTimeField("找到时间", null=True, blank=True)
    found_how = models.CharField("找到经过", max_length=300, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "下落不明载体"
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(found_at=None), name="custody_missing_once"
            )
        ]
        indexes = [models.Index(fields=["label", "deadline"], name="custody_missing_label")]

    def __str__(self) -> str:
        return f"{self.item_id}:{self.deadline}"
