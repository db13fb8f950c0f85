"""我保管的载体 and signing for batches: item by item, one signature, no script needed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conftest import NOW
from shoumi.domains.circulation.services.listing import open_list
from shoumi.domains.circulation.services.routing import accept as read
from shoumi.domains.circulation.services.routing import return_copy, send
from shoumi.domains.circulation.tests.conftest import instructed
from shoumi.domains.documents.models import Copy
from shoumi.domains.handling.services import borrowing, carrying, succession
from shoumi.domains.handling.tests.scene import (
    approve,
    asked,
    copies,
    fresh,
    given_to,
    lent,
    paper,
)
from shoumi.domains.handling.tests.test_carry import TRIP
from shoumi.platform.custody.models import Handover
from shoumi.platform.custody.services import give_back, offer, withdraw
from shoumi.platform.registers.testing import browser, entries

pytestmark = pytest.mark.urls("shoumi.domains.handling.tests.pages")


@pytest.fixture
def items(office):
    return copies(paper(office, at=timezone.now()))


@pytest.fixture
def batch(office, items):
    return offer(actor=office.registrar, subject=items, receiver=office.handler, at=timezone.now())


def keys(handover: Handover) -> list[int]:
    rows = handover.lines(manager="unscoped").order_by("id")
    return list(rows.values_list("pk", flat=True))


@pytest.mark.clause("carriers.signed", "carriers.handover")
def test_one_signature_takes_what_is_ticked_and_declines_the_rest(office, items, batch):
    client = browser(office.handler)
    page = reverse("handling-batch", args=[batch.pk])
    assert page in client.get(reverse("handling-mine")).content.decode()
    first, second, third = keys(batch)
    answer = client.post(page, {"taken": [first, second], f"why-{third}": "封面破损"})
    assert answer["Location"] == reverse("handling-mine")
    assert [fresh(i).holder.person for i in items] == [office.handler, office.handler, None]
    (entry,) = entries("custody.accept")
    assert '"declined":1' in entry.body
    assert client.get(page).status_code == 404


@pytest.mark.clause("carriers.handover")
def test_a_piece_neither_ticked_nor_explained_stops_the_signature(office, batch):
    client = browser(office.handler)
    page = reverse("handling-batch", args=[batch.pk])
    first, second, third = keys(batch)
    sent = {"taken": [first], f"why-{second}": "封<面>破损"}
    answer = client.post(page, sent)
    said = answer.content.decode()
    assert answer.status_code == 422 and "第 3 件未点收" in said
    assert "封&lt;面&gt;破损" in said
    assert f'value="{first}" id="t-{first}" checked' in said
    assert not entries("custody.accept") and third


def test_everything_is_ticked_by_a_link(office, batch):
    page = reverse("handling-batch", args=[batch.pk])
    said = browser(office.handler).get(page, {"all": "1"}).content.decode()
    assert said.count(" checked") == 3


@pytest.mark.clause("carriers.keeper", "access.may_know")
@pytest.mark.parametrize("who", ["chief", "peer", "registrar", "stranger", "auditor"])
def test_the_batch_of_another_does_not_exist(office, batch, who):
    page = reverse("handling-batch", args=[batch.pk])
    assert browser(getattr(office, who)).get(page).status_code == 404


@pytest.mark.clause("carriers.handover")
def test_the_successor_signs_on_the_page_of_the_handover(office, items):
    at = timezone.now()
    given_to(office, office.handler, items, at=at)
    row = approve(
        succession.hand_over(
            actor=office.handler,
            at=at,
            items=[fresh(i) for i in items],
            receiver=office.chief,
            reason="调岗",
            where="机要室",
        )
    )
    client = browser(office.chief)
    page = reverse("handling-successions-sign", args=[row.pk])
    assert page in client.get(reverse("handling-mine")).content.decode()
    detail = client.get(reverse("handling-successions-detail", args=[row.pk]))
    assert page in detail.content.decode()
    first, *rest = keys(row.handover)
    answer = client.post(page, {"taken": rest, f"why-{first}": "份号不符"})
    assert answer.status_code == 302
    assert (fresh(row).accepted, fresh(row).declined) == (2, 1)
    assert client.get(page).status_code == 404
    assert browser(office.handler).get(page).status_code == 404
    paper_list = client.get(reverse("handling-successions-paper", args=[row.pk]))
    assert "拒收：份号不符" in paper_list.content.decode()


@pytest.mark.clause("carriers.signed")
def test_the_registrar_counts_back_what_was_given_back(office, items):
    at = timezone.now()
    given_to(office, office.handler, items[:1], at=at)
    batch = give_back(actor=office.handler, subject=fresh(items[0]), at=at)
    registrar = browser(office.registrar)
    page = reverse("handling-batch", args=[batch.pk])
    assert page in registrar.get(reverse("handling-back")).content.decode()
    assert browser(office.handler).get(reverse("handling-back")).status_code == 404
    answer = registrar.post(page, {"taken": keys(batch)})
    assert answer["Location"] == reverse("handling-back")
    assert fresh(items[0]).holder.place == office.safe


def test_a_loan_is_signed_for_and_given_back_on_its_own_page(office, items):
    at = timezone.now()
    loan = approve(asked(office, items[0], at=at))
    borrowing.lend(actor=office.registrar, subject=loan, at=at)
    client = browser(office.handler)
    detail = reverse("handling-loans-detail", args=[loan.pk])
    assert detail in client.get(reverse("handling-mine")).content.decode()
    loan = fresh(loan)
    assert client.get(reverse("handling-batch", args=[loan.outward_id])).status_code == 404
    borrowing.accept(actor=office.handler, subject=loan, at=at)
    borrowing.give_back(actor=office.handler, subject=fresh(loan), at=at)
    back = browser(office.registrar).get(reverse("handling-back")).content.decode()
    assert detail in back


@pytest.mark.clause("carriers.borrow.longest")
def test_what_i_hold_is_listed_with_its_due_time(office, items):
    loan = lent(office, items[0], at=timezone.now())
    given_to(office, office.handler, items[1:2], at=timezone.now())
    said = browser(office.handler).get(reverse("handling-mine")).content.decode()
    assert said.index(items[0].code) < said.index(items[1].code)
    assert "借阅" in said and "保管" in said and "剩" in said
    assert reverse("handling-loans-detail", args=[loan.pk]) in said
    assert items[0].code not in browser(office.chief).get(reverse("handling-mine")).content.decode()


@pytest.mark.clause("carriers.signed")
def test_a_batch_taken_back_meanwhile_is_a_conflict_that_keeps_the_ticks(office, items, batch):
    client = browser(office.handler)
    page = reverse("handling-batch", args=[batch.pk])
    with CaptureQueriesContext(connection) as asked_for:
        client.get(page)
    assert len(asked_for) <= 25
    withdraw(actor=office.registrar, subject=batch, at=timezone.now())
    assert client.post(page, {"taken": keys(batch)}).status_code == 404


@pytest.mark.clause("carriers.carry.longest")
def test_trips_and_circulated_copies_stand_among_what_i_hold(office):
    at = timezone.now()
    first, second = copies(paper(office, at=at))[:2]
    today = timezone.localtime(at).date()
    days = {"leaves_on": today, "returns_on": today}
    trip = carrying.request_carry(actor=office.handler, at=at, items=[first], **(TRIP | days))
    approve(trip)
    carrying.leave(actor=office.registrar, subject=fresh(trip), at=at)
    client = browser(office.handler)
    detail = reverse("handling-carryings-detail", args=[trip.pk])
    assert detail in client.get(reverse("handling-mine")).content.decode()
    carrying.accept(actor=office.handler, subject=fresh(trip), at=at)
    said = client.get(reverse("handling-mine")).content.decode()
    assert "携带外出" in said and detail in said and second.code not in said


@pytest.mark.clause("circulation.return")
def test_a_circulated_copy_is_given_back_on_the_page_of_its_reader(office):
    document = instructed(office)
    round_ = open_list(actor=office.registrar, subject=document, at=NOW, readers=[office.handler])
    (reader,) = round_.all_readers()
    copy = Copy.unscoped.filter(document=document).select_related("item__holder")[0]
    send(actor=office.registrar, subject=reader, at=NOW, copy=copy, in_person=True)
    client, page = browser(office.handler), reverse("circulation-readers-detail", args=[reader.pk])
    assert page in client.get(reverse("handling-mine")).content.decode()
    read(actor=office.handler, subject=fresh(reader), at=NOW)
    assert page in client.get(reverse("handling-mine")).content.decode()
    return_copy(actor=office.handler, subject=fresh(reader), at=NOW)
    assert page in browser(office.registrar).get(reverse("handling-back")).content.decode()
