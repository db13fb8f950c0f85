"""Verification and checkpoints (校验、检查点) from the officers' page; the checkpoint never stays here."""

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from shoumi.domains.ledgers.models import Verification
from shoumi.domains.ledgers.services.entering import FINDINGS
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import day_of, post_principal
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.obligations.due import due_in_workdays
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import fulfil, raise_duty
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.trail import checkpoint
from shoumi.platform.trail.verify import verify

OVERSEERS = frozenset({"auditor", "secadmin"})
VERIFY = Action("trail.verify", "痕迹校验", "trail.verify", OVERSEERS)
CHECKPOINT = Action("trail.checkpoint", "检查点", "trail.checkpoint", OVERSEERS)
MONTHLY = "recurring.trail_verify"
MOST_KEPT = 200
LARGEST_FILE = 5 * 1024 * 1024


class Upload(Protocol):
    """A file as a form hands it over."""

    size: int | None

    def read(self) -> bytes: ...


def verify_trail(*, actor: Person, at: datetime, kept: Upload | None = None) -> Verification:
    """Verify everything, against a checkpoint kept outside where one is given. Clause: trail.verify.

    What does not agree becomes a duty of 安全保密管理员; the verification is done either way.
    """
    with act(actor, VERIFY, None, at=at) as deed:
        said = _read(kept) if kept is not None else None
        report = verify(checkpoint=said)
        body = actor.body
        label = label_for(
            level=Level.INTERNAL,
            body=body,
            principals={post_principal(post, body.pk) for post in OVERSEERS},
            basis="校验记录",
            on=day_of(at),
            officers=True,
        )
        found = Verification.objects.create(
            label=label,
            body=body,
            run_by=actor,
            run_at=at,
            entries=report.entries,
            rows=report.rows,
            anchor=str(said["made_at"]) if said is not None else "",
            faults=len(report.findings),
            findings=[finding.text for finding in report.findings[:MOST_KEPT]],
        )
        if found.faults:
            _raise_findings(found, at=at)
            _close_month(found, at=at)
        deed.subject = found
        deed.note(entries=found.entries, rows=found.rows, faults=found.faults, anchor=found.anchor)
    return found


def make_checkpoint(*, actor: Person, at: datetime) -> dict[str, Any]:
    """A signed checkpoint to take away; only over what was verified today. Clause: trail.checkpoint."""
    with act(actor, CHECKPOINT, None, at=at) as deed:
        last = latest(actor.body)
        if last is None or day_of(last.run_at) != day_of(at):
            raise Refusal(
                "今天尚未校验，不得出具检查点",
                clause=CHECKPOINT.clause,
                way_on="请先校验，通过后再出具",
            )
        if not last.is_whole:
            raise Refusal(
                f"最近一次校验有 {last.faults} 处不符，不得出具检查点",
                clause=CHECKPOINT.clause,
                way_on="请按校验结果核查处理，重新校验通过后再出具",
            )
        said = checkpoint.make(_folder(), at=at)
        _close_month(last, at=at)
        deed.subject = last
        deed.note(
            heads=[[h["chain"], h["number"], h["digest"]] for h in said["heads"]],
            entries=said["entries"],
        )
    return said


def latest(body: Body) -> Verification | None:
    """The last verification of a body, for the act that builds upon it."""
    return Verification.of(body).order_by("-id").first()


def _read(kept: Upload) -> dict[str, Any]:
    """A checkpoint as it was uploaded; it lies on the disk only while its signature is looked at."""
    if (kept.size or 0) > LARGEST_FILE:
        raise checkpoint.BadCheckpoint(
            "检查点文件过大", clause=CHECKPOINT.clause, way_on="请取出保险柜中原始文件"
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "checkpoint.json"
        path.write_bytes(kept.read())
        return checkpoint.read(path, _folder())


def _raise_findings(found: Verification, *, at: datetime) -> None:
    """One open duty at a time, however often the same finding is found again."""
    if Duty.objects.filter(body=found.body, kind=FINDINGS, state=Duty.State.OPEN).exists():
        return
    days = figure("trail.sealed_rows", "working_days", on=day_of(at), body=found.body)
    raise_duty(
        kind=FINDINGS,
        clause="trail.sealed_rows",
        text=f"校验发现 {found.faults} 处不符：请核查，并登记安全事件（数据异常）",
        due=due_in_workdays(days, start=at, body=found.body),
        at=at,
        body=found.body,
        post="secadmin",
        raised_by=found.run_by,
        subject=found,
        url_name="ledgers-verifications-detail",
        url_pk=found.pk,
        urgency=Duty.Urgency.URGENT,
    )


def _close_month(found: Verification, *, at: datetime) -> None:
    """The oldest open monthly duty is done by this verification."""
    waiting = Duty.objects.filter(
        body=found.body, kind=MONTHLY, state=Duty.State.OPEN, raised_at__lte=at
    )
    duty = waiting.order_by("due_at", "id").first()
    if duty is not None:
        fulfil(duty, evidence=found, at=at)


def _folder() -> Path:
    return Path(settings.INSTALLATION.folder)
