"""Checking a ledger (核对): nothing is written of it but the file itself, sealed, and what was found."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings

from shoumi.domains.intake import selectors
from shoumi.domains.intake.models import Batch
from shoumi.domains.intake.rules.checking import KINDS, Checked, check_sheets, said_day
from shoumi.domains.intake.rules.documents import Register
from shoumi.domains.intake.rules.package import CLAUSE, MOST_BYTES, BadFile
from shoumi.domains.intake.rules.reading import read_file, run
from shoumi.domains.intake.rules.shells import shells_in
from shoumi.domains.intake.rules.words import words_of
from shoumi.kernel.chain import sm3
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied
from shoumi.platform.access.acting import Action, act, posts_held
from shoumi.platform.access.models import Label
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import day_of, post_principal, subject_of
from shoumi.platform.attachments.files import storing
from shoumi.platform.attachments.services import attach
from shoumi.platform.directory.models import Person
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.posts import label_of
from shoumi.platform.works.progress import Progress, silent

FILE = Control(CLAUSE, kind="refuse", label="导入文件查验")


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who takes a kind of ledger in, who may read what came in, and who proposes rights from it."""

    post: str
    readers: tuple[str, ...]
    clearer: str = ""

    @property
    def is_of_officers(self) -> bool:
        return self.post == "sysadmin"


KEEPING: Mapping[str, Keeping] = {
    "documents": Keeping("registrar", ("registrar", "office_director")),
    "loans": Keeping("registrar", ("registrar", "office_director")),
    "people": Keeping("sysadmin", ("sysadmin", "secadmin"), clearer="secadmin"),
    "computers": Keeping("secrecy_office", ("secrecy_office",)),
    "media": Keeping("secrecy_office", ("secrecy_office",)),
}
TAKERS = frozenset(keeping.post for keeping in KEEPING.values())
CLEARERS = frozenset(keeping.clearer for keeping in KEEPING.values() if keeping.clearer)
CHECK = Action("intake.check", "核对旧台账", clause="intake.check", posts=TAKERS)


@dataclass(slots=True)
class Sent:
    """A file that was read, in the shape in which attachments take it."""

    name: str | None
    content: bytes

    def read(self, size: int = -1) -> bytes:
        return BytesIO(self.content).read(size)


def check_ledger(
    *, actor: Person, kind: str, upload: Any, at: datetime, progress: Progress = silent
) -> Batch:
    """Read and check the file, and keep both it and the findings for the one who takes it in.

    Of rows above the deployment grade only the shell is kept. Clause: grades.shell.
    """
    sent = Sent(Path(upload.name or "台账.xlsx").name, upload.read(MOST_BYTES + 1))
    with storing() as kept, act(actor, CHECK, at=at, kind=kind) as deed:
        check_post(kind, actor, at=at)
        checked = judge(actor, kind, sent.content, at=at, progress=progress)
        label = _label(kind, checked, actor=actor, at=at)
        rejects = {(f.sheet, f.row) for f in checked.findings if f.kind.is_reject}
        batch = Batch(
            label=label,
            body=actor.body,
            kind=kind,
            file_name=str(sent.name)[-120:],
            digest=sm3(sent.content),
            as_of=checked.as_of or day_of(at),
            findings=[f.as_json() for f in checked.findings],
            totals=dict(checked.totals),
            skipped=list(checked.skipped),
            rejects=len(rejects),
            alerts=sum(not f.kind.is_reject for f in checked.findings),
            checked_by=actor,
            checked_at=at,
        )
        batch.save()
        deed.subject = batch
        shells = shells_in(kind, checked.records, grade=Level(settings.DEPLOYMENT_GRADE))
        keep = _stripped(sent, shells) if shells else sent
        attach(kept, deed=deed, owner=batch, label=label, upload=keep, actor=actor, at=at)
        deed.note(rejects=batch.rejects, alerts=batch.alerts, shells=len(shells))
    return batch


def judge(
    actor: Person, kind: str, content: bytes, *, at: datetime, progress: Progress = silent
) -> Checked:
    """The check itself: the file lies in a folder of its own while it is read, and then no more."""
    if len(content) > MOST_BYTES:
        raise BadFile(
            f"文件超过 {MOST_BYTES // 1024 // 1024} MB",
            "请删去图片和无关的工作表，或者分成几个文件",
        )
    progress("读取文件", 0, 0)
    with tempfile.TemporaryDirectory(dir=settings.INSTALLATION.folder) as folder:
        path = Path(folder) / "ledger"
        path.write_bytes(content)
        sheets = read_file(path)
    progress("核对", 0, 0)
    figures = selectors.figures_on(day_of(at), body=actor.body)
    return check_sheets(
        kind,
        sheets,
        figures=replace(figures, grade=Level(settings.DEPLOYMENT_GRADE)),
        around=selectors.around(actor, wanted=KINDS[kind].beside, at=at),
        today=day_of(at),
        # What the ledger does not close is still open today.
        as_of=said_day(sheets, today=day_of(at)) or day_of(at),
    )


def _stripped(sent: Sent, shells: list[dict[str, Any]]) -> Sent:
    """The file as it may be kept: a spreadsheet without titles and contents above the grade."""
    with tempfile.TemporaryDirectory(dir=settings.INSTALLATION.folder) as folder:
        source, out = Path(folder) / "ledger", Path(folder) / "kept.xlsx"
        source.write_bytes(sent.content)
        run("strip", source, out, said=shells)
        return Sent(f"{Path(str(sent.name)).stem}.xlsx", out.read_bytes())


def check_post(kind: str, actor: Person, *, at: datetime) -> None:
    """Each ledger is taken in by the post that answers for it."""
    post = KEEPING[kind].post
    if post not in posts_held(actor, at=at):
        raise Denied(
            f"{words_of(kind).title}由{label_of(post)}导入",
            clause=CHECK.clause,
            way_on=f"请交{label_of(post)}办理",
        )


def _label(kind: str, checked: Checked, *, actor: Person, at: datetime) -> Label:
    level = _highest(checked)
    if subject_of(actor, at).clearance < level:
        raise Denied(
            f"台账含{level.label}件，高于您的涉密等级",
            clause="access.clearance",
            way_on=f"请交涉密等级相符的{label_of(KEEPING[kind].post)}导入",
        )
    keeping = KEEPING[kind]
    return label_for(
        level=min(level, Level(settings.DEPLOYMENT_GRADE)),
        body=actor.body,
        principals={post_principal(post, actor.body_id) for post in keeping.readers},
        basis="旧台账导入",
        on=day_of(at),
        officers=keeping.is_of_officers,
    )


def _highest(checked: Checked) -> Level:
    """The level of a list is that of the highest thing on it; lists of people and things are 内部."""
    records = checked.records
    marks = (
        [entry.mark for entry in records.entries]
        if isinstance(records, Register)
        else [record.mark for record in records if hasattr(record, "docno")]
    )
    return max((m.level for m in marks if m.level is not None), default=Level.INTERNAL)
