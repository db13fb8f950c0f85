"""收文八环节: what happened to a paper, step by step, from the rows that the steps left."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shoumi.domains.circulation.models import Circulation
from shoumi.domains.documents.models import Document, Opinion
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.models import Reminder
from shoumi.platform.trail.models import Entry, name_of


@dataclass(frozen=True)
class Step:
    """One of the eight steps of a paper: who, when, how long after the signature, and what came of it."""

    name: str
    who: str = ""
    at: datetime | None = None
    words: str = ""
    after: str = ""


def steps_of(document: Document, *, reader: Person, at: datetime) -> list[Step]:
    """签收、登记、拟办、请办、分发、传阅、承办、催办. Clause: documents.steps."""
    entered = Entry.objects.filter(subject=name_of(document), event="documents.receive").first()
    said = {
        opinion.kind: opinion
        for opinion in Opinion.objects.visible_to(reader, at=at)
        .filter(document=document)
        .select_related("person", "addressee", "handler")
        .order_by("id")
    }
    proposal, instruction = said.get(Opinion.Kind.PROPOSAL), said.get(Opinion.Kind.INSTRUCTION)
    done = said.get(Opinion.Kind.REPORT)
    rounds = Circulation.objects.visible_to(reader, at=at).filter(document=document)
    opened = rounds.select_related("opened_by").order_by("-id").first()
    found = [
        Step("签收", str(document.signed_by), document.received_at, document.get_channel_display()),
        Step(
            "登记",
            entered.actor_name if entered else "",
            datetime.fromisoformat(entered.at) if entered else None,
            document.number,
        ),
        _spoken("拟办", proposal),
        _spoken("请办", instruction),
        _sent_round(opened),
        _read(opened),
        _spoken("承办", done, waiting=_charged(instruction)),
        _urged(document, opened),
    ]
    return [replace(step, after=_after(step, document)) for step in found]


def _charged(instruction: Opinion | None) -> str:
    """Whom the instruction charged, for a step that has not been done."""
    if instruction is None or instruction.handler is None:
        return ""
    return f"承办人{instruction.handler}"


def _spoken(name: str, opinion: Opinion | None, *, waiting: str = "") -> Step:
    if opinion is None:
        return Step(name, words=waiting)
    return Step(name, str(opinion.person), opinion.at, opinion.text or "见原件")


def _sent_round(circulation: Circulation | None) -> Step:
    if circulation is None:
        return Step("分发")
    count = circulation.all_readers().count()
    return Step("分发", str(circulation.opened_by), circulation.opened_at, f"列 {count} 人送阅")


def _read(circulation: Circulation | None) -> Step:
    if circulation is None:
        return Step("传阅")
    lines = list(circulation.all_readers())
    back = [line for line in lines if line.returned_at is not None]
    last = max((line.returned_at for line in back if line.returned_at), default=None)
    names = "、".join(line.person.name for line in back)
    return Step("传阅", names, last, f"已阅退 {len(back)} 人，应阅 {len(lines)} 人")


def _urged(document: Document, circulation: Circulation | None) -> Step:
    """Every 催办 about the paper itself, its round and the lines of that round."""
    lines = list(circulation.all_readers()) if circulation is not None else []
    names = [name_of(row) for row in (document, circulation, *lines) if row is not None]
    urged = list(
        Reminder.objects.filter(duty__subject__in=names).select_related("by").order_by("-at")
    )
    if not urged:
        return Step("催办", words="没有催办")
    return Step("催办", str(urged[0].by), urged[0].at, f"催办 {len(urged)} 次")


def _after(step: Step, document: Document) -> str:
    if step.at is None or step.at <= document.received_at:
        return ""
    minutes = (step.at - document.received_at) // timedelta(minutes=1)
    if minutes >= 24 * 60:
        return f"{minutes // (24 * 60)} 天 {minutes // 60 % 24} 小时"
    return f"{minutes // 60} 小时 {minutes % 60} 分" if minutes >= 60 else f"{minutes} 分"
