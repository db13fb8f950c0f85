"""Cross-checks (账账核对) as data: which two ledgers must agree, under which clause, and whose duty it is.

What breaks a rule is asked by a query that the owner of the tables registers under the same key
(`obligations.crosschecks`); everything that is said of it stands here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from shoumi.platform.rulebook.loader import DATA
from shoumi.platform.rulebook.model import Rulebook, RulebookError
from shoumi.platform.rulebook.reader import Reader, read_toml
from shoumi.platform.rulebook.source import rulebook

NAME = "{name}"


@dataclass(frozen=True, kw_only=True)
class Crosscheck:
    """One rule; `say` is the sentence of a hit, in which `{name}` stands for the row it is about."""

    key: str
    title: str
    clause: str
    say: str
    post: str
    page: str = ""
    file: str = ""

    @property
    def point(self) -> str:
        return f"crosscheck.{self.key}"

    def sentence(self, name: str) -> str:
        return self.say.replace(NAME, name)


def load_crosschecks(data: Path = DATA) -> list[Crosscheck]:
    """Every rule of the folder `crosschecks`, one file a room."""
    found = []
    for path in sorted((data / "crosschecks").glob("*.toml")):
        whole = read_toml(path)
        found += [_crosscheck(whole, table) for table in whole.take("crosscheck", list)]
        whole.done()
    return found


@cache
def crosschecks() -> dict[str, Crosscheck]:
    """The rules of this installation, read and checked once per process."""
    found = load_crosschecks()
    if problems := [*crosscheck_problems(found, rulebook())]:
        raise RulebookError("账账核对未通过启动检查：\n" + "\n".join(problems))
    return {rule.key: rule for rule in found}


def crosscheck_problems(found: Iterable[Crosscheck], book: Rulebook) -> Iterator[str]:
    """Every problem as one Chinese line with the rule."""
    seen: set[str] = set()
    for rule in found:
        place = f"{rule.file}：核对「{rule.key}」"
        if rule.key in seen:
            yield f"{place}重复"
        seen.add(rule.key)
        if rule.clause not in book.clauses:
            yield f"{place}：条款「{rule.clause}」不在规章中"
        if rule.post not in book.posts or not book.posts[rule.post].appointed:
            yield f"{place}：责任岗位「{rule.post}」不是须任命的岗位"
        if NAME not in rule.say:
            yield f"{place}：提示语没有写明对象 {NAME}"


def _crosscheck(whole: Reader, table: Any) -> Crosscheck:
    named = table.get("key", "未命名") if isinstance(table, dict) else "未命名"
    row = whole.inside(table, f"核对「{named}」")
    rule = Crosscheck(
        key=row.take("key", str),
        title=row.take("title", str),
        clause=row.take("clause", str),
        say=row.take("say", str),
        post=row.take("post", str),
        page=row.take("page", str, ""),
        file=whole.place,
    )
    row.done()
    return rule
