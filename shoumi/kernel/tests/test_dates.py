"""Days written by hand: every form of the old ledgers, and what is none."""

from datetime import date, datetime

import pytest

from shoumi.kernel.dates import (
    NOTHING,
    Reading,
    find_day,
    find_year,
    months_later,
    read_day,
    years_later,
)

DAY = date(2024, 3, 5)


@pytest.mark.parametrize(
    "written",
    [
        "2024-3-5",
        "2024.03.05",
        "2024/3/5",
        "2024年3月5日",
        "2024 年 3 月 5 日",
        "２０２４年３月５日",
        "二〇二四年三月五日",
        "二零二四年三月五日",
        "二○二四年三月五号",
        "20240305",
        20240305,
        "24.3.5",
        "2024-03-05 00:00:00",
        "2024年3月5日上午",
        45356,
        45356.0,
        "45356",
        DAY,
        datetime(2024, 3, 5, 14, 30),
    ],
)
def test_every_written_form_is_one_day(written: object) -> None:
    assert read_day(written).day == DAY


def test_a_day_without_its_year_takes_that_of_the_sheet() -> None:
    for written in ("3月5日", "三月五日", "3.5", "3-5", "3/5", "３月５号"):
        assert read_day(written, year=2024).day == DAY, written
    assert read_day("3月5日").reading is Reading.UNREADABLE
    assert read_day("十二月三十一日", year=2024).day == date(2024, 12, 31)
    assert read_day("廿五年", year=2024).reading is Reading.UNREADABLE
    assert read_day("二〇二四年十月廿五日").day == date(2024, 10, 25)


@pytest.mark.parametrize(
    "written",
    [
        "2023-02-30",
        "二〇二三年四月三十一日",
        "9月31日",
        "20241301",
        20241301,
        "2025.06.31",
        "2025-2-29",
    ],
)
def test_a_day_that_does_not_exist_is_named_as_such(written: object) -> None:
    read = read_day(written, year=2024)
    assert (read.reading, read.day, read.text) == (Reading.IMPOSSIBLE, None, str(written))


def test_the_leap_day_exists_in_leap_years_only() -> None:
    assert read_day("2024-02-29").day == date(2024, 2, 29)
    assert read_day("2月29日", year=2023).reading is Reading.IMPOSSIBLE


def test_a_month_or_a_year_is_told_from_a_slip_and_gets_no_day() -> None:
    for written in (
        "2024年3月",
        "2024.3",
        "2018-05",
        "201805",
        2018,
        2018.5,
        "二〇一八年五月",
        "2024年初",
    ):
        read = read_day(written, year=2024)
        assert (read.reading, read.day) == (Reading.PARTIAL, None), written
    assert read_day("2024.13").reading is Reading.IMPOSSIBLE
    assert months_later(date(2023, 8, 31), 18) == date(2025, 2, 28)


def test_what_is_no_day_is_not_guessed_at() -> None:
    for written in ("年底", "见备注", "12", 7, 3.5, "000123", "1850年"):
        assert read_day(written, year=2024).reading is Reading.UNREADABLE, written
    for written in (None, "", "  ", True):
        assert read_day(written) is NOTHING
    assert not NOTHING


def test_a_day_is_found_in_running_text_and_leaves_the_rest() -> None:
    found = find_day("2023年7月18日集中销毁")
    assert (found.day, found.rest) == (date(2023, 7, 18), "集中销毁")
    assert find_day("20230718送销毁站销毁").day == date(2023, 7, 18)
    assert find_day("常佳（2025.2.17）").rest == "常佳()"
    assert find_day("阎丽松 3月18日", year=2025).day == date(2025, 3, 18)
    assert find_day("流水(3.8)", year=2025, bare=True).day == date(2025, 3, 8)
    assert find_day("流水(3.8)", year=2025).reading is Reading.BLANK
    assert find_day("保密柜1号").reading is Reading.BLANK
    assert find_day("2月30日销毁", year=2024).reading is Reading.IMPOSSIBLE


def test_the_year_of_a_title_and_a_day_some_years_on() -> None:
    assert find_year("澄川县住房和城乡建设局2025年上半年收文登记簿") == 2025
    assert find_year("二〇二三年度") == 2023
    assert find_year("收文登记簿") is None
    assert find_year("0001年、第9999年卷，2024年") == 2024
    assert years_later(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert years_later(DAY, 3) == date(2027, 3, 5)
