"""拆封以后: the seal that was missing is added, the receipt slip goes back."""

from datetime import datetime

from shoumi.domains.documents.models import Document, Opening
from shoumi.domains.documents.services.receiving import REGISTRAR
from shoumi.domains.documents.services.unpacking import SEAL_DUTY, SLIP_DUTY
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.services import settle

ADD_SEAL = Action(
    "documents.open.add_seal", "补盖公章", clause="documents.open.seal_urgent", posts=REGISTRAR
)
SEND_SLIP = Action(
    "documents.open.send_slip", "退回执", clause="documents.open.slip", posts=REGISTRAR
)


class NothingOwed(Stale):
    """The seal or the slip was seen to already, or was never owed."""


def add_seal(*, actor: Person, subject: Document, at: datetime) -> None:
    """The issuer has put its seal on an urgent paper that ran without."""
    with act(actor, ADD_SEAL, subject, at=at, number=subject.number):
        opening = Opening.of(subject)
        if opening is None or not opening.add_seal(at=at):
            raise NothingOwed(
                "本件不待补章", clause=ADD_SEAL.clause, way_on="请刷新页面查看拆封核对"
            )
        settle(kind=SEAL_DUTY, subject=subject, evidence=opening, at=at)


def send_slip(*, actor: Person, subject: Document, at: datetime, how: str) -> None:
    """The slip is signed and on its way back to the sender."""
    with act(actor, SEND_SLIP, subject, at=at, number=subject.number):
        if not how.strip():
            raise Refusal(
                "未写明回执退回方式", clause=SEND_SLIP.clause, way_on="如「交原送达人带回」"
            )
        opening = Opening.of(subject)
        if opening is None or not opening.send_slip(by=actor, how=how.strip(), at=at):
            raise NothingOwed("本件没有待退的回执", clause=SEND_SLIP.clause, way_on="请刷新页面")
        settle(kind=SLIP_DUTY, subject=subject, evidence=opening, at=at)


def check_sealed(document: Document) -> None:
    """An urgent paper runs without its seal, but is not closed without it."""
    opening = Opening.of(document)
    if opening is not None and opening.seal == Opening.Seal.AWAITED:
        raise Refusal(
            f"{document.number} 待补章，不得办结",
            clause="documents.open.seal_urgent",
            way_on="请来文单位补盖公章，由机要员办理「补盖公章」",
        )
