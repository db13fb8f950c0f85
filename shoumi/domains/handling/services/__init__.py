"""The acts of the room, one function each, under the key of its action."""


def load() -> None:
    """Let the rulebook and the approvals know every act of this room."""
    from shoumi.domains.handling.services import (  # noqa: F401
        archiving,
        borrowing,
        carrying,
        copying,
        destroying,
        recalling,
        succession,
    )
