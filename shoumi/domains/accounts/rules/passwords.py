"""Passwords (口令): what a new one must be. The figures come from the rulebook, by deployment grade."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shoumi.domains.accounts.rules import weak

LENGTH = "accounts.password.length"
COMPOSITION = "accounts.password.composition"
HISTORY = "accounts.password.history"
KINDS = ("大写字母", "小写字母", "数字", "符号")
LONGEST_RUN = 3
SHORTEST_WORD = 3


@dataclass(frozen=True, slots=True)
class Policy:
    """The figures in force for one body on one day."""

    shortest: int
    longest: int
    kinds: int
    days: int
    remind_days: int
    last: int


@dataclass(frozen=True, slots=True)
class About:
    """What a password of this person must not contain: account, names in pinyin, words of the unit."""

    account: str = ""
    names: frozenset[str] = frozenset()
    unit: frozenset[str] = frozenset()
    weak: frozenset[str] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a proposed password, and the clause that says so."""

    clause: str
    words: str


def faults(password: str, *, policy: Policy, about: About) -> list[Fault]:
    """Everything that is wrong at once, so that nobody has to guess rule after rule."""
    found = [*_length(password, policy)]
    if not password:
        return found
    found += _writable(password)
    found += _kinds(password, policy)
    found += _own_words(password, about)
    found += _patterns(password)
    if is_weak(password, about.weak):
        found.append(Fault(COMPOSITION, "在弱口令表内，或者只是常用词加数字、符号"))
    return found


def expires_at(changed_at: datetime | None, *, policy: Policy) -> datetime | None:
    """The moment from which only a change of password or log-out is left."""
    return None if changed_at is None else changed_at + timedelta(days=policy.days)


def is_expired(changed_at: datetime | None, *, policy: Policy, at: datetime) -> bool:
    end = expires_at(changed_at, policy=policy)
    return end is None or end <= at


def days_left(changed_at: datetime | None, *, policy: Policy, at: datetime) -> int | None:
    """Days to go when it is time to remind, else nothing."""
    end = expires_at(changed_at, policy=policy)
    if end is None or end - at > timedelta(days=policy.remind_days):
        return None
    return max(0, (end - at).days)


def is_weak(password: str, words: frozenset[str]) -> bool:
    """In the list as typed, with look-alike signs read as letters, or after its trimmings are gone."""
    whole = _fold(password)
    shapes = {whole, re.sub(r"[^a-z0-9]", "", whole), re.sub(r"^[^a-z]+|[^a-z]+$", "", whole)}
    shapes |= {_letters_for_signs(shape) for shape in tuple(shapes)}
    shapes |= {re.sub(r"^[^a-z]+|[^a-z]+$", "", shape) for shape in tuple(shapes)}
    digits = re.sub(r"^\D+|\D+$", "", whole)
    return any(shape in words for shape in shapes) or (len(digits) >= 6 and digits in words)


def _length(password: str, policy: Policy) -> Iterable[Fault]:
    if not password:
        yield Fault(LENGTH, "不得为空")
    elif len(password) < policy.shortest:
        yield Fault(LENGTH, f"少于 {policy.shortest} 位")
    elif len(password) > policy.longest:
        yield Fault(LENGTH, f"多于 {policy.longest} 位")


def _writable(password: str) -> Iterable[Fault]:
    if password != password.strip():
        yield Fault(COMPOSITION, "首尾不得有空格")
    if any(unicodedata.category(c)[0] == "C" for c in password):
        yield Fault(COMPOSITION, "不得含控制字符或者不可见字符")


def _kinds(password: str, policy: Policy) -> Iterable[Fault]:
    has = (
        any(c.isupper() for c in password),
        any(c.islower() for c in password),
        any(c.isdecimal() for c in password),
        any(not c.isalnum() and not c.isspace() for c in password),
    )
    if sum(has) < policy.kinds:
        missing = "、".join(k for k, is_there in zip(KINDS, has, strict=True) if not is_there)
        yield Fault(
            COMPOSITION,
            f"大写字母、小写字母、数字、符号四类中不足 {policy.kinds} 类，缺{missing}",
        )


def _own_words(password: str, about: About) -> Iterable[Fault]:
    whole = _fold(password)
    shapes = {whole, _letters_for_signs(whole)}
    account = about.account.casefold()
    parts = {p for p in re.split(r"[._-]", account) if len(p) >= SHORTEST_WORD}
    if len(account) >= SHORTEST_WORD:
        parts |= {account, account[::-1]}
    if any(p in shape for p in parts for shape in shapes):
        yield Fault(COMPOSITION, "不得含账号或者账号的一部分")
    if any(n in shape for n in about.names for shape in shapes):
        yield Fault(COMPOSITION, "不得含本人姓名或者姓名拼音")
    if any(u in shape for u in about.unit for shape in shapes):
        yield Fault(COMPOSITION, "不得含单位名称、代字或者其拼音")


def _patterns(password: str) -> Iterable[Fault]:
    whole = _fold(password)
    if any(c * LONGEST_RUN in whole for c in set(whole)):
        yield Fault(COMPOSITION, f"同一字符不得连续出现 {LONGEST_RUN} 次以上")
    if weak.longest_run(whole) > LONGEST_RUN:
        yield Fault(COMPOSITION, f"不得含 {LONGEST_RUN + 1} 位以上连续的数字、字母或者键盘邻键")
    for size in range(2, len(whole) // 2 + 1):
        if len(whole) % size == 0 and whole == whole[:size] * (len(whole) // size):
            yield Fault(COMPOSITION, "不得由同一段重复而成")
            return


def _fold(password: str) -> str:
    return unicodedata.normalize("NFKC", password).casefold()


_SIGNS = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"}
)


def _letters_for_signs(text: str) -> str:
    return text.translate(_SIGNS)
