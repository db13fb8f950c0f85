"""Checkpoints (检查点): the heads of all chains, signed, to be locked in the safe outside the machine.

A hash chain proves nothing against the one who holds the database; a sheet in the safe does. The key
only shows which installation wrote the file: the officer who keeps the sheet is the anchor.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from shoumi.kernel import chain
from shoumi.kernel.refusal import Refusal
from shoumi.platform.trail.models import Entry, Head, recorded_models
from shoumi.platform.trail.recording import moment

KEY_FILE = "checkpoint.key"
CLAUSE = "trail.checkpoint"


class BadCheckpoint(Refusal):
    """The file is unsigned, signed by another installation, or was changed."""


def make(folder: Path, *, at: datetime) -> dict[str, Any]:
    """A signed checkpoint of all chains as they stand."""
    key = _key(folder)
    said: dict[str, Any] = {
        "format": 1,
        "algorithm": chain.ALGORITHM,
        "made_at": moment(at),
        "heads": [
            {"chain": h.chain, "number": h.number, "digest": h.digest}
            for h in Head.objects.order_by("chain")
        ],
        "entries": Entry.objects.count(),
        "rows": {m._meta.db_table: m._base_manager.count() for m in recorded_models()},
        "verifier": verifier_digest(),
        "public_key": _public(key.public_key()),
    }
    said["signature"] = key.sign(chain.canonical(said).encode()).hex()
    return said


def read(path: Path, folder: Path) -> dict[str, Any]:
    """Read a checkpoint file kept outside; refuses one that this installation did not sign."""
    try:
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        signature = bytes.fromhex(said.pop("signature"))
        _key(folder).public_key().verify(signature, chain.canonical(said).encode())
        heads = [(h["chain"], h["number"], h["digest"]) for h in said["heads"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, InvalidSignature) as error:
        raise BadCheckpoint(
            "检查点文件未签名、被改动，或不是本系统出具的",
            clause=CLAUSE,
            way_on="请取出保险柜中原始文件，核对打印件上的链头摘要",
        ) from error
    said["heads"] = [{"chain": c, "number": n, "digest": d} for c, n, d in heads]
    return said


def verifier_digest() -> str:
    """SM3 of the stand-alone verifier, printed on the sheet so that a replaced one is noticed."""
    return chain.sm3(Path(chain.__file__).read_bytes())


def _key(folder: Path) -> Ed25519PrivateKey:
    path = folder / KEY_FILE
    if path.exists():
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip()))
    key = Ed25519PrivateKey.generate()
    path.touch(mode=0o600)
    raw = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    path.write_text(raw.hex(), encoding="ascii")
    return key


def _public(key: Ed25519PublicKey) -> str:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
