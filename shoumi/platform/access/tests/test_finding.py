"""Words are found where they stand, from an index that follows every act and never decides by itself."""

import pytest

from conftest import NOW, prepared
from shoumi.desk.search import search
from shoumi.domains.documents.models import Copy, Document
from shoumi.domains.documents.services.correcting import correct
from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import written
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access import paging
from shoumi.platform.access.finding import labels_with, pieces, rebuild
from shoumi.platform.access.models import SearchWords
from shoumi.platform.custody.models import Item
from shoumi.platform.registers.testing import browser

pytestmark = pytest.mark.clause("access.may_know")
TITLES = ("关于做好节前保密检查的通知", "关于移交机要室钥匙的通知", "关于调整交通班车的通知")


@pytest.fixture
def papers(office):
    """Three papers; 单平 is listed on the second."""
    made = []
    for number, title in enumerate(TITLES, 1):
        people = [office.handler] if number == 2 else []
        told = written(office, title=title, people=people, copies=1, copy_numbers=f"{number:06d}")
        made.append(receive(actor=office.registrar, at=NOW, **told))
    return made


def test_words_are_named_by_their_label(office, papers):
    kept = SearchWords.objects.order_by("label_id")[0]
    assert str(kept) == str(kept.label_id)


def words():
    return dict(SearchWords.objects.values_list("label_id", "words"))


def corrected(office, paper, **changed):
    kept = ("issuer", "title", "issue_number", "issued_on", "reply_due", "remark")
    told = {name: getattr(paper, name) for name in kept} | {"reason": "漏字"} | changed
    return correct(actor=office.registrar, subject=paper, at=NOW, **told)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("机要室", {"机要", "要室"}),
        ("岚办发〔2025〕77号", {"岚办", "办发", "202", "025"}),
        ("gyZH1", {"gyz", "yzh", "zh1"}),
        ('a "b" _c_ 密', set()),
        ("", set()),
    ],
)
def test_a_piece_is_neighbours_with_nothing_between(text, found):
    assert pieces(text) == found


def test_every_way_to_name_a_row_leads_to_its_label(papers):
    paper = papers[1]
    item = Copy.unscoped.get(document=paper).item
    letters = paper.initials.split()[0][:3]
    ways = {
        Document: ("机要", "钥匙的", paper.number, paper.issue_number, letters),
        Item: (item.name, item.code),
        Copy: (paper.number, item.code, "000002"),
    }
    for model, texts in ways.items():
        for text in texts:
            assert paper.label_id in labels_with(model, text, most=3), text
    assert labels_with(Document, "机要室", most=3) == [paper.label_id]
    assert labels_with(Document, "班车钥匙", most=3) == []
    assert labels_with(Item, "机要室", most=3) == []


def test_too_short_a_word_and_what_stands_everywhere_are_no_place_to_begin(papers):
    assert labels_with(Document, "匙", most=3) is None
    assert labels_with(Document, "02", most=3) is None
    assert labels_with(Document, "通知", most=2) is None
    assert len(labels_with(Document, "通知", most=3)) == 3


def test_a_corrected_title_is_found_by_its_new_words_only(office, papers):
    corrected(office, papers[2], title="关于调整值班电话的通知")
    assert labels_with(Document, "值班电话", most=3) == [papers[2].label_id]
    assert labels_with(Document, "班车", most=3) == []


def test_what_an_act_did_not_do_left_no_words(office, papers):
    before = words()
    with pytest.raises(Refusal):
        corrected(office, papers[2], title="关于调整值班电话的通知", reason="")
    with pytest.raises(ZeroDivisionError), prepared(office.body):
        Document.unscoped.filter(pk=papers[0].pk).update(title="关于别的事的通知")
        raise ZeroDivisionError
    assert words() == before


def test_only_an_act_that_changes_words_writes_them(office, papers):
    SearchWords.objects.update(words="空白")
    with prepared(office.body):
        Item.unscoped.update(state=Item.State.RESERVED)
        Document.unscoped.update(remark="已阅")
    assert set(words().values()) == {"空白"}


def test_words_move_with_a_row_to_another_label_and_go_with_the_row(office, papers):
    first, second, third = papers
    with prepared(office.body):
        Document.unscoped.filter(pk=first.pk).update(label=second.label_id)
        Copy.unscoped.filter(document=third).delete()
    assert labels_with(Document, "节前保密", most=3) == [second.label_id]
    item = Item.unscoped.get(label=third.label_id)
    with prepared(office.body):
        Item.unscoped.filter(pk=item.pk).update(name="一份", code="T-0-0")
    assert labels_with(Item, item.code, most=3) == []
    assert labels_with(Document, "班车", most=3) == [third.label_id]


def test_made_anew_the_words_are_the_same(papers):
    before = words()
    SearchWords.objects.filter(pk=papers[0].label_id).delete()
    SearchWords.objects.filter(pk=papers[1].label_id).update(words="错误")
    assert labels_with(Document, "机要室", most=3) == []
    assert rebuild() == 3
    assert words() == before
    assert labels_with(Document, "机要室", most=3) == [papers[1].label_id]


@pytest.mark.parametrize("few", [1, 2, 3_000])
def test_a_reader_finds_the_same_from_either_end(office, papers, monkeypatch, few):
    """From the labels of the reader, from the labels of the words, or row by row."""
    monkeypatch.setattr(paging, "FEW", few)
    seen = {"钥匙": [1], "通知": [2, 1, 0], "知": [2, 1, 0], "班车钥匙": [], "班车": [2]}
    for text, known in seen.items():
        numbers = [papers[n].number for n in known]
        mine = [papers[n].number for n in known if n == 1]
        for person, expected in ((office.registrar, numbers), (office.handler, mine)):
            groups = search(text, reader=person, at=NOW)
            found = [row.name for g in groups for row in g.rows if g.title == "收文"]
            assert found == expected, text
    page = browser(office.registrar).get("/documents/", {"q": "关于 钥匙"}).content.decode()
    assert [paper.number in page for paper in papers] == [False, True, False]


def test_the_index_never_shows_what_the_rows_do_not_say(office, papers, monkeypatch):
    monkeypatch.setattr(paging, "FEW", 1)
    said = words()[papers[1].label_id]
    SearchWords.objects.filter(pk=papers[0].label_id).update(words=said)
    both = sorted(paper.label_id for paper in papers[:2])
    assert sorted(labels_with(Document, "机要室", most=3)) == both
    for person, names in ((office.registrar, [papers[1].number]), (office.peer, [])):
        groups = search("机要室", reader=person, at=NOW)
        assert [row.name for group in groups for row in group.rows] == names
