"""Numbers of persons are found in every way of writing, and nothing that only looks like one."""

import pytest

from shoumi.screening.findings import Confidence, Finding, Kind
from shoumi.screening.numbers import is_bank_card, is_id_number
from shoumi.screening.tests.test_marks_in_text import held

ID, PHONE, CARD = "51992119870308450X", "13800305529", "6299021176142993"


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        ("id_card", ID, "身份证51992119870308450x号"),
        ("id_card", ID, "519921 19870308 450X"),
        ("id_card", ID, "5199 2119 8703 0845 0X"),
        ("id_card", ID, "519921-19870308-450X"),
        ("id_card", ID, "５１９９２１１９８７０３０８４５０Ｘ"),
        ("id_card", ID, "\u200b".join(ID)),
        ("id_card", ID, " ".join(ID)),
        ("id_card", ID, "证件号519921198703\n08450X"),
        ("id_card", ID, f"ID{ID}"),
        ("id_card", "510102491001003", "身份证号：510102491001003"),
        ("phone", PHONE, "138-0030-5529"),
        ("phone", PHONE, "138 0030 5529"),
        ("phone", PHONE, "+86 138 0030 5529"),
        ("phone", PHONE, "008613800305529"),
        ("phone", PHONE, "138.0030.5529"),
        ("phone", PHONE, "tel13800305529（微信同号）"),
        ("bank_card", CARD, "6299 0211 7614 2993"),
        ("bank_card", CARD, "账号：６２９９０２１１７６１４２９９３"),
        ("bank_card", "4111111111111111", "信用卡4111 1111 1111 1111"),
    ],
)
def test_a_number_is_found_however_it_is_written(kind: str, value: str, written: str):
    assert held(f"经核实，{written}，已登记") == [(kind, value)]


@pytest.mark.parametrize(
    "written",
    [
        "51992119890927157X",
        "519921199802303208",
        "999921198703084507",
        "519921********450X",
        "138****9358",
        "20240101138003055291",
        "SF13800305529",
        "4111111111111111",
        "6299021176142994",
        "0.13800305529",
        "13800305529.00",
        "12800305529",
        "http://a.example/13800305529.html",
        "订单编号13800305529",
        "统一社会信用代码915199211980065405",
        "0849-6229896",
        "400-997-9871",
    ],
)
def test_what_only_looks_like_a_number_of_a_person_is_left(written: str):
    assert held(f"经核实，{written}，已登记") == []


def test_the_heading_of_a_column_tells_an_order_from_a_telephone():
    assert held("序号\t物流单号\t备注\n1\t13800305529\t在途") == []
    assert held("序号\t联系电话\t备注\n1\t13800305529\t在职") == [("phone", PHONE)]


def test_numbers_beside_each_other_are_told_apart():
    assert held(f"{ID} {PHONE}\n{CARD}，{PHONE}") == [
        ("id_card", ID),
        ("phone", PHONE),
        ("bank_card", CARD),
        ("phone", PHONE),
    ]


def test_every_wrong_check_sign_is_refused():
    assert [sign for sign in "0123456789X" if is_id_number(ID[:-1] + sign)] == ["X"]
    assert [sign for sign in "0123456789" if is_bank_card(CARD[:-1] + sign)] == ["3"]


def test_personal_data_is_masked_unless_asked_for():
    context = f"某甲{ID}，电话{PHONE}"
    finding = Finding(Kind.ID_CARD, ID, ID, "第1行", context, "rule", "理由", Confidence.HIGH)
    data = finding.as_data()
    assert data["value"] == "519921********450X"
    assert data["context"] == "某甲519921********450X，电话138****5529"
    assert finding.as_data(reveal=True)["context"] == context
