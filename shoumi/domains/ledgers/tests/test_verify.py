"""Verification and checkpoints by the officers: what is found, what it closes, what is never kept here."""

import json
from base64 import b64decode
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from conftest import NOW, prepared
from shoumi.domains.ledgers import registers
from shoumi.domains.ledgers.models import Verification
from shoumi.domains.ledgers.services.verifying import FINDINGS, make_checkpoint, verify_trail
from shoumi.domains.ledgers.tests.rows import entered
from shoumi.domains.ledgers.views import coded
from shoumi.kernel.chain import sm3
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.obligations.due import due_fixed
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import raise_duty
from shoumi.platform.registers.testing import RegisterCase, browser
from shoumi.platform.trail import guard
from shoumi.platform.trail.models import Entry, name_of

pytestmark = [
    pytest.mark.clause("trail.verify", "trail.checkpoint"),
    pytest.mark.urls("shoumi.domains.ledgers.tests.pages"),
]
PAGE, ISSUE = "/ledgers/verification/", "/ledgers/verification/checkpoint/"


def monthly(office):
    with prepared(office.body):
        return raise_duty(
            kind="recurring.trail_verify",
            clause="trail.verify",
            text="月度校验",
            due=due_fixed(NOW + timedelta(3)),
            at=NOW,
            body=office.body,
            post="auditor",
            period="2026-09",
        )


def tamper(office):
    """An edit behind the back of every act, by somebody who may do anything in the database."""
    key = office.departments["业务科"].pk
    sql = "UPDATE directory_department SET name = '别科' WHERE id = %s"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            guard.disarm(connection)
            cursor.execute(sql, [key])
            guard.arm(connection)
        else:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(sql, [key])
            cursor.execute("SET session_replication_role = DEFAULT")


def upload(said):
    return SimpleUploadedFile("checkpoint.json", json.dumps(said, ensure_ascii=False).encode())


def test_a_whole_trail_is_told_whole(office):
    found = verify_trail(actor=office.auditor, at=NOW)
    assert found.is_whole and found.entries > 0 and found.rows > 0 and found.anchor == ""
    entry = Entry.objects.get(event="trail.verify")
    assert (entry.clause, entry.subject) == ("trail.verify", name_of(found))


@pytest.mark.clause("trail.sealed_rows", "accounts.officers.auditor")
def test_what_does_not_agree_is_named_and_becomes_a_duty(office):
    duty = monthly(office)
    tamper(office)
    found = verify_trail(actor=office.auditor, at=NOW)
    assert found.faults == 1 and "directory_department" in found.findings[0]
    raised = Duty.objects.get(kind=FINDINGS)
    assert (raised.post, raised.state) == ("secadmin", "open")
    duty.refresh_from_db()
    assert (duty.state, duty.evidence) == ("done", name_of(found))
    verify_trail(actor=office.auditor, at=NOW)
    assert Duty.objects.filter(kind=FINDINGS).count() == 1


@pytest.mark.clause("systems.incident")
def test_an_incident_about_the_finding_closes_its_duty(office):
    tamper(office)
    verify_trail(actor=office.auditor, at=NOW)
    entered("incident", office.secadmin, at=NOW)
    assert Duty.objects.get(kind=FINDINGS).state == "open"
    row = entered("incident", office.secadmin, at=NOW, sort_of="数据异常")
    assert Duty.objects.get(kind=FINDINGS).evidence == name_of(row)


def test_a_checkpoint_is_made_only_over_what_was_verified_today(office):
    with pytest.raises(Refusal) as refusal:
        make_checkpoint(actor=office.auditor, at=NOW)
    assert "尚未校验" in refusal.value.message
    verify_trail(actor=office.auditor, at=NOW - timedelta(1))
    with pytest.raises(Refusal):
        make_checkpoint(actor=office.auditor, at=NOW)
    tamper(office)
    verify_trail(actor=office.auditor, at=NOW)
    with pytest.raises(Refusal) as refusal:
        make_checkpoint(actor=office.auditor, at=NOW)
    assert "1 处不符" in refusal.value.message
    assert Entry.objects.filter(event="trail.checkpoint.denied").count() == 3


def test_a_checkpoint_closes_the_month_and_stays_outside(office, folder):
    duty = monthly(office)
    found = verify_trail(actor=office.auditor, at=NOW)
    duty.refresh_from_db()
    assert duty.state == "open"
    said = make_checkpoint(actor=office.auditor, at=NOW)
    duty.refresh_from_db()
    assert (duty.state, duty.evidence) == ("done", name_of(found))
    assert said["heads"][0]["digest"] in Entry.objects.get(event="trail.checkpoint").body
    assert sorted(p.name for p in folder.iterdir()) == ["checkpoint.key"]


