"""Who works at 示范县行政服务中心管委会: about forty invented people, their posts and clearances."""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from shoumi.config.founding import FIRST_POSTS, FOUND, chain_schema, first_account, found_body
from shoumi.domains.accounts.models import Proposal
from shoumi.domains.accounts.services import (
    appoint,
    change_password,
    consent,
    create,
    enable,
    pledge,
)
from shoumi.kernel.levels import Level, PersonnelClass
from shoumi.platform.access.subjects import subject_of
from shoumi.platform.directory.models import Body, Department, Person, Place
from shoumi.platform.directory.selectors import system_person
from shoumi.platform.obligations.services import seed_calendar
from shoumi.platform.rulebook.posts import label_of
from shoumi.platform.trail.recording import Record, recording

BODY, CODE = "示范县行政服务中心管委会", "SFXZ"
DEPARTMENTS = (
    "办公室",
    "保密办公室",
    "综合业务科",
    "审批服务科",
    "信息技术科",
    "督查考核科",
    "政策法规科",
    "财务科",
)
CORE, IMPORTANT, GENERAL = PersonnelClass.CORE, PersonnelClass.IMPORTANT, PersonnelClass.GENERAL
YEAR = timedelta(days=365)

# account, name, department, posts, personnel class
STAFF: tuple[tuple[str, str, str, tuple[str, ...], PersonnelClass | None], ...] = (
    ("jiyao", "区敏", "办公室", ("registrar",), CORE),
    ("jiyao2", "冯岚", "办公室", ("registrar",), CORE),
    ("zhuren", "翟海", "办公室", ("office_director",), CORE),
    ("renshi", "秦岚", "办公室", ("hr_officer",), IMPORTANT),
    ("baomi", "曾静", "保密办公室", ("secrecy_office",), IMPORTANT),
    ("dingmi", "仇明", "保密办公室", ("classification_authority",), IMPORTANT),
    ("fenguan", "尉迟山", "", ("deputy_leader",), CORE),
    ("yewu", "查国栋", "综合业务科", ("department_head",), IMPORTANT),
    ("shenpi", "覃芳", "审批服务科", ("department_head",), IMPORTANT),
    ("xinxi", "单志远", "信息技术科", ("department_head",), IMPORTANT),
    ("ducha", "解雨", "督查考核科", ("department_head",), GENERAL),
    ("fagui", "任洁", "政策法规科", ("department_head",), IMPORTANT),
    ("caiwu", "盖文", "财务科", ("department_head",), GENERAL),
    ("danping", "单平", "综合业务科", (), IMPORTANT),
    ("xiefeng", "解峰", "审批服务科", (), IMPORTANT),
    ("renyuan", "任远", "综合业务科", (), GENERAL),
    ("piaoxin", "朴新", "综合业务科", (), None),
    ("miaolan", "缪兰", "综合业务科", (), GENERAL),
    ("letian", "乐天", "审批服务科", (), GENERAL),
    ("zhongtian", "种田", "办公室", ("duty_officer",), None),
    ("xianmei", "冼梅", "审批服务科", ("window_clerk",), None),
    ("linghu", "令狐冰", "审批服务科", ("window_clerk",), None),
    ("tantai", "澹台雪", "审批服务科", ("window_clerk",), None),
    ("ouyang", "欧阳川", "信息技术科", (), IMPORTANT),
    ("zhangli", "张丽", "信息技术科", (), GENERAL),
    ("wangwei", "王维新", "督查考核科", (), GENERAL),
    ("liujun", "刘军", "督查考核科", (), None),
    ("chenhong", "陈红", "政策法规科", (), IMPORTANT),
    ("zhaoyang", "赵阳", "政策法规科", (), GENERAL),
    ("sunqi", "孙琦", "财务科", (), GENERAL),
    ("zhoumin", "周敏", "财务科", ("hr_officer",), None),
    ("wulei", "吴磊", "综合业务科", (), GENERAL),
    ("zhengshuang", "郑爽", "综合业务科", (), None),
    ("hujian", "胡建", "办公室", ("courier",), GENERAL),
    ("linyue", "林悦", "办公室", ("archivist",), IMPORTANT),
    ("heping", "何平", "保密办公室", ("secrecy_office",), IMPORTANT),
    ("gaoyuan", "高原", "审批服务科", (), GENERAL),
)
FIRST_NAMES = {"sysadmin": "令狐安", "secadmin": "澹台宁", "auditor": "万俟清", "head": "覃正"}


