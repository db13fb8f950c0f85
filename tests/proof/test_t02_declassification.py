"""T2: what is derived follows its sources, on random lineages and through random changes and releases.

The oracle below knows nothing of the product's own code paths: after each change it looks at every derived
matter afresh, from the sources down. What each person then sees must be what the levels say.
"""

import os
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from conftest import NOW, TODAY, prepared
from shoumi.domains.classification.models import Change, Determination, Source
from shoumi.domains.classification.services import changing
from shoumi.kernel.levels import Level
from shoumi.kernel.marks import Mark, Period
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import person_principal, post_principal
from shoumi.platform.directory.models import Person

WORLDS = max(3, int(os.environ.get("SHOUMI_WORLDS", "25")) // 6)
LEVELS = [Level.CONFIDENTIAL, Level.SECRET, Level.TOP_SECRET]

marks = st.tuples(st.sampled_from(LEVELS), st.integers(40, 3000))
lineages = st.lists(
    st.one_of(marks, st.sets(st.integers(0, 5), min_size=1, max_size=3)), min_size=2, max_size=7
)
steps = st.lists(st.tuples(st.integers(0, 6), st.one_of(st.none(), marks)), min_size=1, max_size=5)


@pytest.mark.clause("classification.derive.follow", "classification.derive")
@settings(
    max_examples=WORLDS,
    phases=[phase for phase in Phase if phase is not Phase.shrink],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(lineage=lineages, turns=steps)
# One source reaches the last matter directly and through another: it is changed once, and not twice.
@example(
    lineage=[(Level.CONFIDENTIAL, 75), {0, 1}, {0, 2}, {1, 3}],
    turns=[(0, None), (1, (Level.SECRET, 90)), (1, None)],
)
def test_every_derived_matter_stands_where_its_sources_put_it(office, lineage, turns):
    mark = transaction.savepoint()
    world = _build(office, [(Level.SECRET, 900), *lineage])
    for number, to in turns:
        place = number % len(world.rows)
        row = Determination.unscoped.get(pk=world.rows[place].pk)
        if world.sources[place] or row.state == "released":
            continue
        if to is None:
            changing.release(
                actor=office.head, subject=row, at=NOW, ground="harmless", reason="情形变化"
            )
            world.stands[place] = None
        elif to != world.stands[place]:
            changing.change(
                actor=office.head,
                subject=row,
                at=NOW,
                mark=_mark(to),
                ground="harm_changed",
                reason="情形变化",
            )
            world.stands[place] = to
        _fall(world)
        _compare(office, world)
    assert _every_change_tells_what_was(world)
    transaction.savepoint_rollback(mark)


def _build(office: SimpleNamespace, lineage: list) -> SimpleNamespace:
    """Rows as they stand when all is decided; a set names earlier ones as sources."""
    world = SimpleNamespace(rows=[], sources=[], stands=[])
    for number, said in enumerate(lineage):
        derived = isinstance(said, set)
        sources = sorted({n % number for n in said}) if derived else []
        world.sources.append(sources)
        world.stands.append(_from(world, sources) if derived else said)
        world.rows.append(_row(office, number, world.stands[-1], derived=derived))
        with prepared(office.body):
            for source in sources:
                Source.objects.create(
                    label=world.rows[-1].label,
                    derived=world.rows[-1],
                    parent=world.rows[source],
                    mark_text=world.rows[source].mark_text,
                )
    return world


def _row(office: SimpleNamespace, number: int, stand: tuple, *, derived: bool) -> Determination:
    level, days = stand
    people = (office.handler, office.junior, office.director)
    principals = {person_principal(person.pk) for person in people}
    with prepared(office.body):
        label = label_for(
            level=level,
            body=office.body,
            principals=principals | {post_principal("head", office.body.pk)},
            basis="测试",
            on=TODAY,
        )
        return Determination.objects.create(
            label=label,
            body=office.body,
            number=f"定密〔2026〕{number + 1}号",
            name=f"事项{number}",
            manner="derived" if derived else "original",
            likeness="reworked" if derived else "",
            mark_text=_mark(stand),
            period_kind="date",
            counted_from=TODAY,
            expires_on=TODAY + timedelta(days=days),
            proposed_by=office.handler,
            proposed_at=NOW,
            decided_by=office.authority,
            decided_at=NOW,
            state="in_force",
        )


def _mark(stand: tuple) -> str:
    level, days = stand
    return str(Mark(level, Period.until(TODAY + timedelta(days=days))))


def _from(world: SimpleNamespace, sources: list[int]) -> tuple | None:
    """Highest level, latest day, of the sources that still stand; nothing where none does."""
    alive = [world.stands[n] for n in sources if world.stands[n] is not None]
    return (max(x[0] for x in alive), max(x[1] for x in alive)) if alive else None


def _fall(world: SimpleNamespace) -> None:
    for number, sources in enumerate(world.sources):
        if sources and world.stands[number] is not None:
            world.stands[number] = _from(world, sources)


def _compare(office: SimpleNamespace, world: SimpleNamespace) -> None:
    clearances = {
        "handler": Level.SECRET,
        "junior": Level.CONFIDENTIAL,
        "director": Level.TOP_SECRET,
        "peer": None,
    }
    seen = {}
    for key in clearances:
        someone = Person.objects.get(pk=getattr(office, key).pk)
        rows = Determination.objects.visible_to(someone, at=NOW)
        seen[key] = set(rows.values_list("pk", flat=True))
    for row, stand in zip(world.rows, world.stands, strict=True):
        now = Determination.unscoped.select_related("label").get(pk=row.pk)
        level = stand[0] if stand else Level.INTERNAL
        assert now.level == level
        assert now.state == ("in_force" if stand else "released")
        assert now.mark_text == (_mark(stand) if stand else "")
        for key, clearance in clearances.items():
            assert (row.pk in seen[key]) == (clearance is not None and clearance >= level), key


def _every_change_tells_what_was(world: SimpleNamespace) -> bool:
    """The marks that were struck are those the changes went through, in their order."""
    for row in world.rows:
        told = list(
            Change.unscoped.filter(determination=row)
            .order_by("id")
            .values_list("mark_before", flat=True)
        )
        if Determination.unscoped.get(pk=row.pk).struck != told:
            return False
    return True
