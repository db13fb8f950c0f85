"""Questions about papers and about who may be named on them."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from shoumi.domains.documents.models import Copy, Document
from shoumi.domains.documents.rules import Channel
from shoumi.kernel.levels import Level, PersonnelClass
from shoumi.platform.access.models import ClearanceRecord
from shoumi.platform.access.subjects import day_of
from shoumi.platform.custody.models import Movement
from shoumi.platform.directory.models import SYSTEM_ACCOUNT, Body, Person, Place
from shoumi.platform.directory.selectors import appointments_on
from shoumi.platform.rulebook.posts import posts, sees_content

_HOLDERS = ("person", "place", "outside")
STORES = (Place.Kind.REGISTRY, Place.Kind.SAFE, Place.Kind.SEALED_SAFE)


def people_for(level: Level, *, body: Body, at: datetime) -> QuerySet[Person]:
    """Whom a paper of this level may name: cleared today, no officer, not on the way out."""
    day = day_of(at)
    records = ClearanceRecord.objects.filter(person=OuterRef("pk"))
    in_force = Q(until=None) | Q(until__gte=day)
    valid = records.filter(
        in_force,
        since__lte=day,
        review_due__gte=day,
        trained_until__gte=day,
        pledged_until__gte=day,
    )
    classes = [c.value for c in PersonnelClass if c.clearance >= level]
    blind = [key for key in posts() if not sees_content(key)]
    officers = appointments_on(day).filter(person=OuterRef("pk"), post__in=blind)
    found = Person.objects.filter(body=body, active=True).exclude(account=SYSTEM_ACCOUNT)
    found = found.filter(~Exists(officers))
    if level > Level.PUBLIC:
        found = found.filter(~Exists(records.filter(until__lt=day, exit_until__gte=day)))
    if level.is_state_secret:
        found = found.filter(Exists(valid.filter(personnel_class__in=classes)))
    return found.select_related("department").order_by("name", "id")


def holders_for(posts_wanted: frozenset[str], *, body: Body, at: datetime) -> QuerySet[Person]:
    """Who holds one of these posts today."""
    held = appointments_on(day_of(at)).filter(
        person=OuterRef("pk"), body=body, post__in=posts_wanted
    )
    people = Person.objects.filter(Exists(held), active=True)
    return people.select_related("department").order_by("name", "id")


def stores_of(body: Body) -> QuerySet[Place]:
    """Where carriers may be kept: the registry and its safes."""
    return Place.objects.filter(body=body, active=True, kind__in=STORES).order_by("kind", "name")


def copies_of(document: Document, *, reader: Person, at: datetime) -> QuerySet[Copy]:
    """The copies of a paper in the order of their numbers, each with its holder now."""
    found: QuerySet[Copy] = Copy.objects.visible_to(reader, at=at).filter(document=document)
    near = ("item__holder__person", "item__holder__place", "item__holder__outside")
    return found.select_related("item__label", *near).order_by("copy_number")


def movements_about(document: Document, *, reader: Person, at: datetime) -> QuerySet[Movement]:
    """Every line of the journal about a paper's copies, the first one first."""
    found: QuerySet[Movement] = Movement.objects.visible_to(reader, at=at)
    near = [f"{side}__{kind}" for side in ("giver", "receiver") for kind in _HOLDERS]
    return found.filter(label=document.label_id).select_related("item", *near).order_by("at", "id")


def find(reader: Person, words: str, *, at: datetime) -> QuerySet[Document]:
    """By number fragment, title, issuer, 文号 or pinyin initials; only what may be known is found."""
    found: QuerySet[Document] = Document.objects.visible_to(reader, at=at)
    for word in words.split()[:5]:
        found = found.filter(
            Q(number__contains=word)
            | Q(title__contains=word)
            | Q(issuer__contains=word)
            | Q(issue_number__contains=word)
            | Q(initials__contains=word.lower())
        )
    return found.select_related("label").order_by("-id")


def colleagues(body: Body) -> QuerySet[Person]:
    """Everybody who works here, for naming who answers for a lapse."""
    found = Person.objects.filter(body=body, active=True).exclude(account=SYSTEM_ACCOUNT)
    return found.select_related("department").order_by("name", "id")


def brought_by(
    person: Person, *, since: datetime, reader: Person, at: datetime
) -> QuerySet[Document]:
    """Papers registered as brought from a meeting by this person, from a time on."""
    found: QuerySet[Document] = Document.objects.visible_to(reader, at=at)
    from_meetings = found.filter(channel=Channel.MEETING, deliverer=person.name)
    return from_meetings.filter(received_at__gte=since).order_by("-id")


def years_on_file(reader: Person, *, at: datetime) -> list[int]:
    """The years of which papers are on file, the latest first."""
    filed = Document.objects.visible_to(reader, at=at).exclude(file_number="")
    years = filed.order_by("-year").values_list("year", flat=True).distinct()
    return list(years)
