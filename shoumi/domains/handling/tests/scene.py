"""What the tests of this room start from: papers with copies on the shelf, and approvers who agree."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from conftest import NOW, TODAY, prepared
from shoumi.domains.documents.models import Copy, Document
from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import written
from shoumi.domains.handling.models import Loan, Request
from shoumi.domains.handling.services import borrowing
from shoumi.kernel.levels import PersonnelClass
from shoumi.platform.access.models import ClearanceRecord
from shoumi.platform.approvals.models import Case, Seat
from shoumi.platform.approvals.services import agree, refuse
from shoumi.platform.custody.models import Handover, Item
from shoumi.platform.custody.services import accept, offer
from shoumi.platform.directory.models import Appointment, Person
from shoumi.platform.rulebook.models import Override

MARKS = {
    "公开": "公开",
    "内部": "内部",
    "秘密": "秘密★5年",
    "机密": "机密★10年",
    "绝密": "绝密★20年",
}
BORROW = {"purpose": "起草年度报告", "days": 7, "reading_place": "本人办公室"}


def paper(office: SimpleNamespace, level: str = "机密", **changed: Any) -> Document:
    """A paper of three copies in the safe; the handler and the chief may know it where cleared."""
    people = changed.pop("people", None)
    if people is None:
        people = [] if level == "绝密" else [office.handler, office.chief]
    place = office.top_safe if level == "绝密" else office.safe
    at = changed.pop("at", NOW)
    day = at.date() - timedelta(days=3)
    signed = at - timedelta(minutes=9)
    given = written(office, mark=MARKS[level], place=place, received_at=signed, issued_on=day)
    return receive(actor=office.registrar, at=at, **(given | {"people": people} | changed))


def copies(document: Document) -> list[Item]:
    """The things that stand for its copies, as they are now."""
    keys = Copy.unscoped.filter(document=document).order_by("copy_number")
    return [fresh(Item(pk=key)) for key in keys.values_list("item", flat=True)]


def fresh(row: Any) -> Any:
    """The row as it now stands in the database, with nothing kept from before."""
    return type(row).unscoped.get(pk=row.pk)


def person(someone: Person) -> Person:
    """The person as the next request would load them."""
    return Person.objects.get(pk=someone.pk)


def approve(request: Request, *, at: Any = None) -> Any:
    """Every approver in turn agrees; the request as it then stands."""
    at = at or request.asked_at
    case = Case.unscoped.get(pk=fresh(request).case_id)
    while case.state == Case.State.OPEN:
        seat = Seat.objects.filter(step__case=case, state=Seat.State.WAITING).first()
        agree(actor=person(seat.person), subject=case, at=at)
        case = Case.unscoped.get(pk=case.pk)
    return fresh(request)


def turn_down(request: Request, *, at: Any = NOW) -> Any:
    case = Case.unscoped.get(pk=fresh(request).case_id)
    seat = Seat.objects.filter(step__case=case, state=Seat.State.WAITING).first()
    refuse(actor=person(seat.person), subject=case, at=at, opinion="理由不充分")
    return fresh(request)


def asked(office: SimpleNamespace, item: Item, *, at: Any = NOW, **changed: Any) -> Loan:
    """单平 asks for a copy."""
    actor = changed.pop("actor", office.handler)
    return borrowing.request_borrow(actor=actor, subject=item, at=at, **(BORROW | changed))


def lent(office: SimpleNamespace, item: Item, *, at: Any = NOW, **changed: Any) -> Loan:
    """单平 has a copy on loan."""
    loan = approve(asked(office, item, at=at, **changed), at=at)
    borrowing.lend(actor=office.registrar, subject=loan, at=at)
    borrowing.accept(actor=changed.get("actor", office.handler), subject=fresh(loan), at=at)
    return fresh(loan)


def given_to(
    office: SimpleNamespace, someone: Person, items: list[Item], *, at: Any = NOW
) -> Handover:
    """A person has signed for pieces that are theirs to keep."""
    batch = offer(actor=office.registrar, subject=items, receiver=someone, at=at)
    accept(actor=someone, subject=batch, at=at)
    return batch


def clear_for_all(office: SimpleNamespace, someone: Person) -> None:
    """Let somebody be cleared for 绝密 from today."""
    with prepared(office.body):
        ClearanceRecord.objects.filter(person=someone).update(personnel_class=PersonnelClass.CORE)


def appoint(office: SimpleNamespace, someone: Person, post: str) -> None:
    with prepared(office.body):
        Appointment.objects.create(person=someone, post=post, body=office.body, since=TODAY)


def decided(office: SimpleNamespace, clause: str, key: str, value: Any) -> None:
    """The body has set a figure of its own within the clause's range."""
    with prepared(office.body):
        Override.objects.create(
            body=office.body,
            clause=clause,
            key=key,
            value=value,
            since=office.today,
            reason="从严",
            status=Override.Status.IN_FORCE,
            proposed_by=office.secadmin,
            proposed_at=office.now,
            consented_by=office.office,
            consented_at=office.now,
        )
