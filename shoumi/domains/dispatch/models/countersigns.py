"""会签: another department whose business the letter touches says in words that it agrees."""

from django.db import models
from django.db.models import Q

from shoumi.domains.dispatch.models.letters import Letter
from shoumi.domains.dispatch.models.moving import Moving
from shoumi.platform.directory.models import Department, Person


class Countersign(Moving):
    """One department's part in a letter; a letter that was changed asks again, in a new round."""

    class State(models.TextChoices):
        LISTED = "listed", "待送会"
        WAITING = "waiting", "会签中"
        AGREED = "agreed", "同意"
        DECLINED = "declined", "不同意"
        VOID = "void", "已作废"

    TONES = {
        State.LISTED: "open",
        State.WAITING: "soon",
        State.AGREED: "done",
        State.DECLINED: "bad",
        State.VOID: "closed",
    }

    letter = models.ForeignKey(
        Letter, models.PROTECT, related_name="countersigns", verbose_name="发文"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", verbose_name="会签部门"
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.LISTED)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="会签人"
    )
    opinion = models.CharField("会签意见", max_length=300, blank=True)
    at = models.DateTimeField("会签时间", null=True, blank=True)

    class Meta(Moving.Meta):
        verbose_name = "会签"
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "department"],
                condition=~Q(state="void"),
                name="dispatch_one_countersign_a_department",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "declined"])
                | (Q(person__isnull=False) & ~Q(opinion="")),
                name="dispatch_countersigned_in_words",
            ),
        ]
        indexes = [models.Index(fields=["label", "-id"], name="dispatch_cosign_label")]

    def __str__(self) -> str:
        return f"{self.letter} {self.department}"

    @classmethod
    def all_of(cls, letter: Letter) -> "models.QuerySet[Countersign]":
        """Every department asked in the present round, for the acts on the letter."""
        rows: models.QuerySet[Countersign] = cls.unscoped.select_related("department", "person")
        return rows.filter(letter=letter).exclude(state=cls.State.VOID).order_by("id")
