"""intake.clear: what the people ledger says of clearances is proposed by one and consented to by another."""

from datetime import timedelta

import pytest
from django.urls import reverse

from conftest import NOW, TODAY
from shoumi.domains.accounts.models import Proposal
from shoumi.domains.accounts.services import consent
from shoumi.domains.intake.services import propose_clearances, take_in, undo
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.models import ClearanceRecord
from shoumi.platform.access.subjects import subject_of
from shoumi.platform.directory.models import Person

LATER = TODAY + timedelta(days=300)
SAID = {
    "review_due": LATER,
    "trained_until": LATER,
    "pledged_until": LATER,
    "basis": "甲局人〔2026〕3号",
}


@pytest.mark.clause("intake.clearance")
def test_the_ledger_gives_no_clearance_till_another_person_consents(office, checked):
    batch = checked("people")
    with pytest.raises(Refusal, match="没有可以提出"):
        propose_clearances(actor=office.secadmin, subject=batch, at=NOW, **SAID)
    take_in(actor=office.sysadmin, subject=batch, at=NOW, good_only=True)
    with pytest.raises(Denied):
        propose_clearances(actor=office.sysadmin, subject=batch, at=NOW, **SAID)
    with pytest.raises(Refusal, match="过期"):
        late = SAID | {"pledged_until": TODAY - timedelta(days=1)}
        propose_clearances(actor=office.secadmin, subject=batch, at=NOW, **late)
    before = ClearanceRecord.objects.count()
    # 钟三 has left and 任远 has a clearance: only 钟大 is proposed, and once.
    assert propose_clearances(actor=office.secadmin, subject=batch, at=NOW, **SAID) == 1
    assert propose_clearances(actor=office.secadmin, subject=batch, at=NOW, **SAID) == 0
    person = Person.objects.get(name="钟大")
    assert ClearanceRecord.objects.count() == before
    assert subject_of(person, NOW).clearance == Level.INTERNAL
    with pytest.raises(Refusal, match="已有变动"):
        undo(actor=office.sysadmin, subject=batch, at=NOW, reason="晚了")
    proposal = Proposal.objects.get(person=person)
    consent(actor=office.head, subject=proposal, opinion="同意", at=NOW)
    assert subject_of(Person.objects.get(pk=person.pk), NOW).clearance == Level.SECRET


def test_the_officer_proposes_from_the_page(office, as_person, checked, sent):
    batch = checked("people")
    take_in(actor=office.sysadmin, subject=batch, at=NOW, good_only=True)
    officer = as_person("secadmin")
    url = reverse("intake-detail", args=[batch.pk])
    assert "提出登记" in officer.get(url).content.decode()
    assert "上传核对" not in officer.get("/intake/").content.decode()
    days = {key: "2027-09-01" for key in ("review_due", "trained_until", "pledged_until")}
    target = reverse("intake-clear", args=[batch.pk])
    assert officer.post(target, days).status_code == 422
    page = officer.post(target, days | {"basis": "甲局人〔2026〕3号"}, follow=True)
    assert "已为 1 人提出" in page.content.decode()
