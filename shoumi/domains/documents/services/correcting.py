"""复核、勘误: an entry is read against its original, and what was miswritten is set right with its reason."""

from datetime import date, datetime

from shoumi.domains.documents import rules
from shoumi.domains.documents.models import Document, Lapse
from shoumi.domains.documents.services.lapses import note
from shoumi.domains.documents.services.receiving import REGISTRAR
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person
from shoumi.platform.rulebook.figures import figure

REVIEW = Action(
    "documents.review",
    "复核录入",
    clause="documents.register.review",
    posts=REGISTRAR | {"office_director"},
)
CORRECT = Action("documents.correct", "勘误", clause="documents.no_change", posts=REGISTRAR)

DERIVED = ("initials", "expires_on")
# What a correction sets right, in the words of the register.
WORDS = {
    "issuer": "来文单位",
    "title": "标题",
    "issue_number": "文号",
    "issued_on": "成文日期",
    "reply_due": "要求办结日期",
    "remark": "备注",
}


def correct(
    *,
    actor: Person,
    subject: Document,
    at: datetime,
    reason: str,
    issuer: str,
    title: str = "",
    issue_number: str = "",
    issued_on: date | None = None,
    reply_due: date | None = None,
    remark: str = "",
) -> Document:
    """Set descriptive fields right; number, level, mark, copies and times are never corrected."""
    with act(actor, CORRECT, subject, at=at) as deed:
        if not reason.strip():
            raise Refusal(
                "勘误须写明原因", clause="documents.no_change", way_on="填写更正依据或者原因"
            )
        rules.check_elements(
            subject.level,
            issuer=issuer,
            title=title,
            issued_on=issued_on,
            is_shell=subject.is_shell,
        )
        rules.check_times(received_at=subject.received_at, issued_on=issued_on, at=at)
        wanted = {
            "issuer": issuer.strip(),
            "title": title.strip(),
            "initials": rules.title_initials(title),
            "issue_number": rules.issue_number(issue_number),
            "issued_on": issued_on,
            "expires_on": _expiry(subject, issued_on, at=at),
            "reply_due": reply_due,
            "remark": remark.strip(),
        }
        changed = [name for name, value in wanted.items() if getattr(subject, name) != value]
        if not changed:
            raise Refusal("没有改动", clause="documents.no_change", way_on="改好后再提交")
        for name in changed:
            setattr(subject, name, wanted[name])
        subject.save(update_fields=changed)
        words = "、".join(WORDS[name] for name in changed if name in WORDS)
        note(subject, Lapse.Kind.MISTAKE, f"勘误：{words}", person=subject.signed_by, at=at)
        deed.note(fields=[name for name in changed if name not in DERIVED], reason=reason.strip())
    return subject


def review(*, actor: Person, subject: Document, at: datetime) -> None:
    """A second pair of eyes has read the entry against the original."""
    with act(actor, REVIEW, subject, at=at, number=subject.number):
        if subject.signed_by_id == actor.pk:
            raise Refusal(
                "录入人不得复核本人的录入",
                clause=REVIEW.clause,
                way_on="请另一名机要员或者办公室主任复核",
            )
        if not subject.review(by=actor, at=at):
            raise Stale("本件已经复核", clause=REVIEW.clause, way_on="请刷新页面")


def _expiry(subject: Document, issued_on: date | None, *, at: datetime) -> date | None:
    """The period is counted from the issue date: with the one the other moves."""
    limits = figure("marks.period.limit", "years", on=day_of(at), body=subject.body)
    read = rules.read_marking(
        subject.mark_text, period_unmarked=False, issued_on=issued_on, limits=limits
    )
    return read.expires_on
