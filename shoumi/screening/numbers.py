"""Numbers of persons: identity card, mobile telephone, bank card."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from shoumi.screening.fields import field_label
from shoumi.screening.findings import Confidence, Kind
from shoumi.screening.marks import Draft
from shoumi.screening.passage import Passage
from shoumi.screening.rules import own_rules

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_SIGNS = "10X98765432"
# The first two digits of the division codes (GB/T 2260), Hong Kong, Macao and Taiwan permits included.
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
_MOBILE = re.compile(r"1(?:3[0-9]|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8[0-9]|9[0-35-9])[0-9]{8}")
# UnionPay, and the foreign brands that mainland banks issue.
_ISSUERS = re.compile(r"62|60[03]|955|4[0-9]{5}|5[1-5][0-9]{4}|35[2-8]|3[47]")
_OWN_ISSUERS = ("62", "955")
_CARD_LENGTHS = {"62": range(16, 20), "60": range(16, 20), "955": range(16, 20)}

_ID_GROUPS = {
    (6, 8, 4),
    (6, 4, 4, 4),
    (3, 3, 4, 4, 4),
    (6, 12),
    (14, 4),
    (10, 8),
    (6, 4, 2, 2, 4),
    (17, 1),
    (6, 8, 3, 1),
    (4, 4, 4, 4, 2),
}
_PHONE_GROUPS = {
    (3, 4, 4),
    (3, 8),
    (7, 4),
    (4, 3, 4),
    (3, 3, 5),
    (4, 4, 3),
    (2, 3, 4, 4),
    (2, 11),
    (4, 11),
}
_NOT_PERSONAL = re.compile(
    r"(?:订单|单号|流水|编号|编码|条码|发票|合同|信用代码|税号|纳税人|序列号|设备|资产|批号|对公|账户号|物流|快递|运单|文号|邮编|版本)"
)
_PERSONAL = re.compile(
    r"(?:身份证|证件号|公民身份|手机|电话|联系方式|银行卡|信用卡|储蓄卡|借记卡|卡号|社保卡|本人账)"
)


@dataclass(frozen=True, slots=True)
class _Group:
    digits: str
    start: int
    end: int
    # Stands at the beginning of a line that the group before it ends.
    broken: bool = False


def check_digits(passage: Passage, start: int, end: int) -> Iterator[Draft]:
    """Identity cards, bank cards and mobiles in a run of digits, whole groups before joined ones."""
    groups = list(_groups(passage.text, start))
    taken = 0
    while taken < len(groups):
        for size in range(1, min(len(groups) - taken, 20) + 1):
            if _is_cut_short(groups, taken, taken + size):
                continue
            draft = _read(passage, groups[taken : taken + size])
            if draft:
                yield draft
                taken += size - 1
                break
        taken += 1


def _is_cut_short(groups: list[_Group], first: int, last: int) -> bool:
    """Single digits driven apart are one number from the first to the last of them."""
    if any(len(group.digits) > 1 for group in groups[first:last]):
        return False
    beyond = groups[max(0, first - 1) : first] + groups[last : last + 1]
    return any(len(group.digits) == 1 for group in beyond)


_JOIN = re.compile(own_rules().pattern("{G}"))
_BREAK = re.compile(r"[\n\v]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def _groups(text: str, start: int) -> Iterator[_Group]:
    """Digit groups of the run that holds `start`; invisible signs do not part a group."""
    while start > 0 and (_is_digit(text[start - 1]) or _JOIN.match(text[start - 1])):
        start -= 1
    if _BREAK.fullmatch(text[start - 1 : start]) and _is_digit(text[start - 2 : start - 1] or "-"):
        # A line feed may cut a number in two; the first part may be the shorter one.
        start -= 1
        while start > 0 and _is_digit(text[start - 1]):
            start -= 1
    at, digits, begin, last, broken, breaks = start, "", start, start, False, 0
    while at < len(text):
        sign = text[at]
        if _is_digit(sign):
            begin = begin if digits else at
            digits, last = digits + str(int(sign)), at + 1
        elif sign in "XxＸｘⅩⅹ" and not _is_word(text, at + 1):
            begin = begin if digits else at
            digits, last = digits + "X", at + 1
        elif not _INVISIBLE.match(sign):
            if digits:
                yield _Group(digits, begin, last, broken)
                digits, broken = "", False
            if _BREAK.match(sign) and breaks == 0:
                broken, breaks = True, breaks + 1
            elif not _JOIN.match(sign):
                return
        at += 1
    if digits:
        yield _Group(digits, begin, last, broken)


def _is_digit(sign: str) -> bool:
    return "0" <= sign <= "9" or "０" <= sign <= "９"


def _is_word(text: str, at: int) -> bool:
    return at < len(text) and text[at].isascii() and (text[at].isalnum() or text[at] in "*_")


def _read(passage: Passage, groups: list[_Group]) -> Draft | None:
    digits = "".join(group.digits for group in groups)
    if not 11 <= len(digits) <= 19:
        return None
    start, end = groups[0].start, groups[-1].end
    if _is_glued(passage.text, start, end):
        return None
    sizes = tuple(len(group.digits) for group in groups)
    if any(group.broken for group in groups[1:]):
        # Over a line's end only the number that proves itself counts.
        whole = len(sizes) == 2 and is_id_number(digits)
        return _id_card(passage, digits, (18,), start, end) if whole else None
    for check in _CHECKS:
        if draft := check(passage, digits, sizes, start, end):
            return draft
    return None


def _is_glued(text: str, start: int, end: int) -> bool:
    """A part of a longer code, a decimal or a masked number."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if _NAMED.search(text[max(0, start - 7) : start]):
        before = ""
    if before[-1:] == "/" and _ADDRESS.search(text[max(0, start - 90) : start]):
        return True
    if before and before[-1].isascii() and (before[-1].isalnum() or before[-1] in "*_"):
        return True
    if after and after[0].isascii() and (after[0].isalnum() or after[0] in "*_"):
        return True
    return bool(re.fullmatch(r"[0-9][.．]", before) or re.fullmatch(r"[.．][0-9]", after))


