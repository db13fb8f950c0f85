"""A register of many thousands comes in: `python -m tests.proof.big_ledger FOLDER [--rows 20000]`."""

import argparse
import random
import resource
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from tests.proof.standing import stand

HEADINGS = [
    *("序号", "收文日期", "来文单位", "文号", "标题", "密级", "份号", "份数"),
    *("拟办", "承办", "借阅人", "借阅日期", "归还日期", "去向", "备注"),
]
MARKS = ["秘密★10年", "机密★20年", "内部", "秘密★5年", None]
ISSUERS = [("市委办公室", "市委办发"), ("县政府办公室", "县政办发"), ("市财政局", "市财")]
WHERE = ["保密柜", "机要室", "2025年2月1日销毁", "归档", "转业务科办理", None]
FIRST = date(2020, 1, 2)


def write(path: Path, *, rows: int, seed: int = 20) -> Path:
    """A register of so many papers, about four thousand a year, every twentieth lent."""
    import openpyxl

    chance = random.Random(seed)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("收文登记簿")
    sheet.append(["甲局收文登记簿"])
    sheet.append(HEADINGS)
    for n in range(1, rows + 1):
        day = FIRST + timedelta(days=n * 1_900 // rows)
        issuer, word = chance.choice(ISSUERS)
        copies, lent = chance.choice((1, 1, 2)), n % 20 == 0
        number = f"{n % 900_000 + 1}" if copies == 1 else f"{n}-{n + 1}"
        sheet.append(
            [
                n,
                f"{day.year}.{day.month}.{day.day}",
                issuer,
                f"{word}〔{day.year}〕{n}号",
                f"关于第{n}项工作安排的通知",
                chance.choice(MARKS),
                number,
                copies,
                "请阅",
                "业务科",
                "任远" if lent else None,
                day.isoformat() if lent else None,
                (day + timedelta(days=9)).isoformat() if lent and n % 40 else None,
                None if lent else chance.choice(WHERE),
                None,
            ]
        )
    book.save(path)
    return path


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--rows", type=int, default=20_000)
    given = options.parse_args()
    stand(given.folder)
    from conftest import NOW, build_office
    from shoumi.domains.intake.services import check_ledger, take_in, undo
    from shoumi.platform.trail.verify import verify

    who = build_office().registrar
    seconds: dict[str, float] = {}
    begun = time.perf_counter()

    def lap(what: str) -> None:
        nonlocal begun
        seconds[what], begun = time.perf_counter() - begun, time.perf_counter()

    path = write(given.folder / "ledger.xlsx", rows=given.rows)
    lap("写出")
    with path.open("rb") as upload:
        batch = check_ledger(actor=who, kind="documents", upload=upload, at=NOW)
    lap("核对")
    take_in(actor=who, subject=batch, at=NOW, good_only=True)
    lap("入账")
    findings = verify().findings
    lap("校验")
    undo(actor=who, subject=batch, at=NOW, reason="演算")
    lap("撤销")
    for what, took in seconds.items():
        print(f"{what} {took:.1f} 秒")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{batch.taken} 条入账，{len(batch.left_out)} 条未入账，校验 {len(findings)} 处不符")
    print(f"内存 {most:.0f} MB，读取进程 {child:.0f} MB，文件 {path.stat().st_size / 1e6:.1f} MB")
    return 1 if findings or batch.taken + len(batch.left_out) != given.rows else 0


if __name__ == "__main__":
    sys.exit(main())
