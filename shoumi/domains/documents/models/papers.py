"""收文: the register of papers, their copies, the check of the envelope, and what was said about them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from shoumi.domains.documents import rules
from shoumi.domains.documents.rules import classes
from shoumi.kernel.marks import PeriodKind
from shoumi.platform.access.models import Label, Labelled
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.directory.models import Body, Person


def _choices(words: Any) -> list[tuple[str, str]]:
    return [(word.value, word.label) for word in words]


class Document(Labelled):
    """A paper in the register (收文登记簿); above the deployment grade it is a shell without a title.

    The level stands in the label alone; `mark_text` is the mark in its one printed form.
    """

    class Direction(models.TextChoices):
        INCOMING = "incoming", "收文"
        OUTGOING = "outgoing", "发文"

    class State(models.TextChoices):
        RECEIVED = "received", "待补件"
        REGISTERED = "registered", "已登记"
        PROPOSED = "proposed", "已拟办"
        INSTRUCTED = "instructed", "已批示"
        CIRCULATING = "circulating", "传阅中"
        CIRCULATED = "circulated", "已传阅"
        HANDLED = "handled", "已办结"
        ARCHIVED = "archived", "已归档"

    KINDS = _choices(rules.Kind)
    URGENCIES = _choices(rules.Urgency)
    CHANNELS = _choices(rules.Channel)
    RESTRICTIONS = _choices(classes.Restriction)
    CATEGORIES = _choices(classes.Category)
    PERIODS = [(kind.value, kind.value) for kind in PeriodKind]
    TONES = {
        State.RECEIVED: "bad",
        State.REGISTERED: "open",
        State.PROPOSED: "open",
        State.INSTRUCTED: "soon",
        State.CIRCULATING: "soon",
        State.CIRCULATED: "open",
        State.HANDLED: "done",
        State.ARCHIVED: "closed",
    }

    found_by = ("number", "title", "issuer", "issue_number", "initials")

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    direction = models.CharField(
        "方向", max_length=8, choices=Direction, default=Direction.INCOMING
    )
    kind = models.CharField("文种", max_length=10, choices=KINDS)
    year = models.PositiveSmallIntegerField("年度")
    register_number = models.PositiveIntegerField("登记序号")
    number = models.CharField("收文编号", max_length=40)
    is_shell = models.BooleanField("空壳登记", default=False)
    title = models.CharField("标题", max_length=200, blank=True)
    initials = models.CharField("拼音首字母", max_length=1100, blank=True, editable=False)
    issuer = models.CharField("来文单位", max_length=80)
    issue_number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("成文日期", null=True, blank=True)
    mark_text = models.CharField("密级标志", max_length=80, blank=True)
    mark_notes = models.CharField("标志说明", max_length=300, blank=True)
    struck_marks = models.JSONField("作废的标志", default=list, blank=True)
    period_kind = models.CharField("期限形式", max_length=10, choices=PERIODS)
    expires_on = models.DateField("保密期限届满日", null=True, blank=True)
    urgency = models.CharField("紧急程度", max_length=10, choices=URGENCIES)
    channel = models.CharField("递送渠道", max_length=8, choices=CHANNELS)
    deliverer = models.CharField("送达人", max_length=40, blank=True)
    received_at = models.DateTimeField("签收时间")
    signed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="签收人")
    cosigned_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="共同签收人"
    )
    copies = models.PositiveSmallIntegerField("份数")
    reply_due = models.DateField("要求办结日期", null=True, blank=True)
    remark = models.CharField("备注", max_length=200, blank=True)
    restriction = models.CharField("限阅", max_length=8, choices=RESTRICTIONS, blank=True)
    category = models.CharField("类别", max_length=12, choices=CATEGORIES, blank=True)
    agreement = models.CharField("对外协定或者专项协议", max_length=100, blank=True)
    file_number = models.CharField("归档编号", max_length=40, blank=True)
    keep_years = models.PositiveSmallIntegerField("保管年限", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复核人"
    )
    reviewed_at = models.DateTimeField("复核时间", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=State)
    state_at = models.DateTimeField("状态时间")

    class Meta(Labelled.Meta):
        verbose_name = "收文"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "direction", "kind", "year", "register_number"],
                name="documents_one_number_a_series",
            ),
            models.CheckConstraint(
                condition=Q(is_shell=True, title="", initials="")
                | (Q(is_shell=False) & ~Q(title="")),
                name="documents_a_shell_has_no_title",
            ),
            models.CheckConstraint(condition=Q(copies__gte=1), name="documents_has_copies"),
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="documents_label"),
            # One for each condition the register offers: the list then comes in order from any of them.
            models.Index(fields=["state", "-id"], name="documents_state"),
            models.Index(fields=["kind", "-id"], name="documents_kind"),
            models.Index(fields=["year", "-id"], name="documents_year"),
            models.Index(fields=["urgency", "-id"], name="documents_urgency"),
            models.Index(fields=["-received_at", "-id"], name="documents_received"),
            models.Index(fields=["-expires_on", "-id"], name="documents_expires"),
            models.Index(fields=["body", "number"], name="documents_number"),
            models.Index(fields=["body", "issue_number"], name="documents_issue_number"),
            models.Index(fields=["category", "-id"], name="documents_category"),
            models.Index(fields=["restriction", "-id"], name="documents_restriction"),
        ]

    def __str__(self) -> str:
        return self.number

    def move(self, *, before: str, after: str, at: datetime) -> bool:
        """Compare-and-swap on the state: whoever comes second changes nothing."""
        found = Document.unscoped.filter(pk=self.pk, state=before)
        if not found.update(state=after, state_at=at):
            return False
        self.state, self.state_at = after, at
        return True

    def review(self, *, by: Person, at: datetime) -> bool:
        """Compare-and-swap: an entry is read against its original once."""
        found = Document.unscoped.filter(pk=self.pk, reviewed_at=None)
        return bool(found.update(reviewed_by=by, reviewed_at=at))

    @classmethod
    def mark_under(cls, label: Label, **changes: Any) -> int:
        """Write another mark on every paper under a label; how many there are."""
        return cls.unscoped.filter(label=label).update(**changes)

    def charged(self) -> Person:
        """Who answers for it now: the handler whom the last instruction named, else who signed for it."""
        named = Opinion.unscoped.filter(document=self).exclude(handler=None)
        last = named.select_related("handler").order_by("-id").first()
        return last.handler if last is not None and last.handler else self.signed_by

    def copies_out(self) -> list[str]:
        """Copy numbers that lie in no place of the body, or wait for a signature."""
        rows = Copy.unscoped.filter(
            document=self, item__state__in=[Item.State.HELD, Item.State.OFFERED]
        )
        away = rows.exclude(item__state=Item.State.HELD, item__holder_kind=Holder.Kind.PLACE)
        return list(away.order_by("copy_number").values_list("copy_number", flat=True))

    @property
    def called(self) -> str:
        """What lists show for a title: a shell has none."""
        return self.title or "（标题不登记，见原件）"

    @property
    def pace(self) -> str:
        """The row of the rulebook's time tables: 特急, 加急 or 普通."""
        return rules.Urgency(self.urgency).pace

    @property
    def weight(self) -> int:
        return rules.Urgency(self.urgency).weight

    @property
    def received_words(self) -> str:
        """The signature's time, to the minute."""
        return timezone.localtime(self.received_at).strftime("%Y-%m-%d %H:%M")

    @property
    def kept(self) -> str:
        """How long it stays on file, in words; empty before it is closed."""
        return classes.kept(self.keep_years) if self.keep_years else ""

    @property
    def is_finished(self) -> bool:
        return self.state in (self.State.HANDLED, self.State.ARCHIVED)


