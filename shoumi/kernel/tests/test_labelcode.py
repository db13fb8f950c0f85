"""Label codes: every single wrong sign and every exchange of two signs is found."""

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shoumi.kernel.labelcode import ALPHABET, BadCode, check, new_code, normalise

CODE = new_code(bytes(range(200, 208)))
DICE = random.Random(20261124)
SAMPLES = [new_code(DICE.randbytes(16)) for _ in range(200)]
# The places of the eight signs and of the check sign in BM1-XXXXXXXX-C.
PLACES = [*range(4, 12), 13]
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def is_code(text: str) -> bool:
    try:
        check(text)
    except BadCode:
        return False
    return True


class TestForm:
    @pytest.mark.clause("carriers.label.code")
    def test_a_code_is_random_signs_that_nobody_confuses(self) -> None:
        assert not set("0O1IL") & set(ALPHABET)
        for code in SAMPLES:
            prefix, body, sign = code.split("-")
            assert (prefix, len(body), len(sign)) == ("BM1", 8, 1)
            assert set(body + sign) <= set(ALPHABET)
            assert check(code) == code
        assert len(set(SAMPLES)) == len(SAMPLES)

    def test_codes_on_labels_already_printed_stay_valid(self) -> None:
        assert new_code(bytes(range(16))) == "BM1-PT7T4RX8-K"
        assert new_code(b"\xff" * 8) == "BM1-H8AP76DM-A"

    def test_different_bytes_reach_every_sign(self) -> None:
        assert set("".join(code[4:12] for code in SAMPLES)) == set(ALPHABET)

    def test_too_few_bytes_are_no_source(self) -> None:
        with pytest.raises(ValueError, match="random bytes"):
            new_code(bytes(7))


class TestScan:
    @pytest.mark.parametrize(
        "scan",
        [
            CODE,
            CODE.lower(),
            CODE.translate(FULL_WIDTH),
            CODE.lower().translate(FULL_WIDTH),
            f"  {CODE}\r\n",
            "\u200b".join(CODE),
            CODE.replace("-", ""),
            CODE.replace("-", "—"),
            CODE.replace("-", " - "),
        ],
    )
    def test_what_scanners_and_input_methods_do_to_it_is_undone(self, scan: str) -> None:
        assert check(scan) == CODE

    def test_normalising_alone_judges_nothing(self) -> None:
        assert normalise("ｂｍ１－ab c") == "BM1-ABC"

    @pytest.mark.clause("carriers.label.code")
    @pytest.mark.parametrize(
        "scan",
        [
            "",
            "甲局发〔2026〕12号",
            CODE[:-2],
            CODE[:9],
            CODE + CODE,
            "BM2" + CODE[3:],
            CODE + "-A",
            "\ud800",
        ],
    )
    def test_anything_else_is_refused(self, scan: str) -> None:
        with pytest.raises(BadCode, match="不是本系统的载体标签码") as refused:
            check(scan)
        assert refused.value.clause == "carriers.label.code"


class TestCheckSign:
    @pytest.mark.clause("carriers.label.code")
    def test_every_single_wrong_sign_is_found(self) -> None:
        for code in SAMPLES:
            for place in PLACES:
                for sign in ALPHABET:
                    wrong = code[:place] + sign + code[place + 1 :]
                    assert is_code(wrong) is (wrong == code)

    @pytest.mark.clause("carriers.label.code")
    def test_every_exchange_of_two_signs_is_found(self) -> None:
        for code in SAMPLES:
            for first, second in combinations(PLACES, 2):
                signs = list(code)
                signs[first], signs[second] = signs[second], signs[first]
                wrong = "".join(signs)
                assert is_code(wrong) is (wrong == code)

    def test_the_refusal_says_that_the_check_failed(self) -> None:
        wrong = CODE[:-1] + ("2" if CODE[-1] != "2" else "3")
        with pytest.raises(BadCode, match="校验不符") as refused:
            check(wrong)
        assert refused.value.clause == "carriers.label.code"

    @given(st.text(alphabet=ALPHABET + "BM1-ｂ ", max_size=20))
    def test_what_passes_is_canonical(self, scan: str) -> None:
        if is_code(scan):
            assert check(check(scan)) == check(scan)
