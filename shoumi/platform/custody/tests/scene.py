"""What tests of the ledger start from: a document's label and its copies in the registry."""

from collections.abc import Iterable

from conftest import NOW, TODAY, prepared
from shoumi.kernel.levels import Level
from shoumi.platform.access.models import Label
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import body_principal, person_principal, post_principal
from shoumi.platform.custody.models import Item
from shoumi.platform.custody.services import accept, enter_item, holder_of, offer
from shoumi.platform.directory.models import Person, Place

KEY = "test.custody.enter"


def a_label(office, *, level: Level = Level.SECRET, readers: Iterable[Person] = ()) -> Label:
    """A document's label: the registrars, the handler, the chief, and whoever else is named."""
    people = [office.handler, office.chief, office.leader, *readers]
    principals = [post_principal("registrar", office.body.pk)]
    principals += [person_principal(p.pk) for p in people]
    if level <= Level.INTERNAL:
        principals.append(body_principal(office.body.pk))
    with prepared(office.body):
        return label_for(
            level=level, body=office.body, principals=principals, basis="测试", on=TODAY
        )


def copies(
    office,
    count: int = 3,
    *,
    label: Label | None = None,
    level: Level = Level.SECRET,
    place: Place | None = None,
    at=NOW,
) -> list[Item]:
    """Copies of a received document, lying in the safe that suits their level."""
    label = label or a_label(office, level=level)
    where = place or (office.top_safe if label.level == Level.TOP_SECRET else office.safe)
    with prepared(office.body):
        return [
            enter_item(
                label=label,
                kind=Item.Kind.PAPER,
                name=f"收文〔2026〕12号 {number:06d}",
                source=Item.Source.RECEIVED,
                holder=holder_of(body=office.body, place=where),
                giver=holder_of(body=office.body, outside=office.other),
                at=at,
                reason=KEY,
            )
            for number in range(1, count + 1)
        ]


def held_by(office, person: Person, count: int = 1, **options) -> list[Item]:
    """Copies that a person has signed for."""
    items = copies(office, count, **options)
    batch = offer(actor=office.registrar, subject=items, receiver=person, at=NOW)
    accept(actor=person, subject=batch, at=NOW)
    return [fresh(i) for i in items]


def fresh(item: Item) -> Item:
    """The item as it now stands in the database."""
    return Item.unscoped.select_related("holder", "label").get(pk=item.pk)