class Copy(Labelled):
    """One copy (份) of a document and the thing that stands for it in custody."""

    found_by = ("document__number", "copy_number", "item__code")

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="copy_rows", verbose_name="文件"
    )
    item = models.OneToOneField(Item, models.PROTECT, related_name="+", verbose_name="载体")
    copy_number = models.CharField("份号", max_length=6)

    class Meta(Labelled.Meta):
        verbose_name = "份"
        constraints = [
            models.UniqueConstraint(
                fields=["document", "copy_number"], name="documents_one_copy_a_number"
            )
        ]
        indexes = [models.Index(fields=["label", "-id"], name="documents_copy_label")]

    def __str__(self) -> str:
        return self.copy_number


class EnvelopeCheck(Labelled):
    """清点: what was checked on the envelope before the signature, and what was found."""

    document = models.OneToOneField(
        Document, models.PROTECT, related_name="envelope", verbose_name="文件"
    )
    envelope_number = models.CharField("封皮编号", max_length=40, blank=True)
    number_agrees = models.BooleanField("封皮编号与清单一致")
    count_agrees = models.BooleanField("件数与清单一致")
    intact = models.BooleanField("封装完好、未被启封")
    complete = models.BooleanField("附件齐全")
    anomaly = models.CharField("异常情况", max_length=200, blank=True)
    deliverer_confirmed = models.BooleanField("送达人已签名确认", default=False)
    completed_at = models.DateTimeField("补齐时间", null=True, blank=True)
    reported_at = models.DateTimeField("上报时间", null=True, blank=True)
    cause = models.CharField("查明原因", max_length=200, blank=True)
    handling = models.CharField("处理情况", max_length=200, blank=True)
    handled_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人"
    )
    handled_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "清点记录"
        indexes = [models.Index(fields=["label", "-id"], name="documents_check_label")]

    def __str__(self) -> str:
        return f"{self.document_id}"

    @classmethod
    def of(cls, document: Document) -> "EnvelopeCheck | None":
        """The check of a paper; None where it came from an older ledger."""
        found: EnvelopeCheck | None = cls.unscoped.filter(document=document).first()
        return found


