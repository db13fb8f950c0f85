"""The pure questions about a ledger and the values of one row."""

from datetime import date

import pytest

from shoumi.domains.ledgers import rules
from shoumi.domains.ledgers.services.transport import require_encryption
from shoumi.kernel.refusal import Refusal
from shoumi.platform.rulebook.check_ledgers import ledgers
from shoumi.platform.rulebook.ledgers import Column

DAY = date(2026, 9, 1)


def column(kind):
    return Column(key="a", label="甲", kind=kind)


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("text", " 甲 ", "甲"),
        ("text", "  ", None),
        ("text", None, None),
        ("number", 0, 0),
        ("choice", "", None),
        ("date", DAY, "2026-09-01"),
        ("date", None, None),
        ("tick", None, False),
        ("tick", True, True),
    ],
)
def test_a_value_is_kept_in_one_form(kind, value, kept):
    assert rules.stored(column(kind), value) == kept


def test_a_kept_day_is_read_as_a_day_and_anything_else_as_it_stands():
    assert rules.read(column("date"), "2026-09-01") == DAY
    assert rules.read(column("date"), "去年") == "去年"
    assert rules.read(column("date"), None) is None
    assert rules.read(column("text"), "甲") == "甲"


@pytest.mark.parametrize(
    ("value", "blank"), [(0, False), (False, True), ("", True), (None, True), ("甲", False)]
)
def test_a_zero_is_filled_in(value, blank):
    assert rules.is_blank(value) is blank


def test_a_demand_waits_for_all_its_conditions():
    drill = ledgers()["drill"]
    figures = {"restore_minutes": 30}
    for minutes, verified, remedy, met in (
        (30, "通过", None, True),
        (31, "通过", None, False),
        (31, "通过", "增设备用磁盘", True),
        (5, "未通过", None, False),
    ):
        values = {"minutes": minutes, "verified": verified, "remedy": remedy}
        assert (rules.unmet(drill, values, figures=figures) is None) is met, values


def test_days_are_counted_from_the_last_time_or_not_at_all():
    assert rules.days_since(date(2026, 8, 30), today=DAY) == 2
    assert rules.days_since(None, today=DAY) is None


@pytest.mark.clause("systems.transport")
@pytest.mark.parametrize("listen", ["0.0.0.0", "192.168.1.5", "::", "shoumi.local"])
def test_other_machines_are_not_served_in_plain_text(listen):
    with pytest.raises(Refusal) as refusal:
        require_encryption(listen=listen, https=False)
    assert refusal.value.clause == "systems.transport"
    require_encryption(listen=listen, https=True)


@pytest.mark.clause("systems.transport")
@pytest.mark.parametrize("listen", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost"])
def test_this_machine_is_served_as_it_is(listen):
    require_encryption(listen=listen, https=False)
