"""One world with something on every page, and in it words that only some may ever read (金丝雀).

Everything is done by the acts that people do; `scenes` holds one file a room.
"""

from types import SimpleNamespace

from django.utils import timezone

from shoumi.platform.custody.models import Handover, Stocktake
from shoumi.platform.obligations.models import Duty
from tests.proof.routes import registers
from tests.proof.scenes import (
    carriers,
    classification,
    dispatch,
    equipment,
    facilities,
    ledgers,
    matters,
    officers,
    organisation,
    personnel,
    rounds,
)
from tests.proof.scenes.world import World, paper

__all__ = ["World", "build", "paper"]


def build(office: SimpleNamespace) -> World:
    """Everything happens at this very hour, as the pages will read it."""
    world = World(office, timezone.localtime())
    for room in (
        officers,
        carriers,
        rounds,
        matters,
        dispatch,
        classification,
        equipment,
        facilities,
        organisation,
        personnel,
        ledgers,
    ):
        room.build(world)
    _every_register(world)
    return world


def _every_register(world: World) -> None:
    """Where nothing better is named above, the first row of its kind stands for all."""
    named = {
        "stocktakes": Stocktake,
        "handling-batch": Handover,
        "duty": Duty,
        "remind": Duty,
    } | {slug: register.model for slug, register in registers().items()}
    for slug, model in named.items():
        found = model._base_manager.order_by("pk").first()
        assert found is not None, f"{slug}: plant a row of {model.__name__} in tests/proof/scenes"
        world.rows.setdefault(slug, found.pk)
