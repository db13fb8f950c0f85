"""facilities.key.* and .combination.change: keys are items of the one account; a combination is known."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY, prepared
from shoumi.domains.facilities.models import Combination, Guarded, SecretSign
from shoumi.domains.facilities.services import admitting, keeping
from shoumi.domains.facilities.tests.scene import fresh, in_use, listed, person
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.custody.models import Item
from shoumi.platform.custody.services import accept, give_back, take_back
from shoumi.platform.obligations import crosschecks
from shoumi.platform.obligations.models import Duty
from shoumi.platform.trail.verify import verify


def a_key(office, **changed):
    given = {"kind": "key", "name": "1号柜钥匙 1/2", "place": office.safe, "home": office.top_safe}
    return keeping.register(actor=person(office.registrar), at=NOW, **given | changed)


def handed(office, key, receiver):
    return keeping.hand(
        actor=person(office.registrar),
        subject=fresh(key),
        at=NOW,
        receiver=person(receiver),
        purpose="日常开柜",
    )


def hits(key):
    return Duty.objects.filter(kind=f"crosscheck.{key}", state=Duty.State.OPEN)


@pytest.mark.clause("facilities.keys", "facilities.keys.custodian")
def test_a_key_goes_to_who_may_enter_and_comes_back_when_they_may_not(office):
    site = in_use(office)
    key = a_key(office)
    assert (key.item.kind, key.level, str(key.item.holder)) == (
        Item.Kind.KEY,
        Level.SECRET,
        "绝密柜",
    )
    for stranger in (office.handler, office.junior):
        with pytest.raises(Refusal) as caught:
            handed(office, key, stranger)
        assert caught.value.clause == "facilities.keys.custodian"
    admission = listed(office, site, office.handler)
    batch = handed(office, key, office.handler)
    with pytest.raises(Stale):
        handed(office, key, office.handler)
    accept(actor=person(office.handler), subject=batch, at=NOW)
    item = Item.unscoped.get(pk=key.item_id)
    assert item.holder.person == office.handler
    assert not hits("key_holder_not_admitted").exists()
    admitting.revoke(actor=person(office.office), subject=admission, at=NOW, reason="调离")
    (duty,) = hits("key_holder_not_admitted")
    assert (duty.post, duty.url_pk) == ("registrar", key.pk)
    assert duty.text == "「1号柜钥匙 1/2」的持有人不得进入其所开场所，请收回钥匙"
    back = give_back(actor=person(office.handler), subject=item, at=NOW)
    take_back(actor=person(office.registrar), subject=back, at=NOW)
    crosschecks.run(actor=person(office.registrar), at=NOW, body=office.body)
    duty.refresh_from_db()
    assert (duty.state, duty.evidence) == (Duty.State.DONE, "钥匙持有人不在准入名单：核对相符")
    assert verify().findings == []


@pytest.mark.clause("facilities.keys", "access.may_know")
def test_the_secret_sign_of_a_seal_is_seen_by_name_only(office):
    seal = a_key(office, kind="seal", name="甲局印章", secret="右下角缺口", knowers=[office.head])
    assert seal.item.kind == Item.Kind.SEAL
    for reader, may in (
        (office.registrar, True),
        (office.head, True),
        (office.director, False),
        (office.office, False),
    ):
        assert Guarded.objects.visible_to(person(reader), at=NOW).exists()
        assert SecretSign.objects.visible_to(person(reader), at=NOW).exists() is may
    with pytest.raises(Denied):
        keeping.register(
            actor=person(office.handler),
            at=NOW,
            kind="key",
            name="钥匙",
            place=office.safe,
            home=office.safe,
        )
    with pytest.raises(Refusal):
        a_key(office, name=" ")


def changed(office, **words):
    given = {
        "place": office.safe,
        "why": "启用",
        "knowers": [office.registrar],
        "envelope": "绝密柜",
        "changed_on": TODAY,
    }
    return keeping.change(actor=person(office.registrar), at=NOW, **given | words)


@pytest.mark.clause("facilities.combination", "crosschecks.run", "crosschecks.cure")
def test_a_combination_is_set_anew_in_time_and_when_somebody_leaves(office):
    site = in_use(office)
    for wrong in (
        {"why": "想改"},
        {"changed_on": TODAY + timedelta(days=1)},
        {"knowers": []},
        {"envelope": ""},
        {"knowers": [office.junior]},
        {"knowers": [office.handler]},
    ):
        with pytest.raises(Refusal) as caught:
            changed(office, **wrong)
        assert caught.value.clause.startswith("facilities.")
    listed(office, site, office.handler)
    old = changed(office, changed_on=TODAY - timedelta(days=181), knowers=[office.handler])
    assert old.next_on == TODAY - timedelta(days=1) and fresh(old).knowers == "单平"
    (late,) = hits("combination_overdue")
    assert (late.text, late.url_pk) == ("「1号柜」的密码已到更换期限，请更换", old.pk)
    with prepared(office.body):
        record = office.handler.clearances.get()
        record.trained_until = TODAY - timedelta(days=1)
        record.save()
    crosschecks.run(actor=person(office.registrar), at=NOW, body=office.body)
    (unfit,) = hits("combination_knower_unfit")
    assert unfit.url_pk == old.pk
    new = changed(office, why="知密人变动")
    for duty in (late, unfit):
        duty.refresh_from_db()
        assert duty.state == Duty.State.DONE, "cured in the act that set it anew"
    assert [row.pk for row in Combination.unscoped.filter(current=True)] == [new.pk]
    assert verify().findings == []
