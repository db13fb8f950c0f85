"""检查单 as data: which sheets a device is checked by, what each asks, who answers and how often."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from shoumi.domains.equipment.rules.kinds import KINDS, Family
from shoumi.domains.equipment.rules.networks import PUBLIC, Network
from shoumi.kernel.refusal import Refusal
from shoumi.platform.rulebook.loader import DATA
from shoumi.platform.rulebook.model import RulebookError

FILE = DATA / "equipment" / "sheets.toml"
DATES = ("", "scanned_on", "tested_on")
WHO = ("first", "department_head", "secrecy_office")
MET, UNMET, NOT_ASKED = "符合", "不符合", "不适用"
ANSWERS = (MET, UNMET, NOT_ASKED)


@dataclass(frozen=True, slots=True)
class Question:
    """One item; `only` keeps it to classified or to public-network devices."""

    key: str
    text: str
    only: str = ""

    def fits(self, *, classified: bool, internet: bool) -> bool:
        return {"": True, "classified": classified, "internet": internet}[self.only]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One check sheet; `every` is the recurring duty with which it is put before `who`.

    `sets` names the date of the device that a passed sheet brings up to today.
    """

    key: str
    title: str
    clause: str
    families: tuple[Family, ...]
    who: str
    every: str
    classified: bool | None
    internet: bool | None
    sets: str
    items: tuple[Question, ...]

    def fits(self, kind: str, *, classified: bool, network: str) -> bool:
        return (
            KINDS[kind].family in self.families
            and self.classified in (None, classified)
            and self.internet in (None, Network(network) in PUBLIC)
        )

    def asks(self, *, classified: bool, network: str) -> list[Question]:
        internet = Network(network) in PUBLIC
        return [q for q in self.items if q.fits(classified=classified, internet=internet)]

    @property
    def duty(self) -> str:
        """The kind of the duty to fill it in."""
        return f"equipment.check.{self.key}"


@cache
def sheets(path: Path = FILE) -> Mapping[str, Sheet]:
    """Every sheet by its key; a malformed one stops the start and is named."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["sheet"]
    return {row["key"]: _sheet(row) for row in rows}


def following(recurring: str) -> list[Sheet]:
    """The sheets that are put before everybody when this recurring duty opens."""
    return [sheet for sheet in sheets().values() if sheet.every == recurring]


def faults_in(asked: Iterable[Question], answers: Mapping[str, str], *, clause: str) -> int:
    """How many items are not met; every one must be answered."""
    found = 0
    for question in asked:
        answer = answers.get(question.key, "")
        if answer not in ANSWERS:
            raise Refusal(
                f"「{question.text}」尚未填写结果", clause=clause, way_on="请逐项填写后提交"
            )
        found += answer == UNMET
    return found


def _sheet(row: dict[str, Any]) -> Sheet:
    try:
        found = Sheet(
            key=row["key"],
            title=row["title"],
            clause=row["clause"],
            families=tuple(Family(name) for name in row["families"]),
            who=row["who"],
            every=row.get("every", ""),
            classified=row.get("classified"),
            internet=row.get("internet"),
            sets=row.get("sets", ""),
            items=tuple(Question(**item) for item in row["item"]),
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise RulebookError(f"检查单「{row.get('key', '未命名')}」写得不对：{fault}") from fault
    scopes = {question.only for question in found.items}
    if found.who not in WHO or found.sets not in DATES or scopes - {"", "classified", "internet"}:
        raise RulebookError(f"检查单「{found.key}」的责任人或者适用范围写得不对")
    return found
