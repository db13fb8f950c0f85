"""Backup and restore (备份、恢复): one archive with a manifest; checked whole before anything is touched.

The archive holds the keys too, without which it would be worthless: it is handled at the deployment grade
of the installation and says so in its manifest.
"""

import argparse
import hashlib
import json
import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from shoumi import __version__
from shoumi.config.installation import Installation
from shoumi.config.progress import Progress
from shoumi.kernel.refusal import Refusal
from shoumi.platform.directory.models import Body
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.trail.models import Entry, Head
from shoumi.platform.trail.recording import Record, moment, recording

LOG = logging.getLogger("shoumi.backups")
CLAUSE = "systems.backup"
MANIFEST = "manifest.json"
DATABASE = "shoumi.sqlite3"
DUMP = "shoumi.dump"
KEPT = ("installation.toml", "secret.key", "checkpoint.key", "attachments.key")
for _kind in ("refuse", "record", "duty"):
    Control("systems.restore", kind=_kind, label="恢复")

FORMAT = "shoumi-backup-1"


class BadArchive(Refusal):
    """The archive is damaged, incomplete or of another installation; nothing was touched."""


def run_backup(options: argparse.Namespace, *, folder: Path) -> int:
    """`shoumi backup --out FILE`: a consistent copy while people go on working."""
    target = Path(options.out)
    at = timezone.now()
    work = folder / f"backup-{os.getpid()}"
    work.mkdir(mode=0o700)
    try:
        database = _dump(work)
        manifest = _write(folder, database, target, at=at)
    finally:
        shutil.rmtree(work)
    body = Body.objects.order_by("id")[0]
    details = {"file": target.name, "entries": manifest["entries"], "sha256": _sha256(target)}
    with recording(Record(body.code, "systems.backup", 0, "系统", CLAUSE, at, details=details)):
        pass
    sys.stdout.write(f"备份完成：{target}，痕迹 {manifest['entries']} 条\n")
    sys.stdout.write(f"SHA-256 {details['sha256']}\n本备份按{manifest['grade']}级保管\n")
    return 0


def run_restore(options: argparse.Namespace, *, folder: Path) -> int:
    """`shoumi restore FILE`: unpack beside, verify whole, and only then change places."""
    archive = Path(options.archive)
    staging = folder.with_name(f"{folder.name}.restoring")
    if staging.exists():
        shutil.rmtree(staging)
    staging.mkdir(parents=True, mode=0o700)
    try:
        manifest = _unpack(archive, staging)
        _refuse_foreign(manifest, folder, options.confirm)
        _verify_staging(staging)
        kept = _change_places(staging, folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    subprocess.run(
        [sys.executable, "-c", _CHAIN_RESTORE, moment(timezone.now()), archive.name],
        env={**os.environ, "SHOUMI_DATA": str(folder)},
        check=True,
    )
    sys.stdout.write(f"已恢复到 {folder}\n")
    if kept:
        sys.stdout.write(f"原数据保留在 {kept}\n")
    return 0


def chain_restore(*, at: datetime, archive: str) -> None:
    """The restore is itself an entry of the restored chain."""
    body = Body.objects.order_by("id")[0]
    details = {"file": archive}
    with recording(
        Record(body.code, "systems.restore", 0, "系统", "systems.restore", at, details=details)
    ):
        pass


_CHAIN_RESTORE = """
import sys, django
from datetime import datetime
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoumi.config.settings")
django.setup()
from shoumi.config.backups import chain_restore
chain_restore(at=datetime.fromisoformat(sys.argv[1]), archive=sys.argv[2])
"""
_VERIFY = """
import os, sys, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoumi.config.settings")
django.setup()
from shoumi.platform.trail.verify import verify
found = verify().findings
sys.stdout.write("".join(f"{f.text}\\n" for f in found))
sys.exit(1 if found else 0)
"""


def _dump(work: Path) -> Path:
    if connection.vendor == "sqlite":
        path = work / DATABASE
        progress = Progress()
        connection.ensure_connection()
        with sqlite3.connect(path) as copy:
            connection.connection.backup(
                copy,
                pages=2_000,
                progress=lambda _, left, total: progress("备份", total - left, total),
            )
        copy.close()
        return path
    path = work / DUMP
    said = settings.DATABASES["default"]
    command = ["pg_dump", "--format=custom", f"--file={path}", f"--host={said['HOST']}"]
    command += [f"--username={said['USER']}", said["NAME"]]
    subprocess.run(command, env={**os.environ, "PGPASSWORD": said["PASSWORD"]}, check=True)
    return path


def _write(folder: Path, database: Path, target: Path, *, at: datetime) -> dict[str, Any]:
    files = [(database, database.name)]
    files += [(folder / name, name) for name in KEPT if (folder / name).exists()]
    stored = sorted(p for p in (folder / "attachments").rglob("*") if p.is_file())
    files += [(p, str(p.relative_to(folder))) for p in stored]
    installation = Installation.load(folder)
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "version": __version__,
        "identity": installation.identity,
        "body": Body.objects.order_by("id")[0].name,
        "grade": installation.grade.label,
        "database": connection.vendor,
        "made_at": moment(at),
        "entries": Entry.objects.count(),
        "heads": [[h.chain, h.number, h.digest] for h in Head.objects.order_by("chain")],
        "files": {name: [path.stat().st_size, _sha256(path)] for path, name in files},
    }
    partial = target.with_name(target.name + ".partial")
    progress = Progress()
    with tarfile.open(partial, "w") as archive:
        sheet = database.with_name(MANIFEST)
        sheet.write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
        archive.add(sheet, MANIFEST)
        for number, (path, name) in enumerate(files, 1):
            archive.add(path, name, recursive=False)
            progress("写入", number, len(files))
    with open(partial, "rb+") as written:
        os.fsync(written.fileno())
    partial.chmod(0o600)
    partial.rename(target)
    return manifest


