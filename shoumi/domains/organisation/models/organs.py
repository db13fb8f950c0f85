"""部门 as the directory of the body tells it, and the organs (机构) that answer for secrecy work."""

from django.db import models
from django.db.models import Q

from shoumi.domains.organisation.models.reading import OfBody
from shoumi.platform.approvals.models import Case
from shoumi.platform.directory.models import Body, Department, Person


class Unit(OfBody):
    """What a department is (机构目录): its kind, its functions, when it was opened and closed."""

    class State(models.TextChoices):
        OPEN = "open", "启用"
        CLOSED = "closed", "停用"

    TONES = {State.OPEN: "done", State.CLOSED: "closed"}

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    department = models.OneToOneField(
        Department, models.PROTECT, related_name="unit", verbose_name="部门"
    )
    kind = models.CharField("部门类别", max_length=20)
    functions = models.CharField("职能", max_length=200)
    opened_on = models.DateField("启用日期")
    closed_on = models.DateField("停用日期", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.OPEN)

    class Meta:
        verbose_name = "部门登记"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_on=None)
                | Q(state="closed", closed_on__isnull=False),
                name="organisation_closed_on_a_day",
            )
        ]

    def __str__(self) -> str:
        return str(self.department)


class Organ(OfBody):
    """保密委员会、领导小组、办公室, a group for one function, a studio: set up by a paper, dissolved by one."""

    class State(models.TextChoices):
        ASKED = "asked", "待批准"
        STANDING = "standing", "运行"
        LEAVING = "leaving", "撤销待批"
        DISSOLVED = "dissolved", "已撤销"
        REFUSED = "refused", "未批准"

    TONES = {
        State.ASKED: "open",
        State.STANDING: "done",
        State.LEAVING: "soon",
        State.DISSOLVED: "closed",
        State.REFUSED: "closed",
    }

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    kind = models.CharField("机构种类", max_length=30)
    name = models.CharField("名称", max_length=60)
    functions = models.JSONField("专项职责", default=list, blank=True)
    superior = models.CharField("上级机构", max_length=60, blank=True)
    leader = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="分管领导"
    )
    basis = models.CharField("设立依据", max_length=120)
    set_up_on = models.DateField("设立日期")
    ended_on = models.DateField("撤销日期", null=True, blank=True)
    reason = models.CharField("撤销原因", max_length=120, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="经办人")
    state = models.CharField("状态", max_length=10, choices=State)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批"
    )

    class Meta:
        verbose_name = "机构"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "name"],
                condition=~Q(state__in=["dissolved", "refused"]),
                name="organisation_one_organ_a_name",
            )
        ]
        indexes = [models.Index(fields=["body", "state", "id"], name="organisation_organ_body")]

    def __str__(self) -> str:
        return self.name
