"""Start-up checks: a rulebook that contradicts itself, or the code, is refused by name."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from shoumi.platform.rulebook.check_figures import figure_problems
from shoumi.platform.rulebook.check_flows import flow_problems
from shoumi.platform.rulebook.controls import Control, ControlPoint
from shoumi.platform.rulebook.model import (
    KINDS,
    Clause,
    Regulation,
    Rulebook,
    RulebookError,
)

T = TypeVar("T")
START_UP = Control("rulebook.load", kind="refuse", label="规章启动检查")

LONGEST_TEXT = 160
BOUNDS = ("body", "department")


def check(
    book: Rulebook,
    points: Mapping[str, ControlPoint] | None = None,
    *,
    clauses_used: Mapping[str, str] | None = None,
    figures_used: Mapping[tuple[str, str], str] | None = None,
) -> list[str]:
    """Every problem as one Chinese line. Without `points` the code side is left out."""
    problems = [
        *_structure(book),
        *_samples(book),
        *_posts(book),
        *flow_problems(book),
    ]
    for regulation in book.regulations:
        for clause in regulation.clauses:
            place = f"{regulation.file}：条款「{clause.id}」"
            problems += _clause(book, regulation, clause, place)
            problems += figure_problems(clause, place)
            if points is not None:
                problems += _code(clause, points, place)
    for used, where in sorted((clauses_used or {}).items()):
        if used not in book.clauses:
            problems.append(f"{where}：代码引用的条款「{used}」不在规章中")
    for (clause_id, key), where in sorted((figures_used or {}).items()):
        known = book.clauses[clause_id].parameters if clause_id in book.clauses else ()
        if key not in {parameter.key for parameter in known}:
            problems.append(f"{where}：代码取用的参数「{key}」不在条款「{clause_id}」中")
    return problems


def enforce(
    book: Rulebook,
    points: Mapping[str, ControlPoint],
    *,
    clauses_used: Mapping[str, str] | None = None,
) -> None:
    """Refuse to start with a rulebook that does not hold."""
    problems = check(book, points, clauses_used=clauses_used)
    if problems:
        raise RulebookError("规章未通过启动检查：\n" + "\n".join(problems))


def missing_points(book: Rulebook, points: Mapping[str, ControlPoint]) -> list[str]:
    """The controls claimed by clauses that no code serves yet, as `kind:point`."""
    claimed = {control for clause in book.clauses.values() for control in clause.controls}
    return sorted(
        str(control)
        for control in claimed
        if control.point not in points or not points[control.point].serves(control.kind)
    )


def _structure(book: Rulebook) -> Iterator[str]:
    for regulation_id in _twice(regulation.id for regulation in book.regulations):
        yield f"制度「{regulation_id}」重复"
    ids = (clause.id for regulation in book.regulations for clause in regulation.clauses)
    for clause_id in _twice(ids):
        yield f"条款「{clause_id}」重复"
    for regulation in book.regulations:
        if not regulation.clauses:
            yield f"{regulation.file}：制度「{regulation.title}」没有条款"
    for obligation in book.obligations.values():
        canonical = book.obligations.get(obligation.same_as)
        if obligation.control not in KINDS:
            yield f"义务「{obligation.id}」的控制类别「{obligation.control}」不存在"
        if obligation.same_as and (canonical is None or canonical.same_as):
            yield f"义务「{obligation.id}」所指正条「{obligation.same_as}」不存在或又指他条"


def _clause(book: Rulebook, regulation: Regulation, clause: Clause, place: str) -> Iterator[str]:
    if not clause.id.startswith(f"{regulation.id}."):
        yield f"{place}：编号应以「{regulation.id}.」开头"
    if not clause.title.strip() or not clause.text.strip():
        yield f"{place}：条名或正文为空"
    if len(clause.text) > LONGEST_TEXT:
        yield f"{place}：正文超过 {LONGEST_TEXT} 字，应拆分"
    if not clause.controls:
        yield f"{place}：没有控制点"
    for control in _twice(clause.controls):
        yield f"{place}：控制「{control}」重复"
    for control in clause.controls:
        if control.kind not in KINDS:
            yield f"{place}：控制类别「{control.kind}」不存在"
    for citation in clause.basis:
        instrument = book.instruments.get(citation.instrument)
        if instrument is None:
            yield f"{place}：依据「{citation.instrument}」未登记"
        elif citation.since and instrument.since and citation.since < instrument.since:
            yield f"{place}：依据「{citation}」早于其施行日 {instrument.since}"
    for first, citation in enumerate(clause.basis):
        for other in clause.basis[first + 1 :]:
            if str(citation) == str(other) and citation.overlaps(other):
                yield f"{place}：依据「{citation}」的起止日重叠"


def _code(clause: Clause, points: Mapping[str, ControlPoint], place: str) -> Iterator[str]:
    for control in clause.controls:
        point = points.get(control.point)
        if point is None:
            yield f"{place}：控制点「{control.point}」在代码中不存在"
        elif not point.serves(control.kind):
            label = KINDS.get(control.kind, control.kind)
            yield f"{place}：控制点「{control.point}」不承担「{label}」"


def _samples(book: Rulebook) -> Iterator[str]:
    claimed: dict[str, set[str]] = {}
    for clause in book.clauses.values():
        for sample in _twice(clause.samples):
            yield f"条款「{clause.id}」两次引用义务「{sample}」"
        for sample in clause.samples:
            obligation = book.obligations.get(sample)
            if obligation is None:
                yield f"条款「{clause.id}」引用的义务「{sample}」不存在"
            elif obligation.same_as:
                yield f"条款「{clause.id}」应引用正条「{obligation.same_as}」，而非「{sample}」"
            elif sample in book.argued:
                yield f"义务「{sample}」既由条款「{clause.id}」落实，又列为不作落实"
            kinds = claimed.setdefault(sample, set())
            kinds.update(control.kind for control in clause.controls)
    for sample, kinds in claimed.items():
        obligation = book.obligations.get(sample)
        if obligation is not None and obligation.control in KINDS.keys() - kinds:
            holders = [clause.id for clause in book.clauses.values() if sample in clause.samples]
            yield (
                f"条款「{'」「'.join(holders)}」引用义务「{sample}」，"
                f"却没有其所需的「{KINDS[obligation.control]}」控制"
            )
    for sample, reason in book.argued.items():
        if sample not in book.obligations:
            yield f"argued.toml：义务「{sample}」不存在"
        if not reason.strip():
            yield f"argued.toml：义务「{sample}」没有写明理由"


def _posts(book: Rulebook) -> Iterator[str]:
    for post in book.posts.values():
        if post.bound not in BOUNDS:
            yield f"posts.toml：岗位「{post.key}」的任命范围「{post.bound}」不存在"
        if post.exclusive == "officers" and post.content:
            yield f"posts.toml：岗位「{post.key}」属三员，不得接触业务内容"
    for label in _twice(post.label for post in book.posts.values()):
        yield f"posts.toml：岗位名称「{label}」重复"


def _twice(things: Iterable[T]) -> list[T]:
    return [thing for thing, times in Counter(things).items() if times > 1]
