"""Pages as people open them: requests of somebody logged in, through the whole stack, timed one by one."""

from collections.abc import Iterator
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shoumi.platform.directory.models import Person

DAYS = {
    "from": ("2022-03-01", "2035-01-01", "2036-12-30"),
    "to": ("2022-03-01", "2032-01-01", "2010-01-01"),
}
VALUES = 4


class Browser:
    """One person's browser."""

    def __init__(self, account: str) -> None:
        self.person = Person.objects.get(account=account)
        self.client = Client(raise_request_exception=True)
        self.client.force_login(self.person)

    def open(self, address: str) -> float:
        """Seconds for one page."""
        started = perf_counter()
        answer = self.client.get(address)
        taken = perf_counter() - started
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")
        return taken

    def queries(self, address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.client.get(address)
        return len(captured)


def offered(person: Person, address: str) -> list[str]:
    """The list by each column and with each filter it offers, one at a time, values from all over."""
    register = _registers()[address]
    columns = sorted(register.sortable())
    found = [f"{address}?sort={'-' if n % 2 else ''}{c}" for n, c in enumerate(columns)]
    request = RequestFactory().get("/")
    request.user = person
    for control in register.controls(request, at=timezone.now()):
        found += [f"{address}?{said}" for said in _set(control)]
    return found


def _registers() -> dict[str, Any]:
    from django.urls import reverse

    from shoumi.platform.registers.addresses import REGISTERS

    return {reverse(register.slug): register for register in REGISTERS.values()}


def _set(control: Any) -> Iterator[str]:
    name = control.name
    if control.kind == "dates":
        yield from (f"{name}_{end}={day}" for end, days in DAYS.items() for day in days)
    elif control.kind == "choice":
        step = max(1, len(control.choices) // VALUES)
        yield from (f"{name}={value}" for value, _ in control.choices[::step])
    else:
        yield f"{name}=1"
