"""organisation.tenure.*, organisation.survey: who bears what, until when, and what happens when a seat is empty."""

from datetime import date, timedelta

import pytest

from conftest import NOW, TODAY, prepared
from shoumi.domains.organisation.models import Survey, Tenure
from shoumi.domains.organisation.selectors import (
    archivists_changed,
    gaps,
    in_use,
    lists_of,
    members_on,
)
from shoumi.domains.organisation.selectors.chart import chart_of
from shoumi.domains.organisation.services import looking, tenures
from shoumi.domains.organisation.tests import scene
from shoumi.domains.organisation.tests.scene import DAY, fresh, person
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.obligations.loop import tick
from shoumi.platform.obligations.models import Duty
from shoumi.platform.trail.verify import verify


def texts():
    return {duty.text for duty in scene.duties(looking.GAP)}


def refused(office, role, who, clause, **given):
    with pytest.raises(Refusal) as caught:
        scene.named(office, role, who, **given)
    assert caught.value.clause == clause


@pytest.mark.clause(
    "organisation.committee",
    "organisation.first",
    "organisation.responsibility",
    "organisation.gap",
    "organisation.centre",
)
def test_a_committee_is_formed_and_what_is_missing_becomes_a_duty(office):
    assert looking.look(office.body, at=NOW) is None, "nobody is surveyed before the first organ"
    assert not Survey.objects.exists()
    committee = scene.organ(office)
    assert "补齐：保密委员会主任" in texts()
    refused(office, "committee_chair", "chief", "organisation.committee", organ=committee)
    refused(office, "committee_chair", "head", "organisation.committee")
    with pytest.raises(Denied):
        tenures.begin(
            actor=person(office.handler),
            at=NOW,
            role="committee_chair",
            person=office.head,
            since=TODAY,
            basis="x",
            organ=committee,
        )
    scene.named(office, "committee_chair", "head", organ=committee)
    assert "补齐：保密委员会主任" not in texts()
    (done,) = Duty.objects.filter(text="补齐：保密委员会主任")
    assert (done.state, done.evidence) == (Duty.State.DONE, "已补齐")
    scene.follows(office, "leader", "head")
    refused(office, "committee_chair", "leader", "organisation.committee", organ=committee)
    first = Tenure.objects.get(role="first")
    assert (first.person, first.basis) == (office.head, "随任岗变动"), "entered by itself"
    refused(office, "first", "head", "organisation.first")
    due = scene.duties(looking.GAP)[0]
    assert (due.post, due.due_at.date()) == ("secrecy_office", date(2026, 9, 15))
    assert verify().findings == []


@pytest.mark.clause("organisation.roster", "organisation.department", "organisation.committee")
def test_a_member_leaves_the_seat_becomes_a_duty_and_is_filled(office):
    committee = scene.committee(office)
    chief = Tenure.objects.get(role="committee_member")
    assert "补齐：保密委员会委员" not in texts()
    scene.leaves(office, "chief", "department_head", at=NOW + DAY)
    scene.follows(office, "peer", "department_head", at=NOW + DAY)
    assert tick(NOW + DAY).failed == []
    assert "补齐：保密委员会委员" in texts(), "the system looks once a day"
    said = {gap.say for gap in gaps(office.body, at=NOW + DAY) if gap.title == "保密委员会委员"}
    assert said == {"查国栋已不任该岗位", "解峰未列入"}
    old, new = Tenure.objects.filter(role="department").order_by("id")
    assert (old.person, old.state, old.until) == (office.chief, Tenure.State.ENDED, TODAY)
    assert (new.person, new.department.name) == (office.peer, "审批科")
    with pytest.raises(Refusal):
        tenures.end(
            actor=person(office.office), subject=new, at=NOW + DAY, until=TODAY, reason="调整"
        )
    later = NOW + 2 * DAY
    with pytest.raises(Refusal):
        tenures.end(
            actor=person(office.office),
            subject=fresh(chief),
            at=later,
            until=TODAY - DAY,
            reason="调离",
        )
    tenures.end(
        actor=person(office.office), subject=fresh(chief), at=later, until=TODAY, reason="调离"
    )
    with pytest.raises(Stale):
        tenures.end(
            actor=person(office.office), subject=fresh(chief), at=later, until=TODAY, reason="调离"
        )
    scene.named(office, "committee_member", "peer", organ=committee, at=later)
    assert "补齐：保密委员会委员" not in texts()
    names = [seat.person.name for seat in members_on(committee, on=TODAY)]
    assert names == ["覃正", "尉迟山", "查国栋"], "the old list is there as of its day"
    assert [s.person.name for s in members_on(committee, on=later.date())][2:] == ["解峰"]
    assert lists_of(committee) == [TODAY + 2 * DAY, TODAY + DAY, TODAY]
    assert verify().findings == []


