"""B2: a figure is the one of its day, against a naive list; overrides never reach beyond the clause."""

import random
from datetime import date, timedelta
from types import MappingProxyType

import pytest
from django.db import IntegrityError

from conftest import prepared
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.rulebook.model import (
    Clause,
    DatedValue,
    Parameter,
    Regulation,
    Rulebook,
    RulebookError,
)
from shoumi.platform.rulebook.models import Override
from shoumi.platform.rulebook.overrides import (
    at_least_as_strict,
    combined,
    may_override,
    shown,
    storable,
)
from shoumi.platform.rulebook.source import rulebook
from shoumi.platform.trail.memory import remembering

FIRST = date(2020, 1, 1)
LOAN = "carriers.borrow.longest"


def book_with(parameter: Parameter) -> Rulebook:
    clause = Clause(id="x.y", title="条", text="文", parameters=(parameter,))
    return Rulebook(
        instruments={},
        regulations=(Regulation(id="x", title="制度", scope="", file="x.toml", clauses=(clause,)),),
        posts={},
        flows=(),
        obligations={},
        argued={},
    )


@pytest.mark.clause("rulebook.figure")
def test_random_histories_agree_with_a_naive_list():
    chance = random.Random(20260901)
    for _ in range(5_000):
        days = sorted(chance.sample(range(1_000), chance.randint(1, 6)))
        history = [(FIRST + timedelta(days=day), chance.randint(1, 99)) for day in days]
        parameter = Parameter(
            key="k",
            label="数",
            kind="int",
            values=tuple(DatedValue(since, value) for since, value in history),
        )
        book = book_with(parameter)
        for _ in range(4):
            on = FIRST + timedelta(days=chance.randint(-50, 1_050))
            expected = [value for since, value in history if since <= on]
            if expected:
                assert figure("x.y", "k", on=on, book=book) == expected[-1]
            else:
                with pytest.raises(RulebookError, match=r"x\.y"):
                    figure("x.y", "k", on=on, book=book)


@pytest.mark.clause("rulebook.figure")
def test_a_past_day_keeps_its_figure():
    assert figure("accounts.password.length", "longest", on=date(2010, 1, 1)) == 14
    assert figure("accounts.password.length", "longest", on=date(2019, 11, 30)) == 14
    assert figure("accounts.password.length", "longest", on=date(2019, 12, 1)) == 64


@pytest.mark.clause("marks.period.limit")
def test_the_longest_periods_are_thirty_twenty_ten():
    years = figure("marks.period.limit", "years", on=date(2026, 9, 1))

    assert (years[Level.TOP_SECRET], years[Level.SECRET], years[Level.CONFIDENTIAL]) == (30, 20, 10)


@pytest.mark.clause("carriers.missing")
def test_a_missing_item_has_ten_or_sixty_days():
    days = figure("carriers.missing", "days", on=date(2026, 9, 1))

    assert (days[Level.TOP_SECRET], days[Level.SECRET], days[Level.CONFIDENTIAL]) == (10, 60, 60)


def override(office, value, *, clause=LOAN, key="days", since=None, **more) -> Override:
    """An override in force, as its services leave it."""
    with prepared(office.body):
        return Override.objects.create(
            body=more.pop("body", office.body),
            clause=clause,
            key=key,
            value=value,
            since=since or office.today,
            reason="从严",
            status=Override.Status.IN_FORCE,
            proposed_by=office.secadmin,
            proposed_at=office.now,
            consented_by=office.office,
            consented_at=office.now,
            **more,
        )


class TestABodysOwnFigure:
    @pytest.mark.clause("rulebook.figure")
    def test_holds_from_its_day_and_for_its_body_only(self, office):
        override(office, {"机密": 3})
        yesterday = office.today - timedelta(days=1)

        assert figure(LOAN, "days", on=office.today, body=office.body)[Level.SECRET] == 3
        assert figure(LOAN, "days", on=office.today, body=office.body)[Level.CONFIDENTIAL] == 15
        assert figure(LOAN, "days", on=yesterday, body=office.body)[Level.SECRET] == 7
        assert figure(LOAN, "days", on=office.today, body=office.other)[Level.SECRET] == 7
        assert figure(LOAN, "days", on=office.today)[Level.SECRET] == 7

    def test_the_latest_of_two_holds_until_it_ends(self, office):
        override(office, {"机密": 5})
        later = override(office, {"机密": 2}, since=office.today + timedelta(days=10))
        with prepared(office.body):
            assert later.end(last_day=office.today + timedelta(days=20))
            assert not later.end(last_day=office.today + timedelta(days=30))

        def on_day(number: int) -> int:
            day = office.today + timedelta(days=number)
            return figure(LOAN, "days", on=day, body=office.body)[Level.SECRET]

        assert [on_day(0), on_day(10), on_day(20), on_day(21)] == [5, 2, 2, 5]

    def test_a_laxer_or_wild_row_in_the_table_changes_nothing(self, office):
        override(office, {"机密": 30, "秘密": 61})
        override(office, 99, clause="accounts.idle", key="minutes")
        override(office, 20, clause="trail.verify", key="days")

        assert figure(LOAN, "days", on=office.today, body=office.body)[Level.SECRET] == 7
        assert figure("accounts.idle", "minutes", on=office.today, body=office.body) == 10
        assert figure("trail.verify", "days", on=office.today, body=office.body) == 7

    def test_a_proposal_alone_changes_nothing(self, office):
        with prepared(office.body):
            proposal = Override.objects.create(
                body=office.body,
                clause=LOAN,
                key="days",
                value={"机密": 1},
                since=office.today,
                reason="从严",
                proposed_by=office.secadmin,
                proposed_at=office.now,
            )
        assert figure(LOAN, "days", on=office.today, body=office.body)[Level.SECRET] == 7

        with prepared(office.body):
            assert proposal.take_effect(by=office.office, at=office.now)
            assert not proposal.take_effect(by=office.office, at=office.now)
            assert not proposal.withdraw()
        assert figure(LOAN, "days", on=office.today, body=office.body)[Level.SECRET] == 1
        assert str(proposal) == f"{LOAN} days 2026-09-01"

    def test_overrides_are_asked_for_once_while_remembered(self, office, django_assert_num_queries):
        override(office, {"机密": 3})
        with remembering():
            with django_assert_num_queries(1):
                figure(LOAN, "days", on=office.today, body=office.body)
                figure("accounts.idle", "minutes", on=office.today, body=office.body)
            override(office, 5, clause="accounts.idle", key="minutes")
            assert figure("accounts.idle", "minutes", on=office.today, body=office.body) == 5


