"""上岗: a whole dossier asks for the clearance, and stands in the way of every consent that it does not bear out."""

from datetime import datetime

from shoumi.domains.accounts.models import Proposal
from shoumi.domains.accounts.services.clearance import JUDGES, propose_clearance
from shoumi.domains.personnel.models import Dossier
from shoumi.domains.personnel.rules.entering import Standing, check_standing
from shoumi.domains.personnel.services.filing import KEEPERS, expect
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

CLAUSE = "personnel.clear"
CLEAR = Action("personnel.clear", "提请上岗", clause=CLAUSE, posts=KEEPERS)
ENTITLED = Control("personnel.entitled", kind="refuse", label="上岗资格判定")
CLASS = Control("personnel.entitled", kind="record", label="上岗资格判定")

State = Dossier.State


def clear(*, actor: Person, subject: Dossier, at: datetime) -> None:
    """Propose the clearance that the dossier bears out; it takes effect by another person's consent."""
    with act(actor, CLEAR, subject, at=at, person=subject.person_id) as deed:
        expect(subject, State.CANDIDATE)
        standing = standing_of(subject, at=at)
        check_standing(standing, on=day_of(at))
        reviewed, trained = subject.reviewed_until, subject.trained_until
        pledged = subject.pledged_until
        if reviewed is None or trained is None or pledged is None:
            raise Stale("档案刚有变动", clause=CLAUSE, way_on="请刷新页面")
        proposal = propose_clearance(
            actor=actor,
            person=subject.person,
            personnel_class=subject.personnel_class,
            since=day_of(at),
            review_due=reviewed,
            trained_until=trained,
            pledged_until=pledged,
            basis=f"{subject.post}：审查、培训考试、承诺书齐备",
            at=at,
        )
        deed.note(proposal=proposal)


def standing_of(dossier: Dossier, *, at: datetime) -> Standing:
    """What a dossier shows today."""
    wanted = figure("personnel.review.filing", "classes", on=day_of(at), body=dossier.body)
    return Standing(
        reviewed_until=dossier.reviewed_until,
        trained_until=dossier.trained_until,
        pledged_until=dossier.pledged_until,
        is_filed=dossier.filed_on is not None,
        must_be_filed=dossier.class_held.label in wanted,
    )


def _entitled(proposal: Proposal, *, at: datetime) -> None:
    """Inside the consent: the dossier must bear out class and days, whoever proposed. Clause: personnel.clear."""
    dossier = Dossier.alive_of(proposal.person_id)
    if dossier is None:
        raise Refusal(
            f"{proposal.person.name}没有待上岗的涉密人员档案，涉密等级不能生效",
            clause=CLAUSE,
            way_on="先定岗、审查、培训、签订承诺书，再提请上岗",
        )
    check_standing(standing_of(dossier, at=at), on=day_of(at))
    borne = (dossier.personnel_class, dossier.reviewed_until, dossier.trained_until)
    asked = (proposal.personnel_class, proposal.review_due, proposal.trained_until)
    if borne != asked or dossier.pledged_until != proposal.pledged_until:
        raise Stale(
            "档案在提请以后有变动，提请的类别和期限已不相符",
            clause=CLAUSE,
            way_on="请不同意本提议，由提请人按现在的档案重新提请",
        )
    if not dossier.move(before=dossier.state, after=State.ON_POST, since=day_of(at)):
        raise Stale("档案刚被他人修改", clause=CLAUSE, way_on="请刷新页面")


JUDGES.append(_entitled)
