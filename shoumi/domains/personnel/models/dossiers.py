"""涉密人员保密档案: one a person, and what is filed in it on the way to a clearance and afterwards."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from shoumi.domains.handling.models import Request
from shoumi.domains.personnel.models.posts import CLASSES, SecretPost
from shoumi.domains.personnel.rules.words import Employment, Pledged
from shoumi.kernel.levels import PersonnelClass
from shoumi.platform.access.models import Labelled
from shoumi.platform.directory.models import Body, Person


class Dossier(Labelled):
    """The dossier of one person in, or meant for, a secret-related post.

    `reviewed_until`, `trained_until` and `pledged_until` are written by the acts that earn them and by
    nothing else; the clearance is made of them.
    """

    class State(models.TextChoices):
        CANDIDATE = "candidate", "待上岗"
        ON_POST = "on_post", "在岗"
        LEFT = "left", "脱密期管理"
        CLOSED = "closed", "未上岗"

    TONES = {
        State.CANDIDATE: "open",
        State.ON_POST: "done",
        State.LEFT: "soon",
        State.CLOSED: "closed",
    }
    ALIVE = (State.CANDIDATE, State.ON_POST)

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="姓名")
    post = models.ForeignKey(
        SecretPost, models.PROTECT, related_name="dossiers", verbose_name="涉密岗位"
    )
    personnel_class = models.CharField("涉密人员类别", max_length=10, choices=CLASSES)
    employment = models.CharField("用工性质", max_length=12, choices=Employment.choices())
    employer = models.CharField("派出单位", max_length=80, blank=True)
    agreement = models.CharField("保密协议编号", max_length=60, blank=True)
    basis = models.CharField("依据", max_length=200)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="建档人")
    opened_at = models.DateTimeField("建档时间")
    reviewed_until = models.DateField("复审期限", null=True, blank=True)
    trained_until = models.DateField("培训有效期", null=True, blank=True)
    pledged_until = models.DateField("承诺书有效期", null=True, blank=True)
    filed_on = models.DateField("上级备案日期", null=True, blank=True)
    filing_receipt = models.CharField("备案回执", max_length=60, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.CANDIDATE)
    since = models.DateField("上岗日期", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "涉密人员档案"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=["candidate", "on_post"]),
                name="personnel_one_dossier_a_person",
            ),
            models.CheckConstraint(
                condition=Q(since=None) | ~Q(state="candidate"), name="personnel_since_when_on_post"
            ),
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="personnel_dossier_label"),
            models.Index(fields=["person", "-id"], name="personnel_dossier_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.post}）"

    @property
    def class_held(self) -> PersonnelClass:
        return PersonnelClass(self.personnel_class)

    @classmethod
    def alive_of(cls, person: int) -> "Dossier | None":
        """The dossier of a candidate or holder, for the acts of this room."""
        rows = cls.unscoped.filter(person=person, state__in=cls.ALIVE)
        found: Dossier | None = rows.select_related("person", "post", "label", "body").first()
        return found

    @classmethod
    def latest_of(cls, person: int) -> "Dossier | None":
        """The last dossier of somebody, in whichever state."""
        rows = cls.unscoped.filter(person=person).order_by("-id")
        found: Dossier | None = rows.select_related("person", "post", "label", "body").first()
        return found

    @classmethod
    def on_post_of(cls, body: int) -> "models.QuerySet[Dossier]":
        """Everybody on a post of a body, for the acts that go through all of them."""
        rows: models.QuerySet[Dossier] = cls.unscoped.filter(body=body, state=cls.State.ON_POST)
        return rows.select_related("person", "post", "label", "body").order_by("id")

    @classmethod
    def people_with_one(cls, body: int) -> set[int]:
        """Whose dossier is alive, for the acts that take over old ledgers."""
        rows = cls.unscoped.filter(body=body, state__in=cls.ALIVE)
        return set(rows.values_list("person", flat=True))

    @classmethod
    def held_under(cls, post: int) -> bool:
        """Whether anybody is on, or meant for, a post."""
        return bool(cls.unscoped.filter(post=post, state__in=cls.ALIVE).exists())

    def move(self, *, before: str, after: str, **changes: Any) -> bool:
        """Compare-and-swap on the state."""
        if not Dossier.unscoped.filter(pk=self.pk, state=before).update(state=after, **changes):
            return False
        for name, value in {"state": after, **changes}.items():
            setattr(self, name, value)
        return True

    def write(self, **changes: Any) -> bool:
        """Write what was earned, while the dossier is alive."""
        return self.move(before=self.state, after=self.state, **changes)


class Filed(Labelled):
    """One paper of a dossier; it bears the dossier's label."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+", verbose_name="人员")
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间")

    class Meta(Labelled.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.pk}"


