"""会议: called with an agenda, held with attendance, minuted with what was resolved."""

from django.db import models
from django.db.models import Q

from shoumi.domains.organisation.models.organs import Organ
from shoumi.domains.organisation.models.reading import Kept
from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Body, Department, Person


class Meeting(Kept):
    """A meeting of an organ, of the leadership or of a department; known to those it calls."""

    class State(models.TextChoices):
        CALLED = "called", "已通知"
        HELD = "held", "已召开"
        MINUTED = "minuted", "已出纪要"
        DROPPED = "dropped", "已取消"

    TONES = {
        State.CALLED: "open",
        State.HELD: "soon",
        State.MINUTED: "done",
        State.DROPPED: "closed",
    }

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    number = models.CharField("编号", max_length=20)
    kind = models.CharField("会议类别", max_length=20)
    organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="机构"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="部门"
    )
    name = models.CharField("会议名称", max_length=60)
    called_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="通知人")
    called_at = models.DateTimeField("通知时间")
    planned_at = models.DateTimeField("会议时间")
    place = models.CharField("地点", max_length=40)
    presider = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="主持人")
    held_at = models.DateTimeField("召开时间", null=True, blank=True)
    recorder = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="记录人"
    )
    minutes = models.TextField("会议记录", blank=True)
    minuted_at = models.DateTimeField("纪要时间", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.CALLED)

    class Meta(Kept.Meta):
        verbose_name = "会议"
        constraints = [
            models.CheckConstraint(
                condition=Q(organ=None) | Q(department=None), name="organisation_meeting_of_one"
            )
        ]
        indexes = [models.Index(fields=["label", "-id"], name="organisation_meeting_label")]

    def __str__(self) -> str:
        return self.number


class OfMeeting(Labelled):
    """What belongs to a meeting and bears its label."""

    class Meta(Labelled.Meta):
        abstract = True


class AgendaItem(OfMeeting):
    """One matter on the agenda (议题), in the order of the meeting."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda", verbose_name="会议")
    order = models.PositiveSmallIntegerField("次序")
    text = models.CharField("议题", max_length=100)

    class Meta(OfMeeting.Meta):
        verbose_name = "议题"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "order"], name="organisation_agenda_order")
        ]


class Attendance(OfMeeting):
    """Whether somebody who was called came, and why not (缺席原因)."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="attendance", verbose_name="会议"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    present = models.BooleanField("到会", null=True)
    reason = models.CharField("缺席原因", max_length=60, blank=True)

    class Meta(OfMeeting.Meta):
        verbose_name = "到会情况"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="organisation_called_once")
        ]


class Resolution(OfMeeting):
    """What a meeting resolved (决议), with the hands that were counted."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="resolutions", verbose_name="会议"
    )
    order = models.PositiveSmallIntegerField("次序")
    text = models.CharField("决议", max_length=200)
    yes = models.PositiveSmallIntegerField("同意")
    no = models.PositiveSmallIntegerField("反对")
    abstained = models.PositiveSmallIntegerField("弃权")

    class Meta(OfMeeting.Meta):
        verbose_name = "决议"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "order"], name="organisation_resolution_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting}决议{self.order}"
