"""What a receipt must hold (收文登记要素), and the words of the register: pure questions and answers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from shoumi.domains.documents.rules.initials import title_initials as title_initials
from shoumi.kernel.levels import Level
from shoumi.kernel.marks import (
    Mark,
    Period,
    deemed_period,
    expires_on,
    parse_mark,
    print_mark,
)
from shoumi.kernel.numbering import parse_copy_numbers, parse_number, print_copy_number
from shoumi.kernel.refusal import Refusal

ELEMENTS = "documents.register.elements"
DEEMED_NOTE = "来文未标保密期限，按最长期限掌握"


class Kind(StrEnum):
    """The kinds of paper that have a register of their own; the word stands before the year."""

    FILE = "file"
    TELEGRAM = "telegram"
    BRIEF = "brief"
    FAX = "fax"
    DISC = "disc"

    @property
    def label(self) -> str:
        return {
            "file": "文件",
            "telegram": "电报",
            "brief": "简报资料",
            "fax": "传真",
            "disc": "光盘",
        }[self]

    @property
    def word(self) -> str:
        return {"file": "文", "telegram": "电", "brief": "资", "fax": "真", "disc": "盘"}[self]

    @property
    def is_wired(self) -> bool:
        """Whether it runs against the clocks of a telegram."""
        return self is Kind.TELEGRAM


class Urgency(StrEnum):
    """紧急程度 as printed: papers know three, telegrams four."""

    TOP_FLASH = "top_flash"
    FLASH = "flash"
    URGENT = "urgent"
    PROMPT = "prompt"
    PLAIN = "plain"

    @property
    def label(self) -> str:
        return {
            "top_flash": "特提",
            "flash": "特急",
            "urgent": "加急",
            "prompt": "平急",
            "plain": "平件",
        }[self]

    @property
    def pace(self) -> str:
        """Which row of the rulebook's time tables holds for it."""
        return {"top_flash": "特急", "flash": "特急", "urgent": "加急"}.get(self, "普通")

    @property
    def weight(self) -> int:
        """How it ranks in the home list: 普通 0, 平急 1, 加急 2, 特急 3."""
        return {"top_flash": 3, "flash": 3, "urgent": 2, "prompt": 1, "plain": 0}[self]


PAPER_URGENCIES = (Urgency.FLASH, Urgency.URGENT, Urgency.PLAIN)
TELEGRAM_URGENCIES = (Urgency.TOP_FLASH, Urgency.FLASH, Urgency.URGENT, Urgency.PROMPT)


class Channel(StrEnum):
    """How a paper came; which of them may carry secrets is a figure of the rulebook."""

    COURIER = "courier"
    SIGNAL = "signal"
    ESCORT = "escort"
    LEADER = "leader"
    MEETING = "meeting"
    POST = "post"
    EXPRESS = "express"
    FAX = "fax"
    EMAIL = "email"
    PHONE = "phone"
    PLAIN_WIRE = "wire"

    @property
    def label(self) -> str:
        return {
            "courier": "机要交通",
            "signal": "机要通信",
            "escort": "专人专车",
            "leader": "领导直送",
            "meeting": "会议带回",
            "post": "普通邮政",
            "express": "快递",
            "fax": "普通传真",
            "email": "电子邮件",
            "phone": "公用电话",
            "wire": "明码电报",
        }[self]


# Brought by hand of our own people: no transport, so no clause about transport speaks of them.
BY_HAND = frozenset({Channel.LEADER, Channel.MEETING})


@dataclass(frozen=True, slots=True)
class Checks:
    """清点: the four checks before the signature, and what was found otherwise."""

    addressed: bool
    number_agrees: bool
    count_agrees: bool
    intact: bool
    anomaly: str = ""
    deliverer_confirmed: bool = False

    @property
    def all_right(self) -> bool:
        return self.addressed and self.number_agrees and self.count_agrees and self.intact


@dataclass(frozen=True, slots=True)
class Marking:
    """The mark as it goes into the register, with what the registrar should tell the issuer."""

    mark: Mark
    expires_on: date | None
    notes: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        return self.mark.level

    @property
    def text(self) -> str:
        return print_mark(self.mark)


def register_number(kind: str, year: int, number: int) -> str:
    """收文〔2026〕12号; each kind of paper has a series of its own."""
    return f"收{Kind(kind).word}〔{year}〕{number}号"


def copy_name(register: str, copy_number: str) -> str:
    """收文〔2026〕12号 000003: how a copy is called in hand-over lists; never by its title."""
    return f"{register} {copy_number}"


def check_envelope(checks: Checks, *, deliverer: str) -> None:
    """Refuse the signature before the envelope is counted, or an anomaly that nobody wrote down."""
    if not checks.addressed:
        raise Refusal(
            "不是本单位收件，不得签收",
            clause="documents.receive.envelope",
            way_on="当场退还送达人；已误拆的登记后及时退回来件单位",
        )
    if checks.all_right and not checks.anomaly:
        return
    if not checks.anomaly:
        raise Refusal(
            "封皮编号、件数、封装有一项核对不符，未登记异常，不得签收",
            clause="documents.receive.envelope",
            way_on="写明异常情况，请送达人签名确认后签收；不能确认的退还送达人",
        )
    if not checks.deliverer_confirmed or not deliverer:
        raise Refusal(
            "有异常的来件须由送达人签名确认",
            clause="documents.receive.anomaly",
            way_on="填写送达人，并请其在送件簿上签名后勾选「送达人已签名确认」",
        )


