"""Which tests prove which clause, and what that makes of the obligations."""

import json
from pathlib import Path

import pytest

from shoumi.platform.rulebook.controls import ACTION, ControlPoint
from shoumi.platform.rulebook.coverage import (
    ARGUED,
    IMPLEMENTED,
    OPEN,
    as_json,
    as_table,
    coverage,
)
from shoumi.platform.rulebook.model import (
    Clause,
    ControlRef,
    Obligation,
    Regulation,
    Rulebook,
)
from shoumi.platform.rulebook.proofs import TREE, proofs, scan_tests, write_snapshot

TESTS = """
import pytest

names = others = ["x"]
pytestmark = pytest.mark.clause("a.everywhere")


@pytest.mark.clause("a.one", "a.two")
def test_alone(): ...


@pytest.mark.slow
def test_unmarked(): ...


def helper(): ...


@pytest.mark.clause("a.class")
class TestGroup:
    pytestmark = [pytest.mark.clause("a.inside")]

    @pytest.mark.clause("a.one")
    def test_member(self): ...


@pytest.mark.clause("a.inherited")
class TestVerb(VerbCase):
    verb = "x"
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "tests").mkdir()
    (tmp_path / "shoumi" / "x" / "tests").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    (tmp_path / "shoumi" / "x" / "tests" / "test_x.py").write_text(TESTS, encoding="utf-8")
    return tmp_path


class TestTheScan:
    def test_functions_classes_and_modules_bear_their_marks(self, tree: Path):
        file = "shoumi/x/tests/test_x.py"

        assert scan_tests(tree) == {
            "a.class": [f"{file}::TestGroup::test_member"],
            "a.everywhere": [
                f"{file}::TestGroup::test_member",
                f"{file}::TestVerb",
                f"{file}::test_alone",
                f"{file}::test_unmarked",
            ],
            "a.inherited": [f"{file}::TestVerb"],
            "a.inside": [f"{file}::TestGroup::test_member"],
            "a.one": [f"{file}::TestGroup::test_member", f"{file}::test_alone"],
            "a.two": [f"{file}::test_alone"],
        }

    def test_front_end_packages_are_not_ours(self, tree: Path):
        theirs = tree / "tests" / "node_modules" / "test_y.py"
        theirs.parent.mkdir()
        theirs.write_text(TESTS, encoding="utf-8")

        assert "node_modules" not in str(scan_tests(tree))

    def test_an_installed_package_reads_the_snapshot(self, tree: Path, tmp_path: Path):
        snapshot = tmp_path / "proofs.json"
        write_snapshot(tree, snapshot)

        assert proofs(tmp_path / "elsewhere", snapshot) == scan_tests(tree)

    def test_every_marked_clause_is_in_the_rulebook(self):
        from shoumi.platform.rulebook.source import rulebook

        unknown = {
            clause: ids for clause, ids in proofs(TREE).items() if clause not in rulebook().clauses
        }
        assert unknown == {}


KEPT, LATE, TWICE, WAIVED, NEVER = "S0-01-01", "S0-01-02", "S0-01-03", "S0-01-04", "S0-01-05"


def small_book() -> Rulebook:
    clauses = (
        Clause(
            id="x.kept",
            title="条",
            text="文",
            samples=(KEPT,),
            controls=(ControlRef("refuse", "x.act"),),
        ),
        Clause(
            id="x.late",
            title="条",
            text="文",
            samples=(LATE,),
            controls=(ControlRef("refuse", "x.gone"),),
        ),
    )
    rows = [
        Obligation(id=KEPT, domain="platform", control="refuse"),
        Obligation(id=LATE, domain="platform", control="refuse"),
        Obligation(id=TWICE, domain="documents", control="refuse", same_as=KEPT),
        Obligation(id=WAIVED, domain="documents", control="record"),
        Obligation(id=NEVER, domain="documents", control="record"),
    ]
    return Rulebook(
        instruments={},
        regulations=(Regulation(id="x", title="制度", scope="", file="x.toml", clauses=clauses),),
        posts={},
        flows=(),
        obligations={row.id: row for row in rows},
        argued={WAIVED: "由单位线下办理"},
    )


POINTS = {"x.act": ControlPoint("x.act", "办", frozenset({ACTION}))}


class TestTheCoverage:
    def test_each_obligation_has_one_status(self):
        rows = coverage(small_book(), POINTS, {"x.kept": ["t.py::test_a"], "x.late": ["t.py::b"]})
        status = {row.id: row.status for row in rows}

        assert status == {
            KEPT: IMPLEMENTED,
            LATE: OPEN,
            TWICE: IMPLEMENTED,
            WAIVED: ARGUED,
            NEVER: OPEN,
        }

    def test_what_is_missing_is_said(self):
        rows = coverage(small_book(), POINTS, {"x.late": ["t.py::b"]})
        reason = {row.id: row.reason for row in rows}

        assert reason[KEPT] == "条款尚无测试：x.kept"
        assert reason[LATE] == "控制点尚未就绪：refuse:x.gone"
        assert reason[TWICE] == f"同 {KEPT}：条款尚无测试：x.kept"
        assert reason[WAIVED] == "由单位线下办理"
        assert reason[NEVER] == "尚无条款"

    def test_the_file_names_controls_and_tests(self):
        rows = coverage(small_book(), POINTS, {"x.kept": ["t.py::test_a"]})

        assert json.loads(as_json(rows))["obligations"][0] == {
            "id": KEPT,
            "domain": "platform",
            "status": "implemented",
            "controls": ["refuse:x.act"],
            "tests": ["t.py::test_a"],
            "reason": "",
        }

    def test_the_table_counts_by_domain(self):
        lines = as_table(coverage(small_book(), POINTS, {"x.kept": ["t.py::test_a"]})).splitlines()

        assert lines[-1].split() == ["合计", "5", "2", "1", "2"]
        assert [line.split() for line in lines if line.startswith("账号")] == [
            ["账号权限备份审计", "2", "1", "0", "1"]
        ]

    def test_the_program_itself_is_measured(self):
        rows = json.loads(as_json())["obligations"]

        assert len(rows) == 1511
        assert {row["status"] for row in rows} <= {IMPLEMENTED, ARGUED, OPEN}
        assert as_table().splitlines()[-1].split()[:2] == ["合计", "1511"]
