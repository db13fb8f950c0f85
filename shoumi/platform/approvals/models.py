"""审批门: cases with the steps, seats and votes that are frozen into them."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q

from shoumi.kernel.approval import State as Outcome
from shoumi.kernel.approval import VoteKind
from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Body, Department, Person
from shoumi.platform.trail.models import Recorded

DECIDING = [VoteKind.AGREE.value, VoteKind.REFUSE.value, VoteKind.RETURN.value]


class Case(Labelled):
    """One request for approval (审批): who asks for what, on which route, and where it stands.

    It bears the label of its subject. `summary` is shown in lists and holds no content.
    """

    class State(models.TextChoices):
        OPEN = Outcome.OPEN.value, Outcome.OPEN.label
        APPROVED = Outcome.APPROVED.value, Outcome.APPROVED.label
        REFUSED = Outcome.REFUSED.value, Outcome.REFUSED.label
        RETURNED = Outcome.RETURNED.value, Outcome.RETURNED.label
        WITHDRAWN = "withdrawn", "已撤回"

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    matter = models.CharField("事项", max_length=60)
    title = models.CharField("事项名称", max_length=60)
    clause = models.CharField("条款", max_length=80)
    subject = models.CharField("对象", max_length=80)
    summary = models.CharField("摘要", max_length=120, blank=True)
    applicant = models.ForeignKey(
        Person, models.PROTECT, related_name="applications", verbose_name="申请人"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="申请部门"
    )
    reason = models.TextField("申请理由")
    conditions = models.JSONField("条件", default=dict)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    current = models.PositiveSmallIntegerField("当前环节", null=True, default=0)
    turns = models.PositiveIntegerField("办理次数", default=0)
    opened_at = models.DateTimeField("提交时间")
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    valid_until = models.DateField("批准有效期至", null=True, blank=True)
    used_at = models.DateTimeField("使用时间", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "审批"
        indexes = [
            models.Index(fields=["subject", "-id"], name="approvals_case_subject"),
            models.Index(fields=["applicant", "-id"], name="approvals_case_applicant"),
            models.Index(fields=["label", "-id"], name="approvals_case_label"),
            models.Index(fields=["body", "state", "-id"], name="approvals_case_body"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, current__isnull=False)
                | ~Q(state="open") & Q(closed_at__isnull=False, current=None),
                name="approvals_open_has_a_step",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(state="approved"), name="approvals_used_if_approved"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter}:{self.pk}"

    def turn(self) -> bool:
        """Take the case for one vote: the row is locked, and a closed one is not to be had."""
        rows = Case.unscoped.filter(pk=self.pk, state=self.State.OPEN)
        taken = rows.update(turns=F("turns") + 1)
        self.refresh_from_db()
        return bool(taken)

    def close(self, state: str, *, at: datetime, valid_until: date | None = None) -> None:
        """End the case; only whoever holds its turn does so."""
        self.state, self.current, self.closed_at = state, None, at
        self.valid_until = valid_until
        self.save(update_fields=["state", "current", "closed_at", "valid_until"])

    def use(self, *, on: date, at: datetime) -> bool:
        """Spend the approval, if it is there, still valid and not spent yet."""
        rows = Case.unscoped.filter(
            pk=self.pk, state=self.State.APPROVED, used_at=None, valid_until__gte=on
        )
        used = rows.update(used_at=at)
        self.refresh_from_db()
        return bool(used)


class CaseStep(Recorded):
    """One step of the route as it was when the case was submitted."""

    class State(models.TextChoices):
        LATER = "later", "未到"
        OPEN = "open", "审批中"
        DONE = "done", "已办"

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps", verbose_name="审批")
    order = models.PositiveSmallIntegerField("次序")
    label = models.CharField("环节", max_length=60)
    posts = models.JSONField("审批岗位")
    mode = models.CharField("会签方式", max_length=5)
    hours = models.PositiveSmallIntegerField("时限（工作小时）")
    state = models.CharField("状态", max_length=5, choices=State, default=State.LATER)
    round = models.PositiveSmallIntegerField("轮次", default=0)
    opened_at = models.DateTimeField("开始时间", null=True, blank=True)
    due_at = models.DateTimeField("期限", null=True, blank=True)
    provisional = models.BooleanField("暂按法定节假日推算", default=False)
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = "审批环节"
        constraints = [
            models.UniqueConstraint(fields=["case", "order"], name="approvals_one_step_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.order}"


class Seat(Recorded):
    """Who may vote in a step: frozen at submission, or brought in by 转办 or 加签."""

    class Origin(models.TextChoices):
        POST = "post", "岗位"
        HANDED = "handed", "转办"
        ADDED = "added", "加签"

    class State(models.TextChoices):
        LATER = "later", "未到"
        WAITING = "waiting", "待审批"
        VOTED = "voted", "已审批"
        LEFT = "left", "已转出"
        LAPSED = "lapsed", "无需审批"

    step = models.ForeignKey(CaseStep, models.PROTECT, related_name="seats", verbose_name="环节")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="审批人")
    posts = models.JSONField("凭何岗位", default=list)
    origin = models.CharField("来源", max_length=6, choices=Origin)
    state = models.CharField("状态", max_length=7, choices=State, default=State.LATER)

    class Meta:
        verbose_name = "审批席位"
        indexes = [
            models.Index(
                fields=["person"], condition=Q(state="waiting"), name="approvals_seat_waiting"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["step", "person"], name="approvals_one_seat_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.step_id}:{self.person_id}"


class Vote(Recorded):
    """What a seat said: 同意, 不同意, 退回, 转办 or 加签; kept for good.

    `person` holds the seat; `cast_by` is somebody else only where a leaver's seat was passed on.
    """

    step = models.ForeignKey(CaseStep, models.PROTECT, related_name="votes", verbose_name="环节")
    round = models.PositiveSmallIntegerField("轮次")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="votes", verbose_name="席位")
    person = models.ForeignKey(Person, models.PROTECT, related_name="votes", verbose_name="审批人")
    cast_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="办理人")
    kind = models.CharField("意见", max_length=7, choices=[(k.value, k.label) for k in VoteKind])
    opinion = models.TextField("审批意见", blank=True)
    to_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="转给"
    )
    to_step = models.PositiveSmallIntegerField("退至环节", null=True, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "审批意见"
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "round"],
                condition=Q(kind__in=DECIDING),
                name="approvals_one_vote_a_seat",
            ),
            models.CheckConstraint(
                condition=Q(kind="agree") | ~Q(opinion=""), name="approvals_opinion_unless_agreed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_id}:{self.person_id}:{self.kind}"
