"""The cases (审批件) of a body: the list, one case on one page, and the six things done with it."""

from typing import Any

from django.apps import apps
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shoumi.desk.forms import OpinionForm, ReasonForm, SendBackForm, TakerForm
from shoumi.platform.access.acting import posts_held
from shoumi.platform.approvals import selectors, services
from shoumi.platform.approvals.models import Case, Seat, Vote
from shoumi.platform.registers import addresses
from shoumi.platform.registers.register import Register
from shoumi.platform.registers.verb import Verb
from shoumi.platform.ui.context import person_of

WATCHERS = frozenset({"registrar", "office_director", "secrecy_office"})


def _open(case: Case) -> bool:
    return case.state == Case.State.OPEN


def _seated(case: Case, actor: Any) -> bool:
    seats = Seat.objects.filter(step__case=case, person=actor, state=Seat.State.WAITING)
    return bool(seats.exists())


def _withdrawable(case: Case, actor: Any) -> bool:
    return case.applicant_id == actor.pk and not Vote.objects.filter(step__case=case).exists()


VERBS = (
    Verb(services.AGREE, services.agree, OpinionForm, when=_open, whose=_seated),
    Verb(services.REFUSE, services.refuse, ReasonForm, when=_open, whose=_seated, danger=True),
    Verb(services.SEND_BACK, services.send_back, SendBackForm, when=_open, whose=_seated),
    Verb(services.HAND_ON, services.hand_on, TakerForm, when=_open, whose=_seated),
    Verb(services.ADD, services.add, TakerForm, when=_open, whose=_seated),
    Verb(services.WITHDRAW, services.withdraw, when=_open, whose=_withdrawable, confirm=True),
)


def _paper_of(case: Case, request: HttpRequest) -> str:
    """The page of what the case asks about, where the reader's books show it; nothing otherwise."""
    label, _, key = case.subject.partition(":")
    model = apps.get_model(label) if key else None
    register = addresses.REGISTERS.get(model) if model else None
    if register is None:
        return ""
    shown = register.visible(request.user, at=timezone.now()).filter(pk=int(key))
    return register.url("detail", int(key)) if shown.exists() else ""


class CaseRegister(Register):
    """审批件: what I asked for, what I may decide, what I may know."""

    model = Case
    slug = "cases"
    title = "审批件"
    columns = ("title", "summary", "applicant", "state", "opened_at", "closed_at")
    filters = ("state",)
    related = ("applicant", "label", "body")
    sections = (
        ("", ("title", "state", "applicant", "department", "opened_at", "valid_until")),
        ("申请内容", ("summary", "reason")),
    )
    verbs = VERBS

    def visible(self, person: Any, *, at: Any) -> Any:
        """Those I asked for or sit in; the registry and the office see every one they may know."""
        found = super().visible(person, at=at)
        if WATCHERS & posts_held(person, at=at):
            return found
        seats = Seat.objects.filter(person=person)
        return found.filter(Q(applicant=person) | Q(pk__in=seats.values("step__case")))

    def page(
        self, request: HttpRequest, part: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        if part == "detail":
            shown = selectors.case_page(
                context["row"], reader=person_of(request), at=timezone.now()
            )
            context |= {"shown": shown, "paper": _paper_of(context["row"], request)}
            return render(request, "desk/case.html", self._frame(context))
        return super().page(request, part, context, status)

    def _frame(self, context: dict[str, Any]) -> dict[str, Any]:
        return {"register": self, "title": self.title, "home": self.url("list")} | context


CASES = CaseRegister()
