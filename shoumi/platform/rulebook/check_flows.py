"""The part of the start-up check that looks at approval routes: each ends, each row can apply."""

from collections.abc import Iterator
from datetime import date

from shoumi.kernel.approval import Step
from shoumi.platform.rulebook.model import Flow, FlowRow, Rulebook

MODES = ("any", "all", "joint")
LONGEST_STEP = 240


def flow_problems(book: Rulebook) -> Iterator[str]:
    matters = [flow.matter for flow in book.flows]
    for flow in book.flows:
        place = f"{flow.file}：流程「{flow.matter}」（条款「{flow.clause}」）"
        if matters.count(flow.matter) > 1:
            yield f"{place}：事项重复"
        if not flow.rows:
            yield f"{place}：没有任何行"
        yield from _rows(book, flow, place)
        yield from _reach(flow, place)
        if _runs_in_a_circle(book, flow, ()):
            yield f"{place}：比照办理形成循环"


def _rows(book: Rulebook, flow: Flow, place: str) -> Iterator[str]:
    matters = {other.matter for other in book.flows}
    for row in flow.rows:
        answers = [bool(row.steps), bool(row.refuse), bool(row.like)]
        if answers.count(True) != 1:
            yield f"{place}：一行应当且只应有步骤、拒绝、比照三者之一"
        if not row.levels:
            yield f"{place}：有一行没有写明密级"
        if row.like and row.like not in matters:
            yield f"{place}：比照的事项「{row.like}」不存在"
        if row.clause not in book.clauses:
            yield f"{place}：条款「{row.clause}」不在规章中"
        if row.since and row.until and row.until < row.since:
            yield f"{place}：起止日颠倒"
        for step in row.steps:
            yield from _step(book, step, place)


def _step(book: Rulebook, step: Step, place: str) -> Iterator[str]:
    if not step.posts:
        yield f"{place}：步骤「{step.label}」没有写明岗位"
    for key in step.posts:
        post = book.posts.get(key)
        if post is None:
            yield f"{place}：岗位「{key}」不存在"
        elif not post.content or not post.appointed:
            yield f"{place}：岗位「{post.label}」不得作为审批岗位"
    if step.mode not in MODES:
        yield f"{place}：步骤「{step.label}」的方式「{step.mode}」不存在"
    if step.hours is None or not 1 <= step.hours <= LONGEST_STEP:
        yield f"{place}：步骤「{step.label}」的时限应在 1 至 {LONGEST_STEP} 个工作小时之间"


def _reach(flow: Flow, place: str) -> Iterator[str]:
    """A later row hidden by an earlier one, and a level that would one day find no row."""
    for position, row in enumerate(flow.rows):
        if any(_hides(earlier, row) for earlier in flow.rows[:position]):
            yield f"{place}：第 {position + 1} 行与前面的行日期和条件重叠，不会被适用"
    for level in sorted(frozenset().union(*(row.levels for row in flow.rows))):
        last_resort = [row for row in flow.rows if level in row.levels and not row.when]
        if not any(row.until is None for row in last_resort):
            yield f"{place}：{level.label}没有无条件且长期有效的行"
        elif _gap(last_resort):
            yield f"{place}：{level.label}在日期上有空档"


def _hides(earlier: FlowRow, later: FlowRow) -> bool:
    return bool(
        earlier.levels & later.levels
        and earlier.overlaps(later)
        and earlier.when.items() <= later.when.items()
    )


def _gap(rows: list[FlowRow]) -> bool:
    ordered = sorted(rows, key=lambda row: row.since or date.min)
    reached = ordered[0].until
    for row in ordered[1:]:
        if reached is not None and row.since is not None and (row.since - reached).days > 1:
            return True
        reached = row.until
    return False


def _runs_in_a_circle(book: Rulebook, flow: Flow, seen: tuple[str, ...]) -> bool:
    if flow.matter in seen:
        return True
    by_matter = {other.matter: other for other in book.flows}
    return any(
        _runs_in_a_circle(book, by_matter[row.like], (*seen, flow.matter))
        for row in flow.rows
        if row.like in by_matter
    )
