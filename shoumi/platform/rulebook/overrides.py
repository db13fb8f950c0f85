"""The pure rule of overrides: inside the clause's range, never laxer, never for the past."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.rulebook.check_figures import fault_of
from shoumi.platform.rulebook.loader import frozen_value
from shoumi.platform.rulebook.model import Clause, Parameter


class OutOfRange(Refusal):
    """The body may not set this figure, or not to this value."""


class Retroactive(Refusal):
    """A figure holds from today at the earliest."""


def may_override(clause: Clause, key: str, new: Any, *, since: date, today: date) -> None:
    """Refuse a value that the clause does not allow a body to set. Clause: rulebook.override.range."""
    parameter = clause.parameter(key)
    name = f"{clause.title}的「{parameter.label}」"
    if parameter.fixed:
        raise OutOfRange(
            f"{name}为固定值，不得调整",
            clause="rulebook.override.range",
            way_on="按规章所定取值办理",
        )
    if since < today:
        raise Retroactive(
            "参数调整不得追溯，施行日不得早于今日",
            clause="rulebook.override.future",
            way_on="请把施行日改为今日或者以后",
        )
    value = thawed(parameter, new)
    if fault := fault_of(parameter, value):
        raise OutOfRange(
            f"{name}取值{fault}", clause="rulebook.override.range", way_on=_range_of(parameter)
        )
    found = parameter.dated_value(since)
    if found is not None and not at_least_as_strict(parameter, value, found.value):
        raise OutOfRange(
            f"{name}只能从严，不得宽于规章所定",
            clause="rulebook.override.range",
            way_on=f"规章现定为 {shown(parameter, found.value)}",
        )


def at_least_as_strict(parameter: Parameter, new: Any, old: Any) -> bool:
    """Whether `new` is as strict as `old` everywhere it speaks."""
    if isinstance(new, Mapping):
        return all(
            part in old and at_least_as_strict(parameter, new[part], old[part]) for part in new
        )
    if parameter.stricter == "fewer":
        return set(new) <= set(old)
    if parameter.stricter == "":
        return True
    rank, bound = _rank(parameter, new), _rank(parameter, old)
    return rank <= bound if parameter.stricter == "lower" else rank >= bound


def combined(parameter: Parameter, ruled: Any, stored: Any) -> Any:
    """The figure in force: the body's where it still is as strict as the rulebook, else the rule."""
    value = thawed(parameter, stored)
    if fault_of(parameter, value):
        return ruled
    if not isinstance(value, Mapping):
        return value if at_least_as_strict(parameter, value, ruled) else ruled
    kept = {
        part: figure
        for part, figure in value.items()
        if part in ruled and at_least_as_strict(parameter, figure, ruled[part])
    }
    return frozen_mapping({**ruled, **kept})


def frozen_mapping(value: dict[Any, Any]) -> Any:
    return frozen_value("table", value, place="")


def thawed(parameter: Parameter, stored: Any) -> Any:
    """A value as it comes from a form or from JSON, in the form that code reads."""
    return frozen_value(parameter.kind, stored, place=f"参数「{parameter.label}」")


def storable(parameter: Parameter, value: Any) -> Any:
    """A value as JSON keeps it: levels by their Chinese word."""
    if isinstance(value, Mapping):
        return {
            part.label if isinstance(part, Level) else part: figure
            for part, figure in value.items()
        }
    return list(value) if isinstance(value, tuple) else value


def shown(parameter: Parameter, value: Any) -> str:
    """A value in words, for pages and refusals."""
    if isinstance(value, Mapping):
        parts = (
            f"{part.label if isinstance(part, Level) else part} {figure}"
            for part, figure in value.items()
        )
        text = "，".join(parts)
    elif isinstance(value, bool):
        text = "是" if value else "否"
    elif isinstance(value, tuple):
        text = "、".join(str(part) for part in value)
    else:
        text = str(value)
    return f"{text}（{parameter.unit}）" if parameter.unit else text


def _rank(parameter: Parameter, value: Any) -> int:
    return parameter.choices.index(value) if parameter.choices else int(value)


def _range_of(parameter: Parameter) -> str:
    if parameter.choices:
        return "可选：" + "、".join(str(choice) for choice in parameter.choices)
    if parameter.lowest is not None:
        return f"允许范围为 {parameter.lowest} 至 {parameter.highest} {parameter.unit}"
    return "请按规定格式填写"
