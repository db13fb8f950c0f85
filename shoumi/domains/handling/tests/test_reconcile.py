"""handling.recall.reconcile: the issuer's list beside our account, and who erred."""

import random
import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from conftest import NOW, TODAY, YEAR
from shoumi.domains.handling import registers, verbs
from shoumi.domains.handling.models import ReconciledCopy
from shoumi.domains.handling.rules.reconciling import Finding, Held, Listed, reconcile
from shoumi.domains.handling.services.issuer_list import BadList, issuer_list
from shoumi.domains.handling.services.reconciling import reconcile_recall
from shoumi.domains.handling.tests.scene import paper
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.registers.testing import browser
from shoumi.platform.trail.verify import verify

pytestmark = pytest.mark.urls("shoumi.domains.handling.tests.pages")

HEAD = ("序号", "发 文\n字号", "份  号", "密级", "标题")
PERIOD = {"since": TODAY - YEAR, "until": TODAY}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(*rows, head=HEAD):
    book = Workbook()
    sheet = book.active
    sheet.append(["岚江省保密局清退文件清单"])
    sheet.append([])
    for row in (head, *rows):
        sheet.append(row)
    kept = BytesIO()
    book.save(kept)
    kept.seek(0)
    return kept


def listed(row, copy, number="岚保〔2026〕7号", level="机密"):
    return Listed(row=row, number=number, copy=copy, level=level)


def held(key, copy, number="岚保〔2026〕7号", level="机密"):
    return Held(key=key, number=number, copy=copy, level=level)


def shown(verdicts):
    return [(v.finding.value, v.theirs and v.theirs.row, v.ours and v.ours.key) for v in verdicts]


@pytest.mark.clause("carriers.recall.reconcile")
def test_each_kind_of_difference_is_told_from_the_others():
    theirs = [
        listed(4, 100),
        listed(5, 123),
        listed(6, 300),
        listed(7, 100),
        listed(8, 5, "岚保〔2026〕17号"),
        listed(9, 6, "岚保〔2026〕99号"),
        listed(10, 101),
    ]
    ours = [
        held(1, 100),
        held(2, 132),
        held(3, 777),
        held(4, 5, "岚保〔2026〕71号"),
        held(5, 9, "岚保〔2026〕50号"),
        held(6, 101, level="秘密"),
    ]
    verdicts = reconcile(theirs, ours)
    assert shown(verdicts) == [
        ("matched", 4, 1),
        ("misentered", 5, 2),
        ("substituted", 6, 3),
        ("repeated", 7, None),
        ("misentered", 8, 4),
        ("unentered", 9, None),
        ("misentered", 10, 6),
        ("misdelivered", None, 5),
    ]
    assert [v.finding.side for v in verdicts[1:4]] == ["本单位", "双方查明", "发文单位"]
    assert "000132" in verdicts[1].note and "密" in verdicts[6].note


@pytest.mark.clause("carriers.recall.reconcile")
def test_in_chance_worlds_every_planted_fault_is_found_and_none_besides():
    chance = random.Random(11)
    numbers = [f"岚保〔2026〕{n}号" for n in range(1000, 1060)]
    for _ in range(20):
        # Numbers far apart in every figure, so that no honest copy looks like a slip of another.
        copies = [(number, 111_111 * (1 + n % 9)) for n, number in enumerate(numbers)]
        chance.shuffle(copies)
        theirs = [listed(n + 4, copy, number) for n, (number, copy) in enumerate(copies)]
        ours = [held(n + 1, copy, number) for n, (number, copy) in enumerate(copies)]
        lost, extra, twice, other = chance.sample(range(60), 4)
        repeated = listed(900, theirs[twice].copy, theirs[twice].number)
        wrong = held(ours[other].key, 505_050, ours[other].number)
        ours[other] = wrong
        given = [t for n, t in enumerate(theirs) if n != extra] + [repeated]
        kept = [o for n, o in enumerate(ours) if n != lost]
        found = {v for v in shown(reconcile(given, kept)) if v[0] != "matched"}
        assert found == {
            ("unentered", theirs[lost].row, None),
            ("misdelivered", None, ours[extra].key),
            ("repeated", 900, None),
            ("substituted", theirs[other].row, wrong.key),
        }


