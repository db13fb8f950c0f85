"""The clocks of a telegram: pure answers from the rulebook's figures."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from shoumi.domains.documents.rules import Urgency
from shoumi.kernel.refusal import Refusal

# 特急以上 are reported to whoever answers for the registry.
REPORTED = frozenset({Urgency.TOP_FLASH, Urgency.FLASH})


def close_by(urgency: str, *, received_at: datetime, days: Mapping[str, int]) -> datetime:
    """一般 3 days, 加急 2, 特急 1, 特提 at once, counted from the minute of receipt."""
    return received_at + timedelta(days=days[Urgency(urgency).label])


def check_slip(given: datetime, *, received_at: datetime, at: datetime) -> None:
    """A slip is given after the telegram came, and not in the future."""
    if not received_at <= given <= at:
        raise Refusal(
            "回单时间应在收到时间之后、当前时间之前",
            clause="documents.telegram.slip",
            way_on="按实际交付回单的时、分填写",
        )


def minutes_over(given: datetime, due: datetime) -> int:
    """How many whole minutes, rounded up, a slip was late; 0 in time."""
    return max(0, -((due - given) // timedelta(minutes=1)))
