"""Taking a checked ledger in (入账): one file is one batch is one act, whole or not at all."""

from datetime import datetime

from shoumi.domains.intake.models import Batch
from shoumi.domains.intake.rules.checking import Checked
from shoumi.domains.intake.services import papers, staff, things
from shoumi.domains.intake.services.checking import TAKERS, check_post, judge
from shoumi.domains.intake.services.rows import Taker
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.attachments import services as attachments
from shoumi.platform.directory.models import Person
from shoumi.platform.works.progress import Progress, silent

TAKE = Action("intake.take", "旧台账入账", clause="intake.batch", posts=TAKERS)

KINDS: dict[str, type[Taker]] = {
    "documents": papers.Papers,
    "loans": papers.Loans,
    "people": staff.Staff,
    "computers": things.Computers,
    "media": things.Media,
}


class Decided(Stale):
    """Somebody took the batch in, or undid it, a moment ago."""

    def __init__(self) -> None:
        super().__init__(
            "这一批刚被他人办理", clause="intake.batch", way_on="请刷新页面，查看该批的现状"
        )


def take_in(
    *,
    actor: Person,
    subject: Batch,
    at: datetime,
    good_only: bool = False,
    progress: Progress = silent,
) -> Batch:
    """Take in every row, or only those that nobody has to decide upon.

    The file is read and checked once more: what the body holds may have changed since.
    """
    check = _read_again(actor, subject, at=at, progress=progress)
    with act(actor, TAKE, subject, at=at, kind=subject.kind, good_only=good_only) as deed:
        check_post(subject.kind, actor, at=at)
        if not subject.move(
            before=Batch.State.CHECKED, after=Batch.State.TAKEN, taken_by=actor, taken_at=at
        ):
            raise Decided()
        if subject.rejects and not good_only:
            raise Refusal(
                f"有 {subject.rejects} 行须先定夺，不能全部入账",
                clause="intake.check",
                way_on="改正文件后重新核对，或者只导入无误的行",
            )
        taker = KINDS[subject.kind](subject, actor=actor, at=at, progress=progress)
        taker.take(check.records)
        subject.taken, subject.left_out, subject.raised = taker.taken, taker.left_out, taker.raised
        subject.save(update_fields=["taken", "left_out", "raised"])
        deed.note(taken=taker.taken, left_out=len(taker.left_out))
        progress("封存", 0, 0)
    return subject


def _read_again(actor: Person, batch: Batch, *, at: datetime, progress: Progress) -> Checked:
    files = attachments.of(actor, batch, at=at)
    if not files:
        raise Refusal("这一批的文件已不在", clause="intake.batch", way_on="请重新上传核对")
    content = attachments.plain_bytes(files[0])
    return judge(actor, batch.kind, content, at=at, progress=progress)
