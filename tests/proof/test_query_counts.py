"""How many queries each page costs, with few rows and with many: written down, compared, and bounded.

`make baselines` writes the numbers of today into query_counts.json; whoever reviews reads the difference.
"""

import json
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shoumi.domains.handling.services import borrowing
from shoumi.domains.handling.tests.scene import copies
from tests.proof import routes, scene, walking
from tests.proof.test_t01_routes import Walker

BASELINE = Path(__file__).with_name("query_counts.json")
# The page of one row also chains that it was read, which costs eight of these.
CEILINGS = {"list": 26, "row": 32}
# The page of a paper shows its copies, opinions, envelope, clocks, loans and circulation at once.
# The page of a device shows its repairs, checks, uses and leave, and has a button for each of its acts.
DEARER = {"GET  /documents/<row:pk>/": 34, "GET  /equipment/devices/<row:pk>/": 34}
MORE = 30
# The clock of a session is written at most every so many seconds, which would be counted by chance.
QUIET = {"X-Quiet": "1"}
# What is written out or printed reads all rows; forms are counted by the list and the page they hang on.
LEFT_OUT = ("/export/", "/print/")


@pytest.fixture(scope="module")
def walkers(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, Walker]]:
    folder = tmp_path_factory.mktemp("queries")
    with django_db_blocker.unblock(), walking.standing(folder) as world:
        found = {who: Walker(world, who) for who in routes.PEOPLE[: -len(routes.SHUT_OUT)]}
        for walker in found.values():
            walker.client.get("/ui/stay/")  # the first page of a log-in writes when it began
        yield found


def test_every_page_costs_the_queries_that_are_written_down(
    walkers: dict[str, Walker], db: None
) -> None:
    world = walkers["registrar"].world
    few = {**_pages(walkers), **_acts(world)}
    for number in range(MORE):
        scene.paper(world, f"多{number}", copies=1, copy_numbers="000001")
    many = {**_pages(walkers), **_acts(world)}
    found = {key: [few[key], many[key]] for key in few}
    if os.environ.get("SHOUMI_BASELINES"):
        lines = ",\n".join(f"  {json.dumps(k)}: {v}" for k, v in sorted(found.items()))
        BASELINE.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    wanted = json.loads(BASELINE.read_text(encoding="utf-8"))
    assert found == wanted, "run `make baselines` and look at what became dearer"
    grown = {key: counts for key, counts in found.items() if counts[1] > counts[0]}
    assert not grown, f"these ask once more for every row: {grown}"
    dear = {k: c for k, c in found.items() if k.startswith("GET") and max(c) > _ceiling(k)}
    assert not dear, dear


def _ceiling(key: str) -> int:
    return DEARER.get(key, CEILINGS["row" if "<" in key else "list"])


def _pages(walkers: dict[str, Walker]) -> dict[str, int]:
    """Each list and each page of a row, asked by the first who may open it."""
    counted, table = {}, routes.read()
    for route in routes.routes():
        key, letters = route.key, table.get(route.key, routes.Line("", "")).letters
        opens = [who for who, letter in zip(routes.PEOPLE, letters, strict=False) if letter == "O"]
        if route.method != "GET" or route.verb or route.address.endswith(LEFT_OUT):
            continue
        if not opens or opens[0] not in walkers:
            continue
        walker = walkers[opens[0]]
        address = walker.address(route)
        counted[key] = _count(partial(walker.client.get, address, headers=QUIET))
    return counted


def _acts(world: scene.World) -> dict[str, int]:
    """What the two commonest acts of a registry cost."""
    office, at = world.office, world.at
    papers: list[Any] = []
    name = f"数{len(world.canaries)}"
    counted = {"act documents.receive": _count(lambda: papers.append(scene.paper(world, name)))}
    item = copies(papers[0])[0]
    asked = {"purpose": "核对", "days": 2, "reading_place": "本人办公室"}
    counted["act handling.borrow.request"] = _count(
        lambda: borrowing.request_borrow(actor=office.handler, subject=item, at=at, **asked)
    )
    return counted


def _count(deed: Callable[[], Any]) -> int:
    connection.queries_log.clear()  # it keeps so many and forgets the oldest
    with CaptureQueriesContext(connection) as asked:
        deed()
    return len(asked)
