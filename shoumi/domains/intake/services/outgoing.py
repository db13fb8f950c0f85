"""Files that go out: the user's own file with its faults marked, and empty ledgers to fill in."""

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from shoumi.domains.intake.models import Batch
from shoumi.domains.intake.rules.reading import run
from shoumi.domains.intake.rules.words import words_of
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.reading import record_reading
from shoumi.platform.attachments import services as attachments
from shoumi.platform.directory.models import Person


def marked_up(person: Person, batch: Batch, *, at: datetime) -> bytes:
    """The file as it was sent, marked; taking it away is chained at 秘密 and above."""
    files = attachments.of(person, batch, at=at)
    if not files:
        raise Refusal("这一批的文件已不在", clause="intake.batch", way_on="请重新上传核对")
    content = attachments.plain_bytes(files[0])
    made = _made("mark", content, said=batch.findings)
    record_reading(
        actor=person, how="下载", subject=batch, level=batch.level, at=at, count=batch.rejects
    )
    return made


def empty_ledger(kind: str) -> bytes:
    """A template: the first word of every column's list is the one that is printed."""
    words = words_of(kind)
    headings = [listed[0] for name, listed in words.columns.items() if name != "book"]
    return _made("template", b"", said={"title": words.title, "headings": headings})


def _made(act: str, content: bytes, *, said: Any) -> bytes:
    with tempfile.TemporaryDirectory(dir=settings.INSTALLATION.folder) as folder:
        source, out = Path(folder) / "ledger", Path(folder) / "marked.xlsx"
        if content:
            source.write_bytes(content)
            run(act, source, out, said=said)
        else:
            run(act, out, said=said)
        return out.read_bytes()
