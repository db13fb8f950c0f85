"""要害部门部位 and other guarded rooms, and who is on the list of those who may enter them."""

from datetime import date

from django.db import models
from django.db.models import Q

from shoumi.domains.facilities.models.moving import Moving
from shoumi.platform.access.models import LEVELS
from shoumi.platform.approvals.models import Case
from shoumi.platform.directory.models import Body, Department, Person, Place


class Site(Moving):
    """A guarded place (重点场所): determined by the body, and used only once whoever must has agreed.

    `secrecy` is the highest level of what is dealt with inside. Nobody opens the room alone where
    `two_persons` is asked.
    """

    class Kind(models.TextChoices):
        DEPARTMENT = "department", "要害部门"
        SITE = "site", "要害部位"
        REGISTRY = "registry", "机要室"
        STRONGROOM = "strongroom", "保密室"
        MACHINE_ROOM = "machines", "涉密机房"
        ARCHIVE = "archive", "档案室"
        ZONE = "zone", "保密区域"
        DUTY_ROOM = "duty", "值班室"
        CHIEF_DUTY = "chief", "总值班室"
        RECEPTION = "reception", "接待室"

    class State(models.TextChoices):
        PROPOSED = "proposed", "待批准"
        REFUSED = "refused", "未批准"
        DETERMINED = "determined", "待确认验收"
        IN_USE = "in_use", "在用"
        CLOSED = "closed", "已撤销"

    TONES = {
        State.PROPOSED: "open",
        State.DETERMINED: "soon",
        State.IN_USE: "done",
        State.REFUSED: "closed",
        State.CLOSED: "closed",
    }

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    number = models.CharField("编号", max_length=40)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name="场所")
    kind = models.CharField("类别", max_length=10, choices=Kind)
    secrecy = models.PositiveSmallIntegerField("涉密程度", choices=LEVELS)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", verbose_name="所属部门"
    )
    keeper = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="专责人")
    cabinet = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="专柜"
    )
    reason = models.CharField("确定理由", max_length=200)
    protection = models.CharField("技防设施", max_length=200)
    regulation = models.CharField("管理制度", max_length=100, blank=True)
    area = models.PositiveSmallIntegerField("面积（平方米）", null=True, blank=True)
    two_persons = models.BooleanField("双人在场", default=False)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PROPOSED)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提出人")
    asked_at = models.DateTimeField("提出时间")
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批"
    )
    authority = models.CharField("确认验收单位", max_length=80, blank=True)
    authority_paper = models.CharField("确认验收文号", max_length=60, blank=True)
    authority_on = models.DateField("确认验收日期", null=True, blank=True)
    conditions = models.JSONField("达到的条件", default=list, blank=True)
    closed_on = models.DateField("撤销日期", null=True, blank=True)
    closed_why = models.CharField("撤销理由", max_length=200, blank=True)

    class Meta(Moving.Meta):
        verbose_name = "重点场所"
        constraints = [
            models.UniqueConstraint(
                fields=["place"],
                condition=~Q(state__in=["refused", "closed"]),
                name="facilities_one_site_a_place",
            )
        ]
        indexes = [models.Index(fields=["label", "-id"], name="facilities_site_label")]

    def __str__(self) -> str:
        return self.place.name

    @property
    def is_in_use(self) -> bool:
        return self.state == self.State.IN_USE

    @property
    def is_strongroom(self) -> bool:
        return self.kind == self.Kind.STRONGROOM

    @property
    def is_machine_room(self) -> bool:
        return self.kind == self.Kind.MACHINE_ROOM

    @property
    def is_reception(self) -> bool:
        return self.kind == self.Kind.RECEPTION

    @property
    def is_guarded(self) -> bool:
        """Whether nobody is received there for company."""
        return self.kind not in (self.Kind.RECEPTION, self.Kind.DUTY_ROOM, self.Kind.CHIEF_DUTY)

    @classmethod
    def standing_at(cls, place: Place) -> bool:
        """Whether a place is registered already, for the act that would register it."""
        gone = (cls.State.REFUSED, cls.State.CLOSED)
        return bool(cls.unscoped.filter(place=place).exclude(state__in=gone).exists())

    @classmethod
    def around(cls, place: Place) -> "models.QuerySet[Site]":
        """The site that a place is, and the one it stands in, for the acts about its keys."""
        return cls.unscoped.filter(place__in=[place.pk, place.within_id], state=cls.State.IN_USE)

    @classmethod
    def in_use(cls, body: Body) -> "models.QuerySet[Site]":
        """The sites of a body that are to be looked after, for the acts that look."""
        return cls.unscoped.filter(body=body, state=cls.State.IN_USE)


class Admission(Moving):
    """准入: one person, or whoever holds a post, may enter a site for a time; approved before it counts."""

    class State(models.TextChoices):
        ASKED = "asked", "待批准"
        REFUSED = "refused", "未批准"
        IN_FORCE = "in_force", "有效"
        REVOKED = "revoked", "已取消"

    TONES = {
        State.ASKED: "open",
        State.IN_FORCE: "done",
        State.REFUSED: "closed",
        State.REVOKED: "closed",
    }

    site = models.ForeignKey(Site, models.PROTECT, related_name="admissions", verbose_name="场所")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="人员"
    )
    post = models.CharField("岗位", max_length=40, blank=True)
    reason = models.CharField("进入事由", max_length=200)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提出人")
    asked_at = models.DateTimeField("提出时间")
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批"
    )
    revoked_on = models.DateField("取消日期", null=True, blank=True)
    revoked_why = models.CharField("取消理由", max_length=200, blank=True)

    class Meta(Moving.Meta):
        verbose_name = "准入名单"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ ~Q(post=""),
                name="facilities_admission_of_somebody",
            )
        ]
        indexes = [
            models.Index(fields=["site", "state"], name="facilities_admission_site"),
            models.Index(fields=["label", "-id"], name="facilities_admission_label"),
        ]

    def __str__(self) -> str:
        return f"{self.site_id}:{self.person_id or self.post}"

    def holds_on(self, day: date) -> bool:
        return (
            self.state == self.State.IN_FORCE
            and self.since <= day
            and (self.until is None or self.until >= day)
        )

    @classmethod
    def in_force(cls, site: Site, *, on: date) -> "models.QuerySet[Admission]":
        """The list of a site on a day, for the acts at its door."""
        return cls.unscoped.filter(
            Q(until=None) | Q(until__gte=on), site=site, state=cls.State.IN_FORCE, since__lte=on
        )
