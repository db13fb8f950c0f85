"""分发: the list as it is written, its copy numbers, and the check value that goes along."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shoumi.kernel.refusal import Refusal

LIST = "dispatch.distribution"
_LINE = re.compile(r"(?:(主送|抄送|个人)\s+)?(\S+?)\s+([0-9]{1,4})\s*份?(?:\s+(.+))?")
_DIGITS = str.maketrans("０１２３４５６７８９　", "0123456789 ")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: whom it names, how many copies, and why a person where it is one."""

    name: str
    copies: int
    is_copied: bool = False
    is_personal: bool = False
    reason: str = ""


def read_list(text: str) -> list[Entry]:
    """One unit a line: 「乙局 2」, 「抄送 丙局 1」, 「个人 单平 1 理由」. Clause: dispatch.distribution."""
    entries = [_entry(line) for line in text.translate(_DIGITS).splitlines() if line.strip()]
    if not entries:
        raise Refusal(
            "未填写分发单位", clause=LIST, way_on="一行一个单位，写单位名称和份数，如「乙局 2」"
        )
    names = [entry.name for entry in entries]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise Refusal(f"「{twice}」列了两次", clause=LIST, way_on="同一单位合为一行")
    return entries


def _entry(line: str) -> Entry:
    found = _LINE.fullmatch(line.strip())
    if found is None or int(found[3]) == 0:
        raise Refusal(
            f"「{line.strip()[:30]}」不是规范的分发行",
            clause=LIST,
            way_on="写单位名称和份数，中间空一格，如「乙局 2」「抄送 丙局 1」",
        )
    word, name, copies, reason = found[1] or "", found[2], int(found[3]), (found[4] or "").strip()
    if word == "个人" and not reason:
        raise Refusal(
            f"文件只发单位，一般不发个人；发给{name}未说明例外",
            clause="dispatch.distribution.units",
            way_on="改发其所在单位；确需发个人的，在行末写明理由",
        )
    return Entry(name, copies, word == "抄送", word == "个人", reason)


def ranges(copies: Sequence[int]) -> list[tuple[int, int]]:
    """Copy numbers from 1 on, one stretch for each line in its order."""
    found, following = [], 1
    for count in copies:
        found.append((following, following + count - 1))
        following += count
    return found


def check_made(*, made: int, approved: int, listed: int) -> None:
    """No more is printed than was approved, and no less than the list hands out."""
    if made > approved:
        raise Refusal(
            f"批准印 {approved} 份，实印 {made} 份，多印的不得留存",
            clause="dispatch.print",
            way_on="多印的当场销毁，按批准份数登记；确需增印的另行办理",
        )
    if made < listed:
        raise Refusal(
            f"分发 {listed} 份，实印 {made} 份，份数不足",
            clause="dispatch.distribution.sum",
            way_on="补足后再登记",
        )


def check_waste(waste: int, *, printer: str, witness: str) -> None:
    """Waste pages are destroyed at once by two. Clause: dispatch.print.waste."""
    if waste and (not witness.strip() or witness.strip() == printer.strip()):
        raise Refusal(
            "残、次、废页须由两人当场销毁",
            clause="dispatch.print.waste",
            way_on="填写另一名监销人",
        )


def people_in(names: str) -> list[str]:
    """Names written one after another, however they are separated."""
    return [name for name in dict.fromkeys(re.split(r"[、，,；;\s]+", names)) if name]


def total(entries: Iterable[Entry]) -> int:
    return sum(entry.copies for entry in entries)
