"""知悉门: labels, need-to-know, clearances, and the read guard of every labelled table."""

from datetime import date, datetime
from typing import Any, ClassVar, Self, cast

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.sql import Query

from shoumi.kernel import levels
from shoumi.kernel.levels import Level, PersonnelClass
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.trail.models import Recorded

LEVELS = [(x.value, x.label) for x in Level]
MAY_KNOW = Control("access.may_know", kind="refuse", label="知悉判定")
UNSCOPED = Control("access.unscoped", kind="refuse", label="不经知悉判定不得读取")


class UnscopedRead(RuntimeError):
    """A labelled table was read without asking who reads: a fault of the program."""


class Label(Recorded):
    """The level of a thing and of all that speaks of it (copies, loans, duties, approvals)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    level = models.PositiveSmallIntegerField("密级", choices=LEVELS)

    class Meta:
        verbose_name = "密级标签"
        indexes = [models.Index(fields=["level", "-id"], name="access_label_level")]

    def __str__(self) -> str:
        return Level(self.level).label


class NeedToKnow(Recorded):
    """知悉范围: one row lets one principal (person, post, department, body) know one label.

    `level` repeats the label's, so that one index finds what a person may know without a join; both are
    written by the same services and compared by `shoumi verify`.
    """

    label = models.ForeignKey(
        Label, models.PROTECT, related_name="need_to_know", verbose_name="密级标签"
    )
    principal = models.CharField("知悉者", max_length=60)
    level = models.PositiveSmallIntegerField("密级", choices=LEVELS)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    basis = models.CharField("依据", max_length=120, blank=True)

    class Meta:
        verbose_name = "知悉范围"
        indexes = [
            # Both hold all that the gate asks, so that it is answered from the index alone.
            models.Index(
                fields=["principal", "-label", "level", "since", "until"],
                name="access_know_principal",
            ),
            models.Index(
                fields=["label", "principal", "level", "since", "until"], name="access_know_label"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["label", "principal"],
                condition=Q(until=None),
                name="access_one_open_row_a_principal",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label_id}:{self.principal}"


class SearchWords(models.Model):
    """检索词: the pieces (`access.finding`) of all that is found by its words under one label.

    Derived, and hence not sealed: it is written within the act and can be made anew.
    """

    label = models.OneToOneField(
        Label, models.CASCADE, primary_key=True, related_name="+", verbose_name="密级标签"
    )
    words = models.TextField("检索词")

    class Meta:
        verbose_name = "检索词"

    def __str__(self) -> str:
        return f"{self.pk}"


class ClearanceRecord(Recorded):
    """涉密等级 of a person as decided: valid only while review, training and pledge are."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="clearances", verbose_name="人员"
    )
    personnel_class = models.CharField(
        "涉密人员类别", max_length=10, choices=[(c.value, c.label) for c in PersonnelClass]
    )
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    review_due = models.DateField("复审期限")
    trained_until = models.DateField("培训有效期")
    pledged_until = models.DateField("承诺书有效期", null=True, blank=True)
    exit_until = models.DateField("脱密期止", null=True, blank=True)

    class Meta:
        verbose_name = "涉密等级"
        indexes = [models.Index(fields=["person", "-since"], name="access_clearance_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until=None), name="access_one_open_clearance"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.personnel_class}"

    def is_valid(self, on: date) -> bool:
        return (
            self.since <= on
            and (self.until is None or self.until >= on)
            and self.review_due >= on
            and self.trained_until >= on
            and self.pledged_until is not None
            and self.pledged_until >= on
        )

    def is_exit_period(self, on: date) -> bool:
        return self.until is not None and self.until < on and (self.exit_until or date.min) >= on


class ScopedQuery(Query):
    """A query that compiles only after somebody said for whom: lists, counts, subqueries alike."""

    scoped = False

    def clone(self) -> Self:
        copy: Any = super().clone()
        copy.scoped = self.scoped
        return cast(Self, copy)

    def chain(self, klass: type[Query] | None = None) -> Any:
        copy = super().chain(klass)
        if isinstance(copy, ScopedQuery):
            copy.scoped = self.scoped
        return copy

    def get_compiler(self, *args: Any, **options: Any) -> Any:
        if not self.scoped:
            name = self.model._meta.label if self.model else "?"
            raise UnscopedRead(f"{name}.objects 只能经 visible_to(人) 读取")
        return super().get_compiler(*args, **options)


class LabelledQuerySet(models.QuerySet[Any]):
    """Rows of a labelled table; unusable until `visible_to` has been called."""

    def __init__(
        self,
        model: type[models.Model] | None = None,
        query: Query | None = None,
        using: str | None = None,
        hints: dict[str, models.Model] | None = None,
    ) -> None:
        super().__init__(model, ScopedQuery(model) if query is None else query, using, hints)

    def raw(self, *_: Any, **__: Any) -> Any:
        raise UnscopedRead("原样查询不经知悉判定，不得使用")

    def visible_to(self, person: Person, *, at: datetime) -> Self:
        """Only what this person may know at this time."""
        from shoumi.platform.access.subjects import day_of, subject_of

        rows = knowable(subject_of(person, at), on=day_of(at))
        # EXISTS, not IN: one row is then judged by one index look-up, however much else I may know.
        found = self.filter(Exists(rows.filter(label=OuterRef("label"))))
        found.query.scoped = True  # type: ignore[attr-defined]
        return found


def knowable(subject: levels.Subject, *, on: date) -> models.QuerySet[NeedToKnow, Any]:
    """Ids of the labels a subject may know, as a subquery: the SQL twin of `kernel.levels.may_know`."""
    top = Level.PUBLIC if subject.in_exit_period else subject.clearance
    rows = NeedToKnow.objects.filter(
        Q(until=None) | Q(until__gte=on),
        principal__in=sorted(subject.principals),
        # Not a list of levels: each of them would be looked up for each principal.
        level__lte=top,
        since__lte=on,
    )
    return rows.values("label")


class Labelled(Recorded):
    """Base of whatever bears a level: `objects` reads for a person, `unscoped` is for the floors below.

    `unscoped` may be named only in models, the platform and named services (an architecture test).
    `found_by` names the fields whose words are indexed for finding (`access.finding`), or paths to such
    fields of rows under the same label.
    """

    found_by: ClassVar[tuple[str, ...]] = ()

    label = models.ForeignKey(
        Label, models.PROTECT, related_name="+", editable=False, verbose_name="密级"
    )

    objects = models.Manager.from_queryset(LabelledQuerySet)()
    unscoped = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "unscoped"
        default_manager_name = "objects"

    @property
    def level(self) -> Level:
        return Level(self.label.level)

    @property
    def label_key(self) -> int | None:
        """Key of the label, or nothing on a row not yet made."""
        return cast("int | None", getattr(self, "label_id", None))
