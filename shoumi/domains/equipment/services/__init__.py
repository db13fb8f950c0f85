"""Services of the room: acts of people, and `enter_opening_device` for ledgers that are taken over."""

from shoumi.domains.equipment.services.gathering import SEEING
from shoumi.domains.equipment.services.opening import enter_opening_device

__all__ = ["SEEING", "enter_opening_device"]
