"""dispatch.exchange.*: four runs a week, counted both ways, and every envelope signed for."""

from datetime import timedelta

import pytest

from conftest import NOW
from shoumi.domains.dispatch.models import Delivery, ExchangeItem, ExchangeRun
from shoumi.domains.dispatch.selectors import this_week
from shoumi.domains.dispatch.services import exchanging, sending
from shoumi.domains.dispatch.tests.scene import fresh, person, sealed
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.obligations import services
from shoumi.platform.obligations.loop import tick
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.selectors import mine
from shoumi.platform.trail.verify import verify

STATION = {"station": "岚江市机要交换站", "station_clerk": "丁一", "companion": "丁二"}


def run(office, *, at=NOW, brought="", **changed):
    count = len(brought.splitlines())
    given = STATION | {"run_at": at, "others": 3, "incoming": count, "brought": brought}
    return exchanging.run(actor=person(office.registrar), at=at, **given | changed)


@pytest.mark.clause("dispatch.exchange")
def test_the_duty_of_the_week_is_done_with_its_fourth_run(office):
    services.seed_calendar(office.system, NOW)
    tick(NOW)
    open_ones = Duty.objects.filter(kind=exchanging.DUTY, body=office.body, state=Duty.State.OPEN)
    (duty,) = open_ones
    assert (duty.period, duty.due_at.isoweekday()) == ("2026-08-31", 5)
    run(office, at=NOW - timedelta(days=4))  # last week's, entered late, does not count
    for day in range(3):
        run(office, at=NOW + timedelta(days=day))
        assert open_ones.all().exists()
    assert this_week(office.body, at=NOW) == (3, 4)
    run(office, at=NOW + timedelta(days=3))
    duty.refresh_from_db()
    assert duty.state == Duty.State.DONE and duty.evidence.startswith("dispatch.exchangerun:")
    tick(NOW + timedelta(days=7))
    short = open_ones.get()
    assert short.period == "2026-09-07"
    tick(short.due_at + timedelta(days=5))
    assert Duty.objects.filter(above=short).exists(), "too few runs are brought before others"


@pytest.mark.clause("dispatch.exchange")
def test_what_went_out_is_counted_from_the_deliveries_given_to_the_exchange(office):
    letter = sealed(office, mark="公开", basis="")
    way = {"channel": "exchange", "protection": "密封", "couriers": "丁一、丁二"}
    sending.send(actor=office.registrar, subject=letter, at=NOW, **way)
    assert run(office, others=0, at=NOW - timedelta(hours=1)).outgoing == 0, "it was not given yet"
    first = run(office, others=2)
    assert (first.outgoing, Delivery.unscoped.get().run) == (3, first)
    assert run(office, others=0).outgoing == 0, "what one run carried no other did"


@pytest.mark.clause("dispatch.exchange", "dispatch.exchange.hand")
def test_what_a_run_brings_is_listed_counted_and_signed_for_by_its_department(office):
    for wrong in (
        {"incoming": 2},
        {"station_clerk": " "},
        {"run_at": NOW + timedelta(hours=1)},
        {"brought": "乙局 J-1 无此科", "incoming": 1},
    ):
        with pytest.raises(Refusal) as caught:
            run(office, **{"brought": "乙局 J-0417 审批科"} | wrong)
        assert caught.value.clause.startswith("dispatch.exchange")
    assert not ExchangeRun.unscoped.exists()
    made = run(office, brought="乙局 J-0417 审批科\n丙局 J-0418 业务科")
    assert (made.number, made.outgoing, made.incoming) == ("换〔2026〕1号", 3, 2)
    item = ExchangeItem.unscoped.get(envelope="J-0417")
    registrar = person(office.registrar)
    with pytest.raises(Refusal) as caught:
        exchanging.hand(actor=registrar, subject=item, at=NOW, receiver=office.handler)
    assert caught.value.clause == "dispatch.exchange.hand"
    exchanging.hand(actor=registrar, subject=fresh(item), at=NOW, receiver=office.peer)
    seen = ExchangeItem.objects.visible_to(person(office.peer), at=NOW)
    assert [one.envelope for one in seen] == ["J-0417"], "nobody learns of the others"
    assert [d.text for d in mine(person(office.peer), at=NOW)] == ["签收交换来件 J-0417"]
    with pytest.raises(Denied):
        exchanging.sign(actor=registrar, subject=fresh(item), at=NOW)
    exchanging.sign(actor=person(office.peer), subject=fresh(item), at=NOW)
    with pytest.raises(Stale):
        exchanging.sign(actor=person(office.peer), subject=fresh(item), at=NOW)
    item = fresh(item)
    assert (item.handed_by, item.handed_to, item.signed_at) == (office.registrar, office.peer, NOW)
    assert verify().findings == []
