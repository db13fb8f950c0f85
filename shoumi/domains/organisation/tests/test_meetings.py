"""organisation.meeting.*, organisation.task.*: called, held, resolved, minuted; and what was resolved is done."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY
from shoumi.domains.organisation.models import Attendance, Meeting, Resolution, Task
from shoumi.domains.organisation.selectors import plan_of
from shoumi.domains.organisation.selectors.duties import duty_sheets
from shoumi.domains.organisation.selectors.meetings import departments_unmet, papers_waiting
from shoumi.domains.organisation.services import meetings, tasks
from shoumi.domains.organisation.tests import scene
from shoumi.domains.organisation.tests.scene import DAY, fresh, person
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.obligations.loop import tick
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.selectors import mine
from shoumi.platform.obligations.services import seed_calendar
from shoumi.platform.trail.verify import verify


def refused(clause, what, *args, **given):
    with pytest.raises(Refusal) as caught:
        what(*args, **given)
    assert caught.value.clause == clause


def to(someone):
    return {"person": someone, "reason": "岗位调整"}


@pytest.mark.clause("organisation.meeting", "organisation.meeting.topic", "organisation.resolution")
def test_a_resolution_becomes_a_duty_and_is_done(office):
    seed_calendar(office.system, NOW)
    tick(NOW)
    refused("organisation.meeting.topic", scene.called, office, agenda="人事事项")
    refused("organisation.meeting", scene.called, office, agenda=" ")
    refused("organisation.meeting", scene.called, office, kind="部门会议")
    refused("organisation.meeting", scene.called, office, kind="领导班子会")
    union = scene.organ(office, "union")
    refused("organisation.meeting", scene.called, office, made=union)
    refused("access.may_know", scene.called, office, level=Level.SECRET, people=[office.newcomer])
    meeting = scene.held(office)
    assert [row.present for row in Attendance.unscoped.filter(meeting=meeting)] == [True] * 3
    actor = person(office.office)
    for wrong in ({"yes": 4}, {"yes": 1, "no": 2}):
        refused(
            "organisation.resolution",
            meetings.resolve,
            actor=actor,
            subject=fresh(meeting),
            at=NOW,
            **scene.resolution(office, **wrong),
        )
    assert not Resolution.unscoped.exists()
    meetings.resolve(actor=actor, subject=fresh(meeting), at=NOW, **scene.resolution(office))
    task = Task.unscoped.get()
    assert (task.origin, task.person, task.matter) == (
        "会议决议",
        office.handler,
        "年底前修缮机要室",
    )
    (duty,) = [d for d in mine(person(office.handler), at=NOW) if d.url_pk == task.pk]
    assert duty.text == f"办理交办事项 {task.number}", "no content in a list"
    assert not Meeting.objects.visible_to(person(office.handler), at=NOW).exists()
    tasks.finish(actor=person(office.handler), subject=fresh(task), at=NOW, outcome="已完工验收")
    assert fresh(task).state == Task.State.DONE
    duty.refresh_from_db()
    assert duty.state == Duty.State.DONE
    regular = Duty.objects.filter(kind=meetings.REGULAR, body=office.body)
    assert regular.get().state == Duty.State.OPEN
    meetings.minute(actor=actor, subject=fresh(meeting), at=NOW)
    assert regular.get().state == Duty.State.DONE
    with pytest.raises(Stale):
        meetings.resolve(actor=actor, subject=fresh(meeting), at=NOW, **scene.resolution(office))
    assert verify().findings == []


@pytest.mark.clause("organisation.meeting.attendance", "organisation.resolution")
def test_who_was_absent_says_why_and_too_few_resolve_nothing(office):
    meeting = scene.called(office, at=NOW - timedelta(hours=3))
    assert len(Duty.objects.filter(kind=meetings.ATTEND, state=Duty.State.OPEN)) == 3
    held = {"held_at": NOW - timedelta(hours=1), "minutes": "略"}
    actor = person(office.office)
    for wrong in (
        {"absent": [office.head]},
        {"absent": [office.head], "reasons": "公出\n请假"},
        {"held_at": NOW + DAY},
    ):
        refused(
            "organisation.meeting.attendance",
            meetings.hold,
            actor=actor,
            subject=fresh(meeting),
            at=NOW,
            **held | wrong,
        )
    meetings.hold(
        actor=actor,
        subject=fresh(meeting),
        at=NOW,
        absent=[office.head, office.leader],
        reasons="公出\n请假",
        **held,
    )
    rows = Attendance.unscoped.filter(meeting=meeting).order_by("person__name")
    assert {(r.person.name, r.present, r.reason) for r in rows} == {
        ("覃正", False, "公出"),
        ("尉迟山", False, "请假"),
        ("查国栋", True, ""),
    }
    assert not Duty.objects.filter(kind=meetings.ATTEND, state=Duty.State.OPEN).exists()
    refused(
        "organisation.resolution",
        meetings.resolve,
        actor=actor,
        subject=fresh(meeting),
        at=NOW,
        **scene.resolution(office, yes=1),
    )
    off = scene.called(office)
    meetings.drop(actor=actor, subject=fresh(off), at=NOW, reason="改期")
    assert not Duty.objects.filter(kind=meetings.ATTEND, state=Duty.State.OPEN).exists()
    with pytest.raises(Stale):
        meetings.drop(actor=actor, subject=fresh(off), at=NOW, reason="改期")
    science = office.departments["业务科"]
    assert "业务科" in departments_unmet(person(office.leader), at=NOW)
    scene.held(office, kind="部门会议", department=science, organ=None, actor=office.chief)
    assert "业务科" not in departments_unmet(person(office.leader), at=NOW)


@pytest.mark.clause("organisation.meeting")
def test_classified_papers_that_wait_for_approval_are_gathered_before_a_meeting(office):
    from shoumi.domains.dispatch.tests.scene import submitted

    letter = submitted(office)
    (case,) = papers_waiting(person(office.director), at=NOW)
    assert case.pk == letter.review_id
    assert list(papers_waiting(person(office.peer), at=NOW)) == []


@pytest.mark.clause(
    "organisation.task", "organisation.instruction", "organisation.need", "organisation.plan"
)
def test_what_comes_from_above_is_due_soon_and_a_plan_has_its_three_lines(office):
    seed_calendar(office.system, NOW)
    tick(NOW.replace(month=1, day=5))
    above = {"origin": "上级文件", "basis": "市保委〔2026〕3号", "measure": "组织学习并自查"}
    clause = "organisation.instruction"
    refused(clause, scene.assigned, office, **above | {"measure": ""})
    refused(clause, scene.assigned, office, **above | {"due_on": TODAY + 15 * DAY})
    task = scene.assigned(office, **above)
    assert task.measure == "组织学习并自查"
    refused("organisation.task", scene.assigned, office, origin="会议决议")
    refused("organisation.task", scene.assigned, office, due_on=TODAY - DAY)
    refused("access.may_know", scene.assigned, office, person=office.newcomer, level=Level.SECRET)
    with pytest.raises(Denied):
        tasks.finish(actor=person(office.leader), subject=task, at=NOW, outcome="已办")
    actor = person(office.handler)
    refused("organisation.task", tasks.finish, actor=actor, subject=task, at=NOW, outcome=" ")
    tasks.finish(actor=actor, subject=fresh(task), at=NOW, outcome="已传达，已自查")
    with pytest.raises(Stale):
        tasks.finish(actor=actor, subject=fresh(task), at=NOW, outcome="再办")
    kept = scene.assigned(office, origin="保障事项", matter="配保密柜")
    leader = person(office.leader)
    refused(
        "organisation.task",
        tasks.reassign,
        actor=leader,
        subject=fresh(kept),
        at=NOW,
        **to(kept.person),
    )
    tasks.reassign(actor=leader, subject=fresh(kept), at=NOW, **to(office.peer))
    assert [d.url_pk for d in mine(person(office.peer), at=NOW)] == [kept.pk]
    assert not [d for d in mine(person(office.handler), at=NOW) if d.url_pk == kept.pk]
    with pytest.raises(Denied):
        tasks.finish(actor=actor, subject=fresh(kept), at=NOW, outcome="已配")
    tasks.finish(actor=person(office.peer), subject=fresh(kept), at=NOW, outcome="已配")
    with pytest.raises(Stale):
        tasks.reassign(actor=leader, subject=fresh(kept), at=NOW, **to(office.handler))
    plan_due = Duty.objects.filter(kind=tasks.PLAN_DUE, body=office.body, state=Duty.State.OPEN)
    for line in ("宣传教育", "保密检查", "技术防护"):
        assert plan_due.exists()
        last = scene.assigned(office, origin="年度计划", line=line)
    assert not plan_due.exists()
    tasks.finish(actor=actor, subject=fresh(last), at=NOW, outcome="已完成")
    lines = plan_of(office.body, year=2026, reader=person(office.leader), at=NOW)
    assert [(p.line, p.planned, p.done, p.share) for p in lines] == [
        ("宣传教育", 1, 0, "0%"),
        ("保密检查", 1, 0, "0%"),
        ("技术防护", 1, 1, "100%"),
    ]
    assert verify().findings == []


@pytest.mark.clause("organisation.duties", "organisation.duties.leaders")
def test_the_duties_of_a_post_count_what_was_done_this_year(office):
    def counted(post):
        (sheet,) = [s for s in duty_sheets(office.body, at=NOW) if s.post == post]
        return dict(pair for line in sheet.lines for pair in line.evidence)

    before = counted("主要领导")
    assert before["交办事项"] == 0
    task = scene.assigned(office)
    tasks.finish(actor=person(office.handler), subject=task, at=NOW, outcome="已办")
    after = counted("主要领导")
    assert (after["交办事项"], after["办结事项"]) == (1, 1)
    assert {"定密", "半年核查"} <= after.keys()
    (sheet,) = [s for s in duty_sheets(office.body, at=NOW) if s.post == "主要领导"]
    assert sheet.holders == ("覃正",)
    seed_calendar(office.system, NOW)
    tick(NOW.replace(month=12, day=10))
    (review,) = Duty.objects.filter(kind="recurring.organisation_review", body=office.body)
    assert review.post == "head"