@pytest.mark.clause("carriers.recall.reconcile")
def test_the_list_is_read_as_people_write_it():
    file = workbook(
        (1, "岚保【2026】7号", "000001-000003", "机密★10年", "标题不读"),
        (None, None, "第000009号", None, None),
        (2, "岚保(2026)008号", 12.0, "秘密", None),
        ("合计", None, 5, None, None),
    )
    assert [(c.row, c.number, c.copy, c.level) for c in issuer_list(file)] == [
        (4, "岚保〔2026〕7号", 1, "机密"),
        (4, "岚保〔2026〕7号", 2, "机密"),
        (4, "岚保〔2026〕7号", 3, "机密"),
        (5, "岚保〔2026〕7号", 9, "机密"),
        (6, "岚保〔2026〕8号", 12, "秘密"),
    ]


def bomb():
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    return kept


def far_cell():
    book = Workbook()
    book.active["A1048576"] = "远"
    kept = BytesIO()
    book.save(kept)
    return kept


@pytest.mark.clause("carriers.recall.reconcile")
@pytest.mark.parametrize(
    ("file", "said"),
    [
        (lambda: BytesIO(b"\xd0\xcf\x11\xe0" + b"0" * 99), "已加密"),
        (lambda: BytesIO(b"PK nothing"), "不是 .xlsx"),
        (lambda: BytesIO(b"0" * (5 * 1024 * 1024 + 1)), "5 MB"),
        (bomb, "异常庞大"),
        (far_cell, "20000 行"),
        (lambda: workbook((1, "甲"), head=("序号", "标题")), "没有找到"),
        (lambda: workbook((1, "岚保〔2026〕7号", "第几份", "", "")), "第 4 行"),
        (lambda: workbook(), "没有一份文件"),
    ],
    ids=["encrypted", "renamed", "large", "bomb", "far", "other", "unreadable", "empty"],
)
def test_what_cannot_be_read_safely_and_wholly_is_refused(file, said):
    with pytest.raises(BadList) as caught:
        issuer_list(file())
    assert said in caught.value.message


@pytest.mark.clause("carriers.recall.reconcile")
def test_the_comparison_is_kept_shown_and_printed_for_both_to_sign(office):
    paper(office)
    paper(office, issue_number="岚保〔2026〕8号", copies=1, copy_numbers="000001")
    file = workbook(
        (1, "岚保〔2026〕7号", "000001-000002", "机密", ""),
        (2, "岚保〔2026〕7号", "888888", "机密", ""),
        (3, "岚保〔2026〕9号", "000004", "机密", ""),
        (3, "岚保〔2026〕7号", "000001", "机密", ""),
    )
    client = browser(office.registrar)
    upload = SimpleUploadedFile("清单.xlsx", file.read(), content_type=XLSX)
    page = registers.RECONCILIATIONS.url("create", verbs.RECONCILE.slug)
    answer = client.post(page, PERIOD | {"issuer": "岚江省保密局", "listed": upload}, follow=True)
    assert answer.status_code == 200
    row = answer.context["row"]
    counts = {f.value: getattr(row, f.value) for f in Finding}
    assert counts == {
        "matched": 2,
        "unentered": 1,
        "misentered": 0,
        "substituted": 1,
        "misdelivered": 1,
        "repeated": 1,
    }
    assert (row.listed, row.held, row.copies) == (5, 4, 6)
    assert 'max="6" value="2"' in answer.content.decode()
    sheet = client.get(reverse("handling-reconciliations-paper", args=[row.pk])).content.decode()
    assert "888888" in sheet and "发出 888888，实存 000003" in sheet and "发文单位（签字）" in sheet
    lines = client.get(
        reverse("handling-reconciled"), {"reconciliation": row.pk, "finding": "unentered"}
    )
    assert "岚保〔2026〕9号" in lines.content.decode()
    for key in ("peer", "auditor", "stranger"):
        other = browser(getattr(office, key))
        assert other.get(registers.RECONCILIATIONS.url("detail", row.pk)).status_code == 404
    assert ReconciledCopy.unscoped.filter(reconciliation=row).count() == 6
    assert verify().findings == []


def test_only_the_registrar_compares_and_the_days_run_forward(office):
    given = {"at": NOW, "issuer": "岚江省保密局", "listed": [listed(4, 1)]}
    with pytest.raises(Denied):
        reconcile_recall(actor=office.handler, **given, **PERIOD)
    with pytest.raises(Refusal):
        reconcile_recall(
            actor=office.registrar, **given, since=PERIOD["until"], until=PERIOD["since"]
        )
    alone = reconcile_recall(actor=office.registrar, **given, **PERIOD)
    assert (alone.unentered, alone.held) == (1, 0)
