"""Deadlines in words."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shoumi.platform.ui.due import due_words

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("due", "state", "words"),
    [
        (date(2026, 8, 29), "late", "逾期 3 天"),
        (date(2026, 9, 1), "soon", "今日到期"),
        (date(2026, 9, 4), "soon", "剩 3 天"),
        (date(2026, 9, 5), "open", "剩 4 天"),
        (NOW + timedelta(minutes=15), "soon", "剩 15 分钟"),
        (NOW + timedelta(hours=8), "soon", "剩 8 小时"),
        (NOW - timedelta(minutes=1), "late", "逾期 1 分钟"),
        (NOW - timedelta(hours=30), "late", "逾期 1 天"),
        (NOW + timedelta(days=10), "open", "剩 10 天"),
        (None, "open", "无期限"),
    ],
)
def test_a_deadline_is_said_in_words(due, state, words):
    said = due_words(due, at=NOW)
    assert (said.state, said.words) == (state, words)


def test_what_is_done_is_neither_late_nor_near():
    assert due_words(date(2020, 1, 1), at=NOW, done=True).words == "已办结"
