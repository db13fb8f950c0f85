"""T1: every route, with every method, for every person of the cast, as routes.txt says and not otherwise."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from shoumi.platform.registers.addresses import sealed
from shoumi.platform.registers.testing import rows_now
from shoumi.platform.rulebook.source import rulebook
from shoumi.platform.trail.models import Entry, name_of
from tests.proof import routes, scene, slices, walking
from tests.proof.scenes.matters import WORK

DOORS = ("/login/?next=", "/accounts/password/")
# What stands in an address beside rows; a column or size that exists, so that no 404 comes from a typo.
WORDS = {
    "<slug:size>": "large",
    "<str:clause_id>": "access.may_know",
    "<slug:regulation_id>": "access",
    "<slug:column>": "phone",
    "<slug:kind>": "documents",
    "<slug:key>": WORK,
    "<slug:round_key>": "closing",
}
# What a page needs to be asked with, beside its address.
ASKED = {"handling-label-sheet": "?form=sheet&items={}"}


@pytest.fixture(scope="module")
def walkers(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[list["Walker"]]:
    """One browser a person, in a world built once; every test takes back what it did."""
    folder = tmp_path_factory.mktemp("routes")
    with django_db_blocker.unblock(), walking.standing(folder) as world:
        yield [Walker(world, who) for who in routes.PEOPLE]


@pytest.mark.clause("access.may_know", "access.conduct", "access.inside")
@pytest.mark.parametrize("part", routes.parts())
def test_every_route_answers_everybody_as_the_table_says(
    walkers: list["Walker"], db: None, part: str
) -> None:
    table = routes.read()
    before = rows_now()
    wrong, leaks = [], []
    for route in routes.routes():
        line = table.get(route.key, routes.unknown(route))
        if line is None or route.part != part:
            continue  # a missing line is judged below, once for all
        seen = ""
        for walker, wanted in zip(walkers, line.letters, strict=True):
            cheap = wanted in ".L" and not route.is_unknown
            if not slices.is_asked(f"{walker.who} {route.key}", cheap=cheap):
                seen += wanted
                continue
            letter, found = walker.ask(route)
            seen += letter
            leaks += [f"{route.key} shows {walker.who} {words}" for words in found]
        if seen != line.letters:
            told = routes.Line(seen, line.clause or route.clause)
            wrong += ["the table says " + line.written(route.key)]
            wrong += ["and the page   " + told.written(route.key), ""]
    assert not leaks, "\n".join(leaks)
    assert not wrong, routes.ADVICE + "\n".join(wrong)
    assert rows_now() == before, "something was changed by looking, or by what was refused"


def test_the_table_has_a_line_for_each_route_and_for_no_other() -> None:
    found = {route.key for route in routes.routes() if not route.is_unknown}
    table = routes.read()
    missing, idle = sorted(found - table.keys()), sorted(table.keys() - found)
    assert not missing, routes.ADVICE + "\n".join(missing)
    assert not idle, "these lines have no route any more; run `make routes`:\n" + "\n".join(idle)


def test_every_route_lets_somebody_in_or_it_is_said_why_not() -> None:
    table = routes.read()
    shut = {key.split()[1] for key, line in table.items() if not set(line.letters) & set("OPU")}
    entered = {key.split()[1] for key, line in table.items() if set(line.letters) & set("OPU")}
    told = [re.compile(pattern) for pattern in routes.NOBODY]
    silent = [a for a in shut - entered if not any(p.fullmatch(a) for p in told)]
    assert not silent, "nobody gets in here; say why in routes.NOBODY, or plant what is missing"


def test_the_canaries_are_where_their_readers_find_them(walkers: list["Walker"], db: None) -> None:
    registrar, stranger = (walkers[routes.PEOPLE.index(w)] for w in ("registrar", "stranger"))
    paper = f"/documents/{sealed(registrar.world.rows['documents'])}/"
    said = read(registrar.client.get(paper))
    assert [w for w in registrar.world.canaries if w in said] >= ["雀题名甲", "雀文号甲"]
    assert "雀附件内容甲" in read(
        registrar.client.get(f"/attachments/{registrar.world.attachment}/")
    )
    assert "雀外题名" in read(stranger.client.get("/documents/"))


def test_no_page_of_a_row_is_known_again_by_an_etag(walkers: list["Walker"], db: None) -> None:
    """A digest of words, or the words themselves, would lie in a head that proxies write down."""
    registrar = walkers[0]
    for slug in ("documents", "documents-copies", "items", "handling-loans", "circulation"):
        route = next(r for r in routes.routes() if r.name == f"{slug}-detail")
        answer = registrar.client.get(registrar.address(route))
        assert answer.status_code == 200 and "ETag" not in answer.headers
        head = str(sorted(answer.headers.items()))
        assert not any(words in head for words in registrar.world.canaries)


def test_every_letter_stands_on_a_clause() -> None:
    known = set(rulebook().clauses)
    for key, line in routes.read().items():
        assert len(line.letters) == len(routes.PEOPLE), key
        assert set(line.letters) <= routes.LETTERS.keys(), key
        if set(line.letters) - {".", "L"}:
            assert line.clause in known, f"{key} needs the clause by which people get in"


class Walker:
    """One person's browser on the way through every address."""

    def __init__(self, world: scene.World, who: str) -> None:
        self.world, self.who = world, who
        self.client = Client()
        if who != "anonymous":
            self.client.force_login(getattr(world.office, who))
        self.cookies = self.client.cookies.copy()
        hidden = [words for words, readers in world.canaries.items() if who not in readers]
        self.hidden = re.compile("|".join(map(re.escape, hidden)))
        self.nothing = self.client.get("/no-such-page/")

    def ask(self, route: routes.Route) -> tuple[str, list[str]]:
        """The letter of the answer, and the canaries in it that this person may not read."""
        address = self.address(route)
        with transaction.atomic():
            connection.atomic_blocks[-1]._from_testcase = True
            sent = {"_confirmed": "1"} if route.verb else _sent(address)
            answer: Any = (
                self.client.get(address)
                if route.method == "GET"
                else self.client.post(address, sent)
            )
            letter = self.letter(answer)
            body = read(answer)
            if letter == "P":
                transaction.set_rollback(True)
        self.client.cookies = self.cookies.copy()
        return letter, sorted(set(self.hidden.findall(body)))

    def letter(self, answer: HttpResponse) -> str:
        status = answer.status_code
        if status in (301, 302):
            return "L" if answer["Location"].startswith(DOORS) else "P"
        if status == 404:
            same = answer.content == self.nothing.content
            return "." if same and answer.headers == self.nothing.headers else "?404"
        if status == 403:
            return "F" if b"/rulebook/clause/" in answer.content else "?403"
        return {200: "O", 204: "O", 422: "U", 409: "U"}.get(status, f"?{status}")

    def address(self, route: routes.Route) -> str:
        address = route.address
        for sign, word in WORDS.items():
            address = address.replace(sign, word)
        address = address.replace("<attachment:name>", self.world.attachment)
        if "<int:number>" in address:
            address = address.replace("<int:number>", str(self.number_of_receipt()))
        if "<row:pk>" in address:
            address = address.replace("<row:pk>", sealed(self.row(route)))
        assert "<" not in address, f"{route.key}: say in WORDS what stands there"
        asked = ASKED.get(route.name)
        return address + asked.format(self.world.rows["items"]) if asked else address

    def row(self, route: routes.Route) -> int:
        """The row that stands for all of its kind."""
        rows = self.world.rows
        names = [name for name in rows if f"{route.name}-".startswith(f"{name}-")]
        assert names, f"{route.key}: plant a row of its kind in tests/proof/scenes"
        return rows[max(names, key=len)]

    def number_of_receipt(self) -> int:
        """The entry of the trail in which the first paper was written down."""
        from shoumi.domains.documents.models import Document

        paper = Document.unscoped.get(pk=self.world.rows["documents"])
        return Entry.objects.filter(subject=name_of(paper)).order_by("id")[0].number


def read(answer: Any) -> str:
    """All that comes over the wire: the head, the body, and what is in a sheet."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(content)) as packed:
            content = b"".join(packed.read(name) for name in packed.namelist())
    head = "\n".join(f"{k}: {v}" for k, v in answer.headers.items())
    return head + content.decode(errors="replace")


def _sent(address: str) -> dict[str, str]:
    """A way out asks what for; every other form is sent empty."""
    return {"purpose": "office"} if address.endswith(("/export/", "/print/")) else {}
