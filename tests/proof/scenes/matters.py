"""A row in each of the smaller books: what comes of opening, telegrams, meetings, absences, old ledgers."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl

from shoumi.domains.circulation.services.escorting import ask_escort
from shoumi.domains.documents.models import Document, Telegram
from shoumi.domains.documents.services.filing import check_files
from shoumi.domains.documents.services.lapses import register_lapse
from shoumi.domains.documents.services.meetings import announce
from shoumi.domains.documents.services.returning import register_return
from shoumi.domains.handling.rules.reconciling import Listed
from shoumi.domains.handling.services.absence import enter_absence
from shoumi.domains.handling.services.reconciling import reconcile_recall
from shoumi.domains.intake.services import check_ledger, take_in
from shoumi.platform.works.results import Result, keep
from shoumi.platform.works.under_way import State, new_work
from tests.proof.scenes.world import LISTED, World, paper

DAY = timedelta(days=1)
WORK = "0123456789abcdef" * 2
REGISTRY = frozenset({"registrar", "director"})
WATCHING = REGISTRY | {"office"}
ISSUER = "岚江省保密局"


def build(world: World) -> None:
    _papers(world)
    _meetings(world)
    _reconciled(world)
    _long_work(world)
    _old_ledgers(world)


def _papers(world: World) -> None:
    office, at = world.office, world.at
    main = Document.unscoped.get(pk=world.rows["documents"])
    wired = paper(world, "己", kind="telegram", urgency="flash", issuer=ISSUER)
    world.rows["documents-telegrams"] = Telegram.unscoped.get(document=wired).pk
    world.rows["circulation-steps"] = main.pk
    register_lapse(
        actor=office.registrar,
        subject=main,
        at=at,
        kind="mistake",
        person=office.handler,
        what=world.canary("雀差错甲", LISTED),
    )
    ask_escort(
        actor=office.registrar,
        subject=main,
        at=at,
        person=office.authority,
        reason=world.canary("雀专送甲", LISTED),
        until=at.date() + DAY,
    )
    register_return(
        actor=office.registrar,
        at=at,
        reason="missent",
        sender=world.canary("雀误投", REGISTRY),
        level=3,
        received_at=at,
        envelope_number=world.canary("雀封号", REGISTRY),
    )
    filed = Document.unscoped.get(pk=world.rows["documents-filed"])
    check_files(
        actor=office.registrar,
        at=at,
        year=at.year,
        faulty=filed.file_number,
        remedy=world.canary("雀补救", WATCHING | {"authority"}),
    )


def _meetings(world: World) -> None:
    """单平 is announced for a meeting, and 解峰 is away."""
    office, at = world.office, world.at
    known = WATCHING | {"handler"}
    announce(
        actor=office.handler,
        at=at,
        meeting=world.canary("雀会议", known),
        host=world.canary("雀主办", known),
        ends_on=at.date(),
    )
    enter_absence(
        actor=office.peer,
        at=at,
        kind="mission",
        destination=world.canary("雀外出", WATCHING | {"peer"}),
        leaves_on=at.date(),
        returns_on=at.date() + DAY,
    )


def _reconciled(world: World) -> None:
    """A copy under two numbers: the line bears the label of the paper that it is laid beside."""
    office, at = world.office, world.at
    reconcile_recall(
        actor=office.registrar,
        at=at,
        issuer=ISSUER,
        since=at.date(),
        until=at.date(),
        listed=[Listed(row=4, number=world.canary("雀清单号", LISTED), copy=9, level="机密")],
    )


def _long_work(world: World) -> None:
    """An export of thousands: its page and its file are the registrar's alone."""
    work = new_work(
        kind="registers.export",
        person=world.office.registrar.pk,
        title=world.canary("雀长办", frozenset({"registrar"})),
        back="/documents/",
        begun=world.at,
        given={},
    )
    work.key, work.state = WORK, State.DONE
    words = world.canary("雀导出", frozenset({"registrar"}))
    keep(work, Result("documents.csv", "text/csv", words.encode()))
    work.save()


def _old_ledgers(world: World) -> None:
    """A register of old papers that waits to be taken in, and a list of computers that was."""
    office, at = world.office, world.at
    number, title = (world.canary(words, REGISTRY) for words in ("雀旧文号", "雀旧题名"))
    papers = _book(
        world.canary("雀旧台账", REGISTRY),
        ["序号", "收文日期", "来文单位", "文号", "标题", "密级", "份号", "份数"],
        [7, "2025-1-3", "市委", f"{number}〔2025〕1号", title, "机密★20年", "1-2", 2],
        [8, "2025-1-4", "市委", f"{number}〔2025〕2号", title, "机密", "3", 1],
    )
    waiting = check_ledger(actor=office.registrar, kind="documents", upload=papers, at=at)
    world.rows["intake"] = waiting.pk
    computers = _book(
        world.canary("雀机台账", frozenset({"office"})),
        ["保密编号", "主机序列号", "密级", "第一责任人", "网络类型", "放置地点", "状态"],
        # The secrecy office and the registry keep devices, leaders decide about them, 解峰 answers for this one.
        [
            world.canary(
                "雀机号", frozenset({"office", "registrar", "director", "leader", "head", "peer"})
            ),
            "A1",
            "机密",
            "解峰",
            "涉密内网",
            "机要室",
            "在用",
        ],
    )
    batch = check_ledger(actor=office.office, kind="computers", upload=computers, at=at)
    take_in(actor=office.office, subject=batch, at=at, good_only=True)


def _book(name: str, *rows: list[Any]) -> BytesIO:
    """A spreadsheet as a browser sends it."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    upload = BytesIO()
    book.save(upload)
    upload.seek(0)
    upload.name = f"{name}.xlsx"  # type: ignore[attr-defined]
    return upload