def test_a_checkpoint_from_outside_anchors_the_verification(office):
    verify_trail(actor=office.auditor, at=NOW)
    said = make_checkpoint(actor=office.auditor, at=NOW)
    found = verify_trail(actor=office.auditor, at=NOW, kept=upload(said))
    assert found.is_whole and found.anchor == said["made_at"]
    assert registers.VERIFICATIONS.value(found, "anchor") == NOW


@pytest.mark.parametrize("change", [{"entries": 1}, {"signature": "00"}, {"heads": []}])
def test_a_changed_checkpoint_is_refused(office, change):
    verify_trail(actor=office.auditor, at=NOW)
    said = make_checkpoint(actor=office.auditor, at=NOW)
    with pytest.raises(Refusal) as refusal:
        verify_trail(actor=office.auditor, at=NOW, kept=upload(said | change))
    assert refusal.value.clause == "trail.checkpoint"


def test_a_file_too_large_is_not_read(office, monkeypatch):
    large = SimpleUploadedFile("checkpoint.json", b"{}")
    large.size = 6 * 1024 * 1024
    with pytest.raises(Refusal):
        verify_trail(actor=office.auditor, at=NOW, kept=large)


@pytest.mark.parametrize("who", ["sysadmin", "registrar", "head"])
def test_nobody_else_verifies_or_takes_a_checkpoint(office, who):
    for deed in (verify_trail, make_checkpoint):
        with pytest.raises(Denied):
            deed(actor=getattr(office, who), at=NOW)
    window = browser(getattr(office, who))
    assert window.get(PAGE).status_code == 404
    assert window.post(ISSUE).status_code == 403


def test_the_page_verifies_and_leads_to_the_result(office):
    window = browser(office.auditor)
    assert "从未校验" in window.get(PAGE).content.decode()
    done = window.post(PAGE, {})
    (found,) = Verification.unscoped.all()
    assert done["Location"] == registers.VERIFICATIONS.url("detail", found.pk)
    assert "通过" in window.get(done["Location"]).content.decode()
    assert "距上次校验 0 天" in window.get(PAGE).content.decode()


def test_a_wrong_file_comes_back_to_the_page(office):
    window = browser(office.auditor)
    file = SimpleUploadedFile("checkpoint.json", b"not a checkpoint")
    answer = window.post(PAGE, {"kept": file})
    assert answer.status_code == 422 and "检查点文件未签名" in answer.content.decode()
    assert not Verification.unscoped.exists()


def test_the_findings_are_listed_and_escaped(office):
    found = verify_trail(actor=office.auditor, at=timezone.now())
    with prepared(office.body):
        Verification.unscoped.filter(pk=found.pk).update(faults=1, findings=["<b>甲"])
    page = browser(office.auditor).get(registers.VERIFICATIONS.url("detail", found.pk))
    assert "&lt;b&gt;甲" in page.content.decode() and "未通过" in page.content.decode()
    assert "1 处不符" in browser(office.auditor).get(PAGE).content.decode()


def test_the_sheet_holds_heads_verifier_and_the_very_file(office):
    window = browser(office.secadmin)
    window.post(PAGE, {})
    sheet = window.post(ISSUE)
    text = sheet.content.decode()
    assert sheet.status_code == 200 and "data:image/svg+xml" in text
    said = json.loads(Entry.objects.get(event="trail.checkpoint").body)
    assert said["heads"][0][2] in text
    encoded = text.partition("base64,")[2].partition('"')[0]
    file = b64decode(encoded)
    assert sm3(file) in text and json.loads(file)["heads"][0]["digest"] in text
    assert json.loads(file)["verifier"] in text
    assert window.get(ISSUE).status_code == 405


def test_many_chains_are_coded_by_their_number_only():
    heads = [{"chain": f"C{n}", "number": n, "digest": "0" * 64} for n in range(40)]
    said = {"made_at": "x", "verifier": "v", "heads": heads}
    assert coded(said, "d") == ["SHOUMI-CHECKPOINT-1", "x", "chains 40", "verifier v", "file d"]


class TestVerifications(RegisterCase):
    register, reader = registers.VERIFICATIONS, "auditor"
    strangers = ("registrar", "peer", "stranger", "sysadmin")

    def make(self, office, count):
        return [verify_trail(actor=office.secadmin, at=timezone.now()) for _ in range(count)]
