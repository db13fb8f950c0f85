"""`make bench`: measure, on both databases, and end in one table that says which ratios are met.

Usage: python -m tests.bench [--small]      (SHOUMI_DATABASE names a PostgreSQL server to make databases on)
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench.apart import Apart, worlds
from tests.bench.figures import Sheet, p50, p95, side_by_side

# Readers by how much they may know, and the lists that are opened.
READERS = {"registrar": "看得到全部", "handler": "看得到百分之一", "peer": "看得到三十件"}
LISTS = {
    "/documents/": "收文登记簿",
    "/documents/copies/": "份号与去向",
    "/handling/loans/": "借阅登记簿",
}
SOUGHT = (
    # common, short and long
    "保密",
    "安全检查",
    "窗口管理",
    "关于进一步加强保密",
    "办公",
    "机要",
    "涉密载体",
    "机要文件交换",
    "省委办公厅",
    "档案",
    # rare, and nowhere
    "一丁",
    "七万",
    "清退销丁",
    "三上通知",
    "不存在的词",
    # numbers, whole and in part
    "3331",
    "123456",
    "收文〔2025〕7654号",
    "收文〔2025〕12",
    "岚办发〔2025〕77",
    "岚办发〔2025〕654号",
    # initials
    "gyjyb",
    "bjqbmg",
    "zzqx",
)
GROWTH, FILTER, SEARCH = 1.5, 3.0, 3.0
ALONE, TOGETHER = 0.5, 1.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument(
        "--small", action="store_true", help="worlds of a hundredth, for trying out"
    )
    small = parser.parse_args().small
    started = perf_counter()
    sheets = []
    with tempfile.TemporaryDirectory(prefix="shoumi-bench.") as folder:
        for database, server in (
            ("SQLite", ""),
            ("PostgreSQL", os.environ.get("SHOUMI_DATABASE", "")),
        ):
            if database == "PostgreSQL" and not server:
                sys.exit("守密：没有 PostgreSQL，请用 make bench")
            sheet = Sheet(database)
            _measure(sheet, Path(folder) / database, server, 100 if small else 1)
            sheets.append(sheet)
    print(f"\n{side_by_side(sheets)}\n")
    missed = [f"{s.database}：{line.title}" for s in sheets for line in s.missed]
    minutes, seconds = divmod(int(perf_counter() - started), 60)
    load = "、".join(f"{one:.1f}" for one in os.getloadavg())
    print(
        f"{os.cpu_count()} 核，系统负载 {load}，用时 {minutes} 分 {seconds} 秒；各比值都在同一次运行中交替测得。"
    )
    print("列表与检索：已登录人员的请求经过全部中间件、视图和模板，不含网络传输。")
    print(
        f"守密：测速有 {len(missed)} 项未达到：{'；'.join(missed)}"
        if missed
        else "守密：测速各项要求全部达到"
    )
    return 1 if missed else 0


def _measure(sheet: Sheet, folder: Path, server: str, part: int) -> None:
    sizes = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
    folder.mkdir()
    with worlds([*sizes, "trail"], folder=folder, server=server) as made:
        with _stage(sheet, "建立 1 万、10 万、100 万份和痕迹账的测试数据"):
            trail = made.pop("trail")
            for name, world in made.items():
                world.tell("fill", copies=sizes[name] // part)
            trail.tell("lengthen", acts=60_000 // part)
            for world in (*made.values(), trail):
                world.hear()
        with _stage(sheet, "办理"):
            _acts(sheet, trail, 60 if part == 1 else 10)
        with _stage(sheet, "列表页"):
            _pages(sheet, made, 60 if part == 1 else 20)
        with _stage(sheet, "筛选"):
            _filters(sheet, made["1m"])
        with _stage(sheet, "检索"):
            _searches(sheet, made["1m"], 6 if part == 1 else 2)
        with _stage(sheet, "校验"):
            _verify(sheet, trail, 5 if part == 1 else 2)


def _acts(sheet: Sheet, world: Apart, rounds: int) -> None:
    receipts, hands, syncs = [], [], []
    world.ask("act")
    for _ in range(rounds):
        done = world.ask("act")
        receipts.append(done["receipt"])
        hands.append(done["hand"])
        syncs += [world.ask("sync") for _ in range(5)]
    sheet.tell("每秒办理：签收登记一件三份", f"{1 / p50(receipts):.0f}")
    sheet.tell("每秒办理：交出或者签收一份", f"{1 / p50(hands):.0f}")
    ratio = p50(syncs) / p50(hands)
    sheet.tell("每秒办理 ÷ 磁盘每秒落盘", f"{ratio:.3f}（落盘 {1 / p50(syncs):.0f}/秒）")


def _pages(sheet: Sheet, made: dict[str, Apart], rounds: int) -> None:
    """Every list for every reader, the worlds in turn."""
    taken: dict[tuple[str, str, str], list[float]] = {}
    opened = list(product(READERS, LISTS))
    asked: dict[tuple[str, str], list[int]] = {}
    for who, address in opened:
        for world in made.values():
            world.ask("open", who=who, address=address)
        asked[who, address] = [w.ask("queries", who=who, address=address) for w in made.values()]
    for turn in range(rounds):
        for who, address in opened:
            order = [*made] if turn % 2 else [*reversed(made)]
            for name in order:
                seconds = made[name].ask("open", who=who, address=address)
                taken.setdefault((who, address, name), []).append(seconds)
    worst, where = 0.0, ""
    for who, address in opened:
        times = [taken[who, address, name] for name in made]
        said = "  ".join(f"{p50(t) * 1e3:.0f}/{p95(t) * 1e3:.0f}" for t in times)
        sheet.tell(f"{LISTS[address]}，{READERS[who]}：p50/p95 毫秒", said)
        ratio = p95(times[-1]) / p95(times[0])
        if ratio > worst:
            worst, where = ratio, f"（{LISTS[address]}，{READERS[who]}）"
    sheet.at_most("列表页 p95：100 万份 ÷ 1 万份，最差的", worst, GROWTH, where)
    steady = all(len(set(counts)) == 1 for counts in asked.values())
    numbers = sorted({count for counts in asked.values() for count in counts})
    said = f"{numbers[0]}～{numbers[-1]} 次"
    sheet.must("列表页查询次数", said, "不随份数变", is_met=steady)


def _filters(sheet: Sheet, world: Apart) -> None:
    """Every offered filter against the plain page, in turn; what looks bad is asked again."""
    worst, where = 0.0, ""
    for who, address in product(("registrar", "handler"), LISTS):
        for said in world.ask("offered", who=who, address=address):
            world.ask("open", who=who, address=said)
            ratio = _against(world, who, said, address, rounds=3)
            if ratio > FILTER * 0.8:
                ratio = _against(world, who, said, address, rounds=15)
            if ratio > worst:
                worst, where = (
                    ratio,
                    f"（{LISTS[address]} {said.partition('?')[2]}，{READERS[who]}）",
                )
    sheet.at_most("最差的筛选或者排序 ÷ 不筛选，p50", worst, FILTER, where)


def _against(world: Apart, who: str, said: str, plain: str, *, rounds: int) -> float:
    times: dict[str, list[float]] = {said: [], plain: []}
    for _ in range(rounds):
        for address, found in times.items():
            found.append(world.ask("open", who=who, address=address))
    return median(times[said]) / median(times[plain])


def _searches(sheet: Sheet, world: Apart, rounds: int) -> None:
    """Words of all kinds, a plain page in turn with each."""
    worst, where, slowest = 0.0, "", (0.0, "")
    for who in READERS:
        pages: list[float] = []
        times: dict[str, list[float]] = {word: [] for word in SOUGHT}
        for word in SOUGHT:
            world.ask("open", who=who, address=f"/search/?q={word}")
        for _ in range(rounds):
            for word in SOUGHT:
                times[word].append(world.ask("open", who=who, address=f"/search/?q={word}"))
                pages.append(world.ask("open", who=who, address="/documents/"))
        found = [one for word in SOUGHT for one in times[word]]
        said = f"{p50(found) * 1e3:.0f}/{p95(found) * 1e3:.0f}"
        sheet.tell(f"检索，{READERS[who]}：p50/p95 毫秒", said)
        slowest = max(slowest, *((p50(times[word]), word) for word in SOUGHT))
        ratio = p95(found) / p95(pages)
        if ratio > worst:
            worst, where = ratio, f"（{READERS[who]}）"
    sheet.at_most("检索 p95 ÷ 列表页 p95，最差的", worst, SEARCH, where)
    sheet.tell("检索最慢的一词：p50 毫秒", f"{slowest[0] * 1e3:.0f}（{slowest[1]}）")


def _verify(sheet: Sheet, world: Apart, rounds: int) -> None:
    loops, one, two = [], [], []
    for _ in range(rounds):
        loops.append(world.ask("loop"))
        one.append(world.ask("verify", processes=1))
        two.append(world.ask("verify", processes=2))
    told = one[0]
    bare = median(one_["seconds"] for one_ in loops)
    alone, together = (median(r["seconds"] for r in runs) for runs in (one, two))
    rows = told["rows"] + told["entries"]
    sheet.tell("校验：每秒行（一进程、两进程）", f"{rows / alone:,.0f}、{rows / together:,.0f}")
    sheet.tell(
        "裸 SM3 循环：每秒段",
        f"{loops[0]['texts'] / bare:,.0f}（{loops[0]['bytes'] / bare / 1e6:.0f} MB/秒）",
    )
    sheet.at_least("校验一进程 ÷ 裸 SM3 循环", bare / alone, ALONE)
    sheet.at_least("校验两进程 ÷ 裸 SM3 循环", bare / together, TOGETHER)


@contextmanager
def _stage(sheet: Sheet, what: str) -> Iterator[None]:
    """Say what is being measured, and what came of it: the whole takes minutes."""
    print(f"守密：{sheet.database}：{what} …", end="", flush=True)
    started, before = perf_counter(), len(sheet.lines)
    yield
    print(f" {perf_counter() - started:.0f} 秒", flush=True)
    for line in sheet.lines[before:]:
        print(f"      {line.title}：{line.said}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
