"""Personal values (个人信息): sealed at rest, masked on every page, shown in full for a reason and a minute."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from shoumi.domains.ledgers.models import Disclosure, Entry
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, Hidden, act, posts_held
from shoumi.platform.attachments.crypto import KeyRing, NotAuthentic, Sealed
from shoumi.platform.directory.models import Person
from shoumi.platform.rulebook.ledgers import Column, Ledger

REVEAL = Action("access.personal_data.reveal", "查看个人信息全文", "access.personal_data")
SECONDS = 60
SHORTEST_REASON = 4


def sealed(text: str, *, row: Entry, column: str) -> dict[str, Any]:
    """A value as the row keeps it: cipher text with its algorithm and key number, bound to this row."""
    found = _ring().seal(text.encode(), bound=_bound(row, column))
    return {
        "algorithm": found.algorithm,
        "key": found.key_id,
        "nonce": found.nonce,
        "wrapped": found.wrapped,
        "cipher": found.cipher.hex(),
    }


def personal_column(ledger: Ledger, row: Entry, key: str, *, posts: set[str]) -> Column | None:
    """The column, where this row keeps a personal value in it that these posts may ask for."""
    found = next((c for c in ledger.columns if c.key == key and c.personal), None)
    return found if found and key in row.personal and found.is_for(posts) else None


def reveal(
    ledger: Ledger, *, actor: Person, subject: Entry, column: str, reason: str, at: datetime
) -> str:
    """The value in full, for a written reason that stays. Clause: access.personal_data."""
    with act(actor, REVEAL, subject, at=at, column=column):
        if personal_column(ledger, subject, column, posts=posts_held(actor, at=at)) is None:
            raise Hidden("没有这一项", clause="access.may_know")
        if len(reason.strip()) < SHORTEST_REASON:
            raise Refusal(
                "查看全文须说明事由", clause=REVEAL.clause, way_on="写明为何事需要联系或者核对"
            )
        Disclosure.objects.create(
            label=subject.label,
            entry=subject,
            column=column,
            person=actor,
            at=at,
            reason=reason.strip(),
        )
        text = _opened(subject, column)
    return text


def _opened(row: Entry, column: str) -> str:
    told = row.personal[column]
    try:
        found = Sealed(
            algorithm=told["algorithm"],
            key_id=told["key"],
            nonce=told["nonce"],
            wrapped=told["wrapped"],
            cipher=bytes.fromhex(told["cipher"]),
        )
        return _ring().unseal(found, bound=_bound(row, column)).decode()
    except (NotAuthentic, KeyError, TypeError, ValueError):
        raise Refusal(
            "密文与登记时不符，不能打开",
            clause="systems.encryption",
            way_on="请安全审计员校验痕迹账，系统管理员核对密钥文件",
        ) from None


def _ring() -> KeyRing:
    return KeyRing.load(Path(settings.INSTALLATION.folder))


def _bound(row: Entry, column: str) -> bytes:
    """The salt is the row's own from the start, so that no value can be moved to another row."""
    return f"ledgers.entry|{row.salt}|{column}".encode()
