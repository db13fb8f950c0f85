"""Reads TOML tables so that whatever is missing, mistyped or unknown is named with its place."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from shoumi.platform.rulebook.model import RulebookError


class Reader:
    """A TOML table that remembers where it came from, and refuses keys nobody reads."""

    def __init__(self, table: Mapping[str, Any], place: str) -> None:
        self.table = dict(table)
        self.place = place

    def take(self, key: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
        if key not in self.table:
            if default is ...:
                raise RulebookError(f"{self.place}：缺少「{key}」")
            return default
        value = self.table.pop(key)
        wanted = kind if isinstance(kind, tuple) else (kind,)
        if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
            raise RulebookError(f"{self.place}：「{key}」的值类型不对")
        return value

    def day(self, key: str) -> date | None:
        value: date | None = self.take(key, date, None)
        return value

    def inside(self, table: Any, what: str) -> "Reader":
        if not isinstance(table, dict):
            raise RulebookError(f"{self.place}：{what} 应为表")
        return Reader(table, f"{self.place} {what}")

    def done(self) -> None:
        if self.table:
            unknown = "、".join(sorted(self.table))
            raise RulebookError(f"{self.place}：不认识的项「{unknown}」")


def read_toml(path: Path) -> Reader:
    try:
        return Reader(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    except tomllib.TOMLDecodeError as fault:
        raise RulebookError(f"{path.name}：无法读取，{fault}") from None
    except OSError:
        raise RulebookError(f"{path.name}：文件不存在或无法读取") from None