@pytest.mark.clause("organisation.term", "organisation.qualification")
def test_a_term_of_three_years_warns_ahead_is_renewed_and_else_leaves_the_seat_empty(office):
    board = scene.organ(office, "leadership")
    refused(office, "leadership_member", "leader", "organisation.qualification", organ=board)
    row = scene.named(office, "leadership_member", "leader", organ=board, qualification="从业十年")
    assert row.term_ends == date(2029, 8, 31)
    with pytest.raises(Refusal) as caught:
        tenures.renew(actor=person(office.office), subject=row, at=NOW, basis="党组决定")
    assert caught.value.clause == "organisation.term"
    ahead = NOW.replace(year=2029, month=7, day=5)
    looking.survey(actor=person(office.office), at=ahead - 4 * DAY)
    assert scene.duties(looking.TERM) == []
    looking.survey(actor=person(office.office), at=ahead)
    (warning,) = scene.duties(looking.TERM)
    assert (warning.due_at.date(), warning.url_pk) == (date(2029, 8, 31), row.pk)
    over = [g.say for g in gaps(office.body, at=ahead + 60 * DAY) if g.title == "领导班子成员"]
    assert over == ["尉迟山任期已满"]
    actor = person(office.office)
    tenures.renew(actor=actor, subject=fresh(row), at=ahead, basis="党组决定")
    assert (fresh(row).term_ends, fresh(row).renewals) == (date(2032, 8, 31), 1)
    assert scene.duties(looking.TERM) == []
    chief = Tenure.objects.get(role="department")
    with pytest.raises(Refusal):
        tenures.qualify(actor=actor, subject=chief, at=NOW, qualification=" ")
    tenures.qualify(actor=actor, subject=chief, at=NOW, qualification="从业八年")
    with pytest.raises(Stale):
        tenures.qualify(actor=actor, subject=fresh(chief), at=NOW, qualification="从业八年")


@pytest.mark.clause(
    "organisation.party",
    "organisation.confidential_group",
    "organisation.stages",
    "organisation.charge",
    "organisation.direct",
    "organisation.staff",
)
def test_the_rulebook_says_who_may_bear_what_and_where(office):
    science, approval = office.departments["业务科"], office.departments["审批科"]
    scene.organ(office)
    refused(office, "department_party", "handler", "organisation.party", department=science)
    scene.named(office, "department_party", "handler", department=science, party_member=True)
    refused(
        office,
        "department_party",
        "junior",
        "organisation.party",
        department=science,
        party_member=True,
    )
    refused(office, "charge", "leader", "organisation.charge")
    scene.named(office, "charge", "leader", department=science)
    scene.named(office, "charge", "leader", department=approval)
    with pytest.raises(Stale):
        scene.named(office, "charge", "leader", department=science)
    refused(office, "direct", "handler", "organisation.direct")
    refused(office, "direct", "leader", "organisation.direct", basis=" ")
    scene.named(office, "direct", "leader")
    refused(office, "stage", "registrar", "organisation.stages", scope="粉碎")
    scene.named(office, "stage", "registrar", scope="收发")
    refused(office, "direct", "stranger", "organisation.direct")
    group = scene.organ(office, "confidential_group")
    named = {"organ": group, "position": "主要负责人"}
    refused(office, "confidential_head", "head", "organisation.confidential_group", **named)
    named["position"] = "分管办公室的领导"
    scene.named(office, "confidential_head", "leader", **named)
    assert scene.named(office, "department_officer", "junior", department=science).working == "兼职"
    told = chart_of(office.body, at=NOW)
    (unit,) = [column for column in told.departments if column.title == "业务科"]
    shown = {box.title: [one.name for one in box.names] for box in unit.boxes}
    assert shown["部门分管领导"] == ["尉迟山"] and shown["部门兼职保密员"] == ["任远"]
    assert shown["部门保密第一责任人"] == ["查国栋"]
    assert told.empty == sum(box.is_empty for c in told.departments for box in c.boxes) + sum(
        box.is_empty for c in (*told.organs, *told.matters) for box in c.boxes
    ) + sum(box.is_empty for box in (*told.top, *told.body))


@pytest.mark.clause("organisation.archives", "organisation.use", "organisation.readiness")
def test_archivists_that_change_often_and_things_nobody_answers_for_are_counted(office):
    scene.organ(office)
    scene.follows(office, "authority", "archivist")
    row = scene.named(office, "archivist", "authority")
    assert archivists_changed(office.body, on=TODAY) == 0
    tenures.end(actor=person(office.office), subject=row, at=NOW, until=TODAY, reason="轮岗")
    assert archivists_changed(office.body, on=TODAY) == 1
    assert archivists_changed(office.body, on=TODAY + timedelta(days=731)) == 0
    from shoumi.domains.documents.services.receiving import receive
    from shoumi.domains.documents.tests.conftest import written
    from shoumi.platform.custody.models import Item
    from shoumi.platform.custody.services import accept, offer

    given = written(office, received_at=NOW, people=[office.handler, office.peer])
    document = receive(actor=office.registrar, at=NOW, **given)
    items = list(Item.unscoped.filter(label=document.label_id).order_by("id"))
    for item, holder in zip(items, (office.handler, office.peer), strict=False):
        batch = offer(actor=person(office.registrar), subject=[item], receiver=holder, at=NOW)
        accept(actor=person(holder), subject=batch, at=NOW)
    used = {
        u.department: (u.pieces, u.users, u.answerable) for u in in_use(office.registrar, at=NOW)
    }
    assert used == {"业务科": (1, 1, "查国栋"), "审批科": (1, 1, "")}
    assert in_use(person(office.newcomer), at=NOW) == []
    with prepared(office.body):
        office.handler.active = False
        office.handler.save()
    assert looking.survey(actor=office.system, body=office.body, at=NOW).missing == len(
        gaps(office.body, at=NOW)
    )
