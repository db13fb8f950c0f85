"""传阅: the list of readers of a paper, and the way of each copy out and back."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from shoumi.domains.documents.models import Copy, Document
from shoumi.platform.access.models import Labelled
from shoumi.platform.custody.models import Handover
from shoumi.platform.directory.models import Person


class Circulation(Labelled):
    """One round of a paper among the readers that the instruction named (传阅单)."""

    class State(models.TextChoices):
        OPEN = "open", "传阅中"
        CLOSED = "closed", "已办结"

    TONES = {State.OPEN: "soon", State.CLOSED: "done"}

    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="文件")
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="建单人")
    opened_at = models.DateTimeField("建单时间")
    due_at = models.DateTimeField("传阅期限")
    state = models.CharField("状态", max_length=8, choices=State, default=State.OPEN)
    closed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办结人"
    )
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "传阅单"
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state="open"),
                name="circulation_one_open_list_a_document",
            )
        ]
        indexes = [
            models.Index(fields=["label", "-id"], name="circulation_label"),
            models.Index(fields=["state", "due_at"], name="circulation_state_due"),
        ]

    def __str__(self) -> str:
        return f"{self.document} 传阅单"

    def move(self, *, before: str, after: str, **changes: Any) -> bool:
        """Compare-and-swap on the state."""
        found = Circulation.unscoped.filter(pk=self.pk, state=before)
        if not found.update(state=after, **changes):
            return False
        for name, value in {"state": after, **changes}.items():
            setattr(self, name, value)
        return True

    def all_readers(self) -> "models.QuerySet[Reader]":
        """Every line of the list: whoever may know the paper may know who reads it."""
        rows: models.QuerySet[Reader] = Reader.unscoped.filter(circulation=self)
        return rows.select_related("person", "copy").order_by("place_in_list", "id")

    def is_late(self, at: datetime) -> bool:
        return self.state == self.State.OPEN and self.due_at < at


class Reader(Labelled):
    """One reader on the list: sent, signed for, given back, counted in; each step with its time."""

    class State(models.TextChoices):
        WAITING = "waiting", "待送"
        OFFERED = "offered", "待签收"
        READING = "reading", "阅中"
        GIVEN_BACK = "given_back", "待核点"
        RETURNED = "returned", "已退回"
        EXCUSED = "excused", "免送"

    OUT = (State.OFFERED, State.READING, State.GIVEN_BACK)
    TONES = {
        State.WAITING: "",
        State.OFFERED: "open",
        State.READING: "soon",
        State.GIVEN_BACK: "open",
        State.RETURNED: "done",
        State.EXCUSED: "closed",
    }

    circulation = models.ForeignKey(
        Circulation, models.PROTECT, related_name="readers", verbose_name="传阅单"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="阅件人")
    place_in_list = models.PositiveSmallIntegerField("次序")
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    copy = models.ForeignKey(
        Copy, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="份号"
    )
    sent_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="送件人"
    )
    sent_at = models.DateTimeField("送出时间", null=True, blank=True)
    due_at = models.DateTimeField("退回期限", null=True, blank=True)
    accepted_at = models.DateTimeField("签收时间", null=True, blank=True)
    given_back_at = models.DateTimeField("退还时间", null=True, blank=True)
    returned_at = models.DateTimeField("核点时间", null=True, blank=True)
    opinion = models.CharField("阅件意见", max_length=300, blank=True)
    excuse = models.CharField("免送原因", max_length=100, blank=True)
    outward = models.ForeignKey(
        Handover, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="送出交接单"
    )
    homeward = models.ForeignKey(
        Handover, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="退回交接单"
    )

    class Meta(Labelled.Meta):
        verbose_name = "阅件人"
        constraints = [
            models.UniqueConstraint(
                fields=["circulation", "person"], name="circulation_once_a_person"
            ),
            models.UniqueConstraint(
                fields=["copy"],
                condition=Q(state__in=["offered", "reading", "given_back"]),
                name="circulation_one_reader_a_copy",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "excused"])
                | Q(copy__isnull=False, sent_at__isnull=False, due_at__isnull=False),
                name="circulation_out_means_a_copy",
            ),
            models.CheckConstraint(
                condition=~Q(state="excused") | ~Q(excuse=""),
                name="circulation_excused_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["circulation", "place_in_list"], name="circulation_reader_list"),
            models.Index(fields=["person", "state"], name="circulation_reader_person"),
            models.Index(fields=["state", "due_at"], name="circulation_reader_due"),
            models.Index(fields=["label", "-id"], name="circulation_reader_label"),
        ]

    def __str__(self) -> str:
        return f"{self.circulation_id}:{self.person_id}"

    def move(self, *, before: str, after: str, **changes: Any) -> bool:
        """Compare-and-swap on the state: the second of two clicks changes nothing."""
        found = Reader.unscoped.filter(pk=self.pk, state=before)
        if not found.update(state=after, **changes):
            return False
        for name, value in {"state": after, **changes}.items():
            setattr(self, name, value)
        return True

    @property
    def is_out(self) -> bool:
        return self.state in self.OUT

    def is_late(self, at: datetime) -> bool:
        return self.is_out and self.due_at is not None and self.due_at < at


class Widening(Labelled):
    """扩大知悉范围: somebody asks that further people may know a paper; approved case by case."""

    class State(models.TextChoices):
        ASKED = "asked", "审批中"
        GRANTED = "granted", "已同意"
        REFUSED = "refused", "未同意"

    TONES = {State.ASKED: "soon", State.GRANTED: "done", State.REFUSED: "closed"}

    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="文件")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间")
    people = models.JSONField("拟增人员编号")
    names = models.CharField("拟增人员", max_length=300)
    reason = models.CharField("理由", max_length=200)
    consent_number = models.CharField("原定密单位同意文号", max_length=60, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.ASKED)
    settled_at = models.DateTimeField("办结时间", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "扩大知悉范围申请"
        indexes = [
            models.Index(fields=["document", "-id"], name="circulation_widening_document"),
            models.Index(fields=["label", "-id"], name="circulation_widening_label"),
        ]

    def __str__(self) -> str:
        return f"扩大知悉范围 {self.pk}"

    @classmethod
    def named(cls, name: str) -> "Widening":
        """The request that a case was opened for, by the name the case keeps."""
        found: Widening = cls.unscoped.select_related("document__label").get(
            pk=int(name.rpartition(":")[2])
        )
        return found

    def move(self, *, before: str, after: str, **changes: Any) -> bool:
        """Compare-and-swap on the state."""
        found = Widening.unscoped.filter(pk=self.pk, state=before)
        if not found.update(state=after, **changes):
            return False
        for name, value in {"state": after, **changes}.items():
            setattr(self, name, value)
        return True


class Escort(Labelled):
    """专管专送: for a while one named person carries one paper to its readers; approved case by case."""

    class State(models.TextChoices):
        ASKED = "asked", "审批中"
        GRANTED = "granted", "已同意"
        REFUSED = "refused", "未同意"

    TONES = {State.ASKED: "soon", State.GRANTED: "done", State.REFUSED: "closed"}

    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="文件")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="专送人")
    reason = models.CharField("事由", max_length=200)
    until = models.DateField("期限")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间")
    state = models.CharField("状态", max_length=8, choices=State, default=State.ASKED)
    settled_at = models.DateTimeField("批准时间", null=True, blank=True)

    class Meta(Labelled.Meta):
        verbose_name = "专管专送"
        constraints = [
            models.UniqueConstraint(
                fields=["document", "person"],
                condition=Q(state="asked"),
                name="circulation_one_open_escort",
            )
        ]
        indexes = [
            models.Index(fields=["document", "-id"], name="circulation_escort_document"),
            models.Index(fields=["label", "-id"], name="circulation_escort_label"),
        ]

    def __str__(self) -> str:
        return f"专管专送 {self.pk}"

    @classmethod
    def named(cls, name: str) -> "Escort":
        """The request that a case was opened for, by the name the case keeps."""
        found: Escort = cls.unscoped.select_related("document__label", "person").get(
            pk=int(name.rpartition(":")[2])
        )
        return found

    @classmethod
    def granted(cls, document: Document, person: Person) -> "Escort | None":
        """The latest permission of a person to carry a paper, run out or not."""
        rows = cls.unscoped.filter(document=document, person=person, state=cls.State.GRANTED)
        found: Escort | None = rows.order_by("-until", "-id").first()
        return found

    def move(self, *, before: str, after: str, **changes: Any) -> bool:
        """Compare-and-swap on the state."""
        found = Escort.unscoped.filter(pk=self.pk, state=before)
        return bool(found.update(state=after, **changes))
