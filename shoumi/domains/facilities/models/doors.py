"""出入和来访: who went in and came out, and who came from outside."""

from django.db import models
from django.db.models import F, Q

from shoumi.domains.facilities.models.moving import Moving
from shoumi.domains.facilities.models.sites import Site
from shoumi.platform.access.models import LEVELS, Labelled
from shoumi.platform.directory.models import Body, Person


class Passage(Labelled):
    """出入: one person in one room, from the moment of entering to that of leaving."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="passages", verbose_name="场所")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="进入人")
    verified = models.CharField("身份验证方式", max_length=20)
    purpose = models.CharField("用途", max_length=20)
    approval = models.CharField("批准编号", max_length=40, blank=True)
    basis = models.CharField("准入依据", max_length=60)
    companion = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="同行人"
    )
    entered_at = models.DateTimeField("进入时间")
    let_in_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    left_at = models.DateTimeField("离开时间", null=True, blank=True)
    carried = models.CharField("带出物品", max_length=200, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "出入登记"
        constraints = [
            models.UniqueConstraint(
                fields=["site", "person"],
                condition=Q(left_at=None),
                name="facilities_inside_once",
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("entered_at")),
                name="facilities_out_after_in",
            ),
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="facilities_passage_label"),
            models.Index(fields=["site", "left_at"], name="facilities_passage_site"),
        ]

    def __str__(self) -> str:
        return f"{self.site_id}:{self.person_id}"

    @classmethod
    def inside(cls, site: Site) -> "models.QuerySet[Passage]":
        """Who is in the room now, for the acts at its door."""
        return cls.unscoped.filter(site=site, left_at=None).select_related("person").order_by("id")

    def leave(self, **changes: object) -> bool:
        """Compare-and-swap: one leaves once."""
        return bool(Passage.unscoped.filter(pk=self.pk, left_at=None).update(**changes))


class Visit(Moving):
    """来访: asked for, confirmed by who is visited, let in by the doorkeeper, seen out."""

    class State(models.TextChoices):
        ASKED = "asked", "待被访人确认"
        DECLINED = "declined", "不予接待"
        CONFIRMED = "confirmed", "待放行"
        INSIDE = "inside", "在访"
        LEFT = "left", "已离开"

    TONES = {
        State.ASKED: "open",
        State.CONFIRMED: "soon",
        State.INSIDE: "open",
        State.LEFT: "done",
        State.DECLINED: "closed",
    }

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    number = models.CharField("编号", max_length=40)
    site = models.ForeignKey(Site, models.PROTECT, related_name="visits", verbose_name="到访场所")
    visitor = models.CharField("来访人", max_length=40)
    unit = models.CharField("来访单位", max_length=80)
    document = models.CharField("证件名称", max_length=20)
    document_number = models.CharField("证件号码", max_length=30)
    clearance = models.PositiveSmallIntegerField("来访人涉密等级", choices=LEVELS)
    party = models.PositiveSmallIntegerField("来访人数", default=1)
    matter = models.CharField("来访事由类别", max_length=20)
    purpose = models.CharField("来访事由", max_length=200)
    host = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="被访人")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    asked_at = models.DateTimeField("登记时间")
    state = models.CharField("状态", max_length=10, choices=State, default=State.ASKED)
    decided_at = models.DateTimeField("被访人确认时间", null=True, blank=True)
    declined_why = models.CharField("不予接待理由", max_length=200, blank=True)
    escort = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="陪同人"
    )
    verified = models.BooleanField("已查验证件", default=False)
    devices = models.CharField("寄存物品", max_length=200, blank=True)
    locker = models.CharField("寄存柜号", max_length=20, blank=True)
    let_in_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="放行人"
    )
    entered_at = models.DateTimeField("进入时间", null=True, blank=True)
    left_at = models.DateTimeField("离开时间", null=True, blank=True)
    returned = models.BooleanField("寄存物品已退还", default=False)

    class Meta(Moving.Meta):
        verbose_name = "来访登记"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["inside", "left"])
                | Q(escort__isnull=False, verified=True, entered_at__isnull=False),
                name="facilities_visitor_is_escorted",
            ),
            models.CheckConstraint(
                condition=~Q(state="left") | Q(devices="") | Q(returned=True),
                name="facilities_deposit_is_returned",
            ),
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="facilities_visit_label"),
            models.Index(fields=["site", "state"], name="facilities_visit_site"),
        ]

    def __str__(self) -> str:
        return self.number
