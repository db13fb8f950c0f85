"""The `shoumi` command: what an operator does at the console, in one place.

Django is set up only after the data folder is known, so the pieces that need it live in
`shoumi.config.operations` and are imported late.
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shoumi.config.installation import ACCOUNTS, FILE, BadInstallation, Installation
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.screening.command import add_arguments as add_scan_arguments

DEFAULT_DATA = "data/default"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 done, 1 found something wrong, 2 refused or wrongly used."""
    options = _parser().parse_args(arguments)
    # Whatever is written beside the database is nobody else's to read.
    os.umask(0o077)
    os.environ["SHOUMI_DATA"] = str(Path(options.data).resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoumi.config.settings")
    try:
        return int(options.run(options))
    except (Refusal, BadInstallation) as refusal:
        sys.stderr.write(f"错误：{refusal}\n")
        if way_on := getattr(refusal, "way_on", ""):
            sys.stderr.write(f"{way_on}\n")
        return 2


def _operation(module: str, name: str, *, needs_installation: bool = True) -> Callable[..., int]:
    """A command that sets Django up first and then runs one function of `config.operations`."""

    def run(options: argparse.Namespace) -> int:
        folder = Path(os.environ["SHOUMI_DATA"])
        if needs_installation and not (folder / FILE).exists():
            raise BadInstallation(
                f"{folder} 中没有守密的安装，请先用 shoumi init 建立，或用 --data 指明数据文件夹"
            )
        import django

        django.setup()
        import importlib

        from django.db import DatabaseError

        function: Any = getattr(importlib.import_module(f"shoumi.config.{module}"), name)
        try:
            return int(function(options, folder=folder))
        except DatabaseError as error:
            raise BadInstallation(
                f"数据库不能读写（{error}）。请核对 --data 所指的数据文件夹；刚换过版本的，先备份，再执行 shoumi upgrade"
            ) from error

    return run


def _init(options: argparse.Namespace) -> int:
    folder = Path(os.environ["SHOUMI_DATA"])
    Installation.make(
        folder,
        grade=Level.from_label(options.grade),
        demonstration=False,
        hosts=options.host or ["127.0.0.1", "localhost"],
    )
    return _operation("founding", "init")(options)


def _demo(options: argparse.Namespace) -> int:
    folder = Path(os.environ["SHOUMI_DATA"])
    if folder.exists() and (options.fresh or is_cut_short(folder)):
        _forget_demonstration(folder)
    if not (folder / FILE).exists():
        Installation.make(
            folder,
            grade=Level.TOP_SECRET,
            demonstration=True,
            hosts=["127.0.0.1", "localhost", "[::1]"],
        )
    return _operation("demonstration", "demo")(options)


def _import(options: argparse.Namespace) -> int:
    """A check needs no installation; taking in does."""
    needed = not options.check
    return _operation("importing", "run_import", needs_installation=needed)(options)


def is_cut_short(folder: Path) -> bool:
    """The accounts are written last: without them the building was broken off, and begins anew."""
    return (folder / FILE).exists() and not (folder / ACCOUNTS).exists()


def _forget_demonstration(folder: Path) -> None:
    """Only a demonstration may be thrown away; a real installation never."""
    import shutil

    if not (folder / FILE).exists() and any(folder.iterdir()):
        raise BadInstallation(f"{folder} 不是演示数据文件夹，不予清除")
    if (folder / FILE).exists() and not Installation.load(folder).demonstration:
        raise BadInstallation(f"{folder} 是正式安装，不予清除")
    shutil.rmtree(folder)


def _scan(options: argparse.Namespace) -> int:
    """Needs neither Django nor an installation."""
    from datetime import datetime

    from shoumi.screening.command import run

    return run(options, at=datetime.now())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="shoumi", description="守密：保密工作管理系统")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")

    def add(name: str, help_text: str, run: Callable[..., int]) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=help_text, description=help_text)
        found.add_argument("--data", default=DEFAULT_DATA, help="数据文件夹")
        found.set_defaults(run=run)
        return found

    init = add("init", "建立一套安装：数据库、单位、三员账号", _init)
    init.add_argument("--body", required=True, help="单位名称")
    init.add_argument("--code", required=True, help="单位代码（字母和数字）")
    init.add_argument("--grade", default="内部", help="部署等级：公开、内部、秘密、机密、绝密")
    init.add_argument("--host", action="append", help="允许访问的主机名，可多次给出")
    init.add_argument(
        "--officer",
        action="append",
        default=[],
        metavar="岗位=姓名",
        help="sysadmin=姓名、secadmin=姓名、auditor=姓名、head=姓名",
    )

    serve = add("serve", "启动服务（含期限巡检）", _operation("serving", "serve"))
    demo = add("demo", "建立并启动演示单位（虚构数据）", _demo)
    for server in (serve, demo):
        server.add_argument("--host", dest="listen", default="127.0.0.1", help="监听地址")
        server.add_argument("--port", type=int, default=8000, help="端口")
        server.add_argument("--threads", type=int, default=8, help="工作线程数")
    demo.add_argument("--fresh", action="store_true", help="先清除原有演示数据")
    demo.add_argument("--no-serve", action="store_true", help="只建立数据，不启动服务")

    crosscheck = add(
        "crosscheck", "核对全部账目之间的关系", _operation("operations", "run_crosscheck")
    )
    crosscheck.add_argument("--json", action="store_true", help="以 JSON 输出各项结果")
    verify = add("verify", "校验痕迹账与全部封存行", _operation("operations", "run_verify"))
    verify.add_argument("--checkpoint", metavar="文件", help="与保存在外的检查点比对")

    checkpoint = add("checkpoint", "出具检查点", _operation("operations", "run_checkpoint"))
    checkpoint.add_argument("--out", required=True, metavar="文件", help="检查点文件")
    checkpoint.add_argument("--verifier", metavar="文件", help="同时取出独立校验程序")

    export = add("export-trail", "导出痕迹账供独立校验", _operation("operations", "run_export"))
    export.add_argument("--out", required=True, metavar="文件")

    clauses = add("clauses", "条款覆盖情况", _operation("operations", "run_clauses"))
    clauses.add_argument("--json", action="store_true", help="以 JSON 输出")
    clauses.set_defaults(run=_operation("operations", "run_clauses", needs_installation=False))

    recover = add(
        "recover",
        "找回三员账号（两人在服务器前办理）",
        _operation("operations", "run_recover"),
    )
    recover.add_argument("account", metavar="账号")
    recover.add_argument(
        "--witness", action="append", required=True, metavar="姓名", help="在场人，须写两人"
    )

    imported = add(
        "import",
        "核对旧台账，逐行找出问题，整批入账",
        _import,
    )
    imported.add_argument("file", metavar="文件", help=".xlsx，借阅登记簿也可为 .docx")
    imported.add_argument(
        "--kind",
        required=True,
        choices=("documents", "loans", "people", "computers", "media"),
        help="documents 收文登记簿、loans 借阅登记簿、people 人员台账、computers 计算机台账、media 移动存储介质台账",
    )
    imported.add_argument("--check", action="store_true", help="只核对，不入账")
    imported.add_argument("--by", metavar="账号", help="由谁入账")
    imported.add_argument("--good-only", action="store_true", help="有问题的行不入账，其余入账")
    imported.add_argument("--with", dest="beside", metavar="文件夹", help="与其中的其他台账对照")
    imported.add_argument("--as-of", metavar="日期", help="台账的截止日，如 2025-06-30")
    imported.add_argument("--json", metavar="文件", help="把问题和合计写成 JSON")

    work = add(
        "work", "办理服务交办的一项长时办理（由服务自行调用）", _operation("working", "run_work")
    )
    work.add_argument("key", metavar="编号")

    add(
        "upgrade", "升级数据库结构并重建检索索引（先备份）", _operation("operations", "run_upgrade")
    )

    backup = add("backup", "备份", _operation("backups", "run_backup"))
    backup.add_argument("--out", required=True, metavar="文件")
    restore = add(
        "restore",
        "恢复备份（先校验，不合格的不动原数据）",
        _operation("backups", "run_restore", needs_installation=False),
    )
    restore.add_argument("archive", metavar="备份文件")
    restore.add_argument("--confirm", metavar="单位名称", help="原数据将被替换时，键入单位名称确认")

    help_text = "筛查文件中的密级标志、个人信息和自定词（不需要安装数据）"
    scan = commands.add_parser("scan", help=help_text, description=help_text)
    scan.set_defaults(run=_scan, data=DEFAULT_DATA)
    add_scan_arguments(scan)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
