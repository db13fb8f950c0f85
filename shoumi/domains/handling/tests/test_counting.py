"""清点 through its pages: open, scan, close with two signatures, report."""

import pytest
from django.urls import reverse
from django.utils import timezone

from shoumi.domains.handling.tests.scene import copies, fresh, given_to, paper
from shoumi.platform.custody.models import Scan, Stocktake
from shoumi.platform.custody.services import move_place
from shoumi.platform.registers.testing import browser, entries

pytestmark = pytest.mark.urls("shoumi.domains.handling.tests.pages")


@pytest.fixture
def items(office):
    return copies(paper(office, at=timezone.now(), copies=5, copy_numbers="000001-000005"))


def opened(office, **what) -> Stocktake:
    answer = browser(office.registrar).post(reverse("stocktakes"), what)
    assert answer.status_code == 302
    return Stocktake.objects.latest("id")


def page(stocktake, part="detail"):
    return reverse(f"stocktakes-{part}", args=[stocktake.pk])


def read(office, stocktake, code, **more):
    return browser(office.registrar).post(page(stocktake, "scan"), {"code": code} | more)


@pytest.mark.slow
@pytest.mark.clause("carriers.stocktake", "carriers.label.code")
def test_a_count_finds_what_is_missing_unknown_misplaced_and_twice(office, items):
    move_place(actor=office.registrar, subject=items[4], place=office.registry, at=timezone.now())
    stocktake = opened(office, place=office.registry.pk)
    here = {"place": office.safe.pk}
    for item in items[:3]:
        assert read(office, stocktake, item.code, **here).status_code == 302
    read(office, stocktake, items[2].code.lower(), **here)
    read(office, stocktake, items[4].code, **here)
    read(office, stocktake, "QQ-123456", **here)
    misread = read(office, stocktake, f"{items[0].code[:-1]}", **here)
    assert misread.status_code == 422 and "carriers.label.code" in misread.content.decode()
    going = browser(office.registrar).get(page(stocktake))
    assert going.context["counts"]["counted"] == 4 and going.context["left"] == 1
    assert items[3].code in going.content.decode() and "QQ-123456" in going.content.decode()
    closing = browser(office.registrar).post(
        page(stocktake, "close"), {"witness": office.director.pk}
    )
    assert closing.status_code == 302
    counts = browser(office.registrar).get(page(stocktake)).context["counts"]
    found = {k: counts[k] for k in ("found", "missing", "misplaced", "twice", "unknown")}
    assert found == {"found": 3, "missing": 1, "misplaced": 1, "twice": 1, "unknown": 1}
    assert Scan.objects.filter(stocktake=stocktake, known=0).get().typed == "QQ-123456"


@pytest.mark.clause("carriers.stocktake")
def test_it_takes_two_signatures_and_then_there_is_a_report(office, items):
    stocktake = opened(office, place=office.safe.pk)
    registrar, witness = browser(office.registrar), browser(office.director)
    assert witness.get(page(stocktake)).status_code == 200
    assert registrar.get(page(stocktake, "report")).status_code == 404
    assert registrar.post(page(stocktake, "close"), {"witness": ""}).status_code == 422
    own = registrar.post(page(stocktake, "close"), {"witness": office.registrar.pk})
    assert own.status_code == 422
    registrar.post(page(stocktake, "close"), {"witness": office.director.pk})
    assert registrar.post(page(stocktake, "settle"), {}).status_code == 404
    assert "予以签认" in witness.get(page(stocktake)).content.decode()
    assert witness.post(page(stocktake, "settle"), {}).status_code == 302
    assert Stocktake.objects.get(pk=stocktake.pk).state == "closed"
    report = registrar.get(page(stocktake, "report")).content.decode()
    assert "清点报告" in report and items[0].code in report and "翟海" in report
    assert len(entries("custody.stocktake.witness")) == 1


@pytest.mark.clause("carriers.stocktake")
def test_counting_may_go_on_and_nothing_scanned_is_lost(office, items):
    stocktake = opened(office, place=office.safe.pk)
    read(office, stocktake, items[0].code)
    registrar = browser(office.registrar)
    registrar.post(page(stocktake, "close"), {"witness": office.director.pk})
    assert registrar.post(page(stocktake, "settle"), {"_reopen": "1"}).status_code == 302
    assert registrar.get(page(stocktake)).context["counts"]["counted"] == 1
    assert read(office, stocktake, items[1].code).status_code == 302


