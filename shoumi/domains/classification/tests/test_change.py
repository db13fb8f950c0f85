"""classification.change, .release, .extend, .correct, .notice, .remark: one decision, and all that follows."""

from datetime import timedelta

import pytest

from conftest import NOW
from shoumi.domains.classification.models import Change, Notice, Remarking
from shoumi.domains.classification.services import changing, remarking
from shoumi.domains.classification.tests.scene import (
    copied,
    decided,
    fresh,
    person,
    release,
)
from shoumi.domains.documents.models import Document
from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import written
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.custody.models import Item
from shoumi.platform.custody.services import accept, offer
from shoumi.platform.obligations.loop import tick
from shoumi.platform.obligations.selectors import mine
from shoumi.platform.trail.verify import verify

WHY = {"reason": "检查已经公布"}


def changed(office, row, mark="秘密★5年", *, at=NOW, **more):
    given = {"ground": "harm_changed", **WHY} | more
    return changing.change(
        actor=person(office.authority), subject=fresh(row), at=at, mark=mark, **given
    )


@pytest.mark.clause("classification.change", "classification.remark", "classification.notice")
def test_sight_mark_and_tasks_follow_a_change_at_once(office):
    row = decided(office)
    items = copied(office, row, 3)
    batch = offer(actor=office.registrar, subject=[items[0]], receiver=office.chief, at=NOW)
    accept(actor=office.chief, subject=batch, at=NOW)
    made = changed(office, row)
    row = fresh(row)
    assert (row.level, row.mark_text, row.struck) == (
        Level.CONFIDENTIAL,
        "秘密★5年",
        ["机密★10年"],
    )
    assert {fresh(item).level for item in items} == {Level.CONFIDENTIAL}
    tasks = list(Remarking.waiting(made))
    assert [(t.mark_before, t.mark_after) for t in tasks] == [("机密★10年", "秘密★5年")] * 3
    assert tasks[0].note == "由持有人交机要员换标"
    told = {(n.person.name, n.copies) for n in Notice.unscoped.filter(change=made)}
    assert told == {("单平", 0), ("查国栋", 1)}
    # One duty for the registrar over all copies, closed by the last of them.
    duty = mine(office.registrar, at=NOW).get(kind="classification.remark.confirm")
    confirm = remarking.confirm
    confirm(actor=office.registrar, subject=made, at=NOW, remarkings=tasks[:2])
    assert fresh(made).state == "open"
    with pytest.raises(Stale):
        confirm(actor=office.registrar, subject=fresh(made), at=NOW, remarkings=tasks[1:])
    confirm(actor=office.registrar, subject=fresh(made), at=NOW, remarkings=tasks[2:])
    assert fresh(made).state == "closed"
    duty.refresh_from_db()
    assert duty.state == "done"
    assert verify().findings == []


@pytest.mark.clause("classification.notice")
def test_only_who_was_told_signs_for_it(office):
    made = changed(office, decided(office))
    notice = Notice.unscoped.get(change=made, person=office.chief)
    with pytest.raises(Denied):
        remarking.sign(actor=office.handler, subject=notice, at=NOW)
    assert mine(person(office.chief), at=NOW).filter(kind="classification.notice.sign").exists()
    remarking.sign(actor=person(office.chief), subject=notice, at=NOW)
    assert not mine(person(office.chief), at=NOW).exists()
    with pytest.raises(Stale):
        remarking.sign(actor=person(office.chief), subject=fresh(notice), at=NOW)


@pytest.mark.clause("classification.remark")
def test_what_an_earlier_change_left_undone_goes_into_the_next(office):
    row = decided(office)
    copied(office, row, 1)
    first = changed(office, row)
    second = release(office, row)
    (task,) = Remarking.waiting(second)
    assert (task.mark_before, task.mark_after, task.shown_after) == ("机密★10年", "", "解密")
    assert not Remarking.waiting(first).exists()
    assert fresh(row).struck == ["机密★10年", "秘密★5年"]
    assert fresh(first).state == "closed"


@pytest.mark.clause("classification.release", "classification.publish")
def test_released_is_not_published(office):
    row = decided(office)
    release(office, row)
    assert (fresh(row).state, fresh(row).level) == ("released", Level.INTERNAL)
    other = decided(office, name="乙")
    with pytest.raises(Refusal) as caught:
        release(office, other, ground="published")
    assert caught.value.clause == "classification.publish"
    release(office, other, ground="published", published_in="政府公报 2026年第9期")
    assert (fresh(other).level, fresh(other).mark_text) == (Level.PUBLIC, "")
    with pytest.raises(Stale):
        release(office, other)


