"""What the operator asks of a standing installation: verify, checkpoint, export, clauses, upgrade."""

import argparse
import json
import os
import shutil
import sys
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone

from shoumi.config.founding import chain_schema
from shoumi.config.progress import Progress
from shoumi.domains.accounts.services import recover
from shoumi.kernel import chain
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access import finding
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.directory.selectors import system_person
from shoumi.platform.obligations import crosschecks
from shoumi.platform.trail import checkpoint
from shoumi.platform.trail.verify import UNANCHORED, export, verify


def run_verify(options: argparse.Namespace, *, folder: Path) -> int:
    """Exit 0 when everything agrees, 1 when something does not."""
    said = checkpoint.read(Path(options.checkpoint), folder) if options.checkpoint else None
    report = verify(checkpoint=said, progress=Progress(), processes=min(2, os.cpu_count() or 1))
    for found in report.findings:
        sys.stdout.write(f"{found.text}\n")
    if not report.anchored:
        sys.stdout.write(f"{UNANCHORED}\n")
    if report.findings:
        sys.stdout.write(f"校验未通过：{len(report.findings)} 处不符\n")
        return 1
    sys.stdout.write(f"校验通过：{report.entries} 条痕迹，{report.rows} 行封存数据\n")
    return 0


def run_checkpoint(options: argparse.Namespace, *, folder: Path) -> int:
    """Write the signed heads of all chains, and the stand-alone verifier beside them when asked."""
    said = checkpoint.make(folder, at=timezone.now())
    text = json.dumps(said, ensure_ascii=False, indent=2)
    Path(options.out).write_text(text + "\n", encoding="utf-8")
    for head in said["heads"]:
        sys.stdout.write(f"链 {head['chain']} 第 {head['number']} 条 {head['digest']}\n")
    if options.verifier:
        shutil.copyfile(chain.__file__, options.verifier)
        sys.stdout.write(f"独立校验程序 SM3 {said['verifier']}\n")
    sys.stdout.write("请将检查点文件和打印件存入保险柜，不要留在本机\n")
    return 0


def run_export(options: argparse.Namespace, *, folder: Path) -> int:
    """The trail as JSON lines; content of changes is not in it, only their digests."""
    with open(options.out, "w", encoding="utf-8") as out:
        for line in export():
            out.write(line + "\n")
    return 0


def run_upgrade(options: argparse.Namespace, *, folder: Path) -> int:
    """Apply migrations, make the index of finding anew, and chain the new schema."""
    call_command("migrate", verbosity=1, interactive=False)
    finding.rebuild()
    for body in Body.objects.filter(local=True).order_by("id")[:1]:
        chain_schema(body, at=timezone.now())
    return 0


def run_recover(options: argparse.Namespace, *, folder: Path) -> int:
    """A new password for an officer nobody else can help; both names are on the trail."""
    person = Person.objects.select_related("body").filter(account=options.account).first()
    if person is None or len(options.witness) != 2:
        raise Refusal(
            "没有这个账号，或者在场人不是两人",
            clause="accounts.recovery",
            way_on="写法：shoumi recover 账号 --witness 甲 --witness 乙",
        )
    system = system_person()
    system.body = person.body
    first, second = options.witness
    password = recover(actor=system, subject=person, witnesses=(first, second), at=timezone.now())
    sys.stdout.write(f"{person.name} 的新口令（只显示这一次，登录后须更改）：{password}\n")
    return 0


def run_crosscheck(options: argparse.Namespace, *, folder: Path) -> int:
    """Every cross-check over the whole base; exit 1 where something does not agree. Numbers, no names."""
    found = crosschecks.run(actor=system_person(), at=timezone.now(), progress=Progress())
    standing = sum(one.standing for one in found)
    if options.json:
        lines = [
            {
                "key": one.rule.key,
                "title": one.rule.title,
                "clause": one.rule.clause,
                "open": one.standing,
                "new": one.fresh,
                "cured": one.cured,
                "seconds": round(one.seconds, 3),
            }
            for one in found
        ]
        sys.stdout.write(json.dumps(lines, ensure_ascii=False, indent=1) + "\n")
        return 1 if standing else 0
    for one in found:
        sys.stdout.write(
            f"{one.rule.title}：不符 {one.standing} 处，新发现 {one.fresh} 处，已改正 {one.cured} 处\n"
        )
    seconds = sum(one.seconds for one in found)
    sys.stdout.write(f"共核对 {len(found)} 项，不符 {standing} 处，用时 {seconds:.1f} 秒\n")
    return 1 if standing else 0


def run_clauses(options: argparse.Namespace, *, folder: Path) -> int:
    """Coverage of the obligations, by domain or as JSON."""
    from shoumi.config.starting import gather_points
    from shoumi.platform.rulebook import coverage

    gather_points()
    sys.stdout.write(coverage.as_json() if options.json else coverage.as_table())
    return 0
