"""What the acts of this room share: numbers, the label of a device, moving on, leave asked of others."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from shoumi.domains.equipment.models import Device, Paper
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.models import Label
from shoumi.platform.access.services import label_for, narrow, widen
from shoumi.platform.access.subjects import (
    day_of,
    department_principal,
    label_of,
    person_principal,
    post_principal,
)
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import open_case
from shoumi.platform.directory.models import Body, Department, Person
from shoumi.platform.numbering.services import allot

KEEPERS = frozenset({"secrecy_office"})
# Who sees every device that their clearance allows: its keepers, and those who decide about it.
SEEING = ("secrecy_office", "registrar", "office_director", "deputy_leader", "head")
# What is known of a cryptographic device is for its keeper and the office that governs it.
SEEING_CRYPTO = ("secrecy_office", "deputy_leader")


class ChangedByOther(Stale):
    """The device or the form was moved on a moment ago."""

    def __init__(self) -> None:
        super().__init__(
            "他人已修改：状态已经变动",
            clause="access.stale",
            way_on="请刷新页面，按最新状态办理",
        )


def numbered(word: str, series: str, *, body: Body, at: datetime) -> str:
    """The next number of a series of this year; inside the act that opens the form."""
    year = day_of(at).year
    return f"{word}〔{year}〕{allot(f'equipment.{series}', body=body, year=year)}号"


def written(text: str, what: str, *, clause: str) -> str:
    """What must be said in words is said."""
    if not text.strip():
        raise Refusal(f"请写明{what}", clause=clause, way_on=f"填写{what}后再提交")
    return text.strip()


def step(row: Device | Paper, before: str, after: str, **changes: Any) -> None:
    """Move on inside somebody's act, or say that somebody else did."""
    if not row.move(before=before, after=after, **changes):
        raise ChangedByOther()


def note(device: Device, **changes: Any) -> None:
    """Set fields of a device inside somebody's act while its state stays."""
    if not device.note(**changes):
        raise ChangedByOther()


def expect(row: Device | Paper, *states: str) -> None:
    """Say first that somebody else was quicker, before anything is found wrong with the rest."""
    if row.state not in states:  # type: ignore[union-attr]
        raise ChangedByOther()


def label_of_device(
    level: Level,
    *,
    body: Body,
    people: Iterable[Person | None],
    department: Department | None,
    basis: str,
    at: datetime,
    posts: Iterable[str] = SEEING,
) -> Label:
    """A device is known to those who answer for it, their department, and who keeps the ledger."""
    return label_for(
        level=level,
        body=body,
        principals={post_principal(post, body.pk) for post in posts}
        | principals_of(people, department),
        basis=basis,
        on=day_of(at),
    )


def label_beside(device: Device, *, basis: str, at: datetime, least: Level = Level.PUBLIC) -> Label:
    """The label of a form about a device: its level and readers of today, whatever becomes of the device."""
    today = day_of(at)
    return label_for(
        level=max(device.level, least),
        body=device.body,
        principals=label_of(device.label, on=today),
        basis=basis,
        on=today,
    )


def principals_of(people: Iterable[Person | None], department: Department | None) -> set[str]:
    found = {person_principal(person.pk) for person in people if person is not None}
    return found | ({department_principal(department.pk)} if department else set())


def reseat(label: Label, *, old: set[str], new: set[str], basis: str, at: datetime) -> None:
    """Who answers for the device now may know it, who no longer does may not; inside somebody's act."""
    today = day_of(at)
    widen(label, principals=new, basis=basis, on=today)
    narrow(label, principals=old - new, last_day=today)


def ask_for(
    paper: Any,
    *,
    actor: Person,
    matter: str,
    reason: str,
    summary: str,
    at: datetime,
    conditions: Mapping[str, Any] | None = None,
) -> None:
    """Open the approval of a form, inside the act that draws it up."""
    paper.case = open_case(
        actor=actor,
        matter=matter,
        subject=paper,
        label=paper.label,
        reason=reason,
        at=at,
        conditions=conditions,
        summary=summary[:120],
    )
    paper.save(update_fields=["case"])


def outcome(case: Case, *, refused: str, withdrawn: str) -> str:
    return withdrawn if case.state == Case.State.WITHDRAWN else refused
