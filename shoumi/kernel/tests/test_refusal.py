"""A refusal carries its sentence, its clause, the way on and its status."""

import pytest

from shoumi.kernel.refusal import Denied, Refusal, Stale


@pytest.mark.parametrize(("kind", "status"), [(Refusal, 422), (Denied, 403), (Stale, 409)])
def test_a_refusal_says_why_and_under_which_clause(kind: type[Refusal], status: int) -> None:
    refusal = kind("借阅不超过 30 天", clause="carriers.borrow.longest", way_on="缩短借阅天数")
    assert refusal.status == status
    assert str(refusal) == refusal.message == "借阅不超过 30 天"
    assert (refusal.clause, refusal.way_on) == ("carriers.borrow.longest", "缩短借阅天数")


def test_the_way_on_may_be_left_open() -> None:
    assert Refusal("不得复制", clause="carriers.copy").way_on == ""
