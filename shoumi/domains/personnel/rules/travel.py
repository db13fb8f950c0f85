"""Travel abroad (出境): who consents, what stands in the way, what is done before and after."""

from collections.abc import Sequence
from datetime import date

from shoumi.domains.personnel.rules.words import Answer
from shoumi.kernel.refusal import Refusal


def check_days(leaves_on: date, returns_on: date, *, today: date) -> None:
    """A journey lies ahead when it is asked for. Clause: personnel.travel."""
    if returns_on < leaves_on:
        raise Refusal("返回日期早于出境日期", clause="personnel.travel", way_on="请改正日期")
    if leaves_on <= today:
        raise Refusal(
            "出境须事先报告，不受理当日和事后的申请",
            clause="personnel.travel",
            way_on="已经出境的，由组织人事登记为未经批准出境",
        )


def check_answers(answers: Sequence[tuple[str, str]]) -> None:
    """(authority, answer): an objection binds, and a question is waited for. Clause: personnel.travel.objection."""
    objecting = [name for name, answer in answers if answer == Answer.OBJECTED]
    if objecting:
        raise Refusal(
            f"{'、'.join(objecting)}认为出境将危害国家安全或者造成重大损失，不得批准",
            clause="personnel.travel.objection",
            way_on="请不同意本申请，并告知本人",
        )
    waiting = [name for name, answer in answers if answer == Answer.WAITING]
    if waiting:
        raise Refusal(
            f"{'、'.join(waiting)}的意见尚未收到",
            clause="personnel.travel.objection",
            way_on="收到回函并登记后再批准",
        )
