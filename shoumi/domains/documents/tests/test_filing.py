"""documents.file.*, .lapse, .meeting: classes, the file and its check, lapses, papers brought from meetings."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY, prepared
from shoumi.domains.documents.models import Attendance, FilingCheck, FilingLine, Lapse
from shoumi.domains.documents.registers import FILED, RECEIVED
from shoumi.domains.documents.rules.classes import Category, category_of, file_number
from shoumi.domains.documents.selectors import copies_of
from shoumi.domains.documents.services.correcting import correct, review
from shoumi.domains.documents.services.deciding import close, instruct, propose, report
from shoumi.domains.documents.services.filing import check_files, remedied
from shoumi.domains.documents.services.lapses import register_lapse
from shoumi.domains.documents.services.meetings import announce, hand_in, nothing_brought
from shoumi.domains.handling.services import destroying
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.obligations.due import due_fixed
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import raise_duty, seed_calendar
from shoumi.platform.trail.models import Entry
from shoumi.platform.trail.verify import verify

LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def calendar(office):
    seed_calendar(office.system, NOW)


def finished(office, paper, **given):
    propose(actor=office.director, subject=paper, at=NOW, addressee=office.leader, text="拟阅。")
    instruct(actor=office.leader, subject=paper, at=NOW, text="阅。")
    close(actor=office.registrar, subject=paper, at=LATER, **given)
    return paper


@pytest.mark.clause("documents.file.category")
@pytest.mark.parametrize(
    ("title", "category"),
    [
        ("关于报送年度总结的通知", "notices"),
        ("关于增设岗位的请示", "requests"),
        ("关于增设岗位的批复（秘密）", "requests"),
        ("上半年工作情况报告", "reports"),
        ("涉密文件管理办法（试行）", "rules"),
        ("关于某同志任职的决定", "orders"),
        ("采购合同", "contracts"),
        ("关于商请支持的函", "letters"),
        ("业务资料汇编", ""),
    ],
)
def test_the_last_word_of_a_title_names_its_class(title, category):
    assert category_of(title) == category


@pytest.mark.clause(
    "documents.file", "documents.file.category", "documents.file.standard", "documents.index"
)
def test_a_finished_paper_has_its_class_its_number_and_its_term(office, receipt):
    notice = finished(office, receipt())
    assert (notice.file_number, notice.keep_years) == ("档〔2026〕5-1号", 10)
    unclear = receipt(title="业务资料汇编", copy_numbers="4-6")
    with pytest.raises(Refusal) as caught:
        finished(office, unclear)
    assert caught.value.clause == "documents.file.category"
    close(actor=office.registrar, subject=unclear, at=LATER, category="orders")
    assert (unclear.file_number, unclear.kept) == ("档〔2026〕1-1号", "永久")
    again = finished(office, receipt(copy_numbers="7-9"))
    assert again.file_number == file_number("notices", 2026, 2)
    mine = FILED.visible(office.registrar, at=LATER)
    assert mine.filter(category=Category.NOTICES).count() == 2
    assert not FILED.visible(office.peer, at=LATER).exists()
    assert "file_number" in RECEIVED.search


@pytest.mark.clause("documents.file.check")
def test_the_files_of_a_year_are_gone_through_piece_by_piece(office, receipt):
    with prepared(office.body):
        raise_duty(
            kind="recurring.filing_check",
            clause="documents.file.check",
            text="档案核查",
            due=due_fixed(LATER),
            at=NOW,
            body=office.body,
            post="registrar",
            period="2026H2",
        )
    with pytest.raises(Refusal):
        check_files(actor=office.registrar, at=LATER, year=2026)
    first = finished(office, receipt())
    finished(office, receipt(copy_numbers="4-6"))
    asked = {"actor": office.registrar, "at": LATER, "year": 2026}
    for wrong in ({"faulty": "档〔2026〕9-9号"}, {"faulty": first.file_number}):
        with pytest.raises(Refusal):
            check_files(**asked, **wrong)
    check = check_files(**asked, faulty=f"{first.file_number}、", remedy="向来文单位补领")
    assert (check.pieces, check.faults, check.number) == (2, 1, "核〔2026〕1号")
    lines = FilingLine.objects.visible_to(office.registrar, at=LATER).filter(check_of=check)
    assert {line.document_id: line.found for line in lines}[first.pk] == "at_fault"
    assert Duty.objects.get(kind="recurring.filing_check").state == Duty.State.DONE
    assert Duty.objects.get(kind="documents.filing.remedy").state == Duty.State.OPEN
    remedied(actor=office.registrar, subject=check, at=LATER)
    with pytest.raises(Stale):
        remedied(actor=office.registrar, subject=check, at=LATER)
    assert FilingCheck.objects.visible_to(office.registrar, at=LATER).get().remedied_at == LATER
    assert verify().is_whole


@pytest.mark.clause("documents.file.whole")
def test_what_is_on_file_leaves_it_only_with_an_approval(office, receipt):
    paper = finished(office, receipt())
    assert FILED.visible(office.registrar, at=LATER).get().file_number == paper.file_number
    items = [copy.item for copy in copies_of(paper, reader=office.registrar, at=LATER)]
    request = destroying.propose(
        actor=office.registrar,
        at=LATER,
        items=items,
        appraisal="已过保存期",
        method="自行粉碎",
        station="机要室碎纸机 2 号",
    )
    with pytest.raises(Refusal):
        destroying.execute(
            actor=office.registrar, subject=request, at=LATER, counted=3, witness=office.handler
        )
    written = Entry.objects.values_list("event", flat=True)
    assert {"documents.receive", "documents.close", "handling.destroy.propose"} <= set(written)


@pytest.mark.clause("documents.lapse", "documents.steps")
def test_lapses_of_four_kinds_are_noted_by_the_program_and_by_hand(office, receipt):
    paper = receipt()
    correct(
        actor=office.registrar,
        subject=paper,
        at=LATER,
        reason="误录",
        issuer="岚江省保密局",
        title=paper.title,
        issue_number="岚保〔2026〕8号",
        issued_on=paper.issued_on,
    )
    tomorrow = NOW + timedelta(days=2)
    propose(
        actor=office.director, subject=paper, at=tomorrow, addressee=office.leader, text="拟阅。"
    )
    instruct(actor=office.leader, subject=paper, at=tomorrow, text="办。", handler=office.handler)
    report(actor=office.handler, subject=paper, at=tomorrow + timedelta(days=3), text="已办。")
    given = {"subject": paper, "at": tomorrow, "kind": "lost", "person": office.handler}
    with pytest.raises(Refusal):
        register_lapse(actor=office.registrar, **given, what=" ")
    with pytest.raises(Denied):
        register_lapse(actor=office.handler, **given, what="附件缺失")
    register_lapse(actor=office.registrar, **given, what="000002 号份查无下落")
    rows = Lapse.objects.visible_to(office.registrar, at=LATER).order_by("id")
    assert [(row.get_kind_display(), row.what, row.person) for row in rows] == [
        ("错漏", "勘误：文号", office.registrar),
        ("超时", "拟办逾期", office.director),
        ("超时", "承办反馈逾期", office.handler),
        ("丢失", "000002 号份查无下落", office.handler),
    ]


@pytest.mark.clause("documents.register.review", "documents.register.agreement")
def test_an_entry_is_read_by_another_and_a_foreign_exchange_names_its_agreement(office, receipt):
    paper = receipt()
    with pytest.raises(Refusal) as caught:
        review(actor=office.registrar, subject=paper, at=LATER)
    assert caught.value.clause == "documents.register.review"
    review(actor=office.director, subject=paper, at=LATER)
    with pytest.raises(Stale):
        review(actor=office.director, subject=paper, at=LATER)
    with pytest.raises(Refusal) as caught:
        receipt(foreign=True, copy_numbers="4-6")
    assert caught.value.clause == "documents.register.agreement"
    named = receipt(foreign=True, agreement="税收情报交换专项协议", copy_numbers="4-6")
    assert named.agreement == "税收情报交换专项协议"


@pytest.mark.clause("documents.meeting", "documents.meeting.hand_in")
def test_whoever_was_at_a_meeting_hands_in_its_papers_or_answers_for_none(office, receipt):
    going = {"meeting": "第三季度工作会", "host": "岚江省保密局", "ends_on": TODAY}
    row = announce(actor=office.handler, at=NOW, **going)
    duty = Duty.objects.visible_to(office.handler, at=NOW).get(kind="documents.meeting.hand_in")
    assert (duty.due_at.date(), duty.person) == (TODAY + timedelta(days=1), office.handler)
    with pytest.raises(Refusal) as caught:
        receipt(channel="meeting", deliverer="")
    assert caught.value.clause == "documents.meeting.hand_in"
    other = receipt()
    for papers in ([], [other]):
        with pytest.raises(Refusal):
            hand_in(actor=office.registrar, subject=row, at=LATER, papers=papers)
    brought = receipt(channel="meeting", deliverer="单平", copy_numbers="4-6")
    hand_in(actor=office.registrar, subject=row, at=LATER, papers=[brought])
    kept = Attendance.objects.visible_to(office.handler, at=LATER).get()
    assert (kept.state, kept.papers, kept.pieces) == ("handed_in", brought.number, 3)
    assert Duty.objects.get(pk=duty.pk).state == Duty.State.DONE
    with pytest.raises(Stale):
        nothing_brought(actor=office.handler, subject=row, at=LATER)
    second = announce(actor=office.peer, at=NOW, **going)
    assert not Attendance.objects.visible_to(office.handler, at=NOW).filter(pk=second.pk).exists()
    with pytest.raises(Denied):
        nothing_brought(actor=office.registrar, subject=second, at=LATER)
    nothing_brought(actor=office.peer, subject=second, at=LATER)
    assert not Duty.objects.filter(kind="documents.meeting.hand_in", state="open").exists()
