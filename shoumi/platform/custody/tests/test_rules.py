"""The questions of the ledger, each answered without a database."""

import pytest

from shoumi.kernel.levels import Label, Level, Subject
from shoumi.platform.custody import rules

L = Level


@pytest.mark.parametrize("level", list(L))
@pytest.mark.parametrize("limit", list(L))
@pytest.mark.parametrize("sealed_safe", [True, False])
def test_a_place_holds_what_its_limit_and_its_locks_allow(level, limit, sealed_safe):
    fault = rules.placing_fault(level=level, limit=limit, sealed_safe=sealed_safe, name="柜")
    if level > limit:
        assert fault.clause == "carriers.place"
    elif level == L.TOP_SECRET and not sealed_safe:
        assert fault.clause == "carriers.place.top_secret"
    else:
        assert fault is None


@pytest.mark.parametrize(
    ("subject", "clause"),
    [
        (Subject(1, L.SECRET, frozenset({"p:1"})), None),
        (Subject(1, L.CONFIDENTIAL, frozenset({"p:1"})), "access.may_know"),
        (Subject(1, L.SECRET, frozenset({"p:2"})), "access.may_know"),
        (Subject(1, L.SECRET, frozenset({"p:1"}), True), "access.exit_period"),
    ],
)
def test_a_receiver_is_cleared_listed_and_not_on_the_way_out(subject, clause):
    fault = rules.receiving_fault(subject, Label(L.SECRET, frozenset({"p:1"})))
    assert (fault.clause if fault else None) == clause


@pytest.mark.parametrize(
    ("from_person", "to_person", "to_registry", "clause"),
    [
        (True, True, False, "circulation.no_passing"),
        (True, False, False, "carriers.signed"),
        (True, False, True, None),
        (False, True, False, None),
        (False, False, False, None),
    ],
)
def test_a_reader_gives_to_the_registry_alone(from_person, to_person, to_registry, clause):
    fault = rules.passing_fault(
        from_person=from_person, to_person=to_person, to_registry=to_registry
    )
    assert (fault.clause if fault else None) == clause


@pytest.mark.parametrize(
    ("expected", "now", "seen", "scans", "lost", "verdict"),
    [
        (1, 1, 1, 1, False, "found"),
        (1, 1, 2, 1, False, "misplaced"),
        (1, 2, 2, 1, False, "found"),
        (1, 2, 1, 1, False, "found"),
        (1, 2, 3, 1, False, "misplaced"),
        (1, 1, None, 1, False, "misplaced"),
        (None, 2, 1, 1, False, "misplaced"),
        (None, 1, 1, 1, False, "found"),
        (1, 1, None, 0, False, "missing"),
        (1, 2, None, 0, False, "moved"),
        (1, 9, None, 0, True, "missing"),
    ],
)
def test_a_count_finds(expected, now, seen, scans, lost, verdict):
    found = rules.finding(expected=expected, now=now, seen=seen, scans=scans, lost=lost)
    assert found == verdict
