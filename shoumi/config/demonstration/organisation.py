"""保密组织 of the year: the committee and its office, who answers for what, undertakings, one meeting.

A few places stay empty, so that the list of gaps has something to show.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from shoumi.config.demonstration.queue import Story
from shoumi.domains.organisation.models import Meeting, Organ, Undertaking
from shoumi.domains.organisation.selectors import PLANNED
from shoumi.domains.organisation.services import (
    meetings,
    organs,
    tasks,
    tenures,
    undertakings,
    units,
)

PAPER = "管委会〔2026〕12号"
KINDS = {"办公室": "综合办公室", "审批服务科": "审批", "督查考核科": "监督", "信息技术科": "信息化"}
# role, who, and where the role asks for it
BODY = (
    ("direct", "fenguan"),
    ("archives_leader", "fenguan"),
    ("archives_office", "zhuren"),
    ("archivist", "linyue"),
    ("computer_coordinator", "baomi"),
    ("network_supervisor", "xinxi"),
    ("registry_chief", "zhuren"),
    ("registry_assistant", "jiyao"),
    ("registry_assistant", "jiyao2"),
)
STAGES = (
    ("收发", "jiyao"),
    ("传递", "hujian"),
    ("送阅", "jiyao2"),
    ("保管", "jiyao"),
    ("归档", "linyue"),
)
OFFICERS = (
    ("综合业务科", "danping"),
    ("审批服务科", "xiefeng"),
    ("信息技术科", "ouyang"),
    ("政策法规科", "chenhong"),
    ("办公室", "jiyao2"),
)
HEADS = ("yewu", "shenpi", "xinxi", "ducha", "fagui", "caiwu")


def organise(story: Story) -> None:
    """Plan what the year of the organisation consists of."""
    for days, deed in ((40, _found), (33, _undertake), (12, _call)):
        at = story.in_office(story.until - timedelta(days=days))
        story.plan(at, partial(deed, story))


def _found(story: Story, at: datetime) -> None:
    """The committee, its office and a group for two functions; departments; who answers for what."""
    cast, day = story.cast, timezone.localdate(at)
    given: dict[str, Any] = {"actor": cast["baomi"], "at": at}
    for name, department in cast.departments.items():
        units.enter(
            department=department,
            kind=KINDS.get(name, "业务部门"),
            functions=f"{name}业务",
            opened_on=day,
            **given,
        )
    standing = given | {"basis": PAPER, "set_up_on": day}
    committee = organs.set_up(kind="committee", name="管委会保密委员会", **standing)
    office = organs.set_up(
        kind="office",
        name="管委会保密工作办公室",
        superior="示范县保密局",
        leader=cast["fenguan"],
        **standing,
    )
    group = organs.set_up(
        kind="functional_group",
        name="定密和计算机安全领导小组",
        functions=["定密", "计算机安全"],
        **standing,
    )
    named = given | {"basis": PAPER, "since": day}
    seats: tuple[tuple[str, str, Organ], ...] = (
        ("committee_chair", "head", committee),
        ("committee_vice", "fenguan", committee),
        *(("committee_member", who, committee) for who in HEADS),
        ("office_head", "zhuren", office),
        ("full_time", "heping", office),
        ("functional_head", "head", group),
        ("functional_member", "dingmi", group),
        ("functional_member", "xinxi", group),
    )
    for role, who, organ in seats:
        tenures.begin(role=role, person=cast[who], organ=organ, **named)
    for role, who in BODY:
        tenures.begin(role=role, person=cast[who], **named)
    for scope, who in STAGES:
        tenures.begin(role="stage", person=cast[who], scope=scope, **named)
    for name, who in OFFICERS:
        tenures.begin(
            role="department_officer",
            person=cast[who],
            department=cast.departments[name],
            **named,
        )


def _undertake(story: Story, at: datetime) -> None:
    """The undertakings of the year are drawn up, and most of them signed."""
    undertakings.issue(actor=story.cast["baomi"], at=at, kind="general")
    for row in Undertaking.objects.select_related("signer", "superior").order_by("id"):
        # Not by the story's chance, which would draw all other deeds anew.
        if row.pk % 4:
            undertakings.sign(actor=row.signer, subject=row, at=at)
            if row.pk % 3:
                undertakings.countersign(actor=row.superior, subject=row, at=at)


def _call(story: Story, at: datetime) -> None:
    """The committee is called together, and meets two hours later."""
    cast = story.cast
    meeting = meetings.call(
        actor=cast["baomi"],
        at=at,
        kind="机构会议",
        organ=Organ.objects.get(name="管委会保密委员会"),
        name="保密委员会第二次会议",
        planned_at=at + timedelta(minutes=30),
        place="第一会议室",
        presider=cast["head"],
        people=[cast[who] for who in ("fenguan", *HEADS)],
        agenda="听取上半年保密工作汇报\n审议年度保密检查方案",
    )
    story.plan(at + timedelta(hours=2), partial(_meet, story, meeting.pk))


def _meet(story: Story, pk: int, at: datetime) -> None:
    """It resolves one thing, and the plan of the year is given out."""
    cast, day = story.cast, timezone.localdate(at)
    given: dict[str, Any] = {"actor": cast["baomi"], "at": at}
    meetings.hold(
        subject=Meeting.unscoped.get(pk=pk),
        held_at=at - timedelta(minutes=90),
        absent=[cast["caiwu"]],
        reasons="公出",
        minutes="听取保密办汇报，同意检查方案，要求年底前完成。",
        **given,
    )
    meetings.resolve(
        subject=Meeting.unscoped.get(pk=pk),
        text="组织一次全覆盖保密检查",
        yes=7,
        no=0,
        abstained=0,
        line="保密检查",
        person=cast["ducha"],
        due_on=day + timedelta(days=30),
        **given,
    )
    for line in PLANNED:
        tasks.assign(
            origin="年度计划",
            line=line,
            matter=f"完成年度{line}任务",
            person=cast["heping"],
            due_on=day + timedelta(days=25),
            **given,
        )