class Opinion(Labelled):
    """拟办、批示 or 办理反馈 on a document; on a shell it holds no words, they stand on the paper.

    `people` keeps whom the instruction named to read, as it was given.
    """

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", "拟办"
        INSTRUCTION = "instruction", "批示"
        REPORT = "report", "办理反馈"

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="opinions", verbose_name="文件"
    )
    kind = models.CharField("类别", max_length=12, choices=Kind)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="签署人")
    text = models.CharField("意见", max_length=300, blank=True)
    at = models.DateTimeField("时间")
    addressee = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="送请批示"
    )
    handler = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人"
    )
    people = models.JSONField("送阅人员编号", default=list, blank=True)
    names = models.CharField("送阅人员", max_length=300, blank=True)
    due_on = models.DateField("办理期限", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "办理意见"
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(kind="proposal"),
                name="documents_one_proposal_a_document",
            )
        ]
        indexes = [
            models.Index(fields=["document", "id"], name="documents_opinion_document"),
            models.Index(fields=["label", "-id"], name="documents_opinion_label"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}:{self.kind}"


def said(opinions: Iterable[Opinion], kind: str) -> list[Opinion]:
    """Those of some opinions that are of one kind, in their order."""
    return [opinion for opinion in opinions if opinion.kind == kind]


class LabelSheet(Labelled):
    """One printing of the labels (载体标签) of a document; from the second on with its reason."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="文件")
    number = models.PositiveSmallIntegerField("第几次打印")
    reason = models.CharField("补印原因", max_length=100, blank=True)
    printed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="打印人")
    printed_at = models.DateTimeField("打印时间")

    class Meta(Labelled.Meta):
        verbose_name = "标签打印记录"
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="documents_one_sheet_a_number"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="documents_a_reprint_has_its_reason"
            ),
        ]
        indexes = [models.Index(fields=["label", "-id"], name="documents_sheet_label")]

    def __str__(self) -> str:
        return f"{self.document_id}:{self.number}"
