"""编号登记、印制登记: a number only after the signature, copies only as many as were approved."""

from datetime import datetime

from shoumi.domains.classification.services.lettering import file_letter
from shoumi.domains.dispatch.models import Letter, Recipient
from shoumi.domains.dispatch.rules import distribution
from shoumi.domains.dispatch.rules.drafting import Form
from shoumi.domains.dispatch.services.moving import PAGE, REGISTRAR, expect, step
from shoumi.domains.documents.services.outgoing import file_outgoing
from shoumi.domains.documents.services.unpacking import owe
from shoumi.kernel.numbering import DocumentNumber, parse_number, print_copy_number
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.approvals.services import spend
from shoumi.platform.directory.models import Person, Place
from shoumi.platform.numbering.services import allot
from shoumi.platform.obligations.due import due_in_hours
from shoumi.platform.obligations.services import settle
from shoumi.platform.rulebook.figures import figure

NUMBER = Action("dispatch.number", "编号登记", clause="dispatch.number", posts=REGISTRAR)
PRINT = Action("dispatch.print", "印制登记", clause="dispatch.print", posts=REGISTRAR)

State = Letter.State


def number(*, actor: Person, subject: Letter, at: datetime, suffix: str = "") -> Letter:
    """Enter the signed letter in the book: 机关代字〔年份〕顺序号, one series for each word, without gaps."""
    with act(actor, NUMBER, subject, at=at, draft=subject.draft_number) as deed:
        expect(subject, State.SIGNED)
        if subject.signing is None or subject.issued_on is None:
            raise Refusal(
                "尚未签发，不得编号", clause="dispatch.number", way_on="签发后由机要员编号"
            )
        spend(subject.signing, at=at)
        body, year = subject.body, subject.issued_on.year
        word = _word(body.issuer_word, suffix)
        sequence = allot(f"dispatch.number.{word}", body=body, year=year)
        book = Form(subject.form).book
        given = parse_number(str(DocumentNumber(word, year, sequence)))
        step(
            subject,
            State.SIGNED,
            State.NUMBERED,
            number=str(given),
            year=year,
            register_number=allot(f"dispatch.book.{book}", body=body, year=year),
            numbered_by=actor,
            numbered_at=at,
            state_at=at,
        )
        lines = Recipient.all_of(subject)
        for line, (first, last) in zip(
            lines, distribution.ranges([x.copies for x in lines]), strict=True
        ):
            line.first_copy, line.last_copy = first, last
            line.save(update_fields=["first_copy", "last_copy"])
        settle(kind=NUMBER.key, subject=subject, evidence=subject, at=at)
        _next(subject, PRINT.key, "dispatch.print", f"印制 {subject.number}", by=actor, at=at)
        deed.note(number=subject.number, register=subject.register_number)
    return subject


def print_run(
    *,
    actor: Person,
    subject: Letter,
    at: datetime,
    made: int,
    press: str,
    printer: str,
    place: Place,
    waste: int = 0,
    waste_witness: str = "",
) -> Letter:
    """The printing register: how many, which numbers, by whom, and what became of the waste.

    Every copy is a carrier from now on, made and held at `place`; the waste was destroyed by two.
    """
    with act(actor, PRINT, subject, at=at, number=subject.number) as deed:
        expect(subject, State.NUMBERED)
        lines = Recipient.all_of(subject)
        listed = sum(line.copies for line in lines)
        distribution.check_made(made=made, approved=subject.print_run, listed=listed)
        distribution.check_waste(waste, printer=printer, witness=waste_witness)
        presses = figure("dispatch.print", "presses", on=day_of(at), body=subject.body)
        if press not in presses:
            raise Refusal(
                f"「{press}」不是可以印制文件的场所",
                clause="dispatch.print",
                way_on=f"可选{'、'.join(presses)}",
            )
        if subject.issued_on is None or subject.register_number is None or subject.year is None:
            raise Refusal("尚未编号，不得印制", clause="dispatch.number", way_on="先编号登记")
        document = file_outgoing(
            by=actor,
            label=subject.label,
            body=subject.body,
            kind=Form(subject.form).book,
            year=subject.year,
            register_number=subject.register_number,
            title=subject.title,
            is_shell=subject.is_shell,
            issue_number=subject.number,
            issued_on=subject.issued_on,
            mark_text=subject.mark_text,
            period_kind=subject.period_kind,
            expires_on=subject.expires_on,
            urgency=subject.urgency,
            numbers=[print_copy_number(n) for n in range(1, made + 1)],
            place=place,
            reason=PRINT.key,
            at=at,
        )
        file_letter(document, at=at)
        step(
            subject,
            State.NUMBERED,
            State.PRINTED,
            document=document,
            made=made,
            press=press,
            printer=printer.strip(),
            waste=waste,
            waste_witness=waste_witness.strip(),
            printed_by=actor,
            printed_on=day_of(at),
            state_at=at,
        )
        settle(kind=PRINT.key, subject=subject, evidence=subject, at=at)
        _next(subject, "dispatch.send", "dispatch.send", f"封发 {subject.number}", by=actor, at=at)
        deed.note(made=made, listed=listed, kept=made - listed, waste=waste)
    return subject


def _word(issuer: str, suffix: str) -> str:
    if not issuer:
        raise Refusal(
            "本单位尚未登记机关代字，不得编号",
            clause="dispatch.number",
            way_on="请办公室主任在「往来单位」页登记机关代字",
        )
    return f"{issuer}{suffix}"


def _next(letter: Letter, kind: str, clause: str, text: str, *, by: Person, at: datetime) -> None:
    """What the registry does next; its hours stand with the clause of numbering."""
    hours = figure("dispatch.number", "hours", on=day_of(at), body=letter.body)
    owe(
        letter,
        kind,
        clause=clause,
        text=text,
        due=due_in_hours(hours, start=at, body=letter.body),
        at=at,
        by=by,
        page=PAGE,
        post="registrar",
    )
