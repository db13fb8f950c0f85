"""The menu (菜单) and the fixed places of the frame; apps add their pages in `ready()`."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

# Everybody but the three officers: pages of business stay out of the officers' menu.
STAFF = frozenset({"handler"})


@dataclass(frozen=True)
class MenuItem:
    """One page in the left menu; `posts` None means every person with an account."""

    label: str
    url_name: str
    posts: frozenset[str] | None = None
    group: str = "常用"
    icon: str = ""
    order: int = 100

    def is_for(self, posts: Collection[str]) -> bool:
        return self.posts is None or not self.posts.isdisjoint(posts)


@dataclass(frozen=True)
class Waiting:
    """What waits for a person: how many, and whether one of them is overdue."""

    count: int = 0
    late: bool = False


@dataclass
class Places:
    """URL names of pages that every page links to; empty until the app that owns them sets them."""

    home: str = ""
    search: str = ""
    password: str = ""
    logout: str = ""
    help: str = ""
    waiting: Callable[..., Waiting] | None = None
    items: dict[str, MenuItem] = field(default_factory=dict)


PLACES = Places()

# The first level of the menu in the order of a registrar's day; a group not named here comes last.
GROUPS = [
    "常用",
    "收发文",
    "发文与交换",
    "定密",
    "传阅与借阅",
    "载体管理",
    "设备介质",
    "场所与出入",
    "审批与期限",
    "监督检查",
    "机构与责任",
    "涉密人员",
    "机构与人员",
    "系统",
]


def add(*items: MenuItem) -> None:
    """Put pages into the menu; the same page twice stays one."""
    for item in items:
        PLACES.items[item.url_name] = item


def shown_to(posts: Collection[str]) -> list[tuple[str, list[MenuItem]]]:
    """The two levels that somebody with these posts sees."""
    groups: dict[str, list[MenuItem]] = {}
    for item in sorted(PLACES.items.values(), key=lambda i: i.order):
        if item.is_for(posts):
            groups.setdefault(item.group, []).append(item)
    known = {name: place for place, name in enumerate(GROUPS)}
    return sorted(groups.items(), key=lambda g: (known.get(g[0], len(GROUPS)), g[0]))


def waiting_for(person: Any, at: datetime) -> Waiting:
    """The number on the bell; nothing before the duties' app has spoken."""
    return PLACES.waiting(person, at=at) if PLACES.waiting else Waiting()
