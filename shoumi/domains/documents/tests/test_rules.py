"""The pure rules of a receipt: whole tables, no database."""

from datetime import date

import pytest

from shoumi.domains.documents import rules
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal

LIMITS = {Level.CONFIDENTIAL: 10, Level.SECRET: 20, Level.TOP_SECRET: 30}
SECURE = ["机要交通", "机要通信", "专人专车"]


def read(text, **more):
    given = {"period_unmarked": False, "issued_on": date(2026, 8, 28), "limits": LIMITS} | more
    return rules.read_marking(text, **given)


@pytest.mark.parametrize(
    ("written", "printed", "level"),
    [
        ("机密 ★ １０ 年", "机密★10年", Level.SECRET),
        ("秘密★6个月", "秘密★6个月", Level.CONFIDENTIAL),
        ("绝密★启用前", "绝密★启用前", Level.TOP_SECRET),
        ("内部", "内部", Level.INTERNAL),
        ("", "", Level.PUBLIC),
    ],
)
def test_marks_are_read_in_every_form_and_printed_in_one(written, printed, level):
    assert (read(written).text, read(written).level) == (printed, level)


def test_an_unmarked_period_is_the_longest_and_only_where_none_is_marked():
    assert read("绝密", period_unmarked=True).expires_on == date(2056, 8, 28)
    assert read("秘密★3年", period_unmarked=True).text == "秘密★3年"


@pytest.mark.clause("documents.channel")
@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("channel", list(rules.Channel))
def test_channels_by_level(level, channel):
    allowed = level == Level.PUBLIC or channel in rules.BY_HAND or channel.label in SECURE
    if allowed:
        rules.check_channel(level, channel, secure=SECURE)
    else:
        with pytest.raises(Refusal) as caught:
            rules.check_channel(level, channel, secure=SECURE)
        assert caught.value.clause == "documents.channel"


@pytest.mark.parametrize("kind", list(rules.Kind))
@pytest.mark.parametrize("urgency", list(rules.Urgency))
def test_papers_know_three_urgencies_and_telegrams_four(kind, urgency):
    own = rules.TELEGRAM_URGENCIES if kind == rules.Kind.TELEGRAM else rules.PAPER_URGENCIES
    if urgency in own:
        rules.check_urgency(kind, urgency)
    else:
        with pytest.raises(Refusal):
            rules.check_urgency(kind, urgency)


def test_every_urgency_has_a_row_in_the_time_tables():
    assert {u.pace for u in rules.Urgency} == {"特急", "加急", "普通"}


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("关于重庆市保密局的通知", "gycqsbmjdtz"),
        ("单位查处情况", "dwccqk"),
        ("2026年A类", "2026nal"),
    ],
)
def test_a_title_is_found_by_its_initials(title, typed):
    assert typed in rules.title_initials(title).split()


def test_readings_are_capped():
    assert len(rules.title_initials("曾单查区覃仇解朴任缪盖乐种冼行长调").split()) <= 16


def test_numbers_of_each_kind_bear_their_own_word():
    words = {rules.register_number(kind, 2026, 12) for kind in rules.Kind}
    assert "收文〔2026〕12号" in words
    assert len(words) == len(rules.Kind)