@dataclass
class Cast:
    """The people by account, and the places by name."""

    body: Body
    system: Person
    departments: dict[str, Department]
    places: dict[str, Place] = field(default_factory=dict)
    by_account: dict[str, Person] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)
    today: date = date.min

    def __getitem__(self, account: str) -> Person:
        """The person as they stand now: posts and clearances are asked anew."""
        return Person.objects.select_related("body", "department").get(
            pk=self.by_account[account].pk
        )

    @property
    def people(self) -> list[Person]:
        return list(self.by_account.values())

    def account_of(self, person: Person) -> dict[str, Any]:
        """One line of accounts.json."""
        from django.utils import timezone

        account = str(person.account)
        fresh = self[account]
        given = FIRST_POSTS if account in FIRST_POSTS else ()
        held = next(
            (s[3] for s in STAFF if s[0] == account), tuple(p for p in given if p == account)
        )
        return {
            "account": account,
            "password": self.passwords[account],
            "name": person.name,
            "posts": [label_of(post) for post in held],
            "clearance": subject_of(fresh, timezone.now()).clearance.label,
        }


def gather(*, at: datetime, today: date) -> Cast:
    """Found the body and bring everybody in, by the acts of the officers."""
    body = found_body(name=BODY, code=CODE, at=at)
    cast = Cast(body=body, system=system_person(), departments={}, today=today)
    _furnish(cast, at=at)
    seed_calendar(cast.system, at)
    for post in FIRST_POSTS:
        person, password = first_account(
            body, account=post, name=FIRST_NAMES[post], post=post, at=at
        )
        cast.by_account[post] = person
        _settle_in(cast, person, old=password, at=at)
    for account, name, department, _, _ in STAFF:
        person, first = create(
            actor=cast["sysadmin"],
            account=account,
            name=name,
            staff_number=f"SF{len(cast.by_account):04d}",
            department=cast.departments.get(department),
            at=at,
        )
        second = enable(actor=cast["secadmin"], subject=person, at=at)
        cast.by_account[account] = person
        _settle_in(cast, person, old=first + second, at=at)
    _appoint_all(cast, at=at)
    return cast


def _furnish(cast: Cast, *, at: datetime) -> None:
    """Departments and places belong to the founding."""
    record = Record(CODE, FOUND, cast.system.pk, cast.system.name, "trail.entry", at, cast.body)
    with recording(record):
        for name in DEPARTMENTS:
            cast.departments[name] = Department.objects.create(body=cast.body, name=name)
        kinds, make = Place.Kind, Place.objects.create
        top, secret = Level.TOP_SECRET, Level.SECRET
        room = make(body=cast.body, name="机要室", kind=kinds.REGISTRY, level_limit=top)
        cast.places["机要室"] = room
        for name in ("1号保密柜", "2号保密柜", "3号保密柜"):
            cast.places[name] = make(
                body=cast.body, name=name, kind=kinds.SAFE, within=room, level_limit=secret
            )
        cast.places["绝密专柜"] = make(
            body=cast.body, name="绝密专柜", kind=kinds.SEALED_SAFE, within=room, level_limit=top
        )
        cast.places["阅文室"] = make(
            body=cast.body, name="阅文室", kind=kinds.READING_ROOM, level_limit=top
        )
        cast.places["资料柜"] = make(
            body=cast.body,
            name="资料柜",
            kind=kinds.CABINET,
            within=room,
            level_limit=Level.INTERNAL,
        )
    chain_schema(cast.body, at=at)


def _settle_in(cast: Cast, person: Person, *, old: str, at: datetime) -> None:
    """The first log-in of everybody: an own password, and the reminder signed."""
    account = str(person.account)
    cast.passwords[account] = _password()
    change_password(actor=cast[account], old=old, new=cast.passwords[account], at=at)
    pledge(actor=cast[account], at=at)


def renew_passwords(cast: Cast, *, at: datetime) -> None:
    """Everybody's password is of today, so that nobody is asked to change it first."""
    for account, old in cast.passwords.items():
        cast.passwords[account] = _password()
        change_password(actor=cast[account], old=old, new=cast.passwords[account], at=at)


def _password() -> str:
    chance = secrets.SystemRandom()
    # No four of these follow one another: such a run is refused as a password.
    signs = "".join(chance.sample("234679", 6))
    first, second = chance.sample(("Feng", "Shan", "Lin", "He", "Quan", "Song", "Zhu", "Mei"), 2)
    return f"{first}{signs[:2]}#{second}{signs[2:]}"


def _appoint_all(cast: Cast, *, at: datetime) -> None:
    for account, _, department, held, _ in STAFF:
        for post in held:
            proposal = appoint(
                actor=cast["secadmin"],
                subject=cast[account],
                post=post,
                department=cast.departments[department] if post == "department_head" else None,
                since=at.date(),
                until=None,
                basis="管委会任职通知",
                at=at,
            )
            second(cast, proposal, at=at)


def second(cast: Cast, proposal: Proposal, *, at: datetime) -> None:
    """The head agrees; where the head is concerned, the secrecy office."""
    by = "baomi" if proposal.person_id == cast.by_account["head"].pk else "head"
    consent(actor=cast[by], subject=proposal, opinion="同意", at=at)
