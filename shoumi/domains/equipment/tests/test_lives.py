"""equipment.issue, reassign, reset, crypto, permit.keeper: whose a device is, and what is asked of whom."""

from datetime import timedelta

import pytest

from conftest import NOW
from shoumi.domains.equipment.models import CryptoStep, Device
from shoumi.domains.equipment.services import crypto, issuing, reassigning
from shoumi.domains.equipment.tests.scene import (
    fresh,
    handed,
    in_use,
    permitted,
    registered,
    stick,
)
from shoumi.domains.handling.tests.scene import given_to
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.custody.models import Handover
from shoumi.platform.custody.services import accept, give_back, take_back
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.selectors import mine
from shoumi.platform.trail.verify import verify


@pytest.mark.clause("equipment.issue")
def test_a_stick_goes_out_and_comes_back_and_its_taker_answers_for_it(office):
    device = stick(office)
    device = handed(office, device, office.junior)
    assert (device.first, device.item.holder.person) == (office.junior, office.junior)
    assert Device.objects.visible_to(office.junior, at=NOW).filter(pk=device.pk).exists()
    back = give_back(actor=office.junior, subject=device.item, at=NOW)
    take_back(actor=office.registrar, subject=back, at=NOW)
    assert fresh(device).item.holder.place == office.safe
    with pytest.raises(Refusal) as caught:
        issuing.issue(actor=office.office, subject=in_use(office), receiver=office.chief, at=NOW)
    assert caught.value.clause == "equipment.issue"
    waiting = registered(office, kind="usb", number="盘-9")
    with pytest.raises(Stale):
        issuing.issue(actor=office.office, subject=waiting, receiver=office.handler, at=NOW)
    with pytest.raises(Refusal) as caught:
        given_to(office, office.handler, [waiting.item])
    assert caught.value.clause == "equipment.issue"


@pytest.mark.clause("equipment.persons", "equipment.successor")
def test_the_successor_signs_for_the_machine_and_sets_its_credentials_anew(office):
    device = handed(office, in_use(office, Level.SECRET), office.handler)
    reassigning.reassign(
        actor=office.office,
        subject=device,
        at=NOW,
        first=office.peer,
        second=office.chief,
        third=office.leader,
        place=office.top_safe,
    )
    device = fresh(device)
    assert (device.first, device.department.name) == (office.peer, "审批科")
    assert fresh(device.item).home == office.top_safe
    assert device.pledged_on is None
    batch = Handover.objects.get(settled_at=None)
    accept(actor=office.peer, subject=batch, at=NOW)
    assert fresh(device).item.holder.person == office.peer
    duty = mine(office.peer, at=NOW).get()
    assert duty.kind == "equipment.reset"
    with pytest.raises(Denied):
        reassigning.reset(actor=office.chief, subject=fresh(device), at=NOW)
    reassigning.reset(actor=office.peer, subject=fresh(device), at=NOW)
    with pytest.raises(Stale):
        reassigning.reset(actor=office.peer, subject=fresh(device), at=NOW)
    with pytest.raises(Refusal):
        reassigning.reassign(
            actor=office.office, subject=fresh(device), at=NOW, first=office.junior
        )
    known = Device.objects.visible_to(office.handler, at=NOW + timedelta(days=1))
    assert not known.filter(pk=device.pk).exists()
    assert verify().findings == []


@pytest.mark.clause("equipment.server")
def test_a_server_is_entrusted_only_when_both_leaders_agree(office):
    server = in_use(office, kind="server", number="服-1")
    given = {"actor": office.office, "subject": server, "at": NOW, "first": office.chief}
    with pytest.raises(Refusal) as caught:
        reassigning.reassign(**given)
    assert caught.value.clause == "equipment.server"
    permit = permitted(office, server, "keeper", actor=office.handler, person=office.chief)
    assert [step.votes.get().person for step in permit.case.steps.order_by("order")] == [
        office.leader,
        office.head,
    ]
    reassigning.reassign(**(given | {"subject": fresh(server)}))
    assert fresh(server).first == office.chief


def cryptic(office) -> Device:
    return in_use(office, Level.SECRET, kind="crypto", number="密-1", second=None, third=None)


def line(office, device, stage, *, actor=None) -> CryptoStep:
    return crypto.crypto_step(
        actor=actor or office.handler,
        subject=fresh(device),
        stage=stage,
        other="区敏",
        remark="第一批",
        at=NOW,
    )


@pytest.mark.clause(
    "equipment.crypto.stages",
    "equipment.crypto.keeping",
    "equipment.crypto.approval",
    "equipment.crypto.renewal",
)
def test_the_six_stages_are_the_keepers_alone_and_three_of_them_by_leave(office):
    device = cryptic(office)
    for other in (office.registrar, office.director, office.chief, office.head):
        assert not Device.objects.visible_to(other, at=NOW).filter(pk=device.pk).exists()
    with pytest.raises(Denied) as caught:
        line(office, device, "made", actor=office.office)
    assert caught.value.clause == "equipment.crypto.keeping"
    line(office, device, "made")
    renew = Duty.objects.get(kind="equipment.crypto.renew", state="open")
    assert (renew.due_at.date() - NOW.date()).days == 90
    line(office, device, "given")
    assert Duty.objects.filter(kind="equipment.crypto.renew", state="open").count() == 1
    line(office, device, "kept")
    for stage, leave in (
        ("used", "crypto_use"),
        ("changed", "crypto_change"),
        ("destroyed", "crypto_destroy"),
    ):
        with pytest.raises(Refusal) as caught:
            line(office, device, stage)
        assert caught.value.clause == "equipment.crypto.approval"
        permit = permitted(office, device, leave, actor=office.handler)
        assert line(office, device, stage).permit == permit
    assert [s.stage for s in CryptoStep.unscoped.order_by("id")] == [
        "made", "given", "kept", "used", "changed", "destroyed",
    ]  # fmt: skip
    assert (fresh(device).state, str(fresh(device.item).holder)) == ("disposed", "已销毁")
    assert not Duty.objects.filter(kind="equipment.crypto.renew", state="open").exists()
    with pytest.raises(Refusal):
        line(office, in_use(office), "made")
