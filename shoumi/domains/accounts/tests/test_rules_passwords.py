"""What a new password must be: more than sixty that are refused or taken, each with its clause."""

from datetime import timedelta

import pytest

from conftest import NOW
from shoumi.domains.accounts.rules import weak, words
from shoumi.domains.accounts.rules.passwords import (
    COMPOSITION,
    LENGTH,
    About,
    Policy,
    days_left,
    faults,
    is_expired,
)

PLAIN = Policy(shortest=8, longest=64, kinds=3, days=90, remind_days=15, last=5)
STRICT = Policy(shortest=10, longest=64, kinds=4, days=7, remind_days=2, last=5)
WHO = About(
    account="shan.ping",
    names=words.name_words("单平"),
    unit=words.unit_words(name="示范县政务局", code="SFX", issuer_word="示政"),
    weak=weak.words(),
)

REFUSED = [
    ("", LENGTH),
    ("Ab1!", LENGTH),
    ("Ab1!xyz", LENGTH),
    ("A1!" + "kvqz" * 16, LENGTH),
    ("tuhvrmqzx", COMPOSITION),
    ("TUHVRMQZX", COMPOSITION),
    ("73918264", COMPOSITION),
    ("tuhv7391", COMPOSITION),
    ("TUHV7391", COMPOSITION),
    ("tuhv!@#%", COMPOSITION),
    (" Tuhv7391!", COMPOSITION),
    ("Tuhv7391! ", COMPOSITION),
    ("Tuhv7391\x00!", COMPOSITION),
    ("Tuhv7391\u200b!", COMPOSITION),
    ("Tuhv\u202e7391!", COMPOSITION),
    ("Shan.ping7!x", COMPOSITION),
    ("x7!SHAN.PINGq", COMPOSITION),
    ("gnip.nahs7K!", COMPOSITION),
    ("Shan#8461k", COMPOSITION),
    ("K7!ping#vz", COMPOSITION),
    ("Sh4n.p1ng#7", COMPOSITION),
    ("Shanping#7k", COMPOSITION),
    ("Danping#7kv", COMPOSITION),
    ("pingSHAN#7k", COMPOSITION),
    ("k7#Chanping", COMPOSITION),
    ("单平Kv#7391", COMPOSITION),
    ("D@nping#7kv", COMPOSITION),
    ("Shifanxian#7", COMPOSITION),
    ("k7#SFXZWJv", COMPOSITION),
    ("示政Kv#7391", COMPOSITION),
    ("k7#Shizheng", COMPOSITION),
    ("Tuaaa#7391", COMPOSITION),
    ("Tuh111#kvz", COMPOSITION),
    ("Tuh!!!7kvz", COMPOSITION),
    ("Tuh1234#kz", COMPOSITION),
    ("Tuh4321#kz", COMPOSITION),
    ("Tuh7890#kz", COMPOSITION),
    ("Kabcd#7391", COMPOSITION),
    ("Kdcba#7391", COMPOSITION),
    ("Kqwer#7391", COMPOSITION),
    ("Kasdf#7391", COMPOSITION),
    ("Kzxcv#7391", COMPOSITION),
    ("Krewq#7391", COMPOSITION),
    ("K1qaz#7t39", COMPOSITION),
    ("K!2wsx7t39", COMPOSITION),
    ("Kv7#Kv7#", COMPOSITION),
    ("Password1!", COMPOSITION),
    ("P@ssw0rd", COMPOSITION),
    ("P@ssword2026", COMPOSITION),
    ("Admin@2026", COMPOSITION),
    ("Welcome#88", COMPOSITION),
    ("Woaini#520", COMPOSITION),
    ("Beijing@2026", COMPOSITION),
    ("Zhongguo#1", COMPOSITION),
    ("Qwerty#7391", COMPOSITION),
    ("Mima#2026!", COMPOSITION),
    ("Wang!2025", COMPOSITION),
    ("Zhang@123", COMPOSITION),
    ("Baomi@2026", COMPOSITION),
    ("Jiyao#2025!", COMPOSITION),
    ("L0vely#Shanghai2026"[8:], COMPOSITION),
    ("5201314Aa!", COMPOSITION),
    ("Iloveyou#1", COMPOSITION),
    ("Dr@gon!2024", COMPOSITION),
]
TAKEN = [
    "Tuhv7391kz",
    "tuhv#7391kz",
    "TUHV#7391KZ",
    "马到功成Kv#73",
    "vuk 4Ridge pole",
    "石榴-Qv9-灯笼",
    "9zR!vT2m",
    "Kv7#" + "tu9Rqm!" * 8 + "wx",
]


@pytest.mark.parametrize(("password", "clause"), REFUSED)
@pytest.mark.clause("accounts.password.length", "accounts.password.composition")
def test_a_careless_password_is_refused_with_its_clause(password, clause):
    assert clause in {f.clause for f in faults(password, policy=PLAIN, about=WHO)}


@pytest.mark.parametrize("password", TAKEN)
@pytest.mark.clause("accounts.password.composition")
def test_a_careful_password_is_taken(password):
    assert faults(password, policy=PLAIN, about=WHO) == []


@pytest.mark.clause("accounts.password.length")
def test_a_secret_grade_wants_ten_signs_of_all_four_kinds():
    assert faults("9zR!vT2m", policy=STRICT, about=WHO)[0].clause == LENGTH
    assert faults("9zRkvT2mWq", policy=STRICT, about=WHO)[0].clause == COMPOSITION
    assert faults("9zR!vT2m#k", policy=STRICT, about=WHO) == []


def test_everything_wrong_is_said_at_once():
    assert len(faults("shanping1234", policy=STRICT, about=WHO)) >= 3


@pytest.mark.clause("accounts.password.composition")
def test_the_weak_list_is_made_by_rule_and_long_enough():
    assert list(weak.generate()) == [
        line for line in weak.FILE.read_text(encoding="utf-8").split("\n")[1:] if line
    ]
    assert len(weak.words()) >= 3_000


@pytest.mark.clause("accounts.password.age")
def test_a_password_runs_out_on_its_day_and_reminds_before():
    changed = NOW - timedelta(days=80)
    assert not is_expired(changed, policy=PLAIN, at=NOW)
    assert days_left(changed, policy=PLAIN, at=NOW) == 10
    assert days_left(NOW - timedelta(days=70), policy=PLAIN, at=NOW) is None
    assert is_expired(NOW - timedelta(days=90), policy=PLAIN, at=NOW)
    assert is_expired(None, policy=PLAIN, at=NOW)
    assert days_left(NOW - timedelta(days=99), policy=PLAIN, at=NOW) == 0


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("曾静", "zengjing"),
        ("单平", "shanping"),
        ("尉迟山", "yuchishan"),
        ("仇明", "qiuming"),
        ("解峰", "xiefeng"),
    ],
)
def test_a_name_is_known_in_every_reading(name, word):
    assert word in words.name_words(name)
