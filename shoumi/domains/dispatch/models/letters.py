"""发文: one letter from the draft to the last receipt."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from shoumi.domains.dispatch.models.moving import Moving
from shoumi.domains.dispatch.rules.drafting import Form, Urgency
from shoumi.domains.documents.models import Document
from shoumi.platform.approvals.models import Case
from shoumi.platform.attachments.models import Attachment
from shoumi.platform.directory.models import Body, Department, Person
from shoumi.platform.trail.models import name_of


def _choices(words: Any) -> list[tuple[str, str]]:
    return [(word.value, word.label) for word in words]


class Letter(Moving):
    """A letter (发文稿); the level stands in its label from the first line of the draft on.

    `draft_number` names it until it is signed; `number` (文号) is given only afterwards. What was printed
    stands in the register of papers as `document`, under the same label.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "拟稿"
        REVIEW = "review", "核稿"
        COSIGN = "cosign", "会签"
        CLASSIFY = "classify", "待定密"
        SIGNING = "signing", "审查签发"
        SIGNED = "signed", "待编号"
        NUMBERED = "numbered", "待印制"
        PRINTED = "printed", "待封发"
        SENT = "sent", "待回执"
        CLOSED = "closed", "已办结"
        DROPPED = "dropped", "不发"
        VOID = "void", "文号作废"

    # 公文拟制、办理、管理: the three stretches of a letter's life, in their order.
    DRAWING_UP = (State.DRAFT, State.REVIEW, State.COSIGN, State.CLASSIFY, State.SIGNING)
    HANDLING = (State.SIGNED, State.NUMBERED, State.PRINTED, State.SENT)
    TONES = {
        State.DRAFT: "open",
        State.REVIEW: "soon",
        State.COSIGN: "soon",
        State.CLASSIFY: "soon",
        State.SIGNING: "soon",
        State.SIGNED: "open",
        State.NUMBERED: "open",
        State.PRINTED: "open",
        State.SENT: "soon",
        State.CLOSED: "done",
        State.DROPPED: "closed",
        State.VOID: "closed",
    }

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="发文单位")
    draft_number = models.CharField("稿号", max_length=40)
    form = models.CharField("发文类型", max_length=10, choices=_choices(Form))
    genre = models.CharField("文种", max_length=20)
    situation = models.CharField("适用情形", max_length=60, blank=True)
    meeting = models.CharField("通过会议", max_length=100, blank=True)
    purpose = models.CharField("行文目的", max_length=40)
    is_shell = models.BooleanField("空壳登记", default=False)
    title = models.CharField("标题", max_length=200, blank=True)
    subject_words = models.CharField("主题词", max_length=100, blank=True)
    necessity = models.CharField("发文必要性", max_length=200, blank=True)
    paper_reason = models.CharField("纸质发文理由", max_length=200, blank=True)
    earlier = models.CharField("已发的传真或者电报", max_length=60, blank=True)
    exception = models.CharField("再行文的例外理由", max_length=200, blank=True)
    is_published = models.BooleanField("已公开发表", default=False)
    is_returnable = models.BooleanField("年底收回", default=False)
    reply_to = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所复来文"
    )
    mark_text = models.CharField("密级标志", max_length=80, blank=True)
    period_kind = models.CharField("期限形式", max_length=10)
    expires_on = models.DateField("保密期限届满日", null=True, blank=True)
    basis = models.CharField("定密依据", max_length=200, blank=True)
    urgency = models.CharField("紧急程度", max_length=10, choices=_choices(Urgency))
    print_run = models.PositiveSmallIntegerField("批印份数")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="拟稿部门"
    )
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="拟稿人")
    drafted_at = models.DateTimeField("拟稿时间")
    review = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核稿"
    )
    round = models.PositiveSmallIntegerField("送核次数", default=0)
    classified_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="定密责任人"
    )
    classified_at = models.DateTimeField("定密时间", null=True, blank=True)
    signing = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审查签发"
    )
    signed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    signed_at = models.DateTimeField("签发时间", null=True, blank=True)
    issued_on = models.DateField("成文日期", null=True, blank=True)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    register_number = models.PositiveIntegerField("发文登记序号", null=True, blank=True)
    number = models.CharField("文号", max_length=60, blank=True)
    numbered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )
    numbered_at = models.DateTimeField("登记时间", null=True, blank=True)
    document = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="留存文件"
    )
    made = models.PositiveSmallIntegerField("实印份数", default=0)
    press = models.CharField("印制场所", max_length=60, blank=True)
    printer = models.CharField("印制经手人", max_length=40, blank=True)
    waste = models.PositiveSmallIntegerField("残废页数", default=0)
    waste_witness = models.CharField("废页监销人", max_length=40, blank=True)
    printed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="印制登记人"
    )
    printed_on = models.DateField("印发日期", null=True, blank=True)
    texts = models.PositiveSmallIntegerField("文稿版本", default=0)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    voiding = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="作废审批"
    )
    voided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="作废批准人"
    )
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    dropped_reason = models.CharField("不发原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    state_at = models.DateTimeField("状态时间")

    class Meta(Moving.Meta):
        verbose_name = "发文"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "number"],
                condition=~Q(number=""),
                name="dispatch_one_letter_a_number",
            ),
            models.CheckConstraint(
                condition=Q(number="") | Q(signed_by__isnull=False, issued_on__isnull=False),
                name="dispatch_no_number_before_signing",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signing", "signed", "numbered", "printed", "sent"])
                | Q(classified_by__isnull=False),
                name="dispatch_nothing_goes_unclassified",
            ),
            models.CheckConstraint(
                condition=~Q(state="void")
                | ~Q(number="")
                & ~Q(void_reason="")
                & Q(voided_by__isnull=False)
                & ~Q(voided_by=models.F("numbered_by")),
                name="dispatch_two_agree_to_void_a_number",
            ),
            models.CheckConstraint(
                condition=Q(made__lte=models.F("print_run")), name="dispatch_made_within_approved"
            ),
            models.CheckConstraint(
                condition=Q(is_shell=True, title="") | (Q(is_shell=False) & ~Q(title="")),
                name="dispatch_a_shell_has_no_title",
            ),
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="dispatch_letter_label"),
            models.Index(fields=["state", "-id"], name="dispatch_letter_state"),
            models.Index(fields=["body", "year", "form"], name="dispatch_letter_year"),
        ]

    def __str__(self) -> str:
        return self.number or self.draft_number

    @property
    def called(self) -> str:
        """What lists show for a title: a shell has none."""
        return self.title or "（标题不登记，见原件）"

    @property
    def mark_now(self) -> str:
        """The mark as it now is: what was printed follows every later change of its level."""
        return self.document.mark_text if self.document is not None else self.mark_text

    @property
    def struck_marks(self) -> list[str]:
        """The marks that no longer hold, oldest first."""
        return list(self.document.struck_marks) if self.document is not None else []

    @property
    def stage(self) -> str:
        """公文拟制、公文办理 or 公文管理."""
        if self.state in self.DRAWING_UP:
            return "公文拟制"
        return "公文办理" if self.state in self.HANDLING else "公文管理"

    def versions(self) -> list[Attachment]:
        """The text as it was handed in, oldest first; under the letter's own label."""
        if not self.texts:
            return []
        return list(Attachment.unscoped.filter(owner=name_of(self)).order_by("id"))

    @property
    def weight(self) -> int:
        return Urgency(self.urgency).weight

    @property
    def is_draft(self) -> bool:
        return self.state in self.DRAWING_UP

    @classmethod
    def signals_about(cls, title: str, *, body: Body, other_than: int | None) -> str:
        """The number of a telegram under the same title that is under way or out, or nothing."""
        rows = cls.unscoped.filter(body=body, title=title, form=Form.TELEGRAM.value)
        rows = rows.exclude(state__in=[cls.State.DROPPED, cls.State.VOID]).exclude(pk=other_than)
        found = rows.order_by("id").first()
        return str(found) if found else ""

    @classmethod
    def counted(cls, *, body: Body, since: datetime, until: datetime) -> dict[str, int]:
        """How many letters of each form were numbered in a stretch of time: counts, no contents."""
        rows = cls.unscoped.filter(body=body, numbered_at__gte=since, numbered_at__lte=until)
        counted = rows.order_by().values_list("form").annotate(models.Count("pk"))
        return dict(counted)
