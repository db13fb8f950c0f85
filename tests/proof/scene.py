"""One world with something on every page, and in it words that only some may ever read (金丝雀).

Every canary stands in one business field. Who may read it is written here by hand, from the rules of the
paper it is on, and never asked of the product: that is what the walk of routes compares.
"""

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from conftest import IMPORTANT, YEAR, clear, prepared
from shoumi.domains.accounts import services as accounts
from shoumi.domains.circulation.services.listing import open_list
from shoumi.domains.circulation.services.routing import send
from shoumi.domains.circulation.services.widening import widen
from shoumi.domains.documents.models import Copy
from shoumi.domains.documents.services.deciding import instruct, propose
from shoumi.domains.documents.services.labels import print_labels
from shoumi.domains.documents.services.receiving import PROPOSE_DUTY, receive
from shoumi.domains.documents.tests.conftest import written
from shoumi.domains.handling.services import (
    archiving,
    borrowing,
    carrying,
    copying,
    destroying,
    recalling,
    succession,
)
from shoumi.domains.handling.tests.scene import approve, copies, fresh
from shoumi.domains.ledgers.services import personal, verifying
from shoumi.domains.ledgers.services.entering import ENTER, LEDGERS
from shoumi.domains.ledgers.tests.rows import GIVEN, entered
from shoumi.platform.attachments import services as attachments
from shoumi.platform.custody.models import Handover, Stocktake
from shoumi.platform.custody.services import accept, declare_missing, offer
from shoumi.platform.custody.services.counting import open_stocktake, scan
from shoumi.platform.directory.models import Appointment, Person, Place
from shoumi.platform.obligations.models import Duty
from shoumi.platform.trail.models import name_of
from shoumi.platform.trail.recording import Record, recording
from tests.proof.routes import registers

# What somebody held against the light must be: cleared for the level, and listed by name or by post.
HANDLERS = frozenset({"registrar", "director", "leader", "head"})
LISTED = HANDLERS | {"handler", "chief"}
OWN_BODY_OFFICERS = frozenset({"sysadmin", "secadmin", "auditor"})


