"""The books of the room."""

from shoumi.domains.organisation.registers.books import (
    EMPLOYMENTS,
    ORGANS,
    TENURES,
    UNDERTAKINGS,
    UNITS,
)
from shoumi.domains.organisation.registers.work import MEETINGS, TASKS

__all__ = ["EMPLOYMENTS", "MEETINGS", "ORGANS", "TASKS", "TENURES", "UNDERTAKINGS", "UNITS"]
