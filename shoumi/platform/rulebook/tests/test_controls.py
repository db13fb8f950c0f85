"""The registry of control points."""

import pytest

from shoumi.platform.rulebook.controls import Control, labels, register_point
from shoumi.platform.rulebook.floors_below import KEPT_BY
from shoumi.platform.rulebook.model import RulebookError


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("shoumi.platform.rulebook.controls.POINTS", {})


def registered(key: str):
    from shoumi.platform.rulebook import controls

    return controls.POINTS[key]


def test_one_point_may_serve_several_kinds():
    Control("access.may_know", kind="refuse", label="知悉判定")
    Control("access.may_know", kind="count", label="知悉判定")

    point = registered("access.may_know")
    assert point.serves("refuse")
    assert point.serves("count")
    assert not point.serves("duty")


def test_an_action_serves_every_kind():
    assert register_point("handling.borrow.lend", "action", "借出").serves("deadline")


def test_a_point_bears_one_label():
    register_point("access.may_know", "refuse", "知悉判定")

    with pytest.raises(RulebookError, match="两个名称"):
        register_point("access.may_know", "refuse", "别名")


def test_an_unknown_kind_is_refused():
    with pytest.raises(RulebookError, match="类别「forbid」"):
        register_point("access.may_know", "forbid", "知悉判定")


def test_labels_are_listed_by_key():
    register_point("b", "refuse", "乙")
    register_point("a", "refuse", "甲")

    assert list(labels()) == [("a", "甲"), ("b", "乙")]


def test_the_floors_below_are_named_with_the_code_that_keeps_them():
    assert {control.key for control in KEPT_BY} == {
        "trail.append_only",
        "trail.unrecorded",
        "trail.verify",
        "trail.checkpoint",
    }
    assert all(callable(code) for code in KEPT_BY.values())
