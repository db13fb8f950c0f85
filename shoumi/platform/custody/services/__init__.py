"""Services of the ledger of things: acts of people, and entries for the acts of higher rooms."""

from shoumi.platform.custody.services.batches import (
    SettledByOther,
    offer_lines,
    offer_succession,
    registry_of,
    settle_lines,
    withdraw_lines,
)
from shoumi.platform.custody.services.counting import (
    NotCounting,
    close_stocktake,
    open_stocktake,
    reopen_stocktake,
    scan,
    witness_stocktake,
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
    rehome,
    release,
    reserve,
    shift,
)
from shoumi.platform.custody.services.losing import declare_found, declare_missing
from shoumi.platform.custody.services.opening import Opening, enter_missing, enter_opening

__all__ = [
    "NotCounting",
    "Opening",
    "SettledByOther",
    "TakenByOther",
    "accept",
    "check_person",
    "check_place",
    "close_stocktake",
    "declare_found",
    "declare_missing",
    "decline",
    "enter_item",
    "enter_missing",
    "enter_opening",
    "fresh_code",
    "give_back",
    "holder_of",
    "move_place",
    "offer",
    "offer_lines",
    "offer_succession",
    "open_stocktake",
    "registry_of",
    "rehome",
    "release",
    "reopen_stocktake",
    "reserve",
    "scan",
    "settle_lines",
    "shift",
    "take_back",
    "withdraw",
    "withdraw_lines",
    "witness_stocktake",
]
