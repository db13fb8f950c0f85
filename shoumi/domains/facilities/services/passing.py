"""出入: into a guarded room and out of it again."""

from collections.abc import Sequence
from datetime import datetime

from shoumi.domains.facilities.models import Admission, Passage, Site
from shoumi.domains.facilities.rules import doors, sites
from shoumi.domains.facilities.services.standing import (
    DOOR,
    ChangedByOther,
    posts_of,
    standing,
    words_of,
)
from shoumi.kernel import labelcode
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Person

ENTER = Action("facilities.enter", "登记进入", clause="facilities.enter")
LEAVE = Action("facilities.leave", "登记离开", clause="facilities.enter")


def enter(
    *,
    actor: Person,
    subject: Site,
    at: datetime,
    person: Person,
    verified: str,
    purpose: str = "",
    approval: str = "",
    companion: Person | None = None,
) -> Passage:
    """Let one person in, or two together. Clauses: facilities.enter, .admission, .level, .two_persons."""
    with act(actor, ENTER, subject, at=at, site=subject.number) as deed:
        _check_doorkeeper(actor, subject, at=at)
        doors.check_in_use(subject.is_in_use, strong=subject.is_strongroom, name=subject.place.name)
        ways = words_of("facilities.enter", "ways", body=subject.body, at=at)
        entering = [person] if companion is None else [person, companion]
        given = {
            "verified": doors.check_identity(verified, ways=ways),
            "purpose": purpose.strip(),
            "approval": approval.strip(),
            "entered_at": at,
            "let_in_by": actor,
        }
        uses = words_of("facilities.strongroom.use", "uses", body=subject.body, at=at)
        doors.check_use(subject.is_strongroom, purpose, approval, uses=uses)
        bases = [_basis_of(one, subject, at=at) for one in entering]
        inside = Passage.inside(subject)
        if inside.filter(person__in=entering).exists() or len(set(entering)) < len(entering):
            raise Refusal(
                f"{person.name}已登记在内", clause="facilities.enter", way_on="请先登记离开"
            )
        doors.check_pair(
            two_persons=subject.two_persons, inside=inside.count(), entering=len(entering)
        )
        rows = [
            Passage.objects.create(
                label=subject.label,
                site=subject,
                person=one,
                basis=basis,
                companion=other,
                **given,
            )
            for one, other, basis in zip(entering, [companion, person], bases, strict=False)
        ]
        deed.note(persons=[one.pk for one in entering], inside=inside.count())
    return rows[0]


def leave(*, actor: Person, subject: Passage, at: datetime, codes: str = "") -> list[Passage]:
    """See one person out, with what they carry; of the last two in a room of two, both."""
    with act(actor, LEAVE, subject, at=at, site=subject.site.number) as deed:
        _check_doorkeeper(actor, subject.site, at=at)
        carried = _taken_out(codes, subject, actor=actor, at=at)
        inside = list(Passage.inside(subject.site))
        both = subject.site.two_persons and len(inside) == 2
        going = inside if both else [row for row in inside if row.pk == subject.pk]
        if subject.pk not in {row.pk for row in going}:
            raise ChangedByOther()
        for row in going:
            own = "、".join(carried) if row.pk == subject.pk else ""
            if not row.leave(left_at=at, carried=own[:200]):
                raise ChangedByOther()
        deed.note(persons=[row.person_id for row in going], carried=len(carried))
    return going


def _check_doorkeeper(actor: Person, site: Site, *, at: datetime) -> None:
    """The door is kept by the registry, the secrecy office, the watch, or the site's own keeper."""
    if site.keeper_id != actor.pk and not DOOR & posts_of(actor, site, at=at).keys():
        raise Refusal(
            "出入由专责人、机要员、保密办或者值班员登记",
            clause="facilities.enter",
            way_on="请到门口由值守人登记",
        )


def _basis_of(person: Person, site: Site, *, at: datetime) -> str:
    """By what right a person enters. Clauses: facilities.admission, facilities.level, facilities.machines."""
    if person.body_id != site.body_id:
        raise Refusal("外单位人员按来访登记", clause="facilities.visit", way_on="请办理来访登记")
    posts = posts_of(person, site, at=at)
    listed = Admission.in_force(site, on=day_of(at))
    basis = "专责人" if site.keeper_id == person.pk else ""
    for one in listed.order_by("id"):
        if not basis and (one.person_id == person.pk or one.post in posts):
            basis = f"准入名单（{posts.get(one.post, '本人')}）"
    doors.check_listed(basis, name=site.place.name, person=person.name)
    clearance, leaving = standing(person, at=at)
    doors.check_cleared(clearance, level=Level(site.secrecy), leaving=leaving, who=person.name)
    sites.check_listable(
        site.is_machine_room,
        posts.values(),
        allowed=words_of("facilities.machines", "posts", body=site.body, at=at),
    )
    return basis


def _taken_out(codes: str, passage: Passage, *, actor: Person, at: datetime) -> Sequence[str]:
    """What is carried out, each piece on the account of whoever carries it."""
    wanted = [labelcode.check(line) for line in codes.split()]
    known = Item.objects.visible_to(actor, at=at).filter(code__in=wanted)
    signed = known.filter(state=Item.State.HELD, holder__person=passage.person_id)
    names = dict(signed.values_list("code", "name"))
    doors.check_taken_out([code for code in wanted if code not in names])
    return [names[code] for code in wanted]
