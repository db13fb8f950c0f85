"""A guarded room with its list, somebody inside, a visitor at the door, a key, a seal and what was checked."""

from conftest import prepared
from shoumi.domains.facilities.models import KnowsCombination, SecretSign
from shoumi.domains.facilities.rules.checks import ROUNDS
from shoumi.domains.facilities.services import checking, keeping
from shoumi.domains.facilities.tests import scene
from shoumi.platform.directory.models import Place
from tests.proof.scenes.world import World

# Whoever answers for the rooms of the body; a key is 机密, for which 种田 is not cleared.
KEEPERS = frozenset({"registrar", "office", "director", "leader", "head", "watch"})
CLEARED = KEEPERS - {"watch"}


def build(world: World) -> None:
    office, at = world.office, world.at
    site = scene.in_use(office, at=at, protection=world.canary("雀技防", KEEPERS))
    with prepared(office.body, at=at):
        Place.objects.filter(pk=office.registry.pk).update(keeper=office.registrar)
    admission = scene.listed(office, site, office.handler, at=at)
    passage = scene.let_in(office, site, office.registrar, at=at)
    visit = scene.asked(office, site, at=at, unit=world.canary("雀来访单位", KEEPERS | {"handler"}))
    done = checking.check(
        actor=scene.person(office.watch),
        subject=site,
        at=at,
        kind="patrol",
        done=["柜锁完好"],
        remark=world.canary("雀巡查", KEEPERS),
    )
    given = {"actor": scene.person(office.registrar), "at": at, "place": office.safe}
    key = keeping.register(
        **given, kind="key", name=world.canary("雀钥匙", CLEARED), home=office.top_safe
    )
    keeping.register(
        **given,
        kind="seal",
        name="甲局印章",
        home=office.top_safe,
        secret=world.canary("雀暗记", frozenset({"registrar", "head"})),
        knowers=[office.head],
    )
    combination = keeping.change(
        **given,
        why="启用",
        knowers=[office.registrar],
        envelope=world.canary("雀备份处", KEEPERS),
        changed_on=at.date(),
    )
    assert KnowsCombination.unscoped.filter(combination=combination).count() == 1
    assert set(ROUNDS) > {done.kind}
    for name in ("sites", "door", "enter", "look", "sign"):
        world.rows[f"facilities-{name}"] = site.pk
    world.rows["facilities-admissions"] = admission.pk
    world.rows["facilities-passages"] = world.rows["facilities-leave"] = passage.pk
    world.rows["facilities-visits"] = world.rows["facilities-visit-form"] = visit.pk
    world.rows["facilities-checks"] = done.pk
    world.rows["facilities-keys"] = key.pk
    world.rows["facilities-secrets"] = SecretSign.unscoped.get().pk
    world.rows["facilities-combinations"] = combination.pk
