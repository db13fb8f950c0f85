"""Approval routes by level, condition and day."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.rulebook.flows import flow_for
from shoumi.platform.rulebook.loader import DATA, load
from shoumi.platform.rulebook.model import Rulebook, RulebookError

DAY = date(2026, 9, 1)


def posts(matter: str, level: Level, **conditions: object) -> list[tuple[str, ...]]:
    return [
        step.posts for step in flow_for(matter, level=level, on=DAY, conditions=conditions).steps
    ]


@pytest.mark.clause("carriers.borrow.approval")
def test_the_route_of_a_loan_depends_on_the_level():
    assert posts("handling.borrow", Level.CONFIDENTIAL) == [("department_head",)]
    assert posts("handling.borrow", Level.SECRET) == [("office_director",)]


@pytest.mark.clause("carriers.borrow.top_secret")
def test_a_top_secret_loan_is_refused_unless_its_necessity_is_stated():
    with pytest.raises(Refusal) as refused:
        posts("handling.borrow", Level.TOP_SECRET)

    assert refused.value.clause == "carriers.borrow.top_secret"
    assert refused.value.way_on
    assert posts("handling.borrow", Level.TOP_SECRET, necessary=True) == [("deputy_leader",)]


@pytest.mark.clause("carriers.copy.consent")
def test_a_top_secret_copy_needs_the_originators_consent():
    with pytest.raises(Refusal) as refused:
        posts("handling.copy", Level.TOP_SECRET)

    assert refused.value.clause == "carriers.copy.consent"
    assert posts("handling.copy", Level.TOP_SECRET, originator_consent=True)


@pytest.mark.clause("carriers.carry.abroad")
@pytest.mark.parametrize("level", [Level.CONFIDENTIAL, Level.SECRET, Level.TOP_SECRET])
def test_no_state_secret_is_carried_abroad(level: Level):
    with pytest.raises(Refusal) as refused:
        posts("handling.carry", level, abroad=True)

    assert refused.value.clause == "carriers.carry.abroad"


@pytest.mark.clause("circulation.widen")
def test_widening_needs_the_leader_and_at_top_secret_the_head():
    assert posts("circulation.widen", Level.SECRET)[-1] == ("deputy_leader",)
    assert posts("circulation.widen", Level.TOP_SECRET, originator_consent=True)[-1] == ("head",)
    with pytest.raises(Refusal):
        posts("circulation.widen", Level.TOP_SECRET)


@pytest.mark.clause("carriers.destroy.approval")
def test_destroying_top_secret_is_the_heads_decision():
    assert posts("handling.destroy", Level.TOP_SECRET) == [("deputy_leader",), ("head",)]


def changed(tmp_path: Path, old: str, new: str) -> Rulebook:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    path = folder / "flows" / "carriers.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return load(folder)


def test_a_matter_may_follow_another_matter(tmp_path: Path):
    book = changed(
        tmp_path,
        'steps = [{ post = "office_director", label = "办公室主任批准", hours = 16 }]',
        'like = "handling.destroy"',
    )

    route = flow_for("handling.archive", level=Level.SECRET, on=DAY, book=book)

    assert route.matter == "handling.archive"
    assert route.clause == "carriers.archive.handover"
    assert [step.posts for step in route.steps] == [("office_director",), ("deputy_leader",)]


@pytest.mark.clause("rulebook.figure")
def test_a_row_holds_from_its_first_to_its_last_day(tmp_path: Path):
    book = changed(
        tmp_path,
        'level = ["机密"]\nsteps',
        'level = ["机密"]\nuntil = 2026-08-31\n'
        'steps = [{ post = "head", label = "主要领导批准" }]\n\n[[flow.row]]\n'
        'level = ["机密"]\nfrom = 2026-09-01\nsteps',
    )

    def first_post(day: date) -> str:
        route = flow_for("handling.borrow", level=Level.SECRET, on=day, book=book)
        return route.steps[0].posts[0]

    assert first_post(date(2026, 8, 31)) == "head"
    assert first_post(date(2026, 9, 1)) == "office_director"


def test_a_level_without_a_row_is_a_fault_of_the_rulebook(tmp_path: Path):
    book = changed(
        tmp_path, 'level = ["机密"]\nsteps', 'level = ["机密"]\nfrom = 2027-01-01\nsteps'
    )

    with pytest.raises(RulebookError, match="机密"):
        flow_for("handling.borrow", level=Level.SECRET, on=DAY, book=book)
