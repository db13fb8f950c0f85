"""intake.check: the file and its faults are kept, and nothing of what it says is entered."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from conftest import NOW
from shoumi.domains.documents.models import Document
from shoumi.domains.intake.models import Batch, Taken
from shoumi.domains.intake.services import check_ledger, take_in
from shoumi.domains.intake.tests.conftest import REGISTER, Sheet
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.attachments.models import Attachment
from shoumi.platform.attachments.services import plain_bytes
from shoumi.platform.trail.models import Entry
from shoumi.platform.trail.verify import verify


@pytest.mark.clause("intake.check")
def test_what_was_found_is_kept_with_sheet_and_row_and_nothing_is_entered(office, checked):
    batch = checked("documents")
    found = {(f["row"], f["kind"], f["class"]) for f in batch.findings}
    assert found == {
        (3, "borrowed_not_returned", "alert"),
        (6, "missing_at_stocktake", "alert"),
        (7, "missing_period", "reject"),
    }
    assert (batch.rejects, batch.alerts, batch.state) == (1, 2, Batch.State.CHECKED)
    assert batch.totals["all"]["copies"] == 9
    assert Document.unscoped.count() == Taken.unscoped.count() == 0
    assert "甲件" not in Entry.objects.get(event="intake.check").body


def test_the_file_bears_the_highest_level_on_it_and_is_seen_by_its_keepers_only(office, checked):
    batch = checked("documents")
    assert batch.level is Level.SECRET
    assert Attachment.unscoped.get(owner=f"intake.batch:{batch.pk}").label_id == batch.label_id
    for key, sees in (
        ("registrar", True),
        ("director", True),
        ("handler", False),
        ("sysadmin", False),
    ):
        seen = Batch.objects.visible_to(getattr(office, key), at=NOW).filter(pk=batch.pk)
        assert seen.exists() is sees, key
    people = checked("people")
    assert people.level is Level.INTERNAL
    assert Batch.objects.visible_to(office.secadmin, at=NOW).filter(pk=people.pk).exists()


def test_each_ledger_is_checked_by_the_post_that_answers_for_it(office, sent):
    for kind, wrong in (
        ("documents", "office"),
        ("people", "registrar"),
        ("computers", "registrar"),
    ):
        with pytest.raises(Denied):
            check_ledger(actor=getattr(office, wrong), kind=kind, upload=sent(kind), at=NOW)
    assert Batch.unscoped.count() == 0


@pytest.mark.clause("grades.shell", "grades.content")
def test_rows_above_the_grade_come_in_as_shells_and_nothing_of_their_content_is_kept(
    office, checked, settings
):
    settings.DEPLOYMENT_GRADE = Level.CONFIDENTIAL
    batch = checked("documents")
    above = [(f["row"], f["essence"]) for f in batch.findings if f["kind"] == "above_grade"]
    said = "机密件高于部署等级，只登记空壳，标题和内容不录入"
    assert above == [(2, said), (6, said)]
    assert batch.level is Level.CONFIDENTIAL
    kept = load_workbook(BytesIO(plain_bytes(Attachment.unscoped.get()))).active
    titles = [cell.value for cell in kept["E"]]
    assert titles == ["标题", None, "乙件", "丙件", "丁件", None, "己件"]
    take_in(actor=office.registrar, subject=batch, at=NOW, good_only=True)
    shells = Document.unscoped.filter(is_shell=True).order_by("register_number")
    assert [(d.title, d.number, d.copies, d.level) for d in shells] == [
        ("", "收文〔2025〕7号", 2, Level.SECRET),
        ("", "收文〔2025〕11号", 1, Level.SECRET),
    ]
    assert "甲件" not in str(list(Taken.unscoped.values_list("values", flat=True)))
    assert verify().findings == []


@pytest.mark.clause("intake.file")
def test_a_file_that_is_no_such_ledger_is_refused_whole(office, sent, folder):
    (folder / "假.xlsx").write_text("姓名,部门")
    with pytest.raises(Refusal, match="改了扩展名"):
        upload = Sheet(folder / "假.xlsx")
        check_ledger(actor=office.registrar, kind="documents", upload=upload, at=NOW)
    with pytest.raises(Refusal, match="没有找到借阅登记簿的表头"):
        upload = sent("documents", [["甲", "乙"], [1, 2]])
        check_ledger(actor=office.registrar, kind="loans", upload=upload, at=NOW)
    assert Batch.unscoped.count() == Attachment.unscoped.count() == 0
    assert [p.name for p in folder.iterdir() if p.is_dir() and p.name.startswith("tmp")] == []


def test_a_ledger_is_held_against_what_came_in_before(office, checked):
    people = checked("people")
    take_in(actor=office.sysadmin, subject=people, at=NOW, good_only=True)
    rows = [
        *REGISTER[:2],
        [
            13,
            "2025-1-9",
            "市委",
            "市委发〔2025〕6号",
            "庚件",
            "机密★20年",
            "31",
            1,
            "任远",
            "2025-1-9",
            "2025-1-10",
        ],
    ]
    rows.append(
        [
            14,
            "2025-7-9",
            "市委",
            "市委发〔2025〕7号",
            "辛件",
            "秘密★9年",
            "32",
            1,
            "无此人",
            "2025-8-9",
            "2025-8-10",
        ]
    )
    kinds = {(f["row"], f["kind"]) for f in checked("documents", rows).findings}
    assert kinds == {(3, "borrower_not_cleared"), (4, "borrower_unknown")}
