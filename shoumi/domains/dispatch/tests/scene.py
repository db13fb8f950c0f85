"""What the tests of this room start from: a letter at any point of its life, and approvers who agree."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from conftest import NOW, TODAY, prepared
from shoumi.domains.dispatch.models import Countersign, Letter, Recipient
from shoumi.domains.dispatch.services import drafting, printing, receipts, reviewing, sending
from shoumi.platform.approvals.models import Case, Seat
from shoumi.platform.approvals.services import agree
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Appointment, Person

LIST = "乙局 2\n抄送 审批科 1"


def written(**changed: Any) -> dict[str, Any]:
    """What 单平 writes down for a 机密 notice to 乙局, with a copy for a department of ours."""
    return {
        "form": "file",
        "genre": "通知",
        "purpose": "传达贯彻、公布",
        "title": "关于开展年度保密检查的通知",
        "mark": "机密★10年",
        "basis": "保密事项范围第三条",
        "urgency": "plain",
        "necessity": "部署年度检查，须逐单位下达",
        "paper_reason": "涉密内容不得上网",
        "subject_words": "保密 检查 通知",
        "print_run": 5,
        "distribution_list": LIST,
    } | changed


def fresh(row: Any) -> Any:
    """The row as it now stands in the database, with nothing kept from before."""
    return type(row).unscoped.get(pk=row.pk)


def person(someone: Person) -> Person:
    """The person as the next request would load them."""
    return Person.objects.get(pk=someone.pk)


def drafted(office: SimpleNamespace, *, at: Any = NOW, **changed: Any) -> Letter:
    actor = changed.pop("actor", office.handler)
    return drafting.draft(actor=actor, at=at, **written(**changed))


def agreed(case: Case, *, at: Any = NOW) -> None:
    """Every approver in turn agrees."""
    case = Case.unscoped.get(pk=case.pk)
    while case.state == Case.State.OPEN:
        seat = Seat.objects.filter(step__case=case, state=Seat.State.WAITING).first()
        agree(actor=person(seat.person), subject=case, at=at)
        case = Case.unscoped.get(pk=case.pk)


def heads(office: SimpleNamespace) -> None:
    """解峰 heads 审批科 and 曾静 保密办 from today, so that both can be asked."""
    for someone in (office.peer, office.office):
        with prepared(office.body):
            Appointment.objects.create(
                person=someone,
                post="department_head",
                body=office.body,
                department=someone.department,
                since=TODAY,
            )


def submitted(office: SimpleNamespace, *, at: Any = NOW, **changed: Any) -> Letter:
    letter = drafted(office, at=at, **changed)
    drafting.submit(actor=person(letter.drafted_by), subject=letter, at=at)
    return fresh(letter)


def reviewed(office: SimpleNamespace, *, at: Any = NOW, **changed: Any) -> Letter:
    letter = submitted(office, at=at, **changed)
    agreed(letter.review, at=at)
    return fresh(letter)


def classified(office: SimpleNamespace, *, at: Any = NOW, **changed: Any) -> Letter:
    letter = reviewed(office, at=at, **changed)
    for row in Countersign.all_of(letter):
        head = reviewing.heads_of(row.department, body=office.body, at=at)[0]
        reviewing.countersign(actor=person(head), subject=fresh(row), at=at, opinion="同意。")
    letter = fresh(letter)
    given = {"mark": letter.mark_text or "公开", "basis": letter.basis}
    actor = person(office.authority)
    reviewing.classify(actor=actor, subject=letter, at=at, **given)
    return fresh(letter)


def signed(office: SimpleNamespace, *, at: Any = NOW, **changed: Any) -> Letter:
    letter = classified(office, at=at, **changed)
    agreed(letter.signing, at=at)
    return fresh(letter)


def numbered(office: SimpleNamespace, *, at: Any = NOW, **changed: Any) -> Letter:
    letter = signed(office, at=at, **changed)
    printing.number(actor=office.registrar, subject=letter, at=at, suffix="发")
    return fresh(letter)


def printed(office: SimpleNamespace, *, at: Any = NOW, **changed: Any) -> Letter:
    place = changed.pop("place", office.safe)
    letter = numbered(office, at=at, **changed)
    printing.print_run(
        actor=office.registrar,
        subject=letter,
        at=at,
        made=letter.print_run,
        press="机要室",
        printer="区敏",
        place=place,
    )
    return fresh(letter)


def sealed(office: SimpleNamespace, *, at: Any = NOW, **changed: Any) -> Letter:
    letter = printed(office, at=at, **changed)
    sending.seal(actor=office.registrar, subject=letter, at=at)
    return fresh(letter)


COURIER = {
    "channel": "courier",
    "protection": "双层密封，加盖密封章",
    "couriers": "丁一、丁二",
}


def sent(office: SimpleNamespace, *, at: Any = NOW, **changed: Any) -> Letter:
    """The envelope for 乙局 has left with the couriers."""
    letter = sealed(office, at=at, **changed)
    sending.send(actor=office.registrar, subject=letter, at=at, **COURIER)
    return fresh(letter)


def line_to(letter: Letter, name: str) -> Recipient:
    return next(fresh(line) for line in Recipient.all_of(letter) if line.name == name)


def received(office: SimpleNamespace, line: Recipient, *, at: Any = NOW) -> Recipient:
    """乙局 has signed, and its receipt is in the book."""
    receipts.enter_receipt(
        actor=office.registrar,
        subject=line,
        at=at + timedelta(hours=2),
        receipt="回〔2026〕9号",
        received_by="翟一",
        received_at=at + timedelta(hours=1),
        check_value=line.check_value,
    )
    return fresh(line)


def items_of(letter: Letter) -> list[Item]:
    return [fresh(item) for item in Item.unscoped.filter(label=letter.label_id).order_by("name")]
