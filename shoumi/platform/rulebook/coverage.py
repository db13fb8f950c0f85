"""Which of the 1,511 obligations are implemented, by which control, proved by which test."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shoumi.platform.rulebook.controls import POINTS, ControlPoint
from shoumi.platform.rulebook.model import Clause, Rulebook
from shoumi.platform.rulebook.proofs import proofs
from shoumi.platform.rulebook.source import rulebook

IMPLEMENTED, ARGUED, OPEN = "implemented", "argued", "open"

DOMAINS = {
    "documents": "收发文与归档",
    "circulation": "传阅",
    "handling": "借阅复制携带保管销毁",
    "classification": "定密与标志",
    "personnel": "涉密人员",
    "equipment": "设备介质与密码",
    "facilities": "场所与要害部位",
    "release": "信息发布与保密审查",
    "meetings": "会议活动与涉外",
    "inspection": "检查自评与奖惩",
    "incidents": "违规泄密与应急",
    "training": "教育学习考试",
    "watch": "值班与电报时限",
    "servicehall": "政务大厅办件",
    "attendance": "考勤与岗位纪律",
    "display": "上墙与公示",
    "administration": "制度库与内部事务",
    "organisation": "机构岗位与责任制",
    "platform": "账号权限备份审计",
}


@dataclass(frozen=True)
class Coverage:
    """One obligation: its status and what stands for it."""

    id: str
    domain: str
    status: str
    controls: tuple[str, ...]
    tests: tuple[str, ...]
    reason: str

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "domain": self.domain,
            "status": self.status,
            "controls": list(self.controls),
            "tests": list(self.tests),
            "reason": self.reason,
        }


def coverage(
    book: Rulebook,
    points: Mapping[str, ControlPoint],
    tests: Mapping[str, Sequence[str]],
) -> list[Coverage]:
    """Every obligation in id order; a repeating row follows the row it repeats."""
    by_sample: dict[str, list[Clause]] = {}
    for clause in book.clauses.values():
        for sample in clause.samples:
            by_sample.setdefault(sample, []).append(clause)
    found = []
    for obligation in book.obligations.values():
        canonical = obligation.same_as or obligation.id
        status, controls, ids, reason = _judge(
            book, by_sample.get(canonical, []), points, tests, canonical
        )
        if obligation.same_as:
            reason = f"同 {canonical}" + (f"：{reason}" if reason else "")
        found.append(Coverage(obligation.id, obligation.domain, status, controls, ids, reason))
    return found


def measured() -> list[Coverage]:
    """The obligations as this program stands: its rulebook, its loaded points, its tests."""
    return coverage(rulebook(), POINTS, proofs())


def as_json(rows: Sequence[Coverage] | None = None) -> str:
    """What `shoumi clauses --json` prints."""
    found = measured() if rows is None else rows
    whole = {"obligations": [row.as_json() for row in found]}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def as_table(rows: Sequence[Coverage] | None = None) -> str:
    """What `shoumi clauses` prints: a line for each domain."""
    found = measured() if rows is None else rows
    lines = [_line("领域", "义务", "已落实", "已说明", "未落实")]
    for domain, label in DOMAINS.items():
        counts = Counter(row.status for row in found if row.domain == domain)
        lines.append(_counts(label, counts))
    lines.append(_counts("合计", Counter(row.status for row in found)))
    return "\n".join(lines) + "\n"


def _judge(
    book: Rulebook,
    clauses: Sequence[Clause],
    points: Mapping[str, ControlPoint],
    tests: Mapping[str, Sequence[str]],
    canonical: str,
) -> tuple[str, tuple[str, ...], tuple[str, ...], str]:
    if not clauses:
        argued = book.argued.get(canonical)
        return (ARGUED, (), (), argued) if argued else (OPEN, (), (), "尚无条款")
    claimed = sorted({control for clause in clauses for control in clause.controls}, key=str)
    controls = tuple(str(control) for control in claimed)
    ids = tuple(sorted({test for clause in clauses for test in tests.get(clause.id, ())}))
    missing = [
        str(control)
        for control in claimed
        if control.point not in points or not points[control.point].serves(control.kind)
    ]
    untested = [clause.id for clause in clauses if not tests.get(clause.id)]
    if missing:
        return OPEN, controls, ids, f"控制点尚未就绪：{'、'.join(missing)}"
    if untested:
        return OPEN, controls, ids, f"条款尚无测试：{'、'.join(untested)}"
    return IMPLEMENTED, controls, ids, ""


def _counts(label: str, counts: Counter[str]) -> str:
    total = str(sum(counts.values()))
    return _line(label, total, *(str(counts[key]) for key in (IMPLEMENTED, ARGUED, OPEN)))


def _line(label: str, *cells: str) -> str:
    """Chinese characters are two columns wide on a terminal."""
    return _padded(label, 24) + "".join(_padded(cell, 8, left=False) for cell in cells)


def _padded(text: str, width: int, *, left: bool = True) -> str:
    gap = " " * max(width - sum(2 if ord(letter) > 0x2E7F else 1 for letter in text), 0)
    return text + gap if left else gap + text
