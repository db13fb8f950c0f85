"""The books of the room."""

from shoumi.domains.facilities.registers.doors import ADMISSIONS, PASSAGES, VISITS
from shoumi.domains.facilities.registers.keys import COMBINATIONS, KEYS, SECRETS
from shoumi.domains.facilities.registers.sites import CHECKS, SITES

__all__ = [
    "ADMISSIONS",
    "CHECKS",
    "COMBINATIONS",
    "KEYS",
    "PASSAGES",
    "SECRETS",
    "SITES",
    "VISITS",
]
