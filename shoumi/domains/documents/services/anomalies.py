"""异常: what was wrong with an envelope is brought before the head of the office, who says what came of it."""

from datetime import datetime

from shoumi.domains.documents.models import Document, EnvelopeCheck
from shoumi.domains.documents.services.deciding import DIRECTOR
from shoumi.domains.documents.services.receiving import REGISTRAR
from shoumi.domains.documents.services.unpacking import owe
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.due import due_in_workdays
from shoumi.platform.obligations.services import settle
from shoumi.platform.rulebook.figures import figure

REPORT = Action(
    "documents.anomaly.report", "上报异常", clause="documents.receive.report", posts=REGISTRAR
)
HANDLE = Action(
    "documents.anomaly.handle", "查处异常", clause="documents.receive.report", posts=DIRECTOR
)


def report_anomaly(*, actor: Person, subject: Document, at: datetime) -> None:
    """One click: the head of the office has to look into what was found."""
    with act(actor, REPORT, subject, at=at, number=subject.number):
        check = _check_of(subject)
        if not check.anomaly:
            raise Refusal("本件没有登记异常", clause=REPORT.clause, way_on="不必上报")
        if check.reported_at is not None:
            raise Stale("异常已经上报", clause=REPORT.clause, way_on="请等待查处结果")
        days = figure("documents.receive.report", "days", on=day_of(at), body=subject.body)
        check.reported_at = at
        check.save(update_fields=["reported_at"])
        owe(
            subject,
            HANDLE.key,
            f"查处 {subject.number} 的来件异常",
            clause=HANDLE.clause,
            due=due_in_workdays(days, start=at, body=subject.body),
            at=at,
            by=actor,
            post="office_director",
        )


def handle_anomaly(
    *, actor: Person, subject: Document, at: datetime, cause: str, handling: str
) -> None:
    """Cause and handling are written beside what was found."""
    with act(actor, HANDLE, subject, at=at, number=subject.number):
        if not cause.strip() or not handling.strip():
            raise Refusal(
                "未写明原因和处理情况", clause=HANDLE.clause, way_on="查明原因，写明如何处理"
            )
        check = _check_of(subject)
        if check.reported_at is None or check.handled_at is not None:
            raise Stale("没有待查处的异常", clause=HANDLE.clause, way_on="请刷新页面")
        check.cause, check.handling = cause.strip(), handling.strip()
        check.handled_by, check.handled_at = actor, at
        check.save(update_fields=["cause", "handling", "handled_by", "handled_at"])
        settle(kind=HANDLE.key, subject=subject, evidence=check, at=at)


def _check_of(document: Document) -> EnvelopeCheck:
    found = EnvelopeCheck.of(document)
    if found is None:
        raise Refusal(
            "本件没有清点记录", clause=REPORT.clause, way_on="由旧台账转入的文件不办理此项"
        )
    return found
