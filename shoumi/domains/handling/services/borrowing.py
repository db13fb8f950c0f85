"""Borrowing a copy (借阅): ask, lend, sign, give back, check."""

from datetime import datetime, timedelta

from django.db import models

from shoumi.domains.handling import rules
from shoumi.domains.handling.models import Absence, Loan
from shoumi.domains.handling.services.gathering import (
    RECALL_DUTY,
    REGISTRAR,
    ChangedByOther,
    NotOnShelf,
    ask_for,
    case_of,
    check_not_recalled,
    due_by,
    numbered,
    step,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import ON_APPROVED, ON_REFUSED, spend
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.custody.services import (
    holder_of,
    offer_lines,
    registry_of,
    release,
    settle_lines,
    shift,
    withdraw_lines,
)
from shoumi.platform.directory.models import Person, Place
from shoumi.platform.obligations.due import Due, closing, due_tonight
from shoumi.platform.obligations.models import Duty, Reminder
from shoumi.platform.obligations.services import (
    cancel_all,
    duties_about,
    raise_duty,
    settle,
)
from shoumi.platform.obligations.services import remind as urge
from shoumi.platform.rulebook.figures import figure

MATTER = "handling.borrow"
PAGE = "handling-loans-detail"

REQUEST = Action("handling.borrow.request", "申请借阅", clause="carriers.borrow.record")
LEND = Action("handling.borrow.lend", "借出", clause="carriers.borrow.approval", posts=REGISTRAR)
ACCEPT = Action("handling.borrow.accept", "签收借阅件", clause="carriers.signed")
GIVE_BACK = Action("handling.borrow.give_back", "交还借阅件", clause="carriers.signed")
RETURN = Action(
    "handling.borrow.return", "归还查验", clause="carriers.borrow.return", posts=REGISTRAR
)
WITHDRAW = Action("handling.borrow.withdraw", "撤回借阅", clause="carriers.borrow.record")
REMIND = Action(
    "handling.borrow.remind",
    "催还",
    clause="obligations.remind.interval",
    posts=REGISTRAR | {"office_director"},
)
CANCEL = Action(
    "handling.borrow.cancel", "撤销借阅", clause="carriers.borrow.record", posts=REGISTRAR
)

State = Loan.State


class NotTheBorrower(Denied):
    """Only the borrower signs for, uses and gives back the copy."""

    def __init__(self) -> None:
        super().__init__(
            "借阅件由借阅人本人办理，不得代收、代还",
            clause="carriers.keeper",
            way_on="请借阅人本人登录办理",
        )


def request_borrow(
    *,
    actor: Person,
    subject: Item,
    at: datetime,
    purpose: str,
    days: int,
    reading_place: str,
    necessity: str = "",
    outside: str = "",
) -> Loan:
    """Reserve one copy and ask for it; who decides depends on its level and on the body's own way.

    What is lent to another body (对外借阅) stays on the account of whoever asked for it.
    """
    with act(actor, REQUEST, subject, at=at, days=days) as deed:
        level, today, body = subject.level, day_of(at), actor.body
        why = rules.check_written(purpose, "借阅事由", clause="carriers.borrow.record")
        longest = figure("carriers.borrow.longest", "days", on=today, body=body)
        rules.check_days(level, days, longest=longest)
        places = figure("carriers.borrow.place", "places", on=today, body=body)
        rules.check_reading_place(level, reading_place, places=places)
        _check_stays(actor, days=days, at=at)
        check_not_recalled([subject])
        if subject.holder_kind != Holder.Kind.PLACE or not subject.move(
            Item.State.HELD, Item.State.RESERVED
        ):
            raise NotOnShelf(subject.name, clause="carriers.borrow.one_copy")
        loan: Loan = Loan.objects.create(
            label=subject.label,
            body=body,
            number=numbered("借", "loans", body=body, at=at),
            asked_by=actor,
            asked_at=at,
            item=subject,
            purpose=why,
            necessity=necessity.strip(),
            outside=outside.strip(),
            days=days,
            reading_place=reading_place,
        )
        ask_for(
            loan,
            actor=actor,
            matter=MATTER,
            reason=necessity.strip() or why,
            at=at,
            summary=f"{subject.name} {_to_whom(loan)}借阅 {days} 天",
            conditions={
                "necessary": bool(necessity.strip()),
                "outside": bool(loan.outside),
                "scheme": figure("carriers.borrow.approval", "scheme", on=today, body=body),
            },
        )
        deed.note(loan=loan.number)
    return loan


def lend(*, actor: Person, subject: Loan, at: datetime) -> None:
    """Put the approved copy before the borrower; it stays in the registry's account till signed for."""
    with act(actor, LEND, subject, at=at, loan=subject.number):
        _check_stays(subject.asked_by, days=subject.days, at=at)
        spend(case_of(subject), at=at)
        item = subject.item
        handover = offer_lines(
            receiver=holder_of(body=subject.body, person=subject.asked_by),
            items=[item],
            reason=LEND.key,
            by=actor,
            at=at,
            due_at=due_tonight(start=at, body=subject.body).at,
            purpose="借阅",
            case_ref=subject.number,
            before=Item.State.RESERVED,
        )
        step(subject, State.APPROVED, State.OFFERED, lent_by=actor, outward=handover)
        settle(kind=LEND.key, subject=subject, evidence=handover, at=at)
        _of_borrower(subject, ACCEPT.key, f"签收借阅件 {item.name}", by=actor, at=at)


def accept(*, actor: Person, subject: Loan, at: datetime) -> None:
    """The borrower signs for the copy and answers for it until it is checked in again."""
    with act(actor, ACCEPT, subject, at=at, loan=subject.number):
        _must_borrow(actor, subject)
        if subject.outward is None:
            raise ChangedByOther()
        due_at = _due_back(subject, at=at)
        step(subject, State.OFFERED, State.LENT, lent_at=at, due_at=due_at)
        settle_lines(handover=subject.outward, by=actor, at=at)
        settle(kind=ACCEPT.key, subject=subject, evidence=subject.outward, at=at)
        _of_borrower(
            subject, RETURN.key, f"归还 {subject.item.name}", by=subject.lent_by, at=at, due=due_at
        )


def give_back(*, actor: Person, subject: Loan, at: datetime) -> None:
    """The borrower hands the copy over the counter; it is on their account until it was checked."""
    with act(actor, GIVE_BACK, subject, at=at, loan=subject.number):
        _must_borrow(actor, subject)
        handover = offer_lines(
            receiver=holder_of(body=subject.body, place=registry_of(subject.body_id)),
            items=[subject.item],
            reason=GIVE_BACK.key,
            by=actor,
            at=at,
            purpose="归还",
            case_ref=subject.number,
        )
        step(subject, State.LENT, State.GIVEN_BACK, given_back_at=at, homeward=handover)
        _settle_return(subject, evidence=handover, at=at)
        _of_registry(subject, GIVE_BACK.key, f"归还查验 {subject.item.name}", at=at)


def return_copy(
    *,
    actor: Person,
    subject: Loan,
    at: datetime,
    intact: bool,
    condition: str = "",
    place: Place | None = None,
) -> None:
    """Check the copy in: number, pages, state; the registrar's signature relieves the borrower."""
    with act(actor, RETURN, subject, at=at, loan=subject.number) as deed:
        if not intact:
            rules.check_written(condition, "破损、缺页等情况", clause="carriers.borrow.return")
        found = {"returned_at": at, "checked_by": actor, "intact": intact}
        found["condition"] = condition.strip()
        item, given_back = subject.item, subject.homeward
        if given_back is None:
            step(subject, State.LENT, State.RETURNED, **found)
            _take_in(subject, item, place=place, at=at)
        else:
            step(subject, State.GIVEN_BACK, State.RETURNED, **found)
            settle_lines(handover=given_back, by=actor, at=at, place=place)
        _settle_return(subject, evidence=subject, at=at)
        settle(kind=GIVE_BACK.key, subject=subject, evidence=subject, at=at)
        deed.note(late=subject.due_at is not None and subject.due_at < at, intact=intact)


def withdraw_borrow(*, actor: Person, subject: Loan, at: datetime) -> None:
    """The borrower needs the copy no longer: what was approved and not yet lent is released."""
    with act(actor, WITHDRAW, subject, at=at, loan=subject.number):
        _must_borrow(actor, subject)
        step(subject, State.APPROVED, State.WITHDRAWN, condition="借阅人撤回")
        release(subject.item)
        cancel_all(kind=LEND.key, subject=subject, reason="借阅人撤回", at=at)


def cancel(*, actor: Person, subject: Loan, at: datetime, reason: str) -> None:
    """The registrar puts an unclaimed copy back on the shelf: nobody came, or the approval ran out."""
    with act(actor, CANCEL, subject, at=at, loan=subject.number):
        why = rules.check_written(reason, "撤销原因", clause="carriers.borrow.record")
        if subject.outward is None:
            step(subject, State.APPROVED, State.WITHDRAWN, condition=why)
            release(subject.item)
        else:
            step(subject, State.OFFERED, State.WITHDRAWN, condition=why)
            withdraw_lines(handover=subject.outward, by=actor, at=at)
        for kind in (LEND.key, ACCEPT.key):
            cancel_all(kind=kind, subject=subject, reason=why, at=at)


def remind(*, actor: Person, subject: Loan, at: datetime, words: str) -> Reminder:
    """催还: urge the borrower; counted, and not more often than the clause allows."""
    duty = open_duty(subject)
    if duty is None:
        raise Refusal(
            "该件没有待签收或者待归还的事项",
            clause="obligations.remind.interval",
            way_on="不必催办",
        )
    return urge(actor=actor, subject=duty, words=words, at=at)


def open_duty(loan: Loan) -> Duty | None:
    """What the borrower still has to do about the copy."""
    for kind in (RETURN.key, ACCEPT.key):
        for duty in duties_about(loan, kind=kind):
            return duty
    return None


def _check_stays(borrower: Person, *, days: int, at: datetime) -> None:
    """Nothing is lent for days on which the borrower is away. Clause: carriers.borrow.away."""
    today = day_of(at)
    away = Absence.of(borrower.pk, first=today, last=today + timedelta(days=days))
    rules.check_not_away(away.leaves_on if away else None)


def _to_whom(loan: Loan) -> str:
    return f"对外（{loan.outside}）" if loan.outside else ""


def _granted(case: Case, *, actor: Person, at: datetime) -> None:
    loan = Loan.named(case.subject)
    step(loan, State.REQUESTED, State.APPROVED)
    due = due_by("carriers.borrow.record", body=loan.body, at=at)
    _of_registry(loan, LEND.key, f"借出 {loan.item.name}", at=at, due=due)


def _not_granted(case: Case, *, actor: Person, at: datetime) -> None:
    loan = Loan.named(case.subject)
    taken_back = case.state == Case.State.WITHDRAWN
    step(loan, State.REQUESTED, State.WITHDRAWN if taken_back else State.REFUSED)
    release(loan.item)


def _due_back(loan: Loan, *, at: datetime) -> datetime:
    """The end of the last day; at 绝密 tonight. Clauses: carriers.borrow.longest, carriers.overnight."""
    today = day_of(at)
    last = rules.last_day(Level(loan.label.level), lent=today, days=loan.days)
    if last == today:
        return due_tonight(start=at, body=loan.body).at
    return closing(last, body=loan.body)


def _of_borrower(
    loan: Loan,
    kind: str,
    text: str,
    *,
    by: Person | None,
    at: datetime,
    due: datetime | None = None,
) -> None:
    raise_duty(
        kind=kind,
        clause="carriers.borrow.longest",
        text=text,
        due=due or due_tonight(start=at, body=loan.body),
        at=at,
        person=loan.asked_by,
        label=loan.label,
        subject=loan,
        url_name=PAGE,
        url_pk=loan.pk,
        raised_by=by,
    )


def _of_registry(loan: Loan, kind: str, text: str, *, at: datetime, due: Due | None = None) -> None:
    raise_duty(
        kind=kind,
        clause="carriers.borrow.record",
        text=text,
        due=due or due_tonight(start=at, body=loan.body),
        at=at,
        body=loan.body,
        post="registrar",
        label=loan.label,
        subject=loan,
        url_name=PAGE,
        url_pk=loan.pk,
        raised_by=loan.asked_by,
    )


def _take_in(loan: Loan, item: Item, *, place: Place | None, at: datetime) -> None:
    """Off the borrower's account; nothing moves where it was given back by the common way before."""
    if item.holder_kind == Holder.Kind.PERSON:
        where = place or item.home or registry_of(loan.body_id)
        to = holder_of(body=loan.body, place=where)
        shift(item=item, to=to, reason=RETURN.key, at=at, case_ref=loan.number)


def _settle_return(loan: Loan, *, evidence: models.Model, at: datetime) -> None:
    """The borrower has done what was asked, also where the issuer had called the copy in."""
    settle(kind=RETURN.key, subject=loan, evidence=evidence, at=at)
    settle(kind=RECALL_DUTY, subject=loan.item, evidence=loan, at=at)


def _must_borrow(actor: Person, loan: Loan) -> None:
    if loan.asked_by_id != actor.pk:
        raise NotTheBorrower()


ON_APPROVED[MATTER] = _granted
ON_REFUSED[MATTER] = _not_granted
