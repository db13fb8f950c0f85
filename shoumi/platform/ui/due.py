"""How a deadline (期限) is put into words: always words, never colour alone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

SOON = 3


@dataclass(frozen=True)
class DueWords:
    """`state` is late, soon, open or done and chooses the colour; `words` say it."""

    state: str
    words: str


def due_words(due: date | datetime | None, *, at: datetime, done: bool = False) -> DueWords:
    """Days left until `due`, hours and minutes on the day itself, or how far it is overdue."""
    if due is None:
        return DueWords("open", "无期限")
    if done:
        return DueWords("done", "已办结")
    if isinstance(due, datetime):
        return _by_the_minute(due, at)
    return _by_the_day((due - timezone.localtime(at).date()).days)


def _by_the_day(days: int) -> DueWords:
    if days < 0:
        return DueWords("late", f"逾期 {-days} 天")
    if days == 0:
        return DueWords("soon", "今日到期")
    return DueWords("soon" if days <= SOON else "open", f"剩 {days} 天")


def _by_the_minute(due: datetime, at: datetime) -> DueWords:
    left = due - at
    if abs(left) >= timedelta(days=1):
        days = (timezone.localtime(due).date() - timezone.localtime(at).date()).days
        return _by_the_day(days)
    minutes = abs(left) // timedelta(minutes=1)
    words = f"{minutes // 60} 小时" if minutes >= 60 else f"{minutes} 分钟"
    return DueWords("late", f"逾期 {words}") if due < at else DueWords("soon", f"剩 {words}")
