"""A year of work, day by day: papers come, are decided, read, borrowed, counted, some of them late.

Deeds are kept in the order of their time, so that the chain is written as it would have been.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone

from shoumi.config.demonstration import (
    carriers,
    classifying,
    letters,
    machines,
    organisation,
    people,
    places,
)
from shoumi.config.demonstration.cast import Cast
from shoumi.config.demonstration.papers import Paper, draw
from shoumi.config.demonstration.queue import Story, a_person, at_hour
from shoumi.domains.circulation.models import Circulation, Reader
from shoumi.domains.circulation.services import listing, routing
from shoumi.domains.documents.models import Copy, Document
from shoumi.domains.documents.rules import Kind
from shoumi.domains.documents.rules.classes import Category
from shoumi.domains.documents.rules.telegrams import REPORTED
from shoumi.domains.documents.services import deciding, labels, receiving, telegrams
from shoumi.kernel.levels import Level
from shoumi.platform.access.subjects import subject_of
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.loop import tick

PAPERS, RECENT = 240, 30
LEADERS = ("head", "fenguan")
READERS = (
    "yewu",
    "shenpi",
    "xinxi",
    "fagui",
    "danping",
    "xiefeng",
    "ouyang",
    "chenhong",
    "renyuan",
    "zhangli",
    "letian",
    "zhaoyang",
    "ducha",
    "caiwu",
    "wulei",
    "baomi",
)


def tell(cast: Cast, *, until: datetime, progress: Callable[[str, int, int], None]) -> None:
    """Everything that happened from the founding until now."""
    story = Story(cast, until=until)
    _papers(story)
    _rounds(story)
    _clearing(story)
    classifying.classify_all(story)
    letters.send_all(story)
    machines.keep_all(story)
    places.open_rooms(story)
    organisation.organise(story)
    people.tell(story)
    story.run(progress)
    tick(until)


def _papers(story: Story) -> None:
    """Some five a week; the last days are busier, so that every desk has work waiting."""
    first = timezone.localtime(story.until) - timedelta(days=365)
    numbers: dict[str, int] = {}
    moments = [first + timedelta(days=365) * turn / PAPERS for turn in range(PAPERS)]
    moments += [story.until - timedelta(hours=4 * turn + 1) for turn in range(RECENT)]
    for moment in sorted(moments):
        at = story.in_office(moment)
        year = timezone.localtime(at).year
        key = f"{year}"
        numbers[key] = numbers.get(key, 0) + story.chance.randrange(1, 4)
        paper = draw(story.chance, number=numbers[key], year=year)
        story.plan(at, partial(_receive, story, paper))


def _rounds(story: Story) -> None:
    """The recurring duties of the last weeks are raised as the loop would have done, and the day is locked up."""
    day = timezone.localtime(story.until).date() - timedelta(days=45)
    while day <= story.until.date():
        story.plan(at_hour(day, 8, 5), lambda at: void(tick(at)))
        story.plan(at_hour(day, 17, 5), partial(carriers.lock_up, story))
        day += timedelta(days=1)


def _clearing(story: Story) -> None:
    """Twice a year what need not be kept is destroyed."""
    for days in (200, 30):
        at = story.in_office(story.until - timedelta(days=days))
        story.plan(at, partial(carriers.clear_out, story))


def void(_result: object) -> None:
    """A deed answers nothing."""


def _receive(story: Story, paper: Paper, at: datetime) -> None:
    cast, chance = story.cast, story.chance
    place = {"绝密": "绝密专柜", "机密": "1号保密柜", "秘密": "2号保密柜"}.get(
        paper.level, "资料柜"
    )
    is_secret = paper.level in ("秘密", "机密", "绝密")
    first = chance.randrange(1, 200)
    document = receiving.receive(
        actor=cast[chance.choice(("jiyao", "jiyao2"))],
        at=at,
        kind=paper.kind,
        mark=paper.mark,
        urgency=paper.urgency,
        issuer=paper.issuer,
        copies=paper.copies,
        place=cast.places[place],
        received_at=at.replace(second=0, microsecond=0),
        channel=paper.channel,
        title=paper.title,
        issue_number=paper.issue_number,
        issued_on=timezone.localtime(at).date() - timedelta(days=chance.randrange(1, 9)),
        copy_numbers=f"{first:06d}-{first + paper.copies - 1:06d}" if is_secret else "",
        deliverer=paper.deliverer,
        envelope_number=f"{chance.randrange(10_000, 99_999)}",
    )
    if is_secret:
        story.plan(at + timedelta(minutes=4), lambda at: _label(story, document.pk, at))
    if Kind(paper.kind).is_wired:
        late = story.stalls(at, share=0.1)
        story.plan(
            at + timedelta(minutes=21 if late else 6), lambda at: _slip(story, document.pk, at)
        )
    if not story.stalls(at, share=0.15):
        story.plan(
            story.later(at, hours=0.5 + chance.random() * 3),
            lambda at: _propose(story, document.pk, at),
        )


def _slip(story: Story, pk: int, at: datetime) -> None:
    """The slip goes back, and what is urgent above all is told to the head of the office."""
    document = _document(pk)
    telegrams.give_slip(actor=story.cast["jiyao"], subject=document, at=at)
    if document.urgency in REPORTED:
        head = story.cast["zhuren"]
        telegrams.tell(actor=story.cast["jiyao"], subject=document, at=at, whom=head)


def _label(story: Story, pk: int, at: datetime) -> None:
    labels.print_labels(actor=story.cast["jiyao"], subject=_document(pk), at=at)


def _propose(story: Story, pk: int, at: datetime) -> None:
    leader = story.chance.choice(LEADERS)
    deciding.propose(
        actor=story.cast["zhuren"],
        subject=_document(pk),
        at=at,
        addressee=story.cast[leader],
        text=story.chance.choice(
            ("请领导阅示。", "拟请有关科室阅办，请领导批示。", "拟送分管同志和有关科室传阅。")
        ),
    )
    if not story.stalls(at, share=0.2):
        story.plan(
            story.later(at, hours=1 + story.chance.random() * 8),
            lambda at: _instruct(story, pk, leader, at),
        )


def _instruct(story: Story, pk: int, leader: str, at: datetime) -> None:
    document = _document(pk)
    others = [a for a in LEADERS if a != leader]
    able = [story.cast[a] for a in (*READERS, *others)]
    able = [p for p in able if subject_of(p, at).clearance >= document.level]
    count = 1 if document.level == Level.TOP_SECRET else story.chance.randrange(1, 5)
    readers = story.chance.sample(able, min(count, len(able)))
    deciding.instruct(
        actor=story.cast[leader],
        subject=document,
        at=at,
        text=story.chance.choice(("请相关科室阅。", "同意拟办意见，抓紧落实。", "已阅，请传阅。")),
        readers=readers,
    )
    story.plan(
        story.later(at, hours=0.5 + story.chance.random() * 2),
        lambda at: _circulate(story, pk, [p.pk for p in readers], at),
    )


def _circulate(story: Story, pk: int, people: list[int], at: datetime) -> None:
    readers = [Person.objects.select_related("body").get(pk=p) for p in people]
    circulation = listing.open_list(
        actor=story.cast["jiyao"], subject=_document(pk), at=at, readers=readers
    )
    story.plan(at + timedelta(minutes=10), lambda at: _send(story, circulation.pk, at))


def _send(story: Story, pk: int, at: datetime) -> None:
    """The next who waits gets the copy that lies in the registry."""
    circulation = Circulation.unscoped.select_related("document").get(pk=pk)
    waiting = [r for r in circulation.all_readers() if r.state == Reader.State.WAITING]
    if not waiting:
        story.plan(story.later(at, hours=0.2), lambda at: _close(story, pk, at))
        return
    reader = waiting[0]
    copies = Copy.unscoped.filter(document=circulation.document).select_related("item__holder")
    copy = next((c for c in copies if c.item.state == "held"), None)
    if copy is None:
        return
    actor = story.cast["jiyao"]
    routing.send(actor=actor, subject=reader, at=at, copy=copy, in_person=True)
    if not story.stalls(at, share=0.1):
        story.plan(at + timedelta(minutes=5), lambda at: _read(story, reader.pk, at))


def _read(story: Story, pk: int, at: datetime) -> None:
    reader = _reader(pk)
    routing.accept(actor=a_person(reader.person_id), subject=reader, at=at)
    if not story.stalls(at, share=0.1):
        late = story.chance.random() < 0.06
        hours = 26 if late else 0.4 + story.chance.random() * 2
        story.plan(story.later(at, hours=hours), lambda at: _return(story, pk, at))


def _return(story: Story, pk: int, at: datetime) -> None:
    reader = _reader(pk)
    routing.return_copy(
        actor=a_person(reader.person_id),
        subject=reader,
        at=at,
        opinion=story.chance.choice(("已阅。", "已阅，按要求办理。", "")),
    )
    story.plan(story.later(at, hours=0.2), lambda at: _take_back(story, pk, at))


def _take_back(story: Story, pk: int, at: datetime) -> None:
    reader = _reader(pk)
    routing.take_back(actor=story.cast["jiyao"], subject=reader, at=at)
    story.plan(story.later(at, hours=0.1), lambda at: _send(story, reader.circulation_id, at))


def _close(story: Story, pk: int, at: datetime) -> None:
    circulation = Circulation.unscoped.select_related("document").get(pk=pk)
    if circulation.state == Circulation.State.CLOSED:
        return
    listing.close(actor=story.cast["jiyao"], subject=circulation, at=at)
    if not story.stalls(at, share=0.3):
        document = circulation.document_id
        story.plan(story.later(at, hours=3), lambda at: _finish(story, document, at))


def _finish(story: Story, pk: int, at: datetime) -> None:
    document = _document(pk)
    deciding.close(
        actor=story.cast["jiyao"],
        subject=document,
        at=at,
        result="已办结。",
        # What a title does not say the registrar decides.
        category=document.category or Category.ORDERS,
    )
    carriers.after_closing(story, pk, at)


def _document(pk: int) -> Document:
    return Document.unscoped.select_related("label", "body").get(pk=pk)


def _reader(pk: int) -> Reader:
    found: Reader = Reader.unscoped.select_related(
        "label",
        "circulation__document__label",
        "circulation__document__body",
        "person",
        "copy__item",
        "outward",
        "homeward",
    ).get(pk=pk)
    return found
