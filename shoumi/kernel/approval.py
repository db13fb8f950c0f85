"""Approval (审批) as a pure replay: frozen steps, a list of votes, one outcome.

The steps and the people who may decide them are copied into the case at submission; everything here
follows from that copy, so a flow edited under way changes nothing. Nobody approves their own: the
applicant is taken out of every step, and can be given no seat by handing on (转办) or adding (加签).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from shoumi.kernel.refusal import Denied, Refusal, Stale

Mode = Literal["any", "all", "joint"]
Eligible = Mapping[int, frozenset[int]]
Parts = Mapping[int, Sequence[frozenset[int]]]


class VoteKind(StrEnum):
    AGREE = "agree"
    REFUSE = "refuse"
    RETURN = "return"
    HAND_ON = "hand_on"
    ADD = "add"

    @property
    def label(self) -> str:
        return {
            "agree": "同意",
            "refuse": "不同意",
            "return": "退回",
            "hand_on": "转办",
            "add": "加签",
        }[self.value]


class State(StrEnum):
    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        return {"open": "审批中", "approved": "已同意", "refused": "未同意", "returned": "已退回"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Step:
    """`any`: one of them; `all`: each of them; `joint` (会签): one holder of each post."""

    key: str
    posts: tuple[str, ...]
    mode: Mode
    hours: int | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Vote:
    """`to` is the person of HAND_ON and ADD, or the earlier step of RETURN (None: the applicant)."""

    step: int
    person: int
    kind: VoteKind
    opinion: str = ""
    to: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """`step` is None once closed; `waiting` may vote now; `agreed` have done so in this step."""

    state: State
    step: int | None = None
    waiting: frozenset[int] = frozenset()
    agreed: frozenset[int] = frozenset()


class OwnRequest(Denied):
    """The applicant tried to decide, or was to be given a seat."""

    def __init__(self, message: str = "不得审批本人提出的申请") -> None:
        super().__init__(message, clause="approvals.own_request", way_on="由其他有权审批人办理")


class NoApprover(Refusal):
    """A step that nobody may decide would stay open for good."""


class NotApprover(Denied):
    """The person holds no seat in the present step."""


class Closed(Stale):
    """The case is decided or returned."""


class OutOfOrder(Stale):
    """The case has moved to another step since."""


class VotedAlready(Stale):
    """One person votes once in a step."""


class BadVote(Refusal):
    """A transfer or return to somebody or somewhere it cannot go."""


def check_steps(
    steps: Sequence[Step], *, applicant: int, eligible: Eligible, parts: Parts | None = None
) -> None:
    """Refuse at submission a case that could never be decided."""
    if not steps:
        raise NoApprover(
            "该事项未设置审批环节", clause="approvals.no_approver", way_on="由保密办补充审批流程"
        )
    for index, step in enumerate(steps):
        seats = _seats(step, index, applicant, eligible, parts or {})
        if not seats or not all(seats):
            raise NoApprover(
                f"「{step.label or step.key}」环节除申请人外没有可以审批的人员",
                clause="approvals.no_approver",
                way_on="请保密办核对岗位任职和知悉范围，或者由他人提出申请",
            )


def outcome(
    steps: Sequence[Step],
    *,
    applicant: int,
    eligible: Eligible,
    votes: Iterable[Vote],
    parts: Parts | None = None,
) -> Outcome:
    """Where the case stands; `parts` gives, for a joint step, the holders of each post."""
    check_steps(steps, applicant=applicant, eligible=eligible, parts=parts)
    case = _Case(steps, applicant, eligible, parts or {})
    for vote in votes:
        case.cast(vote)
    return case.outcome()


def check_vote(
    steps: Sequence[Step],
    vote: Vote,
    *,
    applicant: int,
    eligible: Eligible,
    votes: Iterable[Vote],
    parts: Parts | None = None,
) -> Outcome:
    """Refuse a vote that may not be cast; returns the outcome that it would bring."""
    return outcome(steps, applicant=applicant, eligible=eligible, votes=[*votes, vote], parts=parts)


@dataclass(slots=True)
class _Case:
    steps: Sequence[Step]
    applicant: int
    eligible: Eligible
    parts: Parts
    state: State = State.OPEN
    step: int = field(init=False)
    seats: list[set[int]] = field(init=False)
    agreed: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.enter(0)

    def enter(self, step: int) -> None:
        """Begin a step afresh: seats as frozen at submission, no votes."""
        self.step = step
        self.seats = _seats(self.steps[step], step, self.applicant, self.eligible, self.parts)
        self.agreed = set()

    def outcome(self) -> Outcome:
        if self.state is not State.OPEN:
            return Outcome(self.state)
        waiting: set[int] = set().union(*self.open_seats())
        return Outcome(self.state, self.step, frozenset(waiting), frozenset(self.agreed))

    def open_seats(self) -> list[set[int]]:
        return [seat for seat in self.seats if not seat & self.agreed]

    def cast(self, vote: Vote) -> None:
        self.check_voter(vote)
        match vote.kind:
            case VoteKind.AGREE:
                self.agree(vote.person)
            case VoteKind.REFUSE:
                self.state = State.REFUSED
            case VoteKind.RETURN:
                self.send_back(vote.to)
            case VoteKind.HAND_ON:
                taker = self.check_taker(vote)
                for seat in self.open_seats():
                    if vote.person in seat:
                        seat.remove(vote.person)
                        seat.add(taker)
            case _:
                self.seats.append({self.check_taker(vote)})

    def check_voter(self, vote: Vote) -> None:
        if vote.person == self.applicant:
            raise OwnRequest
        if self.state is not State.OPEN:
            raise Closed(f"该申请{self.state.label}，不再接受审批意见", clause="approvals.closed")
        if vote.step != self.step:
            raise OutOfOrder(
                "该申请已不在此审批环节",
                clause="approvals.step_order",
                way_on="刷新页面，查看当前环节",
            )
        if vote.person in self.agreed:
            raise VotedAlready("您在本环节已经同意", clause="approvals.voted_already")
        if not any(vote.person in seat for seat in self.seats):
            raise NotApprover("您不是本环节的审批人", clause="approvals.not_approver")
        if not any(vote.person in seat for seat in self.open_seats()):
            raise VotedAlready("同岗位已有他人同意，无须再次审批", clause="approvals.voted_already")

    def check_taker(self, vote: Vote) -> int:
        taker, act = vote.to, vote.kind.label
        if taker is None:
            raise BadVote(f"{act}未选择人员", clause="approvals.transfer", way_on="选择一名人员")
        if taker == self.applicant:
            raise OwnRequest(f"不得{act}给申请人")
        if any(taker in seat for seat in self.seats):
            # Two seats in one hand would turn two approvals into one.
            raise BadVote(
                f"不得{act}给本环节的审批人",
                clause="approvals.transfer",
                way_on="选择本环节审批人以外的人员",
            )
        return taker

    def agree(self, person: int) -> None:
        self.agreed.add(person)
        if self.open_seats():
            return
        if self.step + 1 == len(self.steps):
            self.state = State.APPROVED
        else:
            self.enter(self.step + 1)

    def send_back(self, target: int | None) -> None:
        """To the applicant, or to an earlier step, whose votes and all later ones are void."""
        if target is None:
            self.state = State.RETURNED
        elif 0 <= target < self.step:
            self.enter(target)
        else:
            raise BadVote(
                "只能退回申请人或者前面的环节", clause="approvals.return", way_on="重新选择环节"
            )


def _seats(
    step: Step, index: int, applicant: int, eligible: Eligible, parts: Parts
) -> list[set[int]]:
    """What must be filled: each seat by the agreement of one person in it."""
    people = eligible.get(index, frozenset()) - {applicant}
    if step.mode == "any":
        return [set(people)]
    if step.mode == "joint" and index in parts:
        return [set(part - {applicant}) for part in parts[index]]
    return [{person} for person in sorted(people)]
