"""立卷: a number in the file for every finished paper, and the files gone through piece by piece."""

from datetime import datetime

from shoumi.domains.documents.models import Document, FilingCheck, FilingLine
from shoumi.domains.documents.rules import classes
from shoumi.domains.documents.services.receiving import REGISTRAR
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import day_of, post_principal
from shoumi.platform.directory.models import Person
from shoumi.platform.numbering.services import allot
from shoumi.platform.obligations.due import due_in_workdays
from shoumi.platform.obligations.services import raise_duty, settle, settle_recurring
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

CHECK = Action(
    "documents.filing.check",
    "核查档案",
    clause="documents.file.check",
    posts=REGISTRAR | {"archivist"},
)
REMEDY = Action(
    "documents.filing.remedy",
    "补救完成",
    clause="documents.file.check",
    posts=REGISTRAR | {"archivist"},
)
for _kind in ("record", "display", "refuse"):
    Control("documents.file", kind=_kind, label="立卷编号")

CHECK_DUTY = "recurring.filing_check"
KNOWING = ("registrar", "archivist", "office_director", "secrecy_office")
FILED = (Document.State.HANDLED, Document.State.ARCHIVED)


def put_on_file(document: Document, category: str, *, at: datetime) -> None:
    """Class, number and period of keeping, in the act that closes the paper. Clause: documents.file."""
    year = day_of(at).year
    sequence = allot(f"documents.file.{category}", body=document.body, year=year)
    years = figure("documents.file.standard", "years", on=day_of(at), body=document.body)
    document.category = category
    document.file_number = classes.file_number(category, year, sequence)
    document.keep_years = years[classes.Category(category).label]
    document.save(update_fields=["category", "file_number", "keep_years"])


def check_files(
    *, actor: Person, at: datetime, year: int, faulty: str = "", remedy: str = ""
) -> FilingCheck:
    """Go through the files of a year; what is not named as faulty was found whole.

    `faulty` names numbers of the file or the register, apart by spaces or commas.
    """
    with act(actor, CHECK, at=at) as deed:
        known = Document.objects.visible_to(actor, at=at).exclude(file_number="")
        filed = list(
            known.filter(year=year, state__in=FILED).select_related("label").order_by("id")
        )
        if not filed:
            raise Refusal(f"{year} 年没有已立卷的文件", clause=CHECK.clause, way_on="请另选年度")
        named = set(faulty.replace("、", " ").replace("，", " ").replace(",", " ").split())
        broken = {d.pk for d in filed if named & {d.number, d.file_number}}
        if unknown := named - {n for d in filed for n in (d.number, d.file_number)}:
            raise Refusal(
                f"{year} 年的档案中没有{'、'.join(sorted(unknown))}",
                clause=CHECK.clause,
                way_on="按归档编号或者收文编号填写，用顿号隔开",
            )
        if broken and not remedy.strip():
            raise Refusal(
                f"有 {len(broken)} 件不完好，未写明补救措施",
                clause=CHECK.clause,
                way_on="写明如何补救、由谁在何时前完成",
            )
        check = _open_check(actor, year=year, pieces=len(filed), faults=len(broken), at=at)
        check.remedy = remedy.strip() if broken else ""
        check.save()
        deed.subject = check
        found = FilingLine.Found
        FilingLine.objects.bulk_create(
            FilingLine(
                label=document.label,
                check_of=check,
                document=document,
                found=found.AT_FAULT if document.pk in broken else found.WHOLE,
            )
            for document in filed
        )
        settle_recurring(kind=CHECK_DUTY, body=actor.body, evidence=check, at=at)
        if broken:
            _owe_remedy(check, actor=actor, at=at)
        deed.note(number=check.number, pieces=len(filed), faults=len(broken))
    return check


def remedied(*, actor: Person, subject: FilingCheck, at: datetime) -> None:
    """What the check found at fault has been put right."""
    with act(actor, REMEDY, subject, at=at, number=subject.number):
        if not subject.remedied(at=at):
            raise Stale("没有待补救的问题", clause=REMEDY.clause, way_on="请刷新页面")
        settle(kind=REMEDY.key, subject=subject, evidence=subject, at=at)


def _open_check(actor: Person, *, year: int, pieces: int, faults: int, at: datetime) -> FilingCheck:
    number = allot("documents.filing_check", body=actor.body, year=day_of(at).year)
    return FilingCheck(
        label=label_for(
            level=Level.INTERNAL,
            body=actor.body,
            principals=[post_principal(post, actor.body_id) for post in KNOWING],
            basis="档案核查",
            on=day_of(at),
        ),
        body=actor.body,
        number=f"核〔{day_of(at).year}〕{number}号",
        year=year,
        checked_by=actor,
        checked_at=at,
        pieces=pieces,
        faults=faults,
    )


def _owe_remedy(check: FilingCheck, *, actor: Person, at: datetime) -> None:
    days = figure("documents.file.check", "days", on=day_of(at), body=check.body)
    raise_duty(
        kind=REMEDY.key,
        clause=REMEDY.clause,
        text=f"{check.number} 补救不完好的档案 {check.faults} 件",
        due=due_in_workdays(days, start=at, body=check.body),
        at=at,
        body=check.body,
        post="registrar",
        label=check.label,
        subject=check,
        url_name="documents-filing-checks-detail",
        url_pk=check.pk,
        raised_by=actor,
    )
