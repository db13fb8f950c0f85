"""On the post: reports of changes, looking after people, review anew, and the end for whoever is unfit."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY, prepared
from shoumi.domains.handling.services import absence
from shoumi.domains.personnel import selectors
from shoumi.domains.personnel.models import Departure
from shoumi.domains.personnel.rules.words import Watched
from shoumi.domains.personnel.services import watching
from shoumi.domains.personnel.services.vetting import review
from shoumi.domains.personnel.tests import scene
from shoumi.domains.personnel.tests.scene import fresh, person
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.subjects import subject_of
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import refuse
from shoumi.platform.obligations.loop import tick
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.recurring import definitions
from shoumi.platform.obligations.services import raise_duty


@pytest.fixture
def dossier(office):
    return scene.on_post(office, office.newcomer)


def observe(office, dossier, at=NOW, **changes):
    given = {"kind": "check", "held_on": at.date(), "findings": "履行职责。", "outcome": "fit"}
    actor = changes.pop("actor", office.office)
    return watching.observe(actor=actor, subject=fresh(dossier), at=at, **{**given, **changes})


def level_of(someone, at=NOW):
    return subject_of(person(someone), at).clearance


@pytest.mark.clause("personnel.unfit")
@pytest.mark.parametrize("outcome", ["failed", "unfit"])
def test_whoever_is_unfit_loses_the_clearance_at_once_and_is_sent_off(office, dossier, outcome):
    before = person(office.newcomer).get_session_auth_hash()
    observe(office, dossier, outcome=outcome)
    assert level_of(office.newcomer) == Level.INTERNAL
    assert person(office.newcomer).get_session_auth_hash() != before
    row = Departure.open_of(dossier.pk)
    assert (row.kind, row.state, row.months) == ("off_post", "asked", 24)
    row = scene.decide(office, row)
    assert row.state == Departure.State.APPROVED


@pytest.mark.clause(
    "personnel.watch", "personnel.watch.joint", "personnel.watch.appraisal", "personnel.watch.talk"
)
def test_a_round_is_done_when_everybody_on_a_post_was_seen(office, dossier):
    other = scene.on_post(office, office.watch, post=dossier.post)
    with pytest.raises(Refusal, match="三个部门均签署") as caught:
        observe(office, dossier, kind="joint", organisation="甲", personnel="乙")
    assert caught.value.clause == "personnel.watch.joint"
    three = {"organisation": "甲", "personnel": "乙", "secrecy": "丙"}
    for word, kind in watching.ROUNDS.items():
        row = definitions()[kind]
        assert row.clause in ("personnel.watch", f"personnel.watch.{word.value}")
        with prepared(office.body):
            duty = raise_duty(
                kind=kind, clause=row.clause, text=row.text, due=NOW, at=NOW, body=office.body,
                post=row.post, period="2026",
            )  # fmt: skip
        said = {"kind": word.value} | (three if word is Watched.JOINT else {})
        observe(office, dossier, **said)
        duty.refresh_from_db()
        assert duty.state == "open"
        observe(office, other, **said)
        duty.refresh_from_db()
        assert duty.state == "done"


@pytest.mark.clause("personnel.change", "personnel.review.again")
def test_a_change_is_told_in_time_and_may_call_for_a_review(office, dossier):
    told = {"kind": "与境外人员通婚", "details": "拟与境外人员结婚。"}
    late = watching.report_change(
        actor=person(office.newcomer), subject=dossier, at=NOW,
        happened_on=TODAY - timedelta(days=16), **told,
    )  # fmt: skip
    assert late.late and late.due_on == TODAY - scene.DAY
    watching.handle_change(
        actor=office.office, subject=late, at=NOW, verdict="review", opinion="需要复审。"
    )
    duty = Duty.objects.get(kind="personnel.review.again")
    assert (duty.post, duty.state) == ("hr_officer", "open")
    with pytest.raises(Stale):
        watching.handle_change(
            actor=office.office, subject=late, at=NOW, verdict="none", opinion="x"
        )
    with pytest.raises(Refusal, match="由本人办理"):
        watching.report_change(actor=office.hr, subject=dossier, at=NOW, happened_on=TODAY, **told)
    scene.reviewed(office, dossier, at=NOW + timedelta(days=3))
    duty.refresh_from_db()
    record = office.newcomer.clearances.get()
    assert duty.state == "done" and record.review_due.isoformat() == "2028-09-04"


@pytest.mark.clause("personnel.review.again", "access.clearance")
def test_what_is_not_renewed_lapses_by_itself_and_a_failed_review_stops_it(office, dossier):
    days = 366
    assert level_of(office.newcomer, NOW + timedelta(days=days)) == Level.INTERNAL
    scene.trained(office, dossier, at=NOW + timedelta(days=200))
    assert level_of(office.newcomer, NOW + timedelta(days=days)) == Level.SECRET
    lapsing = selectors.lapsing(office.hr, at=NOW + timedelta(days=520))
    assert [row.pk for row in lapsing] == [dossier.pk]
    row = review(actor=office.hr, subject=fresh(dossier), at=NOW, **scene.GOOD_REVIEW)
    refuse(
        actor=office.office, subject=Case.unscoped.get(pk=row.case_id), at=NOW, opinion="不符合。"
    )
    assert fresh(row).state == "failed" and level_of(office.newcomer) == Level.INTERNAL


@pytest.mark.clause("personnel.watch.absent")
def test_whoever_is_not_back_in_time_is_shown_and_reported(office, dossier):
    absence.enter_absence(
        actor=person(office.newcomer), at=NOW, kind="leave", destination="外地",
        leaves_on=TODAY, returns_on=TODAY + scene.DAY,
    )  # fmt: skip
    later = NOW + timedelta(days=6)
    assert not selectors.overdue_absences(office.office, at=NOW)
    (row,) = selectors.overdue_absences(person(office.office), at=later)
    assert row.asked_by == office.newcomer
    tick(later)
    assert Duty.objects.filter(kind="obligations.overdue", text__contains="返回销假").exists()
    absence.end_absence(actor=person(office.newcomer), subject=row, at=later)
    assert not selectors.overdue_absences(person(office.office), at=later)
    observe(office, dossier, at=later, kind="absent", findings="已谈话提醒。")


@pytest.mark.clause("personnel.signed", "personnel.responsibility", "personnel.handlers")
def test_who_has_not_signed_and_which_department_has_nobody(office, dossier):
    wanted, missing = selectors.unsigned(office.hr, at=NOW)
    assert wanted == 2 and [(d.pk, name) for d, name in missing] == [(dossier.pk, "保密责任书")]
    scene.pledged(dossier, kind="responsibility")
    assert selectors.unsigned(office.hr, at=NOW)[1] == []
    bare = [d.name for d in selectors.bare_departments(person(office.hr), at=NOW)]
    assert "业务科" not in bare and "审批科" in bare
