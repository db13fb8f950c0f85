"""Builds the cast in the installation named by SHOUMI_DATA: run as a program before the server starts.

What a journey cannot do on a page, because it needs yesterday, is done here by acts with an earlier time.
"""

import os
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import django
from django.core.management import call_command
from django.utils import timezone

from shoumi.kernel.levels import Level

# The paper of `_narrow_paper`, which only 单平 and the registry may know.
NARROW = "关于涉密工程论证的报告"


def build() -> None:
    from conftest import build_office
    from shoumi.config.founding import chain_schema
    from shoumi.platform.obligations.services import seed_calendar

    call_command("migrate", verbosity=0, interactive=False)
    at = timezone.localtime()
    office = build_office(at=at)
    _archivist(office, at=at)
    chain_schema(office.body, at=at)
    seed_calendar(office.system, at)
    _round_at_hand(office, at=at)
    _late_round(office, at=at - timedelta(days=4))
    _narrow_paper(office, at=at)
    _late_loan(office, at=at - timedelta(days=5))
    _fifty(office, at=at)
    _two_safes(office, at=at)
    _personnel_office(office, at=at)


def _archivist(office: SimpleNamespace, *, at: datetime) -> None:
    """仇明 keeps the archive too: the cast has nobody for it."""
    from conftest import prepared
    from shoumi.platform.directory.models import Appointment

    with prepared(office.body, at=at):
        Appointment.objects.create(
            person=office.authority, post="archivist", body=office.body, since=at.date()
        )


def _personnel_office(office: SimpleNamespace, *, at: datetime) -> None:
    """翟海 is the personnel office too. 蔺新 is new; 郑通 is on a post, with one stick in the drawer."""
    from conftest import _person, prepared
    from shoumi.domains.personnel.tests import scene
    from shoumi.platform.access.services import label_for
    from shoumi.platform.access.subjects import person_principal, post_principal
    from shoumi.platform.custody.services import enter_item, holder_of

    scene.staffed(office, at=at)
    department = office.departments["业务科"]
    with prepared(office.body, at=at):
        _person(office.body, "hired", "蔺新", department, at=at)
        mover = _person(office.body, "mover", "郑通", department, at=at)
    general = scene.post(office, handles=Level.CONFIDENTIAL, title="资料管理岗", at=at)
    scene.on_post(office, mover, post=general, at=at)
    with prepared(office.body, at=at):
        label = label_for(
            level=Level.CONFIDENTIAL,
            body=office.body,
            principals={
                person_principal(mover.pk),
                *(post_principal(post, office.body.pk) for post in ("registrar", "hr_officer")),
            },
            basis="介质台账",
            on=at.date(),
        )
        enter_item(
            label=label,
            kind="medium",
            name="U盘 0007",
            source="received",
            holder=holder_of(body=office.body, person=scene.person(mover)),
            at=at,
            reason="期初",
            home=office.safe,
        )


def _round_at_hand(office: SimpleNamespace, *, at: datetime) -> None:
    """A round that was opened a moment ago; nobody has been sent a copy yet."""
    _round(office, at=at, title="关于做好月度核对的通知")


def _late_round(office: SimpleNamespace, *, at: datetime) -> None:
    """An urgent round of days ago: one reader still has the copy, the other was never sent one."""
    from shoumi.domains.circulation.services.routing import accept, send
    from shoumi.domains.documents.models import Copy

    line, _ = _round(office, at=at, title="关于限时上报情况的通知", urgency="urgent")
    copies = Copy.unscoped.filter(document=line.circulation.document)
    send(
        actor=office.registrar,
        subject=line,
        at=at,
        copy=copies.order_by("copy_number")[0],
        in_person=True,
    )
    accept(actor=office.authority, subject=_fresh(line), at=at)


