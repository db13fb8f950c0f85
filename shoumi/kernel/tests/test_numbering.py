"""Document numbers, copy numbers and the next number of a series."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shoumi.kernel.numbering import (
    HIGHEST_COPY,
    BadNumber,
    DocumentNumber,
    SeriesKey,
    next_number,
    parse_copy_number,
    parse_copy_numbers,
    parse_number,
    print_copy_number,
    print_copy_numbers,
    read_copy_numbers,
    read_number,
)

RIGHT = DocumentNumber("甲局发", 2026, 12)
codes = st.text(alphabet="甲乙局办发函保密党委2A", min_size=1, max_size=20)


class TestDocumentNumber:
    @pytest.mark.clause("documents.number.form")
    @pytest.mark.parametrize(
        "text",
        [
            "甲局发〔2026〕12号",
            " 甲局发 〔 2026 〕 12 号 ",
            "甲局发[2026]12号",
            "甲局发(2026)12号",
            "甲局发（2026）12号",
            "甲局发【2026】12号",
            "甲局发［２０２６］１２号",
            "甲局发〔2026)12号",
            "甲局发〔2026年〕12号",
            "甲局\u200b发〔2026〕12号",
        ],
    )
    def test_brackets_and_digits_are_set_right(self, text: str) -> None:
        assert parse_number(text) == RIGHT
        assert str(RIGHT) == "甲局发〔2026〕12号"

    @pytest.mark.clause("documents.number.form")
    @pytest.mark.parametrize(
        ("text", "message", "way_on"),
        [
            ("甲局发〔2026〕第12号", "不加「第」字", "改为「甲局发〔2026〕12号」"),
            ("甲局发〔2026〕012号", "不编虚位", "改为「甲局发〔2026〕12号」"),
            ("甲局发〔2026〕12", "以「号」字结尾", "改为「甲局发〔2026〕12号」"),
            ("甲局发〔26〕12号", "全称四位数字", "按「机关代字〔2026〕12号」的形式填写"),
            ("甲局发〔1948〕12号", "全称四位数字", "按「机关代字〔2026〕12号」的形式填写"),
            ("甲局发〔2200〕12号", "全称四位数字", "按「机关代字〔2026〕12号」的形式填写"),
            ("甲局发〔〕12号", "全称四位数字", "按「机关代字〔2026〕12号」的形式填写"),
            ("〔2026〕12号", "以发文机关代字开头", "按「机关代字〔2026〕12号」的形式填写"),
            ("甲★局〔2026〕12号", "以发文机关代字开头", "按「机关代字〔2026〕12号」的形式填写"),
            (
                "甲" * 21 + "〔2026〕1号",
                "以发文机关代字开头",
                "按「机关代字〔2026〕12号」的形式填写",
            ),
            ("甲局发〔2026〕0号", "一至六位", "按「机关代字〔2026〕12号」的形式填写"),
            ("甲局发〔2026〕1234567号", "一至六位", "按「机关代字〔2026〕12号」的形式填写"),
            ("甲局发2026年12号", "不是规范的文号", "按「机关代字〔2026〕12号」的形式填写"),
            ("", "不是规范的文号", "按「机关代字〔2026〕12号」的形式填写"),
            ("\ud800" + "文" * 40, "文…」不是规范的文号", "按「机关代字〔2026〕12号」的形式填写"),
        ],
    )
    def test_another_form_is_refused_with_the_right_one(
        self, text: str, message: str, way_on: str
    ) -> None:
        with pytest.raises(BadNumber) as refused:
            parse_number(text)
        assert message in refused.value.message
        assert refused.value.way_on == way_on
        assert refused.value.clause == "documents.number.form"

    def test_the_outermost_numbers_are_read(self) -> None:
        for right in (DocumentNumber("甲" * 20, 1949, 1), DocumentNumber("甲", 2199, 999_999)):
            assert parse_number(str(right)) == right

    def test_thirty_signs_are_shown_before_the_rest_is_cut(self) -> None:
        for length, shown in ((30, "文" * 30), (31, "文" * 30 + "…")):
            with pytest.raises(BadNumber, match=f"「{shown}」"):
                parse_number("文" * length)

    @given(codes, st.integers(1949, 2199), st.integers(1, 999_999))
    def test_a_printed_number_reads_back_as_itself(self, code: str, year: int, number: int) -> None:
        right = DocumentNumber(code, year, number)
        assert parse_number(str(right)) == right

    @given(st.text() | st.text(alphabet="甲〔〕[]2026第号年 0１"))
    def test_any_text_is_a_number_or_refused(self, text: str) -> None:
        try:
            found = parse_number(text)
        except BadNumber:
            return
        assert parse_number(str(found)) == found


class TestCopyNumbers:
    @pytest.mark.clause("documents.copy_number.form")
    @pytest.mark.parametrize(
        ("text", "numbers"),
        [
            ("000001", (1,)),
            ("3", (3,)),
            ("000001-000003、5", (1, 2, 3, 5)),
            ("５，000001—3", (5, 1, 2, 3)),
            ("1至2；4~5 7", (1, 2, 4, 5, 7)),
            (" 000001、", (1,)),
            ("000002-000002", (2,)),
            ("999999", (999_999,)),
        ],
    )
    def test_lists_and_ranges_are_read_in_order(self, text: str, numbers: tuple[int, ...]) -> None:
        assert parse_copy_numbers(text) == numbers

    @pytest.mark.clause("documents.copy_number.form")
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "未填写份号"),
            ("、", "未填写份号"),
            ("甲", "「甲」不是份号"),
            ("1-2-3", "「1-2-3」不是份号"),
            ("0000001", "不是份号"),
            ("000000", "从 000001 起编"),
            ("3-1", "由小到大"),
            ("1-3、000002", "份号 000002 重复"),
            ("1-10001", "不超过 10000 个"),
            ("1-10000、20000", "不超过 10000 个"),
        ],
    )
    def test_a_muddled_list_is_refused(self, text: str, message: str) -> None:
        with pytest.raises(BadNumber) as refused:
            parse_copy_numbers(text)
        assert message in refused.value.message
        assert refused.value.clause == "documents.copy_number.form"
        assert refused.value.way_on

    def test_one_copy_number_is_one(self) -> None:
        assert parse_copy_number("000007") == 7
        with pytest.raises(BadNumber, match="只填写一个份号"):
            parse_copy_number("000007-000008")

    @pytest.mark.clause("documents.copy_number.form")
    @pytest.mark.parametrize("number", [0, -1, HIGHEST_COPY + 1])
    def test_a_copy_number_has_six_digits(self, number: int) -> None:
        assert (print_copy_number(3), print_copy_number(999_999)) == ("000003", "999999")
        with pytest.raises(BadNumber, match="应在 000001 至 999999 之间"):
            print_copy_number(number)

    def test_consecutive_numbers_are_drawn_together(self) -> None:
        assert print_copy_numbers([5, 1, 2, 3, 3]) == "000001-000003、000005"
        assert print_copy_numbers([]) == ""

    @given(st.sets(st.integers(1, 400), min_size=1))
    def test_a_printed_list_reads_back_as_itself(self, numbers: set[int]) -> None:
        assert parse_copy_numbers(print_copy_numbers(numbers)) == tuple(sorted(numbers))


class TestSeries:
    @pytest.mark.clause("documents.number.series")
    def test_numbers_follow_one_another_without_a_gap(self) -> None:
        given_, last = [], None
        for _ in range(5):
            last = next_number(last)
            given_.append(last)
        assert given_ == [1, 2, 3, 4, 5]

    def test_a_series_is_a_kind_in_a_year(self) -> None:
        last = {SeriesKey("incoming", 2026): 41}
        assert next_number(last.get(SeriesKey("incoming", 2026))) == 42
        assert next_number(last.get(SeriesKey("incoming", 2027))) == 1


def test_numbers_of_an_old_ledger_are_put_right() -> None:
    right = "岚保办发〔2022〕6号"
    for written in (
        "岚保办发[2022]6号",
        "岚保办发【2022】第6号",
        "岚保办发 （2022） 第６ 号",
        "岚保办发(2022）6",
        "岚保办发〔2022〕006号 ",
        "岚保办发2022〕6号",
        "岚保办发〔2022 6号",
    ):
        assert read_number(written) == right, written
    assert read_number("无文号") == "无文号"
    assert read_number("２０２４年 便函") == "2024年便函"


def test_copy_numbers_of_an_old_ledger_are_read_with_their_repeats() -> None:
    assert read_copy_numbers("№000123") == (123,)
    assert read_copy_numbers("第5号") == (5,)
    assert read_copy_numbers(1591) == read_copy_numbers(1591.0) == (1591,)
    assert read_copy_numbers("1375至1376，1379～1380；№7") == (1375, 1376, 1379, 1380, 7)
    assert read_copy_numbers("00123 — 00125、130") == (123, 124, 125, 130)
    assert read_copy_numbers("００５５,００５５") == (55, 55)
    assert read_copy_numbers("第1号至第3号") == (1, 2, 3)
    for written in ("—", "无", "9-5", "1234567", "0", "甲1", "1-2-3", ""):
        assert read_copy_numbers(written) is None, written
