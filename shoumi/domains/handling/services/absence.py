"""外出登记: give everything back, go, and report back."""

from datetime import date, datetime

from shoumi.domains.handling import rules
from shoumi.domains.handling.models import Absence, Loan
from shoumi.domains.handling.services.gathering import numbered, step
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import day_of, person_principal, post_principal
from shoumi.platform.directory.models import Person
from shoumi.platform.directory.selectors import holders_of
from shoumi.platform.obligations.due import closing
from shoumi.platform.obligations.services import raise_duty, settle

CLAUSE = "carriers.borrow.away"
TOLD = ("registrar", "office_director", "secrecy_office")
HEAD = "department_head"

ENTER = Action("handling.absence.enter", "登记外出", clause=CLAUSE)
END = Action("handling.absence.end", "返回销假", clause=CLAUSE)


def enter_absence(
    *,
    actor: Person,
    at: datetime,
    kind: str,
    destination: str,
    leaves_on: date,
    returns_on: date,
) -> Absence:
    """Whoever goes away has given back what was borrowed; what is carried has its own approval."""
    with act(actor, ENTER, at=at) as deed:
        today = day_of(at)
        where = rules.check_written(destination, "目的地", clause=CLAUSE)
        if leaves_on < today or returns_on < leaves_on:
            raise Refusal(
                "外出的起止日期不对：离开不早于今日，返回不早于离开",
                clause=CLAUSE,
                way_on="请改正日期",
            )
        if Absence.of(actor.pk, first=leaves_on, last=returns_on) is not None:
            raise Refusal(
                "这几日已有外出登记", clause=CLAUSE, way_on="先办理返回销假，再登记新的外出"
            )
        rules.check_nothing_kept(Loan.borrowed_by(actor.pk))
        number = numbered("外", "absences", body=actor.body, at=at)
        principals = {post_principal(post, actor.body_id) for post in TOLD}
        principals |= {person_principal(head.pk) for head in _heads(actor, on=today)}
        absence: Absence = Absence.objects.create(
            label=label_for(
                level=Level.INTERNAL,
                body=actor.body,
                principals=principals | {person_principal(actor.pk)},
                basis="外出登记",
                on=today,
            ),
            body=actor.body,
            number=number,
            asked_by=actor,
            asked_at=at,
            kind=kind,
            destination=where,
            leaves_on=leaves_on,
            returns_on=returns_on,
        )
        deed.subject = absence
        # Whoever is not back in time is brought before the next level, as any late duty is.
        raise_duty(
            kind=END.key,
            clause="personnel.watch.absent",
            text=f"返回销假（{number}）",
            due=closing(returns_on, body=actor.body),
            at=at,
            person=actor,
            label=absence.label,
            subject=absence,
            url_name="handling-absences-detail",
            url_pk=absence.pk,
        )
    return absence


def _heads(person: Person, *, on: date) -> list[Person]:
    """The heads of the very department, a stand-in among them; those of others have no part in it."""
    if person.department_id is None:
        return []
    return holders_of(HEAD, body=person.body, on=on, department_id=person.department_id)


def end_absence(*, actor: Person, subject: Absence, at: datetime) -> None:
    """Back in the office: borrowing is open again."""
    with act(actor, END, subject, at=at, absence=subject.number):
        if subject.asked_by_id != actor.pk:
            raise Denied("返回销假由本人办理", clause=CLAUSE, way_on="请外出人本人登录办理")
        step(subject, Absence.State.AWAY, Absence.State.BACK, back_at=at)
        settle(kind=END.key, subject=subject, evidence=subject, at=at)
