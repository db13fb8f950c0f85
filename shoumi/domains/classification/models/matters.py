"""国家秘密事项一览表: the matters of a body, and the versions in which its head approved them."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from shoumi.domains.classification.models.moving import Numbered, level_field
from shoumi.domains.classification.rules import Harm, Sort
from shoumi.kernel.levels import Level
from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Body, Department, Person


def choices_of(words: Any) -> list[tuple[str, str]]:
    return [(word.value, word.label) for word in words]


class Catalogue(Numbered):
    """One version of the list as the head approved it; `lines` is what stood in it that day."""

    class State(models.TextChoices):
        APPROVED = "approved", "待备案"
        FILED = "filed", "已备案"

    TONES = {State.APPROVED: "soon", State.FILED: "done"}

    version = models.PositiveIntegerField("版本")
    lines = models.JSONField("事项", default=list)
    approved_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="批准人")
    approved_at = models.DateTimeField("批准时间")
    state = models.CharField("状态", max_length=10, choices=State, default=State.APPROVED)
    bureau = models.CharField("备案的保密行政管理部门", max_length=80, blank=True)
    filing_number = models.CharField("备案编号", max_length=60, blank=True)
    filed_on = models.DateField("备案日期", null=True, blank=True)

    class Meta(Numbered.Meta):
        verbose_name = "一览表版本"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "version"], name="classification_one_catalogue_a_version"
            ),
            models.CheckConstraint(
                condition=~Q(state="filed") | (Q(filed_on__isnull=False) & ~Q(bureau="")),
                name="classification_filed_with_whom",
            ),
        ]
        indexes = [models.Index(fields=["label", "-id"], name="classification_cat_label")]


class Matter(Numbered):
    """One matter of the list (保密事项): sort, level, period and scope, and the words that tell of it."""

    class State(models.TextChoices):
        DRAFT = "draft", "拟列入"
        IN_FORCE = "in_force", "在册"
        LEAVING = "leaving", "拟删减"
        RETIRED = "retired", "已删减"

    TONES = {
        State.DRAFT: "open",
        State.IN_FORCE: "done",
        State.LEAVING: "soon",
        State.RETIRED: "closed",
    }

    name = models.CharField("事项", max_length=120)
    sort = models.CharField("信息类别", max_length=12, choices=choices_of(Sort))
    category = models.CharField("事项类别", max_length=40)
    note = models.CharField("事项说明", max_length=200, blank=True)
    area = models.CharField("业务领域", max_length=40)
    importance = models.CharField("重要性", max_length=10)
    grade = level_field("密级")
    mark_text = models.CharField("密级和保密期限", max_length=80)
    scope = models.CharField("知悉范围", max_length=200)
    harm = models.CharField("损害程度", max_length=10, choices=choices_of(Harm))
    basis = models.CharField("保密事项范围条目", max_length=200)
    words = models.CharField("提示词", max_length=300, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上报部门"
    )
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间")
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    since = models.DateField("列入日期", null=True, blank=True)
    until = models.DateField("删减日期", null=True, blank=True)

    class Meta(Numbered.Meta):
        verbose_name = "保密事项"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "name"],
                condition=~Q(state="retired"),
                name="classification_one_matter_a_name",
            ),
            models.CheckConstraint(
                condition=Q(sort="state", grade__gte=2) | (~Q(sort="state") & Q(grade=1)),
                name="classification_only_state_secrets_have_levels",
            ),
        ]
        indexes = [models.Index(fields=["label", "-id"], name="classification_matter_label")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def level_of_it(self) -> Level:
        return Level(self.grade)

    @property
    def terms(self) -> list[str]:
        """The words that point at this matter, its own name among them."""
        return [self.name, *(word for word in self.words.replace("、", " ").split() if word)]

    @classmethod
    def standing(cls, body: Body) -> "models.QuerySet[Matter]":
        """What is on the list, or is to leave it with the next version."""
        states = (cls.State.IN_FORCE, cls.State.LEAVING)
        return cls.unscoped.filter(body=body, state__in=states).order_by("id")

    @classmethod
    def settle(cls, body: Body, *, on: date) -> int:
        """A new version: what was to be listed is, what was to leave has left; how many there are now."""
        own = cls.unscoped.filter(body=body)
        own.filter(state=cls.State.DRAFT).update(state=cls.State.IN_FORCE, since=on)
        own.filter(state=cls.State.LEAVING).update(state=cls.State.RETIRED, until=on)
        return own.filter(state=cls.State.IN_FORCE).count()

    @classmethod
    def waits(cls, body: Body) -> bool:
        """Whether anything waits for a new version."""
        states = (cls.State.DRAFT, cls.State.LEAVING)
        return cls.unscoped.filter(body=body, state__in=states).exists()


class Power(Numbered):
    """定密权 of the body: its own by law, or given to it in writing (定密授权)."""

    class Origin(models.TextChoices):
        LAW = "law", "法定"
        GIVEN = "given", "授权"

    origin = models.CharField("来源", max_length=8, choices=Origin)
    limit = level_field("最高密级")
    giver = models.CharField("授权机关", max_length=80, blank=True)
    document = models.CharField("依据或者授权文号", max_length=100)
    scope = models.CharField("授权的事项范围", max_length=200, blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间")

    class Meta(Numbered.Meta):
        verbose_name = "定密权限"
        constraints = [
            models.CheckConstraint(
                condition=~Q(origin="given") | ~Q(giver=""), name="classification_given_by_whom"
            ),
        ]
        indexes = [models.Index(fields=["label", "-id"], name="classification_power_label")]

    @classmethod
    def limit_of(cls, body: Body, *, on: date) -> Level:
        """The highest level the body may decide on a day; 内部 where it has no power at all."""
        rows = cls.unscoped.filter(body=body, since__lte=on).filter(_open_on(on))
        return Level(rows.aggregate(models.Max("limit"))["limit__max"] or Level.INTERNAL)


class Authority(Labelled):
    """定密责任人 in the register: the head by law, or whom the head designated, with the power given."""

    class Origin(models.TextChoices):
        LAW = "law", "法定定密责任人"
        DESIGNATED = "designated", "指定定密责任人"

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="定密责任人")
    origin = models.CharField("类别", max_length=12, choices=Origin)
    limit = level_field("定密权限最高密级")
    scope = models.CharField("分管的事项", max_length=200, blank=True)
    document = models.CharField("指定文件", max_length=100)
    trained_until = models.DateField("培训有效期")
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    designated_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="指定人"
    )
    designated_at = models.DateTimeField("指定时间")

    class Meta(Labelled.Meta):
        verbose_name = "定密责任人"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "person"],
                condition=Q(until=None),
                name="classification_one_open_authority",
            )
        ]
        indexes = [models.Index(fields=["label", "-id"], name="classification_auth_label")]

    def __str__(self) -> str:
        return f"{self.person}"

    @property
    def is_open(self) -> bool:
        return self.until is None

    @classmethod
    def of(cls, person: Person, *, on: date) -> "Authority | None":
        """Where this person stands in the register on a day."""
        rows = cls.unscoped.filter(person=person, body=person.body_id, since__lte=on)
        found: Authority | None = rows.filter(_open_on(on)).order_by("-since", "-id").first()
        return found

    def end(self, *, on: date) -> bool:
        """Compare-and-swap: ended once."""
        rows = Authority.unscoped.filter(pk=self.pk, until=None)
        return bool(rows.update(until=on))


def _open_on(day: date) -> Q:
    return Q(until=None) | Q(until__gte=day)
