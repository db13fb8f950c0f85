"""登记载体、存储登记: what was decided enters the account with its mark, and what it is stored on follows."""

from collections.abc import Mapping
from datetime import datetime

from shoumi.domains.classification.models import Determination, Medium
from shoumi.domains.classification.services.steps import REGISTRAR
from shoumi.kernel.numbering import print_copy_number
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.services import relevel
from shoumi.platform.custody.models import Item
from shoumi.platform.custody.services.ledger import enter_item, holder_of
from shoumi.platform.directory.models import Person, Place

ENTER = Action(
    "classification.carriers.enter",
    "登记载体",
    clause="classification.carriers",
    posts=REGISTRAR,
)
STORE = Action(
    "classification.medium.store",
    "登记存储介质",
    clause="classification.medium",
    posts=REGISTRAR,
)
# What of the forms of a carrier is kept as something else than paper.
KINDS: Mapping[str, str] = {
    "光盘": Item.Kind.DISC,
    "硬盘": Item.Kind.MEDIUM,
    "软盘": Item.Kind.MEDIUM,
    "移动存储介质": Item.Kind.MEDIUM,
    "录音带": Item.Kind.OTHER,
    "录像带": Item.Kind.OTHER,
    "照片": Item.Kind.OTHER,
}
MEDIA = (Item.Kind.DISC, Item.Kind.MEDIUM, Item.Kind.COMPUTER, Item.Kind.DEVICE)


def enter_carriers(
    *, actor: Person, subject: Determination, at: datetime, copies: int, place: Place
) -> Determination:
    """Every copy enters the account with level, period and ground, or does not enter it at all."""
    with act(actor, ENTER, subject, at=at, number=subject.number, copies=copies) as deed:
        if subject.state != Determination.State.IN_FORCE or not subject.mark_text:
            raise Refusal(
                "没有密级、保密期限和定密依据的载体不得登记入库",
                clause=ENTER.clause,
                way_on="定密以后再登记载体",
            )
        holder = holder_of(body=subject.body, place=place)
        first = subject.copies + 1
        for number in range(first, first + copies):
            enter_item(
                label=subject.label,
                kind=KINDS.get(subject.carrier, Item.Kind.PAPER),
                name=f"{subject.number} {print_copy_number(number)}",
                source=Item.Source.MADE,
                holder=holder,
                at=at,
                reason=ENTER.key,
                case_ref=subject.number,
            )
        subject.mend(copies=subject.copies + copies)
        deed.note(first=first)
    return subject


def store(*, actor: Person, subject: Determination, at: datetime, item: Item) -> Determination:
    """A matter is stored on a medium: the medium is of its level from now on."""
    with act(actor, STORE, subject, at=at, number=subject.number, item=item.pk) as deed:
        if item.kind not in MEDIA or item.label_id == subject.label_id:
            raise Refusal(
                "只登记存储该事项的计算机、移动存储介质和设备",
                clause=STORE.clause,
                way_on="在载体登记簿中选定存储介质",
            )
        Medium.objects.create(
            label=subject.label,
            item=item,
            determination=subject,
            grade_before=item.level,
            stored_by=actor,
            stored_at=at,
        )
        grade = Medium.grade_of(item)
        if grade != item.level:
            relevel(item.label, level=grade)
        deed.note(level=int(grade))
    return subject
