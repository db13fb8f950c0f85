"""documents.open.*: the checks on an opened envelope, each exception a state, a note or a duty."""

from datetime import date, timedelta

import pytest

from conftest import NOW
from shoumi.domains.documents.models import Document, EnvelopeCheck, Opening, SentBack
from shoumi.domains.documents.rules.opening import Opened
from shoumi.domains.documents.services.anomalies import handle_anomaly, report_anomaly
from shoumi.domains.documents.services.deciding import close, instruct, propose
from shoumi.domains.documents.services.opening import add_seal, send_slip
from shoumi.domains.documents.services.returning import go_back, register_return
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import seed_calendar
from shoumi.platform.trail.verify import verify

LATER = NOW + timedelta(hours=1)
OPEN = Duty.State.OPEN


@pytest.fixture(autouse=True)
def calendar(office):
    seed_calendar(office.system, NOW)


def refused(receipt, clause, **changed):
    with pytest.raises(Refusal) as caught:
        receipt(**changed)
    assert caught.value.clause == clause
    assert not Document.unscoped.exists()


def opening_of(office, paper):
    return Opening.objects.visible_to(office.registrar, at=LATER).get(document=paper)


@pytest.mark.clause("documents.open", "documents.open.cover", "documents.open.list")
def test_what_came_out_of_the_envelope_is_checked_and_kept(office, receipt):
    refused(receipt, "documents.open", opened=Opened(emptied=False))
    refused(receipt, "documents.open", opened=Opened(undamaged=False))
    refused(receipt, "documents.open.list", opened=Opened(listed=5, found=4))
    refused(receipt, "documents.open.list", opened=Opened(listed=5))
    refused(receipt, "documents.open.list", opened=Opened(listed=1, found=2), complete=False)
    paper = receipt(opened=Opened(cover="differs", tidied=True, listed=5, found=4), complete=False)
    kept = opening_of(office, paper)
    assert (kept.cover, kept.tidied, kept.listed, kept.found) == ("differs", True, 5, 4)
    assert (kept.seal, kept.dating, kept.days_apart, kept.slip) == ("present", "office", 4, "none")
    assert paper.state == Document.State.RECEIVED
    torn = receipt(
        opened=Opened(undamaged=False),
        anomaly="拆封时裁损页边",
        deliverer_confirmed=True,
        copy_numbers="4-6",
    )
    assert not opening_of(office, torn).undamaged


@pytest.mark.clause("documents.open.date")
def test_a_missing_day_is_taken_from_the_postmark_and_a_far_one_keeps_its_cover(office, receipt):
    undated = receipt(issued_on=None, opened=Opened(postmark_on=date(2026, 8, 30)))
    kept = opening_of(office, undated)
    assert (undated.issued_on, kept.dating, kept.cover) == (
        date(2026, 8, 30),
        "postmark",
        "postmark",
    )
    far = {"issued_on": date(2026, 6, 1), "copy_numbers": "4-6"}
    with pytest.raises(Refusal) as caught:
        receipt(**far)
    assert (caught.value.clause, "92 天" in caught.value.message) == ("documents.open.date", True)
    assert opening_of(office, receipt(**far, opened=Opened(cover="far"))).days_apart == 92


@pytest.mark.clause("documents.open.seal", "documents.open.seal_urgent")
def test_an_urgent_paper_runs_without_its_seal_and_waits_for_it_to_the_end(office, receipt):
    bare = Opened(sealed=False)
    refused(receipt, "documents.open.seal", opened=bare)
    refused(receipt, "documents.open.seal_urgent", opened=bare, urgency="flash")
    called = Opened(sealed=False, phone_check="省局值班室王某 8:50")
    paper = receipt(opened=called, urgency="flash")
    waiting = Duty.objects.get(kind="documents.open.seal")
    assert (waiting.post, waiting.state, "待补章" in waiting.text) == ("registrar", OPEN, True)
    propose(actor=office.director, subject=paper, at=NOW, addressee=office.leader, text="拟阅。")
    instruct(actor=office.leader, subject=paper, at=NOW, text="阅。")
    with pytest.raises(Refusal) as caught:
        close(actor=office.registrar, subject=paper, at=LATER)
    assert caught.value.clause == "documents.open.seal_urgent"
    add_seal(actor=office.registrar, subject=paper, at=LATER)
    assert Duty.objects.get(kind="documents.open.seal").state == Duty.State.DONE
    with pytest.raises(Stale):
        add_seal(actor=office.registrar, subject=paper, at=LATER)
    close(actor=office.registrar, subject=paper, at=LATER)
    assert opening_of(office, paper).seal == "added"
    assert verify().is_whole


