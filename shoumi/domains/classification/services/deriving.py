"""派生定密: sources are found by their numbers, and what they stand at is taken over."""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce

from shoumi.domains.classification import rules
from shoumi.domains.classification.models import Determination, Matter, Source, joined
from shoumi.domains.classification.services.steps import numbered
from shoumi.domains.documents.models import Document
from shoumi.kernel.levels import Label as PureLabel
from shoumi.kernel.levels import Level, may_know
from shoumi.kernel.marks import Mark, PeriodKind
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.subjects import day_of, label_of, subject_of
from shoumi.platform.directory.models import Person

State = Determination.State


def sources_named(text: str, *, reader: Person, at: datetime) -> list[Determination]:
    """The sources by their numbers, a line or a comma each; inside somebody's act.

    A paper from outside becomes a source as its issuer marked it. Refused: what the reader cannot find,
    what is no state secret, and what has been released. Clause: classification.derive.
    """
    numbers = [one.strip() for one in text.replace("，", "\n").replace("、", "\n").splitlines()]
    found = [_one(number, reader=reader, at=at) for number in dict.fromkeys(numbers) if number]
    if not found:
        raise Refusal(
            "未写明派生来源", clause=rules.DERIVE, way_on="填写来源文件或者定密事项的编号"
        )
    return found


def sources_for(text: str, likeness: str, *, reader: Person, at: datetime) -> list[Determination]:
    """The sources of what may be derived or not: none named, none found; inside somebody's act."""
    if not text.strip():
        return []
    rules.check_likeness(likeness, points="见草稿")
    return sources_named(text, reader=reader, at=at)


def ground_of(matter: Matter | None, sources: Sequence[Determination]) -> str:
    """定密依据 as it follows from the list or the sources; empty where neither was named."""
    if sources:
        return f"派生自 {joined((one.number for one in sources), most=190)}"
    return str(matter.basis) if matter is not None else ""


def inherit(sources: Sequence[Determination]) -> Mark:
    """The mark that a matter derived from these takes over."""
    return rules.inherited(source.standing for source in sources)


def link(derived: Determination, sources: Sequence[Determination]) -> None:
    """Keep the lineage: what it came from, and how that stood."""
    for parent in sources:
        Source.objects.create(
            label=derived.label, derived=derived, parent=parent, mark_text=parent.mark_text
        )


def check_readers(
    people: Sequence[Person], sources: Sequence[Determination], *, at: datetime
) -> None:
    """知悉范围 is taken over too: nobody knows what was derived who may not know every source."""
    pure = (PureLabel(source.level, label_of(source.label, on=day_of(at))) for source in sources)
    joint = reduce(PureLabel.join, pure)
    for person in people:
        if not may_know(subject_of(person, at), joint).allowed:
            raise Refusal(
                f"{person.name}不在来源的知悉范围内",
                clause="classification.derive.scope",
                way_on="从名单中去掉；确需知悉的，先按规定扩大来源的知悉范围",
            )


def determination_of(document: Document, *, at: datetime) -> Determination:
    """How a registered paper was classified; one from outside is entered as its issuer marked it."""
    standing = Determination.over(document.label)
    if standing is not None:
        return standing
    made: Determination = Determination.objects.create(
        label=document.label,
        body=document.body,
        number=numbered("来定", "outside", body=document.body, at=at),
        manner=Determination.Manner.OUTSIDE,
        document=document,
        basis=f"来文标志 {document.mark_text}"[:200],
        mark_text=document.mark_text,
        period_kind=document.period_kind or PeriodKind.NONE.value,
        condition=_condition(document),
        counted_from=document.issued_on or day_of(document.received_at),
        expires_on=document.expires_on,
        proposed_by=document.signed_by,
        proposed_at=document.received_at,
        proposed_mark=document.mark_text,
        state=State.IN_FORCE,
    )
    return made


def paper_named(number: str, *, clause: str, reader: Person, at: datetime) -> Document:
    """A registered paper by its number here or the issuer's, as far as the reader may know it."""
    papers = Document.objects.visible_to(reader, at=at).filter(body=reader.body_id)
    near = papers.select_related("label__body", "body", "signed_by")
    found: Document | None = near.filter(number=number).first()
    found = found or near.filter(issue_number=number).order_by("-id").first()
    if found is None:
        raise Refusal(
            f"没有编号为「{number}」的文件",
            clause=clause,
            way_on="填写收文编号、文号或者定密编号，一行一个",
        )
    return found


def _one(number: str, *, reader: Person, at: datetime) -> Determination:
    own = Determination.objects.visible_to(reader, at=at).filter(number=number, body=reader.body_id)
    found: Determination | None = own.select_related("label", "body").first()
    if found is None:
        found = determination_of(
            paper_named(number, clause=rules.DERIVE, reader=reader, at=at), at=at
        )
    if found.state != State.IN_FORCE or found.level < Level.CONFIDENTIAL:
        raise Refusal(
            f"{number} 不是在效的国家秘密，不能据以派生",
            clause=rules.DERIVE,
            way_on="核对来源；已解密的不再派生，尚未定密的待定密后办理",
        )
    rules.check_alive(found.expires_on, today=day_of(at), what="派生", clause=rules.DERIVE)
    return found


def _condition(document: Document) -> str:
    """What stands behind the star where it is a condition."""
    if document.period_kind != PeriodKind.CONDITION.value:
        return ""
    return document.mark_text.partition("★")[2]
