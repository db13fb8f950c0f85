"""The working calendar against real notices and against a naive day counter."""

import json
import random
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shoumi.kernel.refusal import Refusal
from shoumi.kernel.tests.notices import NOTICES, notice
from shoumi.kernel.workdays import (
    PROVISIONAL_NOTE,
    BadCalendar,
    Calendar,
    DayCount,
    DayKind,
    DueDay,
    DueTime,
    Hours,
    parse_notice,
)

DAYS = {day: kind for year in NOTICES for day, kind in parse_notice(notice(year)).days.items()}
CALENDAR = Calendar(DAYS, frozenset(NOTICES))
BARE = Calendar({}, frozenset())
HOURS = Hours(((time(8, 30), time(12)), (time(14), time(17, 30))))
BEIJING = timezone(timedelta(hours=8))


def due(day: str, *, provisional: bool = False) -> DueDay:
    return DueDay(date.fromisoformat(day), provisional)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


class TestIsWorkday:
    @pytest.mark.clause("obligations.calendar")
    @pytest.mark.parametrize(
        ("day", "worked"),
        [
            ("2026-11-24", True),
            ("2026-11-21", False),
            ("2026-02-14", True),
            ("2026-02-17", False),
            ("2018-12-29", True),
            ("2018-12-31", False),
            ("2026-05-02", False),
            ("2018-05-02", True),
            ("2020-10-08", False),
        ],
    )
    def test_holidays_and_shifted_days_of_the_notices(self, day: str, worked: bool) -> None:
        assert CALENDAR.is_workday(date.fromisoformat(day)) is worked

    def test_half_day_festivals_are_working_days(self) -> None:
        assert CALENDAR.is_workday(date(2026, 5, 4)) is False  # inside the holiday of that year
        assert CALENDAR.is_workday(date(2020, 3, 9)) and BARE.is_workday(date(2029, 3, 8))
        assert BARE.is_workday(date(2029, 5, 4))

    def test_a_holiday_of_the_unit_is_no_working_day(self) -> None:
        own = Calendar({date(2026, 11, 24): DayKind.UNIT_HOLIDAY}, frozenset({2026}))
        assert not own.is_workday(date(2026, 11, 24))

    @pytest.mark.clause("obligations.calendar.provisional")
    def test_an_unknown_year_keeps_the_holidays_fixed_by_law(self) -> None:
        off = [date(2029, 1, 1) + timedelta(days=n) for n in range(365)]
        fixed = [day for day in off if day.weekday() < 5 and not BARE.is_workday(day)]
        assert [f"{day:%m-%d}" for day in fixed] == [
            "01-01",
            "05-01",
            "05-02",
            "10-01",
            "10-02",
            "10-03",
        ]

    @pytest.mark.clause("obligations.calendar.provisional")
    def test_lunar_holidays_of_an_unknown_year_count_once_they_are_given(self) -> None:
        spring = date(2029, 2, 13)
        given_ = Calendar({spring: DayKind.HOLIDAY}, frozenset())
        assert BARE.is_workday(spring)
        assert not given_.is_workday(spring)
        assert given_.is_provisional(spring, spring)


