"""拟稿、修改、送核: a draft bears its mark, says why it is needed, and names whom it shall go to."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from shoumi.domains.dispatch.models import Countersign, Letter, Recipient
from shoumi.domains.dispatch.rules import distribution, drafting
from shoumi.domains.dispatch.services.moving import (
    expect,
    heads_of,
    numbered,
    principals_for,
    step,
)
from shoumi.domains.documents.models import Document
from shoumi.kernel.levels import Label as PureLabel
from shoumi.kernel.levels import may_know
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.grades import is_above_grade
from shoumi.platform.access.services import label_for, relevel, widen
from shoumi.platform.access.subjects import day_of, person_principal, subject_of
from shoumi.platform.approvals.services import open_case
from shoumi.platform.directory.models import Body, Department, Person
from shoumi.platform.obligations.services import cancel_all, settle
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

REVIEW_MATTER = "dispatch.review"

DRAFT = Action("dispatch.draft", "拟稿", clause="dispatch.draft")
REVISE = Action("dispatch.revise", "修改草稿", clause="dispatch.draft")
SUBMIT = Action("dispatch.submit", "送核", clause="dispatch.review")
DROP = Action("dispatch.drop", "撤稿", clause="dispatch.necessity")
for _kind in ("refuse", "mark", "record", "count"):
    Control("dispatch.check_draft", kind=_kind, label="草稿核对")

# Kinds of paper that stand only in listed situations, each under its clause.
SITUATIONS = {
    "决议": "dispatch.genre.resolution",
    "决定": "dispatch.genre.decision",
    "命令": "dispatch.genre.order",
}

# What the drafter writes; everything else of a letter comes from an act of its own.
WRITTEN = (
    "form",
    "genre",
    "purpose",
    "situation",
    "meeting",
    "urgency",
    "print_run",
    "is_shell",
    "title",
    "necessity",
    "paper_reason",
    "basis",
    "subject_words",
    "earlier",
    "exception",
    "is_published",
    "is_returnable",
    "reply_to",
    "mark_text",
    "period_kind",
    "expires_on",
)

State = Letter.State


class NotTheDrafter(Denied):
    """A draft is changed, sent on and withdrawn by whoever wrote it."""

    def __init__(self) -> None:
        super().__init__(
            "草稿由拟稿人本人办理", clause="dispatch.draft", way_on="请拟稿人本人登录办理"
        )


def draft(
    *,
    actor: Person,
    at: datetime,
    distribution_list: str,
    countersigners: Sequence[Department] = (),
    **written: Any,
) -> Letter:
    """Begin a letter: everything the review will ask for is there and the mark is on it."""
    with act(actor, DRAFT, at=at) as deed:
        letter = Letter(body=actor.body, department=actor.department, drafted_by=actor)
        level = _write(letter, at=at, **written)
        people = [actor, *heads_of(actor.department, body=actor.body, at=at)]
        principals = principals_for(people, body=actor.body)
        if not may_know(subject_of(actor, at), PureLabel(level, frozenset(principals))).allowed:
            raise Denied(
                f"您的涉密等级低于{level.label}，不得拟稿",
                clause="access.clearance",
                way_on="请交涉密等级相符的人员拟稿",
            )
        letter.label = label_for(
            level=level, body=actor.body, principals=principals, basis="拟稿", on=day_of(at)
        )
        letter.draft_number = numbered("稿", "drafts", body=actor.body, at=at)
        letter.drafted_at = letter.state_at = at
        letter.save()
        deed.subject = letter
        _write_list(letter, distribution_list, at=at)
        _list_countersigners(letter, countersigners, at=at)
        deed.note(draft=letter.draft_number, level=int(level), shell=letter.is_shell)
    return letter


def revise(
    *,
    actor: Person,
    subject: Letter,
    at: datetime,
    distribution_list: str,
    countersigners: Sequence[Department] = (),
    **written: Any,
) -> Letter:
    """Write the draft anew; whoever was asked before is asked again."""
    with act(actor, REVISE, subject, at=at, draft=subject.draft_number) as deed:
        _must_draft(actor, subject)
        expect(subject, State.DRAFT)
        before = subject.level
        level = _write(subject, at=at, **written)
        if level != before:
            relevel(subject.label, level=level)
        step(
            subject, State.DRAFT, State.DRAFT, **{name: getattr(subject, name) for name in WRITTEN}
        )
        for line in Recipient.all_of(subject):
            step(line, Recipient.State.LISTED, Recipient.State.VOID)
        _write_list(subject, distribution_list, at=at)
        Countersign.all_of(subject).update(state=Countersign.State.VOID)
        _list_countersigners(subject, countersigners, at=at)
        deed.note(level=int(level))
    return subject


def submit(*, actor: Person, subject: Letter, at: datetime) -> Letter:
    """Send the draft to the office for review: the first stop outside the drafting department."""
    with act(actor, SUBMIT, subject, at=at, draft=subject.draft_number):
        _must_draft(actor, subject)
        expect(subject, State.DRAFT)
        case = open_case(
            actor=actor,
            matter=REVIEW_MATTER,
            subject=subject,
            label=subject.label,
            reason=subject.necessity or "见纸质草稿",
            at=at,
            summary=f"{subject.draft_number} {subject.genre}",
        )
        changes = {"review": case, "round": subject.round + 1, "state_at": at}
        step(subject, State.DRAFT, State.REVIEW, **changes)
        settle(kind=SUBMIT.key, subject=subject, evidence=case, at=at)
    return subject


def drop(*, actor: Person, subject: Letter, at: datetime, reason: str) -> Letter:
    """The drafter gives the letter up: what need not be sent is not sent."""
    with act(actor, DROP, subject, at=at, draft=subject.draft_number):
        _must_draft(actor, subject)
        why = drafting.check_written(reason, "撤稿原因", clause="dispatch.necessity")
        step(subject, State.DRAFT, State.DROPPED, dropped_reason=why, state_at=at)
        cancel_all(kind=SUBMIT.key, subject=subject, reason=why, at=at)
    return subject


def _must_draft(actor: Person, letter: Letter) -> None:
    if letter.drafted_by_id != actor.pk:
        raise NotTheDrafter()


def _write(
    letter: Letter,
    *,
    at: datetime,
    form: str,
    genre: str,
    purpose: str,
    mark: str,
    urgency: str,
    print_run: int,
    title: str = "",
    situation: str = "",
    meeting: str = "",
    necessity: str = "",
    paper_reason: str = "",
    basis: str = "",
    subject_words: str = "",
    earlier: str = "",
    exception: str = "",
    is_published: bool = False,
    is_returnable: bool = False,
    reply_to: Document | None = None,
) -> Any:
    """Check the words of a draft and put them into the row; its level."""
    body, today = letter.body, day_of(at)
    limits = figure("marks.period.limit", "years", on=today, body=body)
    read, expiry = drafting.read_mark(mark, limits=limits, start=today)
    is_shell = is_above_grade(read.level)
    drafting.check_format(title, genre, is_shell=is_shell)
    if not is_shell:
        drafting.check_basis(read.level, basis)
    listed = {
        kind: (clause, figure(clause, "situations", on=today, body=body))
        for kind, clause in SITUATIONS.items()
    }
    drafting.check_genre(genre, situation=situation, meeting=meeting, situations=listed)
    drafting.check_necessity(
        is_paper=form != drafting.Form.TELEGRAM,
        necessity=necessity,
        paper_reason=paper_reason,
        is_shell=is_shell,
    )
    sent = earlier.strip()
    if not sent and title and form != drafting.Form.TELEGRAM:
        sent = Letter.signals_about(title.strip(), body=body, other_than=letter.pk)
    drafting.check_once(earlier=sent, exception=exception)
    letter.form, letter.genre, letter.purpose = form, genre, purpose
    letter.situation = situation if genre in SITUATIONS else ""
    letter.meeting, letter.urgency, letter.print_run = meeting.strip(), urgency, print_run
    letter.is_shell, letter.title = is_shell, title.strip()
    letter.necessity = "" if is_shell else necessity.strip()
    letter.paper_reason = "" if is_shell else paper_reason.strip()
    letter.basis = "" if is_shell else basis.strip()
    letter.subject_words = "" if is_shell else subject_words.strip()
    letter.earlier, letter.exception = sent, exception.strip()
    letter.is_published, letter.is_returnable = is_published, is_returnable
    letter.reply_to = reply_to
    letter.mark_text, letter.period_kind = str(read), read.period.kind.value
    letter.expires_on = expiry
    return read.level


def _write_list(letter: Letter, text: str, *, at: datetime) -> None:
    """The distribution list, every name of it known; sum and print run agree."""
    entries = distribution.read_list(text)
    most = figure("dispatch.published", "most", on=day_of(at), body=letter.body)
    drafting.check_print_run(
        letter.print_run,
        listed=distribution.total(entries),
        is_published=letter.is_published,
        published_most=most,
    )
    for entry in entries:
        Recipient.objects.create(
            label=letter.label,
            letter=letter,
            role=Recipient.Role.COPIED if entry.is_copied else Recipient.Role.MAIN,
            name=entry.name,
            copies=entry.copies,
            reason=entry.reason if entry.is_personal else "",
            **_named(entry, body=letter.body),
        )


def _named(entry: distribution.Entry, *, body: Body) -> dict[str, Any]:
    """Whom a line of the list means: our department, another body, or a person of ours."""
    if entry.is_personal:
        people = list(Person.objects.filter(body=body, active=True, name=entry.name)[:2])
        if len(people) == 1:
            return {"person": people[0]}
    else:
        department = Department.objects.filter(body=body, name=entry.name).first()
        if department is not None:
            return {"department": department}
        unit = Body.objects.filter(name=entry.name).exclude(pk=body.pk).first()
        if unit is not None:
            return {"unit": unit}
    raise Refusal(
        f"「{entry.name}」不在单位名录中",
        clause="dispatch.distribution",
        way_on="核对名称；往来单位尚未登记的，先由机要员登记往来单位",
    )


def _list_countersigners(
    letter: Letter, departments: Iterable[Department], *, at: datetime
) -> None:
    """Which other departments must agree; one without a head could not be asked."""
    for department in departments:
        if department.pk == letter.department_id:
            continue
        if not heads_of(department, body=letter.body, at=at):
            raise Refusal(
                f"{department}没有在任的负责人，无法会签",
                clause="dispatch.countersign",
                way_on="请先明确该部门负责人，或者改选会签部门",
            )
        Countersign.objects.create(label=letter.label, letter=letter, department=department)


def listed_people(letter: Letter, people: Iterable[Person], *, basis: str, at: datetime) -> None:
    """Let some people know the letter because they have a part in it."""
    principals = {person_principal(person.pk) for person in people}
    widen(letter.label, principals=principals, basis=basis, on=day_of(at))
