"""The fixed cast: two invented bodies, and the people every test speaks of.

`office.registrar` is 区敏, the registrar. Worlds are built through a recording of their own, so that even
the preparation is sealed.
"""

import gc
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from shoumi.domains.classification.models import Authority, Power
from shoumi.domains.classification.services.steps import open_label
from shoumi.kernel.levels import Level, PersonnelClass
from shoumi.platform.access.models import ClearanceRecord
from shoumi.platform.directory.models import (
    SYSTEM_ACCOUNT,
    Appointment,
    Body,
    Department,
    Person,
    Place,
)
from shoumi.platform.trail.recording import Record, recording

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
YEAR = timedelta(days=365)
TODAY_TURN = date.today().toordinal()
ROOMS = ("shoumi/domains/", "shoumi/desk/", "tests/journeys/")
# These ask no database, or found an embedded one of their own: on PostgreSQL they would only say it again.
EMBEDDED = ("shoumi/kernel/", "shoumi/screening/", "shoumi/config/tests/test_console.py")
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CORE, IMPORTANT, GENERAL = PersonnelClass.CORE, PersonnelClass.IMPORTANT, PersonnelClass.GENERAL

# key, name, department, posts, personnel class
CAST = [
    ("registrar", "区敏", "办公室", ["registrar"], CORE),
    ("office", "曾静", "保密办", ["secrecy_office"], IMPORTANT),
    ("director", "翟海", "办公室", ["office_director"], CORE),
    ("handler", "单平", "业务科", [], IMPORTANT),
    ("chief", "查国栋", "业务科", ["department_head"], IMPORTANT),
    ("leader", "尉迟山", None, ["deputy_leader"], CORE),
    ("head", "覃正", None, ["head"], CORE),
    ("authority", "仇明", "保密办", ["classification_authority"], IMPORTANT),
    ("peer", "解峰", "审批科", [], IMPORTANT),
    ("newcomer", "朴新", "业务科", [], None),
    ("junior", "任远", "业务科", [], GENERAL),
    ("lapsed", "缪兰", "业务科", [], IMPORTANT),
    ("leaver", "盖立", "业务科", [], None),
    ("standin", "乐天", "业务科", [], GENERAL),
    ("watch", "种田", "办公室", ["duty_officer"], None),
    ("window", "冼梅", "审批科", ["window_clerk"], None),
    ("sysadmin", "令狐安", None, ["sysadmin"], None),
    ("secadmin", "澹台宁", None, ["secadmin"], None),
    ("auditor", "万俟清", None, ["auditor"], None),
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--one-in",
        type=int,
        default=1,
        help="of the tests of rooms and pages, those whose turn it is",
    )
    parser.addoption(
        "--turn", type=int, default=TODAY_TURN, help="whose turn it is; a new one every day"
    )


def pytest_report_header(config: pytest.Config) -> str | None:
    many, turn = config.getoption("--one-in"), config.getoption("--turn")
    return f"rooms and pages: --one-in {many} --turn {turn}" if many > 1 else None


def pytest_collection_finish(session: pytest.Session) -> None:
    """What stands now stands to the end; looking through it for garbage again and again takes time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The mechanisms always run whole; of the rooms and pages a share may be taken."""
    many, turn = config.getoption("--one-in"), config.getoption("--turn")
    on_a_server = bool(os.environ.get("SHOUMI_DATABASE"))

    def is_due(item: pytest.Item) -> bool:
        if item.nodeid.startswith(EMBEDDED):
            return not on_a_server
        return (
            not item.nodeid.startswith(ROOMS) or crc32(item.nodeid.encode()) % many == turn % many
        )

    left = [item for item in items if not is_due(item)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if is_due(item)]


