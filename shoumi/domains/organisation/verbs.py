"""What people do in this room; each button stands exactly when its service would agree."""

from collections.abc import Callable
from typing import Any

from shoumi.domains.organisation import forms
from shoumi.domains.organisation.models import (
    Employment,
    Meeting,
    Organ,
    Task,
    Tenure,
    Undertaking,
    Unit,
)
from shoumi.domains.organisation.selectors import structure
from shoumi.domains.organisation.services import (
    meetings,
    organs,
    staff,
    tasks,
    tenures,
    undertakings,
    units,
)
from shoumi.platform.registers.verb import Verb


def is_in(*states: str) -> Callable[[Any], bool]:
    return lambda row: row.state in states


def has_term(row: Any) -> bool:
    return bool(row.state == Tenure.State.BORNE and row.term_ends is not None)


def by_hand(row: Any) -> bool:
    role = structure().roles.get(row.role)
    return bool(row.state == Tenure.State.BORNE and not (role and role.automatic))


def unqualified(row: Any) -> bool:
    role = structure().roles.get(row.role)
    borne = row.state == Tenure.State.BORNE and not row.qualification
    return bool(borne and role and role.qualified)


def signs(row: Any, actor: Any) -> bool:
    return bool(row.signer_id == actor.pk)


def is_above(row: Any, actor: Any) -> bool:
    return bool(row.superior_id == actor.pk)


def carries_out(row: Any, actor: Any) -> bool:
    return bool(row.person_id == actor.pk)


ENTER_UNIT = Verb(units.ENTER, units.enter, forms.UnitForm)
CLOSE_UNIT = Verb(
    units.CLOSE, units.close, forms.CloseUnitForm, when=is_in(Unit.State.OPEN), danger=True
)
SET_UP = Verb(organs.SET_UP, organs.set_up, forms.OrganForm, next="请确定各席位的人选。")
DISSOLVE = Verb(
    organs.DISSOLVE,
    organs.dissolve,
    forms.DissolveForm,
    when=is_in(Organ.State.STANDING),
    confirm=True,
    danger=True,
)
BEGIN = Verb(tenures.BEGIN, tenures.begin, forms.TenureForm)
RENEW = Verb(tenures.RENEW, tenures.renew, forms.RenewForm, when=has_term)
QUALIFY = Verb(tenures.QUALIFY, tenures.qualify, forms.QualifyForm, when=unqualified)
END = Verb(
    tenures.END,
    tenures.end,
    forms.EndTenureForm,
    when=by_hand,
    danger=True,
    next="空出的席位已列入缺岗清单。",
)
ISSUE = Verb(undertakings.ISSUE, undertakings.issue, forms.IssueForm, next="已送责任人逐级签署。")
SIGN = Verb(
    undertakings.SIGN,
    undertakings.sign,
    when=is_in(Undertaking.State.ISSUED),
    whose=signs,
    confirm=True,
    next="已送签订上级签署。",
)
COUNTERSIGN = Verb(
    undertakings.COUNTERSIGN,
    undertakings.countersign,
    when=is_in(Undertaking.State.SIGNED),
    whose=is_above,
)
CALL = Verb(meetings.CALL, meetings.call, forms.MeetingForm, next="已通知参加人员。")
HOLD = Verb(
    meetings.HOLD,
    meetings.hold,
    forms.HoldForm,
    when=is_in(Meeting.State.CALLED),
    next="请逐项登记决议，再印发纪要。",
)
RESOLVE = Verb(
    meetings.RESOLVE,
    meetings.resolve,
    forms.ResolutionForm,
    when=is_in(Meeting.State.HELD),
    next="已交办责任人。",
)
DROP = Verb(
    meetings.DROP,
    meetings.drop,
    forms.DropForm,
    when=is_in(Meeting.State.CALLED),
    danger=True,
)
MINUTE = Verb(meetings.MINUTE, meetings.minute, when=is_in(Meeting.State.HELD), confirm=True)
ASSIGN = Verb(tasks.ASSIGN, tasks.assign, forms.TaskForm, next="已交办责任人。")
REASSIGN = Verb(tasks.REASSIGN, tasks.reassign, forms.ReassignForm, when=is_in(Task.State.OPEN))
FINISH = Verb(
    tasks.FINISH,
    tasks.finish,
    forms.FinishForm,
    when=is_in(Task.State.OPEN),
    whose=carries_out,
)
ENTER_EMPLOYMENT = Verb(staff.ENTER, staff.enter, forms.EmploymentForm)
END_EMPLOYMENT = Verb(
    staff.END, staff.end, when=is_in(Employment.State.WORKING), confirm=True, danger=True
)
