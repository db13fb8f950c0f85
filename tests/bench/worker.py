"""One world in one process: it builds, opens, acts and verifies as it is told, a line of JSON at a time."""

import json
import os
import sys
from collections.abc import Callable
from time import perf_counter
from types import SimpleNamespace
from typing import Any

import django


def main() -> None:
    """Serve questions from standard input until it ends."""
    os.umask(0o077)
    django.setup()
    from django.conf import settings
    from django.urls import get_resolver

    # What is measured is the product and not how slowly it hashes a password.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    assert get_resolver().url_patterns
    world = World()
    answers = sys.stdout
    sys.stdout = sys.stderr
    for line in sys.stdin:
        asked = json.loads(line)
        answer = getattr(world, asked.pop("do"))(**asked)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


class World:
    """What can be asked of a world; every method answers with plain JSON."""

    def __init__(self) -> None:
        from tests.bench.worlds import cast

        self.office: SimpleNamespace = cast()
        self.browsers: dict[str, Any] = {}

    def fill(self, copies: int) -> float:
        from tests.bench.worlds import fill

        return _seconds(lambda: fill(self.office, copies=copies))

    def open(self, who: str, address: str) -> float:
        return float(self._browser(who).open(address))

    def queries(self, who: str, address: str) -> int:
        return int(self._browser(who).queries(address))

    def offered(self, who: str, address: str) -> list[str]:
        from tests.bench.pages import offered

        return offered(self._browser(who).person, address)

    def act(self) -> dict[str, float]:
        """Seconds of one receipt of three copies, and of one copy given and signed for (two acts)."""
        from tests.bench.acts import hand_over, receive_one

        document: list[Any] = []
        received = _seconds(lambda: document.append(receive_one(self.office)))
        handed = _seconds(lambda: hand_over(self.office, document[0]))
        return {"receipt": received, "hand": handed / 2}

    def sync(self) -> float:
        from tests.bench.acts import sync

        return _seconds(sync)

    def lengthen(self, acts: int) -> float:
        from tests.bench.trails import lengthen

        return _seconds(lambda: lengthen(self.office, acts=acts))

    def loop(self) -> dict[str, float]:
        """Seconds of a bare SM3 loop over all that is digested, and how many texts and bytes these are."""
        from shoumi.kernel.chain import sm3
        from tests.bench.trails import texts

        found = texts()

        def digest() -> None:
            for text in found:
                sm3(text)

        return {
            "seconds": _seconds(digest),
            "texts": len(found),
            "bytes": sum(map(len, found)),
        }

    def verify(self, processes: int) -> dict[str, float]:
        from shoumi.platform.trail.verify import verify

        reports: list[Any] = []
        seconds = _seconds(lambda: reports.append(verify(processes=processes)))
        whole = reports[0].is_whole
        if not whole:
            raise RuntimeError(str(reports[0].findings[:3]))
        return {"seconds": seconds, "rows": reports[0].rows, "entries": reports[0].entries}

    def _browser(self, who: str) -> Any:
        from tests.bench.pages import Browser

        if who not in self.browsers:
            self.browsers[who] = Browser(who)
        return self.browsers[who]


def _seconds(do: Callable[[], Any]) -> float:
    started = perf_counter()
    do()
    return perf_counter() - started


if __name__ == "__main__":
    main()
