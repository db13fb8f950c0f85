"""Something on every page of the room: the list, a thing at each point of its life, and what follows."""

from shoumi.domains.classification.models import Notice, Referral, Remarking
from shoumi.domains.classification.services import determining, listing, referring, watching
from shoumi.domains.classification.tests.scene import (
    MATTER,
    copied,
    decided,
    derived,
    fresh,
    listed,
    passed,
    person,
    release,
)
from tests.proof.scenes.world import LISTED, World

# Who proposes, a chief named in the scope, and the posts that have a part in every determination.
PARTIES = LISTED | {"office", "authority"}
BODY = PARTIES | {"peer", "newcomer", "junior", "lapsed", "standin", "watch", "window"}
DEPARTMENT = frozenset(
    {"office", "authority", "leader", "head", "handler", "chief", "newcomer", "junior", "lapsed"}
) | {"standin"}


def build(world: World) -> None:
    _list(world)
    _things(world)
    _watching(world)


def _list(world: World) -> None:
    office, at = world.office, world.at
    listed(office, at=at, scope=world.canary("雀范围子", BODY))
    given = MATTER | {"name": world.canary("雀事项丑", BODY)}
    draft = listing.add(actor=office.office, at=at, **given)
    world.rows["classification-matters"] = draft.pk


def _things(world: World) -> None:
    office, at, rows = world.office, world.at, world.rows

    def named(word: str) -> str:
        return world.canary(f"雀定密{word}", PARTIES)

    waiting = passed(office, at=at, name=named("子"), points=world.canary("雀密点", PARTIES))
    ending = decided(office, at=at, name=named("丑"), mark="机密★1个月")
    child = derived(office, ending.number, at=at, name=named("寅"))
    work = determining.propose_work(
        actor=office.handler,
        at=at,
        name=named("卯"),
        mark="内部",
        basis="清单第一条",
        carrier="文稿",
        people=[office.chief],
    )
    gone = decided(office, at=at, name=named("辰"))
    copied(office, gone, 1, at=at)
    change = release(office, gone, at=at, reason=world.canary("雀解密理由", PARTIES))
    asked = passed(office, at=at, name=named("巳"))
    referring.refer(
        actor=person(office.office),
        subject=asked,
        at=at,
        cause="unclear",
        to="岚江省保密局",
        letter="甲局〔2026〕9号",
        claimed=3,
        reason=world.canary("雀报请", PARTIES),
    )
    kept = decided(office, at=at, name=named("午"))
    review = watching.review(
        actor=person(office.authority), at=at, determinations=[fresh(kept)], conclusion="继续保密"
    )
    rows["classification-determinations"] = waiting.pk
    rows["classification-derived"] = child.pk
    rows["classification-expiring"] = ending.pk
    rows["classification-work"] = work.pk
    rows["classification-changes"] = change.pk
    rows["classification-remarkings"] = Remarking.unscoped.get(change=change).pk
    rows["classification-notices"] = Notice.unscoped.get(change=change, person=office.handler).pk
    rows["classification-referrals"] = Referral.unscoped.get().pk
    rows["classification-reviews"] = review.pk


def _watching(world: World) -> None:
    office, at = world.office, world.at
    fault = watching.record_fault(
        actor=office.office,
        at=at,
        kind="missing",
        stage="determining",
        carrier="发文〔2026〕4号",
        facts=world.canary("雀标密问题", DEPARTMENT),
        department=office.departments["业务科"],
    )
    world.rows["classification-faults"] = fault.pk
