"""离岗离职: the request, the five acts, the exit period, and what is told of it afterwards."""

from django.db import models
from django.db.models import Q

from shoumi.domains.handling.models import Request
from shoumi.domains.personnel.models.dossiers import Dossier, Filed
from shoumi.domains.personnel.rules.words import Destination, Leaving
from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Person


class Departure(Request):
    """Somebody leaves a secret-related post; the exit period counts from the day of approval."""

    class State(models.TextChoices):
        ASKED = "asked", "审批中"
        APPROVED = "approved", "办理离岗手续"
        DONE = "done", "已离岗"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤回"

    UNDER_WAY = (State.APPROVED, State.DONE)
    TONES = {
        State.ASKED: "open",
        State.APPROVED: "soon",
        State.DONE: "done",
        State.REFUSED: "closed",
        State.WITHDRAWN: "closed",
    }

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="departures", verbose_name="离岗人员"
    )
    kind = models.CharField("离岗种类", max_length=12, choices=Leaving.choices())
    reason = models.CharField("原因", max_length=200)
    destination = models.CharField("去向", max_length=10, choices=Destination.choices())
    employer = models.CharField("去往单位", max_length=80, blank=True)
    superior_opinion = models.CharField("上级保密工作部门意见", max_length=120, blank=True)
    successor = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="接管人"
    )
    months = models.PositiveSmallIntegerField("脱密期（月）")
    for_life = models.BooleanField("终身限制", default=False)
    longer_reason = models.CharField("延长理由", max_length=200, blank=True)
    approved_on = models.DateField("批准离岗日期", null=True, blank=True)
    exit_until = models.DateField("脱密期止", null=True, blank=True)
    supervisor = models.CharField("脱密期管理责任单位", max_length=160, blank=True)
    list_receipt = models.CharField("名单移交回执", max_length=60, blank=True)
    talked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="谈话人"
    )
    talked_at = models.DateTimeField("谈话时间", null=True, blank=True)
    talk = models.CharField("提醒谈话内容", max_length=300, blank=True)
    pledged_at = models.DateTimeField("签离岗承诺书时间", null=True, blank=True)
    handed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="监交人"
    )
    handed_at = models.DateTimeField("移交时间", null=True, blank=True)
    handed_list = models.CharField("移交清册编号", max_length=60, blank=True)
    audited_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审计人"
    )
    audited_at = models.DateTimeField("离岗审计时间", null=True, blank=True)
    audit = models.CharField("离岗审计结论", max_length=300, blank=True)
    done_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办结人"
    )
    done_at = models.DateTimeField("办结时间", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.ASKED)

    class Meta(Labelled.Meta):
        verbose_name = "离岗离职"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(state__in=["asked", "approved"]),
                name="personnel_one_departure_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "done"])
                | Q(approved_on__isnull=False, exit_until__isnull=False),
                name="personnel_approved_with_exit_period",
            ),
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(
                    talked_at__isnull=False,
                    pledged_at__isnull=False,
                    handed_at__isnull=False,
                    done_at__isnull=False,
                ),
                name="personnel_left_after_five_acts",
            ),
        ]
        indexes = [models.Index(fields=["label", "-id"], name="personnel_departure_label")]

    @classmethod
    def open_of(cls, dossier: int) -> "Departure | None":
        rows: models.QuerySet[Departure] = cls.unscoped.filter(
            dossier=dossier, state__in=[cls.State.ASKED, cls.State.APPROVED]
        )
        return rows.select_related("dossier__person", "label", "body").first()


class Employment(Filed):
    """脱密期就业、服务去向: told by whoever supervises; the barred ones are refused."""

    departure = models.ForeignKey(
        Departure, models.PROTECT, related_name="employments", verbose_name="离岗"
    )
    employer = models.CharField("单位", max_length=80)
    kind = models.CharField("单位性质", max_length=30)
    work = models.CharField("工作或者服务内容", max_length=120)
    since = models.DateField("起始日期")

    class Meta(Labelled.Meta):
        verbose_name = "脱密期就业登记"
        indexes = [models.Index(fields=["departure", "-id"], name="personnel_job_departure")]