# key, name, kind, highest level
PLACES = [
    ("registry", "机要室", Place.Kind.REGISTRY, Level.TOP_SECRET),
    ("safe", "1号柜", Place.Kind.SAFE, Level.SECRET),
    ("top_safe", "绝密柜", Place.Kind.SEALED_SAFE, Level.TOP_SECRET),
    ("cabinet", "普通柜", Place.Kind.CABINET, Level.INTERNAL),
    ("reading_room", "阅文室", Place.Kind.READING_ROOM, Level.TOP_SECRET),
]


@contextmanager
def prepared(body: Body, *, at: datetime = NOW) -> Iterator[None]:
    """A recording for building a world: the one way in which a test writes rows directly."""
    with recording(Record(body.code, "test.prepare", 0, "测试准备", "trail.entry", at)):
        yield


def clear(
    person: Person, personnel_class: PersonnelClass, *, pledged: bool = True, today: date = TODAY
) -> ClearanceRecord:
    """A valid clearance record (or one whose pledge has run out)."""
    return ClearanceRecord.objects.create(
        person=person,
        personnel_class=personnel_class,
        since=today - YEAR,
        review_due=today + YEAR,
        trained_until=today + YEAR,
        pledged_until=today + YEAR if pledged else today - timedelta(days=1),
    )


def build_office(*, at: datetime = NOW) -> SimpleNamespace:
    """Both bodies with their people, places and posts, as of a moment."""
    today = at.date()
    cast = SimpleNamespace(now=at, today=today)
    with recording(Record("JIA", "test.prepare", 0, "测试准备", "trail.entry", at)):
        cast.body = Body.objects.create(name="甲局", code="JIA", issuer_word="甲局")
        cast.other = Body.objects.create(name="乙局", code="YI", issuer_word="乙局")
        departments = {
            name: Department.objects.create(body=cast.body, name=name)
            for name in ("办公室", "保密办", "业务科", "审批科")
        }
        cast.departments = departments
        cast.system = Person.objects.create(
            body=cast.body, account=SYSTEM_ACCOUNT, name="系统", must_change_password=False
        )
        for key, name, department, posts, personnel_class in CAST:
            person = _person(cast.body, key, name, departments.get(department or ""), at=at)
            setattr(cast, key, person)
            for post in posts:
                bound = person.department if post == "department_head" else None
                Appointment.objects.create(
                    person=person, post=post, body=cast.body, department=bound, since=today - YEAR
                )
            if personnel_class:
                clear(person, personnel_class, pledged=key != "lapsed", today=today)
        ClearanceRecord.objects.create(
            person=cast.leaver,
            personnel_class=IMPORTANT,
            since=today - 3 * YEAR,
            until=today - timedelta(days=30),
            review_due=today + YEAR,
            trained_until=today + YEAR,
            pledged_until=today + YEAR,
            exit_until=today + YEAR,
        )
        Appointment.objects.create(
            person=cast.standin,
            post="department_head",
            body=cast.body,
            department=departments["业务科"],
            since=today - timedelta(days=3),
            until=today + timedelta(days=3),
            standing_in_for=cast.chief,
        )
        cast.stranger = _person(cast.other, "stranger", "翟一", None, at=at)
        Appointment.objects.create(
            person=cast.stranger, post="registrar", body=cast.other, since=today - YEAR
        )
        clear(cast.stranger, CORE, today=today)
        _places(cast)
        _deciders(cast, at=at)
    return cast


def _person(
    body: Body, key: str, name: str, department: Department | None, *, at: datetime
) -> Person:
    person = Person(
        body=body,
        department=department,
        account=key,
        name=name,
        staff_number=f"G-{key}",
        must_change_password=False,
        reminder_signed_at=at,
        # The pages ask the clock whether it has run out, and NOW is a day in the past.
        password_changed_at=max(at, timezone.now()),
    )
    person.set_password(f"{key}-Pass-2026")
    person.save()
    return person


