"""Letters at three points of their life, and a run of the exchange with an envelope that waits to be signed for."""

from typing import Any

from conftest import prepared
from shoumi.domains.dispatch.models import Countersign, Delivery, ExchangeItem
from shoumi.domains.dispatch.services import exchanging
from shoumi.domains.dispatch.tests.scene import drafted, line_to, reviewed, sent
from shoumi.platform.directory.models import Appointment
from tests.proof.scenes.world import LISTED, World

# Who drafts a letter, their head, and the posts that have a part in every letter of the body.
PARTIES = LISTED | {"office", "authority"}
COURIERS = frozenset({"registrar", "director", "office"})


def build(world: World) -> None:
    _letters(world)
    _exchange(world)


def _letters(world: World) -> None:
    office, at = world.office, world.at
    out = sent(office, at=at, **_words(world, "子"))
    draft = drafted(office, at=at, **_words(world, "丑"))
    # 曾静 heads 保密办, which is asked for a countersign.
    department = office.departments["保密办"]
    with prepared(office.body, at=at):
        Appointment.objects.create(
            person=office.office,
            post="department_head",
            body=office.body,
            department=department,
            since=at.date(),
        )
    asked = reviewed(office, at=at, countersigners=[department], **_words(world, "寅"))
    world.rows["dispatch-book"] = out.pk
    world.rows["dispatch-letters"] = draft.pk
    world.rows["dispatch-recipients"] = line_to(out, "乙局").pk
    world.rows["dispatch-deliveries"] = Delivery.unscoped.get().pk
    world.rows["dispatch-countersigns"] = Countersign.all_of(asked).get().pk


def _words(world: World, name: str) -> dict[str, Any]:
    return {
        "title": world.canary(f"雀发题名{name}", PARTIES) + "的通知",
        "necessity": world.canary(f"雀必要{name}", PARTIES),
        "subject_words": world.canary(f"雀主题词{name}", PARTIES),
    }


def _exchange(world: World) -> None:
    office, at = world.office, world.at
    exchanging.run(
        actor=office.registrar,
        at=at,
        station=world.canary("雀交换站", COURIERS),
        run_at=at,
        others=3,
        incoming=1,
        station_clerk="丁一",
        brought=f"{world.canary('雀来件单位', COURIERS | {'peer'})} J-0417 审批科",
    )
    item = ExchangeItem.unscoped.get()
    exchanging.hand(actor=office.registrar, subject=item, at=at, receiver=office.peer)
    world.rows["dispatch-brought"] = item.pk
