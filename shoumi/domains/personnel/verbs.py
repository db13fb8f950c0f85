"""What people do in this room; each button stands exactly when its service would agree."""

from collections.abc import Callable
from typing import Any

from shoumi.domains.personnel import forms
from shoumi.domains.personnel.models import Change, Departure, Dossier, SecretPost, Trip
from shoumi.domains.personnel.rules.words import Destination, Leaving
from shoumi.domains.personnel.services import (
    clearing,
    entering,
    exiting,
    leaving,
    passports,
    pledging,
    posting,
    training,
    travelling,
    vetting,
    watching,
)
from shoumi.domains.personnel.services.filing import HR
from shoumi.platform.access.models import ClearanceRecord
from shoumi.platform.custody.models import Holder
from shoumi.platform.directory.models import Appointment
from shoumi.platform.registers.verb import Verb

State, Leave, Going = Dossier.State, Departure.State, Trip.State


def is_in(*states: str) -> Callable[[Any], bool]:
    return lambda row: row.state in states


def own(row: Any, actor: Any) -> bool:
    return bool(row.person_id == actor.pk)


def of_another(row: Any, actor: Any) -> bool:
    return bool(row.person_id != actor.pk)


def of_anothers_dossier(row: Any, actor: Any) -> bool:
    return bool(row.dossier.person_id != actor.pk)


def keeps(actor: Any) -> bool:
    """Whether the actor is of the personnel office; the door has judged for when."""
    return bool(Appointment.objects.filter(person=actor, post=HR).exists())


def own_or_office(row: Any, actor: Any) -> bool:
    return own(row, actor) or keeps(actor)


def is_absent(person: Any) -> bool:
    """Without an account, or out of office in an exit period: the personnel office acts for them."""
    last = ClearanceRecord.objects.filter(person=person).order_by("-since", "-id").first()
    return not person.is_active or bool(last and last.exit_until)


def own_or_for_absent(row: Any, actor: Any) -> bool:
    return own(row, actor) or (is_absent(row.person) and keeps(actor))


def trip_own_or_for_absent(row: Any, actor: Any) -> bool:
    return own_or_for_absent(row.dossier, actor)


def signs_leaving(row: Any, actor: Any) -> bool:
    person = row.dossier.person
    return bool(person.pk == actor.pk or (not person.is_active and keeps(actor)))


def undone(field: str) -> Callable[[Any], bool]:
    return lambda row: row.state == Leave.APPROVED and getattr(row, field) is None


PROPOSE_POST = Verb(
    posting.PROPOSE, posting.propose_post, forms.PostForm, next="已送保密办审核、领导审定。"
)
ABOLISH_POST = Verb(
    posting.ABOLISH,
    posting.abolish_post,
    forms.ReasonForm,
    when=lambda row: row.state == SecretPost.State.IN_FORCE and not Dossier.held_under(row.pk),
    danger=True,
)

OPEN = Verb(
    entering.OPEN,
    entering.open_dossier,
    forms.DossierForm,
    next="请依次办理审查、培训考试、承诺书。",
)
REVIEW = Verb(
    vetting.REVIEW,
    vetting.review,
    forms.ReviewForm,
    when=is_in(*Dossier.ALIVE),
    whose=of_another,
    next="已送会签审批。",
)
TRAIN = Verb(
    training.TRAIN,
    training.train,
    forms.TrainingForm,
    when=is_in(*Dossier.ALIVE),
    whose=of_another,
)
PLEDGE = Verb(
    pledging.PLEDGE,
    pledging.pledge,
    forms.PledgeForm,
    when=is_in(*Dossier.ALIVE),
    whose=own,
    next="已归入本人保密档案。",
)
PAPER = Verb(
    pledging.PAPER,
    pledging.register_pledge,
    forms.PaperPledgeForm,
    when=is_in(*Dossier.ALIVE),
    whose=of_another,
)
FILE = Verb(vetting.FILE, vetting.file_with_superior, forms.FilingForm, when=is_in(*Dossier.ALIVE))
CLEAR = Verb(
    clearing.CLEAR,
    clearing.clear,
    when=is_in(State.CANDIDATE),
    whose=of_another,
    confirm=True,
    next="已送另一人同意，同意时再次核对档案。",
)
CHANGE_POST = Verb(
    entering.MOVE, entering.change_post, forms.ChangePostForm, when=is_in(*Dossier.ALIVE)
)
DROP = Verb(
    entering.CLOSE,
    entering.close_dossier,
    forms.ReasonForm,
    when=is_in(State.CANDIDATE),
    danger=True,
)
TELL = Verb(
    watching.TELL,
    watching.report_change,
    forms.ChangeForm,
    when=is_in(*Dossier.ALIVE),
    whose=own,
    next="已送保密办核处。",
)
OBSERVE = Verb(
    watching.OBSERVE,
    watching.observe,
    forms.ObservationForm,
    when=is_in(*Dossier.ALIVE),
    whose=of_another,
)
TRAVEL = Verb(
    travelling.ASK,
    travelling.request_trip,
    forms.TripForm,
    when=is_in(*travelling.KNOWN),
    whose=own_or_for_absent,
    next="已送审批；批准以后还须行前保密教育。",
)
UNAPPROVED = Verb(
    travelling.UNAPPROVED,
    travelling.register_unapproved,
    forms.UnapprovedForm,
    danger=True,
    confirm=True,
)
DEPOSIT = Verb(
    passports.DEPOSIT, passports.deposit, forms.DepositForm, when=is_in(*travelling.KNOWN)
)
LEAVE = Verb(
    leaving.ASK,
    leaving.request_leave,
    forms.LeaveForm,
    when=lambda row: row.state in Dossier.ALIVE and Departure.open_of(row.pk) is None,
    whose=own_or_office,
    danger=True,
    confirm=True,
    next="已送审批；脱密期自批准之日起算。",
)

