"""The statement balances, and names the items where it cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shoumi.kernel.statement import Account, Imbalance, Movement, balance, compare

RECEIVED, MADE, HELD, RETURNED, TRANSFERRED, ARCHIVED, DESTROYED, MISSING = Account


def received(*items: str) -> list[Movement]:
    return [Movement(item, RECEIVED, HELD) for item in items]


class TestBalance:
    @pytest.mark.clause("carriers.statement")
    def test_what_came_in_is_accounted_for_item_by_item(self) -> None:
        statement = balance(
            {"a": HELD, "b": HELD, "m": MISSING},
            [
                *received("c", "d"),
                Movement("e", MADE, HELD),
                Movement("a", HELD, HELD),
                Movement("b", HELD, RETURNED),
                Movement("c", HELD, TRANSFERRED),
                Movement("d", HELD, ARCHIVED),
                Movement("e", HELD, DESTROYED),
                Movement("a", HELD, MISSING),
                Movement("m", MISSING, HELD),
            ],
        )
        assert statement.closing == {
            RECEIVED: 2,
            MADE: 1,
            HELD: 1,
            RETURNED: 1,
            TRANSFERRED: 1,
            ARCHIVED: 1,
            DESTROYED: 1,
            MISSING: 1,
        }
        assert statement.opening[HELD] == 2
        assert statement.held == {"m"}
        assert statement.left_side == statement.right_side == 6

    def test_an_item_that_comes_back_counts_on_both_sides(self) -> None:
        statement = balance({}, [*received("a"), Movement("a", HELD, RETURNED), *received("a")])
        assert statement.left_side == statement.right_side == 2
        assert statement.held == {"a"}

    def test_nothing_balances_too(self) -> None:
        statement = balance({}, [])
        assert statement.left_side == statement.right_side == 0
        compare(statement, [])

    @pytest.mark.clause("carriers.statement")
    @pytest.mark.parametrize(
        ("opening", "movements"),
        [
            ({}, [Movement("a", HELD, DESTROYED)]),
            ({"a": HELD}, received("a")),
            ({"a": MISSING}, received("a")),
            ({"a": HELD}, [Movement("a", MISSING, HELD)]),
            ({"a": DESTROYED}, [Movement("a", HELD, HELD)]),
            ({"a": HELD}, [Movement("a", HELD, RECEIVED)]),
            ({"a": RECEIVED}, []),
            ({}, [*received("a"), Movement("a", HELD, DESTROYED), Movement("a", HELD, ARCHIVED)]),
        ],
    )
    def test_an_item_that_is_not_where_it_left_from_is_named(
        self, opening: dict[str, Account], movements: list[Movement]
    ) -> None:
        with pytest.raises(Imbalance, match="前后不一致：a") as refused:
            balance(opening, movements)
        assert refused.value.items == {"a"}
        assert refused.value.clause == "carriers.statement"

    def test_ten_items_are_all_named(self) -> None:
        wrong = [Movement(f"{n:02d}", HELD, DESTROYED) for n in range(10)]
        with pytest.raises(Imbalance, match=r"08、09$"):
            balance({}, wrong)

    def test_a_long_list_is_cut_short_but_kept(self) -> None:
        wrong = [Movement(f"{n:02d}", HELD, DESTROYED) for n in range(11)]
        with pytest.raises(Imbalance, match=r"00、01、.*09等 11 份$") as refused:
            balance({}, wrong)
        assert len(refused.value.items) == 11


class TestCompare:
    @pytest.mark.clause("carriers.statement")
    @pytest.mark.parametrize(
        ("found", "items"),
        [(["a"], {"b"}), (["a", "b", "c"], {"c"}), (["a", "b", "b"], {"b"}), ([], {"a", "b"})],
    )
    def test_lost_unknown_and_doubled_items_are_named(
        self, found: list[str], items: set[str]
    ) -> None:
        statement = balance({}, received("a", "b"))
        with pytest.raises(Imbalance, match="账物不符") as refused:
            compare(statement, found)
        assert refused.value.items == items

    def test_agreement_is_silent(self) -> None:
        compare(balance({}, received("a", "b")), ["b", "a"])


items = st.sampled_from("abcde")
outward = st.sampled_from([HELD, RETURNED, TRANSFERRED, ARCHIVED, DESTROYED, MISSING])


class TestConservation:
    @given(
        st.dictionaries(items, st.just(HELD) | st.just(MISSING)),
        st.lists(st.tuples(items, outward, st.booleans()), max_size=40),
    )
    def test_no_honest_history_loses_an_item(
        self, opening: dict[str, Account], steps: list[tuple[str, Account, bool]]
    ) -> None:
        standing, movements = dict(opening), []
        for item, target, made in steps:
            at = standing.get(item)
            source = at if at in (HELD, MISSING) else (MADE if made else RECEIVED)
            movements.append(Movement(item, source, target))
            standing[item] = target
        statement = balance(opening, movements)
        assert statement.left_side == statement.right_side
        assert statement.standing == standing
        assert statement.closing[HELD] == len(statement.held)
        assert min(statement.closing.values()) >= 0

    @given(
        st.dictionaries(items, outward),
        st.lists(st.builds(Movement, items, st.sampled_from(Account), outward), max_size=12),
    )
    def test_a_history_balances_or_names_an_item(
        self, opening: dict[str, Account], movements: list[Movement]
    ) -> None:
        try:
            statement = balance(opening, movements)
        except Imbalance as refused:
            assert refused.items
        else:
            assert statement.left_side == statement.right_side
            assert min(statement.closing.values()) >= 0

    def test_accounts_have_chinese_words(self) -> None:
        words = "收进 制作 在册 退还 移交 归档 销毁 下落不明"
        assert [account.label for account in Account] == words.split()
