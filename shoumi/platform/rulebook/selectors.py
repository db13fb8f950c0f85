"""What the rulebook page shows: clauses with the figures in force, their controls and evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shoumi.platform.directory.models import Body
from shoumi.platform.rulebook.controls import POINTS, ControlPoint
from shoumi.platform.rulebook.figures import override_on, value_on
from shoumi.platform.rulebook.model import KINDS, Clause, Parameter, Regulation
from shoumi.platform.rulebook.overrides import combined, shown
from shoumi.platform.rulebook.source import rulebook


@dataclass(frozen=True)
class FigureShown:
    """A figure in words: what is in force, since when, and whether the body set it."""

    key: str
    label: str
    text: str
    since: date
    by_body: bool
    ruled: str
    allowed: str
    note: str


@dataclass(frozen=True)
class ControlShown:
    """A control in words, with the trail events that are its evidence."""

    kind: str
    kind_label: str
    point: str
    label: str
    in_code: bool


@dataclass(frozen=True)
class ClauseShown:
    """One clause as the page shows it on a day."""

    id: str
    title: str
    text: str
    basis: tuple[str, ...]
    figures: tuple[FigureShown, ...]
    controls: tuple[ControlShown, ...]
    samples: tuple[str, ...]
    note: str

    @property
    def evidence_events(self) -> tuple[str, ...]:
        """Trail events that bear witness to this clause, besides those chained under its id."""
        keys = dict.fromkeys(control.point for control in self.controls)
        return tuple(keys) + tuple(f"{key}.denied" for key in keys)


def regulations() -> tuple[Regulation, ...]:
    """Every regulation in the order of its file name."""
    return rulebook().regulations


def regulation(regulation_id: str) -> Regulation | None:
    """One regulation by id, or nothing."""
    return next((found for found in regulations() if found.id == regulation_id), None)


def clause_title(clause_id: str) -> str:
    """「借阅期限」 for a link beside a refusal; the bare id where the rulebook does not know it."""
    found = rulebook().clauses.get(clause_id)
    return found.title if found else clause_id


def clauses_of(
    found: Regulation,
    *,
    on: date,
    body: Body | None = None,
    points: Mapping[str, ControlPoint] = POINTS,
) -> list[ClauseShown]:
    """The clauses of a regulation as of a day, for a body."""
    return [shown_clause(clause, on=on, body=body, points=points) for clause in found.clauses]


def shown_clause(
    clause: Clause,
    *,
    on: date,
    body: Body | None = None,
    points: Mapping[str, ControlPoint] = POINTS,
) -> ClauseShown:
    return ClauseShown(
        id=clause.id,
        title=clause.title,
        text=clause.text,
        basis=tuple(str(citation) for citation in clause.basis_on(on)),
        figures=tuple(_figure(clause, parameter, on, body) for parameter in clause.parameters),
        controls=tuple(
            ControlShown(
                kind=control.kind,
                kind_label=KINDS[control.kind],
                point=control.point,
                label=points[control.point].label if control.point in points else control.point,
                in_code=control.point in points,
            )
            for control in clause.controls
        ),
        samples=clause.samples,
        note=clause.note,
    )


def _figure(clause: Clause, parameter: Parameter, on: date, body: Body | None) -> FigureShown:
    ruled = value_on(parameter, clause.id, on=on)
    override = override_on(clause.id, parameter.key, on=on, body=body) if body else None
    value = combined(parameter, ruled.value, override.value) if override else ruled.value
    return FigureShown(
        key=parameter.key,
        label=parameter.label,
        text=shown(parameter, value),
        since=override.since if override else ruled.since,
        by_body=override is not None,
        ruled=shown(parameter, ruled.value),
        allowed=allowed(parameter),
        note=ruled.note,
    )


def allowed(parameter: Parameter) -> str:
    """In what range and direction a body may move a figure, in words."""
    if parameter.fixed:
        return "固定，不得调整"
    direction = {
        "lower": "，只可调低",
        "higher": "，只可调高",
        "fewer": "，只可减少",
        "": "",
    }[parameter.stricter]
    if parameter.choices:
        return "可选 " + "、".join(str(choice) for choice in parameter.choices) + direction
    if parameter.lowest is not None:
        return f"{parameter.lowest} 至 {parameter.highest} {parameter.unit}{direction}"
    return "按规定格式填写"