def _round(office: SimpleNamespace, *, at: datetime, **paper: Any) -> list[Any]:
    """The lines of a list of two readers, 仇明 and 查国栋, of a paper of three copies."""
    from shoumi.domains.circulation.services.listing import open_list
    from shoumi.domains.documents.services.deciding import instruct, propose

    document = _paper(office, at=at, **paper)
    propose(
        actor=office.director, subject=document, at=at, addressee=office.head, text="拟请阅示。"
    )
    readers = [office.authority, office.chief]
    instruct(actor=office.head, subject=document, at=at, text="请传阅。", readers=readers)
    circulation = open_list(actor=office.registrar, subject=document, at=at, readers=readers)
    return list(circulation.all_readers())


def _narrow_paper(office: SimpleNamespace, *, at: datetime) -> None:
    """A paper that names four people besides its reader, none of whom is cleared for it today."""
    from conftest import prepared
    from shoumi.platform.access.services import widen
    from shoumi.platform.access.subjects import day_of, person_principal

    document = _paper(office, at=at, title=NARROW, people=[office.handler])
    uncleared = (office.newcomer, office.junior, office.lapsed, office.leaver)
    with prepared(office.body, at=at):
        widen(
            document.label,
            principals=[person_principal(person.pk) for person in uncleared],
            basis="批示",
            on=day_of(at),
        )


def _late_loan(office: SimpleNamespace, *, at: datetime) -> None:
    """A copy that was lent for two days, days ago."""
    from shoumi.domains.handling.services.borrowing import accept, lend, request_borrow
    from shoumi.platform.approvals.models import Case
    from shoumi.platform.approvals.services import agree

    document = _paper(office, at=at, title="关于专项核查的方案", people=[office.authority])
    loan = request_borrow(
        actor=office.authority,
        subject=_items(document)[0],
        at=at,
        purpose="核对情况",
        days=2,
        reading_place="本人办公室",
    )
    agree(
        actor=office.director, subject=Case.unscoped.get(pk=loan.case_id), at=at, opinion="同意。"
    )
    lend(actor=office.registrar, subject=_fresh(loan), at=at)
    accept(actor=office.authority, subject=_fresh(loan), at=at)


def _fifty(office: SimpleNamespace, *, at: datetime) -> None:
    """Fifty copies that 解峰 signed for and keeps; 查国栋 may know them too."""
    from shoumi.platform.custody.services import accept, offer

    document = _paper(
        office,
        at=at,
        title="业务资料汇编",
        copies=50,
        copy_numbers="000001-000050",
        people=[office.peer, office.chief],
    )
    batch = offer(actor=office.registrar, subject=_items(document), receiver=office.peer, at=at)
    accept(actor=office.peer, subject=batch, at=at)


def _two_safes(office: SimpleNamespace, *, at: datetime) -> None:
    """Two safes that no other journey opens, with three copies in one and one in the other."""
    from conftest import prepared
    from shoumi.platform.directory.models import Place

    for name, count in (("2号柜", 3), ("3号柜", 1)):
        with prepared(office.body, at=at):
            safe = Place.objects.create(
                body=office.body,
                name=name,
                kind=Place.Kind.SAFE,
                within=office.registry,
                level_limit=office.safe.level_limit,
            )
        numbers = "000001" if count == 1 else f"000001-{count:06d}"
        title = f"{name}内的文件"
        _paper(office, at=at, title=title, copies=count, copy_numbers=numbers, place=safe)


def _items(document: Any) -> list[Any]:
    """What stands for the copies of a paper, in their order."""
    from shoumi.domains.documents.models import Copy
    from shoumi.platform.custody.models import Item

    keys = Copy.unscoped.filter(document=document).order_by("copy_number")
    return [Item.unscoped.get(pk=key) for key in keys.values_list("item", flat=True)]


def _paper(office: SimpleNamespace, *, at: datetime, **changed: Any) -> Any:
    """A 机密 paper of three copies in safe 1."""
    from shoumi.domains.documents.services.receiving import receive
    from shoumi.domains.documents.tests.conftest import written

    given = written(office, received_at=at - timedelta(minutes=20), **changed)
    return receive(actor=office.registrar, at=at, **given)


def _fresh(row: Any) -> Any:
    """The row as it now stands."""
    return type(row).unscoped.get(pk=row.pk)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoumi.config.settings")
    django.setup()
    build()
