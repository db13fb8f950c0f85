"""Puts the desk's pages into the frame: home, search, the bell, the menu."""

from datetime import datetime

from shoumi.platform.directory.models import Person
from shoumi.platform.obligations import selectors
from shoumi.platform.ui import menu
from shoumi.platform.ui.menu import MenuItem, Waiting


def install() -> None:
    """Called once when the apps are ready."""
    menu.PLACES.home = "desk:home"
    menu.PLACES.search = "desk:search"
    menu.PLACES.waiting = waiting
    menu.add(
        MenuItem("我的待办", "desk:home", group="常用", icon="home", order=1),
        MenuItem(
            "统计",
            "desk:statistics",
            posts=frozenset(
                {"registrar", "secrecy_office", "office_director", "head", "deputy_leader"}
            ),
            group="监督检查",
            icon="chart-bar",
            order=60,
        ),
        MenuItem("审批件", "cases", frozenset({"handler"}), "审批与期限", "gavel", 20),
        MenuItem("放假安排", "desk:calendar", frozenset({"sysadmin"}), "系统", "calendar", 30),
        MenuItem("规章", "rulebook:regulations", group="监督检查", icon="book", order=90),
    )


def waiting(person: Person, *, at: datetime) -> Waiting:
    """The number on the bell."""
    found = selectors.counts(person, at=at)
    return Waiting(count=found["waiting"], late=bool(found["overdue"]))
