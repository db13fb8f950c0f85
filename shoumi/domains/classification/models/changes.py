"""变更、解密、延长、纠正: what was before and after, whom it was told, and each copy's new mark."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from shoumi.domains.classification.models.determinations import Determination
from shoumi.domains.classification.models.matters import choices_of
from shoumi.domains.classification.models.moving import Numbered, level_field
from shoumi.domains.classification.rules import Ground
from shoumi.kernel.marks import RELEASED
from shoumi.platform.access.models import Label, Labelled
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Body, Person


class Change(Numbered):
    """One change of a determination; a follower names the change that it follows as its `cause`."""

    class Kind(models.TextChoices):
        CHANGE = "change", "密级变更"
        RELEASE = "release", "解密"
        EXTEND = "extend", "延长期限"
        CORRECT = "correct", "定密纠正"
        EXPIRE = "expire", "期满解密"
        FOLLOW = "follow", "随来源变动"
        NOTICE = "notice", "来文单位通知"
        DISPUTE = "dispute", "争议期间从高"

    class State(models.TextChoices):
        OPEN = "open", "换标中"
        CLOSED = "closed", "已换标"

    TONES = {State.OPEN: "soon", State.CLOSED: "done"}

    determination = models.ForeignKey(
        Determination, models.PROTECT, related_name="changes", verbose_name="定密事项"
    )
    kind = models.CharField("类别", max_length=10, choices=Kind)
    ground = models.CharField("情形", max_length=14, choices=choices_of(Ground), blank=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    notice_number = models.CharField("通知或者公布文号", max_length=60, blank=True)
    level_before = level_field("原密级")
    mark_before = models.CharField("原标志", max_length=80, blank=True)
    expires_before = models.DateField("原届满日", null=True, blank=True)
    level_after = level_field("现密级")
    mark_after = models.CharField("现标志", max_length=80, blank=True)
    expires_after = models.DateField("现届满日", null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="决定人")
    decided_at = models.DateTimeField("决定时间")
    cause = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所随变动"
    )
    state = models.CharField("状态", max_length=8, choices=State, default=State.OPEN)

    class Meta(Numbered.Meta):
        verbose_name = "密级变动"
        indexes = [models.Index(fields=["label", "-id"], name="classification_change_label")]

    @property
    def shown_after(self) -> str:
        """The mark as it now is, in words."""
        return self.mark_after or RELEASED

    @property
    def struck(self) -> list[str]:
        """What is struck by it."""
        return [self.mark_before] if self.mark_before else []

    @classmethod
    def counted(cls, body: Body, *, since: date, until: date) -> dict[str, int]:
        """How many of each kind in a stretch of days: counts, no contents."""
        rows = cls.unscoped.filter(
            body=body, decided_at__date__gte=since, decided_at__date__lte=until
        )
        return dict(rows.order_by().values_list("kind").annotate(models.Count("pk")))


class Remarking(Labelled):
    """换标: the old mark on one copy is struck by hand, the new one put beside it, and that confirmed."""

    class State(models.TextChoices):
        WAITING = "waiting", "待换标"
        DONE = "done", "已换标"
        VOID = "void", "并入下次变动"

    TONES = {State.WAITING: "soon", State.DONE: "done", State.VOID: "closed"}

    change = models.ForeignKey(
        Change, models.PROTECT, related_name="remarkings", verbose_name="密级变动"
    )
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="载体")
    mark_before = models.CharField("载体上的标志", max_length=80, blank=True)
    mark_after = models.CharField("应换成", max_length=80, blank=True)
    where = models.CharField("变动时何处", max_length=80)
    note = models.CharField("注意", max_length=120, blank=True)
    done_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="换标人"
    )
    done_at = models.DateTimeField("换标时间", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.WAITING)

    class Meta(Labelled.Meta):
        verbose_name = "换标"
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(state="waiting"),
                name="classification_one_remarking_a_copy",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_by__isnull=False, done_at__isnull=False),
                name="classification_remarked_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["label", "-id"], name="classification_remark_label")]

    def __str__(self) -> str:
        return f"{self.change_id}:{self.item_id}"

    @property
    def shown_after(self) -> str:
        return self.mark_after or RELEASED

    @property
    def struck(self) -> list[str]:
        """What is struck on this copy."""
        return [self.mark_before] if self.mark_before else []

    @classmethod
    def waiting(cls, change: Change) -> "models.QuerySet[Remarking]":
        rows = cls.unscoped.filter(change=change, state=cls.State.WAITING)
        return rows.select_related("item").order_by("item__name", "id")

    @classmethod
    def take_over(cls, label: Label) -> dict[int, str]:
        """What an earlier change left undone goes into the next: item → the mark it still bears."""
        left = cls.unscoped.filter(label=label, state=cls.State.WAITING)
        borne: dict[int, str] = dict(left.values_list("item", "mark_before"))
        changes = list(left.values_list("change", flat=True).distinct())
        left.update(state=cls.State.VOID)
        Change.unscoped.filter(pk__in=changes, state=Change.State.OPEN).update(
            state=Change.State.CLOSED
        )
        return borne

    @classmethod
    def copies_under(cls, label: Label) -> list[Item]:
        """Every carrier under a label that is in the account, or with another body."""
        rows = Item.unscoped.filter(label=label).exclude(holder_kind="sink")
        return list(
            rows.select_related("holder__person", "holder__place", "holder__outside").order_by(
                "name"
            )
        )

    def confirm(self, *, by: Person, at: Any) -> bool:
        """Compare-and-swap: a copy is marked anew once."""
        rows = Remarking.unscoped.filter(pk=self.pk, state=self.State.WAITING)
        return bool(rows.update(state=self.State.DONE, done_by=by, done_at=at))


class Notice(Labelled):
    """书面通知 of a change to one who knows the matter or holds a copy: a person, or another body."""

    class State(models.TextChoices):
        GIVEN = "given", "待签收"
        SIGNED = "signed", "已签收"

    TONES = {State.GIVEN: "soon", State.SIGNED: "done"}

    change = models.ForeignKey(
        Change, models.PROTECT, related_name="notices", verbose_name="密级变动"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被通知人"
    )
    outside = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被通知单位"
    )
    copies = models.PositiveIntegerField("所持份数", default=0)
    given_at = models.DateTimeField("通知时间")
    receipt = models.CharField("回执", max_length=100, blank=True)
    signed_at = models.DateTimeField("签收时间", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.GIVEN)

    class Meta(Labelled.Meta):
        verbose_name = "变动通知"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, outside=None)
                | Q(person=None, outside__isnull=False),
                name="classification_notice_to_whom",
            ),
        ]
        indexes = [models.Index(fields=["label", "-id"], name="classification_notice_label")]

    def __str__(self) -> str:
        return f"{self.person or self.outside}"

    def sign(self, *, at: Any, receipt: str = "") -> bool:
        """Compare-and-swap: signed for once."""
        rows = Notice.unscoped.filter(pk=self.pk, state=self.State.GIVEN)
        return bool(rows.update(state=self.State.SIGNED, signed_at=at, receipt=receipt))
