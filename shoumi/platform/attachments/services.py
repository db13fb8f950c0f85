"""Storing and handing out attachments: refused above the grade, sealed before the row, chained when read."""

import secrets
from datetime import datetime
from typing import Any, Protocol

from shoumi.kernel.chain import sm3
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, Hidden, act
from shoumi.platform.access.grades import check_within_grade
from shoumi.platform.access.models import Label, Labelled
from shoumi.platform.access.subjects import day_of
from shoumi.platform.attachments import files, media
from shoumi.platform.attachments.crypto import KeyRing, NotAuthentic
from shoumi.platform.attachments.files import Storing, storing
from shoumi.platform.attachments.models import Attachment
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.trail.models import Recorded, name_of
from shoumi.platform.trail.recording import Record

STORE = Action("attachments.store", "存入附件", clause="systems.attachment")
DOWNLOAD = Action("attachments.download", "取用附件", clause="systems.transfer")


class Upload(Protocol):
    """What a form hands over: Django's uploaded files are of this shape."""

    name: str | None

    def read(self, size: int = ...) -> bytes: ...


class Altered(Refusal):
    """The bytes on disk are not those that were stored."""


def store(*, actor: Person, subject: Labelled, upload: Upload, at: datetime) -> Attachment:
    """Add a file to a labelled row; the file bears the row's label. Clauses: systems.attachment, grades.content."""
    with storing() as kept, act(actor, STORE, subject, at=at) as deed:
        found = attach(
            kept, deed=deed, owner=subject, label=subject.label, upload=upload, actor=actor, at=at
        )
    return found


def attach(
    kept: Storing,
    *,
    deed: Record,
    owner: Recorded,
    label: Label,
    upload: Upload,
    actor: Person,
    at: datetime,
) -> Attachment:
    """The same inside an act of another room, which stands within `storing()`."""
    found = _attach(kept, owner=owner, label=label, upload=upload, added_by=actor, at=at)
    deed.note(**noted(found))
    return found


def noted(attachment: Attachment) -> dict[str, Any]:
    """What the trail may know of a file: no name."""
    return {"attachment": attachment.pk, "digest": attachment.digest, "size": attachment.size}


def of(person: Person, owner: Recorded, *, at: datetime) -> list[Attachment]:
    """The attachments of a row that this person may know, oldest first."""
    found = Attachment.objects.visible_to(person, at=at).filter(owner=name_of(owner))
    return list(found.order_by("id"))


def download(*, actor: Person, name: str, at: datetime) -> tuple[Attachment, bytes]:
    """The plain bytes, checked against their digest, and one entry in the trail. Clause: systems.transfer."""
    found = Attachment.objects.visible_to(actor, at=at).filter(name=name).first()
    if found is None:
        raise Hidden("没有这一项", clause="access.may_know")
    with act(actor, DOWNLOAD, found, at=at, **noted(found)):
        try:
            content = plain_bytes(found)
        except (files.NotThere, files.NotAFile, NotAuthentic):
            raise Altered(
                "附件与登记的摘要不符，不予打开",
                clause=DOWNLOAD.clause,
                way_on="请立即告知系统管理员和安全审计员，用备份恢复",
            ) from None
    return found, content


def plain_bytes(attachment: Attachment) -> bytes:
    """Decrypt and compare; raises when file, key, digest or size do not agree."""
    ring = KeyRing.load(files.folder())
    content = ring.unseal(attachment.sealed(files.read(attachment.name)), bound=attachment.bound)
    if len(content) != attachment.size or sm3(content) != attachment.digest:
        raise NotAuthentic("digest does not match")
    return content


def rewrap_keys() -> int:
    """After a further key was added: wrap every data key anew. Runs inside the console's act."""
    ring = KeyRing.load(files.folder())
    changed = 0
    for row in Attachment.unscoped.exclude(key_id=ring.current).order_by("id"):
        row.key_id, row.wrapped_key = ring.rewrap(row.sealed(b""), bound=row.bound)
        row.save(update_fields=["key_id", "wrapped_key"])
        changed += 1
    return changed


def allowed_types(*, at: datetime, body: Body) -> list[str]:
    return list(figure(media.CLAUSE, "types", on=day_of(at), body=body))


def largest(*, at: datetime, body: Body) -> int:
    return int(figure(media.CLAUSE, "megabytes", on=day_of(at), body=body)) * 1024 * 1024


def _attach(
    kept: Storing, *, owner: Recorded, label: Label, upload: Upload, added_by: Person, at: datetime
) -> Attachment:
    check_within_grade(Level(label.level))
    body = added_by.body
    limit = largest(at=at, body=body)
    file_name = media.clean_name(upload.name or "")
    content = upload.read(limit + 1)
    kind = media.check_file(
        file_name, content, allowed=allowed_types(at=at, body=body), longest=limit
    )
    row = Attachment(
        label=label,
        owner=name_of(owner),
        name=secrets.token_hex(16),
        file_name=file_name,
        extension=kind.extension,
        media_type=kind.media_type,
        size=len(content),
        digest=sm3(content),
        added_by=added_by,
        added_at=at,
    )
    sealed = KeyRing.load(files.folder()).seal(content, bound=row.bound)
    row.algorithm, row.key_id = sealed.algorithm, sealed.key_id
    row.nonce, row.wrapped_key = sealed.nonce, sealed.wrapped
    kept.write(row.name, sealed.cipher)
    row.save(force_insert=True)
    return row
