"""The door, the look into a room, the board, the cross-checks and the books, through their real addresses."""

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import prepared
from shoumi.domains.facilities import registers, verbs
from shoumi.domains.facilities.models import Passage, SiteCheck
from shoumi.domains.facilities.tests import scene
from shoumi.domains.handling.tests.scene import copies, paper
from shoumi.platform.custody.models import Item
from shoumi.platform.custody.services import holder_of
from shoumi.platform.obligations import crosschecks
from shoumi.platform.registers.addresses import sealed
from shoumi.platform.registers.testing import RegisterCase, VerbCase, browser

pytestmark = pytest.mark.urls("shoumi.domains.facilities.tests.pages")


def now():
    """The pages read the clock, so what they act on is of today."""
    return timezone.now()


class TestPropose(VerbCase):
    register, verb, who = registers.SITES, verbs.PROPOSE, "office"
    refused = {"protection": " 　"}  # noqa: RUF012
    wrong_post = "registrar"
    hidden = ("peer", "newcomer", "junior", "lapsed", "sysadmin", "secadmin", "auditor")

    def values(self, office):
        return {
            "place": office.reading_room.pk,
            "kind": "strongroom",
            "level": 3,
            "department": office.departments["办公室"].pk,
            "keeper": office.registrar.pk,
            "cabinet": office.safe.pk,
            "protection": "门禁、报警",
            "reason": "集中保管",
        }


class TestVisits(RegisterCase):
    register = registers.VISITS
    strangers = ("peer", "newcomer", "leaver", "stranger", "auditor")

    def make(self, office, count):
        site = scene.Site.objects.visible_to(office.registrar, at=now()).first()
        site = site or scene.reception(office, at=now())
        return [scene.asked(office, site, at=now(), matter="公务") for _ in range(count)]


@pytest.mark.clause("facilities.enter", "facilities.closing", "facilities.mark", "facilities.board")
def test_the_door_the_look_the_sign_and_the_board(office):
    site = scene.in_use(office, at=now(), two_persons=True)
    scene.listed(office, site, office.handler, at=now())
    watch, peer = browser(office.watch), browser(office.peer)
    key = sealed(site.pk)
    door = f"/facilities/doors/{key}/"
    assert "机要室" in watch.get("/facilities/doors/").content.decode()
    assert "机要室" not in peer.get("/facilities/doors/").content.decode()
    for hidden in (door, f"/facilities/sites/{key}/sign/", "/facilities/board/"):
        assert peer.get(hidden).status_code == 404
    assert "未登记或者无权查看" in watch.get(door, {"code": "g-nobody"}).content.decode()
    said = watch.get(door, {"code": "G-HANDLER"}).content.decode()
    assert "单平（业务科）" in said and f'value="{office.handler.pk}" selected' in said
    who = {"person": office.registrar.pk, "companion": office.handler.pk}
    answer = watch.post(f"{door}enter/", who)
    assert answer.status_code == 422 and "请选择身份验证" in answer.content.decode()
    answer = watch.post(f"{door}enter/", {**who, "companion": "", "verified": "指纹"})
    assert answer.status_code == 422 and "须双人在场" in answer.content.decode()
    assert watch.post(f"{door}enter/", {**who, "verified": "指纹"}).status_code == 302
    passage = Passage.inside(site).get(person=office.handler)
    leave = f"/facilities/passages/{sealed(passage.pk)}/facilities-leave/"
    assert watch.get(door, {"code": "G-handler"})["Location"] == leave
    assert watch.post(leave, {"_seen": "", "codes": ""}).status_code == 302
    assert not Passage.inside(site).exists()
    look = f"{door}check/closing/"
    answer = watch.post(look, {"done": ["物品整理好"]})
    assert answer.status_code == 422 and "未落实：电器关闭好" in answer.content.decode()
    assert watch.post(look, {"done": ["物品整理好"], "remark": "停电"}).status_code == 302
    assert SiteCheck.unscoped.get().missing[0] == "电器关闭好"
    assert watch.get(f"{door}check/nothing/").status_code == 404
    sign = watch.get(f"/facilities/sites/{key}/sign/").content.decode()
    assert "保密区域" in sign and "机密" in sign and "须双人在场" in sign
    board = browser(office.director).get("/facilities/board/").content.decode()
    assert "文件管理" in board and "通报「机要室」下班检查未落实" in board


@pytest.mark.clause("facilities.visit")
def test_the_form_of_a_visit_is_for_those_who_may_know_it(office):
    visit = scene.asked(office, scene.reception(office, at=now()), at=now(), matter="公务")
    address = f"/facilities/visits/{sealed(visit.pk)}/form/"
    said = browser(office.watch).get(address).content.decode()
    assert "甲局来访登记表" in said and "519***********1234" in said and "0101" not in said
    assert browser(office.chief).get(address).status_code == 404


@pytest.mark.clause("crosschecks.run", "access.may_know")
def test_the_cross_checks_show_each_reader_what_they_may_know(office):
    item = copies(paper(office, at=now()))[0]
    with prepared(office.body, at=now()):
        holder = holder_of(body=office.body, place=office.cabinet)
        Item.unscoped.filter(pk=item.pk).update(holder=holder)
    page = reverse("facilities-crosschecks")
    registrar, watch = browser(office.registrar), browser(office.watch)
    assert watch.get(page).status_code == 404
    assert watch.post(reverse("facilities-crosschecks-run")).status_code == 404
    assert (
        "新发现 1 处"
        in registrar.post(reverse("facilities-crosschecks-run"), follow=True).content.decode()
    )
    said = registrar.get(page).content.decode()
    assert f"{item.name} 的密级高于存放处限级" in said and 'class="chart"' in said
    assert len(crosschecks.QUERIES) == said.count('<td class="index">') - 1
    for key in ("office", "leader"):
        seen = browser(getattr(office, key)).get(page).content.decode()
        knows = Item.objects.visible_to(getattr(office, key), at=now()).filter(pk=item.pk)
        assert (item.name in seen) is knows.exists()
