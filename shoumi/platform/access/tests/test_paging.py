"""Pages of what one may know: the very rows that the table itself would show, however they are reached."""

import pytest

from conftest import NOW, prepared
from shoumi.domains.documents.models import Document
from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import written
from shoumi.kernel.levels import Level
from shoumi.platform.access import paging
from shoumi.platform.access.models import Label
from shoumi.platform.access.paging import VisiblePaginator, where_related
from shoumi.platform.access.subjects import subject_of
from shoumi.platform.directory.models import Person

pytestmark = pytest.mark.clause("access.may_know")


@pytest.fixture
def papers(office):
    """Nine papers, every third of them known to 单平 too."""
    made = []
    for number in range(9):
        people = [office.handler] if number % 3 == 0 else []
        told = written(office, people=people, copies=1, copy_numbers=f"{number + 1:06d}")
        made.append(receive(actor=office.registrar, at=NOW, **told))
    return made


def paginator(person, size=2, sort=(), **conditions):
    rows = Document.objects.visible_to(person, at=NOW).filter(**conditions)
    return VisiblePaginator(rows.order_by("-id"), size, reader=person, at=NOW, sort=sort)


def turned(pages):
    return [row.pk for number in pages.page_range for row in pages.page(number)]


@pytest.fixture(params=["listed on few labels", "listed on more"])
def reach(request, office, papers, monkeypatch):
    """The list begins with the labels of the reader, or with the rows."""
    if request.param == "listed on more":
        monkeypatch.setattr(paging, "FEW", 1)


@pytest.mark.usefixtures("reach")
@pytest.mark.parametrize("key", ["registrar", "handler", "leaver", "auditor", "stranger"])
def test_all_pages_together_are_what_one_may_know_newest_first(office, papers, key):
    person = getattr(office, key)
    rows = Document.objects.visible_to(person, at=NOW).order_by("-id")
    pages = paginator(person)
    assert turned(pages) == [row.pk for row in rows]
    assert pages.count == rows.count()


@pytest.mark.usefixtures("reach")
def test_a_rare_filter_still_fills_its_page(office, papers):
    oldest = papers[0]
    assert turned(paginator(office.registrar, pk=oldest.pk)) == [oldest.pk]


@pytest.mark.usefixtures("reach")
def test_a_short_list_is_sorted_as_asked(office, papers):
    assert turned(paginator(office.registrar, sort=["id"])) == [p.pk for p in papers]


def test_the_count_stops_where_nobody_turns_any_more_and_nothing_is_sorted(
    office, papers, monkeypatch
):
    assert not paginator(office.registrar).is_more
    monkeypatch.setattr(paging, "COUNTED", 4)
    pages = paginator(office.registrar, sort=["id"])
    assert pages.is_more
    assert pages.count == 4
    assert turned(pages) == [p.pk for p in papers[:-5:-1]]


def test_a_page_asks_three_times_however_many_rows(office, papers, django_assert_num_queries):
    for size in (2, 50):
        reader = Person.objects.get(pk=office.handler.pk)
        subject_of(reader, NOW)
        with django_assert_num_queries(3):
            list(paginator(reader, size=size).page(1))


@pytest.mark.usefixtures("reach")
@pytest.mark.parametrize("level", [Level.PUBLIC, Level.SECRET])
def test_rows_of_a_level_are_found_from_either_end(office, papers, level):
    rows = Document.objects.visible_to(office.registrar, at=NOW)
    found = where_related(rows, Label, key="label_id", level=level)
    assert {row.pk for row in found} == {p.pk for p in papers if p.level == level}


def test_visible_rows_may_be_written_within_an_act(office, papers):
    with prepared(office.body):
        rows = Document.objects.visible_to(office.handler, at=NOW)
        assert rows.update(urgency=papers[0].urgency) == 3
