"""What people do in this room; each button stands exactly when its service would agree."""

from collections.abc import Callable
from typing import Any

from shoumi.domains.facilities import forms
from shoumi.domains.facilities.models import Admission, Site, Visit
from shoumi.domains.facilities.services import admitting, keeping, passing, sites, visiting
from shoumi.platform.custody.models import Item
from shoumi.platform.registers.verb import Verb


def is_in(*states: str) -> Callable[[Any], bool]:
    return lambda row: row.state in states


def waits_for_bureau(site: Any) -> bool:
    return bool(site.state == Site.State.DETERMINED and not site.is_strongroom)


def waits_for_acceptance(site: Any) -> bool:
    return bool(site.state == Site.State.DETERMINED and site.is_strongroom)


def hosts(visit: Any, actor: Any) -> bool:
    return bool(visit.host_id == actor.pk)


def is_kept(row: Any) -> bool:
    return bool(row.item.state == Item.State.HELD and row.item.holder.place_id)


def is_inside(passage: Any) -> bool:
    return passage.left_at is None


PROPOSE = Verb(
    sites.PROPOSE, sites.propose, forms.SiteForm, next="已送单位领导审批，批准后报请确认或者验收。"
)
CONFIRM = Verb(sites.CONFIRM, sites.confirm, forms.AuthorityForm, when=waits_for_bureau)
ACCEPT = Verb(sites.ACCEPT, sites.accept, forms.AcceptForm, when=waits_for_acceptance)
CLOSE = Verb(sites.CLOSE, sites.close, forms.ReasonForm, when=is_in(Site.State.IN_USE), danger=True)
ASK = Verb(
    admitting.ASK,
    admitting.ask,
    forms.AdmissionForm,
    when=is_in(Site.State.IN_USE),
    next="已送审批，批准后即可进入。",
)
ON_A_SITE = (ASK, CONFIRM, ACCEPT, CLOSE)

REVOKE = Verb(
    admitting.REVOKE,
    admitting.revoke,
    forms.ReasonForm,
    when=is_in(Admission.State.IN_FORCE),
    danger=True,
)
LEAVE = Verb(passing.LEAVE, passing.leave, forms.LeaveForm, when=is_inside)

VISIT = Verb(visiting.ASK, visiting.ask, forms.VisitForm, next="已送被访人确认。")
RECEIVE = Verb(visiting.CONFIRM, visiting.confirm, when=is_in(Visit.State.ASKED), whose=hosts)
DECLINE = Verb(
    visiting.DECLINE,
    visiting.decline,
    forms.ReasonForm,
    when=is_in(Visit.State.ASKED),
    whose=hosts,
    danger=True,
)
ADMIT = Verb(
    visiting.ADMIT,
    visiting.admit,
    forms.AdmitForm,
    when=is_in(Visit.State.CONFIRMED),
    next="请陪同人全程陪同。",
)
DEPART = Verb(visiting.DEPART, visiting.depart, forms.DepartForm, when=is_in(Visit.State.INSIDE))
ON_A_VISIT = (RECEIVE, ADMIT, DEPART, DECLINE)

REGISTER = Verb(keeping.REGISTER, keeping.register, forms.KeyForm)
HAND = Verb(keeping.HAND, keeping.hand, forms.HandForm, when=is_kept, next="领用人签收后由其保管。")
CHANGE = Verb(keeping.CHANGE, keeping.change, forms.CombinationForm)
