"""移交: a person's things go to the successor in one batch, witnessed by the approval of a leader."""

from django.db import models
from django.db.models import F, Q

from shoumi.domains.handling.models.requests import Line, Request
from shoumi.platform.access.models import Labelled
from shoumi.platform.custody.models import Handover, Item
from shoumi.platform.directory.models import Person


class Succession(Request):
    """A handover of duties (移交): from whom, to whom, and the batch that was offered once approved."""

    class State(models.TextChoices):
        REQUESTED = "requested", "审批中"
        OFFERED = "offered", "待接收"
        ACCEPTED = "accepted", "已接收"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤销"

    TONES = {
        State.REQUESTED: "open",
        State.OFFERED: "soon",
        State.ACCEPTED: "done",
        State.REFUSED: "closed",
        State.WITHDRAWN: "closed",
    }

    giver = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="移交人")
    receiver = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="接收人")
    where = models.CharField("交接地点", max_length=20, blank=True)
    reason = models.CharField("移交原因", max_length=120)
    pieces = models.PositiveIntegerField("件数")
    state = models.CharField("状态", max_length=10, choices=State, default=State.REQUESTED)
    handover = models.ForeignKey(
        Handover, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="交接单"
    )
    settled_at = models.DateTimeField("接收时间", null=True, blank=True)
    accepted = models.PositiveIntegerField("接收件数", default=0)
    declined = models.PositiveIntegerField("拒收件数", default=0)

    class Meta(Labelled.Meta):
        verbose_name = "移交"
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")), name="handling_nobody_succeeds_self"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted")
                | Q(pieces=F("accepted") + F("declined"), settled_at__isnull=False),
                name="handling_every_piece_was_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="handling_succession_label"),
            models.Index(fields=["receiver", "state"], name="handling_succession_receiver"),
            models.Index(fields=["giver", "state"], name="handling_succession_giver"),
        ]


class SuccessionLine(Line):
    """One piece of a handover."""

    succession = models.ForeignKey(
        Succession, models.PROTECT, related_name="lines", verbose_name="移交"
    )
    item = models.ForeignKey(Item, models.PROTECT, related_name="successions", verbose_name="载体")

    class Meta(Labelled.Meta):
        verbose_name = "移交明细"
        constraints = [
            models.UniqueConstraint(fields=["succession", "item"], name="handling_succeeded_once")
        ]
        indexes = [models.Index(fields=["label", "-id"], name="handling_succeeded_label")]
