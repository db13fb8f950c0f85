"""classification.derive: four cases, the sources' level, period and scope; what changes, changes together."""

from datetime import date, timedelta

import pytest

from conftest import NOW, TODAY
from shoumi.domains.classification.models import Change, Determination
from shoumi.domains.classification.services import changing
from shoumi.domains.classification.tests.scene import (
    copied,
    decided,
    derived,
    fresh,
    person,
    release,
)
from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import written
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.trail.verify import verify


def paper(office, **changed):
    """A 机密★10年 paper from outside, issued four days ago."""
    people = changed.pop("people", [office.handler, office.chief, office.authority, office.office])
    return receive(actor=office.registrar, at=NOW, **written(office, people=people, **changed))


@pytest.mark.clause("classification.derive")
def test_level_and_last_day_are_taken_over_and_the_lineage_is_kept(office):
    source = paper(office)
    row = derived(office, source.number)
    assert (row.level, row.state, row.expires_on) == (
        Level.SECRET,
        "in_force",
        date(2036, 8, 28),
    )
    # The day, not the term: ten years from today would be too long.
    assert row.mark_text == "机密★2036年8月28日"
    (parent,) = row.parents()
    assert (parent.manner, parent.document, parent.mark_text) == ("outside", source, "机密★10年")
    again = derived(office, row.number, source.issue_number, name="再次摘编")
    assert {p.pk for p in again.parents()} == {row.pk, parent.pk}
    assert verify().findings == []


@pytest.mark.clause("classification.derive")
def test_of_several_sources_the_highest_level_and_the_longest_period_hold(office):
    short, long = (
        decided(office, mark="机密★5年"),
        decided(office, name="乙", mark="秘密★10年", harm="harm"),
    )
    row = derived(office, short.number, long.number)
    assert (row.level, row.expires_on) == (Level.SECRET, long.expires_on)
    endless = decided(office, name="丙", mark="秘密★正式公布前", harm="harm")
    row = derived(office, short.number, endless.number, name="丁")
    assert (row.mark_text, row.expires_on) == ("机密★正式公布前", None)


@pytest.mark.clause("classification.derive", "classification.points")
@pytest.mark.parametrize(
    ("changed", "clause"),
    [
        ({"likeness": "similar"}, "classification.derive"),
        ({"likeness": "points", "points": " "}, "classification.points"),
    ],
)
def test_only_in_the_four_cases(office, changed, clause):
    source = decided(office)
    with pytest.raises(Refusal) as caught:
        derived(office, source.number, **changed)
    assert caught.value.clause == clause


@pytest.mark.clause("classification.derive")
def test_not_from_what_is_unknown_open_or_released(office):
    source = decided(office)
    with pytest.raises(Refusal):
        derived(office, "定密〔2026〕999号")
    hidden = paper(office, people=[office.chief])
    with pytest.raises(Refusal):
        derived(office, hidden.number)
    release(office, source)
    with pytest.raises(Refusal) as caught:
        derived(office, source.number)
    assert "不是在效的国家秘密" in caught.value.message


@pytest.mark.clause("classification.derive.scope")
def test_nobody_knows_it_who_may_not_know_every_source(office):
    source = paper(office)
    with pytest.raises(Refusal) as caught:
        derived(office, source.number, people=[office.peer])
    assert caught.value.clause == "classification.derive.scope"


@pytest.mark.clause("classification.derive.follow", "classification.origin")
def test_what_was_derived_follows_its_source_through_every_step(office):
    source = paper(office)
    child = derived(office, source.number)
    grandchild = derived(office, child.number, name="要点")
    copied(office, grandchild, 1)
    for act in (changing.change, changing.release):
        with pytest.raises(Refusal) as caught:
            given = {"mark": "秘密★5年"} if act is changing.change else {}
            ground = "harm_changed" if given else "harmless"
            act(actor=office.authority, subject=child, at=NOW, ground=ground, reason="x", **given)
        assert caught.value.clause == "classification.derive.follow"
    with pytest.raises(Refusal) as caught:
        changing.change(
            actor=person(office.authority),
            subject=Determination.over(source.label),
            at=NOW,
            mark="秘密★5年",
            ground="harm_changed",
            reason="x",
        )
    assert caught.value.clause == "classification.origin"
    changing.enter_notice(
        actor=office.office,
        paper=source.number,
        at=NOW,
        notice_number="岚保变〔2026〕2号",
        mark="秘密★8年",
    )
    assert {fresh(row).mark_text for row in (child, grandchild)} == {"秘密★2034年8月28日"}
    changing.enter_notice(
        actor=office.office,
        paper=source.number,
        at=NOW,
        notice_number="岚保解〔2026〕3号",
        mark="解密",
    )
    assert {(fresh(r).state, fresh(r).level) for r in (child, grandchild)} == {
        ("released", Level.INTERNAL)
    }
    kinds = Change.unscoped.order_by("id").values_list("kind", "cause__kind")
    assert (
        list(kinds)
        == [
            ("notice", None),
            ("follow", "notice"),
            ("follow", "follow"),
        ]
        * 2
    )
    assert verify().findings == []


@pytest.mark.clause("classification.derive.follow")
def test_with_one_source_left_it_goes_on_at_that_level(office):
    first = decided(office)
    second = decided(office, name="乙", mark="秘密★3年", harm="harm")
    row = derived(office, first.number, second.number)
    release(office, first)
    row = fresh(row)
    assert (row.state, row.level, row.expires_on) == (
        "in_force",
        Level.CONFIDENTIAL,
        second.expires_on,
    )
    release(office, second)
    assert fresh(row).state == "released"
    assert row.expires_on > TODAY + timedelta(days=1000)
