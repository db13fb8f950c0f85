"""Finding, figures and rules: only what one may know is found, counted, or read."""

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import NOW
from shoumi.desk.search import MOST, search
from shoumi.desk.statistics import figures
from shoumi.domains.documents.models import Copy, Document
from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import written
from shoumi.platform.access.subjects import subject_of
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Person
from shoumi.platform.registers.testing import browser
from shoumi.platform.rulebook.source import rulebook

OUTSIDE = ("peer", "junior", "newcomer", "lapsed", "leaver", "stranger")
OFFICERS = ("sysadmin", "secadmin", "auditor")


@pytest.fixture
def paper(office):
    """关于重要会议保障的通知, 机密, known to the registrar and 单平."""
    return receive(actor=office.registrar, at=NOW, **written(office, people=[office.handler]))


def found(person, text):
    reader = Person.objects.get(pk=person.pk)
    return [
        row.name for group in search(text, reader=reader, at=timezone.now()) for row in group.rows
    ]


def asked(paper):
    """Every way in which somebody looks for the paper."""
    item = Copy.unscoped.filter(document=paper).first().item
    return {
        "a piece of the title": ("会议保障", paper.number),
        "the whole title": (paper.title, paper.number),
        "a piece of the number": (paper.number[-4:], paper.number),
        "the whole number": (paper.number, paper.number),
        "a piece of the issuer": ("江省保密", paper.number),
        "the issuer's number": ("岚保〔2026〕7号", paper.number),
        "the issuer's number in other brackets": ("岚保[2026]7号", paper.number),
        "its register number": (str(paper.register_number), paper.number),
        "initials": (paper.initials.split()[0][:4], paper.number),
        "initials in capitals": (paper.initials.split()[0][:4].upper(), paper.number),
        "the code on the carrier": (item.code, item.name),
        "the name of the carrier": (item.name, item.name),
    }


WAYS = [
    "a piece of the title",
    "the whole title",
    "a piece of the number",
    "the whole number",
    "a piece of the issuer",
    "the issuer's number",
    "the issuer's number in other brackets",
    "its register number",
    "initials",
    "initials in capitals",
    "the code on the carrier",
    "the name of the carrier",
]


@pytest.mark.clause("access.may_know")
@pytest.mark.parametrize("way", WAYS)
def test_who_may_know_finds_it_and_nobody_else_does(office, paper, way):
    text, name = asked(paper)[way]
    for key in ("registrar", "handler"):
        assert name in found(getattr(office, key), text), key
    for key in OUTSIDE + OFFICERS:
        assert found(getattr(office, key), text) == [], key


@pytest.mark.parametrize("text", ["", "   ", "无此文件", "99999999999", "ZZZZ", "%", "_"])
def test_what_is_not_there_is_not_found(office, paper, text):
    assert found(office.handler, text) == []


@pytest.mark.clause("access.may_know")
def test_the_page_says_the_same_for_what_is_hidden_and_what_is_not_there(office, paper):
    client = browser(office.peer)
    hidden = client.get("/search/", {"q": "会议保障"}).content.decode()
    missing = client.get("/search/", {"q": "会议保阵"}).content.decode()
    assert "没有找到" in hidden
    assert paper.number not in hidden
    assert len(hidden) == len(missing)


def test_the_page_leads_to_the_paper_and_opens_empty(office, paper):
    client = browser(office.handler)
    said = client.get("/search/", {"q": "会议保障"}).content.decode()
    assert f'href="{reverse("documents-detail", args=[paper.pk])}"' in said
    assert "没有找到" not in client.get("/search/").content.decode()


def test_only_the_newest_twenty_are_listed_and_the_page_says_so(office):
    for number in range(MOST + 1):
        told = written(office, people=[office.handler], copies=1, copy_numbers=f"{number + 1:06d}")
        receive(actor=office.registrar, at=NOW, **told)
    groups = search("会议保障", reader=office.handler, at=NOW)
    papers = next(g for g in groups if g.title == "收文")
    assert (len(papers.rows), papers.is_more) == (MOST, True)
    said = browser(office.handler).get("/search/", {"q": "会议保障"}).content.decode()
    assert "只列出前 20 条" in said


@pytest.mark.clause("access.may_know")
@pytest.mark.parametrize("key", ["registrar", "handler", "peer", "head", "stranger"])
def test_every_figure_is_a_count_of_rows_one_may_know(office, paper, key):
    receive(actor=office.registrar, at=NOW, **written(office, mark="", copies=1, copy_numbers=""))
    person = getattr(office, key)
    shown = figures(reader=person, at=NOW)
    papers = Document.objects.visible_to(person, at=NOW)
    items = Item.objects.visible_to(person, at=NOW).exclude(state=Item.State.GONE)
    assert sum(n for _, n, _ in shown.by_level) == papers.count()
    assert sum(n for _, n, _ in shown.by_state) == papers.count()
    assert sum(n for _, n, _ in shown.by_month) == papers.count()
    assert sum(n for _, n, _ in shown.by_holder) == items.count()
    assert shown.cards[0][:2] == ("在管载体", items.count())
    assert len(shown.by_month) == 12
    assert [name for name, _, _ in shown.by_month][-1] == "2026-09"
    assert subject_of(person, NOW).person == person.pk


def test_a_bar_leads_to_exactly_the_rows_it_counts(office, paper):
    client = browser(office.registrar)
    for _, number, address in figures(reader=office.registrar, at=NOW).by_level:
        said = client.get(address).content.decode()
        assert number == 1
        assert paper.number in said


@pytest.mark.parametrize(
    ("key", "status"),
    [("registrar", 200), ("office", 200), ("director", 200), ("leader", 200), ("head", 200)]
    + [(k, 404) for k in ("handler", "peer", *OFFICERS)],
)
def test_figures_are_for_those_who_keep_or_oversee_the_registry(office, paper, key, status):
    assert browser(getattr(office, key)).get("/statistics/").status_code == status


def test_every_regulation_and_every_clause_opens(office):
    client = browser(office.handler)
    contents = client.get("/rulebook/").content.decode()
    for regulation in rulebook().regulations:
        assert f"/rulebook/{regulation.id}/" in contents
        said = client.get(f"/rulebook/{regulation.id}/").content.decode()
        for one in regulation.clauses:
            assert f"/rulebook/clause/{one.id}/" in said
    for key, one in list(rulebook().clauses.items())[::9]:
        answer = client.get(f"/rulebook/clause/{key}/")
        assert answer.status_code == 200
        assert one.title in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/rulebook/nothing/", "/rulebook/clause/nothing.at.all/", "/rulebook/clause/access/"],
)
def test_what_no_rulebook_has_is_not_found(office, address):
    assert browser(office.handler).get(address).status_code == 404


def test_a_clause_counts_how_often_it_was_borne_out_in_ones_own_body(office, paper):
    kept = [
        key
        for key, one in rulebook().clauses.items()
        if any(c.point == "documents.receive" for c in one.controls)
    ]
    address = f"/rulebook/clause/{kept[0]}/"
    assert "<dd>0 次" not in browser(office.handler).get(address).content.decode()
    assert "<dd>0 次" in browser(office.stranger).get(address).content.decode()
