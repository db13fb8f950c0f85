"""dispatch.seal, .send, .trip: nothing leaves bare, nothing secret by an ordinary way."""

from datetime import timedelta

import pytest

from conftest import NOW
from shoumi.domains.dispatch.models import Delivery, Letter, Recipient
from shoumi.domains.dispatch.services import sending
from shoumi.domains.dispatch.tests.scene import (
    COURIER,
    fresh,
    items_of,
    line_to,
    person,
    printed,
    sealed,
    sent,
)
from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import written as received
from shoumi.domains.handling.tests.scene import clear_for_all
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Hidden
from shoumi.platform.custody.models import Item
from shoumi.platform.obligations.models import Duty
from shoumi.platform.trail.models import Entry
from shoumi.platform.trail.verify import verify


def refused(clause, office, letter, **given):
    with pytest.raises(Refusal) as caught:
        sending.send(actor=office.registrar, subject=fresh(letter), at=NOW, **given)
    assert caught.value.clause == clause
    return str(caught.value)


@pytest.mark.clause("dispatch.seal", "dispatch.send", "dispatch.receipt.check")
def test_every_envelope_has_its_number_and_its_check_value_before_it_goes(office):
    letter = printed(office)
    words = refused("dispatch.seal", office, letter, **COURIER)
    assert "未封装" in words and {i.state for i in items_of(letter)} == {Item.State.HELD}
    lines = sending.seal(actor=office.registrar, subject=letter, at=NOW)
    assert [line.envelope for line in lines] == ["机封〔2026〕1号", "机封〔2026〕2号"]
    assert len({line.check_value for line in lines}) == 2
    assert all(len(line.check_value) == 8 for line in lines)
    with pytest.raises(Refusal):
        sending.seal(actor=office.registrar, subject=fresh(letter), at=NOW)
    inside = line_to(letter, "审批科")
    with pytest.raises(Hidden):
        given = COURIER | {"lines": [inside]}
        sending.send(actor=office.registrar, subject=fresh(letter), at=NOW, **given)


@pytest.mark.clause(
    "dispatch.channel",
    "dispatch.channel.encrypted",
    "dispatch.tracking",
    "dispatch.courier",
)
def test_a_secret_leaves_by_a_secure_way_with_everything_written_down(office):
    letter = sealed(office)
    for channel in ("post", "express", "fax", "network", "phone", "plain"):
        refused("dispatch.channel", office, letter, channel=channel, approval_number="批1")
    refused("dispatch.channel.encrypted", office, letter, **COURIER | {"protection": " "})
    refused("dispatch.tracking", office, letter, **COURIER | {"channel": "signal"})
    refused("dispatch.courier", office, letter, **COURIER | {"couriers": ""})
    assert not Delivery.unscoped.exists()
    assert Entry.objects.filter(event="dispatch.send.denied").count() == 9
    delivery = sending.send(actor=office.registrar, subject=fresh(letter), at=NOW, **COURIER)
    assert (delivery.number, delivery.pieces) == ("送〔2026〕1号", 1)
    line = line_to(letter, "乙局")
    assert line.state == Recipient.State.SENT and line.delivery == delivery
    assert {i.state for i in line.items()} == {Item.State.GONE}
    (duty,) = Duty.objects.filter(kind="dispatch.receipt", state=Duty.State.OPEN)
    assert duty.post == "registrar" and duty.due_at.date() == NOW.date() + timedelta(days=7)
    with pytest.raises(Stale):
        sending.send(actor=office.registrar, subject=fresh(letter), at=NOW, **COURIER)
    assert verify().findings == []


@pytest.mark.clause("dispatch.courier")
def test_top_secret_goes_with_two(office):
    for someone in (office.authority, office.handler, office.chief):
        clear_for_all(office, someone)
    people = {name: person(getattr(office, name)) for name in ("authority", "handler", "chief")}
    vars(office).update(people)
    letter = sealed(office, mark="绝密★20年", distribution_list="乙局 2", place=office.top_safe)
    one = COURIER | {"couriers": "丁一"}
    with pytest.raises(Refusal) as caught:
        sending.send(actor=office.registrar, subject=letter, at=NOW, **one)
    assert caught.value.clause == "dispatch.courier"
    sending.send(actor=office.registrar, subject=fresh(letter), at=NOW, **COURIER)
    assert fresh(letter).state == Letter.State.SENT


@pytest.mark.clause("dispatch.cipher")
def test_a_cipher_telegram_is_answered_in_cipher(office):
    telegram = receive(
        actor=office.registrar,
        at=NOW,
        **received(office, kind="telegram", urgency="urgent", people=[office.handler]),
    )
    letter = sealed(office, reply_to=telegram, form="telegram")
    words = refused("dispatch.cipher", office, letter, **COURIER)
    assert "密电" in words
    cipher = {"channel": "cipher", "protection": "普密设备加密"}
    sending.send(actor=office.registrar, subject=fresh(letter), at=NOW, **cipher)
    assert Delivery.unscoped.get().channel == "cipher"
    public = sealed(
        office, mark="公开", basis="", title="关于值班的通知", distribution_list="乙局 1"
    )
    plain = sealed(
        office, mark="公开", basis="", title="关于会议的通知", distribution_list="乙局 1"
    )
    refused("dispatch.tracking", office, public, channel="post")
    sending.send(
        actor=office.registrar, subject=fresh(public), at=NOW, channel="post", tracking="XA1"
    )
    sending.send(actor=office.registrar, subject=fresh(plain), at=NOW, channel="fax")


@pytest.mark.clause("dispatch.channel.approved")
def test_an_internal_paper_goes_by_fax_only_under_an_approvals_number(office):
    letter = sealed(office, mark="内部", distribution_list="乙局 1")
    refused("dispatch.channel.approved", office, letter, channel="fax")
    number = {"channel": "fax", "approval_number": "批〔2026〕3号"}
    sending.send(actor=office.registrar, subject=fresh(letter), at=NOW, **number)
    assert Delivery.unscoped.get().approval_number == "批〔2026〕3号"


@pytest.mark.clause("dispatch.courier.times")
def test_the_times_of_a_trip_are_written_once_and_a_long_one_is_explained(office):
    letter = sent(office)
    (delivery,) = Delivery.unscoped.filter(letter=letter)
    later = NOW + timedelta(hours=12)
    times = {"arrived_at": NOW + timedelta(hours=1), "back_at": NOW + timedelta(hours=10)}

    def back(**given):
        actor = person(office.registrar)
        return sending.come_back(actor=actor, subject=fresh(delivery), at=later, **given)

    for wrong in ({"arrived_at": NOW - timedelta(hours=1)}, {"back_at": NOW}, {"remark": ""}):
        with pytest.raises(Refusal) as caught:
            back(**times | wrong)
        assert caught.value.clause == "dispatch.courier.times"
    assert back(**times, remark="大雾封路，原地等候").is_long
    with pytest.raises(Stale):
        back(**times, remark="再记一次")