class Review(Request):
    """《涉密人员审查表》: four contents and three conditions, judged by two departments and a leader.

    Its label leaves out the person it is about, whichever post they hold.
    """

    class State(models.TextChoices):
        ASKED = "asked", "会签审批中"
        PASSED = "passed", "审查合格"
        FAILED = "failed", "审查不合格"

    TONES = {State.ASKED: "open", State.PASSED: "done", State.FAILED: "bad"}

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="reviews", verbose_name="被审查人"
    )
    again = models.BooleanField("复审", default=False)
    background = models.TextField("个人和家庭基本情况")
    conduct = models.TextField("现实表现")
    relations = models.TextField("主要社会关系")
    foreign_ties = models.TextField("与国（境）外机构、组织、人员交往情况")
    political = models.BooleanField("政治素质符合")
    character = models.BooleanField("品行符合")
    ability = models.BooleanField("工作能力符合")
    state = models.CharField("结论", max_length=8, choices=State, default=State.ASKED)
    valid_until = models.DateField("复审期限", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "涉密人员审查"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(state="asked"),
                name="personnel_one_review_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="passed")
                | Q(political=True, character=True, ability=True, valid_until__isnull=False),
                name="personnel_passed_on_all_conditions",
            ),
        ]
        indexes = [models.Index(fields=["label", "-id"], name="personnel_review_label")]


class Training(Filed):
    """上岗和在岗保密教育: hours, examination, and until when it counts."""

    course = models.CharField("培训内容", max_length=120)
    held_on = models.DateField("培训日期")
    hours = models.PositiveSmallIntegerField("学时")
    score = models.PositiveSmallIntegerField("考试成绩")
    passed = models.BooleanField("考试合格")
    valid_until = models.DateField("有效期至", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "保密培训考试"
        constraints = [
            models.CheckConstraint(
                condition=Q(passed=True, valid_until__isnull=False)
                | Q(passed=False, valid_until=None),
                name="personnel_trained_if_passed",
            )
        ]
        indexes = [models.Index(fields=["dossier", "-id"], name="personnel_training_dossier")]


class Pledge(Filed):
    """承诺书、责任书: signed on the screen by the person, or on paper and registered."""

    kind = models.CharField("种类", max_length=14, choices=Pledged.choices())
    text = models.TextField("条款")
    version = models.CharField("文本版本", max_length=20)
    signed_on = models.DateField("签订日期")
    valid_until = models.DateField("有效期至")
    on_paper = models.BooleanField("纸质签署", default=False)

    class Meta(Labelled.Meta):
        verbose_name = "保密承诺"
        indexes = [models.Index(fields=["dossier", "-id"], name="personnel_pledge_dossier")]

    @classmethod
    def standing(cls, dossier: int, kind: str, *, on: date) -> Self | None:
        """The pledge of a kind that holds on a day."""
        rows: models.QuerySet[Self] = cls.unscoped.filter(
            dossier=dossier, kind=kind, valid_until__gte=on
        )
        return rows.order_by("-id").first()
