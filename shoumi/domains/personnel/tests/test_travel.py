"""personnel.travel and the passports: asked before, objections bind, briefed, reported, given back."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY, YEAR
from shoumi.domains.personnel.models import Consultation, Trip
from shoumi.domains.personnel.services import passports, travelling
from shoumi.domains.personnel.tests import scene
from shoumi.domains.personnel.tests.scene import fresh, person
from shoumi.domains.personnel.tests.test_leaving import in_hand
from shoumi.kernel.refusal import Refusal
from shoumi.platform.custody.models import Handover, Item
from shoumi.platform.custody.services import accept
from shoumi.platform.obligations.models import Duty
from shoumi.platform.trail.verify import verify

REMINDER = "不携带涉密载体，遇有异常立即报告。"


@pytest.fixture
def dossier(office):
    return scene.on_post(office, office.newcomer)


def labels_of(row):
    return list(fresh(row).case.steps.order_by("order").values_list("label", flat=True))


@pytest.mark.clause(
    "personnel.travel",
    "personnel.travel.briefing",
    "personnel.travel.report",
    "personnel.passports",
)
def test_a_journey_from_the_request_to_the_passport_back_in_the_safe(office, dossier):
    passport = passports.deposit(
        actor=office.hr, subject=dossier, at=NOW, kind="普通护照", ending="1234",
        valid_until=TODAY + YEAR, place=office.safe,
    )  # fmt: skip
    row = scene.trip(office, dossier)
    assert labels_of(row) == ["组织人事、保密办审核", "分管领导批准"]
    row = scene.decide(office, row)
    with pytest.raises(Refusal, match="不得发出证件") as caught:
        passports.issue(actor=office.hr, subject=passport, at=NOW)
    assert caught.value.clause == "personnel.passports"
    travelling.brief(actor=office.office, subject=row, at=NOW, reminder=REMINDER)
    passports.issue(actor=office.hr, subject=fresh(passport), at=NOW)
    accept(actor=person(office.newcomer), subject=Handover.objects.latest("id"), at=NOW)
    assert fresh(passport).item.holder.person == office.newcomer
    back = NOW + timedelta(days=31)
    with pytest.raises(Refusal, match="实际返回日期"):
        travelling.report_back(
            actor=person(office.newcomer), subject=fresh(row), at=back, report="无",
            came_back_on=back.date() + scene.DAY,
        )  # fmt: skip
    travelling.report_back(
        actor=person(office.newcomer), subject=fresh(row), at=back, report="无异常。",
        came_back_on=back.date(),
    )  # fmt: skip
    passports.take_in(actor=office.hr, subject=fresh(passport), at=back, place=office.safe)
    assert fresh(passport).item.holder.place == office.safe
    assert fresh(row).state == Trip.State.BACK
    kinds = ("personnel.travel", "personnel.passport")
    assert not [d for d in Duty.objects.filter(state="open") if d.kind.startswith(kinds)]
    assert verify().findings == []


@pytest.mark.clause("personnel.travel.objection")
def test_an_objection_binds_and_a_question_is_waited_for(office, dossier):
    row = scene.trip(office, dossier)
    asked = travelling.consult(
        actor=office.office, subject=row, at=NOW, authority="公安机关", letter="甲局函〔2026〕1号"
    )
    with pytest.raises(Refusal, match="意见尚未收到"):
        scene.decide(office, row)
    said = {"reply": "公函2号", "answered_on": TODAY}
    travelling.answer(
        actor=office.office, subject=row, at=NOW, asked=asked, said="objected", **said
    )
    with pytest.raises(Refusal, match="公安机关认为出境将危害国家安全") as caught:
        scene.decide(office, row)
    assert caught.value.clause == "personnel.travel.objection"
    assert fresh(row).state == Trip.State.ASKED
    assert Consultation.unscoped.get().answer == "objected"


@pytest.mark.clause("personnel.travel", "personnel.travel.nothing_along")
def test_never_asked_afterwards_and_never_with_a_carrier_in_hand(office, dossier):
    for leaves in (TODAY, TODAY - scene.DAY):
        with pytest.raises(Refusal, match="须事先报告") as caught:
            scene.trip(office, dossier, leaves_on=leaves)
        assert caught.value.clause == "personnel.travel"
    row = scene.decide(office, scene.trip(office, dossier))
    in_hand(office, office.newcomer, kind=Item.Kind.PAPER, name="收文〔2026〕1号")
    with pytest.raises(Refusal, match="收文〔2026〕1号") as caught:
        travelling.brief(actor=office.office, subject=row, at=NOW, reminder=REMINDER)
    assert caught.value.clause == "personnel.travel.nothing_along"


@pytest.mark.clause("personnel.travel", "personnel.travel.unapproved")
def test_in_the_exit_period_the_office_asks_and_the_head_decides(office, dossier):
    from shoumi.domains.personnel.services import leaving

    left = scene.decide(office, scene.asked_to_leave(office, dossier))
    leaving.finish(actor=office.hr, subject=scene.leaving_acts(office, left), at=NOW)
    with pytest.raises(Refusal):
        scene.trip(office, dossier)
    row = scene.trip(office, dossier, actor=office.hr)
    assert row.in_exit_period and labels_of(row)[-1] == "主要领导批准"
    gone = {**scene.TRIP, "leaves_on": TODAY - 9 * scene.DAY, "returns_on": TODAY - scene.DAY}
    breach = travelling.register_unapproved(actor=office.hr, subject=fresh(dossier), at=NOW, **gone)
    assert breach.state == Trip.State.UNAPPROVED
    assert Duty.objects.get(kind="personnel.travel.breach").post == "secrecy_office"


@pytest.mark.clause("personnel.travel")
def test_nobody_decides_on_their_own_journey(office):
    dossier = scene.on_post(office, office.peer)
    deputy = scene.candidate(office, office.leader, post=dossier.post)
    row = scene.trip(office, deputy)
    seats = {s.person_id for step in fresh(row).case.steps.all() for s in step.seats.all()}
    assert office.leader.pk not in seats and labels_of(row)[-1] == "主要领导批准"
