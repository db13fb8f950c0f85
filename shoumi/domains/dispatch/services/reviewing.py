"""核稿、会签、定密、审查签发: who must agree, in the order that may not be turned round."""

from datetime import datetime

from shoumi.domains.classification.models import Matter
from shoumi.domains.classification.services.deriving import ground_of, sources_for
from shoumi.domains.classification.services.lettering import (
    enter_letter,
    mark_for,
    withdraw_letter,
)
from shoumi.domains.dispatch.models import Countersign, Letter
from shoumi.domains.dispatch.rules import drafting
from shoumi.domains.dispatch.services.drafting import REVIEW_MATTER, NotTheDrafter, listed_people
from shoumi.domains.dispatch.services.moving import (
    HEAD,
    PAGE,
    ChangedByOther,
    expect,
    heads_of,
    in_turn,
    step,
)
from shoumi.domains.documents.services.unpacking import owe
from shoumi.kernel.levels import Level
from shoumi.kernel.marks import expires_on
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.grades import check_within_grade, is_above_grade
from shoumi.platform.access.services import relevel
from shoumi.platform.access.subjects import day_of
from shoumi.platform.approvals.models import Case, Vote
from shoumi.platform.approvals.services import ON_APPROVED, ON_REFUSED, open_case
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.due import due_in_hours
from shoumi.platform.obligations.services import cancel_all, raise_duty, settle
from shoumi.platform.rulebook.figures import figure

SIGN_MATTER = "dispatch.sign"

COUNTERSIGN = Action(
    "dispatch.countersign", "会签同意", clause="dispatch.countersign", posts=frozenset({HEAD})
)
DECLINE = Action(
    "dispatch.decline", "会签不同意", clause="dispatch.countersign", posts=frozenset({HEAD})
)
CLASSIFY = Action(
    "dispatch.classify",
    "定密",
    clause="dispatch.classify",
    posts=frozenset({"classification_authority"}),
)
PRESENT = Action("dispatch.present", "重新送签", clause="dispatch.sign")
NUMBER_DUTY = "dispatch.number"

State = Letter.State


def countersign(*, actor: Person, subject: Countersign, at: datetime, opinion: str) -> Countersign:
    """A department agrees in words; the last one takes the letter further."""
    letter = subject.letter
    with act(actor, COUNTERSIGN, subject, at=at, draft=letter.draft_number):
        _say(actor, subject, Countersign.State.AGREED, opinion, at=at)
        in_turn(letter)
        asked = Countersign.all_of(letter)
        if not asked.exclude(state=Countersign.State.AGREED).exists():
            _to_classification(letter, before=State.COSIGN, by=actor, at=at)
    return subject


def decline(*, actor: Person, subject: Countersign, at: datetime, opinion: str) -> Countersign:
    """A department does not agree: the draft goes back, to be talked over before it is sent again."""
    letter = subject.letter
    with act(actor, DECLINE, subject, at=at, draft=letter.draft_number):
        _say(actor, subject, Countersign.State.DECLINED, opinion, at=at)
        step(letter, State.COSIGN, State.DRAFT, state_at=at)
        for other in Countersign.all_of(letter):
            cancel_all(kind=COUNTERSIGN.key, subject=other, reason=subject, at=at)
        _back_to_drafter(letter, f"{letter.draft_number} 会签未达成一致，协商后重新送核", at=at)
    return subject


