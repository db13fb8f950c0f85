"""What came in: one batch a file, one row a row of the file, and what was made of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from shoumi.domains.intake.rules.words import FindingKind, words_of
from shoumi.platform.access.models import Labelled
from shoumi.platform.custody.models import Item, Movement
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.obligations.crosschecks import take_back
from shoumi.platform.trail.models import Recorded

_AT_ONCE = 500


class Batch(Labelled):
    """A ledger that was checked, and perhaps taken in; it bears the highest level that the ledger holds.

    `raised` keeps how far series of numbers were moved on: series, year, before, after.
    """

    class Kind(models.TextChoices):
        DOCUMENTS = "documents", "收文登记簿"
        LOANS = "loans", "借阅登记簿"
        PEOPLE = "people", "人员台账"
        COMPUTERS = "computers", "计算机台账"
        MEDIA = "media", "移动存储介质台账"

    class State(models.TextChoices):
        CHECKED = "checked", "已核对"
        TAKEN = "taken", "已入账"
        UNDONE = "undone", "已撤销"

    TONES = {State.CHECKED: "open", State.TAKEN: "done", State.UNDONE: "closed"}

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    kind = models.CharField("台账", max_length=10, choices=Kind)
    file_name = models.CharField("文件名", max_length=120)
    digest = models.CharField("文件摘要", max_length=64)
    as_of = models.DateField("台账截止日")
    findings = models.JSONField("问题", default=list)
    totals = models.JSONField("合计", default=dict)
    skipped = models.JSONField("未核对的工作表", default=list)
    rejects = models.PositiveIntegerField("须定夺", default=0)
    alerts = models.PositiveIntegerField("提示", default=0)
    state = models.CharField("状态", max_length=8, choices=State, default=State.CHECKED)
    checked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="核对人")
    checked_at = models.DateTimeField("核对时间")
    taken_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="入账人"
    )
    taken_at = models.DateTimeField("入账时间", null=True, blank=True)
    taken = models.PositiveIntegerField("入账条数", default=0)
    left_out = models.JSONField("未入账", default=list)
    raised = models.JSONField("接续的编号", default=list)
    undone_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤销人"
    )
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "导入批次"
        indexes = [models.Index(fields=["body", "-id"], name="intake_batch_body")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="checked", taken_by=None) | Q(taken_by__isnull=False),
                name="intake_taken_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}第{self.pk}批"

    def move(self, *, before: str, after: str, **changes: Any) -> bool:
        """Compare-and-swap on the state: a batch is taken in once and undone once."""
        if not Batch.unscoped.filter(pk=self.pk, state=before).update(state=after, **changes):
            return False
        for name, value in {"state": after, **changes}.items():
            setattr(self, name, value)
        return True

    @property
    def tone(self) -> str:
        return self.TONES[Batch.State(self.state)]

    def kinds(self) -> Mapping[str, FindingKind]:
        """The kinds of finding that this kind of ledger knows."""
        return words_of(self.kind).kinds

    def facts(self) -> list[tuple[str, Any]]:
        """What the page says of the batch as a whole."""
        found: list[tuple[str, Any]] = [
            ("文件", self.file_name),
            ("台账截止日", self.as_of),
            ("须定夺的行", self.rejects),
            ("提示", self.alerts),
            ("核对", f"{self.checked_by} {timezone.localtime(self.checked_at):%Y-%m-%d %H:%M}"),
        ]
        if self.skipped:
            found.append(("未核对的工作表", "、".join(self.skipped)))
        for name, who, when in (
            ("入账", self.taken_by, self.taken_at),
            ("撤销", self.undone_by, self.undone_at),
        ):
            if who is not None and when is not None:
                found.append((name, f"{who} {timezone.localtime(when):%Y-%m-%d %H:%M}"))
        if self.taken_by is not None:
            found.append(("入账条数", self.taken))
        return found

    def made(self) -> list[str]:
        """Names of all rows this batch made."""
        lists = Taken.unscoped.filter(batch=self).order_by("id").values_list("made", flat=True)
        return [name for names in lists for name in names]

    def touched(self) -> list[str]:
        """What a later act must not have written: what was made, and what was made to move."""
        moved = [int(name.rpartition(":")[2]) for name in self.made() if "movement:" in name]
        items = Movement.unscoped.filter(pk__in=moved).values_list("item", flat=True)
        return [*self.made(), *(f"custody.item:{key}" for key in items)]

    def unmake(self) -> None:
        """Delete what the batch made and the rows that say so; inside the act that undoes it.

        Raises:
            ProtectedError: something else has come to rest on one of them.
        """
        keys: dict[str, list[int]] = {}
        for name in self.made():
            label, _, key = name.rpartition(":")
            keys.setdefault(label, []).append(int(key))
        Taken.unscoped.filter(batch=self).delete()
        take_back(keys.get("access.label", []))
        for label in (
            "obligations.duty",
            "equipment.device",
            "handling.loan",
            "custody.missingitem",
            "documents.copy",
            "documents.document",
        ):
            _delete(label, keys.get(label, []))
        for movement in Movement.unscoped.in_bulk(keys.get("custody.movement", [])).values():
            # A thing that was there before goes back to where the batch took it from.
            giver = movement.giver
            if giver is not None:
                back = Item.unscoped.filter(pk=movement.item_id, holder=movement.receiver_id)
                back.update(holder=giver, holder_kind=giver.kind)
            movement.delete()
        _delete("custody.movement", keys.get("custody.item", []), by="item")
        _delete("custody.item", keys.get("custody.item", []))
        _delete("access.needtoknow", keys.get("access.label", []), by="label")
        _delete("access.label", keys.get("access.label", []))
        _delete("directory.person", keys.get("directory.person", []))


def _delete(label: str, keys: list[int], *, by: str = "pk") -> None:
    model: Any = apps.get_model(label)
    for start in range(0, len(keys), _AT_ONCE):
        model._base_manager.filter(**{f"{by}__in": keys[start : start + _AT_ONCE]}).delete()


class Taken(Labelled):
    """One row of the file as it came in: every value that stood there, and the rows made of it."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="rows", verbose_name="批次")
    sheet = models.CharField("工作表", max_length=60)
    number = models.PositiveIntegerField("行")
    values = models.JSONField("原值", default=dict)
    made = models.JSONField("生成的记录", default=list)

    class Meta(Labelled.Meta):
        verbose_name = "导入行"
        indexes = [models.Index(fields=["batch", "id"], name="intake_taken_batch")]

    def __str__(self) -> str:
        return f"{self.sheet}:{self.number}"

    @classmethod
    def people_of(cls, body: Body) -> "models.QuerySet[Taken, Any]":
        """What the body's people ledger said: for the checks of this room, which show none of it."""
        where = {"batch__body": body, "batch__kind": Batch.Kind.PEOPLE}
        rows = cls.unscoped.filter(batch__state=Batch.State.TAKEN, **where)
        return rows.order_by("id").values_list("values", flat=True)


def tables_of(names: Iterable[str]) -> set[str]:
    """Names of rows as seals have them: by table, not by model."""
    tables = {
        model._meta.label_lower: model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, Recorded)
    }
    found = (name.rpartition(":") for name in names)
    return {f"{tables[label]}:{key}" for label, _, key in found}
