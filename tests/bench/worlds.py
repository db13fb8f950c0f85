"""Worlds to measure in: the cast, and as many papers and copies as asked, written in bulk by SQL.

Every third copy begins a new paper. The registrar may know every paper, each department one in a hundred,
one person thirty. Sealing is not measured here, so nothing is sealed; the words of finding are made by the
product itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from shoumi.platform.access import finding
from tests.bench.trails import Unguarded

COPIES_A_PAPER = 3
# Each department knows one paper in a hundred, and one person knows thirty, however many there are.
SHARE = 100
KNOWN = 30
YEARS = 5
POOL = (
    "关于进一步加强保密工作做好年度重点项目审批服务窗口管理涉密载体清退销毁移交借阅复制通知意见报告请示函"
    "决定纪要安全检查督查整改落实责任制考核培训宣传教育人员岗位设备网络信息系统机要文件交换登记传阅办理归档"
)
LETTERS = "gyjybjqbmgzzhndzdxmspfwckglsmztqtxhyjjy"
# Two characters of a title that are the name of something, and hence rare.
RARE = (15_485_863, 7_919)
FIRST = 1_000


def cast() -> SimpleNamespace:
    """The people of the tests as of now, in an installation that was just made."""
    from conftest import build_office

    call_command("migrate", verbosity=0, interactive=False)
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        return build_office(at=timezone.localtime())


def fill(office: SimpleNamespace, *, copies: int) -> None:
    """Papers, copies, items, labels and need-to-know rows, `copies` of the latter three."""
    papers = copies // COPIES_A_PAPER
    with Unguarded():
        places = _places(office)
        for table, columns in _tables(office, places).items():
            whole = _defaults(table) | columns
            _insert(table, whole, papers, rows=int(papers * _FOLD.get(table, 1)))
        for kind, principal in _principals(office).items():
            _insert("access_needtoknow", _known(office, principal, kind), papers, rows=papers)
    with _unindexed("access_searchwords_pieces"):
        finding.rebuild()
    _tidy()


@contextmanager
def _unindexed(name: str) -> Iterator[None]:
    """PostgreSQL makes a GIN index over a full table many times faster than row by row."""
    if connection.vendor == "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [name])
        [(definition,)] = cursor.fetchall()
        cursor.execute(f"DROP INDEX {name}")
        yield
        cursor.execute(definition)


def _places(office: SimpleNamespace) -> SimpleNamespace:
    from shoumi.platform.custody.models import Holder

    def holder(kind: str, **what: Any) -> int:
        return int(Holder.objects.create(body=office.body, kind=kind, salt="", **what).pk)

    return SimpleNamespace(
        safe=holder("place", place=office.safe),
        reader=holder("person", person=office.handler),
        gone=holder("sink", sink="destroyed"),
    )


# Rows for each paper: every copy is an item, and one copy in thirty was lent once.
_FOLD = {"custody_item": COPIES_A_PAPER, "documents_copy": COPIES_A_PAPER, "handling_loan": 0.1}


def _tables(office: SimpleNamespace, places: SimpleNamespace) -> dict[str, dict[str, str]]:
    """SQL of each column by table; `i` counts from nought."""
    body, registrar, safe = office.body.pk, office.registrar.pk, office.safe.pk
    paper = f"(i / {COPIES_A_PAPER})"
    held = f"(CASE WHEN {paper} % 10 < 7 THEN {places.gone} WHEN {paper} % 10 < 8 THEN"
    held += f" {places.reader} ELSE {places.safe} END)"
    return {
        "access_label": {
            "id": f"i + {FIRST}",
            "salt": _salt(),
            "body_id": str(body),
            "level": _level(),
        },
        "documents_document": {
            "id": f"i + {FIRST}",
            "salt": _salt(),
            "label_id": f"i + {FIRST}",
            "body_id": str(body),
            "direction": "'incoming'",
            "kind": _one_of("file", "letter", "telegram", "brief", by="i * 7 % 11"),
            "year": _year(office, "i"),
            "register_number": "i",
            "number": "'收文〔2025〕' || i || '号'",
            "is_shell": _flag(False),
            "title": " || ".join(
                [
                    *(_piece(POOL, p, n) for p, n in ((7919, 4), (104_729, 3), (1_299_709, 4))),
                    *(_sign(0x4E00, p, 3_000) for p in RARE),
                    f"{_piece(POOL, 31, 4)} || '的通知'",
                ]
            ),
            "initials": " || ".join(
                [_piece(LETTERS, 7919, 8), *(_sign(97, p, 26) for p in (31, 7919, 104_729, 97))]
            ),
            "issuer": _one_of(
                "岚江省保密局", "岚江省委办公厅", "县委办公室", "县保密局", by="i * 13 % 17"
            ),
            "issue_number": "'岚办发〔2025〕' || (i % 900 + 1) || '号'",
            "issued_on": _day(office, "i"),
            "mark_text": "''",
            "mark_notes": "''",
            "period_kind": "''",
            "expires_on": f"CASE WHEN i % 4 = 0 THEN {_day(office, 'i', plus=3_650)} END",
            "restriction": "CASE WHEN i % 500 = 3 THEN 'high' WHEN i % 50 = 4 THEN 'cipher' ELSE '' END",
            "urgency": _one_of("plain", "urgent", "plain", "flash", by="i * 3 % 29"),
            "channel": "'courier'",
            "deliverer": "''",
            "received_at": _moment(office, "i"),
            "signed_by_id": str(registrar),
            "cosigned_by_id": "NULL",
            "copies": str(COPIES_A_PAPER),
            "reply_due": "NULL",
            "remark": "''",
            "state": "CASE WHEN i % 1000 = 1 THEN 'received' WHEN i % 50 = 2 THEN 'registered'"
            " WHEN i % 10 < 7 THEN 'archived' ELSE 'handled' END",
            "state_at": _moment(office, "i"),
        },
        "custody_item": {
            "id": f"i + {FIRST}",
            "salt": _salt(),
            "label_id": f"{paper} + {FIRST}",
            "code": "'T' || i",
            "kind": "'paper'",
            "name": f"'收文〔2025〕' || {paper} || '号 00000' || (i % 3 + 1)",
            "holder_id": held,
            "holder_kind": f"CASE {held} WHEN {places.gone} THEN 'sink' WHEN {places.reader}"
            " THEN 'person' ELSE 'place' END",
            "state": f"CASE {held} WHEN {places.gone} THEN 'gone' ELSE 'held' END",
            "home_id": str(safe),
            "entered_at": _moment(office, paper),
            "source": "'received'",
            "parent_id": "NULL",
        },
        "documents_copy": {
            "id": f"i + {FIRST}",
            "salt": _salt(),
            "label_id": f"{paper} + {FIRST}",
            "document_id": f"{paper} + {FIRST}",
            "item_id": f"i + {FIRST}",
            "copy_number": "'00000' || (i % 3 + 1)",
        },
        "handling_loan": {
            "id": f"i + {FIRST}",
            "salt": _salt(),
            "label_id": f"i * 10 + {FIRST}",
            "body_id": str(body),
            "number": "'借〔2025〕' || i || '号'",
            "asked_by_id": f"CASE WHEN i * 10 % (SELECT top / {KNOWN} FROM sizes) = 0"
            f" THEN {office.peer.pk} WHEN i % 20 = 0 THEN {office.handler.pk} WHEN i % 3 = 0"
            f" THEN {office.chief.pk} ELSE {office.peer.pk} END",
            "asked_at": _moment(office, "i * 10"),
            "case_id": "NULL",
            "item_id": f"i * {10 * COPIES_A_PAPER} + {FIRST}",
            "purpose": f"'查阅' || {_piece(POOL, 37, 6)}",
            "necessity": "''",
            "days": "3",
            "reading_place": "'阅文室'",
            "state": "CASE WHEN i % 100 < 97 THEN 'returned' WHEN i % 100 < 99 THEN 'refused'"
            " ELSE 'lent' END",
            "lent_at": _moment(office, "i * 10"),
            "due_at": _moment(office, "i * 10"),
            "returned_at": f"CASE WHEN i % 100 < 97 THEN {_moment(office, 'i * 10')} END",
            "intact": f"CASE WHEN i % 100 < 97 THEN {_flag(True)} END",
            "condition": "''",
            "lent_by_id": str(registrar),
        },
    }


def _defaults(table: str) -> dict[str, str]:
    """SQL of what the model itself gives each column, so that a column added later needs no line here."""
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    return {field.column: _literal(field.get_default()) for field in model._meta.concrete_fields}


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return _flag(value)
    return repr(str(value)) if isinstance(value, str) else str(value)


def _principals(office: SimpleNamespace) -> dict[int, str]:
    """Who may know a paper: the registrars, one department, and two people of whom one is real."""
    department = office.handler.department_id
    return {
        0: f"'t:registrar@{office.body.pk}'",
        1: f"CASE WHEN i % {SHARE} = 0 THEN 'd:{department}'"
        f" ELSE 'd:' || (1000000 + i % {SHARE}) END",
        2: f"CASE WHEN i % (SELECT top / {KNOWN} FROM sizes) = 0 THEN 'p:{office.peer.pk}'"
        " ELSE 'p:' || (1000000 + i % 701) END",
        3: "'p:' || (1000000 + i % 907 + 1000)",
    }


def _known(office: SimpleNamespace, principal: str, kind: int) -> dict[str, str]:
    return {
        "id": f"i * 4 + {kind} + {4 * FIRST}",
        "salt": _salt(),
        "label_id": f"i + {FIRST}",
        "principal": principal,
        "level": _level(),
        "since": f"'{(office.today - timedelta(days=400)).isoformat()}'",
        "until": "NULL",
        "basis": "''",
    }


def _piece(text: str, by: int, length: int) -> str:
    """SQL of a piece of a text, elsewhere for each row."""
    return f"substr('{text}', CAST(1 + i * {by} % {len(text) - length} AS integer), {length})"


def _sign(first: int, by: int, of: int) -> str:
    """SQL of one of so many signs, another for each row."""
    name = "char" if connection.vendor == "sqlite" else "chr"
    return f"{name}(CAST({first} + i * {by} % {of} AS integer))"


def _level() -> str:
    return (
        "CASE WHEN i % 100 < 50 THEN 1 WHEN i % 100 < 80 THEN 2 WHEN i % 100 < 97 THEN 3 ELSE 4 END"
    )


def _one_of(*words: str, by: str) -> str:
    cases = " ".join(f"WHEN {by} < {n * 3 + 2} THEN '{word}'" for n, word in enumerate(words[:-1]))
    return f"CASE {cases} ELSE '{words[-1]}' END"


def _salt() -> str:
    return "'00000000000000000000000000000000'"


def _flag(value: bool) -> str:
    return str(int(value)) if connection.vendor == "sqlite" else str(value).lower()


def _minutes(i: str) -> str:
    """Papers are spread over the years, the newest last."""
    return f"(({i}) * {YEARS * 365 * 24 * 60} / (SELECT top FROM sizes))"


def _start(office: SimpleNamespace) -> datetime:
    return (office.now - timedelta(days=365 * YEARS)).astimezone(UTC)


def _moment(office: SimpleNamespace, i: str) -> str:
    start = f"{_start(office):%Y-%m-%d %H:%M:%S}"
    if connection.vendor == "sqlite":
        return f"datetime('{start}', '+' || {_minutes(i)} || ' minutes')"
    return f"(timestamptz '{start}+00' + {_minutes(i)} * interval '1 minute')"


def _day(office: SimpleNamespace, i: str, *, plus: int = 0) -> str:
    if connection.vendor == "sqlite":
        return f"date({_moment(office, i)}, '+{plus} days')"
    return f"(({_moment(office, i)})::date + {plus})"


def _year(office: SimpleNamespace, i: str) -> str:
    if connection.vendor == "sqlite":
        return f"CAST(strftime('%Y', {_moment(office, i)}) AS INTEGER)"
    return f"extract(year FROM {_moment(office, i)})::int"


def _insert(table: str, columns: dict[str, str], papers: int, *, rows: int) -> None:
    names = ", ".join(f'"{c}"' for c in columns)
    values = ", ".join(columns.values())
    if connection.vendor == "sqlite":
        numbers = f"n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {rows - 1})"
        numbers = f"RECURSIVE {numbers}"
    else:
        numbers = f"n(i) AS (SELECT i::bigint FROM generate_series(0, {rows - 1}) i)"
    sizes = f"sizes(top) AS (SELECT {papers})"
    if columns.get("since") and connection.vendor == "postgresql":
        values = values.replace(columns["since"], f"{columns['since']}::date")
    sql = f'WITH {numbers}, {sizes} INSERT INTO "{table}" ({names}) SELECT {values} FROM n'
    if connection.vendor == "sqlite":
        sql = f'INSERT INTO "{table}" ({names}) WITH {numbers}, {sizes} SELECT {values} FROM n'
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _tidy() -> None:
    """What a running PostgreSQL does by itself; and its counters, since the keys were given."""
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        for table in ("access_label", "access_needtoknow", "documents_document", *_FOLD):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            )
        cursor.execute("VACUUM ANALYZE")
