"""handling.recall: called in piece by piece, sent by a secure channel, closed with the receipt."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY
from shoumi.domains.handling.models import Recall
from shoumi.domains.handling.services import borrowing, recalling
from shoumi.domains.handling.tests.scene import asked, copies, fresh, given_to, lent, paper
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.custody.selectors import Scope, statement
from shoumi.platform.custody.services import give_back, take_back
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.selectors import mine
from shoumi.platform.trail.verify import verify

NOTICE = {
    "issuer": "岚江省保密局",
    "notice": "岚保清〔2026〕1号",
    "due_on": TODAY + timedelta(days=30),
}


def recalled(office, items, **changed) -> Recall:
    actor = changed.pop("actor", office.registrar)
    return recalling.recall(actor=actor, at=NOW, items=items, **(NOTICE | changed))


@pytest.mark.clause("carriers.recall")
def test_each_holder_is_called_all_are_sent_and_the_account_balances(office):
    document = paper(office)
    items = copies(document)
    loan = lent(office, items[0])
    given_to(office, office.chief, items[1:2])
    notice = recalled(office, [fresh(i) for i in items])
    for person in (office.handler, office.chief):
        assert mine(person, at=NOW).filter(kind="handling.recall.item").count() == 1
    with pytest.raises(Refusal) as caught:
        recalling.send(actor=office.registrar, subject=notice, at=NOW, channel="机要交通")
    assert caught.value.clause == "carriers.recall" and "还有 2 件" in caught.value.message
    borrowing.return_copy(actor=office.registrar, subject=loan, at=NOW, intact=True)
    assert not mine(office.handler, at=NOW).exists()
    batch = give_back(actor=office.chief, subject=fresh(items[1]), at=NOW)
    take_back(actor=office.registrar, subject=batch, at=NOW)
    recalling.send(actor=office.registrar, subject=notice, at=NOW, channel="机要交通")
    recalling.enter_receipt(
        actor=office.registrar, subject=fresh(notice), at=NOW, receipt="回执 017"
    )
    assert (fresh(notice).state, fresh(notice).sent) == ("closed", 3)
    account = statement(reader=office.registrar, at=NOW, scope=Scope(labels=[document.label_id]))
    assert account.balances and (account["returned"], account["closing"]) == (3, 0)
    assert not Duty.objects.filter(kind__startswith="handling.recall", state="open").exists()
    assert verify().findings == []


@pytest.mark.clause("documents.channel")
def test_not_by_ordinary_post(office):
    notice = recalled(office, copies(paper(office)))
    with pytest.raises(Refusal) as caught:
        recalling.send(actor=office.registrar, subject=notice, at=NOW, channel="快递")
    assert caught.value.clause == "documents.channel"


@pytest.mark.clause("documents.channel.top_secret")
def test_top_secret_goes_with_two(office):
    notice = recalled(office, copies(paper(office, "绝密")))
    given = {"actor": office.registrar, "subject": notice, "at": NOW, "channel": "机要交通"}
    with pytest.raises(Refusal) as caught:
        recalling.send(escorts="区敏", sealed=True, **given)
    assert caught.value.clause == "documents.channel.top_secret"
    with pytest.raises(Refusal) as unsealed:
        recalling.send(escorts="区敏、翟海", **given)
    assert "单独密封" in unsealed.value.message
    recalling.send(escorts="区敏、翟海", sealed=True, **given)
    assert fresh(notice).state == "sent"


@pytest.mark.clause("carriers.recall")
def test_what_is_wanted_back_is_lent_to_nobody(office):
    items = copies(paper(office))
    recalled(office, items[:1])
    with pytest.raises(Refusal) as caught:
        asked(office, fresh(items[0]))
    assert caught.value.clause == "carriers.recall"
    with pytest.raises(Refusal):
        recalled(office, items[:1])


def test_only_the_registrar_enters_a_notice_and_a_past_day_is_a_slip(office):
    items = copies(paper(office))
    with pytest.raises(Denied):
        recalled(office, items, actor=office.handler)
    with pytest.raises(Refusal):
        recalled(office, items, due_on=TODAY - timedelta(days=1))


def test_a_notice_taken_back_ends_every_call(office):
    items = copies(paper(office))
    given_to(office, office.handler, items[:1])
    notice = recalled(office, [fresh(i) for i in items])
    with pytest.raises(Refusal):
        recalling.withdraw_recall(actor=office.registrar, subject=notice, at=NOW, reason=" ")
    recalling.withdraw_recall(actor=office.registrar, subject=notice, at=NOW, reason="通知作废")
    assert fresh(notice).state == "withdrawn"
    assert not Duty.objects.filter(kind__startswith="handling.recall", state="open").exists()


def test_what_was_sent_cannot_be_recalled_nor_sent_again(office):
    items = copies(paper(office))
    notice = recalled(office, items)
    recalling.send(actor=office.registrar, subject=notice, at=NOW, channel="机要交通")
    with pytest.raises(Refusal):
        recalled(office, [fresh(i) for i in items])
    with pytest.raises((Refusal, Stale)):
        recalling.send(actor=office.registrar, subject=fresh(notice), at=NOW, channel="机要交通")
    assert notice.open_due is None
