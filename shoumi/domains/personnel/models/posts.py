"""涉密岗位: determined first, by the highest level it regularly handles; people come afterwards."""

from django.db import models
from django.db.models import Q

from shoumi.domains.handling.models import Request
from shoumi.kernel.levels import Level, PersonnelClass
from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Department

CLASSES = [(c.value, c.label) for c in PersonnelClass]


class SecretPost(Request):
    """A post that handles state secrets (涉密岗位); its class is that of whoever holds it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "待审定"
        IN_FORCE = "in_force", "已审定"
        REFUSED = "refused", "不予确定"
        ABOLISHED = "abolished", "已撤销"

    TONES = {
        State.PROPOSED: "open",
        State.IN_FORCE: "done",
        State.REFUSED: "closed",
        State.ABOLISHED: "closed",
    }

    title = models.CharField("岗位名称", max_length=60)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="部门"
    )
    handles = models.PositiveSmallIntegerField(
        "经常接触的最高密级", choices=[(x.value, x.label) for x in Level if x.is_state_secret]
    )
    personnel_class = models.CharField("岗位类别", max_length=10, choices=CLASSES)
    matters = models.CharField("经管、接触的涉密事项", max_length=300)
    duties = models.CharField("保密责任", max_length=300)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PROPOSED)
    decided_at = models.DateTimeField("审定时间", null=True, blank=True)
    ended_reason = models.CharField("撤销原因", max_length=200, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "涉密岗位"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "department", "title"],
                condition=Q(state__in=["proposed", "in_force"]),
                name="personnel_one_post_a_title",
            ),
            # Of the leaders, who sit in no department: for the database, nothing equals nothing.
            models.UniqueConstraint(
                fields=["body", "title"],
                condition=Q(state__in=["proposed", "in_force"], department=None),
                name="personnel_one_leaders_post_a_title",
            ),
        ]
        indexes = [models.Index(fields=["label", "-id"], name="personnel_post_label")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def in_force(cls, body: int) -> "models.QuerySet[SecretPost]":
        """The posts that people may be chosen for: for the acts and forms of this room."""
        rows = cls.unscoped.filter(body=body, state=cls.State.IN_FORCE)
        return rows.select_related("department").order_by("title", "id")
