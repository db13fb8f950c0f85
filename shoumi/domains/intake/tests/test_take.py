"""intake.take: a checked ledger comes in whole, and everything lies where the old ledger has it."""

from datetime import date

import pytest

from conftest import NOW
from shoumi.domains.documents.models import Copy, Document
from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import written
from shoumi.domains.equipment.models import Device
from shoumi.domains.equipment.selectors import wanting_of
from shoumi.domains.handling.models import Loan
from shoumi.domains.handling.services.borrowing import return_copy
from shoumi.domains.intake.models import Batch, Taken
from shoumi.domains.intake.services import take_in
from shoumi.domains.intake.tests.conftest import REGISTER
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.models import ClearanceRecord
from shoumi.platform.custody.models import Holder, Item, MissingItem, Movement
from shoumi.platform.custody.services import declare_found, enter_opening
from shoumi.platform.directory.models import Person
from shoumi.platform.trail.verify import verify


@pytest.fixture
def taken(office, checked):
    def made(kind, who, rows=None):
        batch = checked(kind, rows)
        return take_in(actor=getattr(office, who), subject=batch, at=NOW, good_only=True)

    return made


@pytest.mark.clause("intake.batch")
def test_papers_keep_their_numbers_and_their_copies_lie_where_the_ledger_has_them(office, taken):
    batch = taken("documents", "registrar")
    assert (batch.state, batch.taken) == (Batch.State.TAKEN, 5)
    assert batch.left_out == [{"sheet": "收文", "row": 7, "why": "国家秘密无保密期限"}]
    papers = {d.title: d for d in Document.unscoped.all()}
    assert {d.title: (d.number, d.mark_text) for d in papers.values()} == {
        "甲件": ("收文〔2025〕7号", "机密★20年"),
        "乙件": ("收文〔2025〕8号", "秘密★10年"),
        "丙件": ("收文〔2025〕9号", "秘密★5年"),
        "丁件": ("收文〔2025〕10号", "内部"),
        "戊件": ("收文〔2025〕11号", "机密★20年"),
    }
    assert papers["丁件"].mark_notes and papers["丁件"].level is Level.INTERNAL
    assert {
        c.copy_number: str(c.item.holder) for c in Copy.unscoped.exclude(document=papers["丁件"])
    } == {
        "000001": str(office.registry),
        "000002": str(office.registry),
        "000005": "任远",
        "000006": "已销毁",
        "000008": "下落不明",
    }
    assert {str(c.item.holder) for c in Copy.unscoped.filter(document=papers["丁件"])} == {
        "业务科（旧账交办）"
    }
    destroyed = Item.unscoped.get(holder__sink=Holder.Sink.DESTROYED)
    kinds = Movement.unscoped.filter(item=destroyed).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["enter", "leave"]
    assert Taken.unscoped.get(number=3).values["lines"][0]["borrowed"] == "2025-1-9"
    assert verify().findings == []


@pytest.mark.clause("carriers.missing")
def test_the_search_for_what_the_old_count_missed_begins_with_the_import(office, taken):
    taken("documents", "registrar")
    missing = MissingItem.unscoped.get()
    assert missing.item.holder.sink == Holder.Sink.MISSING
    assert (missing.last_holder.place, missing.deadline_days) == (office.registry, 60)
    assert missing.deadline == date(2026, 10, 31)
    declare_found(actor=office.registrar, subject=missing, place=office.safe, how="柜后", at=NOW)
    assert Item.unscoped.get(pk=missing.item_id).holder.place == office.safe


def test_an_open_loan_goes_on_and_ends_the_ordinary_way(office, taken):
    taken("documents", "registrar")
    loan = Loan.unscoped.get()
    assert (loan.asked_by, loan.state, loan.due_at.date()) == (
        office.junior,
        "lent",
        date(2025, 2, 8),
    )
    return_copy(actor=office.registrar, subject=loan, at=NOW, intact=True, place=office.safe)
    assert Item.unscoped.get(pk=loan.item_id).holder.place == office.safe


