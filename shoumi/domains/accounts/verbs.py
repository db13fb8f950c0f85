"""What the officers and those who consent do; each button stands when its service would agree."""

from typing import Any

from shoumi.domains.accounts import forms, services
from shoumi.domains.accounts.models import Proposal
from shoumi.domains.accounts.services import (
    alarm,
    clearance,
    consenting,
    overrides,
    passwords,
    people,
    posts,
    premises,
    reviewing,
)
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.models import Duty
from shoumi.platform.registers.verb import Verb
from shoumi.platform.rulebook.models import Override

WAITS = "已送请同意，同意后生效。"


def another(row: Person, actor: Any) -> bool:
    return bool(row.pk != actor.pk)


def second_person(row: Proposal, actor: Any) -> bool:
    return actor.pk not in {row.proposed_by_id, row.person_id, row.standing_in_for_id}


CREATE = Verb(people.CREATE, services.create, forms.CreateForm)
ENABLE = Verb(
    people.ENABLE,
    services.enable,
    when=lambda row: bool(row.account) and not row.active,
    whose=another,
)
RESET = Verb(
    passwords.RESET,
    services.reset_password,
    forms.ReasonForm,
    when=lambda row: bool(row.account),
    whose=another,
    danger=True,
)
DISABLE = Verb(
    people.DISABLE,
    services.disable,
    forms.ReasonForm,
    when=lambda row: bool(row.account) and row.active,
    danger=True,
    next="会话已中断。",
)
UNLOCK = Verb(
    people.UNLOCK,
    services.unlock,
    forms.ReasonForm,
    when=lambda row: row.failures > 0 or row.locked_until is not None,
)
APPOINT = Verb(
    posts.APPOINT,
    services.appoint,
    forms.AppointForm,
    when=lambda row: row.is_active,
    whose=another,
    next=WAITS,
)
STAND_IN = Verb(
    posts.STAND_IN,
    services.stand_in,
    forms.StandInForm,
    when=lambda row: row.standing_in_for_id is None,
    next=WAITS,
)
DISMISS = Verb(posts.DISMISS, services.dismiss, forms.DismissForm, danger=True)
END_CLEARANCE = Verb(
    clearance.END,
    services.end_clearance,
    forms.ReasonForm,
    when=lambda row: row.until is None,
    danger=True,
    confirm=True,
)
CONSENT = Verb(
    consenting.CONSENT,
    services.consent,
    forms.ConsentForm,
    when=lambda row: row.is_open,
    whose=second_person,
    confirm=True,
)
REFUSE = Verb(
    consenting.REFUSE,
    services.refuse,
    forms.RefuseForm,
    when=lambda row: row.is_open,
    whose=second_person,
)
WITHDRAW = Verb(consenting.WITHDRAW, services.withdraw, when=lambda row: row.is_open)
REVIEW = Verb(reviewing.REVIEW, services.review, forms.ReviewForm)
PROPOSE_FIGURE = Verb(overrides.PROPOSE, services.propose_override, forms.OverrideForm, next=WAITS)
CONSENT_FIGURE = Verb(
    overrides.CONSENT,
    services.consent_override,
    when=lambda row: row.status == Override.Status.PROPOSED,
    whose=lambda row, actor: row.proposed_by_id != actor.pk,
    confirm=True,
)
WITHDRAW_FIGURE = Verb(
    overrides.WITHDRAW,
    services.withdraw_override,
    when=lambda row: row.status == Override.Status.PROPOSED,
)
CLOSE_ALARM = Verb(
    alarm.CLOSE,
    services.close_alarm,
    forms.FindingForm,
    when=lambda row: row.state == Duty.State.OPEN,
)
DEPARTMENT = Verb(premises.DEPARTMENT, premises.department, forms.DepartmentForm)
PLACE = Verb(premises.PLACE, premises.place, forms.PlaceForm)
