"""差错: noted by the program where it can see them, registered by hand where it cannot."""

from datetime import datetime

from shoumi.domains.documents.models import Document, Lapse
from shoumi.domains.documents.services.receiving import REGISTRAR
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.services import duties_about

REGISTER = Action(
    "documents.lapse.register",
    "登记差错",
    clause="documents.lapse",
    posts=REGISTRAR | {"office_director", "secrecy_office"},
)

Kind = Lapse.Kind


def register_lapse(
    *, actor: Person, subject: Document, at: datetime, kind: str, person: Person, what: str
) -> Lapse:
    """What nobody but people can see: something left out, lost or leaked."""
    with act(actor, REGISTER, subject, at=at, kind=kind, person=person.pk):
        if not what.strip():
            raise Refusal("未写明差错情况", clause=REGISTER.clause, way_on="写明何处有何差错")
        if person.body_id != subject.body_id:
            raise Refusal("责任人不是本单位人员", clause=REGISTER.clause, way_on="请另选责任人")
        lapse = note(subject, kind, what.strip(), person=person, at=at, noted_by=actor)
    return lapse


def note(
    document: Document,
    kind: str,
    what: str,
    *,
    person: Person,
    at: datetime,
    absent: bool = False,
    noted_by: Person | None = None,
) -> Lapse:
    """One more lapse about a paper; inside somebody's act."""
    lapse: Lapse = Lapse.objects.create(
        label=document.label,
        body=document.body,
        document=document,
        kind=kind,
        person=person,
        at=at,
        what=what[:100],
        absent=absent,
        noted_by=noted_by,
    )
    return lapse


def note_if_late(document: Document, duty: str, what: str, *, person: Person, at: datetime) -> None:
    """Whoever does late what was due about a paper has a lapse; inside the act that does it."""
    if duties_about(document, kind=duty).filter(due_at__lt=at).exists():
        note(document, Kind.LATE, what, person=person, at=at)