def _places(cast: SimpleNamespace) -> None:
    for key, name, kind, level in PLACES:
        place = Place.objects.create(
            body=cast.body,
            name=name,
            kind=kind,
            within=cast.registry if kind in (Place.Kind.SAFE, Place.Kind.SEALED_SAFE) else None,
            level_limit=level,
            keeper=cast.registrar if kind == Place.Kind.REGISTRY else None,
        )
        setattr(cast, key, place)


def _deciders(cast: SimpleNamespace, *, at: datetime) -> None:
    """The body may decide up to 绝密; 覃正 decides by law, 仇明 by designation."""
    since = at.date() - YEAR
    Power.objects.create(
        label=open_label(cast.body, basis="测试", at=at),
        body=cast.body,
        number="权〔2025〕1号",
        origin=Power.Origin.GIVEN,
        giver="岚江省保密局",
        limit=Level.TOP_SECRET,
        document="岚保授〔2025〕3号",
        since=since,
        entered_by=cast.office,
        entered_at=at,
    )
    for person, origin, limit in (
        (cast.head, Authority.Origin.LAW, Level.TOP_SECRET),
        (cast.authority, Authority.Origin.DESIGNATED, Level.TOP_SECRET),
    ):
        Authority.objects.create(
            label=open_label(cast.body, basis="测试", at=at),
            body=cast.body,
            person=person,
            origin=origin,
            limit=limit,
            document="甲局办〔2025〕2号",
            trained_until=cast.today + 10 * YEAR,
            since=since,
            designated_by=cast.head,
            designated_at=at,
        )


def standing_office(*, at: datetime = NOW) -> SimpleNamespace | None:
    """The cast that `build_office` has put into this database, or None where there is none."""
    body = Body.objects.filter(code="JIA").first()
    if body is None:
        return None
    cast = SimpleNamespace(now=at, today=at.date(), body=body, other=Body.objects.get(code="YI"))
    cast.departments = {department.name: department for department in body.departments.all()}
    places = {place.name: place for place in Place.objects.filter(body=body)}
    for key, name, *_ in PLACES:
        setattr(cast, key, places[name])
    for person in Person.objects.select_related("body", "department"):
        setattr(cast, "system" if person.account == SYSTEM_ACCOUNT else person.account, person)
    return cast


@pytest.fixture(scope="session", autouse=True)
def this_machine_only() -> Iterator[None]:
    """Nothing that runs in a test reaches another machine, or asks for the address of one."""
    look_up, connect = socket.getaddrinfo, socket.socket.connect

    def looked_up(host: Any, *args: Any, **options: Any) -> Any:
        _refuse_elsewhere(host)
        return look_up(host, *args, **options)

    def connected(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            _refuse_elsewhere(address[0])
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", looked_up)
        patch.setattr(socket.socket, "connect", connected)
        yield


def _refuse_elsewhere(host: Any) -> None:
    said = host.decode() if isinstance(host, bytes) else host
    if said not in (None, "", "localhost", "::1") and not said.startswith("127."):
        raise ConnectionRefusedError(f"a test wants to reach {said}")


@pytest.fixture(autouse=True)
def quick(settings: pytest.FixtureRequest) -> None:
    """Tests hash with MD5 (the log-in suite turns Argon2 back on), and no browser lists all static files."""
    settings.PASSWORD_HASHERS = QUICK
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def graded(settings: pytest.FixtureRequest) -> None:
    """Tests run on an installation graded for everything; grade tests lower it themselves."""
    settings.DEPLOYMENT_GRADE = Level.TOP_SECRET


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The cast stands in the database of this worker before any test."""
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=QUICK):
        build_office()


@pytest.fixture
def office(db: None) -> SimpleNamespace:
    """The cast; built anew where a test that commits has swept it away."""
    return standing_office() or build_office()


@pytest.fixture
def as_person(office: SimpleNamespace):
    """`as_person("registrar")` is that person's browser, already logged in."""

    def browser(key: str) -> Client:
        client = Client()
        client.force_login(getattr(office, key))
        return client

    return browser


def day(text: str) -> date:
    return date.fromisoformat(text)
