"""定密 of the year: the list and who decides, and a few things each as far as its row says."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from shoumi.config.demonstration.letters import agreed
from shoumi.config.demonstration.queue import Story
from shoumi.domains.classification.models import Change, Determination, Matter, Remarking
from shoumi.domains.classification.services import (
    changing,
    deciding,
    determining,
    keeping,
    listing,
    remarking,
)
from shoumi.kernel.levels import Level

BUREAU = "示范市保密局"
# name, sort, category, mark, harm, basis, words
MATTERS = (
    (
        "保密检查的抽查名单和路线", "state", "业务秘密", "机密★1年", "grave",
        "保密工作保密事项范围第三条", "抽查名单、检查路线",
    ),
    (
        "重要会议保密工作方案", "state", "重要会议记录", "机密★10年", "grave",
        "会议工作保密事项范围第二条", "保密工作方案、安保方案",
    ),
    (
        "未公开的干部考察情况", "state", "人事档案和人事文书", "秘密★5年", "harm",
        "组织工作保密事项范围第六条", "考察情况、考察材料",
    ),
    (
        "未公开的窗口调整方案", "work", "业务秘密", "", "none",
        "工作秘密事项清单第一条", "窗口调整",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """One thing: when it was proposed, what it is, and how far it has come."""

    days: int
    by: str
    name: str
    matter: int
    harm: str
    steps: int


SAMPLES = (
    Sample(150, "danping", "上半年保密检查抽查名单", 0, "grave", 5),
    Sample(60, "danping", "年度工作会议保密方案", 1, "grave", 3),
    Sample(2, "chenhong", "第四季度抽查名单", 0, "grave", 1),
)


def classify_all(story: Story) -> None:
    """Plan the list, the things, and what became of them."""
    first = story.in_office(story.until - timedelta(days=330))
    story.plan(first, partial(_begin, story))
    for sample in SAMPLES:
        at = story.in_office(story.until - timedelta(days=sample.days))
        story.plan(at, partial(_tell, story, sample))


def _begin(story: Story, at: datetime) -> None:
    cast = story.cast
    deciding.enter_power(
        actor=cast["baomi"],
        at=at,
        origin="given",
        limit=Level.SECRET,
        giver="示范省保密局",
        document="示省保授〔2024〕12号",
        scope="政务服务和保密检查中产生的事项",
        since=at.date(),
    )
    for account in ("head", "dingmi"):
        deciding.designate(
            actor=cast["head"],
            at=at,
            person=cast[account],
            limit=Level.SECRET,
            document="管委会〔2024〕3号",
            trained_until=at.date() + timedelta(days=3 * 365),
        )
    for name, sort, category, mark, harm, basis, words in MATTERS:
        listing.add(
            actor=cast["baomi"],
            at=at,
            name=name,
            sort=sort,
            category=category,
            area="综合政务",
            importance="重要",
            mark=mark,
            scope="承办人员和分管领导",
            harm=harm,
            basis=basis,
            words=words,
        )
    version = listing.approve(actor=cast["head"], at=at)
    listing.file(
        actor=cast["baomi"],
        subject=version,
        at=at,
        bureau=BUREAU,
        filing_number="示市保备〔2025〕4号",
        filed_on=at.date(),
    )


def _tell(story: Story, sample: Sample, at: datetime) -> None:
    """Proposed, reviewed, decided, entered in the account, released: as many steps as the row says."""
    cast = story.cast
    name = MATTERS[sample.matter][0]
    matter = next(m for m in Matter.standing(cast.body) if m.name == name)
    row = determining.propose(
        actor=cast[sample.by],
        at=at,
        name=sample.name,
        matter=matter,
        mark="",
        harm=sample.harm,
        risk="提前泄露影响工作，限定承办人员知悉。",
        carrier="文稿",
        people=[cast["yewu"]],
    )
    if sample.steps > 1:
        agreed(row.case, at)
        row = _fresh(row)
        determining.decide(actor=cast["dingmi"], subject=row, at=at, mark=row.mark_text)
    if sample.steps > 2:
        place = cast.places["1号保密柜"]
        keeping.enter_carriers(
            actor=cast["jiyao"], subject=_fresh(row), at=at, copies=3, place=place
        )
    if sample.steps > 3:
        made = changing.release(
            actor=cast["dingmi"],
            subject=_fresh(row),
            at=at + timedelta(minutes=30),
            ground="harmless",
            reason="检查已经结束，结果已经通报",
        )
        _mark_two(story, made, at=at + timedelta(minutes=50))


def _mark_two(story: Story, change: Change, *, at: datetime) -> None:
    """One copy is left for whoever looks at the demonstration."""
    chosen = list(Remarking.waiting(change))[:2]
    remarking.confirm(actor=story.cast["jiyao"], subject=change, at=at, remarkings=chosen)


def _fresh(row: Determination) -> Determination:
    near = ("label", "body", "matter", "document")
    found: Determination = Determination.unscoped.select_related(*near).get(pk=row.pk)
    return found