@pytest.mark.clause("carriers.stocktake.open")
def test_one_count_of_a_place_at_a_time(office, items):
    opened(office, place=office.safe.pk)
    again = browser(office.registrar).post(reverse("stocktakes"), {"place": office.safe.pk})
    assert again.status_code == 422 and "carriers.stocktake.open" in again.content.decode()
    both = {"place": office.safe.pk, "person": office.handler.pk}
    assert browser(office.registrar).post(reverse("stocktakes"), both).status_code == 422


@pytest.mark.clause("carriers.stocktake")
def test_a_persons_things_are_counted_wherever_they_lie(office, items):
    given_to(office, office.handler, items[:2], at=timezone.now())
    stocktake = opened(office, person=office.handler.pk)
    read(office, stocktake, items[0].code)
    counts = browser(office.registrar).get(page(stocktake)).context["counts"]
    assert (counts["expected"], counts["counted"]) == (2, 1)
    assert browser(office.registrar).get(page(stocktake)).context["places"] == []


@pytest.mark.clause("carriers.stocktake")
def test_all_places_are_counted_one_after_another(office, items):
    stocktake = opened(office)
    read(office, stocktake, items[0].code, place=office.safe.pk)
    without = read(office, stocktake, items[1].code)
    assert without.status_code == 422 and "存放处" in without.content.decode()
    assert fresh(items[0]).holder.place == office.safe


@pytest.mark.clause("access.may_know")
@pytest.mark.parametrize("who", ["handler", "peer", "auditor", "stranger"])
def test_counts_are_no_business_of_others(office, items, who):
    stocktake = opened(office, place=office.safe.pk)
    client = browser(getattr(office, who))
    assert client.get(page(stocktake)).status_code == 404
    assert client.post(page(stocktake, "scan"), {"code": "X"}).status_code == 404
    if who != "stranger":
        assert client.get(reverse("stocktakes")).status_code == 404
        assert client.post(reverse("stocktakes"), {}).status_code in (403, 404)


@pytest.mark.clause("carriers.stocktake", "access.may_know")
def test_a_witness_who_may_not_know_all_of_it_signs_for_nothing(office, items):
    stocktake = opened(office, place=office.safe.pk)
    answer = browser(office.registrar).post(page(stocktake, "close"), {"witness": office.office.pk})
    assert answer.status_code == 422 and "不能知悉本次清点的全部载体" in answer.content.decode()
    assert Stocktake.objects.get(pk=stocktake.pk).state == "open"


@pytest.mark.clause("carriers.stocktake")
def test_a_count_is_compared_with_the_one_before(office, items):
    for number in (3, 5):
        stocktake = opened(office, place=office.safe.pk)
        for item in items[:number]:
            read(office, stocktake, item.code)
        browser(office.registrar).post(page(stocktake, "close"), {"witness": office.director.pk})
        browser(office.director).post(page(stocktake, "settle"), {})
    shown = dict(browser(office.registrar).get(page(stocktake)).context["changed"])
    assert (shown["本次找回"], shown["新增缺失"]) == (2, 0)


@pytest.mark.clause("carriers.stocktake", "carriers.label.code")
def test_a_batch_is_noted_at_once_whole_or_not_at_all_and_outlives_the_browser(office, items):
    stocktake = opened(office, place=office.safe.pk)
    wrong = f"{items[0].code}\n{items[1].code[:-1]}"
    misread = read(office, stocktake, wrong)
    assert misread.status_code == 422 and "第 2 行" in misread.content.decode()
    assert not Scan.objects.exists()
    batch = [items[0].code, "", items[1].code.lower(), items[1].code, "ＱＱ-77"]
    assert read(office, stocktake, "\r\n".join(batch)).status_code == 302
    again = browser(office.registrar).get(page(stocktake))
    counts = {k: again.context["counts"][k] for k in ("counted", "twice", "unknown")}
    assert counts == {"counted": 2, "twice": 1, "unknown": 1}
    assert 'max="5" value="2"' in again.content.decode() and again.context["left"] == 3
