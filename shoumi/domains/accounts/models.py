"""What the room keeps: proposals of rights, old passwords, reviews of rights, and the state of log-ins."""

from django.db import models
from django.db.models import F, Q

from shoumi.kernel.levels import PersonnelClass
from shoumi.platform.directory.models import Appointment, Body, Department, Person
from shoumi.platform.trail.models import Recorded


class Proposal(Recorded):
    """A grant of rights (授权提议): one officer proposes it, another person's consent carries it out."""

    class Kind(models.TextChoices):
        APPOINT = "appoint", "任命岗位"
        STAND_IN = "stand_in", "安排代理"
        DISMISS = "dismiss", "免去三员"
        CLEAR = "clear", "登记涉密等级"

    class State(models.TextChoices):
        PROPOSED = "proposed", "待同意"
        CONSENTED = "consented", "已同意"
        REFUSED = "refused", "不同意"
        WITHDRAWN = "withdrawn", "已撤回"

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    kind = models.CharField("类别", max_length=10, choices=Kind)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="proposals", verbose_name="对何人"
    )
    post = models.CharField("岗位", max_length=40, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="部门"
    )
    standing_in_for = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代理何人"
    )
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="任岗"
    )
    personnel_class = models.CharField(
        "涉密人员类别",
        max_length=10,
        blank=True,
        choices=[(c.value, c.label) for c in PersonnelClass],
    )
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    review_due = models.DateField("复审期限", null=True, blank=True)
    trained_until = models.DateField("培训有效期", null=True, blank=True)
    pledged_until = models.DateField("承诺书有效期", null=True, blank=True)
    basis = models.CharField("依据", max_length=200)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提出人")
    proposed_at = models.DateTimeField("提出时间")
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定人"
    )
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    opinion = models.CharField("意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "授权提议"
        indexes = [models.Index(fields=["body", "state", "-id"], name="accounts_proposal_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "post"],
                condition=Q(state="proposed"),
                name="accounts_one_open_proposal",
            ),
            models.CheckConstraint(
                condition=~Q(state="consented")
                | Q(decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(decided_by=F("proposed_by"))
                & ~Q(decided_by=F("person")),
                name="accounts_consent_is_another_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}:{self.person_id}"

    def move(self, *, before: str, after: str, **fields: object) -> bool:
        """Change the state if nobody was quicker."""
        done = Proposal.objects.filter(pk=self.pk, state=before).update(state=after, **fields)
        self.state = after if done else self.state
        return bool(done)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.PROPOSED


class PasswordMemory(Recorded):
    """A password that was in use, as its hash, so that it does not come back too soon."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    password = models.CharField("口令摘要", max_length=128)
    replaced_at = models.DateTimeField("更换时间")

    class Meta:
        verbose_name = "旧口令摘要"
        indexes = [models.Index(fields=["person", "-id"], name="accounts_memory_person")]

    def __str__(self) -> str:
        return f"{self.person_id}"


class RightsReview(Recorded):
    """A periodic review (权限复核): the table of rights as it stood, and what the officer found."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    reviewed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="复核人")
    reviewed_at = models.DateTimeField("复核时间")
    table = models.JSONField("权限表")
    finding = models.CharField("复核结论", max_length=400)

    class Meta:
        verbose_name = "权限复核"
        indexes = [models.Index(fields=["body", "-id"], name="accounts_review_body")]

    def __str__(self) -> str:
        return f"{self.body_id}:{self.reviewed_at:%Y-%m-%d}"


class AccountFailures(models.Model):
    """Guesses at one account since the last success (登录状态); unknown names are counted alike.

    The name is kept as a digest: people type passwords into the wrong field.
    """

    name = models.CharField("账号摘要", max_length=64, unique=True)
    count = models.PositiveSmallIntegerField("次数", default=0)
    last = models.DateTimeField("末次")

    class Meta:
        verbose_name = "账号登录失败"

    def __str__(self) -> str:
        return f"{self.count}"


class AddressFailures(models.Model):
    """Accounts at which one address guessed without success (登录状态)."""

    address = models.CharField("地址", max_length=45)
    name = models.CharField("账号摘要", max_length=64)
    last = models.DateTimeField("末次")

    class Meta:
        verbose_name = "地址登录失败"
        constraints = [
            models.UniqueConstraint(fields=["address", "name"], name="accounts_one_row_a_guess")
        ]
        indexes = [models.Index(fields=["last"], name="accounts_address_last")]

    def __str__(self) -> str:
        return self.address


class OpenLogin(models.Model):
    """Where somebody is logged in just now (登录状态), so that a further log-in ends the earlier one."""

    session = models.CharField("会话", max_length=40, unique=True)
    person = models.BigIntegerField("人员编号")
    address = models.CharField("地址", max_length=45)
    at = models.DateTimeField("登录时间")

    class Meta:
        verbose_name = "在线登录"
        indexes = [models.Index(fields=["person", "-id"], name="accounts_open_person")]

    def __str__(self) -> str:
        return f"{self.person}"
