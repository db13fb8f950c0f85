"""拟稿: what a draft must say before anybody reviews it."""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from shoumi.kernel.levels import Level
from shoumi.kernel.marks import Mark, Period, expires_on, parse_mark
from shoumi.kernel.refusal import Refusal

MARK = "dispatch.draft.mark"


class Form(StrEnum):
    """发文类型: what is sent out, and in which book of the registry its file copy stands."""

    FILE = "file"
    LETTER = "letter"
    TELEGRAM = "telegram"
    BRIEF = "brief"

    @property
    def label(self) -> str:
        return {"file": "文件", "letter": "信函", "telegram": "电报", "brief": "简报"}[self]

    @property
    def book(self) -> str:
        """The kind of paper that the register knows it as."""
        return {"file": "file", "letter": "file", "telegram": "telegram", "brief": "brief"}[self]


class Urgency(StrEnum):
    """紧急程度 as printed on the paper."""

    FLASH = "flash"
    URGENT = "urgent"
    PLAIN = "plain"

    @property
    def label(self) -> str:
        return {"flash": "特急", "urgent": "加急", "plain": "平件"}[self]

    @property
    def weight(self) -> int:
        return {"flash": 3, "urgent": 2, "plain": 0}[self]


def read_mark(text: str, *, limits: Mapping[Level, int], start: date) -> tuple[Mark, date | None]:
    """The mark of a draft and the day its period ends; what is public says so. Clause: dispatch.draft.mark."""
    if not text.strip():
        raise Refusal(
            "草稿未标密级，不得保存",
            clause=MARK,
            way_on="按拟定密级填写，如「秘密★5年」；不涉密的填写「公开」",
        )
    if "".join(text.split()) == Level.PUBLIC.label:
        return Mark(Level.PUBLIC, Period.none()), None
    mark = parse_mark(text, own=True, limits=limits, start=start).mark
    return mark, expires_on(mark, start)


def check_basis(level: Level, basis: str) -> None:
    """拟定密级 has its ground in the list of secret matters. Clause: dispatch.classify."""
    if level > Level.PUBLIC and not basis.strip():
        raise Refusal(
            f"拟定{level.label}未写明依据",
            clause="dispatch.classify",
            way_on="写明所依据的保密事项范围条目，或者所引来文的密级",
        )


def check_genre(
    genre: str,
    *,
    situation: str,
    meeting: str,
    situations: Mapping[str, tuple[str, Collection[str]]],
) -> None:
    """文种适用: three kinds of paper stand only where the regulation says so.

    `situations` maps such a kind to its clause and the situations that the clause lists.
    """
    if genre not in situations:
        return
    clause, listed = situations[genre]
    if situation not in listed:
        raise Refusal(
            f"未选定「{genre}」的适用情形",
            clause=clause,
            way_on=f"可选{'、'.join(listed)}；都不符合的改用其他文种",
        )
    if genre == "决议" and not meeting.strip():
        raise Refusal(
            "决议须写明通过该事项的会议", clause=clause, way_on="填写会议名称、届次和日期"
        )


def check_format(title: str, genre: str, *, is_shell: bool) -> None:
    """标题: body, matter and kind; a shell has none. Clauses: dispatch.format, grades.content."""
    if is_shell and title.strip():
        raise Refusal(
            "密级高于本系统部署等级，不得录入标题",
            clause="grades.content",
            way_on="清空标题，草稿只在纸上流转，这里登记编号、密级、份数和去向",
        )
    if not is_shell and not title.strip():
        raise Refusal("未填写标题", clause="dispatch.format", way_on="标题写明事由和文种")
    ending = genre.partition("（")[0]
    ending = "令" if ending == "命令" else ending
    if not is_shell and not title.strip().endswith(ending):
        raise Refusal(
            f"标题应以文种「{ending}」结尾",
            clause="dispatch.format",
            way_on=f"改为「关于……的{ending}」，或者改选文种",
        )


def check_necessity(
    *, is_paper: bool, necessity: str, paper_reason: str, is_shell: bool = False
) -> None:
    """发文必要性: what need not be sent is not sent. Clauses: dispatch.necessity, dispatch.paper."""
    if is_shell:
        return
    if not necessity.strip():
        raise Refusal(
            "未写明发文必要性",
            clause="dispatch.necessity",
            way_on="写明为何必须发文；可发可不发的不发",
        )
    if is_paper and not paper_reason.strip():
        raise Refusal(
            "未写明采用纸质发文的理由",
            clause="dispatch.paper",
            way_on="能用信息渠道或者网络解决的不发纸质；确需纸质的写明理由",
        )


def check_once(*, earlier: str, exception: str) -> None:
    """What went out by fax or telegram does not go out again as a paper. Clause: dispatch.once."""
    if earlier and not exception.strip():
        raise Refusal(
            f"同一事项已发传真或者电报（{earlier}），原则上不再发文",
            clause="dispatch.once",
            way_on="确需再行文的，写明例外理由，由核稿人审定",
        )


def check_print_run(run: int, *, listed: int, is_published: bool, published_most: int) -> None:
    """印数: enough for the list, and few of what the papers have printed already."""
    if run < max(listed, 1):
        raise Refusal(
            f"分发 {listed} 份，印数只有 {run} 份",
            clause="dispatch.distribution.sum",
            way_on="增加印数，或者核减分发份数",
        )
    if is_published and run > published_most:
        raise Refusal(
            f"已在报刊公开发表的只印存档份，不超过 {published_most} 份",
            clause="dispatch.published",
            way_on=f"把印数改为 {published_most} 份以内",
        )


def check_written(text: str, what: str, *, clause: str) -> str:
    """What must be said in words is said."""
    if not text.strip():
        raise Refusal(f"请写明{what}", clause=clause, way_on=f"填写{what}后再提交")
    return text.strip()
