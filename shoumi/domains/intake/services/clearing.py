"""The second half of the people ledger: clearances are proposed from it, and another person consents."""

from datetime import date, datetime

from shoumi.domains.accounts.models import Proposal
from shoumi.domains.accounts.services.clearance import propose_clearance
from shoumi.domains.intake.models import Batch, Taken
from shoumi.domains.intake.services.checking import CLEARERS, KEEPING
from shoumi.domains.personnel.models import Dossier
from shoumi.domains.personnel.services.entering import take_over
from shoumi.kernel.levels import PersonnelClass
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.models import ClearanceRecord
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person

CLEAR = Action(
    "intake.clear",
    "提出涉密等级登记",
    clause="intake.clearance",
    posts=CLEARERS,
)


def propose_clearances(
    *,
    actor: Person,
    subject: Batch,
    review_due: date,
    trained_until: date,
    pledged_until: date,
    basis: str,
    at: datetime,
) -> int:
    """Propose for everybody of the batch the class the ledger gives; returns for how many.

    Whoever left, has a clearance or a proposal already, or is the proposer, is passed over.
    """
    with act(actor, CLEAR, subject, at=at) as deed:
        today = day_of(at)
        if subject.state != Batch.State.TAKEN or not KEEPING[subject.kind].clearer:
            raise Refusal(
                "这一批没有可以提出的涉密等级", clause=CLEAR.clause, way_on="请先将人员台账入账"
            )
        if min(review_due, trained_until, pledged_until) < today:
            raise Refusal(
                "复审、培训、承诺已有过期，不能登记涉密等级",
                clause="access.clearance",
                way_on="请先完成复审、培训，签订承诺书",
            )
        proposed = 0
        for person, personnel_class in _those_cleared(actor, subject, at=at):
            take_over(
                actor=actor,
                person=person,
                personnel_class=PersonnelClass(personnel_class),
                reviewed_until=review_due,
                trained_until=trained_until,
                pledged_until=pledged_until,
                basis=basis,
                at=at,
            )
            propose_clearance(
                actor=actor,
                person=person,
                personnel_class=personnel_class,
                since=today,
                review_due=review_due,
                trained_until=trained_until,
                pledged_until=pledged_until,
                basis=basis,
                at=at,
            )
            proposed += 1
        deed.note(proposed=proposed)
    return proposed


def _those_cleared(actor: Person, batch: Batch, *, at: datetime) -> list[tuple[Person, str]]:
    rows = Taken.objects.visible_to(actor, at=at).filter(batch=batch).order_by("id")
    people = Person.objects.filter(body=batch.body, active=True).exclude(pk=actor.pk)
    named = {
        (p.name, p.department.name if p.department else ""): p
        for p in people.select_related("department").order_by("-id")
    }
    passed = set(ClearanceRecord.objects.filter(until=None).values_list("person", flat=True))
    open_ones = Proposal.objects.filter(
        kind=Proposal.Kind.CLEAR, state=Proposal.State.PROPOSED, body=batch.body
    )
    passed |= set(open_ones.values_list("person", flat=True))
    passed |= Dossier.people_with_one(batch.body_id)
    found = []
    for values in rows.values_list("values", flat=True):
        person = named.get((values["name"], values["department"]))
        wanted = values["personnel_class"] and not values["left_on"]
        if wanted and person is not None and person.pk not in passed:
            found.append((person, values["personnel_class"]))
    return found
