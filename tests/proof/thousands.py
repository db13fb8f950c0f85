"""A stock-take of thousands with planted faults of five kinds: what is found, and how long each act takes."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from conftest import NOW, prepared
from shoumi.domains.handling.tests.scene import copies, paper
from shoumi.kernel.levels import Level
from shoumi.platform.custody import selectors, services
from shoumi.platform.custody.models import Stocktake
from shoumi.platform.directory.models import Place

FAULTS_A_KIND = 4


@dataclass
class Counted:
    """What was planted, what was found, by kind as sets of codes; and the seconds of each act."""

    planted: dict[str, set[str]] = field(default_factory=dict)
    found: dict[str, set[str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def timed(self, what: str, deed: Callable[..., Any], *args: Any, **given: Any) -> Any:
        begun = time.perf_counter()
        done = deed(*args, **given)
        self.seconds[what] = self.seconds.get(what, 0) + time.perf_counter() - begun
        return done


def count(office: SimpleNamespace, *, pieces: int, batch: int = 1_000, seed: int = 5) -> Counted:
    """Fill two safes and a cabinet, plant the faults, count all places, close with two signatures."""
    chance, registrar, result = random.Random(seed), office.registrar, Counted()
    with prepared(office.body):
        second = Place.objects.create(
            body=office.body,
            name="2号柜",
            kind=Place.Kind.SAFE,
            within=office.registry,
            level_limit=Level.SECRET,
        )
    where: dict[str, Place] = {}
    for n in range(0, pieces, 100):
        place = (office.safe, second)[n // 100 % 2]
        size = min(100, pieces - n)
        numbers = f"000001-{size:06d}"
        document = paper(office, copies=size, copy_numbers=numbers, place=place)
        where |= {item.code: place for item in copies(document)}

    stocktake = result.timed("open", services.open_stocktake, actor=registrar, at=NOW)

    def again() -> Stocktake:
        """The count as the next request would load it."""
        return Stocktake.objects.get(pk=stocktake.pk)

    chosen = chance.sample(sorted(where), 4 * FAULTS_A_KIND)
    kinds = ("missing", "misplaced", "twice", "over_limit")
    planted = {k: set(chosen[n * FAULTS_A_KIND :][:FAULTS_A_KIND]) for n, k in enumerate(kinds)}
    planted["unknown"] = {f"QQ-{n:06d}" for n in range(FAULTS_A_KIND)}
    seen: dict[int, list[str]] = {office.safe.pk: [], second.pk: [], office.cabinet.pk: []}
    other = {office.safe.pk: second.pk, second.pk: office.safe.pk}
    for code, place in where.items():
        if code in planted["missing"]:
            continue
        spot = place.pk
        if code in planted["misplaced"]:
            spot = other[spot]
        elif code in planted["over_limit"]:
            # A 机密 copy in the ordinary cabinet lies where it may not, and so is misplaced too.
            spot = office.cabinet.pk
        seen[spot] += [code] * (2 if code in planted["twice"] else 1)
    seen[office.safe.pk] += sorted(planted["unknown"])
    places = {p.pk: p for p in (office.safe, second, office.cabinet)}
    for key, codes in seen.items():
        chance.shuffle(codes)
        for n in range(0, len(codes), batch):
            lines = "\n".join(codes[n : n + batch])
            given = {"actor": registrar, "codes": lines, "place": places[key], "at": NOW}
            result.timed("scan", services.scan, subject=again(), **given)
    witness = office.director
    result.timed(
        "close",
        services.close_stocktake,
        actor=registrar,
        subject=again(),
        witness=witness,
        at=NOW,
    )
    result.timed("witness", services.witness_stocktake, actor=witness, subject=again(), at=NOW)
    tally = result.timed("tally", selectors.tally, again(), reader=registrar, at=NOW)
    lines = tally.lines
    over = {line.item.code for line in lines.filter(over_limit=1)}
    wrong = {line.item.code for line in lines.filter(finding="misplaced")}
    result.found = {
        "missing": {line.item.code for line in lines.filter(finding="missing")},
        "misplaced": wrong - over,
        "twice": {line.item.code for line in lines.filter(scans__gt=1)},
        "over_limit": over & wrong,
        "unknown": {scan.code for scan in tally.unknown},
    }
    result.planted = planted
    return result
