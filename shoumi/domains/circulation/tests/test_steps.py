"""The eight steps of a paper and the figures of a year, each number with its rows."""

import re
from datetime import timedelta
from html import unescape

import pytest

from conftest import NOW
from shoumi.domains.circulation.selectors.figures import year_figures
from shoumi.domains.circulation.selectors.steps import steps_of
from shoumi.domains.circulation.services.listing import open_list
from shoumi.domains.circulation.services.routing import accept, remind, return_copy, send, take_back
from shoumi.domains.circulation.tests.conftest import copy_of, instructed, line
from shoumi.domains.documents.registers import RECEIVED
from shoumi.domains.documents.services.lapses import register_lapse
from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import written
from shoumi.platform.obligations.services import seed_calendar
from shoumi.platform.registers.testing import browser

pytestmark = pytest.mark.urls("shoumi.domains.circulation.tests.pages")
HOUR = timedelta(hours=1)


@pytest.fixture
def walked(office):
    """A paper that 单平 has read and given back after an urging."""
    seed_calendar(office.system, NOW)
    paper = instructed(office)
    listed = open_list(actor=office.registrar, subject=paper, at=NOW, readers=[office.handler])
    reader = line(listed, office.handler)
    send(actor=office.registrar, subject=reader, at=NOW, copy=copy_of(paper), in_person=True)
    remind(actor=office.registrar, subject=reader, at=NOW + HOUR, words="请即签收。")
    accept(actor=office.handler, subject=reader, at=NOW + HOUR)
    return_copy(actor=office.handler, subject=reader, at=NOW + HOUR, opinion="已阅。")
    take_back(actor=office.registrar, subject=line(listed, office.handler), at=NOW + 2 * HOUR)
    return paper


@pytest.mark.clause("documents.steps")
def test_each_of_the_eight_steps_has_its_person_and_its_time(office, walked):
    steps = {step.name: step for step in steps_of(walked, reader=office.registrar, at=NOW)}
    assert list(steps) == ["签收", "登记", "拟办", "请办", "分发", "传阅", "承办", "催办"]
    assert steps["登记"].at == NOW
    assert (steps["传阅"].who, steps["传阅"].after) == ("单平", "2 小时 20 分")
    assert (steps["催办"].words, steps["承办"].at) == ("催办 1 次", None)
    address = f"/circulation/steps/{key(walked)}/"
    page = browser(office.registrar).get(address).content.decode()
    assert "已阅退 1 人，应阅 1 人" in page
    assert browser(office.stranger).get(address).status_code == 404


@pytest.mark.clause("documents.lapse", "documents.steps")
def test_every_number_of_the_year_leads_to_as_many_rows(office, walked):
    wire = written(office, kind="telegram", urgency="prompt", copy_numbers="000004-000006")
    receive(actor=office.registrar, at=NOW, **wire)
    register_lapse(
        actor=office.registrar,
        subject=walked,
        at=NOW,
        kind="mistake",
        person=office.handler,
        what="漏登附件",
    )
    found = year_figures(2026, reader=office.registrar, at=NOW)
    assert found.rate == "50.0%"
    assert dict((label, hours) for label, hours, _ in found.hours)["阅退"] == 2.3
    desk = browser(office.registrar)
    numbers = [(n, a) for _, n, a, _ in found.cards]
    numbers += [(n, a) for _, n, a in (*found.lapses, *found.categories, *found.telegrams)]
    assert sum(n for n, _ in numbers) > 5
    for number, address in numbers:
        rows = desk.get(address, headers={"HX-Request": "true", "HX-Target": "table"})
        body = rows.content.decode().partition("<tbody")[2]
        assert body.count("<tr") == number, address
    page = unescape(desk.get("/circulation/figures/?year=2026").content.decode())
    assert re.search(r"差错率.*50.0%", page)
    assert browser(office.handler).get("/circulation/figures/").status_code == 404


def key(paper):
    return RECEIVED.url("detail", paper.pk).split("/")[-2]
