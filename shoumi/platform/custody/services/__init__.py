"""Services of the ledger of things: acts of people, and entries for the acts of higher rooms."""

from shoumi.platform.custody.services.batches import (
    SettledByOther,
    offer_lines,
    offer_succession,
    registry_of,
    settle_lines,
    withdraw_lines,
)
from shoumi.platform.custody.services.handing import (
    accept,
    decline,
    give_back,
    move_place,
    offer,
    take_back,
    withdraw,
)
from shoumi.platform.custody.services.ledger import (
    TakenByOther,
    check_person,
    check_place,
    enter_item,
    fresh_code,
    holder_of,
    release,
    reserve,
    shift,
)

__all__ = [
    "SettledByOther",
    "TakenByOther",
    "accept",
    "check_person",
    "check_place",
    "decline",
    "enter_item",
    "fresh_code",
    "give_back",
    "holder_of",
    "move_place",
    "offer",
    "offer_lines",
    "offer_succession",
    "registry_of",
    "release",
    "reserve",
    "settle_lines",
    "shift",
    "take_back",
    "withdraw",
    "withdraw_lines",
]
