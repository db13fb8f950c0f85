"""The one way in which the system says no: a Chinese sentence and the clause it rests on."""


class Refusal(Exception):
    """A refused act; `way_on` tells the person what would be allowed instead."""

    status = 422

    def __init__(self, message: str, *, clause: str, way_on: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.clause = clause
        self.way_on = way_on


class Denied(Refusal):
    """The person may know the thing, but the act is not theirs to do."""

    status = 403


class Stale(Refusal):
    """Somebody else changed the thing since this person looked at it."""

    status = 409
