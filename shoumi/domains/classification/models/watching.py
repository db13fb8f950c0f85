"""报请确定、年度审核、定密纠正通知: what others decide, what is looked at again, what was marked wrongly."""

from datetime import date

from django.db import models
from django.db.models import Q

from shoumi.domains.classification.models.determinations import Determination
from shoumi.domains.classification.models.moving import Numbered, level_field
from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Body, Department, Person


class Referral(Numbered):
    """报请确定: the body has no power, the matter is on no list, or two claim different levels."""

    class Cause(models.TextChoices):
        NO_POWER = "no_power", "本单位无相应定密权"
        UNCLEAR = "unclear", "是否属于国家秘密、何种密级不明确"
        DISPUTE = "dispute", "对定密有争议"

    class State(models.TextChoices):
        OPEN = "open", "待审定"
        DECIDED = "decided", "已审定"

    TONES = {State.OPEN: "soon", State.DECIDED: "done"}

    determination = models.ForeignKey(
        Determination, models.PROTECT, related_name="referrals", verbose_name="定密事项"
    )
    cause = models.CharField("情形", max_length=10, choices=Cause)
    to = models.CharField("报送机关", max_length=80)
    letter = models.CharField("报送文号", max_length=60)
    claimed = level_field("主张的最高密级")
    reason = models.CharField("说明", max_length=200)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="报送人")
    asked_at = models.DateTimeField("报送时间")
    due_at = models.DateTimeField("应审定时间")
    answer = models.CharField("审定文号", max_length=60, blank=True)
    answer_mark = models.CharField("审定结果", max_length=80, blank=True)
    answered_at = models.DateTimeField("审定登记时间", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.OPEN)

    class Meta(Numbered.Meta):
        verbose_name = "报请确定"
        constraints = [
            models.UniqueConstraint(
                fields=["determination"],
                condition=Q(state="open"),
                name="classification_one_open_referral",
            )
        ]
        indexes = [models.Index(fields=["label", "-id"], name="classification_referral_label")]


class Review(Labelled):
    """年度审核 of one determination: looked at, and kept as it is."""

    determination = models.ForeignKey(
        Determination, models.PROTECT, related_name="reviews", verbose_name="定密事项"
    )
    year = models.PositiveSmallIntegerField("年度")
    conclusion = models.CharField("审核结论", max_length=100)
    reviewed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="审核人")
    reviewed_at = models.DateTimeField("审核时间")

    class Meta(Labelled.Meta):
        verbose_name = "年度审核"
        constraints = [
            models.UniqueConstraint(
                fields=["determination", "year"], name="classification_one_review_a_year"
            )
        ]
        indexes = [models.Index(fields=["label", "-id"], name="classification_review_label")]

    def __str__(self) -> str:
        return f"{self.determination_id}:{self.year}"


class Fault(Numbered):
    """定密纠正通知书: a mark that is missing, wrong or false, and how it was set right."""

    class Kind(models.TextChoices):
        MISSING = "missing", "应标未标"
        WRONG = "wrong", "密级、期限标错"
        FALSE = "false", "不属于国家秘密而标密"
        PROCEDURE = "procedure", "定密程序不全"

    class Stage(models.TextChoices):
        DETERMINING = "determining", "定密"
        CHANGING = "changing", "变更"
        RELEASING = "releasing", "解密"

    class State(models.TextChoices):
        OPEN = "open", "待纠正"
        CORRECTED = "corrected", "已纠正"

    TONES = {State.OPEN: "bad", State.CORRECTED: "done"}

    kind = models.CharField("问题", max_length=10, choices=Kind)
    stage = models.CharField("环节", max_length=12, choices=Stage)
    carrier = models.CharField("文件或者载体编号", max_length=60)
    facts = models.CharField("情况", max_length=200)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", verbose_name="责任部门"
    )
    checked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="检查人")
    found_at = models.DateTimeField("发现时间")
    due_at = models.DateTimeField("纠正期限")
    result = models.CharField("纠正结果", max_length=200, blank=True)
    corrected_at = models.DateTimeField("纠正时间", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)

    class Meta(Numbered.Meta):
        verbose_name = "定密纠正"
        indexes = [models.Index(fields=["label", "-id"], name="classification_fault_label")]

    @classmethod
    def counted(cls, body: Body, *, since: date, until: date) -> dict[str, int]:
        """How many of each kind were found in a stretch of days: the assessment counts them."""
        rows = cls.unscoped.filter(body=body, found_at__date__gte=since, found_at__date__lte=until)
        return dict(rows.order_by().values_list("kind").annotate(models.Count("pk")))