class TestAddWorkdays:
    @pytest.mark.clause("obligations.calendar")
    @pytest.mark.parametrize(
        ("start", "n", "end"),
        [
            ("2026-11-24", 1, "2026-11-25"),
            ("2026-11-20", 1, "2026-11-23"),
            ("2026-02-13", 2, "2026-02-24"),
            ("2026-09-30", 1, "2026-10-08"),
            ("2026-10-09", 1, "2026-10-10"),
            ("2026-11-24", 0, "2026-11-24"),
            ("2026-11-21", 0, "2026-11-23"),
            ("2026-10-08", -1, "2026-09-30"),
            ("2026-11-24", -2, "2026-11-20"),
        ],
    )
    def test_the_nth_working_day(self, start: str, n: int, end: str) -> None:
        assert CALENDAR.add_workdays(date.fromisoformat(start), n) == due(end)

    @pytest.mark.clause("obligations.calendar.provisional")
    def test_a_deadline_crossing_into_an_unknown_year_says_so(self) -> None:
        assert CALENDAR.add_workdays(date(2026, 12, 21), 4) == due("2026-12-25")
        assert CALENDAR.add_workdays(date(2026, 12, 21), 10) == due("2027-01-05", provisional=True)
        assert PROVISIONAL_NOTE == "暂按法定节假日推算"

    @pytest.mark.clause("obligations.calendar.provisional")
    def test_the_end_of_december_waits_for_the_next_notice(self) -> None:
        assert CALENDAR.add_workdays(date(2026, 12, 25), 1) == due("2026-12-28", provisional=True)
        # The notice for 2019 turned Monday 2018-12-31 into a holiday.
        assert CALENDAR.add_workdays(date(2018, 12, 28), 2) == due("2019-01-02")

    def test_the_end_of_the_calendar_is_reached_without_an_error(self) -> None:
        assert BARE.add_workdays(date(9999, 12, 30), 9) == DueDay(date.max, True)
        assert BARE.add_workdays(date.max, 1) == DueDay(date.max, True)
        assert BARE.add_workdays(date(1, 1, 3), -9) == DueDay(date.min, True)

    def test_ten_thousand_random_deadlines_agree_with_a_naive_counter(self) -> None:
        dice = random.Random(20261124)
        for _ in range(10_000):
            start = date(2017, 6, 1) + timedelta(days=dice.randrange(3_800))
            n = dice.randrange(-40, 41)
            day, left, step = start, abs(n), 1 if n >= 0 else -1
            if n == 0:
                while not naive_workday(day):
                    day += timedelta(days=1)
            while left:
                day += timedelta(days=step)
                if naive_workday(day):
                    left -= 1
            found = CALENDAR.add_workdays(start, n)
            assert found.day == day, (start, n)
            years = {start.year, day.year}
            assert found.provisional or years <= CALENDAR.known_years
            if n > 0 or (n == 0 and day == start):
                assert CALENDAR.workdays_between(start, day).days == n
            if n < 0:
                assert CALENDAR.workdays_between(start, day).days == n

    @given(
        st.dictionaries(
            st.dates(date(2030, 1, 1), date(2031, 6, 30)), st.sampled_from(DayKind), max_size=60
        ),
        st.dates(date(2030, 1, 1), date(2031, 3, 1)),
        st.integers(-60, 60),
    )
    def test_counting_is_the_inverse_of_adding_on_any_calendar(
        self, days: dict[date, DayKind], start: date, n: int
    ) -> None:
        calendar = Calendar(days, frozenset())
        found = calendar.add_workdays(start, n)
        assert calendar.is_workday(found.day)
        counted = calendar.workdays_between(start, found.day)
        assert counted.days == (n or int(found.day > start))
        assert counted.provisional is found.provisional is True


@cache
def naive_workday(day: date) -> bool:
    for year, (off, worked) in NOTICES.items():
        for text, answer in ((off, False), (worked, True)):
            for span in text.split():
                first, _, last = span.partition("/")
                if spell(year, first) <= str(day) <= spell(year, last or first):
                    return answer
    if day.weekday() in (5, 6):
        return False
    fixed = ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")
    return day.year in NOTICES or str(day)[5:] not in fixed


def spell(year: int, text: str) -> str:
    return f"{year - 1}{text}" if text[0] == "-" else f"{year}-{text}"


