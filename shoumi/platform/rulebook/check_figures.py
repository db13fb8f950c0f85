"""The part of the start-up check that looks at figures: type, range, order of their days."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from shoumi.platform.rulebook.model import FIGURE_KINDS, STRICTER, Clause, DatedValue, Parameter


def figure_problems(clause: Clause, place: str) -> Iterator[str]:
    for key, times in Counter(parameter.key for parameter in clause.parameters).items():
        if times > 1:
            yield f"{place}：参数「{key}」重复"
    for parameter in clause.parameters:
        yield from _parameter(parameter, f"{place}参数「{parameter.key}」")


def _parameter(parameter: Parameter, place: str) -> Iterator[str]:
    if parameter.kind not in FIGURE_KINDS:
        yield f"{place}：类型「{parameter.kind}」不存在"
        return
    if parameter.stricter not in STRICTER:
        yield f"{place}：从严方向「{parameter.stricter}」不存在"
    if not parameter.values:
        yield f"{place}：没有取值"
    yield from _bounds(parameter, place)
    for earlier, later in pairwise(parameter.values):
        if later.since == earlier.since:
            yield f"{place}：{later.since} 起有两个取值，日期重叠"
        elif later.since < earlier.since:
            yield f"{place}：取值未按起始日先后排列"
    for position, value in enumerate(parameter.values):
        superseded = position < len(parameter.values) - 1
        yield from _value(parameter, value, superseded, place)


def _bounds(parameter: Parameter, place: str) -> Iterator[str]:
    counted = parameter.kind in ("int", "by_level", "table")
    lowest, highest = parameter.lowest, parameter.highest
    if counted and not parameter.choices and None in (lowest, highest):
        yield f"{place}：没有写明允许范围"
    if lowest is not None and highest is not None and lowest > highest:
        yield f"{place}：允许范围上下限颠倒"
    if parameter.kind in ("str", "list") and not (parameter.choices or parameter.pattern):
        yield f"{place}：没有写明可选项或者格式"


def _value(parameter: Parameter, value: DatedValue, superseded: bool, place: str) -> Iterator[str]:
    fault = fault_of(parameter, value.value)
    if fault and not (superseded and value.warning):
        yield f"{place}：{value.since} 起的取值{fault}"


def fault_of(parameter: Parameter, value: Any) -> str:
    """What is wrong with a value, or nothing: the same rule for files and for overrides."""
    shape: dict[str, type | tuple[type, ...]] = {
        "int": int,
        "str": str,
        "bool": bool,
        "list": tuple,
        "by_level": Mapping,
        "table": Mapping,
    }
    wrong_bool = isinstance(value, bool) and parameter.kind != "bool"
    if wrong_bool or not isinstance(value, shape[parameter.kind]):
        return "类型不对"
    if not value and parameter.kind in ("list", "by_level", "table"):
        return "为空"
    for part in _parts(value):
        if parameter.choices and part not in parameter.choices:
            return f"「{part}」不在可选项内"
        if parameter.pattern and not re.fullmatch(parameter.pattern, str(part)):
            return f"「{part}」不合格式"
        if parameter.kind in ("int", "by_level", "table") and not parameter.choices:
            if not isinstance(part, int) or isinstance(part, bool):
                return "类型不对"
            if parameter.lowest is not None and part < parameter.lowest:
                return f" {part} 低于允许的 {parameter.lowest}"
            if parameter.highest is not None and part > parameter.highest:
                return f" {part} 高于允许的 {parameter.highest}"
    return ""


def _parts(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return list(value.values())
    if isinstance(value, tuple):
        return list(value)
    return [value]
