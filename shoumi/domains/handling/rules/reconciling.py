"""双向核对: an issuer's list beside our account, copy by copy; who erred, and how. Clause: carriers.recall.reconcile."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shoumi.kernel.numbering import print_copy_number


class Finding(StrEnum):
    """What is the matter with one copy; the words name the side that erred."""

    MATCHED = "matched"
    UNENTERED = "unentered"
    MISENTERED = "misentered"
    SUBSTITUTED = "substituted"
    MISDELIVERED = "misdelivered"
    REPEATED = "repeated"

    @property
    def label(self) -> str:
        return FINDINGS[self][0]

    @property
    def side(self) -> str:
        return FINDINGS[self][1]


FINDINGS = {
    Finding.MATCHED: ("相符", ""),
    Finding.UNENTERED: ("漏登", "本单位"),
    Finding.MISENTERED: ("错登", "本单位"),
    Finding.SUBSTITUTED: ("换份", "双方查明"),
    Finding.MISDELIVERED: ("错投", "发文单位"),
    Finding.REPEATED: ("重登", "发文单位"),
}


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One copy on the issuer's list: its 文号, 份号 and level as written, and the row of the sheet."""

    row: int
    number: str
    copy: int
    level: str = ""


@dataclass(frozen=True, kw_only=True)
class Held:
    """One copy in our account, whether it is still here or went away since."""

    key: int
    number: str
    copy: int
    level: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A finding over a copy of the list, of the account, or of both."""

    finding: Finding
    theirs: Listed | None
    ours: Held | None
    note: str = ""


def reconcile(theirs: Sequence[Listed], ours: Sequence[Held]) -> list[Verdict]:
    """Every copy of either side once, in the order of the list and then of the account.

    First what is the same, then slips of the pen (one figure wrong or two exchanged, in 份号 or 文号), then other
    copies of the same paper, and last what stands on one side alone.
    """
    found: list[Verdict] = []
    listed: list[Listed] = []
    first_row: dict[tuple[str, int], int] = {}
    for line in theirs:
        key = (line.number, line.copy)
        if key in first_row:
            note = f"与清单第 {first_row[key]} 行重复"
            found.append(Verdict(finding=Finding.REPEATED, theirs=line, ours=None, note=note))
        else:
            first_row[key] = line.row
            listed.append(line)
    pairing = _Pairing(listed, ours)
    for steps in (
        (lambda a, b: (a.number, a.copy) == (b.number, b.copy), _same_copy),
        (lambda a, b: a.number == b.number and slipped(_six(a), _six(b)), _wrong_copy),
        (lambda a, b: a.copy == b.copy and slipped(a.number, b.number), _wrong_number),
        (lambda a, b: a.number == b.number, _other_copy),
    ):
        found += pairing.draw(*steps)
    found += [Verdict(finding=Finding.UNENTERED, theirs=one, ours=None) for one in pairing.theirs]
    found += [Verdict(finding=Finding.MISDELIVERED, theirs=None, ours=one) for one in pairing.ours]
    return sorted(found, key=_place)


def slipped(one: str, other: str) -> bool:
    """A slip of the pen: one sign wrong, or two neighbours exchanged."""
    if len(one) != len(other) or one == other:
        return False
    apart = [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(apart) == 1:
        return True
    first, last = apart[0], apart[-1]
    exchanged = one[first] == other[last] and one[last] == other[first]
    return len(apart) == 2 and last - first == 1 and exchanged


class _Pairing:
    """What is not yet paired on either side."""

    def __init__(self, theirs: Iterable[Listed], ours: Iterable[Held]) -> None:
        self.theirs, self.ours = list(theirs), list(ours)

    def draw(
        self,
        fits: Callable[[Listed, Held], bool],
        judge: Callable[[Listed, Held], Verdict],
    ) -> list[Verdict]:
        """Pair what fits, each copy once; only copies of one 文号 or of one 份号 can fit."""
        near: dict[str | int, list[Held]] = defaultdict(list)
        for mine in self.ours:
            near[mine.number].append(mine)
            near[mine.copy].append(mine)
        found: list[Verdict] = []
        left: list[Listed] = []
        taken: set[int] = set()
        for line in self.theirs:
            candidates = (*near[line.number], *near[line.copy])
            match = next((c for c in candidates if c.key not in taken and fits(line, c)), None)
            if match is None:
                left.append(line)
            else:
                taken.add(match.key)
                found.append(judge(line, match))
        self.theirs = left
        self.ours = [mine for mine in self.ours if mine.key not in taken]
        return found


def _same_copy(line: Listed, mine: Held) -> Verdict:
    if line.level and line.level != mine.level:
        note = f"清单为{line.level}，本单位登记为{mine.level}"
        return Verdict(finding=Finding.MISENTERED, theirs=line, ours=mine, note=note)
    return Verdict(finding=Finding.MATCHED, theirs=line, ours=mine)


def _wrong_copy(line: Listed, mine: Held) -> Verdict:
    note = f"份号登记为 {_six(mine)}，疑为 {_six(line)} 之误"
    return Verdict(finding=Finding.MISENTERED, theirs=line, ours=mine, note=note)


def _wrong_number(line: Listed, mine: Held) -> Verdict:
    note = f"文号登记为「{mine.number}」，疑为「{line.number}」之误"
    return Verdict(finding=Finding.MISENTERED, theirs=line, ours=mine, note=note)


def _other_copy(line: Listed, mine: Held) -> Verdict:
    note = f"发出 {_six(line)}，实存 {_six(mine)}"
    return Verdict(finding=Finding.SUBSTITUTED, theirs=line, ours=mine, note=note)


def _six(one: Listed | Held) -> str:
    return print_copy_number(one.copy)


def _place(verdict: Verdict) -> tuple[int, int]:
    if verdict.theirs is not None:
        return 0, verdict.theirs.row
    return 1, verdict.ours.key if verdict.ours else 0
