"""When a circulation must end and a copy be back: pure answers from the rulebook's figures."""

from collections.abc import Mapping
from datetime import date, timedelta

from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal


def last_day(pace: str, *, opened: date, days: Mapping[str, int]) -> date:
    """The day by which everyone has read it: 急件 the same day, others within the set days."""
    return opened + timedelta(days=days[pace])


def day_of_return(level: Level, *, sent: date, days: Mapping[Level, int]) -> date:
    """The day on which a copy must be back with the registrar; state secrets the same day."""
    return sent + timedelta(days=days[level])


def check_presence(*, in_person: bool, reader: str) -> None:
    """A copy goes into the reader's own hands or back to the registry."""
    if not in_person:
        raise Refusal(
            f"{reader}不在，不得留置其办公室或者交他人代转",
            clause="circulation.in_person",
            way_on="将本份带回机要室，待本人在岗时再送",
        )


def check_nobody_out(*, out: list[str], waiting: list[str], sent: int, returned: int) -> None:
    """收回核点: what came back must equal what went out before the circulation is closed."""
    if out or sent != returned:
        names = f"（{'、'.join(out)}）" if out else ""
        raise Refusal(
            f"送出 {sent} 份次，收回 {returned} 份次，尚有未收回的{names}，不得办结",
            clause="circulation.close",
            way_on="催请退回，由机要员收回核点后再办结",
        )
    if waiting:
        raise Refusal(
            f"{'、'.join(waiting)}尚未送阅，不得办结",
            clause="circulation.close",
            way_on="继续送阅；本人长期不在的写明原因办理「免送」",
        )


def check_escort(*, until: date, today: date, most: int, reason: str) -> None:
    """专管专送 is for a reason, from today, and not for longer than the clause allows."""
    if not reason.strip():
        raise Refusal(
            "专管专送须写明事由", clause="circulation.courier", way_on="写明为何不能由机要员呈送"
        )
    if not today <= until <= today + timedelta(days=most):
        raise Refusal(
            f"专管专送的期限最长 {most} 天",
            clause="circulation.courier",
            way_on=f"期限填今日至 {today + timedelta(days=most):%Y-%m-%d}",
        )
