"""The books of the room: the devices, the four ledgers in their exact names, and what happens to devices."""

from shoumi.domains.equipment.registers.devices import (
    CLASSIFIED_COMPUTERS,
    CLASSIFIED_MEDIA,
    DEVICES,
    FOUR,
    PLAIN_COMPUTERS,
    PLAIN_MEDIA,
)
from shoumi.domains.equipment.registers.lives import (
    CHECKS,
    CRYPTO,
    DISPOSALS,
    PERMITS,
    PROVIDERS,
    REPAIRS,
    USES,
)

__all__ = [
    "CHECKS",
    "CLASSIFIED_COMPUTERS",
    "CLASSIFIED_MEDIA",
    "CRYPTO",
    "DEVICES",
    "DISPOSALS",
    "FOUR",
    "PERMITS",
    "PLAIN_COMPUTERS",
    "PLAIN_MEDIA",
    "PROVIDERS",
    "REPAIRS",
    "USES",
]
