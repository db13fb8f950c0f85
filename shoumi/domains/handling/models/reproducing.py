"""复制: what was made of an original, each piece numbered and managed as the original is."""

from django.db import models
from django.db.models import F, Q

from shoumi.domains.handling.models.requests import Line, Request
from shoumi.platform.access.models import Labelled
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Person


class Reproduction(Request):
    """A request to copy (复制) or extract (摘录) one carrier."""

    class Kind(models.TextChoices):
        COPY = "copy", "复印、翻印"
        EXTRACT = "extract", "摘录、汇编"

        @property
        def is_sent(self) -> bool:
            """What is drawn from an original is sent to people who are named beforehand."""
            return self is Reproduction.Kind.EXTRACT

    class State(models.TextChoices):
        REQUESTED = "requested", "审批中"
        APPROVED = "approved", "待制作"
        MADE = "made", "已制作"
        COLLECTED = "collected", "已收回"
        REFUSED = "refused", "未批准"
        WITHDRAWN = "withdrawn", "已撤销"

    TONES = {
        State.REQUESTED: "open",
        State.APPROVED: "soon",
        State.MADE: "soon",
        State.COLLECTED: "done",
        State.REFUSED: "closed",
        State.WITHDRAWN: "closed",
    }

    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="原件")
    kind = models.CharField("方式", max_length=8, choices=Kind)
    copies = models.PositiveSmallIntegerField("申请份数")
    purpose = models.CharField("用途", max_length=120)
    recipients = models.CharField("摘录、汇编收件人", max_length=200, blank=True)
    consent_number = models.CharField("原发文单位批准文号", max_length=60, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.REQUESTED)
    made = models.PositiveSmallIntegerField("实制份数", default=0)
    made_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="制作人"
    )
    made_at = models.DateTimeField("制作时间", null=True, blank=True)
    made_in = models.CharField("复制地点", max_length=20, blank=True)
    supervisor = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="监督人"
    )
    waste = models.PositiveSmallIntegerField("残废页数", default=0)
    collected_at = models.DateTimeField("收回销号时间", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "复制"
        constraints = [
            models.CheckConstraint(
                condition=Q(made__lte=F("copies")), name="handling_made_within_approved"
            ),
            models.CheckConstraint(
                condition=Q(supervisor=None) | ~Q(supervisor=F("made_by")),
                name="handling_made_under_another_eye",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["made", "collected"])
                | Q(made__gte=1, made_at__isnull=False),
                name="handling_made_says_how_many",
            ),
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="handling_copying_label"),
            models.Index(fields=["state", "-id"], name="handling_copying_state"),
        ]

    def destinations(self) -> str:
        """What became of each piece (逐份去向), for whoever may know the request."""
        pieces = ReproducedItem.unscoped.filter(reproduction=self).select_related("item")
        rows = pieces.order_by("number").values_list("item__name", "destination")
        return "；".join(f"{name} {where}" for name, where in rows)

    @property
    def is_whole(self) -> bool:
        """A whole copy is one more 份 of the paper; an extract is a carrier of its own."""
        return self.kind == self.Kind.COPY


class ReproducedItem(Line):
    """One piece that was made: its number among them, and for whom."""

    reproduction = models.ForeignKey(
        Reproduction, models.PROTECT, related_name="lines", verbose_name="复制"
    )
    # Which pieces a request made is asked from the side of the thing (`reproduced__reproduction`).
    item = models.OneToOneField(
        Item, models.PROTECT, related_name="reproduced", verbose_name="载体"
    )
    number = models.PositiveSmallIntegerField("序号")
    destination = models.CharField("去向", max_length=60)

    class Meta(Labelled.Meta):
        verbose_name = "复制件"
        constraints = [
            models.UniqueConstraint(
                fields=["reproduction", "number"], name="handling_one_piece_a_number"
            ),
            models.CheckConstraint(
                condition=~Q(destination=""), name="handling_a_piece_has_its_destination"
            ),
        ]
        indexes = [models.Index(fields=["label", "-id"], name="handling_piece_label")]
