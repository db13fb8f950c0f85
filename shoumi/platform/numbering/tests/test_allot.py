"""Numbers run 1, 2, 3: without gaps, without twins, per body, series and year."""

import pytest
from django.db import connection

from conftest import NOW, prepared
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.numbering.models import Counter
from shoumi.platform.numbering.services import allot
from shoumi.platform.trail.guard import UnrecordedWrite

TAKE = Action("test.numbering.take", "取号", clause="trail.entry")


def take(office, *, series="documents.incoming", year=2026, refuse=False):
    with act(office.registrar, TAKE, at=NOW):
        number = allot(series, body=office.body, year=year)
        if refuse:
            raise Refusal("不行", clause="trail.entry")
    return number


def test_two_refusals_leave_no_gap(office):
    assert take(office) == 1
    for _ in range(2):
        with pytest.raises(Refusal):
            take(office, refuse=True)
    assert take(office) == 2


def test_the_first_number_refused_is_given_again(office):
    with pytest.raises(Refusal):
        take(office, refuse=True)
    assert not Counter.objects.exists()
    assert take(office) == 1


def test_series_years_and_bodies_count_apart(office):
    assert take(office) == 1
    assert take(office, year=2027) == 1
    assert take(office, series="documents.outgoing") == 1
    with prepared(office.other):
        assert allot("documents.incoming", body=office.other, year=2026) == 1
    assert take(office) == 2
    assert str(Counter.objects.get(body=office.body, year=2027)) == "documents.incoming/2027:1"


def test_whoever_comes_second_reads_again(office):
    """Another act takes the number between our reading and our writing."""
    take(office)
    intruded = []

    def intrude(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and not intruded:
            intruded.append(sql)
            Counter.objects.update(last=2)
        return execute(sql, params, many, context)

    with prepared(office.body), connection.execute_wrapper(intrude):
        assert allot("documents.incoming", body=office.body, year=2026) == 3


def test_no_number_is_given_outside_an_act(office):
    with pytest.raises(UnrecordedWrite):
        allot("documents.incoming", body=office.body, year=2026)
