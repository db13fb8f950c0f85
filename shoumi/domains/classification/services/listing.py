"""国家秘密事项一览表: drawn up by the secrecy office, approved by the head, filed with the bureau."""

from datetime import date, datetime

from shoumi.domains.classification import rules
from shoumi.domains.classification.models import Catalogue, Matter
from shoumi.domains.classification.services.steps import (
    HEAD,
    OFFICE,
    expect,
    numbered,
    open_label,
    step,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.marks import Mark, Period, parse_mark
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.obligations.due import due_in_workdays
from shoumi.platform.obligations.services import raise_duty, settle
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure

LIST = "classification.list"

ADD = Action(
    "classification.matter.add", "列入事项", clause=LIST, posts=OFFICE | {"department_head"}
)
RETIRE = Action("classification.matter.retire", "提出删减", clause=LIST, posts=OFFICE)
APPROVE = Action("classification.list.approve", "批准一览表", clause=LIST, posts=HEAD)
FILE = Action(
    "classification.list.file", "登记备案", clause="classification.list.filed", posts=OFFICE
)
for _kind in ("refuse", "mark", "record", "display"):
    Control("classification.matter.check", kind=_kind, label="事项核对")


def add(
    *,
    actor: Person,
    at: datetime,
    name: str,
    sort: str,
    category: str,
    area: str,
    importance: str,
    mark: str,
    scope: str,
    harm: str,
    basis: str,
    note: str = "",
    words: str = "",
) -> Matter:
    """A matter with its three elements; it counts from the next approved version on."""
    with act(actor, ADD, at=at) as deed:
        today, body = day_of(at), actor.body
        title = rules.check_written(name, "事项", clause=LIST)
        reach = rules.check_written(scope, "知悉范围", clause=LIST)
        ground = rules.check_written(basis, "保密事项范围条目或者依据", clause=LIST)
        categories = figure("classification.categories", "categories", on=today, body=body)
        rules.check_category(category, note, known=categories)
        areas = figure("classification.areas", "areas", on=today, body=body)
        rules.check_choice(area, "业务领域", known=areas, clause="classification.areas")
        degrees = figure("classification.importance", "degrees", on=today, body=body)
        rules.check_choice(importance, "重要性", known=degrees, clause="classification.importance")
        read = _mark_of(mark, sort, today=today, body=body)
        rules.check_sort(sort, read.level)
        rules.check_harm(read.level, harm)
        number = numbered("密事", "matters", body=body, at=at)
        matter: Matter = Matter.objects.create(
            label=open_label(body, basis=number, at=at),
            body=body,
            number=number,
            name=title,
            sort=sort,
            category=category,
            note=note.strip(),
            area=area,
            importance=importance,
            grade=read.level,
            mark_text=str(read),
            scope=reach,
            harm=harm,
            basis=ground,
            words=words.strip(),
            department=actor.department,
            entered_by=actor,
            entered_at=at,
        )
        deed.subject = matter
        deed.note(number=number, level=int(read.level))
    return matter


def retire(*, actor: Person, subject: Matter, at: datetime) -> Matter:
    """What is no longer secret leaves the list with the next version; a draft leaves at once."""
    with act(actor, RETIRE, subject, at=at, number=subject.number):
        expect(subject, Matter.State.IN_FORCE, Matter.State.DRAFT)
        is_draft = subject.state == Matter.State.DRAFT
        after = Matter.State.RETIRED if is_draft else Matter.State.LEAVING
        step(subject, subject.state, after)
    return subject


def approve(*, actor: Person, at: datetime) -> Catalogue:
    """The head approves the list as it now stands: a version, with what stood in it, to be filed."""
    with act(actor, APPROVE, at=at) as deed:
        body, today = actor.body, day_of(at)
        if not Matter.waits(body):
            raise Refusal(
                "一览表没有新增或者删减，不需要批准新版本",
                clause=LIST,
                way_on="由保密办先列入或者提出删减",
            )
        count = Matter.settle(body, on=today)
        number = numbered("览", "catalogues", body=body, at=at)
        earlier = Catalogue.objects.visible_to(actor, at=at).filter(body=body).count()
        catalogue: Catalogue = Catalogue.objects.create(
            label=open_label(body, basis=number, at=at),
            body=body,
            number=number,
            version=earlier + 1,
            lines=[
                [m.number, m.name, m.mark_text, m.scope, m.basis] for m in Matter.standing(body)
            ],
            approved_by=actor,
            approved_at=at,
        )
        deed.subject = catalogue
        days = figure("classification.list.filed", "days", on=today, body=body)
        raise_duty(
            kind=FILE.key,
            clause="classification.list.filed",
            text=f"将一览表第 {catalogue.version} 版报保密行政管理部门备案",
            due=due_in_workdays(days, start=at, body=body),
            at=at,
            body=body,
            post="secrecy_office",
            label=catalogue.label,
            subject=catalogue,
            url_name="classification-catalogues-detail",
            url_pk=catalogue.pk,
            raised_by=actor,
        )
        deed.note(version=catalogue.version, matters=count)
    return catalogue


def file(
    *,
    actor: Person,
    subject: Catalogue,
    at: datetime,
    bureau: str,
    filing_number: str,
    filed_on: date,
) -> Catalogue:
    """The version was filed with the bureau of the same level."""
    with act(actor, FILE, subject, at=at, version=subject.version):
        where = rules.check_written(bureau, "备案的保密行政管理部门", clause=FILE.clause)
        paper = rules.check_written(filing_number, "备案编号", clause=FILE.clause)
        if not day_of(subject.approved_at) <= filed_on <= day_of(at):
            raise Refusal(
                "备案日期须在批准之后、今日以前", clause=FILE.clause, way_on="按备案回执填写"
            )
        step(
            subject,
            Catalogue.State.APPROVED,
            Catalogue.State.FILED,
            bureau=where,
            filing_number=paper,
            filed_on=filed_on,
        )
        settle(kind=FILE.key, subject=subject, evidence=subject, at=at)
    return subject


def _mark_of(text: str, sort: str, *, today: date, body: Body) -> Mark:
    """The mark that the list prescribes; what is no state secret is 内部 in its usual wording."""
    limits = figure("marks.period.limit", "years", on=today, body=body)
    if not text.strip() and rules.Sort(sort) is not rules.Sort.STATE:
        wording = "内部" if rules.Sort(sort) is rules.Sort.WORK else "内部事项 注意保管"
        return Mark(Level.INTERNAL, Period.none(), wording)
    return parse_mark(text, own=True, limits=limits).mark
