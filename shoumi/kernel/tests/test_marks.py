"""Every written form of a mark, the one printed form, and the last day of a period."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shoumi.kernel.levels import Level
from shoumi.kernel.marks import (
    WORK_SECRET_WORDINGS,
    BadMark,
    Mark,
    Period,
    PeriodKind,
    check_mark,
    deemed_period,
    expires_on,
    parse_mark,
    print_mark,
)

LIMITS = {Level.TOP_SECRET: 30, Level.SECRET: 20, Level.CONFIDENTIAL: 10}
STATE_SECRETS = list(LIMITS)
TEN_YEARS = Mark(Level.SECRET, Period.years(10))


def own(text: str, start: date | None = None) -> Mark:
    parsed = parse_mark(text, own=True, limits=LIMITS, start=start)
    assert parsed.warnings == ()
    return parsed.mark


def refusal(text: str, *, received: bool = False, start: date | None = None) -> BadMark:
    with pytest.raises(BadMark) as refused:
        parse_mark(text, own=not received, limits=LIMITS, start=start)
    return refused.value


class TestForms:
    @pytest.mark.clause("marks.form")
    @pytest.mark.parametrize(
        "text",
        [
            "机密★10年",
            "机 密 ★ 10 年",
            "机密★１０年",
            "機密★10年",
            "机密\u00a0★\u200b10\u3000年\ufeff",
            "机密★\n10年",
            "机密★十年",
            "机密★拾年",
            "机密★一〇年",
            "机密★010年",
            "机密★١٠年",
        ],
    )
    def test_ten_years_is_read_however_it_is_written(self, text: str) -> None:
        assert own(text) == TEN_YEARS

    @pytest.mark.parametrize(
        ("text", "mark"),
        [
            ("绝密★30年", Mark(Level.TOP_SECRET, Period.years(30))),
            ("絕密★三十年", Mark(Level.TOP_SECRET, Period.years(30))),
            ("绝密★二十五年", Mark(Level.TOP_SECRET, Period.years(25))),
            ("机密★贰拾年", Mark(Level.SECRET, Period.years(20))),
            ("秘密★1年", Mark(Level.CONFIDENTIAL, Period.years(1))),
            ("祕密★两年", Mark(Level.CONFIDENTIAL, Period.years(2))),
            ("秘密★6个月", Mark(Level.CONFIDENTIAL, Period.months(6))),
            ("秘密★六個月", Mark(Level.CONFIDENTIAL, Period.months(6))),
            ("秘密★十一箇月", Mark(Level.CONFIDENTIAL, Period.months(11))),
            ("机密★2030年1月5日", Mark(Level.SECRET, Period.until(date(2030, 1, 5)))),
            ("机密★2030年01月05日解密", Mark(Level.SECRET, Period.until(date(2030, 1, 5)))),
            ("机密★2030-1-5", Mark(Level.SECRET, Period.until(date(2030, 1, 5)))),
            ("机密★2030.01.05", Mark(Level.SECRET, Period.until(date(2030, 1, 5)))),
            ("机密★20300105", Mark(Level.SECRET, Period.until(date(2030, 1, 5)))),
            ("机密★二〇三〇年十二月三十一日", Mark(Level.SECRET, Period.until(date(2030, 12, 31)))),
            ("机密★会议开始前", Mark(Level.SECRET, Period.when("会议开始前"))),
            ("机密★启 用 前", Mark(Level.SECRET, Period.when("启用前"))),
            ("机密★2026年两会结束后", Mark(Level.SECRET, Period.when("2026年两会结束后"))),
            ("机密★APEC 会议结束", Mark(Level.SECRET, Period.when("APEC会议结束"))),
        ],
    )
    @pytest.mark.clause("marks.form")
    def test_each_of_the_three_forms_is_read(self, text: str, mark: Mark) -> None:
        assert own(text) == mark

    @pytest.mark.parametrize(
        ("text", "printed"),
        [
            ("内部", "内部"),
            ("內 部", "内部"),
            ("内部事项注意保管", "内部事项 注意保管"),
            ("內部事項　注意保管", "内部事项 注意保管"),
            ("内部资料 注意保密", "内部资料 注意保密"),
        ],
    )
    @pytest.mark.clause("marks.work_secret.no_star")
    def test_a_work_secret_is_internal_and_has_no_period(self, text: str, printed: str) -> None:
        mark = own(text)
        assert (mark.level, mark.period) == (Level.INTERNAL, Period.none())
        assert print_mark(mark) == printed

    def test_the_public_bears_no_mark(self) -> None:
        assert str(Mark(Level.PUBLIC, Period.none())) == ""

    def test_an_unfinished_mark_prints_its_level_only(self) -> None:
        assert str(Mark(Level.SECRET, Period.none())) == "机密"


class TestRefusals:
    @pytest.mark.clause("marks.period.missing")
    @pytest.mark.parametrize("text", ["机密", "机 密", "绝密★", "秘密☆", "机密级", "秘密："])
    @pytest.mark.parametrize("received", [True, False])
    def test_a_missing_period_is_refused(self, text: str, received: bool) -> None:
        refused = refusal(text, received=received)
        assert refused.clause == "marks.period.missing"
        assert "未标注保密期限" in refused.message
        assert "按最长期限管理" in refused.way_on

    @pytest.mark.clause("marks.period.limit")
    @pytest.mark.parametrize("text", ["绝密★31年", "机密★21年", "秘密★11年", "秘密★99年"])
    @pytest.mark.parametrize("received", [True, False])
    def test_a_period_beyond_the_limit_is_refused(self, text: str, received: bool) -> None:
        refused = refusal(text, received=received)
        assert refused.clause == "marks.period.limit"
        assert "年的期限" in refused.way_on

    @pytest.mark.clause("marks.period.limit")
    @pytest.mark.parametrize("text", ["绝密★30年", "机密★20年", "秘密★10年"])
    def test_the_limit_itself_is_allowed(self, text: str) -> None:
        assert print_mark(own(text)) == text

    @pytest.mark.clause("marks.period.limit")
    def test_a_day_beyond_the_limit_is_refused_once_the_issue_date_is_known(self) -> None:
        issued = date(2026, 3, 1)
        assert refusal("秘密★2036年3月2日", start=issued).clause == "marks.period.limit"
        assert own("秘密★2036年3月1日", start=issued).period.day == date(2036, 3, 1)
        assert own("秘密★2099年3月1日").period.day == date(2099, 3, 1)

    @pytest.mark.clause("marks.form")
    def test_a_day_before_the_issue_date_is_refused(self) -> None:
        assert own("秘密★2026年3月1日", start=date(2026, 3, 1)).period.day == date(2026, 3, 1)
        assert "早于制发日期" in refusal("秘密★2026年2月1日", start=date(2026, 3, 1)).message

    @pytest.mark.clause("marks.work_secret.no_star")
    @pytest.mark.parametrize(
        "text", ["内部★3年", "内部☆1年", "内部3年", "工作秘密★1年", "内部事项★长期", "内部秘密"]
    )
    @pytest.mark.parametrize("received", [True, False])
    def test_a_work_secret_never_bears_star_level_or_period(
        self, text: str, received: bool
    ) -> None:
        refused = refusal(text, received=received)
        assert refused.clause == "marks.work_secret.no_star"
        assert "不得标注★" in refused.message

    @pytest.mark.clause("marks.form")
    @pytest.mark.parametrize(
        "text",
        [
            "",
            " \u200b",
            "公开",
            "敏感★3年",
            "★机密",
            "机密文件",
            "机密会议开始前",
            "机密★0年",
            "机密★零年",
            "机密★100年",
            "机密★二二十年",
            "机密★十十年",
            "机密★二十一五年",
            "机密★一二三四五六七八九年",
            "机密★2030年",
            "机密★2030年12月",
            "机密★2030年底",
            "机密★2030年2月30日",
            "机密★30年1月1日",
            "机密★999999999年1月1日",
            "机密★30天",
            "机密★半个月",
            "机密★一年半",
            "机密★10年以内",
            "机密★××年",
            "机密★10",
            "机密★★10年",
            "机密★！",
            "机密★启用前★",
            "机密★" + "启用前" * 30,
            "机密★\ud800启用前",
        ],
    )
    @pytest.mark.parametrize("received", [True, False])
    def test_what_is_no_mark_is_refused_in_words(self, text: str, received: bool) -> None:
        refused = refusal(text, received=received)
        assert refused.clause == "marks.form"
        assert refused.message and refused.way_on
        assert refused.message.isprintable()

    def test_a_long_text_is_shown_by_its_first_twenty_signs(self) -> None:
        assert f"「{'文' * 20}」" in refusal("文" * 20).message
        assert f"「{'文' * 20}…」" in refusal("文" * 21).message


class TestIrregular:
    @pytest.mark.clause("marks.form")
    @pytest.mark.parametrize(
        ("text", "right", "word"),
        [
            ("机密☆10年", "机密★10年", "不用「☆」"),
            ("机密＊10年", "机密★10年", "不用「＊」"),
            ("机密*10年", "机密★10年", "不用「*」"),
            ("机密⭐️10年", "机密★10年", "不用「⭐」"),
            ("机密10年", "机密★10年", "应有「★」"),
            ("机密：10年", "机密★10年", "应有「★」"),
            ("机密级★10年", "机密★10年", "不加「级」字"),
            ("秘密★6月", "秘密★6个月", "应写作「6个月」"),
            ("秘密★半年", "秘密★6个月", "应写作「6个月」"),
            ("秘密★12个月", "秘密★1年", "应写作「1年」"),
            ("秘密★24月", "秘密★2年", "应写作「2年」"),
        ],
    )
    def test_our_own_is_corrected_and_a_received_one_is_warned_of(
        self, text: str, right: str, word: str
    ) -> None:
        refused = refusal(text)
        assert word in refused.message
        assert refused.way_on == f"改标为「{right}」"
        received = parse_mark(text, own=False, limits=LIMITS)
        assert print_mark(received.mark) == right
        assert len(received.warnings) == 1
        assert word in received.warnings[0]

    @pytest.mark.clause("marks.period.limit")
    @pytest.mark.parametrize("text", ["绝密★长期", "絕密★長期"])
    def test_long_term_is_accepted_on_received_papers_only(self, text: str) -> None:
        assert refusal(text).clause == "marks.period.limit"
        received = parse_mark(text, own=False, limits=LIMITS)
        assert received.mark == Mark(Level.TOP_SECRET, Period.long_term())
        assert "旧式标注" in received.warnings[0]
        assert print_mark(received.mark) == "绝密★长期"

    @pytest.mark.clause("marks.form")
    def test_eighteen_months_are_kept_on_a_received_paper(self) -> None:
        assert "以年计" in refusal("秘密★18个月").message
        received = parse_mark("秘密★18个月", own=False, limits=LIMITS)
        assert received.mark.period == Period.months(18)
        assert len(received.warnings) == 1

    @pytest.mark.clause("marks.form")
    def test_another_internal_wording_counts_as_internal_when_received(self) -> None:
        assert "注意保管" in refusal("内部使用").way_on
        received = parse_mark("内部使用", own=False, limits=LIMITS)
        assert received.mark == Mark(Level.INTERNAL, Period.none())
        assert "「内部使用」" in received.warnings[0]


class TestCheckMark:
    @pytest.mark.parametrize(
        "mark",
        [
            TEN_YEARS,
            Mark(Level.PUBLIC, Period.none()),
            Mark(Level.INTERNAL, Period.none()),
            Mark(Level.CONFIDENTIAL, Period.months(11)),
            Mark(Level.SECRET, Period.when("会议 开始前")),
        ],
    )
    def test_a_right_mark_passes(self, mark: Mark) -> None:
        check_mark(mark, limits=LIMITS)

    @pytest.mark.parametrize(
        ("mark", "clause"),
        [
            (Mark(Level.SECRET, Period.none()), "marks.period.missing"),
            (Mark(Level.SECRET, Period.years(21)), "marks.period.limit"),
            (Mark(Level.SECRET, Period.long_term()), "marks.period.limit"),
            (Mark(Level.CONFIDENTIAL, Period.months(121)), "marks.period.limit"),
            (Mark(Level.SECRET, Period.months(12)), "marks.form"),
            (Mark(Level.SECRET, Period.years(0)), "marks.form"),
            (Mark(Level.SECRET, Period(PeriodKind.DATE)), "marks.form"),
            (Mark(Level.SECRET, Period.when("10年")), "marks.form"),
            (Mark(Level.SECRET, Period.when("10年以内")), "marks.form"),
            (Mark(Level.SECRET, Period.years(5), "内部"), "marks.form"),
            (Mark(Level.INTERNAL, Period.years(3)), "marks.work_secret.no_star"),
            (Mark(Level.INTERNAL, Period.none(), "机密"), "marks.form"),
            (Mark(Level.PUBLIC, Period.none(), "内部"), "marks.form"),
            (Mark(Level.PUBLIC, Period.years(1)), "marks.form"),
        ],
    )
    def test_a_mark_put_together_by_hand_meets_the_same_rules(
        self, mark: Mark, clause: str
    ) -> None:
        with pytest.raises(BadMark) as refused:
            check_mark(mark, limits=LIMITS)
        assert refused.value.clause == clause


days = st.dates(date(1949, 1, 1), date(2199, 12, 31))
conditions = st.sampled_from(["会议开始前", "启用前", "公布前", "任务完成后", "2026年两会结束后"])
periods = st.one_of(
    st.builds(Period.years, st.integers(1, 10)),
    st.builds(Period.months, st.integers(1, 11)),
    st.builds(Period.until, days),
    st.builds(Period.when, conditions),
)
marks = st.one_of(
    st.builds(Mark, st.sampled_from(STATE_SECRETS), periods),
    st.builds(
        Mark, st.just(Level.INTERNAL), st.just(Period.none()), st.sampled_from(WORK_SECRET_WORDINGS)
    ),
)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


class TestRoundTrip:
    @given(marks, st.sampled_from(["", " ", "\u3000", "\u00a0", "\u200b"]), st.booleans())
    def test_a_printed_mark_reads_back_as_itself(self, mark: Mark, gap: str, wide: bool) -> None:
        printed = gap.join(print_mark(mark))
        assert own(printed.translate(FULL_WIDTH) if wide else printed) == mark

    @given(st.text(max_size=12) | st.text(alphabet="绝机秘密内部★☆ 0129十二年个月日半长期前\u200b"))
    @example("内部\x00★")
    def test_any_text_is_either_a_mark_or_refused(self, text: str) -> None:
        try:
            mark = parse_mark(text, own=True, limits=LIMITS).mark
        except BadMark as refused:
            assert refused.clause.startswith("marks.")
        else:
            check_mark(mark, limits=LIMITS)
            assert own(print_mark(mark)) == mark


class TestExpiry:
    @pytest.mark.parametrize(
        ("period", "start", "last"),
        [
            (Period.years(10), date(2026, 11, 24), date(2036, 11, 24)),
            (Period.years(1), date(2024, 2, 29), date(2025, 2, 28)),
            (Period.months(6), date(2026, 8, 31), date(2027, 2, 28)),
            (Period.months(3), date(2026, 9, 30), date(2026, 12, 30)),
            (Period.until(date(2030, 1, 1)), date(2026, 1, 1), date(2030, 1, 1)),
            (Period.years(30), date(9999, 1, 1), date.max),
            (Period.when("启用前"), date(2026, 1, 1), None),
            (Period.long_term(), date(2026, 1, 1), None),
            (Period.none(), date(2026, 1, 1), None),
        ],
    )
    def test_the_last_day_of_a_period(self, period: Period, start: date, last: date | None) -> None:
        assert expires_on(Mark(Level.TOP_SECRET, period), start) == last

    @given(st.integers(1, 30), days, st.integers(0, 400))
    def test_a_later_issue_date_never_ends_earlier(self, years: int, start: date, by: int) -> None:
        mark = Mark(Level.TOP_SECRET, Period.years(years))
        earlier, later = expires_on(mark, start), expires_on(mark, start + timedelta(days=by))
        assert earlier is not None and later is not None
        assert earlier <= later

    @pytest.mark.clause("marks.period.missing")
    def test_an_unmarked_period_counts_as_the_longest(self) -> None:
        assert deemed_period(Level.SECRET, limits=LIMITS) == Period.years(20)