class TestWorkdaysBetween:
    @pytest.mark.parametrize(
        ("start", "end", "days"),
        [
            ("2026-11-24", "2026-11-24", 0),
            ("2026-11-20", "2026-11-23", 1),
            ("2026-11-23", "2026-11-20", -1),
            ("2026-09-30", "2026-10-10", 3),
            ("2026-11-21", "2026-11-22", 0),
        ],
    )
    def test_counts_the_end_but_not_the_start(self, start: str, end: str, days: int) -> None:
        found = CALENDAR.workdays_between(date.fromisoformat(start), date.fromisoformat(end))
        assert found == DayCount(days, False)

    def test_reaches_the_end_of_the_calendar(self) -> None:
        assert BARE.workdays_between(date(9999, 12, 30), date.max) == DayCount(1, True)


class TestWorkingHours:
    @pytest.mark.clause("obligations.calendar.hours")
    @pytest.mark.parametrize(
        ("start", "hours", "end"),
        [
            ("2026-11-24T09:00", 2, "2026-11-24T11:00"),
            ("2026-11-24T10:00", 2, "2026-11-24T12:00"),
            ("2026-11-24T11:00", 2, "2026-11-24T15:00"),
            ("2026-11-24T12:30", 1, "2026-11-24T15:00"),
            ("2026-11-24T07:00", 7, "2026-11-24T17:30"),
            ("2026-11-24T17:00", 1, "2026-11-25T09:00"),
            ("2026-11-20T17:30", 1, "2026-11-23T09:30"),
            ("2026-09-30T16:30", 2, "2026-10-08T09:30"),
            ("2026-11-24T12:00", 0, "2026-11-24T12:00"),
            ("2026-11-21T12:00", 0, "2026-11-23T08:30"),
            ("2026-11-24T08:30", 14, "2026-11-25T17:30"),
        ],
    )
    def test_only_office_time_counts(self, start: str, hours: int, end: str) -> None:
        found = CALENDAR.add_working_hours(moment(start), timedelta(hours=hours), hours=HOURS)
        assert found == DueTime(moment(end), False)

    @pytest.mark.clause("obligations.calendar.provisional")
    def test_an_unknown_year_is_flagged(self) -> None:
        found = CALENDAR.add_working_hours(
            moment("2026-12-31T17:00"), timedelta(hours=1), hours=HOURS
        )
        assert found == DueTime(moment("2027-01-04T09:00"), True)

    def test_the_zone_of_the_start_is_kept(self) -> None:
        start = datetime(2026, 11, 24, 9, tzinfo=UTC)
        assert CALENDAR.add_working_hours(start, timedelta(0), hours=HOURS).moment.tzinfo is UTC

    def test_the_end_of_the_calendar_is_reached_without_an_error(self) -> None:
        start = datetime(9999, 12, 31, 17, tzinfo=BEIJING)
        found = BARE.add_working_hours(start, timedelta(hours=5), hours=HOURS)
        assert found == DueTime(datetime.combine(date.max, time.max, tzinfo=BEIJING), True)

    def test_office_time_does_not_run_backwards(self) -> None:
        with pytest.raises(ValueError, match="forward only"):
            CALENDAR.add_working_hours(
                moment("2026-11-24T09:00"), -timedelta(minutes=1), hours=HOURS
            )

    @settings(deadline=None)
    @given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 11, 1)), st.integers(0, 960))
    def test_agrees_with_counting_minute_by_minute(self, start: datetime, minutes: int) -> None:
        start = start.replace(second=0, microsecond=0, tzinfo=BEIJING)
        found = CALENDAR.add_working_hours(start, timedelta(minutes=minutes), hours=HOURS).moment
        worked, now = 0, start
        while now < found:
            inside = any(opening <= now.time() < closing for opening, closing in HOURS.spans)
            worked += inside and naive_workday(now.date())
            now += timedelta(minutes=1)
        assert worked == minutes

    @pytest.mark.clause("obligations.calendar.hours")
    @pytest.mark.parametrize(
        "spans",
        [
            (),
            ((time(12), time(8)),),
            ((time(8), time(12)), (time(11), time(17))),
            ((time(14), time(17)), (time(8), time(12))),
        ],
    )
    def test_muddled_office_hours_are_refused(self, spans: tuple[tuple[time, time], ...]) -> None:
        with pytest.raises(Refusal, match="由早到晚") as refused:
            Hours(spans)
        assert refused.value.clause == "obligations.calendar.hours"


