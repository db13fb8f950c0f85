"""Verification of the files: every byte is decrypted and digested again, roots alone do not count."""

from collections.abc import Iterator

from shoumi.kernel.chain import Finding
from shoumi.platform.attachments import files
from shoumi.platform.attachments.crypto import NotAuthentic
from shoumi.platform.attachments.models import Attachment
from shoumi.platform.attachments.services import plain_bytes
from shoumi.platform.trail.models import Entry

TABLE = Attachment._meta.db_table


def file_findings() -> Iterator[Finding]:
    """Files missing, altered or replaced, named with their row and the entry that sealed it; and strangers."""
    known: set[str] = set()
    for row in Attachment.unscoped.order_by("id").iterator(chunk_size=500):
        known.add(f"{row.name[:2]}/{row.name}")
        if fault := _fault(row):
            kind, words = fault
            entry = _sealed_by(row)
            where = f"，由链 {entry.chain} 第 {entry.number} 条封存" if entry else ""
            yield Finding(
                kind=f"file_{kind}",
                text=f"附件文件 {row.name} {words}（表 {TABLE} 键 {row.pk}{where}）",
                chain=entry.chain if entry else "",
                number=entry.number if entry else 0,
                table=TABLE,
                key=str(row.pk),
            )
    for place in files.names():
        if place not in known:
            yield Finding(
                kind="file_orphan",
                text=f"附件文件夹中有无登记的文件 {place}",
                table=TABLE,
                key=place,
            )


def _fault(row: Attachment) -> tuple[str, str] | None:
    try:
        plain_bytes(row)
    except files.NotThere:
        return "missing", "不存在"
    except files.NotAFile:
        return "replaced", "被链接或者其他东西代替"
    except NotAuthentic:
        return "altered", "内容已被改动、截短或者调换"
    return None


def _sealed_by(row: Attachment) -> Entry | None:
    """The last entry that sealed the row; asked only for rows whose file is not whole."""
    found = Entry.objects.filter(seals__contains=f"{TABLE}:{row.pk}=").order_by("-id")
    return next((e for e in found if f"\n{TABLE}:{row.pk}=" in f"\n{e.seals}"), None)
