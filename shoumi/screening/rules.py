"""The rules, as data: where to look, how to verify, and examples that hold each rule to its word."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from shoumi.screening.findings import Kind
from shoumi.screening.passage import Zone

_MACRO = re.compile(r"\{([A-Z]+)\}")
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})|\\(v)")


class BadRule(ValueError):
    """A rule that cannot be read, or that does not do what its examples say."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text in which the rule finds `value` of `kind`."""

    text: str
    value: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Rule:
    """`anchor` finds candidates, `verify` names the check that decides; `why` is told to people.

    `zone` is where the examples stand; a rule may hold in one zone only.
    """

    key: str
    kind: Kind
    verify: str
    anchor: str
    why: str
    zone: Zone
    true: tuple[Example, ...]
    false: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleBook:
    rules: tuple[Rule, ...]
    signs: Mapping[str, str]

    def pattern(self, written: str) -> str:
        """A pattern with the named sign classes put in."""
        return _expanded(written, self.signs)


def _expanded(written: str, signs: Mapping[str, str]) -> str:
    while _MACRO.search(written):
        written = _MACRO.sub(lambda hit: signs[hit[1]], written)
    return written


def _literal(written: str) -> str:
    return _ESCAPE.sub(lambda hit: "\v" if hit[2] else chr(int(hit[1], 16)), written)


def read_rules(text: str) -> RuleBook:
    """Rules from TOML; raises BadRule on one without examples or with an unknown word."""
    data = tomllib.loads(text)
    signs = {name: _literal(value) for name, value in data["signs"].items()}
    return RuleBook(tuple(_rule(entry, signs) for entry in data["rule"]), signs)


def _rule(entry: Mapping[str, Any], signs: Mapping[str, str]) -> Rule:
    try:
        kind = Kind(entry["kind"])
        true = tuple(
            Example(one["text"], one["value"], Kind(one.get("kind", kind))) for one in entry["true"]
        )
        rule = Rule(
            key=entry["key"],
            kind=kind,
            verify=entry["verify"],
            anchor=_expanded(_literal(entry["anchor"]), signs),
            why=entry["why"],
            zone=Zone(entry.get("zone", Zone.BODY)),
            true=true,
            false=tuple(entry["false"]),
        )
    except (KeyError, ValueError) as error:
        raise BadRule(f"规则「{entry.get('key', '?')}」写得不对：{error}") from error
    if not rule.true or not rule.false:
        raise BadRule(f"规则「{rule.key}」缺少正反例子")
    return rule


@cache
def own_rules() -> RuleBook:
    """The rules that come with the program."""
    file = resources.files("shoumi.screening") / "data" / "rules.toml"
    return read_rules(file.read_text(encoding="utf-8"))
