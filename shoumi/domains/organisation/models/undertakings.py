"""责任书: signed once a year by who is responsible, and by the one above."""

from django.db import models
from django.db.models import F, Q

from shoumi.domains.organisation.models.reading import OfBody
from shoumi.platform.directory.models import Body, Department, Person


class Undertaking(OfBody):
    """One 责任书 of one year: first the signer, then the superior."""

    class State(models.TextChoices):
        ISSUED = "issued", "待签署"
        SIGNED = "signed", "待上级签署"
        DONE = "done", "已签订"
        VOID = "void", "已作废"

    TONES = {
        State.ISSUED: "open",
        State.SIGNED: "soon",
        State.DONE: "done",
        State.VOID: "closed",
    }

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    number = models.CharField("编号", max_length=20)
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("责任书", max_length=20)
    role = models.CharField("责任", max_length=30)
    signer = models.ForeignKey(
        Person, models.PROTECT, related_name="undertakings", verbose_name="责任人"
    )
    superior = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="签订上级")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="部门"
    )
    issued_at = models.DateTimeField("发起时间")
    due_on = models.DateField("签订期限")
    signed_at = models.DateTimeField("本人签署", null=True, blank=True)
    countersigned_at = models.DateTimeField("上级签署", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.ISSUED)

    class Meta:
        verbose_name = "责任书"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year", "kind", "signer"],
                condition=~Q(state="void"),
                name="organisation_one_undertaking_a_year",
            ),
            models.CheckConstraint(
                condition=~Q(signer=F("superior")), name="organisation_nobody_signs_with_self"
            ),
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(signed_at__isnull=False, countersigned_at__isnull=False),
                name="organisation_done_is_signed_twice",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "year", "state"], name="organisation_undertaking_year")
        ]

    def __str__(self) -> str:
        return self.number
