"""The rounds of a paper, and a paper of the other body."""

from datetime import timedelta

from conftest import prepared
from shoumi.domains.circulation.services.listing import open_list
from shoumi.domains.circulation.services.routing import send
from shoumi.domains.circulation.services.widening import widen
from shoumi.domains.documents.models import Copy
from shoumi.domains.documents.services.deciding import instruct, propose
from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import written
from shoumi.platform.directory.models import Place
from tests.proof.scenes.world import LISTED, World, paper


def build(world: World) -> None:
    """A circulation with a reader who has the copy since days, another who waits, and one widened."""
    office, at = world.office, world.at
    early = at - timedelta(days=12)
    round_ = paper(world, "戊", urgency="urgent", at=early)
    proposal = propose(
        actor=office.director,
        subject=round_,
        at=early,
        addressee=office.head,
        text=world.canary("雀拟办戊", LISTED),
    )
    instruct(
        actor=office.head,
        subject=round_,
        at=early,
        text=world.canary("雀批示戊", LISTED),
        readers=[office.handler, office.chief],
    )
    circulation = open_list(
        actor=office.registrar,
        subject=round_,
        at=early,
        readers=[office.handler, office.chief],
    )
    line = next(x for x in circulation.all_readers() if x.person_id == office.handler.pk)
    copy = Copy.unscoped.filter(document=round_).order_by("copy_number")[0]
    send(actor=office.registrar, subject=line, at=early, copy=copy, in_person=True)
    widen(
        actor=office.handler,
        subject=round_,
        at=at,
        people=[office.authority],
        reason=world.canary("雀扩知戊", LISTED | {"authority"}),
    )
    world.rows["documents-opinions"] = proposal.pk
    world.rows["circulation-readers"] = world.rows["circulation-late"] = line.pk
    _other_body(world)


def _other_body(world: World) -> None:
    """A paper of 乙局: nobody of 甲局 may know anything of it, and the other way round."""
    office, at = world.office, world.at
    with prepared(office.other, at=at):
        registry = Place.objects.create(
            body=office.other,
            name=world.canary("雀外场所", frozenset({"stranger"})),
            kind=Place.Kind.REGISTRY,
            level_limit=office.top_safe.level_limit,
        )
    known = frozenset({"stranger"})
    given = written(
        office,
        title=world.canary("雀外题名", known),
        issue_number="乙〔2026〕1号",
        remark=world.canary("雀外备注", known),
        place=registry,
        issued_on=at.date() - timedelta(days=3),
        received_at=at,
    )
    receive(actor=office.stranger, at=at, **given)
