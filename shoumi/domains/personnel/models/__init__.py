"""The rows of the room: posts, the dossiers of those who hold them, and what is filed in a dossier."""

from shoumi.domains.personnel.models.dossiers import Dossier, Pledge, Review, Training
from shoumi.domains.personnel.models.leaving import Departure, Employment
from shoumi.domains.personnel.models.posts import SecretPost
from shoumi.domains.personnel.models.travel import Consultation, Passport, Trip
from shoumi.domains.personnel.models.watching import Change, Observation

__all__ = [
    "Change",
    "Consultation",
    "Departure",
    "Dossier",
    "Employment",
    "Observation",
    "Passport",
    "Pledge",
    "Review",
    "SecretPost",
    "Training",
    "Trip",
]
