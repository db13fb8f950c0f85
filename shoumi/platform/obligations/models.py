"""职责账: the working calendar, duties, the reminders given for them, and how far schedules have run."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from shoumi.platform.access.models import Label, knowable
from shoumi.platform.access.subjects import appointments_of, day_of, subject_of
from shoumi.platform.directory.models import Body, Department, Person
from shoumi.platform.trail.models import Recorded


class CalendarYear(Recorded):
    """A year whose 放假安排 has been imported; a later notice of the same year replaces it."""

    year = models.PositiveSmallIntegerField("年度")
    papers = models.JSONField("依据文件", default=list)
    imported_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="录入人")
    imported_at = models.DateTimeField("录入时间")
    replaced_at = models.DateTimeField("被替换时间", null=True, blank=True)

    class Meta:
        verbose_name = "年度日历"
        constraints = [
            models.UniqueConstraint(
                fields=["year"], condition=Q(replaced_at=None), name="obligations_one_year_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} 年"


class CalendarDay(Recorded):
    """A day that is not what its weekday says; without a body it holds for all of them."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", "法定节假日"
        SHIFTED = "shifted", "调休上班"
        UNIT_HOLIDAY = "unit_holiday", "单位放假"

    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    notice = models.ForeignKey(
        CalendarYear,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="days",
        verbose_name="年度日历",
    )
    date = models.DateField("日期")
    kind = models.CharField("类别", max_length=12, choices=Kind)
    name = models.CharField("名称", max_length=40)
    source = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = "日历日"
        constraints = [
            models.UniqueConstraint(
                fields=["date"], condition=Q(body=None), name="obligations_one_day_for_all"
            ),
            models.UniqueConstraint(
                fields=["body", "date"],
                condition=Q(body__isnull=False),
                name="obligations_one_day_a_body",
            ),
            models.CheckConstraint(
                condition=Q(body=None) ^ Q(kind="unit_holiday"), name="obligations_day_of_whom"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class DutyQuerySet(models.QuerySet["Duty"]):
    """Duties as their readers see them."""

    def knowable_to(self, person: Person, *, at: datetime) -> Self:
        """Duties that speak of nothing this person may not know."""
        labels = knowable(subject_of(person, at), on=day_of(at))
        return self.filter(Q(label=None) | Q(label__in=labels))

    def visible_to(self, person: Person, *, at: datetime) -> Self:
        """My own duties and those of the posts I hold today, as far as I may know their matter.

        One that is raised for a later day is not there yet.
        """
        if not person.active:
            return self.none()
        mine = Q(person=person)
        for held in appointments_of(person, at):
            of_post = Q(person=None, post=held.post, body=held.body_id)
            mine |= of_post & (Q(department=None) | Q(department=held.department_id))
        return self.filter(mine, raised_at__lte=at).knowable_to(person, at=at)


class Duty(Recorded):
    """Who must do what by when, under which clause; a person's, or that of whoever holds a post.

    `text` is shown in lists and holds no title or content. `due_rule` and `counted_from` say how the
    time was counted, so that a provisional one is counted anew when the year's calendar arrives.
    """

    class State(models.TextChoices):
        OPEN = "open", "待办"
        DONE = "done", "已办"
        CANCELLED = "cancelled", "已撤销"

    class Urgency(models.IntegerChoices):
        NORMAL = 0, "普通"
        PROMPT = 1, "平急"
        URGENT = 2, "加急"
        FLASH = 3, "特急"

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    label = models.ForeignKey(
        Label, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="密级"
    )
    kind = models.CharField("类别", max_length=80)
    clause = models.CharField("条款", max_length=80)
    text = models.CharField("事项", max_length=120)
    subject = models.CharField("对象", max_length=80, blank=True)
    url_name = models.CharField("办理页面", max_length=80, blank=True)
    url_pk = models.BigIntegerField("办理对象", null=True, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="duties", verbose_name="责任人"
    )
    post = models.CharField("责任岗位", max_length=40, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任部门"
    )
    raised_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发起人"
    )
    raised_at = models.DateTimeField("产生时间")
    due_at = models.DateTimeField("期限")
    due_rule = models.CharField("计算方法", max_length=20, default="fixed")
    counted_from = models.DateTimeField("起算时间", null=True, blank=True)
    provisional = models.BooleanField("暂按法定节假日推算", default=False)
    urgency = models.PositiveSmallIntegerField("重要程度", choices=Urgency, default=Urgency.NORMAL)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    evidence = models.CharField("办结凭据", max_length=200, blank=True)
    reminders = models.PositiveSmallIntegerField("催办次数", default=0)
    last_reminded_at = models.DateTimeField("最近催办时间", null=True, blank=True)
    handled_at = models.DateTimeField("到期处理时间", null=True, blank=True)
    escalation = models.PositiveSmallIntegerField("已上报级数", default=0)
    escalate_at = models.DateTimeField("下次上报时间", null=True, blank=True)
    escalated_at = models.DateTimeField("最近上报时间", null=True, blank=True)
    above = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="raised_above",
        verbose_name="原职责",
    )
    period = models.CharField("所属期", max_length=12, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = "职责"
        indexes = [
            models.Index(
                fields=["person", "due_at", "id"],
                condition=Q(state="open"),
                name="obligations_duty_person",
            ),
            models.Index(
                fields=["body", "post", "due_at", "id"],
                condition=Q(state="open"),
                name="obligations_duty_post",
            ),
            models.Index(
                fields=["body", "due_at", "id"],
                condition=Q(state="open"),
                name="obligations_duty_body",
            ),
            models.Index(
                fields=["escalate_at"], condition=Q(state="open"), name="obligations_duty_escalate"
            ),
            models.Index(fields=["subject", "kind"], name="obligations_duty_subject"),
            models.Index(fields=["raised_by", "-id"], name="obligations_duty_raised"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ ~Q(post=""), name="obligations_duty_of_somebody"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, evidence="")
                | Q(state__in=["done", "cancelled"], closed_at__isnull=False) & ~Q(evidence=""),
                name="obligations_closed_with_evidence",
            ),
            models.UniqueConstraint(
                fields=["body", "clause", "kind", "period", "subject"],
                condition=Q(person=None) & ~Q(period=""),
                name="obligations_once_a_period",
            ),
            models.UniqueConstraint(
                fields=["body", "clause", "kind", "period", "subject", "person"],
                condition=Q(person__isnull=False) & ~Q(period=""),
                name="obligations_once_a_period_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.pk}"

    def move(self, *, before: State, after: State, **values: Any) -> bool:
        """Change the state if it still is what the caller saw."""
        moved = Duty.objects.filter(pk=self.pk, state=before).update(state=after, **values)
        if moved:
            self.state = after
            for name, value in values.items():
                setattr(self, name, value)
        return bool(moved)

    def is_overdue(self, at: datetime) -> bool:
        return self.state == self.State.OPEN and self.due_at < at


class Reminder(Recorded):
    """One 催办: who urged, when, in which words."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="given", verbose_name="职责")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="催办人")
    at = models.DateTimeField("时间")
    words = models.CharField("催办意见", max_length=200)

    class Meta:
        verbose_name = "催办"
        indexes = [models.Index(fields=["duty", "-at"], name="obligations_reminder_duty")]

    def __str__(self) -> str:
        return f"{self.duty_id}:{self.at}"


class Schedule(Recorded):
    """How far a recurring duty has been raised in a body: the day its last period opened."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    key = models.CharField("定期职责", max_length=60)
    through = models.DateField("已产生至")
    next_on = models.DateField("下次产生", db_index=True)

    class Meta:
        verbose_name = "定期职责进度"
        constraints = [
            models.UniqueConstraint(fields=["body", "key"], name="obligations_one_schedule_a_key")
        ]

    def __str__(self) -> str:
        return f"{self.body_id}:{self.key}"
