"""递送渠道: which way a paper of a level may go, and what must be written down about it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal

CHANNEL = "dispatch.channel"


class Channel(StrEnum):
    """Every way a paper could leave; the rulebook says which of them secrets may take."""

    COURIER = "courier"
    SIGNAL = "signal"
    ESCORT = "escort"
    EXCHANGE = "exchange"
    CIPHER = "cipher"
    POST = "post"
    EXPRESS = "express"
    FAX = "fax"
    NETWORK = "network"
    PHONE = "phone"
    PLAIN = "plain"

    @property
    def label(self) -> str:
        return {
            "courier": "机要交通",
            "signal": "机要通信",
            "escort": "专人专车",
            "exchange": "机要交换",
            "cipher": "密码电报",
            "post": "普通邮政",
            "express": "特快专递",
            "fax": "普通传真",
            "network": "互联网",
            "phone": "公用电话",
            "plain": "明码电报",
        }[self]


# What travels as a signal, where plain and cipher must not be mixed over one matter.
ON_THE_WIRE = frozenset(
    {Channel.CIPHER, Channel.FAX, Channel.NETWORK, Channel.PHONE, Channel.PLAIN}
)


def check_channel(
    level: Level,
    channel: str,
    *,
    secure: Collection[str],
    on_approval: Collection[str],
    approval_number: str,
) -> None:
    """机要 channels for what is secret; 内部 by fax or network only under an approval's number."""
    way = Channel(channel)
    if way.label in secure or level < Level.INTERNAL:
        return
    if level == Level.INTERNAL and way.label in on_approval:
        if not approval_number.strip():
            raise Refusal(
                f"内部件未经批准，不得经{way.label}传递",
                clause="dispatch.channel.approved",
                way_on="填写批准号，或者改走机要渠道",
            )
        return
    raise Refusal(
        f"{level.label}件不得经{way.label}发出",
        clause=CHANNEL,
        way_on=f"请改由{'、'.join(secure)}递送",
    )


def check_protection(level: Level, protection: str) -> None:
    """加密: how it is sealed or enciphered is written down. Clause: dispatch.channel.encrypted."""
    if level.is_state_secret and not protection.strip():
        raise Refusal(
            f"{level.label}件未登记加密或者密封方式",
            clause="dispatch.channel.encrypted",
            way_on="写明双层密封、加盖密封章，或者所用密码设备",
        )


def check_tracking(channel: str, tracking: str, *, numbered: Collection[str]) -> None:
    """寄递单号: what goes by post has the number of its slip. Clause: dispatch.tracking."""
    way = Channel(channel)
    if way.label in numbered and not tracking.strip():
        raise Refusal(
            f"经{way.label}寄递未登记单号",
            clause="dispatch.tracking",
            way_on="按寄递单填写单号",
        )


def check_couriers(level: Level, *, persons: int, least: int, by_hand: bool) -> None:
    """交接: somebody takes it over by name, and 绝密 at least two. Clause: dispatch.courier."""
    if by_hand and persons < 1:
        raise Refusal(
            "未登记接件的交通员", clause="dispatch.courier", way_on="填写交通员姓名，当面交接签名"
        )
    if level == Level.TOP_SECRET and persons < least:
        raise Refusal(
            f"绝密件递送不少于 {least} 人，现为 {persons} 人",
            clause="dispatch.courier",
            way_on="写明全部递送人员姓名",
        )


def check_cipher(channel: str, *, answers_cipher: bool, used: Collection[str]) -> None:
    """密电密复: a cipher telegram is answered in cipher, and one matter is never sent both ways."""
    way = Channel(channel)
    if answers_cipher and way is not Channel.CIPHER:
        raise Refusal(
            "所复来电为密电，不得以其他方式回复",
            clause="dispatch.cipher",
            way_on="请用密码电报回复",
        )
    before = {Channel(name) for name in used} & ON_THE_WIRE
    is_mixed = any((other is Channel.CIPHER) != (way is Channel.CIPHER) for other in before)
    if way in ON_THE_WIRE and is_mixed:
        raise Refusal(
            "同一事项已用另一种电报方式发出，不得明密混用",
            clause="dispatch.cipher",
            way_on="按原方式续发，并报保密办",
        )


def check_times(*, left: datetime, then: datetime, at: datetime) -> None:
    """A trip goes forward in time. Clause: dispatch.courier.times."""
    if then < left or then > at:
        raise Refusal(
            "往返时间不对：到达、返回不早于出发，不晚于现在",
            clause="dispatch.courier.times",
            way_on="按实际时、分填写",
        )


def is_long(*, left: datetime, back: datetime, minutes: int) -> bool:
    """用时异常: longer than a trip of its own takes. Clause: dispatch.courier.times."""
    return back - left > timedelta(minutes=minutes)
