"""Real holiday notices in short: which days were off, and which weekend days were worked."""

import json
from datetime import date, timedelta

# A year's notice may speak of the last days of the December before.
NOTICES = {
    2018: (
        "01-01 02-15/02-21 04-05/04-07 04-29/05-01 06-18 09-24 10-01/10-07",
        "02-11 02-24 04-08 04-28 09-29 09-30",
    ),
    2019: (
        "-12-30/01-01 02-04/02-10 04-05 05-01/05-04 06-07 09-13 10-01/10-07",
        "-12-29 02-02 02-03 04-28 05-05 09-29 10-12",
    ),
    2020: (
        "01-01 01-24/02-02 04-04/04-06 05-01/05-05 06-25/06-27 10-01/10-08",
        "01-19 04-26 05-09 06-28 09-27 10-10",
    ),
    2025: (
        "01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        "01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}


def notice(year: int) -> str:
    """The notice in the exchange form in which a body imports it."""
    off, worked = NOTICES[year]
    entries = [(day, True) for span in off.split() for day in _days(year, span)]
    entries += [(day, False) for span in worked.split() for day in _days(year, span)]
    days = [{"name": "放假", "date": str(day), "isOffDay": rest} for day, rest in sorted(entries)]
    return json.dumps({"year": year, "papers": [f"{year} 年放假通知"], "days": days})


def _days(year: int, span: str) -> list[date]:
    first, _, last = span.partition("/")
    start, end = _day(year, first), _day(year, last or first)
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def _day(year: int, text: str) -> date:
    if text.startswith("-"):
        return date.fromisoformat(f"{year - 1}{text}")
    return date.fromisoformat(f"{year}-{text}")
