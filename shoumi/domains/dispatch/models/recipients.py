"""分发: whom a letter goes to, with which copies, and how the receipt came back."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q

from shoumi.domains.dispatch.models.deliveries import Delivery
from shoumi.domains.dispatch.models.letters import Letter
from shoumi.domains.dispatch.models.moving import Moving
from shoumi.domains.documents.models import Copy
from shoumi.kernel.numbering import print_copy_numbers
from shoumi.platform.custody.models import Handover, Item
from shoumi.platform.directory.models import Body, Department, Person


class Recipient(Moving):
    """One line of the distribution list (分发名单): a unit, a department of ours, or by exception a person.

    Its copies are `first_copy` to `last_copy`; they stand in custody as the copies of the letter's document.
    """

    class Role(models.TextChoices):
        MAIN = "main", "主送"
        COPIED = "copied", "抄送"

    class State(models.TextChoices):
        LISTED = "listed", "待封装"
        SEALED = "sealed", "待交寄"
        SENT = "sent", "待回执"
        RECEIVED = "received", "已签收"
        RECALLED = "recalled", "已收回"
        VOID = "void", "已作废"

    TONES = {
        State.LISTED: "open",
        State.SEALED: "open",
        State.SENT: "soon",
        State.RECEIVED: "done",
        State.RECALLED: "closed",
        State.VOID: "closed",
    }

    letter = models.ForeignKey(
        Letter, models.PROTECT, related_name="recipients", verbose_name="发文"
    )
    role = models.CharField("类别", max_length=6, choices=Role)
    unit = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="外单位"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="内设部门"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="个人"
    )
    name = models.CharField("分发对象", max_length=80)
    reason = models.CharField("发个人的理由", max_length=120, blank=True)
    copies = models.PositiveSmallIntegerField("份数")
    first_copy = models.PositiveIntegerField("起始份号", null=True, blank=True)
    last_copy = models.PositiveIntegerField("截止份号", null=True, blank=True)
    envelope = models.CharField("封皮编号", max_length=40, blank=True)
    check_value = models.CharField("校验值", max_length=8, blank=True)
    sealed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="封装人"
    )
    sealed_at = models.DateTimeField("封装时间", null=True, blank=True)
    delivery = models.ForeignKey(
        Delivery,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recipients",
        verbose_name="送件单",
    )
    signer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="内部签收人"
    )
    handover = models.ForeignKey(
        Handover, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="交接单"
    )
    sent_at = models.DateTimeField("交出时间", null=True, blank=True)
    receipt = models.CharField("回执编号", max_length=60, blank=True)
    received_by = models.CharField("签收人", max_length=40, blank=True)
    received_at = models.DateTimeField("签收时间", null=True, blank=True)
    receipt_at = models.DateTimeField("回执登记时间", null=True, blank=True)
    recalled_at = models.DateTimeField("收回时间", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.LISTED)

    class Meta(Moving.Meta):
        verbose_name = "分发"
        constraints = [
            models.CheckConstraint(
                name="dispatch_a_recipient_is_one",
                condition=Q(unit__isnull=False, department=None, person=None)
                | Q(unit=None, department__isnull=False, person=None)
                | (Q(unit=None, department=None, person__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="dispatch_copies_are_a_range",
                condition=Q(first_copy=None, last_copy=None)
                | Q(last_copy=F("first_copy") + F("copies") - 1),
            ),
            models.CheckConstraint(
                name="dispatch_sealed_before_sent",
                condition=Q(state__in=["listed", "void"]) | ~Q(envelope=""),
            ),
            models.CheckConstraint(
                name="dispatch_received_is_signed",
                condition=~Q(state="received")
                | (Q(received_at__isnull=False) & ~Q(received_by="")),
            ),
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="dispatch_recipient_label"),
            models.Index(fields=["letter", "id"], name="dispatch_recipient_letter"),
            models.Index(fields=["state", "-id"], name="dispatch_recipient_state"),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.name}"

    @property
    def copy_numbers(self) -> str:
        """000001-000003; nothing before the letter has its number."""
        if self.first_copy is None or self.last_copy is None:
            return ""
        return print_copy_numbers(range(self.first_copy, self.last_copy + 1))

    @property
    def is_outside(self) -> bool:
        return self.unit_id is not None

    @classmethod
    def all_of(cls, letter: Letter) -> list["Recipient"]:
        """The whole list in its order as it now stands, for the acts on the letter."""
        rows: models.QuerySet[Recipient] = cls.unscoped.select_related(
            "unit", "department", "person", "label__body"
        )
        return list(rows.filter(letter=letter).exclude(state=cls.State.VOID).order_by("id"))

    def items(self) -> list[Item]:
        """The things that stand for its copies, as they are now."""
        return items_of(self.letter, range(self.first_copy or 0, (self.last_copy or -1) + 1))


def items_of(letter: Letter, numbers: Iterable[int]) -> list[Item]:
    """Copies of a letter by their numbers, for the acts that move them."""
    wanted = [f"{number:06d}" for number in numbers]
    rows = Copy.unscoped.filter(document=letter.document_id, copy_number__in=wanted)
    keys = list(rows.order_by("copy_number").values_list("item", flat=True))
    near = ("label__body", "holder__person", "holder__place", "holder__outside", "home")
    found = Item.unscoped.select_related(*near).in_bulk(keys)
    return [found[key] for key in keys]
