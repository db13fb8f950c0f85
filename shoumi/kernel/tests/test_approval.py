"""Approval by example, and against a naive machine written a second time."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shoumi.kernel.approval import (
    BadVote,
    Closed,
    Mode,
    NoApprover,
    NotApprover,
    Outcome,
    OutOfOrder,
    OwnRequest,
    State,
    Step,
    Vote,
    VotedAlready,
    VoteKind,
    check_steps,
    check_vote,
    outcome,
)
from shoumi.kernel.refusal import Refusal

AGREE, REFUSE, RETURN, HAND_ON, ADD = VoteKind
APPLICANT, CHIEF, OFFICE, LEADER, HEAD, DEPUTY = 1, 2, 3, 4, 5, 6


def step(mode: Mode = "any", key: str = "chief") -> Step:
    return Step(key, ("department_head",), mode, 16, "部门负责人")


TWO = (step(), step(key="leader"))
ONE_EACH = {0: frozenset({CHIEF}), 1: frozenset({LEADER})}


def after(*votes: Vote) -> Outcome:
    return outcome(TWO, applicant=APPLICANT, eligible=ONE_EACH, votes=votes)


def single(
    mode: Mode, people: set[int], *votes: Vote, parts: list[set[int]] | None = None
) -> Outcome:
    return outcome(
        [step(mode)],
        applicant=APPLICANT,
        eligible={0: frozenset(people)},
        votes=votes,
        parts=None if parts is None else {0: [frozenset(part) for part in parts]},
    )


def waits_for(*people: int, step: int = 0, agreed: tuple[int, ...] = ()) -> Outcome:
    return Outcome(State.OPEN, step, frozenset(people), frozenset(agreed))


class TestSteps:
    def test_a_new_case_waits_for_the_first_step(self) -> None:
        assert after() == waits_for(CHIEF)

    def test_agreement_moves_on_and_the_last_one_approves(self) -> None:
        assert after(Vote(0, CHIEF, AGREE)) == waits_for(LEADER, step=1)
        assert after(Vote(0, CHIEF, AGREE), Vote(1, LEADER, AGREE)) == Outcome(State.APPROVED)

    def test_one_refusal_ends_the_case(self) -> None:
        assert after(Vote(0, CHIEF, REFUSE, "理由不足")) == Outcome(State.REFUSED)
        assert after(Vote(0, CHIEF, AGREE), Vote(1, LEADER, REFUSE)) == Outcome(State.REFUSED)

    def test_any_needs_one_of_them(self) -> None:
        assert single("any", {CHIEF, DEPUTY}, Vote(0, DEPUTY, AGREE)) == Outcome(State.APPROVED)

    def test_all_needs_each_of_them(self) -> None:
        first = Vote(0, CHIEF, AGREE)
        people = {CHIEF, DEPUTY}
        assert single("all", people, first) == waits_for(DEPUTY, agreed=(CHIEF,))
        assert single("all", people, first, Vote(0, DEPUTY, AGREE)) == Outcome(State.APPROVED)
        assert single("all", people, first, Vote(0, DEPUTY, REFUSE)) == Outcome(State.REFUSED)

    def test_joint_needs_one_holder_of_each_post(self) -> None:
        people, parts = {CHIEF, DEPUTY, OFFICE}, [{CHIEF, DEPUTY}, {OFFICE}]
        first = Vote(0, CHIEF, AGREE)
        assert single("joint", people, first, parts=parts) == waits_for(OFFICE, agreed=(CHIEF,))
        done = single("joint", people, first, Vote(0, OFFICE, AGREE), parts=parts)
        assert done == Outcome(State.APPROVED)

    def test_joint_without_posts_needs_everybody(self) -> None:
        assert single("joint", {CHIEF, OFFICE}, Vote(0, CHIEF, AGREE)).state is State.OPEN

    @pytest.mark.clause("approvals.voted_already")
    def test_a_second_holder_of_a_post_that_agreed_is_not_needed(self) -> None:
        with pytest.raises(VotedAlready, match="同岗位已有他人同意"):
            single(
                "joint",
                {CHIEF, DEPUTY, OFFICE},
                Vote(0, CHIEF, AGREE),
                Vote(0, DEPUTY, REFUSE),
                parts=[{CHIEF, DEPUTY}, {OFFICE}],
            )


class TestReturn:
    def test_back_to_the_applicant_closes_the_case(self) -> None:
        assert after(Vote(0, CHIEF, RETURN)) == Outcome(State.RETURNED)

    @pytest.mark.clause("approvals.return")
    def test_back_to_an_earlier_step_voids_what_followed(self) -> None:
        agreed = Vote(0, CHIEF, AGREE)
        back = Vote(1, LEADER, RETURN, to=0)
        assert after(agreed, back) == waits_for(CHIEF)
        assert after(agreed, back, agreed) == waits_for(LEADER, step=1)

    @pytest.mark.clause("approvals.return")
    def test_transfers_made_before_the_return_are_void_too(self) -> None:
        case = after(
            Vote(0, CHIEF, HAND_ON, to=DEPUTY),
            Vote(0, DEPUTY, AGREE),
            Vote(1, LEADER, RETURN, to=0),
        )
        assert case == waits_for(CHIEF)

    @pytest.mark.clause("approvals.return")
    @pytest.mark.parametrize("target", [1, 2, -1])
    def test_only_an_earlier_step_can_be_returned_to(self, target: int) -> None:
        with pytest.raises(BadVote, match="前面的环节") as refused:
            after(Vote(0, CHIEF, AGREE), Vote(1, LEADER, RETURN, to=target))
        assert refused.value.clause == "approvals.return"


class TestTransfer:
    @pytest.mark.clause("approvals.transfer")
    def test_handing_on_moves_one_seat(self) -> None:
        assert after(Vote(0, CHIEF, HAND_ON, to=DEPUTY)) == waits_for(DEPUTY)
        with pytest.raises(NotApprover):
            after(Vote(0, CHIEF, HAND_ON, to=DEPUTY), Vote(0, CHIEF, AGREE))

    def test_a_seat_may_be_handed_back(self) -> None:
        case = after(Vote(0, CHIEF, HAND_ON, to=DEPUTY), Vote(0, DEPUTY, HAND_ON, to=CHIEF))
        assert case == waits_for(CHIEF)

    def test_handing_on_leaves_the_other_seats_alone(self) -> None:
        case = single("all", {CHIEF, OFFICE}, Vote(0, CHIEF, HAND_ON, to=DEPUTY))
        assert case == waits_for(DEPUTY, OFFICE)

    @pytest.mark.clause("approvals.transfer")
    def test_adding_needs_the_added_one_as_well(self) -> None:
        add, agree = Vote(0, CHIEF, ADD, to=DEPUTY), Vote(0, CHIEF, AGREE)
        assert after(add) == waits_for(CHIEF, DEPUTY)
        assert after(add, agree) == waits_for(DEPUTY, agreed=(CHIEF,))
        assert after(add, agree, Vote(0, DEPUTY, AGREE)) == waits_for(LEADER, step=1)

    @pytest.mark.clause("approvals.transfer")
    @pytest.mark.parametrize("kind", [HAND_ON, ADD])
    @pytest.mark.parametrize("to", [None, OFFICE, CHIEF])
    def test_a_transfer_needs_somebody_without_a_seat(self, kind: VoteKind, to: int | None) -> None:
        with pytest.raises(BadVote) as refused:
            single("all", {CHIEF, OFFICE}, Vote(0, CHIEF, kind, to=to))
        assert refused.value.clause == "approvals.transfer"
        assert refused.value.message.startswith(("转办", "加签", "不得转办", "不得加签"))


class TestOwnRequest:
    @pytest.mark.clause("approvals.own_request")
    def test_the_applicant_has_no_seat(self) -> None:
        assert single("any", {APPLICANT, CHIEF}) == waits_for(CHIEF)
        assert single("all", {APPLICANT, CHIEF}, Vote(0, CHIEF, AGREE)).state is State.APPROVED

    @pytest.mark.clause("approvals.own_request")
    @pytest.mark.parametrize(
        "vote",
        [
            Vote(0, APPLICANT, AGREE),
            Vote(0, APPLICANT, RETURN),
            Vote(0, CHIEF, HAND_ON, to=APPLICANT),
            Vote(0, CHIEF, ADD, to=APPLICANT),
        ],
    )
    def test_no_way_leads_to_ones_own_request(self, vote: Vote) -> None:
        with pytest.raises(OwnRequest) as refused:
            after(vote)
        assert (refused.value.clause, refused.value.status) == ("approvals.own_request", 403)

    @pytest.mark.clause("approvals.no_approver")
    @pytest.mark.parametrize(
        ("mode", "people", "parts"),
        [
            ("any", {APPLICANT}, None),
            ("all", {APPLICANT}, None),
            ("joint", {APPLICANT, CHIEF}, [{APPLICANT}, {CHIEF}]),
            ("joint", set(), []),
        ],
    )
    def test_a_step_left_to_the_applicant_alone_is_refused_at_submission(
        self, mode: Mode, people: set[int], parts: list[set[int]] | None
    ) -> None:
        with pytest.raises(NoApprover, match="「部门负责人」环节"):
            single(mode, people, parts=parts)

    @pytest.mark.clause("approvals.no_approver")
    def test_a_flow_without_steps_approves_nothing(self) -> None:
        with pytest.raises(NoApprover, match="未设置审批环节"):
            check_steps([], applicant=APPLICANT, eligible={})

    def test_a_step_without_a_label_is_named_by_its_key(self) -> None:
        with pytest.raises(NoApprover, match="「chief」环节"):
            check_steps([Step("chief", (), "any")], applicant=APPLICANT, eligible={})


class TestCheckVote:
    @pytest.mark.parametrize(
        ("votes", "vote", "error", "clause"),
        [
            ([], Vote(1, LEADER, AGREE), OutOfOrder, "approvals.step_order"),
            ([Vote(0, CHIEF, AGREE)], Vote(0, CHIEF, AGREE), OutOfOrder, "approvals.step_order"),
            ([Vote(0, CHIEF, REFUSE)], Vote(0, CHIEF, AGREE), Closed, "approvals.closed"),
            ([], Vote(0, LEADER, AGREE), NotApprover, "approvals.not_approver"),
        ],
    )
    @pytest.mark.clause("approvals.step_order")
    @pytest.mark.clause("approvals.closed")
    def test_a_vote_out_of_place_is_refused(
        self, votes: list[Vote], vote: Vote, error: type[Refusal], clause: str
    ) -> None:
        with pytest.raises(error) as refused:
            check_vote(TWO, vote, applicant=APPLICANT, eligible=ONE_EACH, votes=votes)
        assert refused.value.clause == clause

    @pytest.mark.clause("approvals.voted_already")
    def test_one_person_agrees_once(self) -> None:
        vote = Vote(0, CHIEF, AGREE)
        people = {0: frozenset({CHIEF, OFFICE})}
        with pytest.raises(VotedAlready) as refused:
            check_vote([step("all")], vote, applicant=APPLICANT, eligible=people, votes=[vote])
        assert (refused.value.clause, refused.value.status) == ("approvals.voted_already", 409)

    def test_a_good_vote_returns_what_it_brings(self) -> None:
        vote = Vote(0, CHIEF, AGREE)
        found = check_vote(TWO, vote, applicant=APPLICANT, eligible=ONE_EACH, votes=[])
        assert found == waits_for(LEADER, step=1)

    def test_words_are_chinese(self) -> None:
        assert [kind.label for kind in VoteKind] == ["同意", "不同意", "退回", "转办", "加签"]
        assert [state.label for state in State] == ["审批中", "已同意", "未同意", "已退回"]


class Rejected(Exception):
    """The naive machine would not take this vote."""


def naive(
    steps: list[Step],
    eligible: dict[int, frozenset[int]],
    votes: list[Vote],
    parts: dict[int, list[frozenset[int]]],
) -> Outcome:
    """The same law, written as one look at the history: no seats are kept between votes."""
    if not votes:
        return situation(steps, eligible, parts, 0, [])
    before = naive(steps, eligible, votes[:-1], parts)
    vote = votes[-1]
    if before.state is not State.OPEN or before.step != vote.step:
        raise Rejected
    if vote.person not in before.waiting:
        raise Rejected
    if vote.kind is REFUSE:
        return Outcome(State.REFUSED)
    if vote.kind is RETURN:
        if vote.to is None:
            return Outcome(State.RETURNED)
        if vote.to not in range(vote.step):
            raise Rejected
        return situation(steps, eligible, parts, vote.to, [])
    round_ = present_round(votes)
    if vote.kind in (HAND_ON, ADD):
        seated = frozenset().union(*groups(steps, eligible, parts, vote.step, round_[:-1]))
        if vote.to is None or vote.to == APPLICANT or vote.to in seated:
            raise Rejected
    now = situation(steps, eligible, parts, vote.step, round_)
    if now.waiting:
        return now
    if vote.step == len(steps) - 1:
        return Outcome(State.APPROVED)
    return situation(steps, eligible, parts, vote.step + 1, [])


def present_round(votes: list[Vote]) -> list[Vote]:
    """The votes since the last one that was cast in another step, or that returned."""
    kept: list[Vote] = []
    for vote in reversed(votes):
        if vote.step != votes[-1].step or vote.kind is RETURN:
            break
        kept.insert(0, vote)
    return kept


def groups(
    steps: list[Step],
    eligible: dict[int, frozenset[int]],
    parts: dict[int, list[frozenset[int]]],
    at: int,
    votes: list[Vote],
) -> list[frozenset[int]]:
    kinds: dict[str, Callable[[], list[frozenset[int]]]] = {
        "any": lambda: [eligible[at]],
        "all": lambda: [frozenset({person}) for person in eligible[at]],
        "joint": lambda: parts[at],
    }
    found = [group - {APPLICANT} for group in kinds[steps[at].mode]()]
    found = [group for group in found if group]
    agreed: set[int] = set()
    for vote in votes:
        if vote.kind is AGREE:
            agreed.add(vote.person)
        if vote.kind is ADD and vote.to is not None:
            found.append(frozenset({vote.to}))
        if vote.kind is HAND_ON and vote.to is not None:
            found = [
                group - {vote.person} | {vote.to}
                if vote.person in group and not group & agreed
                else group
                for group in found
            ]
    return found


def situation(
    steps: list[Step],
    eligible: dict[int, frozenset[int]],
    parts: dict[int, list[frozenset[int]]],
    at: int,
    votes: list[Vote],
) -> Outcome:
    agreed = frozenset(vote.person for vote in votes if vote.kind is AGREE)
    missing = [g for g in groups(steps, eligible, parts, at, votes) if not g & agreed]
    return Outcome(State.OPEN, at, frozenset().union(*missing), agreed)


people = st.integers(1, 6)
crowds = st.frozensets(people, min_size=1, max_size=3).filter(lambda crowd: crowd != {APPLICANT})


@st.composite
def cases(
    draw: st.DrawFn,
) -> tuple[list[Step], dict[int, frozenset[int]], dict[int, list[frozenset[int]]]]:
    modes: list[Mode] = draw(
        st.lists(st.sampled_from(["any", "all", "joint"]), min_size=1, max_size=3)
    )
    parts = {
        index: draw(st.lists(crowds, min_size=1, max_size=3))
        for index, mode in enumerate(modes)
        if mode == "joint"
    }
    eligible = {
        index: frozenset().union(*parts[index]) if index in parts else draw(crowds)
        for index in range(len(modes))
    }
    return [step(mode) for mode in modes], eligible, parts


attempts = st.lists(
    st.tuples(
        people,
        st.sampled_from([AGREE] * 4 + [HAND_ON, ADD, RETURN, REFUSE]),
        st.none() | st.integers(-1, 6),
        st.integers(0, 9),
    ),
    max_size=14,
)


class TestAgainstNaiveMachine:
    @settings(max_examples=500, deadline=None)
    @given(cases(), attempts)
    def test_random_flows_and_votes_come_out_equal(
        self,
        case: tuple[list[Step], dict[int, frozenset[int]], dict[int, list[frozenset[int]]]],
        tries: list[tuple[int, VoteKind, int | None, int]],
    ) -> None:
        steps, eligible, parts = case
        votes: list[Vote] = []
        now = outcome(steps, applicant=APPLICANT, eligible=eligible, votes=[], parts=parts)
        assert now == naive(steps, eligible, [], parts)
        for person, kind, to, slip in tries:
            # Mostly somebody who may vote, now and then anybody at any step.
            if slip and now.waiting:
                person = sorted(now.waiting)[person % len(now.waiting)]
            vote = Vote(now.step or 0 if slip else slip + person % 3, person, kind, to=to)
            try:
                expected: Outcome | None = naive(steps, eligible, [*votes, vote], parts)
            except Rejected:
                expected = None
            try:
                now = check_vote(
                    steps, vote, applicant=APPLICANT, eligible=eligible, votes=votes, parts=parts
                )
            except Refusal as refused:
                assert expected is None, refused.message
                assert refused.clause.startswith("approvals.")
            else:
                assert now == expected
                assert APPLICANT not in now.waiting | now.agreed
                votes.append(vote)

    @given(cases())
    def test_a_case_in_which_all_agree_is_approved(
        self,
        case: tuple[list[Step], dict[int, frozenset[int]], dict[int, list[frozenset[int]]]],
    ) -> None:
        steps, eligible, parts = case
        votes: list[Vote] = []
        for _ in range(9 * len(steps)):
            now = outcome(steps, applicant=APPLICANT, eligible=eligible, votes=votes, parts=parts)
            if now.step is None:
                break
            votes.append(Vote(now.step, min(now.waiting), AGREE))
        assert now == Outcome(State.APPROVED)
