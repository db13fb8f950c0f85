"""设备介质与密码: devices over the things in custody, and everything that happens in their lives."""

from shoumi.domains.equipment.models.checks import Check
from shoumi.domains.equipment.models.crypto import CryptoStep
from shoumi.domains.equipment.models.devices import Device
from shoumi.domains.equipment.models.disposals import Disposal, DisposalLine
from shoumi.domains.equipment.models.papers import Paper
from shoumi.domains.equipment.models.permits import Permit
from shoumi.domains.equipment.models.providers import Provider
from shoumi.domains.equipment.models.repairs import Repair
from shoumi.domains.equipment.models.uses import Use

__all__ = [
    "Check",
    "CryptoStep",
    "Device",
    "Disposal",
    "DisposalLine",
    "Paper",
    "Permit",
    "Provider",
    "Repair",
    "Use",
]
