"""The pages of the room, in everybody's browser: who sees which dossier, and who may press what."""

import pytest
from django.utils import timezone

from shoumi.domains.ledgers.tests.rows import entered
from shoumi.domains.personnel import verbs
from shoumi.domains.personnel.registers import DEPARTURES, DOSSIERS, POSTS, TRIPS
from shoumi.domains.personnel.tests import scene
from shoumi.kernel.refusal import Refusal
from shoumi.platform.registers.testing import RegisterCase, VerbCase, browser
from shoumi.platform.rulebook.figures import figure


def now():
    return timezone.localtime()


class TestClear(VerbCase):
    register, verb, who = DOSSIERS, verbs.CLEAR, "hr"
    hidden = ("peer", "junior", "stranger", "sysadmin", "secadmin", "auditor")
    wrong_post = "newcomer"

    def prepare(self, office):
        return scene.ready(office, office.newcomer, at=now())


class TestDossiers(RegisterCase):
    register, reader = DOSSIERS, "hr"

    def make(self, office, count):
        from conftest import prepared
        from shoumi.platform.directory.models import Person

        post = getattr(self, "post", None) or scene.post(office, at=now())
        self.post = post
        made = []
        for _ in range(count):
            serial = Person.objects.count()
            with prepared(office.body, at=now()):
                someone = Person.objects.create(
                    body=office.body, name=f"某{serial}", initials=f"m{serial}"
                )
            made.append(scene.candidate(office, someone, post=post, at=now()))
        return made


@pytest.mark.clause("personnel.dossier", "personnel.pledge.terms", "personnel.exit.employer")
def test_my_own_dossier_shows_what_is_missing_and_what_is_signed(office):
    mine = browser(office.newcomer)
    assert "没有被确定为涉密人员" in mine.get("/personnel/mine/").content.decode()
    dossier = scene.candidate(office, office.newcomer, at=now())
    page = mine.get("/personnel/mine/").content.decode()
    assert "审查、培训考试、承诺书" in page and "自愿接受保密审查" in page
    for address in (DOSSIERS.url("detail", dossier.pk), "/personnel/dossiers/"):
        assert mine.get(address).status_code == 200
    assert "脱密期内" in browser(office.leaver).get("/personnel/mine/").content.decode()
    assert browser(office.sysadmin).get("/personnel/mine/").status_code == 404


@pytest.mark.clause("personnel.measures", "personnel.system", "personnel.signed")
def test_the_keepers_pages(office):
    scene.on_post(office, office.newcomer, at=now())
    hr, other = browser(office.hr), browser(office.handler)
    page = hr.get("/personnel/lapsing/").content.decode()
    assert "签订率 50%" in page and "保密责任书" in page
    assert other.get("/personnel/lapsing/").status_code == 404
    least = figure("personnel.exit.term", "least", on=now().date(), body=office.body)
    page = hr.get("/personnel/measures/").content.decode()
    assert f'<td class="centre">{least["core"]}</td>' in page and page.count("缺项") == 7
    entered("personnel_system", office.office, at=now())
    assert hr.get("/personnel/measures/").content.decode().count("缺项") == 6
    assert "缺项" not in other.get("/personnel/measures/").content.decode()


@pytest.mark.clause("personnel.leave.five_acts", "personnel.leave.cleared")
def test_the_checklist_ticks_itself(office):
    dossier = scene.on_post(office, office.newcomer, at=now())
    row = scene.decide(office, scene.asked_to_leave(office, dossier, at=now()), at=now())
    page = browser(office.hr).get(DEPARTURES.url("detail", row.pk)).content.decode()
    assert "名下已清零" in page and page.count("未办") == 4
    sheet = (
        browser(scene.person(office.newcomer))
        .get(DEPARTURES.url("checklist", row.pk))
        .content.decode()
    )
    assert "监交人签名" in sheet and "未经手国家秘密载体" in sheet


@pytest.mark.clause("personnel.rights", "personnel.compensation", "personnel.outsiders")
def test_the_ledgers_beside_the_dossiers_ask_for_what_their_rows_must_say(office):
    wanted = {
        "personnel_allowance": "paid_on",
        "personnel_suggestion": "answer",
        "personnel_compensation": "details",
        "personnel_outsider": "pledged",
    }
    for key, column in wanted.items():
        with pytest.raises(Refusal):
            entered(key, office.hr, at=now(), **{column: ""})
        assert entered(key, office.hr, at=now()).pk


def test_every_form_opens_for_whoever_may_use_it(office):
    dossier = scene.on_post(office, office.newcomer, at=now())
    scene.trip(office, dossier, at=now(), leaves_on=now().date() + 9 * scene.DAY,
               returns_on=now().date() + 12 * scene.DAY)  # fmt: skip
    row = scene.trip(office, dossier, at=now(), leaves_on=now().date() + 19 * scene.DAY,
                     returns_on=now().date() + 22 * scene.DAY)  # fmt: skip
    opened = 0
    for register, pk in ((DOSSIERS, dossier.pk), (TRIPS, row.pk), (POSTS, dossier.post_id)):
        for key in ("hr", "office", "newcomer"):
            client = browser(scene.person(getattr(office, key)))
            page = client.get(register.url("detail", pk)).content.decode()
            for verb in register.verbs:
                address = register.url("do", pk, verb.slug)
                if f'href="{address}"' in page:
                    assert client.get(address).status_code == 200, verb.slug
                    opened += 1
    assert opened >= 14
