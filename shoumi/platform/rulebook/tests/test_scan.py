"""What the scanner finds in the code without running it."""

from pathlib import Path

from shoumi.platform.rulebook.scan import clauses_used, figures_used, points_declared

SOURCE = """
CLAUSE = "b.of_constant"
LEND = Action("handling.lend", "借出", "a.of_action", posts=None)
UNNAMED = Control(key_of(GATE), kind="refuse")
GATE = Control("access.gate", kind="refuse", label="门")
ALSO = Control("access.gate", kind="mark", label="门")
NOT = other.Action("x", "y", "z.not_ours")


class Wrong(Refusal):
    clause: str = "c.of_class"


def f(*, clause="d.of_default", other=1):
    raise Refusal("不行", clause="e.of_call")


def g():
    days = figure(CLAUSE, "days", on=day)
    figure(unknown, "days", on=day)
    figure("a.of_figure", "days", on=day)
    raise Refusal("不行", clause=CLAUSE)
"""


def test_clauses_and_points_are_read_from_the_source(tmp_path: Path):
    source = tmp_path / "shoumi"
    (source / "tests").mkdir(parents=True)
    (source / "lend.py").write_text(SOURCE, encoding="utf-8")
    (source / "tests" / "test_lend.py").write_text('f(clause="t.test_only")', encoding="utf-8")

    assert sorted(clauses_used(source)) == [
        "a.of_action",
        "b.of_constant",
        "c.of_class",
        "d.of_default",
        "e.of_call",
    ]
    assert clauses_used(source)["e.of_call"] == "shoumi/lend.py:15"
    assert figures_used(source) == {
        ("a.of_figure", "days"): "shoumi/lend.py:21",
        ("b.of_constant", "days"): "shoumi/lend.py:19",
    }
    points = points_declared(source)
    assert points["handling.lend"].serves("refuse")
    assert points["access.gate"].kinds == {"refuse", "mark"}
