"""Questions of the room: what lies where, what is wanting, what somebody means by a number or a label."""

from collections import Counter
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from shoumi.domains.equipment.models import Check, Device
from shoumi.domains.equipment.rules.fitness import Shortcoming, shortcomings
from shoumi.domains.equipment.rules.kinds import KINDS, wanting
from shoumi.kernel import labelcode
from shoumi.kernel.levels import Level
from shoumi.platform.access.subjects import day_of
from shoumi.platform.approvals.models import Case
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.directory.models import SYSTEM_ACCOUNT, Department, Person, Place
from shoumi.platform.obligations.calendar import calendar_for
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

DAILY = "daily"
KINDS_WANTED = Control("equipment.kinds", kind="display", label="应配设备缺项")
ANOMALIES = Control("equipment.anomalies", kind="display", label="设备异常")
NEAR = ("item__holder__person", "item__holder__place", "item__home", "first", "department", "body")


def devices(reader: Person, *, at: datetime) -> QuerySet[Device]:
    """Every device of the reader's body that the reader may know and that is still there."""
    rows: QuerySet[Device] = Device.objects.visible_to(reader, at=at)
    there = rows.filter(body=reader.body_id, state__in=Device.THERE)
    return there.select_related("label", *NEAR)


def device_called(said: str, *, reader: Person, at: datetime) -> Device | None:
    """By its number, or by the code of its label as a scanner sends it, with or without dashes."""
    code = labelcode.normalise(said.strip()).replace("-", "")
    whole = f"{code[:3]}-{code[3:-1]}-{code[-1:]}"
    named = Q(number=said.strip()) | Q(item__code=whole)
    return devices(reader, at=at).filter(named).first()


def medium_called(said: str, *, reader: Person, at: datetime) -> Device | None:
    found = device_called(said, reader=reader, at=at)
    return found if found is not None and found.is_medium else None


def approved_copying(carrier: str, *, reader: Person, at: datetime) -> bool:
    """Whether the copying of a carrier of this name was approved, as far as the reader may know it."""
    matter = figure("equipment.copier", "matter", on=day_of(at), body=reader.body)
    cases = Case.objects.visible_to(reader, at=at).filter(
        matter=matter, state=Case.State.APPROVED, summary__startswith=f"{carrier.strip()} "
    )
    return bool(carrier.strip()) and cases.exists()


def wanting_of(device: Device, *, at: datetime) -> list[Shortcoming]:
    """What a device lacks on a day, by the figures of its body."""
    today = day_of(at)
    return shortcomings(
        device.facts(),
        today=today,
        virus_days=figure("equipment.software", "days", on=today, body=device.body),
        scan_days=figure("equipment.internet", "days", on=today, body=device.body),
    )


def anomalies(reader: Person, *, at: datetime) -> list[tuple[Device, list[Shortcoming]]]:
    """Every device that lacks something, those that must not be in use first."""
    rows = [(device, wanting_of(device, at=at)) for device in devices(reader, at=at)]
    told = [(device, found) for device, found in rows if found]
    return sorted(told, key=lambda row: (not row[1][0].blocks, row[0].number))


def missing_kinds(reader: Person, *, at: datetime) -> list[tuple[str, list[str]]]:
    """应配设备 that the body has none of, by what they are wanted for."""
    known, today = devices(reader, at=at), day_of(at)
    office = known.filter(first__appointments__post="secrecy_office")
    wanted = (("单位应配设备", "office", known), ("保密办专用设备", "secrecy", office))
    return [
        (
            title,
            wanting(
                {KINDS[kind].label for kind in rows.values_list("kind", flat=True)},
                figure("equipment.kinds", key, on=today, body=reader.body),
            ),
        )
        for title, key, rows in wanted
    ]


def counts_by_kind(reader: Person, *, at: datetime) -> list[tuple[str, str, int, int]]:
    """(kind, label, classified, not classified) for every kind there is."""
    levels = devices(reader, at=at).values_list("kind", "label__level")
    counted = Counter((kind, Level(level).is_state_secret) for kind, level in levels)
    return [
        (key, kind.label, counted[key, True], counted[key, False])
        for key, kind in KINDS.items()
        if counted[key, True] or counted[key, False]
    ]


def on_shelf(reader: Person, *, at: datetime) -> QuerySet[Device]:
    """Devices that lie in a place and can be listed for disposal."""
    return devices(reader, at=at).filter(
        item__holder_kind=Holder.Kind.PLACE,
        item__state=Item.State.HELD,
        state__in=(Device.State.READY, Device.State.IN_USE, Device.State.STOPPED),
    )


def colleagues(reader: Person) -> QuerySet[Person]:
    """Everybody of the body with a working account."""
    found = Person.objects.filter(body=reader.body_id, active=True, account__isnull=False)
    return found.exclude(account=SYSTEM_ACCOUNT).select_related("department").order_by("name", "id")


def places_of(reader: Person) -> QuerySet[Place]:
    return Place.objects.filter(body=reader.body_id, active=True).order_by("kind", "name")


def departments_of(reader: Person) -> QuerySet[Department]:
    return Department.objects.filter(body=reader.body_id).order_by("id")


def cared_for(device: Device, *, reader: Person, at: datetime) -> tuple[int, int]:
    """日保养 of this month: days entered, and working days so far. Clause: equipment.care."""
    today = day_of(at)
    first = timezone.localtime(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    entered = Check.objects.visible_to(reader, at=at).filter(
        device=device, sheet=DAILY, checked_at__gte=first
    )
    calendar = calendar_for(device.body)
    days = (today.replace(day=n) for n in range(1, today.day + 1))
    return entered.count(), sum(calendar.is_workday(day) for day in days)
