"""The open ledgers come out with exactly the faults and totals that are known of them."""

import json
from pathlib import Path

import pytest

from shoumi.domains.intake.rules.checking import around_of, check_sheets, recognised
from shoumi.domains.intake.rules.reading import read_file
from shoumi.domains.intake.selectors import figures_on
from shoumi.domains.intake.tests.books import TODAY

DATA = Path(__file__).parent / "data"
FILES = {
    "documents": "收文登记簿.xlsx",
    "people": "人员台账.xlsx",
    "computers": "计算机台账.xlsx",
    "media": "移动存储介质台账.xlsx",
    "loans": "借阅登记簿.docx",
}


@pytest.fixture(scope="module")
def sheets():
    return {kind: read_file(DATA / name) for kind, name in FILES.items()}


@pytest.fixture(scope="module")
def around(sheets):
    return around_of({kind: sheets[kind] for kind in ("people", "computers", "documents")})


@pytest.mark.clause("intake.check")
@pytest.mark.parametrize("kind", FILES)
def test_every_planted_fault_is_found_and_no_other_and_the_totals_are_reached(kind, sheets, around):
    known = json.loads((DATA / FILES[kind]).with_suffix(".expected.json").read_text("utf-8"))
    checked = check_sheets(
        kind, sheets[kind], figures=figures_on(TODAY), around=around, today=TODAY
    )
    found = {(f.sheet, f.row, f.kind.key): f for f in checked.findings}
    planted = {(f["sheet"], f["row"], f["kind"]): f for f in known["faults"]}
    assert set(found) == set(planted)
    assert len(checked.findings) == len(planted)
    assert json.loads(json.dumps(checked.totals)) == known["totals"]
    for key, fault in planted.items():
        assert found[key].cell == fault.get("cell", found[key].cell)
        assert _plain(found[key].essence) == _plain(fault["essence"])
        assert found[key].as_json()["class"] == fault.get("class", found[key].as_json()["class"])


def test_a_file_is_recognised_as_the_ledger_that_it_is(sheets):
    assert {kind: recognised(found) for kind, found in sheets.items()} == {k: k for k in FILES}


def test_without_other_ledgers_nothing_is_held_against_them(sheets):
    alone = around_of({})
    checked = check_sheets(
        "documents", sheets["documents"], figures=figures_on(TODAY), around=alone, today=TODAY
    )
    assert not [f for f in checked.findings if f.kind.key.startswith(("borrower", "departed"))]


def _plain(text: str) -> str:
    return text.translate(str.maketrans("，：（）", ",:()"))