@pytest.mark.clause("rulebook.override.second_person")
def test_the_table_itself_refuses_one_person_twice(office):
    with pytest.raises(IntegrityError), prepared(office.body):
        Override.objects.create(
            body=office.body,
            clause=LOAN,
            key="days",
            value={"机密": 1},
            since=office.today,
            reason="从严",
            status=Override.Status.IN_FORCE,
            proposed_by=office.secadmin,
            proposed_at=office.now,
            consented_by=office.secadmin,
            consented_at=office.now,
        )


TODAY = date(2026, 9, 1)


def refusal_of(clause_id: str, key: str, new: object, since: date = TODAY) -> str:
    try:
        may_override(rulebook().clause(clause_id), key, new, since=since, today=TODAY)
    except Refusal as refusal:
        assert refusal.way_on
        return refusal.clause
    return ""


@pytest.mark.clause("rulebook.override.range")
@pytest.mark.parametrize(
    ("clause", "key", "new", "refused"),
    [
        (LOAN, "days", {"机密": 7}, False),
        (LOAN, "days", {"机密": 8}, True),
        (LOAN, "days", {"机密": -1}, True),
        (LOAN, "days", {"机密": "三"}, True),
        (LOAN, "days", 3, True),
        (LOAN, "days", {}, True),
        ("marks.period.limit", "years", {"机密": 10}, True),
        ("accounts.lockout", "minutes", 30, False),
        ("accounts.lockout", "minutes", 5, True),
        ("accounts.idle", "minutes", 0, True),
        ("obligations.remind.interval", "hours", 24, False),
        ("obligations.remind.interval", "hours", 25, True),
        ("documents.channel", "channels", ["机要交通"], False),
        ("documents.channel", "channels", ["普通邮政"], True),
        ("carriers.copy.consent", "level", "秘密", False),
        ("carriers.copy.forbidden", "level", "机密", False),
        ("carriers.copy.forbidden", "level", "内部", True),
        ("obligations.calendar.hours", "spans", ["09:00—17:00"], False),
        ("obligations.calendar.hours", "spans", ["九点"], True),
        ("circulation.limit", "days", {"普通": 3}, False),
        ("circulation.limit", "days", {"慢件": 3}, True),
    ],
)
def test_only_stricter_values_inside_the_range_may_be_set(clause, key, new, refused):
    assert refusal_of(clause, key, new) == ("rulebook.override.range" if refused else "")


@pytest.mark.clause("rulebook.override.future")
def test_no_figure_is_set_for_the_past():
    assert refusal_of(LOAN, "days", {"机密": 3}, TODAY - timedelta(days=1)) == (
        "rulebook.override.future"
    )


@pytest.mark.clause("rulebook.override.range")
def test_random_overrides_are_never_laxer_than_the_rule():
    chance = random.Random(59)
    for _ in range(5_000):
        stricter = chance.choice(["lower", "higher", ""])
        parameter = Parameter(
            key="k", label="数", kind="int", lowest=5, highest=50, stricter=stricter
        )
        ruled, stored = chance.randint(5, 50), chance.randint(0, 60)
        found = combined(parameter, ruled, stored)
        assert 5 <= found <= 50
        assert at_least_as_strict(parameter, found, ruled)
        if 5 <= stored <= 50 and at_least_as_strict(parameter, stored, ruled):
            assert found == stored


def test_values_are_stored_and_shown_in_words():
    loan = rulebook().clause(LOAN).parameter("days")
    flag = Parameter(key="k", label="开关", kind="bool")
    levels = MappingProxyType({Level.SECRET: 3})

    assert storable(loan, levels) == {"机密": 3}
    assert storable(loan, ("a",)) == ["a"]
    assert storable(loan, 3) == 3
    assert shown(loan, levels) == "机密 3（天）"
    assert shown(flag, True) == "是"
    assert shown(flag, ("甲", "乙")) == "甲、乙"
