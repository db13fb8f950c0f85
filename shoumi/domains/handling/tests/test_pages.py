"""The books and buttons of the room, through their real addresses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shoumi.domains.handling import registers, verbs
from shoumi.domains.handling.services import (
    archiving,
    borrowing,
    carrying,
    copying,
    destroying,
    recalling,
    succession,
)
from shoumi.domains.handling.tests.scene import (
    BORROW,
    approve,
    asked,
    copies,
    fresh,
    given_to,
    lent,
    paper,
)
from shoumi.domains.handling.tests.test_archive import finished
from shoumi.domains.handling.tests.test_carry import TRIP
from shoumi.domains.handling.tests.test_destroy import LIST
from shoumi.domains.handling.tests.test_recall import NOTICE
from shoumi.platform.custody.services import declare_missing
from shoumi.platform.registers.testing import RegisterCase, VerbCase, browser

__all__ = ["finished"]

pytestmark = pytest.mark.urls("shoumi.domains.handling.tests.pages")


def now():
    """The pages read the clock, so what they act on is of today."""
    return timezone.now()


def on_shelf(office, number=0):
    return copies(paper(office, at=now()))[number]


def trip(office, items=None):
    days = {
        "leaves_on": timezone.localdate(),
        "returns_on": timezone.localdate() + timedelta(days=2),
    }
    items = items or [on_shelf(office)]
    return carrying.request_carry(actor=office.handler, at=now(), items=items, **(TRIP | days))


def listed(office, items=None):
    items = items or copies(paper(office, at=now()))
    return destroying.propose(actor=office.registrar, at=now(), items=items, **LIST)


def noticed(office, items=None):
    day = {"due_on": timezone.localdate() + timedelta(days=30)}
    items = items or copies(paper(office, at=now()))
    return recalling.recall(actor=office.registrar, at=now(), items=items, **(NOTICE | day))


def wanted(office, item=None):
    return copying.request_copy(
        actor=office.handler,
        subject=item or on_shelf(office),
        at=now(),
        kind="copy",
        copies=2,
        purpose="会议使用",
    )


def handed(office):
    item = on_shelf(office)
    given_to(office, office.handler, [item], at=now())
    return approve(
        succession.hand_over(
            actor=office.handler,
            at=now(),
            items=[fresh(item)],
            receiver=office.chief,
            reason="调岗",
            where="机要室",
        )
    )


class TestBorrow(VerbCase):
    register, verb, who = registers.ITEMS, verbs.BORROW, "handler"
    wrong_post = None
    data = BORROW | {"purpose": "起草<年度>报告"}
    refused = {"days": 8}  # noqa: RUF012

    def prepare(self, office):
        return on_shelf(office)


class TestCopy(VerbCase):
    register, verb, who = registers.ITEMS, verbs.COPY, "handler"
    wrong_post = None
    repeatable = True
    data = {"kind": "copy", "copies": 2, "purpose": "会议<使用>", "consent_number": ""}  # noqa: RUF012
    refused = {"copies": 11}  # noqa: RUF012

    def prepare(self, office):
        return on_shelf(office)

    def test_twice_is_once(self, office):
        """A second request for more copies is a request of its own."""
        row = self.prepare(office)
        assert self.send(office, self.who, row).status_code == 302
        assert self.send(office, self.who, row).status_code == 302


class TestOffer(VerbCase):
    register, verb, who = registers.ITEMS, verbs.OFFER, "registrar"

    def prepare(self, office):
        return on_shelf(office)

    def values(self, office):
        return {"receiver": office.handler.pk, "purpose": "承办"}


class TestGiveBack(VerbCase):
    register, verb, who = registers.ITEMS, verbs.GIVE_BACK, "handler"
    wrong_post = None

    def prepare(self, office):
        item = on_shelf(office)
        given_to(office, office.handler, [item], at=now())
        return fresh(item)


class TestMovePlace(VerbCase):
    register, verb, who = registers.ITEMS, verbs.MOVE_PLACE, "registrar"
    repeatable = True

    def prepare(self, office):
        return on_shelf(office)

    def values(self, office):
        return {"place": office.registry.pk}

    def test_twice_is_once(self, office):
        """Put there again it lies there still."""
        row = self.prepare(office)
        assert self.send(office, self.who, row).status_code == 302


class TestDeclareMissing(VerbCase):
    register, verb, who = registers.ITEMS, verbs.DECLARE_MISSING, "registrar"
    data = {"circumstances": "柜内<未>见"}  # noqa: RUF012

    def prepare(self, office):
        return on_shelf(office)


class TestFound(VerbCase):
    register, verb, who = registers.MISSING, verbs.FOUND, "registrar"

    def prepare(self, office):
        return declare_missing(
            actor=office.registrar, subject=on_shelf(office), circumstances="未见", at=now()
        )

    def values(self, office):
        return {"place": office.safe.pk, "how": "夹在他卷中"}


class TestLend(VerbCase):
    register, verb, who = registers.LOANS, verbs.LEND, "registrar"

    def prepare(self, office):
        return approve(asked(office, on_shelf(office), at=now()))


class TestAcceptLoan(VerbCase):
    register, verb, who = registers.LOANS, verbs.ACCEPT_LOAN, "handler"
    wrong_post = None

    def prepare(self, office):
        loan = approve(asked(office, on_shelf(office), at=now()))
        borrowing.lend(actor=office.registrar, subject=loan, at=now())
        return fresh(loan)


class TestGiveLoanBack(VerbCase):
    register, verb, who = registers.LOANS, verbs.GIVE_LOAN_BACK, "handler"
    wrong_post = None

    def prepare(self, office):
        return lent(office, on_shelf(office), at=now())


class TestReturnLoan(VerbCase):
    register, verb, who = registers.LOANS, verbs.RETURN_LOAN, "registrar"
    data = {"intact": "on", "condition": ""}  # noqa: RUF012
    refused = {"intact": ""}  # noqa: RUF012

    def prepare(self, office):
        return lent(office, on_shelf(office), at=now())


class TestWithdrawLoan(VerbCase):
    register, verb, who = registers.LOANS, verbs.WITHDRAW_LOAN, "handler"
    wrong_post = None

    def prepare(self, office):
        return approve(asked(office, on_shelf(office), at=now()))


class TestCancelLoan(VerbCase):
    register, verb, who = registers.LOANS, verbs.CANCEL_LOAN, "registrar"
    data = {"reason": "逾期<未>领"}  # noqa: RUF012

    def prepare(self, office):
        return approve(asked(office, on_shelf(office), at=now()))


class TestMake(VerbCase):
    register, verb, who = registers.REPRODUCTIONS, verbs.MAKE, "registrar"
    refused = {"destinations": "甲\n乙\n丙"}  # noqa: RUF012

    def prepare(self, office):
        return approve(wanted(office))

    def values(self, office):
        given = {"destinations": "业务科", "place": office.safe.pk, "waste": 1}
        return given | {"made_in": "机要室", "supervisor": office.director.pk}


class TestCollect(VerbCase):
    register, verb, who = registers.REPRODUCTIONS, verbs.COLLECT, "registrar"

    def prepare(self, office):
        request = approve(wanted(office))
        copying.make(
            actor=office.registrar,
            subject=request,
            at=now(),
            destinations="业务科",
            place=office.safe,
            made_in="机要室",
            supervisor=office.director,
        )
        return fresh(request)


class TestWithdrawCopy(VerbCase):
    register, verb, who = registers.REPRODUCTIONS, verbs.WITHDRAW_COPY, "handler"
    wrong_post = None

    def prepare(self, office):
        return approve(wanted(office))


class TestLeave(VerbCase):
    register, verb, who = registers.CARRYINGS, verbs.LEAVE, "registrar"

    def prepare(self, office):
        return approve(trip(office))


class TestAcceptCarried(VerbCase):
    register, verb, who = registers.CARRYINGS, verbs.ACCEPT_CARRIED, "handler"
    wrong_post = None

    def prepare(self, office):
        row = approve(trip(office))
        carrying.leave(actor=office.registrar, subject=row, at=now())
        return fresh(row)


class TestReturnCarried(VerbCase):
    register, verb, who = registers.CARRYINGS, verbs.RETURN_CARRIED, "registrar"
    data = {"counted": 1, "condition": "箱包<完好>"}  # noqa: RUF012
    refused = {"counted": 2}  # noqa: RUF012

    def prepare(self, office):
        row = approve(trip(office))
        carrying.leave(actor=office.registrar, subject=row, at=now())
        carrying.accept(actor=office.handler, subject=fresh(row), at=now())
        return fresh(row)


class TestWithdrawCarry(VerbCase):
    register, verb, who = registers.CARRYINGS, verbs.WITHDRAW_CARRY, "handler"
    wrong_post = None

    def prepare(self, office):
        return approve(trip(office))


class TestWithdrawHandover(VerbCase):
    register, verb, who = registers.SUCCESSIONS, verbs.WITHDRAW_HANDOVER, "handler"
    wrong_post = None

    def prepare(self, office):
        return handed(office)


class TestSend(VerbCase):
    register, verb, who = registers.RECALLS, verbs.SEND, "registrar"
    wrong_post = "director"
    data = {"channel": "机要交通", "escorts": ""}  # noqa: RUF012

    def prepare(self, office):
        return noticed(office)


class TestReceipt(VerbCase):
    register, verb, who = registers.RECALLS, verbs.RECEIPT, "registrar"
    wrong_post = "director"
    data = {"receipt": "回执<017>"}  # noqa: RUF012

    def prepare(self, office):
        row = noticed(office)
        recalling.send(actor=office.registrar, subject=row, at=now(), channel="机要交通")
        return fresh(row)


class TestWithdrawRecall(VerbCase):
    register, verb, who = registers.RECALLS, verbs.WITHDRAW_RECALL, "registrar"
    wrong_post = "director"
    data = {"reason": "通知<作废>"}  # noqa: RUF012

    def prepare(self, office):
        return noticed(office)


class TestTake(VerbCase):
    register, verb, who = registers.ARCHIVINGS, verbs.TAKE, "authority"
    wrong_post = "director"
    data = {"counted": 3, "shelf": "档案室<三排>"}  # noqa: RUF012
    refused = {"counted": 2}  # noqa: RUF012

    @pytest.fixture(autouse=True)
    def paper(self, finished):
        self.finished = finished

    def prepare(self, office):
        return approve(
            archiving.archive(
                actor=office.registrar,
                at=now(),
                items=copies(self.finished),
                year=2026,
                volume="2026-01",
            )
        )


class TestWithdrawArchiving(TestTake):
    register, verb, who = registers.ARCHIVINGS, verbs.WITHDRAW_ARCHIVING, "registrar"
    data = {}  # noqa: RUF012
    refused = None


class TestExecute(VerbCase):
    register, verb, who = registers.DESTRUCTIONS, verbs.EXECUTE, "registrar"
    wrong_post = "director"

    def prepare(self, office):
        return approve(listed(office))

    def values(self, office):
        return {"counted": 3, "witness": office.handler.pk}


class TestWitness(VerbCase):
    register, verb, who = registers.DESTRUCTIONS, verbs.WITNESS, "handler"
    wrong_post = None

    def prepare(self, office):
        request = approve(listed(office))
        destroying.execute(
            actor=office.registrar,
            subject=request,
            at=now(),
            counted=3,
            witness=office.handler,
        )
        return fresh(request)


class TestRedo(TestWitness):
    register, verb, who = registers.DESTRUCTIONS, verbs.REDO, "handler"
    data = {"reason": "一件<未见>"}  # noqa: RUF012


class TestWithdrawDestruction(VerbCase):
    register, verb, who = registers.DESTRUCTIONS, verbs.WITHDRAW_DESTRUCTION, "registrar"
    wrong_post = "director"

    def prepare(self, office):
        return approve(listed(office))


def shelf(office, count):
    """That many copies of a paper, and one of another that not everybody may know."""
    paper(office, people=[office.chief], at=now(), copies=1, copy_numbers="000001")
    numbers = f"000001-{count:06d}"
    return copies(paper(office, at=now(), copies=count, copy_numbers=numbers))


class TestItems(RegisterCase):
    register = registers.ITEMS

    def make(self, office, count):
        return shelf(office, count)


class TestMovements(RegisterCase):
    register = registers.MOVEMENTS

    def make(self, office, count):
        keys = [item.pk for item in shelf(office, count)]
        rows = self.register.visible(office.registrar, at=now())
        return list(rows.filter(item__in=keys))


class TestMissing(RegisterCase):
    register = registers.MISSING

    def make(self, office, count):
        return [
            declare_missing(actor=office.registrar, subject=item, circumstances="未见", at=now())
            for item in shelf(office, count)
        ]


class TestLoans(RegisterCase):
    register = registers.LOANS

    def make(self, office, count):
        return [asked(office, item, at=now()) for item in shelf(office, count)]


class TestReproductions(RegisterCase):
    register = registers.REPRODUCTIONS

    def make(self, office, count):
        return [wanted(office, item) for item in shelf(office, count)]


class TestCarryings(RegisterCase):
    register = registers.CARRYINGS

    def make(self, office, count):
        return [trip(office, [item]) for item in shelf(office, count)]


class TestSuccessions(RegisterCase):
    register = registers.SUCCESSIONS

    def make(self, office, count):
        items = shelf(office, count)
        given_to(office, office.handler, items, at=now())
        return [
            succession.hand_over(
                actor=office.handler,
                at=now(),
                items=[fresh(item)],
                receiver=office.chief,
                reason="调岗",
                where="机要室",
            )
            for item in items
        ]


class TestRecalls(RegisterCase):
    register = registers.RECALLS

    def make(self, office, count):
        return [noticed(office, [item]) for item in shelf(office, count)]


class TestArchivings(RegisterCase):
    register = registers.ARCHIVINGS

    @pytest.fixture(autouse=True)
    def paper(self, finished):
        self.finished = finished

    def make(self, office, count):
        """An item each; the paper's own copies are few, so they are taken back and listed again."""
        item = copies(self.finished)[0]
        made = []
        for _ in range(count):
            request = approve(
                archiving.archive(
                    actor=office.registrar,
                    at=now(),
                    items=[fresh(item)],
                    year=2026,
                    volume="2026-01",
                )
            )
            archiving.withdraw_archiving(actor=office.registrar, subject=request, at=now())
            made.append(fresh(request))
        return made