def read_marking(
    text: str,
    *,
    period_unmarked: bool,
    issued_on: date | None,
    limits: Mapping[Level, int],
) -> Marking:
    """The mark of an incoming paper; an empty one means 公开.

    `period_unmarked` says that the paper itself bears no period: it then counts as marked with the longest.
    """
    if not text.strip():
        return Marking(Mark(Level.PUBLIC, Period.none()), None)
    bare = _bare_level(text)
    if period_unmarked and bare is not None:
        mark = Mark(bare, deemed_period(bare, limits=limits))
        return Marking(mark, expires_on(mark, issued_on) if issued_on else None, (DEEMED_NOTE,))
    parsed = parse_mark(text, own=False, limits=limits, start=issued_on)
    expiry = expires_on(parsed.mark, issued_on) if issued_on else parsed.mark.period.day
    return Marking(parsed.mark, expiry, parsed.warnings)


def check_urgency(kind: str, urgency: str) -> None:
    """Papers are 特急、加急 or 平件; telegrams 特提、特急、加急 or 平急."""
    allowed = TELEGRAM_URGENCIES if kind == Kind.TELEGRAM else PAPER_URGENCIES
    if urgency not in allowed:
        raise Refusal(
            f"{Kind(kind).label}没有「{Urgency(urgency).label}」这一紧急程度",
            clause=ELEMENTS,
            way_on=f"{Kind(kind).label}的紧急程度为{'、'.join(u.label for u in allowed)}",
        )


def check_channel(level: Level, channel: str, *, secure: Collection[str]) -> None:
    """What is secret or 内部 comes through 机要 channels only."""
    way = Channel(channel)
    if level < Level.INTERNAL or way in BY_HAND or way.label in secure:
        return
    raise Refusal(
        f"{level.label}件不得经{way.label}递送",
        clause="documents.channel",
        way_on="退请发文单位改走机要渠道；已经收到的，原件封存，报保密办查处后再行登记",
    )


def check_reply(level: Level, channel: str, *, secure: Collection[str]) -> None:
    """密电密复: what came secretly is not answered in the open."""
    way = Channel(channel)
    if level >= Level.INTERNAL and way.label not in secure:
        raise Refusal(
            f"{level.label}电报不得经{way.label}回复，严禁明复和明密混用",
            clause="documents.telegram.reply",
            way_on="改走机要渠道密复后再办结",
        )


def check_cosigner(channel: str, *, registrar: int, cosigner: int | None) -> None:
    """What a leader brings in person is verified and signed for by two."""
    if channel == Channel.LEADER and (cosigner is None or cosigner == registrar):
        raise Refusal(
            "领导直接送来的密件由两人共同签收",
            clause="documents.receive.signature",
            way_on="另选一名共同签收人",
        )


def check_brought(channel: str, *, deliverer: str) -> None:
    """What is brought back from a meeting names who brought it."""
    if channel == Channel.MEETING and not deliverer:
        raise Refusal(
            "会议带回的文件未填写送交人",
            clause="documents.meeting.hand_in",
            way_on="在「送达人」一项填写参会人姓名",
        )


def check_times(*, received_at: datetime, issued_on: date | None, at: datetime) -> None:
    """Nothing is received before it happens, nor issued after it was received."""
    if received_at > at:
        raise Refusal(
            "签收时间晚于当前时间",
            clause="documents.receive.signature",
            way_on="按实际签收的时、分填写",
        )
    if issued_on is not None and issued_on > received_at.date():
        raise Refusal(
            "成文日期晚于签收日期", clause=ELEMENTS, way_on="按来文落款日期填写；无落款的按邮戳补注"
        )


def check_elements(
    level: Level, *, issuer: str, title: str, issued_on: date | None, is_shell: bool
) -> None:
    """The elements without which nothing enters the account."""
    if not issuer.strip():
        raise Refusal("未填写来文单位", clause=ELEMENTS, way_on="按来文落款填写")
    if level.is_state_secret and issued_on is None:
        raise Refusal(
            "涉密文件未填写成文日期，保密期限无从起算",
            clause=ELEMENTS,
            way_on="按落款日期填写；无落款的按邮戳补注",
        )
    if is_shell and title.strip():
        raise Refusal(
            f"{level.label}高于本系统部署等级，不得录入标题",
            clause="grades.content",
            way_on="清空标题，按空壳登记编号、密级、份数和去向；标题记在纸质登记簿上",
        )
    if not is_shell and not title.strip():
        raise Refusal("未填写标题", clause=ELEMENTS, way_on="按来文标题填写")


def copy_numbers(level: Level, *, copies: int, written: str) -> tuple[str, ...]:
    """Six digits each, as many as there are copies; state secrets bear the issuer's numbers."""
    if copies < 1:
        raise Refusal("份数至少为 1", clause=ELEMENTS, way_on="按实收份数填写")
    if not written.strip():
        if level.is_state_secret:
            raise Refusal(
                "涉密文件须逐份登记份号",
                clause="documents.copy_number",
                way_on="按文件首页左上角的份号填写，如「000001-000003」",
            )
        return tuple(print_copy_number(n) for n in range(1, copies + 1))
    numbers = parse_copy_numbers(written)
    if len(numbers) != copies:
        raise Refusal(
            f"份数为 {copies}，份号有 {len(numbers)} 个，两者不符",
            clause="documents.copy_number",
            way_on="逐份核对份号，或者更正份数",
        )
    return tuple(print_copy_number(n) for n in numbers)


def issue_number(text: str) -> str:
    """文号 in its one form; a paper without one leaves it empty."""
    return str(parse_number(text)) if text.strip() else ""


def _bare_level(text: str) -> Level | None:
    plain = "".join(text.split()).removesuffix("★").removesuffix("级")
    return next((x for x in Level if x.is_state_secret and x.label == plain), None)
