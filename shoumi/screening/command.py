"""`shoumi scan`: screen files and folders from the console; needs no installation."""

import argparse
import os
import sys
import time
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TextIO

from shoumi.screening.findings import FileResult, Status
from shoumi.screening.readers.pieces import MIB
from shoumi.screening.reports import json_line, masked_name, write_csv, write_html
from shoumi.screening.scan import State, Tally, scan
from shoumi.screening.words import BadWordList, WordList
from shoumi.screening.workers import Limits, Settings

_EPILOG = """退出码：0 没有发现；1 有发现；2 有文件未能检查或者未查全（此时也可能有发现）；3 用法不对。
默认遮盖个人信息；--reveal 显示全部，报告由此成为敏感文件，请妥善保管。"""
WRONG_USE = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = _EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("paths", nargs="+", metavar="路径", help="文件或文件夹，可给多个")
    parser.add_argument(
        "--words", action="append", default=[], metavar="文件", help="词表，每行一词，可给多个"
    )
    parser.add_argument("--json", metavar="文件", help="逐行写出结果（JSON），- 为标准输出")
    parser.add_argument("--csv", metavar="文件", help="写出结果表（CSV）")
    parser.add_argument("--html", metavar="文件", help="写出可阅读、可打印的报告")
    parser.add_argument(
        "--workers",
        type=int,
        default=min(os.cpu_count() or 1, 8),
        metavar="个数",
        help="检查进程数",
    )
    parser.add_argument("--resume", metavar="文件", help="存续文件：中断后接着做，未变的文件不再查")
    parser.add_argument("--reveal", action="store_true", help="报告中不遮盖个人信息")
    parser.add_argument("--no-ocr", action="store_true", help="不识别图片文字（图片列为未能检查）")
    parser.add_argument(
        "--seconds", type=float, default=300.0, metavar="秒", help="单个文件的时间上限"
    )
    parser.add_argument(
        "--memory", type=int, default=4096, metavar="MB", help="单个检查进程的内存上限"
    )
    parser.add_argument("--portable", action="store_true", help="用通用匹配引擎（结果相同，较慢）")


def run(options: argparse.Namespace, *, at: datetime) -> int:
    """Scan, write the reports asked for, say the outcome; returns the exit code."""
    try:
        words = WordList.read([Path(name) for name in options.words], at=at.date())
    except BadWordList as error:
        sys.stderr.write(f"错误：{error}\n")
        return WRONG_USE
    settings = Settings(
        words=words,
        pictures=not options.no_ocr,
        portable=options.portable,
        cache=str(_cache()),
        limits=Limits(seconds=options.seconds, memory=options.memory * MIB),
    )
    try:
        with ExitStack() as stack:
            return _run(options, settings, stack, at)
    except OSError as error:
        sys.stderr.write(f"错误：{error.filename} 不能读写（{error.strerror}）\n")
        return WRONG_USE


def _cache() -> Path:
    """Where compiled word lists are kept between scans."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "shoumi"


def _run(options: argparse.Namespace, settings: Settings, stack: ExitStack, at: datetime) -> int:
    # Reports are opened first, so that a scan of hours does not end with a path that is wrong.
    lines = _opened(options.json, stack)
    table = _opened(options.csv, stack)
    page = _opened(options.html, stack)
    state = State(Path(options.resume) if options.resume else None, settings, reveal=options.reveal)
    stack.callback(state.close)
    progress = _Progress()
    tally = Tally()
    kept: list[FileResult] = []
    paths = [Path(name) for name in options.paths]
    for result in scan(paths, settings, workers=options.workers, state=state, watch=progress):
        tally.add(result)
        if lines:
            lines.write(json_line(result, reveal=options.reveal))
        if table or page:
            kept.append(result)
        if options.json != "-":
            progress.clear()
            _tell(result, reveal=options.reveal)
    progress.clear()
    if table:
        write_csv(kept, table, reveal=options.reveal)
    if page:
        scope = "、".join(options.paths)
        write_html(kept, page, reveal=options.reveal, at=at, scope=scope)
    _sum_up(tally, sys.stderr if options.json == "-" else sys.stdout)
    return tally.exit_code


def _opened(name: str | None, stack: ExitStack) -> TextIO | None:
    if name is None:
        return None
    if name == "-":
        return sys.stdout
    return stack.enter_context(Path(name).open("w", encoding="utf-8", newline=""))


def _tell(result: FileResult, *, reveal: bool) -> None:
    """What a person at the console wants: only files that need a look."""
    if result.status is Status.CLEAN:
        return
    write = sys.stdout.write
    write(f"{result.status.label}  {masked_name(result.file, reveal)}\n")
    for finding in result.findings:
        data = finding.as_data(reveal=reveal)
        place = f"{finding.inside} {finding.place}" if finding.inside else finding.place
        write(f"    {finding.kind.label}  {data['value']}  {place}  {finding.why}\n")
    for one in result.unread:
        write(
            f"    未能检查  {one.inside}  {one.reason}\n".replace(
                "    未能检查    ", "    未能检查  "
            )
        )


def _sum_up(tally: Tally, out: TextIO) -> None:
    incomplete = f"（其中{tally.incomplete}个未查全）" if tally.incomplete else ""
    out.write(
        f"共{tally.files}个文件：有发现{tally.found}个{incomplete}，"
        f"未能检查{tally.unchecked}个，未发现{tally.clean}个\n"
    )


class _Progress:
    """One line on a terminal that rewrites itself: how far, how fast, how long still, which file."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._visible = sys.stderr.isatty()

    def __call__(self, done: int, total: int, name: str) -> None:
        if not self._visible:
            return
        speed = done / max(time.monotonic() - self._started, 0.001)
        left = int((total - done) / speed)
        tail = name if len(name) <= 30 else f"…{name[-29:]}"
        sys.stderr.write(f"\r\x1b[K{done}/{total}  {speed:.1f}个/秒  约余{left}秒  {tail}")
        sys.stderr.flush()

    def clear(self) -> None:
        if self._visible:
            sys.stderr.write("\r\x1b[K")
