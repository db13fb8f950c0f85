"""Questions of this room: who may enter, what one may choose from, what the board and the door show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from shoumi.domains.facilities.models import Admission, Passage, Site, SiteCheck, Visit
from shoumi.domains.facilities.rules import sites
from shoumi.domains.facilities.rules.checks import ROUNDS, Round
from shoumi.kernel import labelcode
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.subjects import appointments_of, day_of, subject_of
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Department, Person, Place
from shoumi.platform.obligations.crosschecks import open_hits, rule_of, rules
from shoumi.platform.obligations.models import Duty
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.crosschecks import Crosscheck
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.rulebook.posts import label_of as post_label

COUNTED = Control("facilities.duty_room", kind="count", label="值班室面积达标")
BOARD = Control("facilities.board", kind="display", label="机要室工作看板")
SIGN = Control("facilities.sign", kind="mark", label="保密区域标志牌")

# The three sorts of daily work of a registry, by the rooms whose duties they are.
SORTS = (
    ("文件管理", ("documents.", "circulation.", "dispatch.")),
    ("事务处理", ("handling.", "custody.", "facilities.", "ledgers.")),
    ("安全保密", ("recurring.", "crosscheck.", "trail.", "obligations.")),
)


def may_enter(person: Person, place: Place, *, at: datetime) -> bool:
    """Whether a person is let into a place and into the guarded room it stands in, and is cleared for it."""
    subject, today = subject_of(person, at), day_of(at)
    if subject.in_exit_period or subject.clearance < place.level_limit:
        return False
    held = [a.post for a in appointments_of(person, at) if a.body_id == place.body_id]
    for site in Site.around(place):
        listed = Admission.in_force(site, on=today).filter(Q(person=person) | Q(post__in=held))
        if site.keeper_id != person.pk and not listed.exists():
            return False
    return True


def sites_of(reader: Person, *, at: datetime) -> QuerySet[Site]:
    """The sites in use that a reader may know, with how many people are `within`."""
    found: QuerySet[Site] = Site.objects.visible_to(reader, at=at)
    near = found.select_related("place", "keeper", "department", "label", "body")
    near = near.annotate(within=Count("passages", filter=Q(passages__left_at=None)))
    return near.filter(body=reader.body_id, state=Site.State.IN_USE).order_by("place__name", "id")


def inside(site: Site, reader: Person, *, at: datetime) -> QuerySet[Passage]:
    """Who is in a room now, the longest first."""
    found: QuerySet[Passage] = Passage.objects.visible_to(reader, at=at)
    return found.filter(site=site, left_at=None).select_related("person").order_by("id")


def visits_at(site: Site, reader: Person, *, at: datetime) -> QuerySet[Visit]:
    """Visitors that are expected at a site or are inside."""
    found: QuerySet[Visit] = Visit.objects.visible_to(reader, at=at)
    going_on = (Visit.State.ASKED, Visit.State.CONFIRMED, Visit.State.INSIDE)
    return found.filter(site=site, state__in=going_on).select_related("host").order_by("id")


def staff_of(reader: Person) -> QuerySet[Person]:
    """Everybody of the body with an account."""
    found = Person.objects.filter(body=reader.body_id, active=True, account__isnull=False)
    return found.select_related("department").order_by("name", "id")


def places_of(reader: Person) -> QuerySet[Place]:
    return Place.objects.filter(body=reader.body_id, active=True).order_by("name", "id")


def departments_of(reader: Person) -> QuerySet[Department]:
    return Department.objects.filter(body=reader.body_id).order_by("name", "id")


def badge_holder(code: str, reader: Person) -> Person | None:
    """Whose staff number a badge bears."""
    return staff_of(reader).filter(staff_number__iexact=code).first() if code else None


def items_of(look: Round, site: Site, *, at: datetime) -> list[str]:
    """What is looked at in a round, as the clause lists it today."""
    return list(figure(look.clause, "items", on=day_of(at), body=site.body))


def looked_today(site: Site, reader: Person, *, at: datetime) -> dict[str, SiteCheck]:
    """The rounds that were made at a site today."""
    found = SiteCheck.objects.visible_to(reader, at=at).filter(site=site, day=day_of(at))
    return {row.kind: row for row in found.select_related("by")}


def rounds_at(site: Site, reader: Person, *, at: datetime) -> list[tuple[Round, SiteCheck | None]]:
    done = looked_today(site, reader, at=at)
    return [(look, done.get(key)) for key, look in ROUNDS.items()]


def too_small(site: Site, *, at: datetime) -> int | None:
    """The least area that a duty room falls short of. Clause: facilities.duty_room."""
    least = figure("facilities.duty_room", "area", on=day_of(at), body=site.body)
    return sites.small_for(site.get_kind_display(), site.area, least=least)


@dataclass(frozen=True)
class Hits:
    """One rule of the cross-checks with the hits of it that a reader may know."""

    rule: Crosscheck
    duties: list[Duty]

    @property
    def count(self) -> int:
        return len(self.duties)

    @property
    def whose(self) -> str:
        return post_label(self.rule.post)


def hits_of(reader: Person, *, at: datetime) -> list[Hits]:
    """Every rule that is asked, with its open hits."""
    by_rule: dict[str, list[Duty]] = {}
    for duty in open_hits(reader, at=at):
        rule = rule_of(duty)
        if rule is not None:
            by_rule.setdefault(rule.key, []).append(duty)
    return [Hits(rule, by_rule.get(rule.key, [])) for rule in rules()]


def board(reader: Person, *, at: datetime) -> list[tuple[str, int, int, list[Duty]]]:
    """The three sorts of work: how much waits for the reader, how much is late, and the nearest of it."""
    mine = Duty.objects.visible_to(reader, at=at).filter(state=Duty.State.OPEN)
    found = []
    for sort, prefixes in SORTS:
        of_sort = Q(pk=None)
        for prefix in prefixes:
            of_sort |= Q(kind__startswith=prefix)
        rows = mine.filter(of_sort)
        counted: dict[str, Any] = rows.aggregate(
            waiting=Count("id"), late=Count("id", filter=Q(due_at__lt=at))
        )
        near = list(rows.select_related("person", "label").order_by("due_at", "id")[:12])
        found.append((sort, counted["waiting"], counted["late"], near))
    return found


def label_holder(code: str, reader: Person, *, at: datetime) -> Person | None:
    """Who has signed for the thing with this label, as far as the reader may know it."""
    try:
        whole = labelcode.check(code)
    except Refusal:
        return None
    item = (
        Item.objects.visible_to(reader, at=at).filter(code=whole).select_related("holder__person")
    )
    found = item.first()
    return found.holder.person if found is not None else None
