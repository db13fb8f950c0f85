"""Pages of what one may know: the very rows that the table itself would show, however they are reached."""

import pytest

from conftest import NOW, prepared
from shoumi.domains.documents.models import Document
from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import written
from shoumi.kernel.levels import Level
from shoumi.platform.access import paging
from shoumi.platform.access.paging import VisiblePaginator, newest_labels
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import subject_of

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


def paginator(person, size=2, **conditions):
    rows = Document.objects.visible_to(person, at=NOW).filter(**conditions)
    return VisiblePaginator(rows.order_by("-label_id", "-id"), size, reader=person, at=NOW)


def turned(pages):
    return [row.pk for number in pages.page_range for row in pages.page(number)]


@pytest.fixture(params=["as shipped", "behind newer labels", "the table itself"])
def reach(request, office, papers, monkeypatch):
    """What one may know lies on top, or below newer labels of other things, or deeper than is sought."""
    if request.param == "as shipped":
        return
    people = {f"p:{getattr(office, key).pk}" for key in ("registrar", "handler")}
    people.add(f"t:registrar@{office.body.pk}")
    with prepared(office.body):
        for _ in range(40):
            label_for(
                level=Level.INTERNAL, body=office.body, principals=people, basis="", on=office.today
            )
    monkeypatch.setattr(paging, "FIRST", 1)
    if request.param == "the table itself":
        monkeypatch.setattr(paging, "DEEPEST", 30)


@pytest.mark.usefixtures("reach")
@pytest.mark.parametrize("key", ["registrar", "handler", "leaver", "auditor"])
def test_all_pages_together_are_what_one_may_know_newest_first(office, papers, key):
    person = getattr(office, key)
    rows = Document.objects.visible_to(person, at=NOW).order_by("-label_id", "-id")
    pages = paginator(person)
    assert turned(pages) == [row.pk for row in rows]
    assert pages.count == rows.count()


@pytest.mark.usefixtures("reach")
def test_a_rare_filter_still_fills_its_page(office, papers):
    oldest = papers[0]
    assert turned(paginator(office.registrar, pk=oldest.pk)) == [oldest.pk]


def test_the_count_stops_where_nobody_turns_any_more(office, papers, monkeypatch):
    assert not paginator(office.registrar).is_more
    monkeypatch.setattr(paging, "COUNTED", 4)
    pages = paginator(office.registrar)
    assert pages.is_more
    assert pages.count == 5


def test_the_newest_labels_say_how_far_down_they_are_complete(office, papers):
    subject = subject_of(office.handler, NOW)
    known, cutoff = newest_labels(subject, on=office.today, depth=2)
    assert cutoff == papers[3].label_id
    assert {papers[6].label_id, papers[3].label_id} <= set(known)
    everything, none = newest_labels(subject, on=office.today, depth=100)
    assert none == 0
    assert papers[0].label_id in everything


def test_visible_rows_may_be_written_within_an_act(office, papers):
    with prepared(office.body):
        rows = Document.objects.visible_to(office.handler, at=NOW)
        assert rows.update(urgency=papers[0].urgency) == 3
