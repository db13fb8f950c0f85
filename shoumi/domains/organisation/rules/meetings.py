"""Meetings (会议): what is on the agenda, who was there, and when a resolution stands."""

from dataclasses import dataclass

from shoumi.kernel.refusal import Refusal

CLAUSE = "organisation.meeting"
VOTES = "organisation.resolution"


class NoResolution(Refusal):
    """The meeting could not, or did not, resolve this."""


@dataclass(frozen=True)
class Vote:
    """Hands counted on one matter."""

    yes: int
    no: int
    abstained: int

    @property
    def cast(self) -> int:
        return self.yes + self.no + self.abstained


def read_agenda(text: str) -> tuple[str, ...]:
    """The items of an agenda, one a line. Clause: organisation.meeting."""
    items = tuple(line.strip() for line in text.splitlines() if line.strip())
    if not items:
        raise Refusal("会议没有议题", clause=CLAUSE, way_on="逐行写明议题")
    too_long = next((item for item in items if len(item) > 100), "")
    if too_long:
        raise Refusal("议题不超过 100 字", clause=CLAUSE, way_on="简要写明，材料另附")
    return items


def names_secrecy(items: tuple[str, ...]) -> bool:
    """Whether secrecy is on the agenda. Clause: organisation.meeting.topic."""
    return any("保密" in item or "密" in item for item in items)


def check_quorum(*, members: int, present: int, percent: int) -> None:
    """Enough of the members were there. Clause: organisation.resolution."""
    if members and present * 100 < members * percent:
        raise NoResolution(
            f"应到 {members} 人，实到 {present} 人，不足 {percent}%，不得议决",
            clause=VOTES,
            way_on="择日另行召开",
        )


def check_vote(vote: Vote, *, present: int, percent: int) -> None:
    """The hands agree with the people present, and more than so many per cent of them said yes."""
    if vote.cast != present:
        raise NoResolution(
            f"到会成员 {present} 人，表决合计 {vote.cast} 人",
            clause=VOTES,
            way_on="核对同意、反对、弃权人数",
        )
    if vote.yes * 100 <= present * percent:
        raise NoResolution(
            f"同意 {vote.yes} 人，未超过到会成员的 {percent}%，决议未通过",
            clause=VOTES,
            way_on="未通过的事项记入会议记录，不形成决议",
        )
