"""Labels and need-to-know (知悉范围): made and changed only inside somebody's act."""

from collections.abc import Iterable
from datetime import date

from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied
from shoumi.platform.access.models import Label, NeedToKnow
from shoumi.platform.access.subjects import post_of
from shoumi.platform.directory.models import OFFICERS, Body
from shoumi.platform.rulebook.controls import Control

NO_CONTENT = "accounts.officers.no_content"


class OfficerListed(Denied):
    """One of the three officers was to be let into business content."""


for _kind in ("mark", "record", "refuse"):
    Control("access.label", kind=_kind, label="密级标签与知悉范围")


def label_for(
    *,
    level: Level,
    body: Body,
    principals: Iterable[str],
    basis: str,
    on: date,
    officers: bool = False,
) -> Label:
    """A new label with its first need-to-know list; nobody listed means nobody may know.

    `officers` is for the ledgers of the system itself: only their labels may list the three officers.
    """
    wanted = [(level, principals)]
    (label,) = labels_for(wanted, body=body, basis=basis, on=on, officers=officers)
    return label


def labels_for(
    wanted: Iterable[tuple[Level, Iterable[str]]],
    *,
    body: Body,
    basis: str,
    on: date,
    officers: bool = False,
) -> list[Label]:
    """New labels, each of a level and with its first list: few statements for thousands."""
    lists = [(level, sorted(set(principals))) for level, principals in wanted]
    labels = Label.objects.bulk_create([Label(body=body, level=level) for level, _ in lists])
    rows = []
    for label, (_, principals) in zip(labels, lists, strict=True):
        if any(post_of(p) in OFFICERS for p in principals):
            _admit_officers(label, system=officers)
        rows += [_row(label, p, basis=basis, on=on) for p in principals]
    NeedToKnow.objects.bulk_create(rows)
    return labels


def widen(
    label: Label, *, principals: Iterable[str], basis: str, on: date, officers: bool = False
) -> list[str]:
    """Let further principals know; those already listed stay as they are. Returns the new ones.

    The three officers see no business content. Clause: accounts.officers.no_content.
    """
    principals = set(principals)
    if any(post_of(p) in OFFICERS for p in principals):
        _admit_officers(label, system=officers)
    listed = _listed(label)
    fresh = sorted(principals - listed)
    NeedToKnow.objects.bulk_create(_row(label, p, basis=basis, on=on) for p in fresh)
    return fresh


def narrow(label: Label, *, principals: Iterable[str], last_day: date) -> int:
    """End the knowing of some principals after `last_day`."""
    rows = label.need_to_know.filter(until=None, principal__in=list(principals))
    return rows.update(until=last_day)


def relevel(label: Label, *, level: Level) -> None:
    """Change the level of a label and of its need-to-know rows together."""
    if level > Level.INTERNAL and any(post_of(p) in OFFICERS for p in _listed(label)):
        _admit_officers(label, system=False)
    Label.objects.filter(pk=label.pk).update(level=level)
    label.need_to_know.update(level=level)
    label.level = level


def _row(label: Label, principal: str, *, basis: str, on: date) -> NeedToKnow:
    return NeedToKnow(label=label, principal=principal, level=label.level, since=on, basis=basis)


def _listed(label: Label) -> set[str]:
    """Who is on the list without an end."""
    return set(label.need_to_know.filter(until=None).values_list("principal", flat=True))


def _admit_officers(label: Label, *, system: bool) -> None:
    if not system:
        raise OfficerListed(
            "三员不得列入业务内容的知悉范围",
            clause=NO_CONTENT,
            way_on="请从知悉范围中去掉系统管理员、安全保密管理员、安全审计员",
        )
    if label.level > Level.INTERNAL:
        raise OfficerListed(
            "系统台账最高为内部，不得载有国家秘密",
            clause=NO_CONTENT,
            way_on="涉及国家秘密的内容请由机要员另行登记",
        )
