"""Tables of the room."""

from shoumi.domains.facilities.models.checks import SiteCheck
from shoumi.domains.facilities.models.doors import Passage, Visit
from shoumi.domains.facilities.models.moving import Moving
from shoumi.domains.facilities.models.safes import (
    Combination,
    Guarded,
    KnowsCombination,
    SecretSign,
)
from shoumi.domains.facilities.models.sites import Admission, Site

__all__ = [
    "Admission",
    "Combination",
    "Guarded",
    "KnowsCombination",
    "Moving",
    "Passage",
    "SecretSign",
    "Site",
    "SiteCheck",
    "Visit",
]