@pytest.mark.clause("documents.open.slip")
def test_a_receipt_slip_goes_back_the_same_day(office, receipt):
    paper = receipt(opened=Opened(slip=True))
    duty = Duty.objects.get(kind="documents.open.slip")
    assert (duty.due_at.date(), duty.post) == (NOW.date(), "registrar")
    with pytest.raises(Refusal):
        send_slip(actor=office.registrar, subject=paper, at=LATER, how=" ")
    send_slip(actor=office.registrar, subject=paper, at=LATER, how="交原送达人带回")
    assert Duty.objects.get(pk=duty.pk).state == Duty.State.DONE
    with pytest.raises(Stale):
        send_slip(actor=office.registrar, subject=paper, at=LATER, how="再退")
    assert opening_of(office, paper).slip_sent_by == office.registrar


@pytest.mark.clause("documents.receive.report")
def test_an_anomaly_is_brought_before_the_director_who_says_what_came_of_it(office, receipt):
    with pytest.raises(Refusal):
        report_anomaly(actor=office.registrar, subject=receipt(), at=NOW)
    paper = receipt(intact=False, anomaly="封口破损", deliverer_confirmed=True, copy_numbers="4-6")
    report_anomaly(actor=office.registrar, subject=paper, at=NOW)
    assert Duty.objects.get(kind="documents.anomaly.handle").post == "office_director"
    with pytest.raises(Stale):
        report_anomaly(actor=office.registrar, subject=paper, at=NOW)
    with pytest.raises(Denied):
        handle_anomaly(
            actor=office.registrar, subject=paper, at=LATER, cause="运输", handling="已函告"
        )
    handle_anomaly(
        actor=office.director, subject=paper, at=LATER, cause="途中受压", handling="已函告发文单位"
    )
    check = EnvelopeCheck.objects.visible_to(office.registrar, at=LATER).get(document=paper)
    assert (check.cause, check.handled_by) == ("途中受压", office.director)
    assert Duty.objects.get(kind="documents.anomaly.handle").state == Duty.State.DONE


@pytest.mark.clause("documents.open.missent", "documents.open.seal")
def test_what_is_not_ours_goes_back_the_same_day_and_never_enters_the_account(office):
    given = {
        "reason": "missent",
        "sender": "丙市某局",
        "level": int(Level.SECRET),
        "received_at": NOW,
    }
    with pytest.raises(Refusal):
        register_return(actor=office.registrar, at=NOW, **given | {"sender": " "})
    row = register_return(actor=office.registrar, at=NOW, **given, envelope_number="J-9")
    assert (row.number, row.state, row.level) == ("退件〔2026〕1号", "here", Level.SECRET)
    assert Duty.objects.get(kind="documents.sent_back.go").due_at.date() == NOW.date()
    assert not Document.unscoped.exists()
    assert not SentBack.objects.visible_to(office.handler, at=NOW).exists()
    with pytest.raises(Refusal) as caught:
        go_back(actor=office.registrar, subject=row, at=LATER, channel="post", taken_by="某人")
    assert caught.value.clause == "documents.channel"
    go_back(actor=office.registrar, subject=row, at=LATER, channel="courier", taken_by="交通员甲")
    gone = SentBack.objects.visible_to(office.registrar, at=LATER).get()
    assert (gone.state, gone.taken_by, gone.gone_at) == ("gone", "交通员甲", LATER)
    assert Duty.objects.get(kind="documents.sent_back.go").state == Duty.State.DONE
    with pytest.raises(Stale):
        go_back(actor=office.registrar, subject=row, at=LATER, channel="courier", taken_by="乙")
