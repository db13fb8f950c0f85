"""`shoumi import`: an old ledger is checked at the console, and taken in by the one who answers for it."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from shoumi.config.progress import Progress
from shoumi.domains.intake.rules.around import Around
from shoumi.domains.intake.rules.checking import KINDS, Checked, around_of, check_sheets, recognised
from shoumi.domains.intake.rules.grid import Sheet
from shoumi.domains.intake.rules.package import BadFile
from shoumi.domains.intake.rules.reading import read_file
from shoumi.domains.intake.selectors import figures_on
from shoumi.domains.intake.services import check_ledger, take_in
from shoumi.kernel.refusal import Refusal
from shoumi.platform.directory.models import Person
from shoumi.platform.works.running import let_others_read

READABLE = (".xlsx", ".docx", ".xlsm")


def run_import(options: argparse.Namespace, *, folder: Path) -> int:
    """Exit 0 when nothing keeps a row out, 1 when something does."""
    path = Path(options.file)
    if not path.is_file():
        raise BadFile(f"没有这个文件：{path}", "请核对文件的位置")
    return _check(options, path) if options.check else _take(options, path)


def _take(options: argparse.Namespace, path: Path) -> int:
    """Check and take in, as the person whose post answers for this ledger."""
    person = Person.objects.select_related("body").filter(account=options.by or "").first()
    if person is None:
        raise Refusal(
            "入账须写明由谁办理",
            clause="intake.batch",
            way_on="用 --by 账号 写明办理人；只核对不入账的，加 --check",
        )
    progress = Progress()
    let_others_read()
    with path.open("rb") as upload:
        batch = check_ledger(
            actor=person, kind=options.kind, upload=upload, at=timezone.now(), progress=progress
        )
    if options.json:
        _write(options.json, {"findings": batch.findings, "totals": batch.totals})
    batch = take_in(
        actor=person,
        subject=batch,
        at=timezone.now(),
        good_only=options.good_only,
        progress=progress,
    )
    for left in batch.left_out:
        sys.stdout.write(f"未入账：{left['sheet']} 第 {left['row']} 行，{left['why']}\n")
    sys.stdout.write(f"{batch}入账 {batch.taken} 条，{len(batch.left_out)} 条未入账\n")
    return 1 if batch.left_out else 0


def _check(options: argparse.Namespace, path: Path) -> int:
    today = timezone.localdate()
    sheets = read_file(path)
    checked = check_sheets(
        options.kind,
        sheets,
        figures=figures_on(today),
        around=_around(options, path=path),
        today=today,
        as_of=_given_day(options.as_of),
    )
    if options.json:
        _write(options.json, checked.as_json())
    _tell(checked)
    return 1 if any(found.kind.is_reject for found in checked.findings) else 0


def _write(target: str, said: Mapping[str, Any]) -> None:
    text = json.dumps(said, ensure_ascii=False, indent=1)
    Path(target).write_text(text + "\n", encoding="utf-8")


def _around(options: argparse.Namespace, *, path: Path) -> Around:
    """Ledgers in another folder, each held against by what kind it reads as."""
    if not options.beside:
        return Around()
    known: dict[str, list[Sheet]] = {}
    wanted = KINDS[options.kind].beside
    for other in sorted(Path(options.beside).iterdir()):
        if (
            other.suffix.lower() not in READABLE
            or other.samefile(path)
            or other.name.startswith("~")
        ):
            continue
        try:
            sheets = read_file(other)
        except BadFile as bad:
            sys.stderr.write(f"{other.name} 没有读：{bad.message}\n")
            continue
        if (kind := recognised(sheets)) in wanted:
            known.setdefault(kind, []).extend(sheets)
    return around_of(known)


def _given_day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(
            f"「{text}」不是日期", clause="intake.check", way_on="写作 2025-06-30"
        ) from None


def _tell(checked: Checked) -> None:
    for number, found in enumerate(checked.findings, start=1):
        weight = "须定夺" if found.kind.is_reject else "提示"
        where = f"{found.sheet} 第 {found.row} 行（{found.cell}）"
        sys.stdout.write(f"{number}. [{weight}] {where} {found.kind.name}：{found.essence}\n")
    for sheet in checked.skipped:
        sys.stdout.write(f"工作表「{sheet}」不是{KINDS[checked.kind].title}，未核对\n")
    sys.stdout.write(f"{KINDS[checked.kind].title}核对完毕：{_counted(checked.findings)}\n")


def _counted(findings: Sequence[object]) -> str:
    return f"{len(findings)} 处问题" if findings else "没有发现问题"
