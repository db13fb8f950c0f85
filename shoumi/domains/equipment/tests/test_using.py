"""equipment.use: who sits where, with which medium, on what level, and what is left behind."""

from datetime import timedelta

import pytest

from conftest import NOW
from shoumi.domains.equipment.models import Use
from shoumi.domains.equipment.services import levelling, using
from shoumi.domains.equipment.tests.scene import (
    fresh,
    handed,
    in_use,
    permitted,
    put,
    stick,
)
from shoumi.domains.handling.services import copying
from shoumi.domains.handling.tests.scene import approve as approve_request
from shoumi.domains.handling.tests.scene import copies, paper
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal

SIT = {"operation": "起草", "content_level": Level.PUBLIC, "matter": "甲局发〔2026〕3号"}


def start(office, device, *, actor=None, **changed) -> Use:
    return using.start_use(
        actor=actor or office.handler, subject=fresh(device), at=NOW, **(SIT | changed)
    )


def refused(office, device, **changed) -> str:
    with pytest.raises(Refusal) as caught:
        start(office, device, **changed)
    return caught.value.clause


@pytest.mark.clause("equipment.content", "equipment.certified")
@pytest.mark.parametrize("operation", ["起草", "输入", "扫描", "存储", "处理", "传输"])
def test_no_secret_is_worked_on_with_a_machine_below_it(office, operation):
    plain = in_use(office)
    lower = in_use(office, Level.CONFIDENTIAL, number="涉-002", serial="S-2")
    for device in (plain, put(office, plain, network="internet"), lower):
        clause = refused(office, device, operation=operation, content_level=Level.SECRET)
        assert clause == "equipment.content"
    assert refused(
        office, put(office, lower, certificate=""), content_level=Level.CONFIDENTIAL
    ) == ("equipment.certified")


@pytest.mark.clause("equipment.user")
def test_a_classified_machine_is_its_own_peoples_and_of_others_only_by_leave(office):
    device = in_use(office, Level.CONFIDENTIAL)
    with pytest.raises(Denied) as caught:
        start(office, device, actor=office.junior)
    assert caught.value.clause == "equipment.user"
    secret = in_use(office, Level.SECRET, number="涉-8")
    with pytest.raises(Refusal) as caught:
        permitted(office, secret, "user", actor=office.handler, person=office.junior)
    assert caught.value.clause == "equipment.user"
    permitted(office, device, "user", actor=office.handler, person=office.junior)
    use = start(office, device, actor=office.junior)
    assert refused(office, device) == "access.stale"
    with pytest.raises(Denied):
        using.end_use(actor=office.handler, subject=use, at=NOW)
    using.end_use(actor=office.junior, subject=use, at=NOW + timedelta(hours=1))
    assert fresh(use).state == Use.State.CLOSED
    assert start(office, device).user == office.handler


@pytest.mark.clause("equipment.cross_use", "equipment.media", "equipment.media.content")
def test_a_medium_stays_at_its_level_and_only_a_registered_one_in_hand_is_used(office):
    secret, plain = in_use(office, Level.SECRET), in_use(office)
    usb = handed(office, stick(office), office.handler)
    red = handed(office, stick(office, Level.CONFIDENTIAL), office.handler)
    cross = "equipment.cross_use"
    # Between classified and not, no test of the medium helps.
    put(office, usb, tested_on=NOW.date())
    assert refused(office, secret, medium="盘-1") == cross
    assert refused(office, plain, medium="涉盘-1") == cross
    assert refused(office, plain, medium="没登记") == "equipment.media"
    assert refused(office, plain, medium="盘-1", actor=office.chief) == "equipment.media"
    assert refused(office, put(office, usb, state="stopped"), medium="") == "access.stale"
    put(office, usb, state="in_use")
    # A lower medium in a higher machine: only once it was tested.
    assert refused(office, secret, medium="涉盘-1") == cross
    put(office, red, tested_on=NOW.date())
    use = start(office, secret, medium="涉盘-1", content_level=Level.CONFIDENTIAL)
    assert use.medium == red
    for level in (Level.INTERNAL, Level.SECRET):
        assert refused(office, usb, content_level=level) in (
            "equipment.media.content",
            "equipment.content",
        )
    assert refused(
        office, in_use(office, Level.SECRET, number="涉-9", serial="S-9"),
        medium="涉盘-1", content_level=Level.SECRET,
    ) == "equipment.media.content"  # fmt: skip


@pytest.mark.clause("equipment.aftercare")
def test_nobody_rises_before_what_was_worked_on_is_safe(office):
    device = in_use(office, Level.SECRET)
    handed(office, stick(office), office.handler)
    use = start(office, device, content_level=Level.SECRET)
    for given in ({}, {"measures": " "}):
        with pytest.raises(Refusal) as caught:
            using.end_use(actor=office.handler, subject=fresh(use), at=NOW, **given)
        assert caught.value.clause == "equipment.aftercare"
    with pytest.raises(Refusal) as caught:
        using.end_use(actor=office.handler, subject=fresh(use), at=NOW, saved_to="盘-1")
    assert caught.value.clause == "equipment.media.content"
    using.end_use(actor=office.handler, subject=fresh(use), at=NOW, encrypted=True)
    assert fresh(use).encrypted


@pytest.mark.clause("equipment.work_secret", "equipment.private")
def test_work_secrets_on_a_plain_machine_need_leave_and_no_network(office):
    device = in_use(office)
    secret = {"content_level": Level.INTERNAL}
    assert refused(office, device, **secret) == "equipment.work_secret"
    permitted(office, device, "work_secret", actor=office.handler)
    use = start(office, device, **secret)
    using.end_use(actor=office.handler, subject=use, at=NOW, measures="已打印存柜")
    assert refused(office, put(office, device, network="inner"), **secret) == (
        "equipment.work_secret"
    )
    own = in_use(office, kind="phone", number="手机-1", serial="P-1", private=True)
    assert refused(office, own, **secret) == "equipment.private"


@pytest.mark.clause("equipment.copier")
def test_a_classified_thing_is_copied_only_under_an_approved_copying_request(office):
    copier = in_use(office, Level.SECRET, kind="copier", number="复-1", serial="C-1")
    given = {"operation": "复印", "content_level": Level.SECRET}
    assert refused(office, copier, **given) == "equipment.copier"
    item = copies(paper(office))[0]
    assert refused(office, copier, matter=item.name, **given) == "equipment.copier"
    asked = copying.request_copy(
        actor=office.handler, subject=item, at=NOW, kind="copy", copies=1, purpose="会议使用"
    )
    assert refused(office, copier, matter=item.name, **given) == "equipment.copier"
    approve_request(asked)
    assert start(office, copier, matter=item.name, **given).operation == "复印"


def test_what_was_wiped_holds_something_again_once_it_is_used(office):
    device = in_use(office)
    levelling.treat(actor=office.office, subject=device, method="格式化后覆写", at=NOW)
    start(office, device)
    assert (fresh(device).treated_on, fresh(device).treatment) == (None, "")
