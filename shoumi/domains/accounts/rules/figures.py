"""A figure as somebody types it, in the form that the rulebook keeps."""

import re
from typing import Any

from shoumi.kernel.refusal import Refusal

YES, NO = frozenset({"是", "有", "1"}), frozenset({"否", "无", "0"})


def parse_figure(text: str, kind: str) -> Any:
    """`10`, `是`, `机密=10，绝密=12`, `保密办、主要领导`: by the kind of the figure."""
    text = text.strip()
    readers = {
        "int": _whole,
        "bool": _yes_or_no,
        "list": _list,
        "by_level": _table,
        "table": _table,
    }
    return readers.get(kind, str)(text)


def _whole(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise Refusal(
            "取值应为整数", clause="rulebook.override.range", way_on="请只填数字，不写单位"
        )
    return int(text)


def _yes_or_no(text: str) -> bool:
    if text not in YES | NO:
        raise Refusal("取值应为是或者否", clause="rulebook.override.range")
    return text in YES


def _list(text: str) -> list[str]:
    return [part for part in re.split(r"[、，,;；\s]+", text) if part]


def _table(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in _list(text):
        name, sign, figure = part.replace("＝", "=").partition("=")
        if not sign:
            raise Refusal(
                "取值应分别写明", clause="rulebook.override.range", way_on="例如：机密=10，绝密=12"
            )
        found[name] = _whole(figure)
    return found
