"""personnel.leave: the five acts, what the ledger holds against it, and the exit period."""

from datetime import date, timedelta

import pytest

from conftest import NOW, TODAY, prepared
from shoumi.domains.handling.tests.scene import copies, lent, paper
from shoumi.domains.personnel.models import Departure, Dossier
from shoumi.domains.personnel.models.things import exposure_of
from shoumi.domains.personnel.services import exiting, leaving
from shoumi.domains.personnel.tests import scene
from shoumi.domains.personnel.tests.scene import fresh, person
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.models import ClearanceRecord
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import person_principal, subject_of
from shoumi.platform.custody.models import Item
from shoumi.platform.custody.services import enter_item, give_back, holder_of, take_back
from shoumi.platform.obligations.models import Duty
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.trail.verify import verify


@pytest.fixture
def dossier(office):
    return scene.on_post(office, office.newcomer)


def in_hand(office, someone, *, kind=Item.Kind.MEDIUM, name="U盘 0007", known=True):
    """One thing in somebody's drawer; the personnel office need not know it."""
    with prepared(office.body):
        people = [someone, office.registrar, *([office.hr, office.office] if known else [])]
        label = label_for(
            level=Level.CONFIDENTIAL, body=office.body, basis="x", on=TODAY,
            principals={person_principal(p.pk) for p in people},
        )  # fmt: skip
        return enter_item(
            label=label, kind=kind, name=name, source="received", at=NOW, reason="x",
            holder=holder_of(body=office.body, person=person(someone)),
        )  # fmt: skip


def finish(office, row, at=NOW):
    leaving.finish(actor=person(office.hr), subject=fresh(row), at=at)


@pytest.mark.clause(
    "personnel.leave", "personnel.leave.five_acts", "personnel.leave.cleared", "access.exit_period",
    "personnel.exit.start", "personnel.exit.term", "personnel.leave.handed", "personnel.leave.audit",
)  # fmt: skip
def test_a_leaver_with_one_stick_in_the_drawer_cannot_leave(office, dossier):
    stick = in_hand(office, office.newcomer)
    row = scene.asked_to_leave(office, dossier)
    assert row.approved_on is None
    approved = NOW + timedelta(days=5)
    row = scene.decide(office, row, at=approved)
    assert (row.approved_on, row.exit_until) == (approved.date(), date(2028, 9, 6))
    with pytest.raises(Refusal, match="U盘 0007") as caught:
        finish(office, row, at=approved)
    assert caught.value.clause == "personnel.leave.cleared"
    back = give_back(actor=person(office.newcomer), subject=stick, at=approved)
    take_back(actor=office.registrar, subject=back, at=approved, place=office.safe)
    with pytest.raises(Refusal, match="提醒谈话、离岗保密承诺书、工作交接、离岗审计") as caught:
        finish(office, row, at=approved)
    assert caught.value.clause == "personnel.leave.five_acts"
    row = scene.leaving_acts(office, row, at=approved)
    before = person(office.newcomer).get_session_auth_hash()
    last = approved + timedelta(days=3)
    finish(office, row, at=last)
    subject = subject_of(person(office.newcomer), last)
    assert subject.in_exit_period and subject.clearance == Level.INTERNAL
    assert person(office.newcomer).get_session_auth_hash() != before
    record = ClearanceRecord.objects.get(person=office.newcomer)
    assert (record.until, record.exit_until) == ((last - scene.DAY).date(), date(2028, 9, 6))
    assert fresh(dossier).state == Dossier.State.LEFT and person(office.newcomer).active
    assert not Duty.objects.filter(kind__startswith="personnel.leave", state="open").exists()
    assert not subject_of(person(office.newcomer), NOW.replace(year=2028, day=8)).in_exit_period
    assert verify().findings == []


@pytest.mark.clause("personnel.leave.cleared", "access.may_know")
def test_papers_devices_keys_and_places_all_count_and_what_is_hidden_stays_unnamed(office, dossier):
    row = scene.decide(office, scene.asked_to_leave(office, dossier))
    in_hand(office, office.newcomer, kind=Item.Kind.COMPUTER, name="计算机 12")
    in_hand(office, office.newcomer, kind=Item.Kind.KEY, name="2号柜钥匙")
    in_hand(office, office.newcomer, name="秘密优盘", known=False)
    with prepared(office.body):
        office.cabinet.keeper = office.newcomer
        office.cabinet.save()
    with pytest.raises(Refusal) as caught:
        finish(office, row)
    said = caught.value.message
    assert "计算机 12、2号柜钥匙、普通柜（管理人）" in said
    assert "另有 1 件由机要室掌握" in said and "秘密优盘" not in said


@pytest.mark.clause("personnel.leave.cleared", "personnel.exit.exposure")
def test_a_borrowed_paper_counts_and_what_was_read_is_the_ground_of_the_term(office):
    dossier = scene.on_post(office, office.junior)
    item = copies(paper(office, people=[person(office.junior), office.hr]))[0]
    lent(office, item, actor=person(office.junior))
    assert exposure_of(office.junior) == {item.level: 1}
    row = scene.decide(office, scene.asked_to_leave(office, dossier))
    with pytest.raises(Refusal, match=item.name):
        finish(office, row)


