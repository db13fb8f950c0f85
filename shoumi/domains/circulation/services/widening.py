"""扩大知悉范围: further people may know a paper only after the approval that its level asks for."""

from collections.abc import Sequence
from datetime import datetime

from shoumi.domains.circulation.models import Widening
from shoumi.domains.documents.models import Document
from shoumi.domains.documents.services.receiving import check_cleared
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.services import widen as let_know
from shoumi.platform.access.subjects import day_of, label_of, person_principal
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import ON_APPROVED, ON_REFUSED, open_case
from shoumi.platform.directory.models import Person

WIDEN = Action("circulation.widen", "申请扩大知悉范围", clause="circulation.widen")

State = Widening.State


def widen(
    *,
    actor: Person,
    subject: Document,
    at: datetime,
    people: Sequence[Person],
    reason: str,
    consent_number: str = "",
) -> Widening:
    """Ask that these people may know the paper; nobody is let in before the last approver agreed."""
    with act(actor, WIDEN, subject, at=at, people=[p.pk for p in people]) as deed:
        check_cleared(people, level=subject.level, body=subject.body, at=at)
        listed = label_of(subject.label, on=day_of(at))
        open_ones = Widening.objects.visible_to(actor, at=at).filter(
            document=subject, state=State.ASKED
        )
        asked = {pk for keys in open_ones.values_list("people", flat=True) for pk in keys}
        fresh = [
            person
            for person in dict.fromkeys(people)
            if person.pk not in asked and person_principal(person.pk) not in listed
        ]
        if not fresh:
            raise Refusal(
                "所选人员已在知悉范围内，或者已有申请在审批中",
                clause=WIDEN.clause,
                way_on="不必重复申请",
            )
        if subject.level == Level.PUBLIC:
            raise Refusal("公开件不需扩大知悉范围", clause=WIDEN.clause, way_on="由机要员直接送阅")
        request: Widening = Widening.objects.create(
            label=subject.label,
            document=subject,
            asked_by=actor,
            asked_at=at,
            people=[p.pk for p in fresh],
            names="、".join(p.name for p in fresh)[:300],
            reason=reason.strip(),
            consent_number=consent_number.strip(),
        )
        open_case(
            actor=actor,
            matter=WIDEN.key,
            subject=request,
            label=subject.label,
            reason=reason,
            at=at,
            conditions={"originator_consent": bool(consent_number.strip())},
            summary=f"{subject.number} 增加 {len(fresh)} 人",
        )
        deed.note(request=request.pk)
    return request


def _grant(case: Case, *, actor: Person, at: datetime) -> None:
    """Inside the act of the last vote: those still cleared are listed."""
    request = Widening.named(case.subject)
    people = list(Person.objects.filter(pk__in=request.people))
    document = request.document
    check_cleared(people, level=document.level, body=document.body, at=at)
    let_know(
        document.label,
        principals=[person_principal(p.pk) for p in people],
        basis=f"{document.number} 扩大知悉范围 {case.pk}",
        on=day_of(at),
    )
    request.move(before=State.ASKED, after=State.GRANTED, settled_at=at)


def _leave_out(case: Case, *, actor: Person, at: datetime) -> None:
    request = Widening.named(case.subject)
    request.move(before=State.ASKED, after=State.REFUSED, settled_at=at)


ON_APPROVED[WIDEN.key] = _grant
ON_REFUSED[WIDEN.key] = _leave_out
