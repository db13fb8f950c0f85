"""organisation.undertaking.*: drawn up once a year down the tree, signed below, then above."""

import pytest

from conftest import NOW, TODAY, prepared
from shoumi.domains.organisation.models import Undertaking
from shoumi.domains.organisation.selectors import unsigned
from shoumi.domains.organisation.services import undertakings
from shoumi.domains.organisation.tests import scene
from shoumi.domains.organisation.tests.scene import DAY, fresh, person
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.obligations.loop import tick
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.selectors import mine
from shoumi.platform.obligations.services import seed_calendar
from shoumi.platform.trail.verify import verify

State = Undertaking.State


def of(rows, who):
    return fresh(next(row for row in rows if row.signer == who))


@pytest.mark.clause("organisation.undertaking", "organisation.duties")
def test_it_is_signed_down_the_tree_and_who_has_not_is_listed(office):
    seed_calendar(office.system, NOW)
    tick(NOW.replace(month=1, day=5))
    yearly = Duty.objects.filter(kind=undertakings.YEARLY, body=office.body)
    assert yearly.filter(state=Duty.State.OPEN).exists()
    scene.organ(office)
    scene.named(office, "direct", "leader")
    rows = scene.issued(office)
    assert not yearly.filter(state=Duty.State.OPEN).exists()
    pairs = {(row.signer.name, row.superior.name) for row in rows}
    assert {
        ("尉迟山", "覃正"),
        ("查国栋", "尉迟山"),
        ("单平", "查国栋"),
        ("曾静", "尉迟山"),
    } <= pairs
    signers = {row.signer for row in rows}
    assert office.head not in signers and office.auditor not in signers
    assert office.leaver not in signers
    with pytest.raises(Refusal):
        scene.issued(office)
    row = of(rows, office.handler)
    chief, handler = person(office.chief), person(office.handler)
    with pytest.raises(Denied):
        undertakings.sign(actor=chief, subject=row, at=NOW)
    with pytest.raises(Stale):
        undertakings.countersign(actor=chief, subject=row, at=NOW)
    (mine_now,) = [d for d in mine(handler, at=NOW) if d.url_pk == row.pk]
    assert mine_now.due_at.date() == row.due_on
    undertakings.sign(actor=handler, subject=row, at=NOW)
    assert [d for d in mine(person(office.handler), at=NOW) if d.url_pk == row.pk] == []
    with pytest.raises(Denied):
        undertakings.countersign(actor=person(office.leader), subject=fresh(row), at=NOW)
    undertakings.countersign(actor=chief, subject=fresh(row), at=NOW + DAY)
    assert (fresh(row).state, fresh(row).countersigned_at) == (State.DONE, NOW + DAY)
    left = unsigned(office.body, year=TODAY.year, on=TODAY)
    assert office.handler not in {one.person for one in left}
    assert len(left) == len(rows) - 1
    assert verify().findings == []


@pytest.mark.clause("organisation.undertaking", "organisation.undertaking.cipher")
def test_a_leavers_paper_is_void_and_the_cipher_keeper_signs_one_more(office):
    scene.organ(office)
    with pytest.raises(Refusal, match="还没有确定"):
        scene.issued(office, kind="cipher")
    scene.named(office, "cipher_head", "leader")
    scene.named(office, "cipher_keeper", "handler")
    (cipher,) = scene.issued(office, kind="cipher")
    assert (cipher.signer, cipher.superior) == (office.handler, office.leader)
    undertakings.sign(actor=person(office.handler), subject=cipher, at=NOW)
    rows = scene.issued(office)
    junior = of(rows, office.junior)
    with prepared(office.body):
        office.junior.active = False
        office.junior.save()
    assert tick(NOW + DAY).failed == []
    assert fresh(junior).state == State.VOID
    assert not Duty.objects.filter(url_pk=junior.pk, kind=undertakings.SIGN.key, state="open")
    assert fresh(cipher).state == State.SIGNED
    assert verify().findings == []
