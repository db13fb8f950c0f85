"""The vertical line (审批线): who said what, when, within how much office time, and who is next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from shoumi.kernel.approval import VoteKind
from shoumi.platform.approvals.models import Seat, Vote
from shoumi.platform.approvals.selectors import CasePage, StepLine

TONES = {VoteKind.AGREE: "done", VoteKind.REFUSE: "refused", VoteKind.RETURN: "back"}


@dataclass(frozen=True)
class Point:
    """One point on the line; `state` chooses its sign, `words` say it."""

    state: str
    post: str
    person: str
    words: str
    opinion: str = ""
    at: datetime | None = None
    note: str = ""


def points(page: CasePage) -> list[Point]:
    """The applicant, every vote in its step, then whoever has not voted yet."""
    case = page.case
    start = Point("done", "申请", str(case.applicant), "提交", case.reason, case.opened_at)
    return [start, *(point for line in page.lines for point in _of_step(line))]


def office_time(spent: timedelta) -> str:
    """Working time in hours and minutes."""
    hours, minutes = divmod(int(spent.total_seconds()) // 60, 60)
    parts = [f"{hours} 工作小时" if hours else "", f"{minutes} 分钟" if minutes else ""]
    return " ".join(p for p in parts if p) or "不足 1 分钟"


def _of_step(line: StepLine) -> Iterator[Point]:
    votes = sorted(line.votes, key=lambda vote: (vote.at, vote.pk))
    for vote in votes:
        note = f"本环节用时 {office_time(line.used)}" if line.step.closed_at == vote.at else ""
        yield _of_vote(line, vote, note)
    waiting = [seat for seat in line.seats if seat.state == Seat.State.WAITING]
    if waiting:
        names = "、".join(seat.person.name for seat in waiting)
        yield Point("now", line.step.label, names, "办理中", note=_until(line))
    elif not votes and not line.step.closed_at:
        names = "、".join(seat.person.name for seat in line.seats)
        yield Point("waiting", line.step.label, names, "待办理")


def _of_vote(line: StepLine, vote: Vote, note: str) -> Point:
    kind = VoteKind(vote.kind)
    words = kind.label + (f" {vote.to_person.name}" if vote.to_person else "")
    who = vote.person.name
    if vote.cast_by_id != vote.person_id:
        who = f"{vote.cast_by.name}（接办 {who}）"
    tone = TONES.get(kind, "waiting")
    return Point(tone, line.step.label, who, words, vote.opinion, vote.at, note)


def _until(line: StepLine) -> str:
    if line.step.due_at is None:
        return ""
    due = timezone.localtime(line.step.due_at).strftime("%Y-%m-%d %H:%M")
    return f"已逾期，应于 {due} 前办结" if line.overdue else f"应于 {due} 前办结"
