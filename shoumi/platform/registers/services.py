"""Taking rows out of the system (导出、打印): chained, numbered, at the level of the highest row."""

from datetime import datetime

from shoumi.kernel.levels import Level
from shoumi.platform.access.acting import Action, act
from shoumi.platform.directory.models import Person

EXPORT = Action("registers.export", "导出、打印台账", clause="access.export")

PURPOSES = {
    "office": "日常办公",
    "inspection": "检查、自查",
    "reconciliation": "对账、清点",
    "report": "上报、年度报告",
    "handover": "工作移交",
}


def take_out(
    *, actor: Person, register: str, how: str, level: Level, count: int, purpose: str, at: datetime
) -> str:
    """Chain one export or print and give it its serial number. Clause: access.export."""
    facts = {"how": how, "level": int(level), "count": count, "purpose": purpose}
    with act(actor, EXPORT, None, at=at, register=register, **facts) as deed:
        pass
    number = deed.entry.number if deed.entry else 0
    return f"{deed.chain}-{number:08d}"
