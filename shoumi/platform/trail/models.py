"""The trail (痕迹账): an append-only SM3 chain, and the base of every table that it seals."""

import secrets

from django.apps import apps
from django.db import models

from shoumi.kernel import chain as kernel_chain


def new_salt() -> str:
    """Sixteen random bytes in hexadecimal."""
    return secrets.token_hex(16)


class Head(models.Model):
    """The end of one chain; each body has a chain of its own, with its own first entry."""

    chain = models.CharField("链", max_length=40, primary_key=True)
    number = models.PositiveBigIntegerField("末条序号", default=0)
    digest = models.CharField("末条摘要", max_length=64, default=kernel_chain.GENESIS)

    def __str__(self) -> str:
        return f"{self.chain}:{self.number}"


class Entry(models.Model):
    """What happened, who did it, under which clause. All columns are inside the digest.

    `at` is ISO text in UTC and `body` is canonical JSON, so that both databases hold the very same
    characters; `seals` has one line `table:key=digest` for every row the act wrote; `changes` is the digest
    of the field changes kept in `Change`, which may hold classified words and stay behind the gate.
    """

    chain = models.CharField("链", max_length=40)
    number = models.PositiveBigIntegerField("序号")
    at = models.CharField("时间", max_length=27)
    actor = models.BigIntegerField("办理人编号")
    actor_name = models.CharField("办理人", max_length=60)
    event = models.CharField("事项", max_length=80)
    subject = models.CharField("对象", max_length=80)
    clause = models.CharField("条款", max_length=80)
    body = models.TextField("内容")
    seals = models.TextField("封存")
    changes = models.CharField("变更摘要", max_length=64)
    previous = models.CharField("前条摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="trail_one_entry_a_number"),
            models.UniqueConstraint(fields=["digest"], name="trail_one_entry_a_digest"),
        ]
        indexes = [
            models.Index(fields=["subject", "-id"], name="trail_entry_subject"),
            models.Index(fields=["event", "-id"], name="trail_entry_event"),
            models.Index(fields=["actor", "-id"], name="trail_entry_actor"),
            models.Index(fields=["clause", "-id"], name="trail_entry_clause"),
            models.Index(fields=["at"], name="trail_entry_at"),
        ]

    def __str__(self) -> str:
        return f"{self.chain}:{self.number} {self.event}"


class Change(models.Model):
    """The two sides of every field an act changed, as canonical JSON; digested into its entry."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="change")
    text = models.TextField("变更")

    def __str__(self) -> str:
        return f"{self.entry_id}"


class Recorded(models.Model):
    """Base of every business table: written only inside an act, sealed by the entry of that act.

    The salt keeps a low-entropy value (a level, a short title) from being guessed out of its digest.
    """

    salt = models.CharField("盐", max_length=32, default=new_salt, editable=False)

    class Meta:
        abstract = True


def name_of(row: models.Model) -> str:
    """How the trail speaks of a row: `documents.document:17`."""
    return f"{row._meta.label_lower}:{row.pk}"


def recorded_models() -> list[type[Recorded]]:
    """Every concrete table that acts write, in a stable order."""
    found = [m for m in apps.get_models() if issubclass(m, Recorded) and not m._meta.proxy]
    return sorted(found, key=lambda m: m._meta.db_table)