def edited(**changes: object) -> str:
    return json.dumps(json.loads(notice(2026)) | changes)


def with_day(**changes: object) -> str:
    raw = json.loads(notice(2026))
    raw["days"][3] |= changes
    return json.dumps(raw)


class TestNotice:
    @pytest.mark.clause("obligations.calendar.import")
    @pytest.mark.parametrize("year", NOTICES)
    def test_a_notice_is_read(self, year: int) -> None:
        found = parse_notice(notice(year))
        assert found.year == year
        assert found.papers == (f"{year} 年放假通知",)
        assert found.days[date(year, 10, 1)] is DayKind.HOLIDAY
        assert set(found.names) == set(found.days)
        assert all(
            day.weekday() >= 5 for day, kind in found.days.items() if kind is DayKind.SHIFTED
        )

    def test_a_byte_order_mark_does_no_harm(self) -> None:
        assert parse_notice("\ufeff" + notice(2026)).year == 2026

    @pytest.mark.parametrize("year", [2000, 2199])
    def test_the_outermost_years_are_read(self, year: int) -> None:
        text = notice(2026).replace("2026-", f"{year}-").replace(" 2026,", f" {year},")
        assert parse_notice(text).year == year

    @pytest.mark.parametrize("year", [1999, 2200])
    def test_years_beyond_are_a_slip(self, year: int) -> None:
        with pytest.raises(BadCalendar, match="未写明年份"):
            parse_notice(edited(year=year))

    def test_two_hundred_entries_are_read(self) -> None:
        days = json.loads(notice(2026))["days"]
        assert parse_notice(edited(days=(days * 9)[:200])).year == 2026

    def test_papers_may_be_left_out_and_a_day_may_stand_twice(self) -> None:
        raw = json.loads(notice(2026))
        del raw["papers"]
        raw["days"].append(raw["days"][0])
        assert parse_notice(json.dumps(raw)).papers == ()

    @pytest.mark.clause("obligations.calendar.import")
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("放假", "不是有效的 JSON 文件"),
            ("[" * 100_000, "不是有效的 JSON 文件"),
            ("{}" + " " * 200_000, "过大"),
            ("[]", "未写明年份"),
            (edited(year="2026"), "未写明年份"),
            (edited(year=True), "未写明年份"),
            (edited(papers="国务院办公厅通知"), "发文依据"),
            (edited(papers=[1]), "发文依据"),
            (edited(days=None), "未列明日期"),
            (edited(days=[{}] * 201), "未列明日期"),
            (edited(days=[]), "尚未公布"),
            (edited(days=["2026-01-01"]), "第 1 条应有名称、日期和是否放假"),
            (with_day(isOffDay=1), "第 4 条应有名称、日期和是否放假"),
            (with_day(name=None), "第 4 条应有名称、日期和是否放假"),
            (with_day(date="2026-02-30"), "第 4 条的日期不是有效日期"),
            (with_day(date="2024-02-28"), "第 4 条日期 2024-02-28 不属于 2026 年放假安排"),
            (with_day(date="2026-10-01", isOffDay=False), "2026-10-01 既列为放假又列为上班"),
            (edited(days=json.loads(notice(2026))["days"][:16]), "不完整，缺 2026-05-01"),
            (edited(year=2025), "不完整，缺 2025-01-01"),
        ],
    )
    def test_a_bad_notice_is_refused_in_words(self, text: str, message: str) -> None:
        with pytest.raises(BadCalendar, match=message) as refused:
            parse_notice(text)
        assert refused.value.clause == "obligations.calendar.import"
        assert refused.value.way_on

    def test_kinds_have_chinese_words(self) -> None:
        assert [kind.label for kind in DayKind] == ["法定节假日", "调休上班", "单位放假"]
