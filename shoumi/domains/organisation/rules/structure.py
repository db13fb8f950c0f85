"""The structure as the rulebook's data tells it: kinds of organ, responsibilities, undertakings, duties of posts.

One responsibility (责任) is one row of data: who may bear it, where, how many, until when, and which controls
it answers for. A new 制度 that says 「X 对 Y 负责」 is a new row and no code.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

from shoumi.platform.rulebook.model import RulebookError
from shoumi.platform.rulebook.reader import Reader, read_toml

PER = {"body": "全单位", "department": "逐部门", "scope": "逐事项"}
STAFF = "staff"


@dataclass(frozen=True, kw_only=True)
class OrganKind:
    """A kind of organ (机构): does it meet, need an approval, answer to two masters, bear a function.

    `settles` is the recurring duty that the minutes of its meeting prove done.
    """

    key: str
    title: str
    clause: str
    meets: bool = False
    approved: bool = False
    dual: bool = False
    functional: bool = False
    settles: str = ""
    duties: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MeetingKind:
    """A kind of meeting (会议类别): of an organ, of a department or of neither, and what it settles."""

    title: str
    of: str = ""
    settles: str = ""


@dataclass(frozen=True, kw_only=True)
class Need:
    """At least one organ of these kinds must stand in every body."""

    any: tuple[str, ...]
    clause: str
    say: str


@dataclass(frozen=True, kw_only=True)
class Role:
    """One responsibility; `owns` names the controls whose keeping it answers for."""

    key: str
    title: str
    clause: str
    text: str
    organ: str = ""
    per: str = "body"
    scopes: tuple[str, ...] = ()
    least: int = 1
    most: int = 0
    post: str = ""
    automatic: bool = False
    every: bool = False
    term: bool = False
    qualified: bool = False
    party: bool = False
    position: str = ""
    working: str = ""
    needed: bool = True
    owns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Line:
    """Who of this role signs, and with the first of which roles that somebody bears."""

    role: str
    superiors: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class UndertakingKind:
    """A kind of 责任书: its lines from the top down and what is promised in it."""

    key: str
    title: str
    clause: str
    lines: tuple[Line, ...]
    promises: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PostDuty:
    """One duty of a post (岗位职责) and what counts as evidence that it is done."""

    of: str
    stage: str
    text: str
    evidence: tuple[str, ...] = ()

    @property
    def acts(self) -> tuple[str, ...]:
        return tuple(e.removeprefix("act:") for e in self.evidence if e.startswith("act:"))

    @property
    def duties(self) -> tuple[str, ...]:
        return tuple(e.removeprefix("duty:") for e in self.evidence if e.startswith("duty:"))


@dataclass(frozen=True, kw_only=True)
class Structure:
    """All of it; every mapping keeps the order of the file, which is that of the chart."""

    organs: Mapping[str, OrganKind]
    needs: tuple[Need, ...]
    meetings: Mapping[str, MeetingKind]
    roles: Mapping[str, Role]
    undertakings: Mapping[str, UndertakingKind]
    stages: tuple[str, ...]
    duties: tuple[PostDuty, ...]

    def seats_of(self, organ: str) -> list[Role]:
        return [role for role in self.roles.values() if role.organ == organ]

    def outside_organs(self) -> list[Role]:
        return [role for role in self.roles.values() if not role.organ]

    def duties_of(self, post: str) -> list[PostDuty]:
        return [duty for duty in self.duties if duty.of == post]


def load_structure(folder: Path) -> Structure:
    """Read both files; whatever is missing, mistyped or unknown is named."""
    row = read_toml(folder / "structure.toml")
    organs = [_made(OrganKind, row, t, "机构") for t in row.take("organ", list)]
    needs = tuple(_made(Need, row, t, "应设机构") for t in row.take("need", list))
    roles = [_made(Role, row, t, "责任") for t in row.take("role", list)]
    meetings = [_made(MeetingKind, row, t, "会议") for t in row.take("meeting", list)]
    kinds = [_undertaking(row, t) for t in row.take("undertaking", list)]
    row.done()
    told = read_toml(folder / "duties.toml")
    stages = tuple(told.take("stages", list))
    duties = tuple(_made(PostDuty, told, t, "职责") for t in told.take("duty", list))
    told.done()
    return Structure(
        organs={kind.key: kind for kind in organs},
        needs=needs,
        meetings={kind.title: kind for kind in meetings},
        roles={role.key: role for role in roles},
        undertakings={kind.key: kind for kind in kinds},
        stages=stages,
        duties=duties,
    )


def problems(
    found: Structure, *, clauses: Collection[str], posts: Collection[str]
) -> Iterator[str]:
    """Every contradiction in the data as one Chinese line."""
    told = [(t.title, t.clause) for t in found.organs.values()]
    told += [(t.title, t.clause) for t in found.roles.values()]
    told += [(t.title, t.clause) for t in found.undertakings.values()]
    for title, clause in told:
        if clause not in clauses:
            yield f"「{title}」所据条款「{clause}」不在规章中"
    for need in found.needs:
        if need.clause not in clauses or not set(need.any) <= found.organs.keys():
            yield f"「{need.say}」的条款或者机构种类不存在"
    for role in found.roles.values():
        yield from (f"责任「{role.key}」{fault}" for fault in _role_faults(role, found, posts))
    for kind in found.undertakings.values():
        for line in kind.lines:
            named = {line.role, *line.superiors} - {STAFF}
            yield from (
                f"责任书「{kind.key}」：没有责任「{r}」" for r in named - found.roles.keys()
            )
    for duty in found.duties:
        if duty.of not in posts or duty.stage not in found.stages:
            yield f"职责「{duty.text}」的岗位或者环节不存在"
        if len(duty.acts) + len(duty.duties) != len(duty.evidence):
            yield f"职责「{duty.text}」的凭据应写作 act: 或者 duty:"


def _role_faults(role: Role, found: Structure, posts: Collection[str]) -> Iterator[str]:
    if role.organ and role.organ not in found.organs:
        yield f"：没有机构「{role.organ}」"
    if role.per not in PER or (role.per == "scope") != bool(role.scopes):
        yield "：范围写法不对"
    if role.organ and role.per != "body":
        yield "：机构的席位不再分部门、事项"
    if role.post and role.post not in posts:
        yield f"：没有岗位「{role.post}」"
    if (role.automatic or role.every) and not role.post:
        yield "：随任岗变动的须写明岗位"
    if role.automatic and role.organ:
        yield "：机构的席位须有任命依据，不得自动更替"
    if role.most and role.least > role.most:
        yield "：人数下限大于上限"


def _made(cls: type[Any], whole: Reader, table: Any, what: str) -> Any:
    """One table as one object of its class: types are those of the class's defaults."""
    row = whole.inside(table, what)
    given: dict[str, Any] = {}
    for field in fields(cls):
        kind = _KINDS[str(getattr(field.type, "__name__", field.type))]
        value = row.take(field.name, kind, ... if field.default is MISSING else field.default)
        given[field.name] = tuple(value) if isinstance(value, list) else value
    row.done()
    return cls(**given)


def _undertaking(whole: Reader, table: Any) -> UndertakingKind:
    row = whole.inside(table, "责任书")
    found = UndertakingKind(
        key=row.take("key", str),
        title=row.take("title", str),
        clause=row.take("clause", str),
        lines=tuple(_line(row, line) for line in row.take("lines", list)),
        promises=tuple(row.take("promises", list)),
    )
    row.done()
    return found


def _line(whole: Reader, table: Any) -> Line:
    row = whole.inside(table, "签订层级")
    found = Line(role=row.take("role", str), superiors=tuple(row.take("with", list)))
    row.done()
    return found


_KINDS: dict[str, type] = {"str": str, "int": int, "bool": bool, "tuple": list}


def require(found: Structure, faults: Iterable[str]) -> Structure:
    """Refuse to start with data that contradicts itself or the rulebook."""
    if said := list(faults):
        raise RulebookError("机构与岗位数据未通过启动检查：\n" + "\n".join(said))
    return found
