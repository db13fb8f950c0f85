"""Races (竞争): sixteen processes want the same copy, the same signature, the same number.

Run as a script of its own on a database of its own, so that processes, locks and commits are real:
`python -m shoumi.platform.custody.tests.race ATTEMPTS` prints what happened as JSON.
"""

import json
import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import django

PROCESSES = 16
PATIENCE = 300


def main(attempts: int) -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoumi.config.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from conftest import build_office, standing_office

    # SQLite's lock is not fair: with sixteen processes that never pause, one may wait longer than any
    # person would. What is asked here is who wins, so everybody waits as long as it takes.
    options = settings.DATABASES["default"].get("OPTIONS", {})
    if "timeout" in options:
        options["timeout"] = PATIENCE

    call_command("migrate", verbosity=0)
    office = standing_office() or build_office()
    share = -(-attempts // PROCESSES)
    return {
        "copy": one_copy(office, share),
        "signature": one_signature(office, max(1, share // 8)),
        "numbers": one_series(office, max(1, share // 8)),
        "whole": whole(),
    }


def one_copy(office: SimpleNamespace, share: int) -> dict[str, Any]:
    """Everybody offers the copy they saw on the shelf, to one reader or another."""
    from conftest import NOW
    from shoumi.platform.custody.models import HandoverLine, Movement
    from shoumi.platform.custody.services import offer
    from shoumi.platform.custody.tests.scene import copies, fresh

    (item,) = copies(office, 1)
    seen = fresh(item)

    def try_it(turn: int) -> None:
        receiver = office.handler if turn % 2 else office.chief
        offer(actor=office.registrar, subject=seen, receiver=receiver, at=NOW)

    outcome = race(try_it, share)
    return {
        **outcome,
        "open_lines": HandoverLine.unscoped.filter(item=item, state="offered").count(),
        "movements": Movement.unscoped.filter(item=item).count(),
        "state": fresh(item).state,
        "entries": entries("custody.offer"),
    }


def one_signature(office: SimpleNamespace, share: int) -> dict[str, Any]:
    """The receiver accepts and declines while the registrar takes the offer back."""
    from conftest import NOW
    from shoumi.platform.custody.models import Handover, HandoverLine
    from shoumi.platform.custody.services import accept, decline, offer, withdraw
    from shoumi.platform.custody.tests.scene import copies, fresh

    items = copies(office, 3)
    batch = offer(actor=office.registrar, subject=items, receiver=office.handler, at=NOW)

    def try_it(turn: int) -> None:
        seen = Handover(pk=batch.pk, body=batch.body, giver=batch.giver, receiver=batch.receiver)
        seen.offered_by = batch.offered_by
        if turn % 3 == 0:
            accept(actor=office.handler, subject=seen, at=NOW)
        elif turn % 3 == 1:
            decline(actor=office.handler, subject=seen, at=NOW, reason="不要")
        else:
            withdraw(actor=office.registrar, subject=seen, at=NOW)

    outcome = race(try_it, share)
    lines = HandoverLine.unscoped.filter(handover=batch).values_list("state", flat=True)
    return {
        **outcome,
        "line_states": len(set(lines)),
        "holders": len({fresh(i).holder_id for i in items}),
        "item_states": sorted({fresh(i).state for i in items}),
    }


def one_series(office: SimpleNamespace, share: int) -> dict[str, Any]:
    """Everybody takes numbers; every third act is refused after its number was allotted."""
    from conftest import NOW
    from shoumi.kernel.refusal import Stale
    from shoumi.platform.access.acting import Action, act
    from shoumi.platform.numbering.models import Counter as Series
    from shoumi.platform.numbering.services import allot
    from shoumi.platform.trail.models import Entry

    take = Action("test.race.number", "取号", clause="trail.entry")

    def try_it(turn: int) -> None:
        with act(office.registrar, take, at=NOW) as deed:
            deed.note(number=allot("race", body=office.body, year=2026))
            if turn % 3 == 2:
                raise Stale("不办了", clause="trail.entry")

    outcome = race(try_it, share)
    bodies = Entry.objects.filter(event=take.key).values_list("body", flat=True)
    numbers = sorted(json.loads(body)["number"] for body in bodies)
    return {
        **outcome,
        "gapless": numbers == list(range(1, len(numbers) + 1)),
        "last": Series.objects.get(series="race").last,
    }


def race(try_it: Callable[[int], None], share: int) -> dict[str, int]:
    """Fork, wait for everybody, let go; count wins, clean refusals and everything else."""
    from django.db import connections

    connections.close_all()
    context = multiprocessing.get_context("fork")
    gate, told = context.Barrier(PROCESSES), context.SimpleQueue()

    def run(start: int) -> None:
        from shoumi.kernel.refusal import Refusal

        outcomes: Counter[str] = Counter()
        gate.wait(PATIENCE)
        for turn in range(start, start + share):
            try:
                try_it(turn)
            except Refusal as refusal:
                outcomes[f"refused_{refusal.status}"] += 1
            except Exception as fault:
                outcomes[f"fault {type(fault).__name__}: {fault}"] += 1
            else:
                outcomes["won"] += 1
        connections.close_all()
        told.put(dict(outcomes))

    runners = [context.Process(target=run, args=(n * share,)) for n in range(PROCESSES)]
    for runner in runners:
        runner.start()
    total: Counter[str] = Counter()
    for _ in runners:
        total.update(told.get())
    for runner in runners:
        runner.join(PATIENCE)
    return {"turns": PROCESSES * share, **total}


def entries(event: str) -> list[int]:
    """How often an act was done, and how often it was refused, as the trail tells."""
    from shoumi.platform.trail.models import Entry

    return [Entry.objects.filter(event=e).count() for e in (event, f"{event}.denied")]


def whole() -> bool:
    from shoumi.platform.trail.verify import verify

    return verify().is_whole


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1])), ensure_ascii=False))
