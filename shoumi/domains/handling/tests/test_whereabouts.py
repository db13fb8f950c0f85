"""What the registry looks after next: broken stages, what is ready to be destroyed, the catalogue, the keepers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import NOW, prepared
from shoumi.domains.documents.models import Document
from shoumi.domains.handling.selectors.stages import broken_stages, ready_to_destroy
from shoumi.domains.handling.services import copying, destroying
from shoumi.domains.handling.tests.scene import copies, decided, fresh, given_to, paper
from shoumi.domains.handling.tests.test_copy import made
from shoumi.domains.handling.tests.test_destroy import LIST
from shoumi.kernel.refusal import Refusal
from shoumi.platform.custody.services import offer
from shoumi.platform.directory.models import Place
from shoumi.platform.obligations.loop import run_due
from shoumi.platform.obligations.selectors import mine
from shoumi.platform.registers.testing import browser

pytestmark = pytest.mark.urls("shoumi.domains.handling.tests.pages")


def gaps(office, at):
    found = broken_stages(office.registrar, at=at)
    return {gap: [item.pk for item in items] for gap, items in found if items}


def expired(document, day):
    with prepared(document.body):
        Document.unscoped.filter(pk=document.pk).update(expires_on=day)


@pytest.mark.clause("carriers.stages")
def test_each_stage_that_lacks_the_next_is_named(office):
    items = copies(paper(office))
    given_to(office, office.handler, items[:1])
    offer(
        actor=office.registrar,
        subject=[items[1]],
        receiver=office.chief,
        at=NOW,
        due_at=NOW + timedelta(hours=8),
    )
    assert gaps(office, NOW) == {}
    request, pieces = made(office, items[2], "业务科")
    copying.collect(actor=office.registrar, subject=request, at=NOW)
    assert gaps(office, NOW + timedelta(days=40)) == {
        "传递未签收": [items[1].pk],
        "回收未销毁": [pieces[0].pk],
    }
    assert gaps(office, NOW + timedelta(days=200))["传出未回收"] == [items[0].pk]
    decided(office, "carriers.stages", "out_days", 30)
    assert gaps(office, NOW + timedelta(days=40))["传出未回收"] == [items[0].pk]
    page = browser(office.registrar).get(reverse("handling-stages"))
    assert page.status_code == 200 and items[1].name in page.content.decode()
    assert browser(office.peer).get(reverse("handling-stages")).status_code == 404


@pytest.mark.clause("carriers.destroy.expired")
def test_what_has_run_out_or_was_called_in_is_listed_and_its_list_is_asked_for_every_month(office):
    document, other = paper(office), paper(office)
    run_due(NOW)
    month = NOW.replace(month=10, day=12)
    run_due(month)
    duty = mine(office.registrar, at=month).filter(kind="recurring.expired_list")
    assert duty.exists()
    assert not ready_to_destroy(office.registrar, at=NOW).exists()
    expired(document, NOW.date())
    request, pieces = made(office, copies(other)[0], "业务科")
    copying.collect(actor=office.registrar, subject=request, at=NOW)
    wanted = {item.pk for item in copies(document)} | {pieces[0].pk}
    assert {i.pk for i in ready_to_destroy(office.registrar, at=NOW)} == wanted
    page = browser(office.registrar).get(reverse("handling-ready"))
    assert "保密期限届满" in page.content.decode() and "复制件已收回" in page.content.decode()
    table = browser(office.registrar).get(page.context["propose"])
    assert {item.pk for item, _ in table.context["rows"]} == wanted
    items = [fresh(piece) for piece in (*copies(document), pieces[0])]
    destroying.propose(actor=office.registrar, at=month, items=items, **LIST)
    assert not duty.exists()


@pytest.mark.clause("carriers.destroy.expired")
def test_a_body_may_let_nothing_be_destroyed_before_its_time(office):
    items = copies(paper(office))
    decided(office, "carriers.destroy.expired", "unexpired", "不得销毁")
    with pytest.raises(Refusal) as caught:
        destroying.propose(actor=office.registrar, at=NOW, items=items, **LIST)
    assert caught.value.clause == "carriers.destroy.expired"
    request, pieces = made(office, items[0], "业务科")
    copying.collect(actor=office.registrar, subject=request, at=NOW)
    copy = destroying.propose(actor=office.registrar, at=NOW, items=[fresh(pieces[0])], **LIST)
    assert copy.standard == "《国家秘密载体销毁管理规定》"


@pytest.mark.clause("carriers.destroy.standard")
def test_the_list_and_its_certificate_name_the_written_standard(office):
    decided(
        office, "carriers.destroy.standard", "document", "《甲局涉密载体销毁程序》甲局发〔2026〕9号"
    )
    at = timezone.now()
    request = destroying.propose(
        actor=office.registrar, at=at, items=copies(paper(office, at=at)), **LIST
    )
    assert request.standard == "《甲局涉密载体销毁程序》甲局发〔2026〕9号"
    sheet = browser(office.registrar).get(reverse("handling-destructions-paper", args=[request.pk]))
    assert "甲局发〔2026〕9号" in sheet.content.decode()


@pytest.mark.clause("carriers.catalogue", "carriers.place.keeper")
def test_the_account_is_catalogued_and_names_the_safe_that_nobody_keeps(office):
    paper(office, at=timezone.now())
    paper(office, "秘密", at=timezone.now(), kind="disc")
    client = browser(office.registrar)
    shown = client.get(reverse("handling-registry"))
    kinds = {label: total for _, label, _, total in shown.context["kinds"]}
    assert kinds == {"纸质载体": 3, "光盘": 3}
    assert len(client.get(reverse("items"), {"kind": "disc"}).context["page"].object_list) == 3
    assert shown.context["keeperless"] == []
    with prepared(office.body):
        Place.objects.filter(pk=office.registry.pk).update(keeper=None)
    assert [p.name for p in client.get(reverse("handling-registry")).context["keeperless"]] == [
        "1号柜"
    ]