@dataclass
class World:
    """The cast, the rows that stand for each page, and the canaries with those who may read them."""

    office: SimpleNamespace
    at: datetime
    canaries: dict[str, frozenset[str]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    attachment: str = ""

    def canary(self, words: str, readers: frozenset[str]) -> str:
        """A text with these words in it, which nobody but the readers may see."""
        self.canaries[words] = readers
        return words


def build(office: SimpleNamespace) -> World:
    """Everything is done by the acts that people do, at this very hour, as the pages will read it."""
    at = timezone.localtime()
    world = World(office, at)
    _accounts(world)
    _carriers(world)
    _rounds(world)
    _other_body(world)
    _ledgers(world)
    _every_register(world)
    return world


def _every_register(world: World) -> None:
    """Where nothing better is named above, the first row of its kind stands for all."""
    named = {
        "stocktakes": Stocktake,
        "handling-batch": Handover,
        "duty": Duty,
        "remind": Duty,
    } | {slug: register.model for slug, register in registers().items()}
    for slug, model in named.items():
        found = model._base_manager.order_by("pk").first()
        assert found is not None, f"{slug}: plant a row of {model.__name__} in tests/proof/scene.py"
        world.rows.setdefault(slug, found.pk)


def paper(world: World, name: str, *, level: str = "机密", **changed: Any) -> Any:
    """A paper in the safe with a canary in its title, number, remark and sender."""
    office, at = world.office, changed.pop("at", world.at)
    people = changed.pop("people", (office.handler, office.chief))
    known = changed.pop("known", LISTED if people else HANDLERS)
    top = level == "绝密"
    given = written(
        office,
        mark=f"{level}★{20 if top else 10}年",
        place=office.top_safe if top else office.safe,
        title=world.canary(f"雀题名{name}", known),
        issue_number=world.canary(f"雀文号{name}", known) + "〔2026〕7号",
        remark=world.canary(f"雀备注{name}", known),
        issuer=world.canary(f"雀来文{name}", known),
        issued_on=at.date() - timedelta(days=3),
        people=people,
        received_at=at,
    )
    return receive(actor=office.registrar, at=at, **given | changed)


def _accounts(world: World) -> None:
    """Two accounts that may not come in, and a row in each of the officers' books."""
    office, at = world.office, world.at
    with prepared(office.body, at=at):
        for key, name in (("disabled", "焦停"), ("expired", "焦期")):
            person = Person(
                body=office.body,
                department=office.departments["业务科"],
                account=key,
                name=name,
                staff_number=f"G-{key}",
                active=key != "disabled",
                must_change_password=False,
                reminder_signed_at=at,
                password_changed_at=at - YEAR if key == "expired" else at,
            )
            person.set_password("x")
            person.save()
            setattr(office, key, person)
            clear(person, IMPORTANT, today=at.date())
        for person, post, chief in (
            (office.authority, "archivist", None),
            (office.standin, "department_head", office.chief),
        ):
            Appointment.objects.create(
                person=person,
                post=post,
                body=office.body,
                department=chief and chief.department,
                since=at.date(),
                standing_in_for=chief,
            )
    accounts.appoint(
        actor=office.secadmin,
        subject=office.newcomer,
        post="window_clerk",
        department=None,
        since=at.date(),
        until=None,
        basis="任职文件",
        at=at,
    )
    accounts.propose_override(
        actor=office.secadmin,
        clause="accounts.idle",
        key="minutes",
        value=5,
        since=at.date(),
        reason="从严",
        at=at,
    )
    accounts.review(actor=office.secadmin, finding="相符", at=at)
    for _ in range(10):
        try:
            accounts.review(actor=office.peer, finding="无权", at=at)
        except Exception as refusal:
            assert "复核权限" in str(refusal)
    assert accounts.watch(at) > 0
    world.rows["accounts-alarms"] = Duty.objects.visible_to(office.auditor, at=at).get().pk
    # The very rows that the officers' pages show: no account that the walk itself logs in with.
    world.rows["accounts-people"] = office.watch.pk
    world.rows["accounts-posts"] = Appointment.objects.get(person=office.director).pk


def _carriers(world: World) -> None:
    """A row in each book of the carriers, all of them about one paper that six people may know."""
    office, at = world.office, world.at
    main = paper(world, "甲", copies=12, copy_numbers="000001-000012")
    # A second one whose rows must be absent from every list of whoever sees the first.
    shut = paper(world, "乙", people=())
    paper(world, "丙", level="绝密", copies=1, copy_numbers="000001", people=())
    items = copies(main)
    print_labels(actor=office.registrar, subject=main, at=at)
    loan = borrowing.request_borrow(
        actor=office.handler,
        subject=items[0],
        at=at,
        purpose=world.canary("雀借由甲", LISTED),
        days=2,
        reading_place="本人办公室",
    )
    lent = borrowing.request_borrow(
        actor=office.handler,
        subject=items[1],
        at=at,
        purpose="核对情况",
        days=2,
        reading_place="本人办公室",
    )
    borrowing.lend(actor=office.registrar, subject=approve(lent, at=at), at=at)
    copying.request_copy(
        actor=office.handler,
        subject=items[2],
        at=at,
        kind="copy",
        copies=2,
        purpose=world.canary("雀印由甲", LISTED),
        consent_number="示函〔2026〕3号",
    )
    kept = offer(actor=office.registrar, subject=items[4:6], receiver=office.handler, at=at)
    accept(actor=office.handler, subject=kept, at=at)
    batch = offer(actor=office.registrar, subject=[fresh(items[6])], receiver=office.chief, at=at)
    carrying.request_carry(
        actor=office.handler,
        at=at,
        items=[fresh(items[3])],
        destination=world.canary("雀去处甲", LISTED),
        purpose="汇报",
        reason="汇报年度工作",
        container="X-03",
        measures="专车往返，入住时存当地机要室",
        leaves_on=at.date() + timedelta(days=1),
        returns_on=at.date() + timedelta(days=2),
        companions=[office.chief],
    )
    handed = succession.hand_over(
        actor=office.handler,
        at=at,
        items=[fresh(items[4])],
        receiver=office.chief,
        reason=world.canary("雀移由甲", LISTED),
    )
    approve(handed, at=at)
    recalling.recall(
        actor=office.registrar,
        at=at,
        items=[fresh(items[7])],
        issuer="岚江省保密局",
        notice=world.canary("雀清退甲", LISTED),
        due_on=at.date() + timedelta(days=30),
    )
    destroying.propose(
        actor=office.registrar,
        at=at,
        items=[fresh(items[8])],
        appraisal=world.canary("雀鉴定甲", LISTED),
        method="自行粉碎",
        station="机要室碎纸机 2 号",
    )
    burnt = destroying.propose(
        actor=office.registrar,
        at=at,
        items=[fresh(items[11])],
        appraisal="已过保存期",
        method="自行粉碎",
        station="机要室碎纸机 2 号",
    )
    destroying.execute(
        actor=office.registrar,
        subject=approve(burnt, at=at),
        at=at,
        counted=1,
        witness=office.handler,
    )
    destroying.witness_destruction(actor=office.handler, subject=fresh(burnt), at=at)
    declare_missing(
        actor=office.registrar,
        subject=fresh(items[9]),
        circumstances=world.canary("雀丢失甲", LISTED),
        at=at,
    )
    _archived(world)
    stocktake = open_stocktake(actor=office.registrar, at=at, place=office.top_safe)
    scan(actor=office.registrar, subject=stocktake, codes="ZZZZZZZZ", at=at)
    _attached(world, main)
    # What a page of one row shows is the row the six may know, never the one that only four may.
    world.rows["documents"] = main.pk
    world.rows["documents-copies"] = Copy.unscoped.get(item=items[10]).pk
    world.rows["items"] = items[10].pk
    world.rows["handling-loans"] = loan.pk
    world.rows["handling-batch"] = batch.pk
    world.rows["handling-destructions-certificate"] = burnt.pk
    world.rows["duty"] = world.rows["remind"] = Duty._base_manager.get(
        kind=PROPOSE_DUTY, subject=name_of(main)
    ).pk
    world.rows["shut"] = shut.pk


def _archived(world: World) -> None:
    from shoumi.domains.documents.services.deciding import close

    office, at = world.office, world.at
    # Whoever takes a paper into the archive must know it, from the day it was agreed.
    known = LISTED | {"authority"}
    finished = paper(world, "丁", known=known)
    propose(actor=office.director, subject=finished, at=at, addressee=office.leader, text="请阅。")
    instruct(actor=office.leader, subject=finished, at=at, text="存。", readers=[])
    close(actor=office.registrar, subject=finished, at=at)
    request = archiving.archive(
        actor=office.registrar,
        at=at,
        items=copies(finished)[:1],
        year=at.year,
        volume=world.canary("雀卷号丁", known),
    )
    approve(request, at=at)


def _attached(world: World, document: Any) -> None:
    """A file on the first paper, with a name that says what is in it."""
    office, at = world.office, world.at
    upload = io.BytesIO("雀附件内容甲".encode())
    upload.name = f"{world.canary('雀附件甲', LISTED)}.txt"  # type: ignore[attr-defined]
    world.canaries["雀附件内容甲"] = LISTED
    record = Record(office.body.code, "test.prepare", 0, "测试准备", "trail.entry", at)
    with attachments.storing() as kept, recording(record) as deed:
        found = attachments.attach(
            kept,
            deed=deed,
            owner=document,
            label=document.label,
            upload=upload,
            actor=office.registrar,
            at=at,
        )
    world.attachment = found.name


def _rounds(world: World) -> None:
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


def _ledgers(world: World) -> None:
    """A line in every simple ledger, one looked at, and a verification of the trail."""
    office, at = world.office, world.at
    for key in GIVEN:
        ledger = LEDGERS[key]
        row = entered(key, _keeper(office, ENTER[key].posts), at=at)
        world.rows[f"ledgers-{key}"] = row.pk
        if key == "incident":
            column = next(c.key for c in ledger.current if c.personal)
            personal.reveal(
                ledger, actor=office.secadmin, subject=row, column=column, reason="核实情况", at=at
            )
    verifying.verify_trail(actor=office.auditor, at=at)


def _keeper(office: SimpleNamespace, posts: frozenset[str] | None) -> Any:
    """Somebody who keeps a ledger that these posts keep."""
    by_post = {"sysadmin": "sysadmin", "secadmin": "secadmin", "secrecy_office": "office"}
    return getattr(office, next(k for p, k in by_post.items() if posts is None or p in posts))
