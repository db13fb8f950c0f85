"""参会: announced before, and afterwards the papers handed out there are handed in or denied in writing."""

from collections.abc import Sequence
from datetime import date, datetime

from shoumi.domains.documents.models import Attendance, Document
from shoumi.domains.documents.rules import Channel
from shoumi.domains.documents.services.receiving import REGISTRAR
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import day_of, person_principal, post_principal
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.due import closing, due_in_workdays
from shoumi.platform.obligations.services import raise_duty, settle
from shoumi.platform.rulebook.figures import figure

ANNOUNCE = Action("documents.meeting.announce", "参会报备", clause="documents.meeting")
HAND_IN = Action(
    "documents.meeting.hand_in", "收交会议文件", clause="documents.meeting.hand_in", posts=REGISTRAR
)
NOTHING = Action("documents.meeting.nothing", "无密件带回", clause="documents.meeting.hand_in")

KNOWING = ("registrar", "office_director", "secrecy_office")
State = Attendance.State


class NotTheAttendant(Denied):
    """Only who was there can say that nothing was handed out."""


def announce(*, actor: Person, at: datetime, meeting: str, host: str, ends_on: date) -> Attendance:
    """Before going: from the day after the meeting ends the papers are due in the registry."""
    with act(actor, ANNOUNCE, at=at) as deed:
        if not meeting.strip() or not host.strip():
            raise Refusal("未填写会议和主办单位", clause=ANNOUNCE.clause, way_on="按会议通知填写")
        days = figure("documents.meeting.hand_in", "days", on=day_of(at), body=actor.body)
        start = max(closing(ends_on, body=actor.body), at)
        due = due_in_workdays(days, start=start, body=actor.body)
        row = Attendance(
            label=label_for(
                level=Level.INTERNAL,
                body=actor.body,
                principals=[
                    person_principal(actor.pk),
                    *(post_principal(post, actor.body_id) for post in KNOWING),
                ],
                basis="参会报备",
                on=day_of(at),
            ),
            body=actor.body,
            person=actor,
            meeting=meeting.strip(),
            host=host.strip(),
            ends_on=ends_on,
            announced_at=at,
            due_at=due.at,
        )
        row.save()
        deed.subject = row
        raise_duty(
            kind=HAND_IN.key,
            clause=HAND_IN.clause,
            text="会后将带回的密件交机要室登记，个人不得留存",
            due=due,
            at=at,
            person=actor,
            label=row.label,
            subject=row,
            url_name="documents-attendances-detail",
            url_pk=row.pk,
            raised_by=actor,
        )
    return row


def hand_in(
    *, actor: Person, subject: Attendance, at: datetime, papers: Sequence[Document]
) -> None:
    """The registrar names the papers that were registered for this attendance."""
    with act(actor, HAND_IN, subject, at=at, papers=[paper.pk for paper in papers]):
        if not papers:
            raise Refusal(
                "未选交来的文件",
                clause=HAND_IN.clause,
                way_on="先办理「签收登记」，递送渠道选「会议带回」，再来选择",
            )
        for paper in papers:
            if paper.channel != Channel.MEETING or paper.deliverer != subject.person.name:
                raise Refusal(
                    f"{paper.number} 不是{subject.person.name}从会议带回的文件",
                    clause=HAND_IN.clause,
                    way_on="核对登记的递送渠道和送达人",
                )
        handed = {
            "papers": "、".join(paper.number for paper in papers)[:300],
            "pieces": sum(paper.copies for paper in papers),
            "taken_by": actor,
            "settled_at": at,
        }
        _settle(subject, State.HANDED_IN, at=at, **handed)


def nothing_brought(*, actor: Person, subject: Attendance, at: datetime) -> None:
    """The attendant answers with a signature for having been given nothing."""
    with act(actor, NOTHING, subject, at=at):
        if subject.person_id != actor.pk:
            raise NotTheAttendant(
                "由参会人本人声明", clause=NOTHING.clause, way_on="请参会人本人办理"
            )
        _settle(subject, State.NOTHING, at=at, settled_at=at)


def _settle(subject: Attendance, after: str, *, at: datetime, **changes: object) -> None:
    if not subject.move(after=after, **changes):
        raise Stale("参会登记已经办结", clause=HAND_IN.clause, way_on="请刷新页面")
    settle(kind=HAND_IN.key, subject=subject, evidence=subject, at=at)
