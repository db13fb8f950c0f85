"""personnel.clear: no clearance without post, review, training and pledge, whoever proposes it."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY, YEAR
from shoumi.domains.accounts.models import Proposal
from shoumi.domains.accounts.services import consent
from shoumi.domains.accounts.services.clearance import propose_clearance
from shoumi.domains.personnel.models import Dossier
from shoumi.domains.personnel.services import clearing
from shoumi.domains.personnel.tests import scene
from shoumi.domains.personnel.tests.scene import fresh, person
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import act
from shoumi.platform.access.models import ClearanceRecord
from shoumi.platform.access.subjects import subject_of
from shoumi.platform.trail.verify import verify


def level_of(someone):
    return subject_of(person(someone), NOW).clearance


@pytest.mark.clause(
    "personnel.clear", "personnel.pledge", "personnel.review", "personnel.training",
    "access.clearance", "personnel.posts_first", "personnel.dossier",
)  # fmt: skip
def test_the_clearance_holds_from_the_consent_on_and_cuts_the_session(office):
    dossier = scene.ready(office, office.newcomer)
    assert level_of(office.newcomer) == Level.INTERNAL
    proposal = scene.proposed(office, dossier)
    before = person(office.newcomer).get_session_auth_hash()
    assert level_of(office.newcomer) == Level.INTERNAL
    consent(actor=office.leader, subject=proposal, at=NOW)
    assert level_of(office.newcomer) == Level.SECRET
    assert person(office.newcomer).get_session_auth_hash() != before
    row = fresh(dossier)
    record = ClearanceRecord.objects.get(person=office.newcomer)
    assert (row.state, row.since) == (Dossier.State.ON_POST, TODAY)
    assert record.review_due == row.reviewed_until == TODAY.replace(year=TODAY.year + 2)
    assert (record.trained_until, record.pledged_until) == (row.trained_until, row.pledged_until)
    assert verify().findings == []


@pytest.mark.clause("personnel.clear", "personnel.pledge", "personnel.training")
@pytest.mark.parametrize(
    ("steps", "missing"),
    [("tp", "审查"), ("rp", "培训考试"), ("rt", "承诺书"), ("rfp", "培训考试")],
)
def test_one_thing_missing_or_failed_and_nothing_is_proposed(office, steps, missing):
    dossier = scene.candidate(office, office.newcomer)
    ways = {
        "r": lambda: scene.reviewed(office, dossier),
        "t": lambda: scene.trained(office, dossier),
        "f": lambda: scene.trained(office, dossier, score=79),
        "p": lambda: scene.pledged(dossier),
    }
    for step in steps:
        ways[step]()
    with pytest.raises(Refusal, match=missing) as caught:
        clearing.clear(actor=office.hr, subject=fresh(dossier), at=NOW)
    assert caught.value.clause == "personnel.clear"
    assert not Proposal.objects.filter(person=office.newcomer).exists()


@pytest.mark.clause("personnel.clear", "access.clearance")
def test_the_gate_stands_at_the_consent_whoever_proposed(office):
    """A proposal without a dossier, one the dossier does not bear out, one that lapsed meanwhile."""

    def propose(someone, personnel_class="important", **days):
        given = {
            "review_due": TODAY + YEAR, "trained_until": TODAY + YEAR, "pledged_until": TODAY + YEAR,
        }  # fmt: skip
        with act(office.hr, clearing.CLEAR, at=NOW):
            pk = propose_clearance(
                actor=office.hr, person=someone, personnel_class=personnel_class,
                since=TODAY, basis="x", at=NOW, **{**given, **days},
            )  # fmt: skip
        return Proposal.objects.get(pk=pk)

    with pytest.raises(Refusal, match="没有待上岗的涉密人员档案"):
        consent(actor=office.leader, subject=propose(office.watch), at=NOW)
    dossier = scene.ready(office, office.newcomer)
    days = {
        "review_due": dossier.reviewed_until,
        "trained_until": dossier.trained_until,
        "pledged_until": dossier.pledged_until,
    }
    higher = propose(office.newcomer, "core", **days)
    with pytest.raises(Refusal, match="已不相符"):
        consent(actor=office.leader, subject=higher, at=NOW)
    later = NOW + timedelta(days=366)
    with pytest.raises(Refusal, match="培训考试未办或者已经失效"):
        consent(actor=office.leader, subject=Proposal.objects.get(pk=higher.pk), at=later)
    assert level_of(office.newcomer) == Level.INTERNAL


@pytest.mark.clause("accounts.second_person", "personnel.clear")
def test_who_proposes_does_not_consent_and_nobody_clears_himself(office):
    proposal = scene.proposed(office, scene.ready(office, office.newcomer))
    with pytest.raises(Refusal):
        consent(actor=office.hr, subject=proposal, at=NOW)
    for key in ("sysadmin", "secadmin", "handler"):
        with pytest.raises(Refusal):
            clearing.clear(
                actor=getattr(office, key),
                subject=fresh(Dossier.alive_of(office.newcomer.pk)),
                at=NOW,
            )
    with pytest.raises(Denied):
        consent(actor=office.handler, subject=proposal, at=NOW)


@pytest.mark.clause("personnel.review.filing")
def test_a_core_person_is_first_filed_with_the_superior(office):
    from shoumi.domains.personnel.services import vetting

    core = scene.post(office, handles=Level.TOP_SECRET, title="机要岗")
    dossier = scene.ready(office, office.newcomer, post=core)
    with pytest.raises(Refusal, match="上级备案"):
        clearing.clear(actor=office.hr, subject=dossier, at=NOW)
    with pytest.raises(Refusal, match="备案回执"):
        vetting.file_with_superior(
            actor=office.hr, subject=dossier, at=NOW, filed_on=TODAY, receipt=" "
        )
    vetting.file_with_superior(
        actor=office.hr, subject=dossier, at=NOW, filed_on=TODAY, receipt="丙保备〔2026〕4号"
    )
    consent(actor=office.leader, subject=scene.proposed(office, dossier), at=NOW)
    assert level_of(office.newcomer) == Level.TOP_SECRET
