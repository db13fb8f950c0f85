"""The books of the room: posts, dossiers, reviews, reports, journeys, passports, leaving."""

from shoumi.domains.personnel.registers.dossiers import DOSSIERS, POSTS, REVIEWS
from shoumi.domains.personnel.registers.events import CHANGES, DEPARTURES, PASSPORTS, TRIPS

__all__ = ["CHANGES", "DEPARTURES", "DOSSIERS", "PASSPORTS", "POSTS", "REVIEWS", "TRIPS"]