class TestDestructions(RegisterCase):
    register = registers.DESTRUCTIONS

    def make(self, office, count):
        return [listed(office, [item]) for item in shelf(office, count)]


def test_a_borrower_sees_their_own_loans_and_the_keepers_all(office):
    first, second = copies(paper(office, at=now()))[:2]
    mine, other = (
        asked(office, first, at=now()),
        asked(office, second, actor=office.chief, at=now()),
    )
    seen = {
        key: set(registers.LOANS.visible(getattr(office, key), at=now()))
        for key in ("handler", "chief", "registrar", "director")
    }
    assert (seen["handler"], seen["chief"]) == ({mine}, {other})
    assert seen["registrar"] == seen["director"] == {mine, other}


def test_what_is_called_in_or_out_on_loan_offers_neither_loan_nor_copy(office):
    wanted_back, out, free = copies(paper(office, at=now()))
    noticed(office, [wanted_back])
    lent(office, out, at=now())
    for item, offered in ((wanted_back, False), (out, False), (free, True)):
        page = browser(office.chief).get(registers.ITEMS.url("detail", item.pk)).content.decode()
        for verb in (verbs.BORROW, verbs.COPY):
            assert (registers.ITEMS.url("do", item.pk, verb.slug) in page) == offered
    mine = browser(office.handler).get(registers.ITEMS.url("detail", out.pk)).content.decode()
    assert registers.ITEMS.url("do", out.pk, verbs.GIVE_BACK.slug) not in mine
