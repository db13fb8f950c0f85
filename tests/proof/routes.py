"""routes.txt: one line a route and method, one letter a person. Read, checked, and brought up to date.

`make routes` keeps every letter that stands, drops lines whose route is gone, and adds each new route as
all `.`: nobody gets in until somebody has written down who may, and by which clause.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

TABLE = Path(__file__).with_name("routes.txt")
# fmt: off
PEOPLE = (
    "registrar", "office", "director", "handler", "chief",
    "leader", "head", "authority", "peer", "newcomer",
    "junior", "lapsed", "leaver", "standin", "watch",
    "window", "sysadmin", "secadmin", "auditor", "stranger",
    "disabled", "expired", "anonymous",
)
# fmt: on
DENIED = "." * len(PEOPLE)
SHUT_OUT = ("disabled", "expired", "anonymous")
LETTERS = {
    ".": "404, the same bytes as for a page that never was",
    "F": "403 with the clause",
    "L": "away to the log-in, or to the password that must be changed first",
    "O": "200",
    "P": "done, and led on",
    "U": "422 or 409: may, but not like this or not now",
}
# A form that a register does not have: nobody may ever meet one, so no line says so.
UNKNOWN = "no-such-verb"
# Routes behind which nobody of the cast finds anything in the world of the scenes, each with its reason.
NOBODY = {
    r"/ledgers/(?!incident/)[\w-]+/<row:pk>/reveal/<slug:column>/": "the ledger has no personal column",
    r"/intake/<row:pk>/clear/": "the ledger that waits is one of papers, and clears nobody",
    r"/handling/stocktakes/<row:pk>/(report|settle)/": "the count is still open",
}
ADVICE = """
A route and its line in tests/proof/routes.txt do not agree. For a new route run `make routes`: it adds the
line as all `.`, which lets nobody in. Then ask of each person whether the rulebook lets them, write the
letter, and the clause at the end of the line. A row that no page can show yet is planted in `scenes`.
What a page answers today is printed below; it is a fact and no verdict.

"""
HEAD = f"""\
# Who may open which page. One line a route and method, one letter a person; `make routes` adds what is new
# as all `.`, and the walk in test_t01_routes.py holds the product to every letter.
#
{"".join(f"#   {letter}  {meaning}{chr(10)}" for letter, meaning in LETTERS.items())}#
# A letter other than `.` needs the clause by which it stands, at the end of the line. The persons, in order:
#   {"  ".join(" ".join(PEOPLE[i : i + 5]) for i in range(0, 10, 5))}
#   {"  ".join(" ".join(PEOPLE[i : i + 5]) for i in range(10, len(PEOPLE), 5))}
"""


@dataclass(frozen=True, order=True)
class Route:
    """One page and method: `verb` stands for the <slug> of a register's form."""

    address: str
    method: str
    name: str = ""
    verb: str = ""
    clause: str = ""
    register: str = ""

    @property
    def key(self) -> str:
        return f"{self.method:4} {self.address}"

    @property
    def part(self) -> str:
        """The room of the address: `documents` of /documents/print/."""
        first = self.address.split("/")[1]
        return first if self.address.count("/") > 2 else "desk"

    @property
    def is_unknown(self) -> bool:
        return self.verb == UNKNOWN


@dataclass(frozen=True)
class Line:
    """What is written for one route."""

    letters: str
    clause: str

    def written(self, key: str) -> str:
        grouped = " ".join(self.letters[i : i + 5] for i in range(0, len(self.letters), 5))
        return f"{key:78} {grouped}  {self.clause}".rstrip()


def routes() -> list[Route]:
    """Every page of the product, in the order of the URLconf; the first pattern of an address counts."""
    found: dict[tuple[str, str], Route] = {}
    for address, pattern in _patterns(get_resolver()):
        for method in methods_of(pattern.callback):
            for route in _expanded(address, method, pattern):
                found.setdefault((route.address, route.method), route)
    return list(found.values())


def registers() -> dict[str, Any]:
    """Every register that has addresses, by its slug."""
    views = (_innermost(pattern.callback) for _, pattern in _patterns(get_resolver()))
    found = (getattr(view, "__self__", None) for view in views)
    return {register.slug: register for register in found if register is not None}


def methods_of(view: Any) -> list[str]:
    """GET and POST, or those a `require_…` decorator lets through."""
    while view is not None:
        names = getattr(getattr(view, "__code__", None), "co_freevars", ())
        if "request_method_list" in names:
            kept = view.__closure__[names.index("request_method_list")].cell_contents
            return [m for m in ("GET", "POST") if m in kept]
        view = getattr(view, "__wrapped__", None)
    return ["GET", "POST"]


def parts() -> list[str]:
    """The rooms that have routes, the largest first."""
    count = Counter(route.part for route in routes())
    return sorted(count, key=lambda part: (-count[part], part))


def unknown(route: Route) -> Line | None:
    """The line of a form that a register does not have, which is not in the table."""
    shut = "".join("L" if who in SHUT_OUT else "." for who in PEOPLE)
    return Line(shut, "") if route.is_unknown else None


def read() -> dict[str, Line]:
    """The table as it stands."""
    lines = {}
    for text in TABLE.read_text(encoding="utf-8").splitlines() if TABLE.exists() else ():
        if text and not text.startswith("#"):
            method, address, rest = text.split(maxsplit=2)
            size = len(DENIED) + (len(DENIED) - 1) // 5
            lines[f"{method:4} {address}"] = Line(rest[:size].replace(" ", ""), rest[size:].strip())
    return lines


def renewed(lines: dict[str, Line]) -> str:
    """The table with a line for each route there is, and for no other."""
    written = [route for route in routes() if not route.is_unknown]
    kept = [
        lines.get(route.key, Line(DENIED, "")).written(route.key)
        for route in sorted(written, key=lambda r: (r.address, r.method))
    ]
    return HEAD + "\n" + "\n".join(kept) + "\n"


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, address)
        else:
            yield address, pattern


def _expanded(address: str, method: str, pattern: URLPattern) -> Iterator[Route]:
    """A register's form has one line a verb, and one for a verb that it does not have."""
    name = str(pattern.name or "")
    register = getattr(_innermost(pattern.callback), "__self__", None)
    if register is None or not address.endswith("<slug:slug>/"):
        slug = getattr(register, "slug", "")
        yield Route(f"/{address}", method, name, register=slug)
        return
    verbs = [register.create] if name.endswith("-create") else register.verbs
    for verb in filter(None, verbs):
        filled = address.replace("<slug:slug>", verb.slug)
        yield Route(f"/{filled}", method, name, verb.slug, verb.action.clause, register.slug)
    yield Route(
        f"/{address.replace('<slug:slug>', UNKNOWN)}", method, name, UNKNOWN, "", register.slug
    )


def _innermost(view: Any) -> Any:
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return view
