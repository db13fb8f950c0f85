"""Questions about circulations: who may be listed, which copies lie ready, who is late."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from shoumi.domains.circulation.models import Circulation, Reader
from shoumi.domains.documents.models import Copy, Document
from shoumi.domains.documents.selectors import copies_of, people_for
from shoumi.platform.access.subjects import day_of, label_of
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.directory.models import Person
from shoumi.platform.directory.selectors import appointments_on


def people_in_scope(document: Document, *, at: datetime) -> QuerySet[Person]:
    """The cleared people whom the need-to-know list of a paper names, by person, post or department."""
    wanted = Q()
    listed: Iterable[str] = label_of(document.label, on=day_of(at))
    if document.restriction:
        # Whoever only carries it for a while is listed with an end, and is no reader.
        lasting = document.label.need_to_know.filter(until=None)
        listed = lasting.values_list("principal", flat=True)
    for principal in listed:
        sort, _, rest = principal.partition(":")
        if sort == "p":
            wanted |= Q(pk=rest)
        elif document.restriction:
            continue
        elif sort == "d":
            wanted |= Q(department=rest)
        elif sort == "t":
            post, _, body = rest.partition("@")
            held = appointments_on(day_of(at)).filter(
                person=OuterRef("pk"), post=post, body=int(body)
            )
            wanted |= Q(Exists(held))
        else:
            wanted |= Q(body=document.body)
    people = people_for(document.level, body=document.body, at=at)
    return people.filter(wanted) if wanted else people.none()


def people_outside(document: Document, *, at: datetime) -> QuerySet[Person]:
    """Those who are cleared and not listed: for them one has to ask."""
    inside = people_in_scope(document, at=at).values("pk")
    return people_for(document.level, body=document.body, at=at).exclude(pk__in=inside)


def copies_ready(document: Document, *, reader: Person, at: datetime) -> QuerySet[Copy]:
    """Copies that lie in the registry and wait for nobody's signature."""
    rows = copies_of(document, reader=reader, at=at)
    return rows.filter(item__state=Item.State.HELD, item__holder_kind=Holder.Kind.PLACE)


def late_readers(person: Person, *, at: datetime) -> QuerySet[Reader]:
    """Who has a copy beyond its time, or was not sent one within the time of the round."""
    found: QuerySet[Reader] = Reader.objects.visible_to(person, at=at)
    states = Reader.State
    return found.filter(
        Q(state__in=Reader.OUT, due_at__lt=at)
        | Q(
            state=states.WAITING,
            circulation__state=Circulation.State.OPEN,
            circulation__due_at__lt=at,
        )
    )