def classify(
    *,
    actor: Person,
    subject: Letter,
    at: datetime,
    mark: str,
    basis: str = "",
    matter: Matter | None = None,
    sources: str = "",
    likeness: str = "",
) -> Letter:
    """定密: level, period and ground are decided before anybody signs; then the examination begins.

    A matter of the list fixes the level; sources (by number) make it a derived one, with their mark.
    """
    with act(actor, CLASSIFY, subject, at=at, draft=subject.draft_number) as deed:
        if actor.pk == subject.drafted_by_id:
            raise Denied(
                "拟稿人不得为本人所拟文件定密",
                clause="dispatch.classify",
                way_on="请其他定密责任人办理",
            )
        expect(subject, State.CLASSIFY)
        limits = figure("marks.period.limit", "years", on=day_of(at), body=subject.body)
        read, expiry = drafting.read_mark(mark, limits=limits, start=day_of(at))
        found = sources_for(sources, likeness, reader=actor, at=at)
        read = mark_for(read, matter=matter, sources=found)
        expiry = expires_on(read, day_of(at)) if found else expiry
        ground = basis.strip() or ground_of(matter, found)
        if subject.is_shell:
            _check_shell_stays(read.level)
        else:
            check_within_grade(read.level)
            drafting.check_basis(read.level, ground)
        proposed = subject.level
        if read.level != proposed:
            relevel(subject.label, level=read.level)
        decided = {
            "mark_text": str(read),
            "period_kind": read.period.kind.value,
            "expires_on": expiry,
            "basis": "" if subject.is_shell else ground,
            "classified_by": actor,
            "classified_at": at,
        }
        for name, value in decided.items():
            setattr(subject, name, value)
        enter_letter(
            subject.label,
            body=subject.body,
            mark=read,
            expires=expiry,
            basis=subject.basis,
            matter=matter,
            sources=found,
            likeness=likeness,
            drafted_by=subject.drafted_by,
            drafted_at=subject.drafted_at,
            department=subject.department,
            by=actor,
            at=at,
        )
        case = _to_be_signed(subject, at=at)
        step(subject, State.CLASSIFY, State.SIGNING, signing=case, state_at=at, **decided)
        settle(kind=CLASSIFY.key, subject=subject, evidence=subject, at=at)
        deed.note(proposed=int(proposed), level=int(read.level))
    return subject


def present(*, actor: Person, subject: Letter, at: datetime) -> Letter:
    """重新送签: the signature ran out before a number was given, or a fault was seen in time."""
    with act(actor, PRESENT, subject, at=at, draft=subject.draft_number):
        if actor.pk != subject.drafted_by_id:
            raise NotTheDrafter()
        expect(subject, State.SIGNED)
        case = _to_be_signed(subject, at=at)
        unsigned = {"signed_by": None, "signed_at": None, "issued_on": None}
        step(subject, State.SIGNED, State.SIGNING, signing=case, state_at=at, **unsigned)
        cancel_all(kind=NUMBER_DUTY, subject=subject, reason=case, at=at)
    return subject


def _to_be_signed(letter: Letter, *, at: datetime) -> Case:
    """审查签发: asked for by the drafter, so that nobody signs what is their own."""
    return open_case(
        actor=letter.drafted_by,
        matter=SIGN_MATTER,
        subject=letter,
        label=letter.label,
        reason=letter.necessity or "见纸质草稿",
        at=at,
        summary=f"{letter.draft_number} {letter.genre}",
    )


def _check_shell_stays(level: Level) -> None:
    if not is_above_grade(level):
        raise Refusal(
            "空壳登记的草稿定为较低密级的，不再是空壳",
            clause="grades.shell",
            way_on="请拟稿人撤稿，按较低密级重新拟稿",
        )


def _say(actor: Person, row: Countersign, state: str, opinion: str, *, at: datetime) -> None:
    """One department's word, given by its head."""
    letter = row.letter
    if actor.pk not in {p.pk for p in heads_of(row.department, body=letter.body, at=at)}:
        raise Denied(
            f"会签由{row.department}负责人办理",
            clause="dispatch.countersign",
            way_on="请该部门负责人办理",
        )
    expect(letter, State.COSIGN)
    words = drafting.check_written(opinion, "会签意见", clause="dispatch.countersign")
    step(row, Countersign.State.WAITING, state, person=actor, opinion=words, at=at)
    settle(kind=COUNTERSIGN.key, subject=row, evidence=row, at=at)


def _reviewed(case: Case, *, actor: Person, at: datetime) -> None:
    """核稿 is done: other departments are asked, or the letter goes to the classification authority."""
    letter = Letter.named(case.subject)
    asked = list(Countersign.all_of(letter))
    if not asked:
        _to_classification(letter, before=State.REVIEW, by=actor, at=at)
        return
    step(letter, State.REVIEW, State.COSIGN, state_at=at)
    hours = figure("dispatch.countersign", "hours", on=day_of(at), body=letter.body)
    for row in asked:
        heads = heads_of(row.department, body=letter.body, at=at)
        listed_people(letter, heads, basis=f"{letter.draft_number} 会签", at=at)
        asking = row if row.state == Countersign.State.LISTED else _asked_anew(row)
        step(asking, Countersign.State.LISTED, Countersign.State.WAITING)
        _ask(asking, due_hours=hours, by=actor, at=at)


