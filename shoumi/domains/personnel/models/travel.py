"""出境: the journey with its approval, the authorities asked, and the passports that the organ keeps."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from shoumi.domains.handling.models import Request
from shoumi.domains.personnel.models.dossiers import Dossier, Filed
from shoumi.domains.personnel.rules.words import Answer, Travel
from shoumi.platform.access.models import Labelled
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Person


class Trip(Request):
    """One journey abroad of a cleared person, or of one in the exit period."""

    class State(models.TextChoices):
        ASKED = "asked", "审批中"
        APPROVED = "approved", "已批准"
        BRIEFED = "briefed", "已行前教育"
        BACK = "back", "已返回报告"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤回"
        UNAPPROVED = "unapproved", "未经批准出境"

    TONES = {
        State.ASKED: "open",
        State.APPROVED: "soon",
        State.BRIEFED: "soon",
        State.BACK: "done",
        State.REFUSED: "closed",
        State.WITHDRAWN: "closed",
        State.UNAPPROVED: "bad",
    }

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="trips", verbose_name="出境人员"
    )
    kind = models.CharField("类别", max_length=8, choices=Travel.choices())
    countries = models.CharField("前往国家和地区", max_length=120)
    purpose = models.CharField("事由", max_length=200)
    companions = models.CharField("同行人员", max_length=120, blank=True)
    leaves_on = models.DateField("出境日期")
    returns_on = models.DateField("返回日期")
    in_exit_period = models.BooleanField("脱密期内", default=False)
    briefed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="行前教育人"
    )
    briefed_at = models.DateTimeField("行前教育时间", null=True, blank=True)
    reminder = models.CharField("行前教育内容", max_length=200, blank=True)
    came_back_on = models.DateField("实际返回日期", null=True, blank=True)
    report = models.TextField("返回报告", blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.ASKED)

    class Meta(Labelled.Meta):
        verbose_name = "出境"
        constraints = [
            models.CheckConstraint(
                condition=Q(returns_on__gte=F("leaves_on")), name="personnel_home_after_leaving"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["briefed", "back"]) | Q(briefed_at__isnull=False),
                name="personnel_abroad_after_briefing",
            ),
        ]
        indexes = [models.Index(fields=["label", "-id"], name="personnel_trip_label")]

    @classmethod
    def under_way(cls, person: int, *, on: date) -> "Trip | None":
        """The approved journey for which passports are handed out."""
        rows: models.QuerySet[Trip] = cls.unscoped.filter(
            dossier__person=person, state=cls.State.BRIEFED, returns_on__gte=on
        )
        return rows.order_by("leaves_on", "id").first()


class Consultation(Filed):
    """征求意见: one authority asked about one journey."""

    trip = models.ForeignKey(
        Trip, models.PROTECT, related_name="consultations", verbose_name="出境申请"
    )
    authority = models.CharField("征求意见机关", max_length=40)
    letter = models.CharField("去函文号", max_length=60)
    answer = models.CharField(
        "意见", max_length=8, choices=Answer.choices(), default=Answer.WAITING.value
    )
    reply = models.CharField("复函文号", max_length=60, blank=True)
    answered_on = models.DateField("复函日期", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "出境征求意见"
        constraints = [
            models.UniqueConstraint(
                fields=["trip", "authority"], name="personnel_one_question_an_authority"
            ),
            models.CheckConstraint(
                condition=Q(answer="waiting", answered_on=None)
                | ~Q(answer="waiting") & Q(answered_on__isnull=False),
                name="personnel_answered_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["trip", "id"], name="personnel_question_trip")]

    @classmethod
    def answers_about(cls, trip: int) -> list[tuple[str, str]]:
        """(authority, answer) of every question about a journey, for the last vote on it."""
        return list(cls.unscoped.filter(trip=trip).values_list("authority", "answer"))

    @classmethod
    def waiting_of(cls, trip: int) -> "models.QuerySet[Consultation]":
        """Questions about a journey that are not answered yet."""
        return cls.unscoped.filter(trip=trip, answer=Answer.WAITING).order_by("id")

    def settle(self, **changes: object) -> bool:
        """Compare-and-swap: answered once."""
        found = Consultation.unscoped.filter(pk=self.pk, answer=Answer.WAITING)
        return bool(found.update(**changes))


class Passport(Filed):
    """出入境证件: kept by the organ as a thing of the account; where it is, its item says."""

    item = models.OneToOneField(Item, models.PROTECT, related_name="+", verbose_name="证件")
    kind = models.CharField("证件种类", max_length=30)
    ending = models.CharField("证号末四位", max_length=4)
    valid_until = models.DateField("证件有效期")

    class Meta(Labelled.Meta):
        verbose_name = "出入境证件"
        indexes = [models.Index(fields=["dossier", "-id"], name="personnel_passport_dossier")]

    def __str__(self) -> str:
        return str(self.item)
