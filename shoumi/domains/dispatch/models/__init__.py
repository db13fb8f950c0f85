"""The rows of the room: a letter's life, whom it was shown to, whom it went to, and the runs."""

from shoumi.domains.dispatch.models.countersigns import Countersign
from shoumi.domains.dispatch.models.deliveries import Delivery
from shoumi.domains.dispatch.models.exchange import ExchangeItem, ExchangeRun
from shoumi.domains.dispatch.models.letters import Letter
from shoumi.domains.dispatch.models.moving import Moving
from shoumi.domains.dispatch.models.recipients import Recipient

__all__ = [
    "Countersign",
    "Delivery",
    "ExchangeItem",
    "ExchangeRun",
    "Letter",
    "Moving",
    "Recipient",
]
