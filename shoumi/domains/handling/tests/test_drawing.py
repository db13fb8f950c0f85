"""Drawing up a list: ticked in a table, submitted once, everything typed comes back with a refusal."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shoumi.domains.handling.models import (
    Archiving,
    Carrying,
    Destruction,
    Recall,
    Succession,
)
from shoumi.domains.handling.tests.scene import copies, fresh, given_to, paper
from shoumi.domains.handling.tests.test_archive import finished
from shoumi.domains.handling.views.gathering import DRAWINGS
from shoumi.platform.registers.testing import browser, entries, rows_now

__all__ = ["finished"]

pytestmark = pytest.mark.urls("shoumi.domains.handling.tests.pages")


def page(kind):
    drawing = DRAWINGS[kind]
    return drawing.register.url("create", drawing.verb.slug)


@pytest.fixture
def items(office):
    return copies(paper(office, at=timezone.now()))


def trip(items, **changed):
    today = timezone.localdate()
    return {
        "items": [item.pk for item in items],
        "destination": "岚江省保密局",
        "purpose": "汇报",
        "reason": "汇报年度工作",
        "leaves_on": today,
        "returns_on": today + timedelta(days=1),
        "container": "X-03",
        "measures": "专车往返",
        "_once": "one",
    } | changed


@pytest.mark.clause("carriers.carry.approval")
def test_a_trip_is_asked_for_once_however_often_it_is_sent(office, items):
    client = browser(office.handler)
    first = client.post(page("carry"), trip(items[:2]))
    again = client.post(page("carry"), trip(items[:2]))
    request = Carrying.unscoped.get()
    assert first.status_code == again.status_code == 302 and first["Location"] == again["Location"]
    assert client.get(first["Location"]).status_code == 200
    assert request.lines.model.items_in(carrying=request) == [fresh(i) for i in items[:2]]


@pytest.mark.clause("carriers.carry.purpose")
def test_what_is_refused_comes_back_with_ticks_and_words(office, items):
    before = rows_now()
    answer = browser(office.handler).post(page("carry"), trip(items[:1], reason="会后<探亲>"))
    said = answer.content.decode()
    assert answer.status_code == 422 and "carriers.carry.purpose" in said
    assert f'value="{items[0].pk}" id="i-{items[0].pk}" checked' in said
    assert "会后&lt;探亲&gt;" in said
    assert rows_now() == before


def test_a_missing_answer_is_asked_for_and_nothing_ticked_is_a_refusal(office, items):
    client = browser(office.handler)
    missing = client.post(page("carry"), trip(items[:1], container=""))
    assert missing.status_code == 422 and "专用箱包编号" in missing.content.decode()
    nothing = client.post(page("carry"), trip([]))
    assert nothing.status_code == 422 and "至少选一件" in nothing.content.decode()


@pytest.mark.clause("access.may_know")
def test_a_piece_i_may_not_know_is_neither_listed_nor_taken(office, items):
    hidden = copies(paper(office, people=[office.chief], at=timezone.now()))[0]
    client = browser(office.handler)
    assert hidden.code not in client.get(page("carry")).content.decode()
    answer = client.post(page("carry"), trip([items[0], hidden]))
    assert answer.status_code == 302
    (request,) = Carrying.unscoped.all()
    assert [i.pk for i in request.lines.model.items_in(carrying=request)] == [items[0].pk]


def test_a_foreign_name_is_refused_and_chained(office, items):
    answer = browser(office.handler).post(page("carry"), trip(items[:1], state="out"))
    assert answer.status_code == 403
    assert len(entries("handling.carry.request.denied")) == 1


def test_the_button_stands_on_the_book_of_those_who_may(office, items):
    for kind, who in (("carry", "handler"), ("destroy", "registrar"), ("recall", "registrar")):
        book = DRAWINGS[kind].register.url("list")
        assert page(kind) in browser(getattr(office, who)).get(book).content.decode()
    book = DRAWINGS["destroy"].register.url("list")
    assert page("destroy") not in browser(office.handler).get(book).content.decode()


@pytest.mark.clause("carriers.destroy.who", "carriers.recall", "carriers.archive.handover")
@pytest.mark.parametrize("kind", ["destroy", "recall", "archive"])
def test_the_registrars_lists_are_the_registrars(office, kind):
    answer = browser(office.handler).get(page(kind))
    assert answer.status_code == 403 and "机要员" in answer.content.decode()
    assert browser(office.registrar).get(page(kind)).status_code == 200


def test_the_filter_narrows_and_everything_left_can_be_ticked_without_a_script(office, items):
    other = copies(paper(office, "秘密", at=timezone.now()))
    client = browser(office.registrar)
    said = client.get(page("destroy"), {"q": "000002", "all": "1"}).content.decode()
    assert items[1].code in said and items[0].code not in said
    assert said.count(" checked") == 2
    only = client.get(page("destroy"), {"level": "2"}).content.decode()
    assert other[0].code in only and items[0].code not in only


@pytest.mark.clause("carriers.destroy.approval")
def test_a_destruction_is_proposed(office, items):
    answer = browser(office.registrar).post(
        page("destroy"),
        {
            "items": [i.pk for i in items],
            "appraisal": "已无保存价值",
            "method": "自行粉碎",
            "station": "碎纸机 2 号",
        },
    )
    assert answer.status_code == 302
    assert Destruction.unscoped.get().pieces == 3


@pytest.mark.clause("carriers.recall")
def test_a_recall_is_entered(office, items):
    answer = browser(office.registrar).post(
        page("recall"),
        {
            "items": [i.pk for i in items],
            "issuer": "岚江省保密局",
            "notice": "岚保清〔2026〕1号",
            "due_on": timezone.localdate() + timedelta(days=9),
        },
    )
    assert answer.status_code == 302 and Recall.unscoped.get().pieces == 3


@pytest.mark.clause("documents.archive")
def test_only_finished_papers_are_offered_to_the_archive(office, items, finished):
    client = browser(office.registrar)
    said = client.get(page("archive")).content.decode()
    ready = copies(finished)
    assert ready[0].code in said and items[0].code not in said
    answer = client.post(
        page("archive"),
        {"items": [i.pk for i in ready], "year": 2026, "volume": "01", "remark": ""},
    )
    assert answer.status_code == 302 and Archiving.unscoped.get().pieces == 3


@pytest.mark.clause("carriers.handover")
def test_one_hands_over_ones_own_and_the_registrar_that_of_others(office, items):
    given_to(office, office.handler, items, at=timezone.now())
    given = {
        "items": [items[0].pk],
        "receiver": office.chief.pk,
        "reason": "调岗",
        "where": "机要室",
    }
    own = browser(office.handler)
    assert items[0].code in own.get(page("handover")).content.decode()
    assert own.post(page("handover"), given).status_code == 302
    registrar = browser(office.registrar)
    assert items[1].code not in registrar.get(page("handover")).content.decode()
    chosen = {"giver": office.handler.pk}
    said = registrar.get(page("handover"), chosen | {"all": "1"}).content.decode()
    assert items[1].code in said and items[0].code not in said
    answer = registrar.post(page("handover"), given | chosen | {"items": [items[1].pk]})
    assert answer.status_code == 302
    assert {s.asked_by for s in Succession.unscoped.all()} == {office.handler, office.registrar}


@pytest.mark.clause("carriers.one_holder")
def test_a_piece_taken_meanwhile_is_a_conflict(office, items):
    given = trip(items[:1], _once="a")
    assert browser(office.handler).post(page("carry"), given).status_code == 302
    late = browser(office.chief).post(page("carry"), trip(items[:1], _once="b"))
    assert late.status_code == 409 and "刚被他人申请" in late.content.decode()
