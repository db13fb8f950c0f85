"""定密: one row for each thing that was classified; it bears the label of the thing."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from shoumi.domains.classification.models.matters import Matter, choices_of
from shoumi.domains.classification.models.moving import Numbered, level_field
from shoumi.domains.classification.rules import Harm, Likeness, Standing
from shoumi.domains.documents.models import Document
from shoumi.kernel.levels import Level
from shoumi.kernel.marks import Period, PeriodKind
from shoumi.platform.access.models import Label, Labelled
from shoumi.platform.approvals.models import Case
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Body, Department, Person


class Determination(Numbered):
    """What was decided about one thing: level, period, scope and the ground they rest on.

    The level stands in the label, which the thing itself, its copies and duties share. `document` is the
    paper in the register, where there is one. `struck` are the marks that no longer hold, oldest first.
    """

    class Manner(models.TextChoices):
        ORIGINAL = "original", "原始定密"
        DERIVED = "derived", "派生定密"
        OUTSIDE = "outside", "来文所定"
        WORK = "work", "工作秘密"

    class State(models.TextChoices):
        PROPOSED = "proposed", "审核中"
        PASSED = "passed", "待定密"
        REFERRED = "referred", "报请确定"
        IN_FORCE = "in_force", "已定密"
        RELEASED = "released", "已解密"
        TURNED = "turned", "不予定密"
        VOID = "void", "已更替"

    TONES = {
        State.PROPOSED: "open",
        State.PASSED: "soon",
        State.REFERRED: "soon",
        State.IN_FORCE: "done",
        State.RELEASED: "closed",
        State.TURNED: "closed",
        State.VOID: "closed",
    }
    # Protected at the level proposed, and not yet decided.
    WAITING = (State.PROPOSED, State.PASSED, State.REFERRED)

    manner = models.CharField("定密方式", max_length=10, choices=Manner)
    name = models.CharField("事项名称", max_length=120, blank=True)
    carrier = models.CharField("载体形式", max_length=20, blank=True)
    matter = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="一览表事项"
    )
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文件"
    )
    likeness = models.CharField("派生情形", max_length=10, choices=choices_of(Likeness), blank=True)
    harm = models.CharField("损害程度", max_length=10, choices=choices_of(Harm), blank=True)
    basis = models.CharField("定密依据", max_length=200, blank=True)
    risk = models.CharField("风险评估结论", max_length=200, blank=True)
    points = models.CharField("密点", max_length=200, blank=True)
    scope = models.CharField("知悉范围", max_length=300, blank=True)
    wide_reason = models.CharField("范围较大的理由", max_length=200, blank=True)
    mark_text = models.CharField("密级标志", max_length=80, blank=True)
    period_kind = models.CharField("期限形式", max_length=10)
    condition = models.CharField("解密条件", max_length=60, blank=True)
    counted_from = models.DateField("期限起算日")
    expires_on = models.DateField("保密期限届满日", null=True, blank=True)
    struck = models.JSONField("作废的标志", default=list, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办部门"
    )
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="承办人")
    proposed_at = models.DateTimeField("拟定时间")
    proposed_mark = models.CharField("拟定标志", max_length=80, blank=True)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核"
    )
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="定密责任人"
    )
    decided_at = models.DateTimeField("定密时间", null=True, blank=True)
    opinion = models.CharField("定密意见", max_length=200, blank=True)
    reviewed_year = models.PositiveSmallIntegerField("最近审核年度", null=True, blank=True)
    copies = models.PositiveIntegerField("已登记份数", default=0)
    state = models.CharField("状态", max_length=10, choices=State)

    class Meta(Numbered.Meta):
        verbose_name = "定密"
        constraints = [
            models.UniqueConstraint(
                fields=["label"],
                condition=Q(state__in=["proposed", "passed", "referred", "in_force"]),
                name="classification_one_determination_a_thing",
            ),
            models.CheckConstraint(
                condition=~Q(state="in_force")
                | Q(manner="outside")
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="classification_nothing_holds_undecided",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | ~Q(manner__in=["original", "derived"])
                | ~Q(decided_by=F("proposed_by")),
                name="classification_nobody_decides_alone",
            ),
            models.CheckConstraint(
                condition=~Q(manner="derived") | ~Q(likeness=""),
                name="classification_derived_in_a_case",
            ),
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="classification_det_label"),
            models.Index(fields=["body", "state", "expires_on"], name="classification_det_expires"),
        ]

    @property
    def called(self) -> str:
        """What lists show for a name: a shell has none."""
        if self.name or self.document is None:
            return self.name or "（名称不登记，见原件）"
        return str(self.document.called)

    @property
    def is_own(self) -> bool:
        """Whether this body may change it: what came from outside only its issuer changes."""
        return self.manner != self.Manner.OUTSIDE

    @property
    def standing(self) -> Standing:
        """What a derived matter takes over from it."""
        kind = PeriodKind(self.period_kind)
        period = Period(kind, day=self.expires_on, condition=self.condition)
        return Standing(self.level, period, self.expires_on)

    @classmethod
    def over(cls, label: Label | int) -> "Determination | None":
        """What holds, or is under way, for the thing under a label."""
        states = (*cls.WAITING, cls.State.IN_FORCE)
        rows = cls.unscoped.filter(label=label, state__in=states).select_related("label", "body")
        found: Determination | None = rows.first()
        return found

    @classmethod
    def alive(cls, body: Body) -> "models.QuerySet[Determination]":
        """Every state secret of the body's own that is in force."""
        rows: models.QuerySet[Determination] = cls.unscoped.filter(
            body=body, state=cls.State.IN_FORCE, label__level__gte=Level.CONFIDENTIAL
        )
        return rows.exclude(manner=cls.Manner.OUTSIDE)

    @classmethod
    def counted(cls, body: Body, *, since: date, until: date) -> dict[tuple[str, int], int]:
        """How many were decided in a stretch of days, by manner and level: counts, no contents."""
        rows = cls.unscoped.filter(
            body=body, decided_at__date__gte=since, decided_at__date__lte=until
        ).exclude(state=cls.State.VOID)
        counted = rows.order_by().values_list("manner", "label__level")
        return {(m, x): n for m, x, n in counted.annotate(n=models.Count("pk"))}

    def parents(self) -> "list[Determination]":
        """What it was derived from, as that now stands."""
        keys = Source.unscoped.filter(derived=self).values_list("parent", flat=True)
        return list(Determination.unscoped.filter(pk__in=list(keys)).select_related("label"))

    def children(self) -> "Iterator[Determination]":
        """What was derived from it and holds, each as it stands when its turn comes.

        An earlier one may have changed a later one on the way, where both have another source in common.
        """
        keys = list(Source.unscoped.filter(parent=self).values_list("derived", flat=True))
        for key in sorted(keys):
            held = Determination.unscoped.filter(pk=key, state=self.State.IN_FORCE)
            child: Determination | None = held.select_related("label__body", "body").first()
            if child is not None:
                yield child

    def mend(self, **changes: Any) -> None:
        """Write some fields of a row that this act has read; inside somebody's act."""
        Determination.unscoped.filter(pk=self.pk).update(**changes)
        for name, value in changes.items():
            setattr(self, name, value)