def _unpack(archive: Path, staging: Path) -> dict[str, Any]:
    """Unpack into staging, believing nothing: names, sizes and digests must be those of the manifest."""
    try:
        with tarfile.open(archive) as packed:
            first = packed.next()
            if first is None or first.name != MANIFEST:
                raise BadArchive("这不是守密的备份文件", clause=CLAUSE)
            source = packed.extractfile(first)
            manifest: dict[str, Any] = json.loads(source.read() if source else b"")
            if manifest.get("format") != FORMAT:
                raise BadArchive("这不是守密的备份文件，或由更新的版本制作", clause=CLAUSE)
            for member in _members(packed, manifest):
                packed.extract(member, staging, filter="data")
    except (tarfile.TarError, OSError, ValueError, KeyError, EOFError) as error:
        raise BadArchive("备份文件损坏，未作任何改动", clause=CLAUSE) from error
    for name, (size, digest) in manifest["files"].items():
        path = staging / name
        if not path.is_file() or path.stat().st_size != size or _sha256(path) != digest:
            raise BadArchive(f"备份文件中的 {name} 缺失或被改动，未作任何改动", clause=CLAUSE)
    return manifest


def _members(packed: tarfile.TarFile, manifest: dict[str, Any]) -> Iterator[tarfile.TarInfo]:
    while (member := packed.next()) is not None:
        if not member.isfile() or member.name not in manifest["files"]:
            raise BadArchive("备份文件中有清单以外的内容，未作任何改动", clause=CLAUSE)
        yield member


def _refuse_foreign(manifest: dict[str, Any], folder: Path, confirm: str | None) -> None:
    if not (folder / "installation.toml").exists():
        return
    if Installation.load(folder).identity != manifest["identity"]:
        raise BadArchive(
            f"该备份属于另一套安装（「{manifest['body']}」），不能覆盖这里的数据",
            clause=CLAUSE,
            way_on="如确需恢复，请用 --data 指定一个新的空文件夹",
        )
    if confirm != manifest["body"]:
        raise BadArchive(
            f"恢复将替换现有数据，请用 --confirm {manifest['body']} 确认", clause=CLAUSE
        )


def _verify_staging(staging: Path) -> None:
    """The unpacked copy must verify by itself, in a process of its own."""
    if not (staging / DATABASE).exists():
        return
    environment = {**os.environ, "SHOUMI_DATA": str(staging)}
    environment.pop("SHOUMI_DATABASE", None)
    result = subprocess.run(
        [sys.executable, "-c", _VERIFY],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        LOG.warning("verification of the unpacked copy: %s", result.stderr.strip())
        raise BadArchive(
            f"备份内容校验未通过，未作任何改动：{result.stdout.strip() or '无法读取数据库'}",
            clause=CLAUSE,
        )


def _change_places(staging: Path, folder: Path) -> Path | None:
    connections.close_all()
    dump = staging / DUMP
    if dump.exists():
        said = settings.DATABASES["default"]
        command = ["pg_restore", "--clean", "--if-exists", "--single-transaction"]
        command += [
            f"--host={said['HOST']}",
            f"--username={said['USER']}",
            f"--dbname={said['NAME']}",
        ]
        environment = {**os.environ, "PGPASSWORD": said["PASSWORD"]}
        subprocess.run([*command, str(dump)], env=environment, check=True)
        dump.unlink()
    kept = None
    if folder.exists() and any(folder.iterdir()):
        kept = folder.with_name(f"{folder.name}.before-{timezone.now():%Y%m%d-%H%M%S}")
        folder.rename(kept)
    elif folder.exists():
        folder.rmdir()
    staging.rename(folder)
    return kept


def _sha256(path: Path) -> str:
    with open(path, "rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
