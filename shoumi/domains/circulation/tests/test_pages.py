"""The registers and buttons of a circulation, through their real addresses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conftest import NOW
from shoumi.domains.circulation import registers, verbs
from shoumi.domains.circulation.services.listing import excuse, open_list
from shoumi.domains.circulation.services.routing import accept, return_copy, send, take_back
from shoumi.domains.circulation.services.widening import widen
from shoumi.domains.circulation.tests import pages
from shoumi.domains.circulation.tests.conftest import copy_of, instructed, line
from shoumi.platform.registers.testing import RegisterCase, VerbCase, browser
from shoumi.platform.trail.models import Entry

pytestmark = pytest.mark.urls("shoumi.domains.circulation.tests.pages")
HIDDEN = ("newcomer", "junior", "lapsed", "stranger", "sysadmin", "secadmin", "auditor")
LATER = NOW + timedelta(minutes=30)


def opened(office, number=1):
    numbers = f"{number:06d}-{number + 2:06d}"
    paper = instructed(office, copy_numbers=numbers)
    return open_list(
        actor=office.registrar, subject=paper, at=NOW, readers=[office.handler, office.peer]
    )


def sent(office, number=1):
    round_ = opened(office, number)
    reader = line(round_, office.handler)
    copy = copy_of(round_.document, number)
    send(actor=office.registrar, subject=reader, at=NOW, copy=copy, in_person=True)
    return reader


def reading(office):
    reader = sent(office)
    accept(actor=office.handler, subject=reader, at=NOW)
    return reader


def given_back(office):
    reader = reading(office)
    return_copy(actor=office.handler, subject=reader, at=LATER)
    return reader


class TestOpen(VerbCase):
    register, verb, who = pages.RECEIVED, verbs.OPEN, "registrar"
    hidden = HIDDEN

    def prepare(self, office):
        return instructed(office)

    def values(self, office):
        return {"readers": [office.peer.pk, office.handler.pk]}


class TestAdd(VerbCase):
    register, verb, who = registers.CIRCULATIONS, verbs.ADD, "registrar"
    hidden = HIDDEN

    def prepare(self, office):
        return opened(office)

    def values(self, office):
        return {"person": office.head.pk}


class TestClose(VerbCase):
    register, verb, who = registers.CIRCULATIONS, verbs.CLOSE, "registrar"
    hidden = HIDDEN

    def prepare(self, office):
        reader = given_back(office)
        take_back(actor=office.registrar, subject=reader, at=LATER)
        waiting = line(reader.circulation, office.peer)
        excuse(actor=office.registrar, subject=waiting, at=LATER, reason="出差")
        return reader.circulation


class TestSend(VerbCase):
    register, verb, who = registers.READERS, verbs.SEND, "registrar"
    hidden = HIDDEN
    refused = {"in_person": ""}  # noqa: RUF012

    def prepare(self, office):
        self.round = opened(office)
        return line(self.round, office.handler)

    def values(self, office):
        return {"copy": copy_of(self.round.document).pk, "in_person": "on"}


class TestWithdraw(VerbCase):
    register, verb, who = registers.READERS, verbs.WITHDRAW, "registrar"
    hidden = HIDDEN

    def prepare(self, office):
        return sent(office)


class TestAccept(VerbCase):
    register, verb, who = registers.READERS, verbs.ACCEPT, "handler"
    hidden = HIDDEN
    wrong_post = None

    def prepare(self, office):
        return sent(office)


class TestReturn(VerbCase):
    register, verb, who = registers.READERS, verbs.RETURN, "handler"
    hidden = HIDDEN
    wrong_post = None
    data = {"opinion": "已<阅>。"}  # noqa: RUF012

    def prepare(self, office):
        return reading(office)


class TestTakeBack(VerbCase):
    register, verb, who = registers.READERS, verbs.TAKE_BACK, "registrar"
    hidden = HIDDEN

    def prepare(self, office):
        return given_back(office)


class TestExcuse(VerbCase):
    register, verb, who = registers.READERS, verbs.EXCUSE, "registrar"
    hidden = HIDDEN
    data = {"reason": "出<差>"}  # noqa: RUF012

    def prepare(self, office):
        return line(opened(office), office.peer)


class TestWiden(VerbCase):
    register, verb, who = pages.RECEIVED, verbs.WIDEN, "registrar"
    hidden = HIDDEN
    wrong_post = None

    def prepare(self, office):
        return instructed(office)

    def values(self, office):
        return {"people": [office.authority.pk], "reason": "核对<密级>"}


class TestCirculations(RegisterCase):
    register = registers.CIRCULATIONS
    strangers = HIDDEN

    def make(self, office, count):
        return [opened(office, 10 * n + 1) for n in range(count)]


class TestReaders(RegisterCase):
    register = registers.READERS
    strangers = HIDDEN

    def make(self, office, count):
        return [sent(office, 10 * n + 1) for n in range(count)]


@pytest.mark.clause("circulation.whereabouts")
class TestLate(RegisterCase):
    """The world stands in September and the pages are opened later: whatever is out is late."""

    register = registers.LATE
    strangers = ("handler", "peer", *HIDDEN)

    def make(self, office, count):
        return [sent(office, 10 * n + 1) for n in range(count)]


class TestWidenings(RegisterCase):
    register = registers.WIDENINGS
    strangers = HIDDEN

    def make(self, office, count):
        return [
            widen(
                actor=office.registrar,
                subject=instructed(office, copy_numbers=f"{10 * n + 1:06d}-{10 * n + 3:06d}"),
                at=NOW,
                people=[office.authority],
                reason="核对密级",
            )
            for n in range(count)
        ]


@pytest.mark.clause("circulation.no_passing")
def test_the_button_that_passes_on_explains_why_it_never_works(office):
    reader = reading(office)
    page = browser(office.handler).get(registers.READERS.url("detail", reader.pk)).content.decode()
    address = registers.READERS.url("do", reader.pk, verbs.PASS_ON.slug)
    assert address in page
    answer = browser(office.handler).post(address, {"to": office.peer.pk})
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "横传" in said
    assert "circulation.no_passing" in said
    assert office.peer.name in said
    assert Entry.objects.filter(event="circulation.pass_on.denied").exists()


@pytest.mark.clause("circulation.remind")
def test_the_registrar_urges_a_late_reader_from_the_list(office):
    reader = reading(office)
    client = browser(office.registrar)
    address = registers.READERS.url("do", reader.pk, verbs.REMIND.slug)
    assert client.post(address, {"words": "请即退回。"}).status_code == 302
    assert Entry.objects.filter(event="obligations.remind").count() == 1
    assert browser(office.handler).post(address, {"words": "请退"}).status_code == 403
    assert browser(office.stranger).post(address, {"words": "请退"}).status_code == 404


def test_the_form_of_the_list_has_the_instructed_chosen(office):
    paper = instructed(office)
    address = pages.RECEIVED.url("do", paper.pk, verbs.OPEN.slug)
    form = browser(office.registrar).get(address).context["form"]
    assert set(form.initial["readers"]) == {office.handler.pk, office.peer.pk}
    offered = {person.pk for person in form.fields["readers"].queryset}
    assert office.authority.pk not in offered
    assert office.junior.pk not in offered


def test_readers_on_a_late_page_are_late(office):
    reader = sent(office)
    late = registers.LATE.visible(office.registrar, at=timezone.now())
    assert [row.pk for row in late if row.is_out] == [reader.pk]
    assert not registers.LATE.visible(office.registrar, at=NOW).exists()
