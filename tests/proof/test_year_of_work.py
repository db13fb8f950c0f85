"""A slice of the registrar's year: every kind of work at least once, and the books hold every month."""

import pytest

from conftest import TODAY
from shoumi.platform.custody.models import Item
from tests.proof.registrars_year import SHARE_OF_A_YEAR, Year
from tests.proof.thousands import count
from tests.proof.year_invariants import chain_faults, faults, settled

YEARS_END = TODAY.replace(month=12, day=31)


@pytest.mark.slow
@pytest.mark.clause("carriers.one_holder", "carriers.statement", "carriers.register")
def test_a_year_of_work_leaves_no_book_that_differs(office):
    year = Year(settled(office), since=TODAY, until=YEARS_END, share=1 / 400)
    lived = year.live()
    assert lived.faults == []
    assert lived.papers == 8 and lived.copies >= 24 and lived.movements >= 100
    # So small a share leaves some kinds to chance: each is done once more, and the books still hold.
    for kind in reversed(SHARE_OF_A_YEAR):
        getattr(year, kind)()
    year.check()
    assert year.faults == []
    assert {"已销毁", "已清退退回", "已归档移交", "下落不明"} <= {
        k for k, n in year.moves.items() if n
    }
    assert chain_faults()[1] == []


def test_a_copy_behind_the_books_back_is_named(office):
    year = Year(settled(office), since=TODAY, until=YEARS_END, share=1 / 400)
    year.paper()
    key = min(year.where)
    assert list(faults(office, where=year.where, moves=year.moves, at=year.at)) == []
    year.where[key] = "单平"
    year.moves["单平"] += 1
    found = " ".join(faults(office, where=year.where, moves=year.moves, at=year.at))
    assert f"载体 {key} 在" in found and "流转记录" in found and "账不平" in found
    assert Item.unscoped.get(pk=key).holder.place is not None


@pytest.mark.slow
@pytest.mark.clause("carriers.stocktake", "carriers.place")
def test_a_count_of_hundreds_finds_every_planted_fault_and_no_other(office):
    counted = count(office, pieces=300, batch=100)
    assert sum(map(len, counted.planted.values())) == 20
    assert counted.found == counted.planted
