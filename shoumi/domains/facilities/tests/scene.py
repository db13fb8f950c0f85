"""What the tests of this room start from: a strongroom or a registry at any point of its life."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from conftest import NOW, prepared
from shoumi.domains.facilities.models import Admission, Passage, Site, Visit
from shoumi.domains.facilities.services import admitting, passing, sites, visiting
from shoumi.kernel.levels import Level
from shoumi.platform.approvals.models import Case, Seat
from shoumi.platform.approvals.services import agree
from shoumi.platform.directory.models import Person, Place

CONDITIONS = ["位置隐蔽", "设施达标", "设备先进", "环境安全", "防电磁干扰", "防窃听", "防辐射"]
BUREAU = {"authority": "市保密局", "paper": "保验〔2026〕3号"}


def fresh(row: Any) -> Any:
    """The row as it now stands in the database, with nothing kept from before."""
    return type(row).unscoped.get(pk=row.pk)


def person(someone: Person) -> Person:
    """The person as the next request would load them."""
    return Person.objects.get(pk=someone.pk)


def agreed(case: Case | None, *, at: Any = NOW) -> None:
    """Every approver in turn agrees."""
    assert case is not None
    case = Case.unscoped.get(pk=case.pk)
    while case.state == Case.State.OPEN:
        seat = Seat.objects.filter(step__case=case, state=Seat.State.WAITING).first()
        agree(actor=person(seat.person), subject=case, at=at)
        case = Case.unscoped.get(pk=case.pk)


def a_room(office: SimpleNamespace, name: str = "保密室", *, at: Any = NOW) -> Place:
    with prepared(office.body, at=at):
        room = Place.objects.create(
            body=office.body, name=name, kind=Place.Kind.REGISTRY, level_limit=Level.SECRET
        )
    return room


def proposed(office: SimpleNamespace, *, at: Any = NOW, **changed: Any) -> Site:
    """What 曾静 registers: a room whose keeper is 区敏 and whose safe is 1号柜."""
    given = {
        "place": office.registry,
        "kind": Site.Kind.REGISTRY,
        "level": Level.SECRET,
        "department": office.departments["办公室"],
        "keeper": office.registrar,
        "cabinet": office.safe,
        "reason": "集中保管涉密载体",
        "protection": "门禁、红外报警、监控",
    }
    return sites.propose(actor=person(office.office), at=at, **given | changed)


def in_use(office: SimpleNamespace, *, at: Any = NOW, **changed: Any) -> Site:
    """A site that the leaders determined, and the bureau accepted where it must."""
    site = proposed(office, at=at, **changed)
    agreed(site.case, at=at)
    site = fresh(site)
    if site.state == Site.State.DETERMINED:
        given = {"actor": person(office.office), "subject": site, "at": at, "on": at.date()}
        if site.kind == Site.Kind.STRONGROOM:
            sites.accept(**given, **BUREAU, conditions=CONDITIONS, passed=True)
        else:
            sites.confirm(**given, **BUREAU)
    return fresh(site)


def strongroom(office: SimpleNamespace, *, at: Any = NOW, **changed: Any) -> Site:
    room = changed.pop("place", None) or a_room(office, at=at)
    return in_use(office, at=at, place=room, kind=Site.Kind.STRONGROOM, **changed)


def reception(office: SimpleNamespace, *, at: Any = NOW) -> Site:
    """A room for visitors, in which nothing classified is dealt with."""
    return in_use(
        office,
        at=at,
        place=a_room(office, "接待室", at=at),
        kind=Site.Kind.RECEPTION,
        level=Level.INTERNAL,
        cabinet=None,
    )


def listed(
    office: SimpleNamespace, site: Site, someone: Person, *, at: Any = NOW, days: int | None = None
) -> Admission:
    """Somebody on the list of a site, approved."""
    made = admitting.ask(
        actor=person(office.registrar),
        subject=fresh(site),
        at=at,
        person=person(someone),
        reason="经常进入办理文件",
        days=days,
    )
    agreed(made.case, at=at)
    return fresh(made)


def let_in(
    office: SimpleNamespace, site: Site, someone: Person, *, at: Any = NOW, **changed: Any
) -> Passage:
    given = {"verified": "工作证", "purpose": "处理研究涉密事项"}
    return passing.enter(
        actor=person(office.registrar),
        subject=fresh(site),
        at=at,
        person=person(someone),
        **given | changed,
    )


def asked(office: SimpleNamespace, site: Site, *, at: Any = NOW, **changed: Any) -> Visit:
    """施工 of 丙公司 comes to see 单平."""
    given = {
        "visitor": "巴特尔",
        "unit": "丙设备公司",
        "document": "居民身份证",
        "document_number": "519901199001011234",
        "clearance": Level.SECRET,
        "party": 1,
        "matter": "施工维修",
        "purpose": "检修空调",
        "host": office.handler,
    }
    actor = person(changed.pop("actor", office.watch))
    return visiting.ask(actor=actor, at=at, site=fresh(site), **given | changed)


def confirmed(office: SimpleNamespace, site: Site, *, at: Any = NOW, **changed: Any) -> Visit:
    visit = asked(office, site, at=at, **changed)
    visiting.confirm(actor=person(visit.host), subject=visit, at=at)
    return fresh(visit)


HOUR = timedelta(hours=1)