@pytest.mark.clause("classification.extend", "classification.expiry")
def test_months_ahead_the_authority_is_asked_and_only_before_the_last_day(office):
    row = decided(office, mark="机密★6个月")
    authority = person(office.authority)
    assert not mine(authority, at=NOW).filter(kind="classification.expiry").exists()
    ahead = NOW + timedelta(days=100)
    duty = mine(person(authority), at=ahead).get(kind="classification.expiry")
    assert duty.due_at.date() == row.expires_on
    extend = changing.extend
    with pytest.raises(Refusal):
        extend(actor=person(authority), subject=row, at=ahead, mark="机密★3个月", **WHY)
    extend(actor=person(authority), subject=row, at=ahead, mark="机密★2年", **WHY)
    row = fresh(row)
    assert row.mark_text == "机密★2年"
    assert not mine(person(authority), at=ahead).filter(kind="classification.expiry").exists()
    other, late = decided(office, name="乙", mark="机密★3个月"), NOW + timedelta(days=95)
    with pytest.raises(Refusal) as caught:
        extend(actor=person(authority), subject=other, at=late, mark="机密★5年", **WHY)
    assert "自行解密" in caught.value.message


@pytest.mark.clause("classification.release", "classification.expiry")
def test_after_the_last_day_it_is_released_by_itself(office):
    row = decided(office, mark="秘密★1个月", harm="harm")
    copied(office, row, 1)
    tick(NOW + timedelta(days=29))
    assert fresh(row).state == "in_force"
    done = tick(NOW + timedelta(days=32))
    assert done.failed == []
    row = fresh(row)
    made = Change.unscoped.get(determination=row)
    assert (row.state, row.level, made.kind, made.decided_by) == (
        "released",
        Level.INTERNAL,
        "expire",
        office.system,
    )
    assert Remarking.waiting(made).count() == 1
    assert verify().findings == []


@pytest.mark.clause("classification.correct")
def test_a_correction_keeps_what_was_before(office):
    row = decided(office)
    made = changing.correct(
        actor=person(office.authority), subject=row, at=NOW, mark="秘密★3年", **WHY
    )
    assert (made.mark_before, made.mark_after, made.level_before) == ("机密★10年", "秘密★3年", 3)
    with pytest.raises(Refusal):
        changing.correct(
            actor=person(office.authority), subject=fresh(row), at=NOW, mark="秘密★3年", **WHY
        )


@pytest.mark.clause("classification.change", "marks.false")
def test_a_change_has_its_ground_and_changes_something(office):
    row = decided(office)
    for more, mark in (({"ground": "harmless"}, "秘密★5年"), ({"reason": " "}, "秘密★5年"), ({}, "机密★10年")):  # fmt: skip
        with pytest.raises(Refusal):
            changed(office, row, mark, **more)
    with pytest.raises(Refusal) as caught:
        changed(office, row, "内部")
    assert caught.value.clause == "marks.false"


@pytest.mark.clause("classification.notice.incoming", "classification.mark")
def test_the_issuers_notice_changes_a_paper_its_copies_and_who_sees_them(office):
    given = written(office, mark="秘密★5年", people=[office.handler, office.junior])
    paper = receive(actor=office.registrar, at=NOW, **given)
    (item, *_) = Item.unscoped.filter(label=paper.label).order_by("id")
    batch = offer(actor=office.registrar, subject=[item], receiver=office.junior, at=NOW)
    accept(actor=office.junior, subject=batch, at=NOW)
    seen = Document.objects.visible_to
    assert seen(office.junior, at=NOW).filter(pk=paper.pk).exists()
    noted = {"actor": office.registrar, "paper": paper.number, "at": NOW}
    changing.enter_notice(notice_number="岚保变〔2026〕2号", mark="机密★10年", **noted)
    paper = fresh(paper)
    assert (paper.level, paper.mark_text, paper.struck_marks) == (
        Level.SECRET,
        "机密★10年",
        ["秘密★5年"],
    )
    assert not seen(office.junior, at=NOW).filter(pk=paper.pk).exists()
    notes = set(Remarking.unscoped.values_list("note", flat=True))
    assert notes == {"", "持有人已不得知悉，当即收回"}
    assert {i.level for i in Item.unscoped.filter(label=paper.label)} == {Level.SECRET}
    changing.enter_notice(notice_number="岚保解〔2026〕3号", mark="解密", **noted)
    assert (fresh(paper).mark_text, fresh(paper).level) == ("", Level.INTERNAL)
    with pytest.raises(Refusal):
        changing.enter_notice(notice_number=" ", mark="解密", **noted)