@pytest.mark.clause("personnel.exit.term", "personnel.exit.longer")
def test_too_short_is_refused_and_too_long_needs_a_reason_and_the_head(office, dossier):
    with pytest.raises(Refusal, match="短于规定的下限 24 个月") as caught:
        scene.asked_to_leave(office, dossier, months=23)
    assert caught.value.clause == "personnel.exit.term"
    with pytest.raises(Refusal, match="须写明理由") as caught:
        scene.asked_to_leave(office, dossier, months=37)
    assert caught.value.clause == "personnel.exit.longer"
    row = scene.asked_to_leave(
        office, dossier, months=24, for_life=True, longer_reason="长期接触核心工程"
    )
    labels = list(fresh(row).case.steps.order_by("order").values_list("label", flat=True))
    assert labels[-1] == "主要领导特批"
    assert scene.decide(office, row).exit_until.year == 9999


@pytest.mark.clause("personnel.exit.term")
def test_older_decisions_keep_the_figures_of_their_day(office):
    old, new = date(2010, 9, 30), date(2010, 10, 1)
    least = {day: figure("personnel.exit.term", "least", on=day) for day in (old, new)}
    most = {day: figure("personnel.exit.term", "most", on=day) for day in (old, new)}
    assert (least[old]["general"], most[old]["core"]) == (6, 36)
    assert (least[new]["general"], most[new]["core"]) == (12, 60)


@pytest.mark.clause("personnel.leave.resign", "personnel.leave.group", "personnel.leave.superior")
def test_who_may_resign_and_who_is_asked_first(office):
    dossier = scene.on_post(office, office.newcomer, employment="civil")
    with pytest.raises(Refusal, match="不得辞去公职") as caught:
        scene.asked_to_leave(office, dossier, kind="resignation", destination="elsewhere")
    assert caught.value.clause == "personnel.leave.resign"
    other = scene.on_post(office, office.watch, post=dossier.post)
    row = scene.asked_to_leave(office, other, kind="resignation", destination="elsewhere")
    labels = list(fresh(row).case.steps.order_by("order").values_list("label", flat=True))
    assert "保密工作领导小组意见" in labels
    with pytest.raises(Refusal, match="上级保密工作部门意见") as caught:
        scene.decide(office, row)
    assert caught.value.clause == "personnel.leave.superior"
    leaving.note_superior_opinion(
        actor=office.office, subject=fresh(row), at=NOW, opinion="同意（丙保〔2026〕9号）"
    )
    assert scene.decide(office, row).state == Departure.State.APPROVED


@pytest.mark.clause("personnel.exit.supervisor", "personnel.leave")
def test_whoever_leaves_the_body_loses_account_and_posts_and_is_handed_on(office, dossier):
    with prepared(office.body):
        from shoumi.platform.directory.models import Appointment

        Appointment.objects.create(
            person=office.newcomer, post="courier", body=office.body, since=TODAY - scene.DAY
        )
    row = scene.asked_to_leave(
        office, dossier, kind="retirement", destination="elsewhere", actor=office.hr
    )
    row = scene.leaving_acts(office, scene.decide(office, row))
    finish(office, row)
    gone = person(office.newcomer)
    assert not gone.active and not gone.appointments.filter(until=None).exists()
    row = fresh(row)
    assert row.supervisor == "甲局，会同保密行政管理部门或者公安机关"
    assert Duty.objects.get(kind="personnel.exit.list").state == "open"
    exiting.pass_on(actor=office.hr, subject=row, at=NOW, receipt="回执3号")
    assert Duty.objects.get(kind="personnel.exit.list").state == "done"
    with pytest.raises(Stale):
        exiting.pass_on(actor=office.hr, subject=fresh(row), at=NOW, receipt="回执3号")
    organ = {"destination": "organ", "employer": "丙市某局"}
    other = scene.on_post(office, office.watch, post=dossier.post)
    assert scene.asked_to_leave(office, other, **organ).supervisor == "丙市某局"


@pytest.mark.clause("personnel.exit.employer")
def test_in_the_exit_period_some_employers_are_barred_and_afterwards_not(office, dossier):
    row = scene.decide(office, scene.asked_to_leave(office, dossier))
    finish(office, scene.leaving_acts(office, row))
    given = {"employer": "某代表处", "kind": "境外驻华机构", "work": "翻译服务"}
    with pytest.raises(Refusal, match="不得为境外驻华机构工作") as caught:
        exiting.register_job(actor=office.hr, subject=fresh(row), at=NOW, since=TODAY, **given)
    assert caught.value.clause == "personnel.exit.employer"
    given["kind"] = "民营企业"
    exiting.register_job(actor=office.hr, subject=fresh(row), at=NOW, since=TODAY, **given)


@pytest.mark.clause("personnel.leave.handed", "personnel.leave.five_acts")
def test_things_are_handed_to_the_one_named_before_a_third_person_and_completely(office, dossier):
    row = scene.decide(office, scene.asked_to_leave(office, dossier))
    given = {
        "receiver": office.handler, "list_number": "清册1", "badge": True, "extracts": True,
        "materials": True, "case_files": True,
    }  # fmt: skip
    for changes, said in (
        ({"receiver": office.peer}, "指定的接管人单平"),
        ({"extracts": False}, "文件摘录本"),
        ({"list_number": " "}, "移交清册编号"),
        ({"receiver": office.office}, "不得为交接双方"),
    ):
        with pytest.raises(Refusal, match=said):
            leaving.hand_over(actor=office.office, subject=row, at=NOW, **{**given, **changes})
    with pytest.raises(Refusal, match="逐条阅读"):
        leaving.pledge_leaving(actor=person(office.newcomer), subject=row, at=NOW, read=False)
    with pytest.raises(leaving.NotThePerson):
        leaving.pledge_leaving(actor=office.hr, subject=row, at=NOW, read=True)