_NAMED = re.compile(r"(?<![A-Za-z])(?:ID|SFZ|TEL|MOB|PHONE|MOBILE|NO)$", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?:|www\.)[!-~]*$")


def _plainly(sizes: tuple[int, ...], allowed: set[tuple[int, ...]]) -> bool:
    return len(sizes) == 1 or set(sizes) == {1} or sizes in allowed


def _id_card(
    passage: Passage, digits: str, sizes: tuple[int, ...], start: int, end: int
) -> Draft | None:
    if not _plainly(sizes, _ID_GROUPS):
        return None
    label = field_label(passage.text, start)
    if is_id_number(digits):
        if _NOT_PERSONAL.search(label) and not _PERSONAL.search(label):
            return None
        why = "18位，地区、出生日期、校验位均正确"
        return Draft(Kind.ID_CARD, start, end, digits, why, Confidence.HIGH)
    if len(digits) == 15 and is_old_id_number(digits) and _PERSONAL.search(label):
        why = "15位旧号码，地区、出生日期正确，前有证件字样"
        return Draft(Kind.ID_CARD, start, end, digits, why, Confidence.MEDIUM)
    return None


def _bank_card(
    passage: Passage, digits: str, sizes: tuple[int, ...], start: int, end: int
) -> Draft | None:
    fours = set(sizes[:-1]) == {4} and sizes[-1] <= 4
    if not (len(sizes) == 1 or set(sizes) == {1} or fours or sizes in {(6, 10), (6, 13), (6, 12)}):
        return None
    if not is_bank_card(digits):
        return None
    label = field_label(passage.text, start)
    if _NOT_PERSONAL.search(label) and not _PERSONAL.search(label):
        return None
    if not _PERSONAL.search(label) and not digits.startswith(_OWN_ISSUERS):
        return None
    why = f"{len(digits)}位，发卡机构标识与校验位均正确"
    return Draft(Kind.BANK_CARD, start, end, digits, why, Confidence.HIGH)


def _phone(
    passage: Passage, digits: str, sizes: tuple[int, ...], start: int, end: int
) -> Draft | None:
    if not _plainly(sizes, _PHONE_GROUPS):
        return None
    local = re.sub(r"^(?:00)?86(?=1[0-9]{10}$)", "", digits)
    if not _MOBILE.fullmatch(local):
        return None
    label = field_label(passage.text, start)
    if _NOT_PERSONAL.search(label) and not _PERSONAL.search(label):
        return None
    why = "11位，号段为移动电话"
    return Draft(Kind.PHONE, start, end, local, why, Confidence.HIGH)


_Check = Callable[[Passage, str, tuple[int, ...], int, int], Draft | None]
_CHECKS: tuple[_Check, ...] = (_id_card, _bank_card, _phone)


def is_id_number(digits: str) -> bool:
    """Region, day of birth and check sign (GB 11643) of an 18-sign number."""
    if len(digits) != 18 or "X" in digits[:17] or digits[:2] not in _PROVINCES:
        return False
    if not _is_birthday(int(digits[6:10]), int(digits[10:12]), int(digits[12:14])):
        return False
    total = sum(int(sign) * weight for sign, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return _CHECK_SIGNS[total % 11] == digits[17]


def is_old_id_number(digits: str) -> bool:
    """Region and day of birth of a 15-digit number issued before 1999."""
    return (
        digits.isdigit()
        and digits[:2] in _PROVINCES
        and _is_birthday(1900 + int(digits[6:8]), int(digits[8:10]), int(digits[10:12]))
    )


def _is_birthday(year: int, month: int, day: int) -> bool:
    if not 1900 <= year <= 2099:
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def is_bank_card(digits: str) -> bool:
    """Issuer prefix, length and Luhn check digit."""
    if not digits.isdigit() or not _ISSUERS.match(digits):
        return False
    lengths = next((r for prefix, r in _CARD_LENGTHS.items() if digits.startswith(prefix)), None)
    if len(digits) not in (lengths or ({15} if digits[:2] in ("34", "37") else {16})):
        return False
    total = 0
    for index, sign in enumerate(reversed(digits)):
        value = int(sign) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