def _asked_anew(row: Countersign) -> Countersign:
    """A letter that came back asks again; what was said about the earlier draft stays as it was said."""
    step(row, row.state, Countersign.State.VOID)
    fresh: Countersign = Countersign.objects.create(
        label=row.label, letter=row.letter, department=row.department
    )
    return fresh


def _ask(row: Countersign, *, due_hours: int, by: Person, at: datetime) -> None:
    letter = row.letter
    raise_duty(
        kind=COUNTERSIGN.key,
        clause="dispatch.countersign",
        text=f"会签 {letter.draft_number}",
        due=due_in_hours(due_hours, start=at, body=letter.body),
        at=at,
        body=letter.body,
        post=HEAD,
        department=row.department,
        label=letter.label,
        subject=row,
        url_name="dispatch-countersigns-detail",
        url_pk=row.pk,
        raised_by=by,
    )


def _to_classification(letter: Letter, *, before: str, by: Person, at: datetime) -> None:
    step(letter, before, State.CLASSIFY, state_at=at)
    hours = figure("dispatch.classify", "hours", on=day_of(at), body=letter.body)
    owe(
        letter,
        CLASSIFY.key,
        clause="dispatch.classify",
        text=f"为 {letter.draft_number} 定密",
        due=due_in_hours(hours, start=at, body=letter.body),
        at=at,
        by=by,
        page=PAGE,
        post="classification_authority",
    )


def _signed(case: Case, *, actor: Person, at: datetime) -> None:
    """签发: the last signature is the issuing one, and its day is the day of issue (成文日期)."""
    letter = Letter.named(case.subject)
    today = day_of(at)
    limits = figure("marks.period.limit", "years", on=today, body=letter.body)
    # The period is counted from the day of issue, which nobody knew when the level was decided.
    marked = letter.mark_text or Level.PUBLIC.label
    _, expiry = drafting.read_mark(marked, limits=limits, start=today)
    signed = {"signed_by": actor, "signed_at": at, "issued_on": today, "expires_on": expiry}
    step(letter, State.SIGNING, State.SIGNED, state_at=at, **signed)
    hours = figure("dispatch.number", "hours", on=today, body=letter.body)
    owe(
        letter,
        NUMBER_DUTY,
        clause="dispatch.number",
        text=f"编号登记 {letter.draft_number}",
        due=due_in_hours(hours, start=at, body=letter.body),
        at=at,
        by=actor,
        page=PAGE,
        post="registrar",
    )


def _turned_down(case: Case, *, actor: Person, at: datetime) -> None:
    """Refused means 「不发」 with its reason; sent back or taken back, the draft is open again."""
    letter = Letter.named(case.subject)
    if letter.state not in (State.REVIEW, State.SIGNING):
        raise ChangedByOther()
    withdraw_letter(letter.label)
    if case.state == Case.State.REFUSED:
        last = Vote.objects.filter(step__case=case).order_by("-id").first()
        why = last.opinion[:200] if last is not None and not letter.is_shell else "见纸质草稿"
        step(letter, letter.state, State.DROPPED, dropped_reason=why, state_at=at)
        return
    step(letter, letter.state, State.DRAFT, classified_by=None, classified_at=None, state_at=at)
    if case.state == Case.State.RETURNED:
        _back_to_drafter(letter, f"{letter.draft_number} 退回修改", at=at)


def _back_to_drafter(letter: Letter, text: str, *, at: datetime) -> None:
    hours = figure("dispatch.review", "hours", on=day_of(at), body=letter.body)
    owe(
        letter,
        "dispatch.submit",
        clause="dispatch.review",
        text=text,
        due=due_in_hours(hours, start=at, body=letter.body),
        at=at,
        by=None,
        page=PAGE,
        person=letter.drafted_by,
    )


ON_APPROVED[REVIEW_MATTER] = _reviewed
ON_REFUSED[REVIEW_MATTER] = _turned_down
ON_APPROVED[SIGN_MATTER] = _signed
ON_REFUSED[SIGN_MATTER] = _turned_down
