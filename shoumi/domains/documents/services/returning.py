"""退件: what is not ours, or has no seal, is written down without content and goes back."""

from datetime import datetime

from shoumi.domains.documents import rules
from shoumi.domains.documents.models import SentBack
from shoumi.domains.documents.services.receiving import REGISTRAR
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import day_of, post_principal, subject_of
from shoumi.platform.directory.models import Person
from shoumi.platform.numbering.services import allot
from shoumi.platform.obligations.due import due_tonight
from shoumi.platform.obligations.services import raise_duty, settle
from shoumi.platform.rulebook.figures import figure

REGISTER = Action(
    "documents.sent_back.register", "登记退件", clause="documents.open.missent", posts=REGISTRAR
)
GO = Action("documents.sent_back.go", "退回来件", clause="documents.open.missent", posts=REGISTRAR)

KNOWING = ("registrar", "office_director")


def register_return(
    *,
    actor: Person,
    at: datetime,
    reason: str,
    sender: str,
    level: int,
    received_at: datetime,
    pieces: int = 1,
    envelope_number: str = "",
    issue_number: str = "",
) -> SentBack:
    """Write down an envelope that has to go back; it never enters the account and bears no title."""
    with act(actor, REGISTER, at=at) as deed:
        if received_at > at:
            raise Refusal(
                "收到时间晚于当前时间", clause=REGISTER.clause, way_on="按实际收到的时、分填写"
            )
        if not sender.strip():
            raise Refusal("未填写来件单位", clause=REGISTER.clause, way_on="按封皮填写")
        wanted = Level(level)
        if subject_of(actor, at).clearance < wanted:
            raise Denied(
                f"您的涉密等级低于{wanted.label}，不得经手",
                clause="access.clearance",
                way_on="请交涉密等级相符的机要员办理",
            )
        year = day_of(at).year
        number = allot("documents.sent_back", body=actor.body, year=year)
        row = SentBack(
            label=label_for(
                level=wanted,
                body=actor.body,
                principals=[post_principal(post, actor.body_id) for post in KNOWING],
                basis="退件登记",
                on=day_of(at),
            ),
            body=actor.body,
            number=f"退件〔{year}〕{number}号",
            reason=reason,
            sender=sender.strip(),
            envelope_number=envelope_number.strip(),
            issue_number=rules.issue_number(issue_number),
            pieces=pieces,
            received_at=received_at,
            registered_by=actor,
        )
        row.save()
        deed.subject = row
        raise_duty(
            kind=GO.key,
            clause=GO.clause,
            text=f"{row.number} 退回来件单位",
            due=due_tonight(start=at, body=actor.body),
            at=at,
            body=actor.body,
            post="registrar",
            label=row.label,
            subject=row,
            url_name="documents-returns-detail",
            url_pk=row.pk,
            raised_by=actor,
        )
        deed.note(number=row.number, reason=reason)
    return row


def go_back(*, actor: Person, subject: SentBack, at: datetime, channel: str, taken_by: str) -> None:
    """It goes back as safely as it has to travel, and somebody signs for it."""
    with act(actor, GO, subject, at=at, number=subject.number):
        secure = figure("documents.channel", "channels", on=day_of(at), body=subject.body)
        rules.check_channel(subject.level, channel, secure=secure)
        if not taken_by.strip():
            raise Refusal("未填写接件人", clause=GO.clause, way_on="请接件人签名后填写姓名")
        if not subject.go(by=actor, channel=channel, taken_by=taken_by.strip(), at=at):
            raise Stale("本件已经退回", clause=GO.clause, way_on="请刷新页面")
        settle(kind=GO.key, subject=subject, evidence=subject, at=at)
