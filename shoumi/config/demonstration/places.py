"""Guarded rooms of the demonstration: determined, entered, visited and looked after by real acts."""

from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone

from shoumi.config.demonstration.queue import Story, a_person, at_hour
from shoumi.domains.facilities.models import Admission, Site, Visit
from shoumi.domains.facilities.rules.checks import CLOSING
from shoumi.domains.facilities.selectors import items_of, sites_of
from shoumi.domains.facilities.services import (
    admitting,
    checking,
    keeping,
    passing,
    sites,
    visiting,
)
from shoumi.kernel.levels import Level
from shoumi.platform.approvals.models import Case, Seat
from shoumi.platform.approvals.services import agree
from shoumi.platform.directory.models import Place

WEEKS = 2


def open_rooms(story: Story) -> None:
    """Two rooms since some weeks: the registry, and one where visitors are received."""
    start = story.in_office(story.until - timedelta(days=45))
    story.plan(start, partial(_determine, story))
    story.plan(start + timedelta(minutes=40), partial(_keys, story))
    day = timezone.localtime(story.until).date() - timedelta(days=7 * WEEKS)
    while day <= story.until.date():
        if day.isoweekday() < 6:
            story.plan(at_hour(day, 9, 20), partial(_enter, story))
            story.plan(at_hour(day, 17, 25), partial(_close, story))
        if day.isoweekday() in (2, 4):
            story.plan(at_hour(day, 10, 10), partial(_visit, story))
        day += timedelta(days=1)


def _determine(story: Story, at: datetime) -> None:
    """机要室 is there from the founding; the reading room serves as the room for visitors."""
    cast = story.cast
    places = {place.name: place for place in Place.objects.filter(body=cast.body)}
    rows = (
        ("机要室", Site.Kind.REGISTRY, Level.SECRET, "1号保密柜", "集中保管涉密载体"),
        ("阅文室", Site.Kind.RECEPTION, Level.PUBLIC, "", "接待来访"),
    )
    for name, kind, level, cabinet, reason in rows:
        made = sites.propose(
            actor=cast["baomi"],
            at=at,
            place=places[name],
            kind=kind,
            level=level,
            department=cast.departments["办公室"],
            keeper=cast["jiyao"],
            cabinet=places.get(cabinet),
            reason=reason,
            protection="门禁、红外报警、视频监控",
        )
        _agreed(made.case, at=at)
    registry = Site.around(places["机要室"]).get()
    for account in ("jiyao2", "danping", "xiefeng"):
        asked = admitting.ask(
            actor=cast["jiyao"],
            subject=registry,
            at=at,
            person=cast[account],
            reason="办理、查阅机要文件",
        )
        _agreed(asked.case, at=at)
    assert Admission.in_force(registry, on=timezone.localtime(at).date()).count() == 3


def _keys(story: Story, at: datetime) -> None:
    cast = story.cast
    places = {place.name: place for place in Place.objects.filter(body=cast.body)}
    guarded = [("key", f"{n}号保密柜钥匙 1/2", f"{n}号保密柜") for n in (1, 2, 3)]
    for kind, name, place in (*guarded, ("seal", "办公室印章", "机要室")):
        keeping.register(
            actor=cast["jiyao"],
            at=at,
            kind=kind,
            name=name,
            place=places[place],
            home=places["绝密专柜"],
        )
    keeping.change(
        actor=cast["jiyao"],
        at=at,
        place=places["1号保密柜"],
        why="启用",
        knowers=[cast["jiyao"], cast["jiyao2"]],
        envelope="绝密专柜",
        changed_on=timezone.localtime(at).date(),
    )


def _enter(story: Story, at: datetime) -> None:
    """In at twenty past nine, out again half an hour later."""
    cast = story.cast
    who = story.chance.choice(("jiyao2", "danping", "xiefeng"))
    passage = passing.enter(
        actor=cast["jiyao"],
        subject=_room(story, "机要室", at=at),
        at=at,
        person=cast[who],
        verified="工作证",
        purpose="办理机要文件",
    )
    out = at + timedelta(minutes=30)
    story.plan(out, lambda at: _void(passing.leave(actor=cast["jiyao"], subject=passage, at=at)))


def _visit(story: Story, at: datetime) -> None:
    cast, chance = story.cast, story.chance
    visit = visiting.ask(
        actor=cast["zhongtian"],
        at=at,
        site=_room(story, "阅文室", at=at),
        visitor=chance.choice(("巴特尔", "古丽", "尼玛")),
        unit=chance.choice(("示范市保密局", "示范县档案馆", "丙设备公司")),
        document="居民身份证",
        document_number="519901199001011234",
        clearance=Level.PUBLIC,
        party=1,
        matter=chance.choice(("公务", "检查", "施工维修")),
        purpose="商洽工作",
        host=cast[chance.choice(("danping", "xiefeng"))],
    )
    visiting.confirm(actor=a_person(visit.host_id), subject=visit, at=at)
    story.plan(at + timedelta(minutes=5), partial(_admit, story, visit.pk))


def _admit(story: Story, pk: int, at: datetime) -> None:
    guard, visit = story.cast["zhongtian"], _fresh(pk)
    visiting.admit(
        actor=guard,
        subject=visit,
        at=at,
        verified=True,
        escort=a_person(visit.host_id),
        devices="手机 1 部",
        locker="A03",
    )
    story.plan(at + timedelta(minutes=45), partial(_see_out, story, pk))


def _see_out(story: Story, pk: int, at: datetime) -> None:
    guard = story.cast["zhongtian"]
    visiting.depart(actor=guard, subject=_fresh(pk), at=at, returned=True)


def _close(story: Story, at: datetime) -> None:
    """Every room is looked at before it is left."""
    guard = story.cast["zhongtian"]
    for site in sites_of(guard, at=at):
        items = items_of(CLOSING, site, at=at)
        checking.check(actor=guard, subject=site, at=at, kind=CLOSING.key, done=items)


def _room(story: Story, name: str, *, at: datetime) -> Site:
    return sites_of(story.cast["jiyao"], at=at).get(place__name=name)


def _fresh(pk: int) -> Visit:
    return Visit.named(f"facilities.visit:{pk}")


def _agreed(case: Case | None, *, at: datetime) -> None:
    assert case is not None
    while (now := Case.unscoped.get(pk=case.pk)).state == Case.State.OPEN:
        seat = Seat.objects.filter(step__case=now, state=Seat.State.WAITING).order_by("id")[0]
        agree(actor=a_person(seat.person_id), subject=now, at=at, opinion="同意。")


def _void(_result: object) -> None:
    """A deed answers nothing."""