class Source(Labelled):
    """One source of a derived matter; it bears the label of what was derived."""

    derived = models.ForeignKey(
        Determination, models.PROTECT, related_name="sources", verbose_name="派生事项"
    )
    parent = models.ForeignKey(Determination, models.PROTECT, related_name="+", verbose_name="来源")
    mark_text = models.CharField("派生时来源的标志", max_length=80)

    class Meta(Labelled.Meta):
        verbose_name = "派生来源"
        constraints = [
            models.UniqueConstraint(
                fields=["derived", "parent"], name="classification_one_source_once"
            ),
            models.CheckConstraint(
                condition=~Q(derived=F("parent")), name="classification_no_own_source"
            ),
        ]
        indexes = [models.Index(fields=["label", "-id"], name="classification_source_label")]

    def __str__(self) -> str:
        return f"{self.derived_id}:{self.parent_id}"


class Medium(Labelled):
    """A medium or computer on which a matter is stored: it is of the highest level of what it holds."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="存储设备、介质")
    determination = models.ForeignKey(
        Determination, models.PROTECT, related_name="media", verbose_name="定密事项"
    )
    grade_before = level_field("原密级")
    stored_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    stored_at = models.DateTimeField("登记时间")

    class Meta(Labelled.Meta):
        verbose_name = "存储登记"
        constraints = [
            models.UniqueConstraint(
                fields=["item", "determination"], name="classification_stored_once"
            )
        ]
        indexes = [models.Index(fields=["label", "-id"], name="classification_medium_label")]

    def __str__(self) -> str:
        return f"{self.item_id}:{self.determination_id}"

    @classmethod
    def of(cls, determination: Determination) -> "list[Medium]":
        """On what a matter is stored."""
        rows = cls.unscoped.filter(determination=determination)
        return list(rows.select_related("item__label", "determination__label"))

    @classmethod
    def grade_of(cls, item: Item) -> Level:
        """The highest level of all that is stored on it, and at least the level it had before."""
        rows = cls.unscoped.filter(item=item)
        levels = rows.values_list("determination__label__level", "grade_before")
        return Level(max(max(pair) for pair in levels))


def joined(names: Iterable[Any], *, most: int = 300) -> str:
    """Names in a row, as far as the column holds."""
    return "、".join(str(name) for name in names)[:most]