HANDLE = Verb(
    watching.HANDLE,
    watching.handle_change,
    forms.HandleForm,
    when=is_in(Change.State.TOLD),
    whose=of_anothers_dossier,
)

CONSULT = Verb(travelling.CONSULT, travelling.consult, forms.ConsultForm, when=is_in(Going.ASKED))
ANSWER = Verb(travelling.ANSWER, travelling.answer, forms.AnswerForm, when=is_in(Going.ASKED))
BRIEF = Verb(
    travelling.BRIEF,
    travelling.brief,
    forms.BriefForm,
    when=is_in(Going.APPROVED),
    whose=of_anothers_dossier,
    next="可以发出证件。",
)
REPORT = Verb(
    travelling.REPORT,
    travelling.report_back,
    forms.ReportForm,
    when=is_in(Going.BRIEFED),
    whose=trip_own_or_for_absent,
    next="请同时交回出入境证件。",
)

ISSUE = Verb(
    passports.ISSUE,
    passports.issue,
    when=lambda row: row.item.holder_kind == Holder.Kind.PLACE and row.item.state == "held",
    confirm=True,
    next="请本人在「我保管的载体」签收。",
)
TAKE_IN = Verb(
    passports.TAKE_IN,
    passports.take_in,
    forms.TakeInForm,
    when=lambda row: row.item.holder_kind == Holder.Kind.PERSON,
)

OPINION = Verb(
    leaving.OPINION, leaving.note_superior_opinion, forms.OpinionForm, when=is_in(Leave.ASKED)
)
TALK = Verb(
    leaving.TALK,
    leaving.talk,
    forms.TalkForm,
    when=undone("talked_at"),
    whose=of_anothers_dossier,
)
LEAVING_PLEDGE = Verb(
    leaving.PLEDGE,
    leaving.pledge_leaving,
    forms.LeavingPledgeForm,
    when=undone("pledged_at"),
    whose=signs_leaving,
)
HAND = Verb(
    leaving.HAND,
    leaving.hand_over,
    forms.HandOverForm,
    when=undone("handed_at"),
    whose=of_anothers_dossier,
)
AUDIT = Verb(
    leaving.AUDIT,
    leaving.audit,
    forms.AuditForm,
    when=undone("audited_at"),
    whose=of_anothers_dossier,
)
FINISH = Verb(
    leaving.FINISH,
    leaving.finish,
    when=is_in(Leave.APPROVED),
    whose=of_anothers_dossier,
    danger=True,
    confirm=True,
    next="涉密等级和岗位已收回，会话已中断，脱密期开始。",
)
JOB = Verb(
    exiting.JOB,
    exiting.register_job,
    forms.JobForm,
    when=lambda row: row.state == Leave.DONE and Leaving(row.kind).leaves_the_body,
)
PASS_ON = Verb(
    exiting.TELL_ON,
    exiting.pass_on,
    forms.ReceiptForm,
    when=lambda row: (
        row.state == Leave.DONE
        and row.destination != Destination.SAME_BODY
        and not row.list_receipt
    ),
)

ON_A_POST = (ABOLISH_POST,)
ON_A_DOSSIER = (
    REVIEW,
    TRAIN,
    PLEDGE,
    PAPER,
    FILE,
    CLEAR,
    TELL,
    TRAVEL,
    OBSERVE,
    DEPOSIT,
    CHANGE_POST,
    LEAVE,
    UNAPPROVED,
    DROP,
)
ON_A_CHANGE = (HANDLE,)
ON_A_TRIP = (BRIEF, REPORT, CONSULT, ANSWER)
ON_A_PASSPORT = (ISSUE, TAKE_IN)
ON_A_DEPARTURE = (TALK, LEAVING_PLEDGE, HAND, AUDIT, FINISH, OPINION, PASS_ON, JOB)
