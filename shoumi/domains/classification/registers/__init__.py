"""The books of the room."""

from shoumi.domains.classification.registers.determinations import (
    DERIVED,
    DETERMINATIONS,
    EXPIRING,
    WORK,
)
from shoumi.domains.classification.registers.following import (
    CHANGES,
    FAULTS,
    NOTICES,
    REFERRALS,
    REMARKINGS,
    REVIEWS,
)
from shoumi.domains.classification.registers.matters import (
    AUTHORITIES,
    CATALOGUES,
    MATTERS,
    POWERS,
)

__all__ = [
    "AUTHORITIES",
    "CATALOGUES",
    "CHANGES",
    "DERIVED",
    "DETERMINATIONS",
    "EXPIRING",
    "FAULTS",
    "MATTERS",
    "NOTICES",
    "POWERS",
    "REFERRALS",
    "REMARKINGS",
    "REVIEWS",
    "WORK",
]
