"""归档: what is finished and kept goes from the registry to the archivist."""

from django.db import models
from django.db.models import Q

from shoumi.domains.handling.models.requests import Line, Request
from shoumi.platform.access.models import Labelled
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Person


class Archiving(Request):
    """A transfer to the archive (归档移交), approved by the director and counted in by the archivist."""

    class State(models.TextChoices):
        REQUESTED = "requested", "审批中"
        APPROVED = "approved", "待点收"
        ARCHIVED = "archived", "已归档"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤销"

    TONES = {
        State.REQUESTED: "open",
        State.APPROVED: "soon",
        State.ARCHIVED: "done",
        State.REFUSED: "closed",
        State.WITHDRAWN: "closed",
    }

    year = models.PositiveSmallIntegerField("归档年度")
    volume = models.CharField("案卷号", max_length=40)
    remark = models.CharField("说明", max_length=120, blank=True)
    pieces = models.PositiveIntegerField("件数")
    state = models.CharField("状态", max_length=10, choices=State, default=State.REQUESTED)
    shelf = models.CharField("档案存放位置", max_length=60, blank=True)
    taken_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="点收人"
    )
    taken_at = models.DateTimeField("点收时间", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "归档"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="archived")
                | Q(taken_by__isnull=False, taken_at__isnull=False) & ~Q(shelf=""),
                name="handling_archived_was_counted_in",
            )
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="handling_archiving_label"),
            models.Index(fields=["state", "-id"], name="handling_archiving_state"),
        ]


class ArchivingLine(Line):
    """One piece that goes to the archive."""

    archiving = models.ForeignKey(
        Archiving, models.PROTECT, related_name="lines", verbose_name="归档"
    )
    item = models.ForeignKey(Item, models.PROTECT, related_name="archivings", verbose_name="载体")

    class Meta(Labelled.Meta):
        verbose_name = "归档明细"
        constraints = [
            models.UniqueConstraint(fields=["archiving", "item"], name="handling_archived_once")
        ]
        indexes = [models.Index(fields=["label", "-id"], name="handling_archived_label")]
