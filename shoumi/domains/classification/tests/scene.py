"""What the tests of this room start from: a list with matters, things decided, and approvers who agree."""

from types import SimpleNamespace
from typing import Any

from conftest import NOW, prepared
from shoumi.domains.classification.models import Determination, Matter
from shoumi.domains.classification.services import changing, determining, keeping, listing
from shoumi.platform.approvals.models import Case, Seat
from shoumi.platform.approvals.services import agree, refuse
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Person
from shoumi.platform.rulebook.models import Override

MATTER = {
    "name": "年度保密检查方案",
    "sort": "state",
    "category": "业务秘密",
    "area": "综合政务",
    "importance": "重要",
    "mark": "秘密★5年",
    "scope": "检查组成员",
    "harm": "harm",
    "basis": "保密工作保密事项范围第二条",
    "words": "检查方案、抽查名单",
}
PROPOSED = {
    "name": "专项检查抽查名单",
    "mark": "机密★10年",
    "harm": "grave",
    "basis": "保密事项范围第三条",
    "risk": "提前泄露将使检查失效，限定检查组成员知悉。",
    "carrier": "文稿",
}


def fresh(row: Any) -> Any:
    """The row as it now stands in the database, with nothing kept from before."""
    return type(row).unscoped.get(pk=row.pk)


def person(someone: Person) -> Person:
    """The person as the next request would load them."""
    return Person.objects.get(pk=someone.pk)


def agreed(case: Any, *, at: Any = NOW) -> None:
    """Every approver in turn agrees."""
    case = Case.unscoped.get(pk=case.pk)
    while case.state == Case.State.OPEN:
        seat = Seat.objects.filter(step__case=case, state=Seat.State.WAITING).first()
        agree(actor=person(seat.person), subject=case, at=at)
        case = Case.unscoped.get(pk=case.pk)


def listed(office: SimpleNamespace, *, at: Any = NOW, **changed: Any) -> Matter:
    """A matter on the list that the head has approved."""
    matter = listing.add(actor=office.office, at=at, **(MATTER | changed))
    listing.approve(actor=office.head, at=at)
    return fresh(matter)


def proposed(office: SimpleNamespace, *, at: Any = NOW, **changed: Any) -> Determination:
    """单平 proposes 机密 for a draft that 查国栋 may know."""
    actor = changed.pop("actor", office.handler)
    given = PROPOSED | {"people": [office.chief]} | changed
    return fresh(determining.propose(actor=actor, at=at, **given))


def passed(office: SimpleNamespace, *, at: Any = NOW, **changed: Any) -> Determination:
    row = proposed(office, at=at, **changed)
    agreed(row.case, at=at)
    return fresh(row)


def decided(office: SimpleNamespace, *, at: Any = NOW, **changed: Any) -> Determination:
    """仇明 has decided as proposed; 覃正 where it is 绝密."""
    row = passed(office, at=at, **changed)
    by = office.authority if row.level < 4 else office.head
    determining.decide(actor=person(by), subject=row, at=at, mark=row.mark_text)
    return fresh(row)


def derived(office: SimpleNamespace, *sources: str, at: Any = NOW, **changed: Any) -> Determination:
    """单平 sums up some sources, and it is decided."""
    given = {
        "sources": "\n".join(sources),
        "likeness": "reworked",
        "carrier": "文稿",
        "name": "情况综述",
        "people": [office.chief],
    } | changed
    row = fresh(determining.derive(actor=person(office.handler), at=at, **given))
    agreed(row.case, at=at)
    row = fresh(row)
    determining.decide(actor=person(office.authority), subject=row, at=at, mark=row.mark_text)
    return fresh(row)


def copied(office: SimpleNamespace, row: Determination, count: int = 2, *, at: Any = NOW) -> list:
    """So many copies of it lie in the safe."""
    keeping.enter_carriers(
        actor=office.registrar, subject=row, at=at, copies=count, place=office.safe
    )
    keys = Item.unscoped.filter(label=row.label_id).order_by("name").values_list("pk", flat=True)
    return [Item.unscoped.get(pk=key) for key in keys]


def turn_down(row: Determination, *, at: Any = NOW) -> Determination:
    """The first reviewer does not agree."""
    seat = Seat.objects.filter(step__case=row.case_id, state=Seat.State.WAITING).first()
    case = Case.unscoped.get(pk=row.case_id)
    refuse(actor=person(seat.person), subject=case, at=at, opinion="依据不足")
    return fresh(row)


def release(office: SimpleNamespace, row: Determination, *, at: Any = NOW, **changed: Any) -> Any:
    """仇明 releases it because nothing is harmed any more."""
    given = {"ground": "harmless", "reason": "检查已经结束"} | changed
    return changing.release(actor=person(office.authority), subject=fresh(row), at=at, **given)


def decided_by(office: SimpleNamespace, clause: str, key: str, value: Any) -> None:
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