def test_the_running_series_goes_on_after_the_old_numbers_and_is_not_disturbed(office, taken):
    rows = [REGISTER[0], [41, "2026-8-1", *REGISTER[1][2:]], [1, "2026-8-2", *REGISTER[3][2:]]]
    first = receive(actor=office.registrar, at=NOW, **written(office))
    taken("documents", "registrar", rows)
    following = receive(actor=office.registrar, at=NOW, **written(office))
    assert (first.register_number, following.register_number) == (1, 43)
    old = Document.unscoped.filter(remark__startswith="旧台账").order_by("register_number")
    # The number 1 was given already, so that the old 1 gets the next free one.
    assert [d.register_number for d in old] == [41, 42]


def test_all_rows_come_in_only_when_none_has_to_be_decided_upon(office, checked):
    batch = checked("documents")
    with pytest.raises(Refusal, match="不能全部入账"):
        take_in(actor=office.registrar, subject=batch, at=NOW)
    batch.refresh_from_db()
    assert (batch.state, Document.unscoped.count()) == (Batch.State.CHECKED, 0)
    with pytest.raises(Denied):
        take_in(actor=office.director, subject=batch, at=NOW, good_only=True)
    take_in(actor=office.registrar, subject=batch, at=NOW, good_only=True)
    with pytest.raises(Stale):
        take_in(actor=office.registrar, subject=batch, at=NOW, good_only=True)


def test_nothing_is_half_imported(office, checked, monkeypatch):
    """The second lot of entries fails, and the first is not there either."""
    monkeypatch.setattr("shoumi.domains.intake.services.papers.AT_ONCE", 2)
    batch, seen = checked("documents"), []

    def failing(lines, **given):
        seen.append(lines)
        if len(seen) == 2:
            raise RuntimeError("disk full")
        return enter_opening(lines, **given)

    monkeypatch.setattr("shoumi.domains.documents.services.old_papers.enter_opening", failing)
    with pytest.raises(RuntimeError):
        take_in(actor=office.registrar, subject=batch, at=NOW, good_only=True)
    assert Document.unscoped.count() == Item.unscoped.count() == Taken.unscoped.count() == 0
    batch.refresh_from_db()
    assert batch.state == Batch.State.CHECKED


def test_people_come_in_without_account_post_or_clearance(office, taken):
    before = Person.objects.count(), ClearanceRecord.objects.count()
    batch = taken("people", "sysadmin")
    assert [row["row"] for row in batch.left_out] == [3]
    one, gone = Person.objects.get(name="钟大"), Person.objects.get(name="钟三")
    assert (one.account, one.is_active, one.has_usable_password()) == (None, False, False)
    assert (gone.active, gone.department.name) == (False, "新设科")
    # 任远 of the same department is there already.
    assert (Person.objects.count(), ClearanceRecord.objects.count()) == (before[0] + 2, before[1])


def test_computers_come_in_with_code_level_keeper_and_every_value(office, taken):
    batch = taken("computers", "office")
    assert [row["row"] for row in batch.left_out] == [3]
    items = {i.name: i for i in Item.unscoped.filter(kind=Item.Kind.COMPUTER)}
    assert {n: (i.level, str(i.holder)) for n, i in items.items()} == {
        "涉-1": (Level.SECRET, "单平"),
        "涉-3": (Level.CONFIDENTIAL, "已销毁"),
    }
    assert Taken.unscoped.get(number=2).values["ip"] == "10.0.0.1"
    devices = {d.number: d for d in Device.unscoped.select_related("first", "item")}
    assert {n: (d.item, d.network, d.state) for n, d in devices.items()} == {
        "涉-1": (items["涉-1"], "classified", "in_use"),
        "涉-3": (items["涉-3"], "standalone", "disposed"),
    }
    assert (devices["涉-1"].first, devices["涉-1"].serial) == (office.handler, "A1")
    # It is judged by what it does next: what an old ledger never told is wanting.
    wanting = {one.clause for one in wanting_of(devices["涉-1"], at=NOW)}
    assert {"equipment.acceptance", "equipment.persons.three"} <= wanting


def test_a_loan_book_hands_what_is_out_to_its_borrower(office, taken):
    taken("documents", "registrar")
    batch = taken("loans", "registrar")
    assert [row["row"] for row in batch.left_out] == [4]
    loan = Loan.unscoped.get(asked_by=office.handler)
    assert loan.item.holder.person == office.handler
    assert Copy.unscoped.get(item=loan.item).copy_number == "000002"
