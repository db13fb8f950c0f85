"""A row in each book of the carriers, all of them about one paper that six people may know."""

import io
from datetime import timedelta
from typing import Any

from shoumi.domains.documents.models import Copy
from shoumi.domains.documents.services.deciding import close, instruct, propose
from shoumi.domains.documents.services.labels import print_labels
from shoumi.domains.documents.services.receiving import PROPOSE_DUTY
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
from shoumi.platform.attachments import services as attachments
from shoumi.platform.custody.services import accept, declare_missing, offer
from shoumi.platform.custody.services.counting import open_stocktake, scan
from shoumi.platform.obligations.models import Duty
from shoumi.platform.trail.models import name_of
from shoumi.platform.trail.recording import Record, recording
from tests.proof.scenes.world import LISTED, World, paper


def build(world: World) -> None:
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
        where="机要室",
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
    office, at = world.office, world.at
    # Whoever takes a paper into the archive must know it, from the day it was agreed.
    known = LISTED | {"authority"}
    finished = paper(world, "丁", known=known)
    propose(actor=office.director, subject=finished, at=at, addressee=office.leader, text="请阅。")
    instruct(actor=office.leader, subject=finished, at=at, text="存。", readers=[])
    close(actor=office.registrar, subject=finished, at=at, category="notices")
    world.rows["documents-filed"] = finished.pk
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
