"""The books, the buttons and the printed pages of the room, through their real addresses."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import prepared
from shoumi.domains.ledgers.tests.rows import entered
from shoumi.domains.organisation import registers, verbs
from shoumi.domains.organisation.models import Tenure
from shoumi.domains.organisation.services import meetings, tenures, undertakings
from shoumi.domains.organisation.tests import scene
from shoumi.domains.organisation.tests.scene import fresh, person
from shoumi.kernel.refusal import Refusal
from shoumi.platform.registers.testing import RegisterCase, VerbCase, browser
from shoumi.platform.trail.models import Entry

pytestmark = pytest.mark.urls("shoumi.domains.organisation.tests.pages")
# Who reads nothing of the body here: the three officers, an exit period, another body.
OUT = ("leaver", "stranger", "sysadmin", "secadmin", "auditor")


def now():
    """The pages read the clock, so what they act on is of today."""
    return timezone.localtime()


def bearing(office, scope):
    """单平 answers for a stage: quicker than by an act."""
    with prepared(office.body, at=now()):
        return Tenure.objects.create(
            body=office.body,
            role="stage",
            scope=scope,
            person=office.handler,
            since=timezone.localdate(),
            basis="甲局〔2026〕1号",
        )


class TestEnd(VerbCase):
    register, verb, who = registers.TENURES, verbs.END, "office"
    refused = {"until": "2020-01-01"}  # noqa: RUF012
    hidden = OUT

    def prepare(self, office):
        return bearing(office, "收发")

    def values(self, office):
        return {"until": f"{timezone.localdate()}", "reason": "调离"}


class TestTenures(RegisterCase):
    register = registers.TENURES
    reader = "office"
    strangers = ("peer", *OUT)

    def make(self, office, count):
        begun = Tenure.objects.count()
        return [bearing(office, f"环节{begun + n}") for n in range(count)]

    def find(self, row):
        return "单平"


@pytest.mark.clause(
    "organisation.unit",
    "organisation.direct",
    "organisation.charge",
    "organisation.organs",
    "organisation.computers",
    "organisation.registry",
    "organisation.readiness",
)
def test_the_chart_the_list_of_gaps_and_the_wall_show_the_same_rows(office):
    at = now()
    scene.committee(office, at=at)
    scene.named(office, "direct", "leader", at=at)
    scene.named(office, "registry_chief", "director", at=at)
    for key in OUT[:1] + OUT[2:]:
        assert browser(getattr(office, key)).get("/organisation/").status_code == 404, key
    assert "覃正" not in browser(office.stranger).get("/organisation/").content.decode()
    reader = browser(office.newcomer)
    for address in ("organisation", "organisation-wall-a3", "organisation-wall-a4"):
        said = reader.get(reverse(address)).content.decode()
        for words in ("甲局保密委员会", "覃正", "尉迟山", "翟海", "空缺", "部门兼职保密员"):
            assert words in said, (address, words)
    assert Entry.objects.filter(event="registers.export").count() == 2
    gaps = reader.get(reverse("organisation-gaps"))
    assert "组织核查</button>" not in gaps.content.decode()
    assert reader.post(reverse("organisation-gaps")).status_code == 403
    office_browser = browser(office.office)
    assert office_browser.post(reverse("organisation-gaps")).status_code == 302
    shown = office_browser.get(reverse("organisation-gaps")).content.decode()
    for words in ("分管档案工作领导", "保密柜", "责任书未签订", "本年未开部门保密会议"):
        assert words in shown


@pytest.mark.clause("organisation.undertaking", "organisation.roster", "organisation.duties")
def test_what_is_printed_bears_the_rows_and_is_chained(office):
    at = now()
    organ = scene.committee(office, at=at)
    row = next(r for r in scene.issued(office, at=at) if r.signer == office.handler)
    undertakings.sign(actor=person(office.handler), subject=row, at=at)
    reader = browser(office.handler)
    paper = reader.get(f"{registers.UNDERTAKINGS.url('detail', row.pk)}form/").content.decode()
    assert row.number in paper and "单平（已签署）" in paper and "履行岗位职责" in paper
    listed = f"{registers.ORGANS.url('detail', organ.pk)}roster/"
    assert "查国栋" in reader.get(listed).content.decode()
    before = reader.get(listed, {"on": f"{timezone.localdate() - timedelta(days=1)}"})
    assert "该日没有成员" in before.content.decode()
    meeting = scene.held(office, at=at)
    meetings.resolve(
        actor=person(office.office),
        subject=fresh(meeting),
        at=at,
        **scene.resolution(office, due_on=timezone.localdate()),
    )
    minutes = f"{registers.MEETINGS.url('detail', meeting.pk)}minutes/"
    assert reader.get(minutes).status_code == 404, "who was not there does not read the minutes"
    said = browser(office.chief).get(minutes).content.decode()
    assert "年底前修缮机要室（同意 3，反对 0，弃权 0）" in said
    wall = reader.get(reverse("organisation-duties-wall")).content.decode()
    assert "机要员岗位职责" in wall and "对本单位保密工作负总责" in wall
    assert "办结事项" in reader.get(reverse("organisation-duties")).content.decode()
    assert "未列入计划" in reader.get(reverse("organisation-plan")).content.decode()
    tenure = Tenure.objects.get(role="committee_chair")
    shown = browser(office.office).get(registers.TENURES.url("detail", tenure.pk))
    assert "所负责的控制点" in shown.content.decode()


@pytest.mark.clause("organisation.establishment", "organisation.recruitment")
def test_the_kind_of_the_body_and_the_recruitment_are_ledgers(office):
    at = now()
    entered("establishment", person(office.office), at=at)
    with pytest.raises(Refusal):
        entered("establishment", person(office.office), at=at, superior="")
    entered("recruitment", person(office.director), at=at)
    with pytest.raises(Refusal, match="未经公示"):
        entered("recruitment", person(office.director), at=at, status="已录用")


def test_a_name_that_was_put_down_once_is_offered_nowhere_it_does_not_belong(office):
    scene.committee(office, at=now())
    page = (
        browser(office.office)
        .get(registers.TENURES.url("create", verbs.BEGIN.slug))
        .content.decode()
    )
    assert "保密委员会主任" in page and "保密工作第一责任人" not in page
    assert "令狐安" in page, "an officer too may bear a responsibility of computers"
    sent = {
        "role": "computer_coordinator",
        "person": office.sysadmin.pk,
        "since": f"{timezone.localdate()}",
        "basis": "甲局〔2026〕2号",
    }
    answer = browser(office.office).post(registers.TENURES.url("create", verbs.BEGIN.slug), sent)
    assert answer.status_code == 302
    row = Tenure.objects.get(role="computer_coordinator")
    with pytest.raises(Refusal):
        tenures.renew(actor=person(office.office), subject=row, at=now(), basis="x")
