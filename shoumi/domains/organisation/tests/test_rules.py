"""The pure rules: what the data says, what is missing, who follows whom, terms, pairs and votes."""

from dataclasses import replace
from datetime import date

import pytest

from shoumi.domains.organisation.rules.gaps import Borne, Holder, World, gaps_of, succession_of
from shoumi.domains.organisation.rules.meetings import (
    NoResolution,
    Vote,
    check_quorum,
    check_vote,
    names_secrecy,
    read_agenda,
)
from shoumi.domains.organisation.rules.structure import problems, require
from shoumi.domains.organisation.rules.terms import Member, pairs_of, term_end
from shoumi.domains.organisation.selectors import owned_by, structure
from shoumi.domains.organisation.selectors.duties import evidence_label
from shoumi.kernel.refusal import Refusal
from shoumi.platform.rulebook.model import RulebookError
from shoumi.platform.rulebook.source import rulebook

ON = date(2026, 9, 1)
HEAD = frozenset({("head", None)})
CHIEF = frozenset({("department_head", 7)})
EMPTY = World(departments={}, organs={}, borne=(), holders={}, positions={})


def said(world, key, *, on=ON):
    """What is missing of one responsibility: where, and in which words."""
    return [(g.where, g.say) for g in gaps_of(structure(), world, on=on) if g.key == f"role:{key}"]


def one(key, role, *, person=None, posts=frozenset(), **more):
    return Borne(key=key, role=role, person=person or key, name=f"人{key}", posts=posts, **more)


def test_every_control_and_every_evidence_that_the_data_names_is_there():
    told = structure()
    for role in told.roles.values():
        assert all(all(owned_by(reference)) for reference in role.owns), role.key
    assert all(evidence_label(key) for duty in told.duties for key in duty.evidence)
    for post in ("head", "deputy_leader", "secrecy_office", "registrar", "handler"):
        assert told.duties_of(post), post


def test_data_that_contradicts_itself_or_the_rulebook_stops_the_start():
    told, book = structure(), rulebook()
    role = told.roles["department_officer"]
    for fault, wrong in (
        ("不在规章中", replace(role, clause="organisation.nothing")),
        ("没有机构", replace(role, organ="senate", per="body")),
        ("范围写法不对", replace(role, per="scope")),
        ("没有岗位", replace(role, post="emperor")),
        ("须写明岗位", replace(role, automatic=True)),
        ("人数下限大于上限", replace(role, least=3, most=2)),
    ):
        broken = replace(told, roles={**told.roles, role.key: wrong})
        with pytest.raises(RulebookError, match=fault):
            require(broken, problems(broken, clauses=book.clauses, posts=book.posts))


@pytest.mark.clause(
    "organisation.department.officer",
    "organisation.archives.staff",
    "organisation.stages",
    "organisation.division",
    "organisation.papers",
    "organisation.staff",
    "organisation.pair",
    "organisation.registry",
    "organisation.computers",
)
def test_what_nobody_bears_is_missing_in_every_place_by_itself():
    world = replace(EMPTY, departments={7: "业务科", 8: "审批科"}, organs={1: ("office", "保密办")})
    for role in ("department_officer", "department_filing", "department_electronic"):
        assert said(world, role) == [("业务科", "空缺"), ("审批科", "空缺")]
    assert said(world, "department_papers") == [("业务科", "空缺"), ("审批科", "空缺")]
    assert [where for where, _ in said(world, "stage")] == [
        *("收发", "传递", "送阅", "打印", "办理", "保管", "归档"),
    ]
    assert len(said(world, "office_function")) == 5
    assert said(world, "full_time") == [("保密办", "空缺")]
    for role in ("lead_section", "document_clerk", "registry_chief", "computer_coordinator"):
        assert said(world, role) == [("", "空缺")]
    filled = (
        one(1, "department_officer", department=7),
        one(2, "stage", scope="收发"),
        one(3, "full_time", organ=1),
        one(4, "network_supervisor", department=8),
    )
    world = replace(world, borne=filled)
    assert said(world, "department_officer") == [("审批科", "空缺")]
    assert len(said(world, "stage")) == 6
    assert said(world, "full_time") == [] and said(world, "network_supervisor") == []
    assert said(world, "cipher_keeper") == [], "who has no cipher devices needs nobody for them"


@pytest.mark.clause("organisation.committee", "organisation.leading_group", "organisation.roster")
def test_a_seat_is_empty_once_its_person_left_lost_the_post_or_ended_the_term():
    seat = one(1, "committee_chair", posts=HEAD, organ=1, term_ends=date(2026, 9, 1))
    world = replace(
        EMPTY,
        organs={1: ("committee", "委员会")},
        borne=(seat,),
        holders={"department_head": (Holder(4, "人4", 7),), "deputy_leader": ()},
    )
    assert said(world, "committee_chair") == []
    for changed, words in (
        (replace(seat, active=False), "人1已离岗"),
        (replace(seat, posts=frozenset()), "人1已不任该岗位"),
        (replace(seat, term_ends=date(2026, 8, 31)), "人1任期已满"),
    ):
        assert said(replace(world, borne=(changed,)), "committee_chair") == [("委员会", words)]
    twice = replace(world, borne=(seat, replace(seat, key=2, person=2)))
    assert said(twice, "committee_chair") == [("委员会", "有 2 人，至多 1 人")]
    assert ("委员会", "人4未列入") in said(world, "committee_member"), "every head is a member"
    keys = [gap.key for gap in gaps_of(structure(), EMPTY, on=ON)]
    assert keys[:2] == ["need:committee+leading_group", "need:office"]
    group = replace(EMPTY, organs={2: ("leading_group", "领导小组")})
    assert "need:committee+leading_group" not in {g.key for g in gaps_of(structure(), group, on=ON)}
    for role in ("group_head", "group_office_director", "group_officer"):
        assert said(group, role) == [("领导小组", "空缺")]


@pytest.mark.clause("organisation.confidential_group", "organisation.qualification")
def test_a_head_of_another_office_and_somebody_not_examined_are_found():
    seat = one(1, "confidential_head", organ=1, position="纪检组长")
    world = replace(EMPTY, organs={1: ("confidential_group", "机要组")}, borne=(seat,))
    assert said(world, "confidential_head") == []
    other = replace(world, positions={"confidential_head": "主要负责人"})
    assert said(other, "confidential_head") == [("机要组", "人1职务不是主要负责人")]
    chief = one(2, "department", department=7, posts=CHIEF)
    unknown = replace(EMPTY, departments={7: "业务科"}, borne=(chief,))
    assert said(unknown, "department") == [("业务科", "人2未核查任职资格")]
    known = replace(chief, qualification="从业十年")
    assert said(replace(unknown, borne=(known,)), "department") == []


@pytest.mark.clause("organisation.first", "organisation.department")
def test_what_goes_with_a_post_follows_it():
    old = one(1, "department", person=5, department=7, posts=frozenset())
    holders = {
        "department_head": (Holder(6, "人6", 7), Holder(9, "人9", 99)),
        "head": (Holder(3, "人3"),),
    }
    world = replace(EMPTY, departments={7: "业务科"}, borne=(old,), holders=holders)
    found = succession_of(structure(), world)
    assert found.ended == (old,)
    begun = [(role.key, holder.person) for role, holder in found.begun]
    assert begun == [("first", 3), ("department", 6)], "and none for a department that was closed"
    new = one(2, "department", person=6, department=7, posts=CHIEF)
    kept = replace(world, borne=(new, one(3, "first", posts=HEAD)))
    assert succession_of(structure(), kept) == succession_of(structure(), EMPTY)


@pytest.mark.clause("organisation.term")
def test_a_term_ends_on_the_day_before_its_anniversary():
    assert term_end(date(2026, 9, 1), years=3) == date(2029, 8, 31)
    assert term_end(date(2028, 2, 29), years=3) == date(2031, 2, 28)


@pytest.mark.clause("organisation.undertaking")
def test_each_person_signs_once_with_the_one_above():
    kind = structure().undertakings["general"]
    borne = [
        one(1, "first"),
        one(2, "direct"),
        one(3, "charge", department=7),
        one(4, "department", department=7),
        one(5, "department", department=8),
    ]
    staff = [Member(n, d) for n, d in ((1, None), (3, None), (4, 7), (6, 7), (7, 8), (8, None))]
    made, alone = pairs_of(kind, borne, staff)
    assert {(p.signer, p.superior) for p in made} == {
        *((2, 1), (3, 1), (4, 3), (5, 2), (6, 4), (7, 5), (8, 2)),
    }
    assert alone == []
    made, alone = pairs_of(kind, borne[3:4], [Member(6, 7), Member(7, 8)])
    assert [(p.signer, p.superior) for p in made] == [(6, 4)]
    assert [x.person for x in alone] == [4, 7]


@pytest.mark.clause("organisation.resolution", "organisation.meeting.topic")
def test_a_vote_counts_only_with_enough_people_and_every_hand():
    check_quorum(members=4, present=2, percent=50)
    check_vote(Vote(2, 1, 0), present=3, percent=50)
    for wrong in (
        lambda: check_quorum(members=5, present=2, percent=50),
        lambda: check_vote(Vote(2, 1, 1), present=3, percent=50),
        lambda: check_vote(Vote(2, 2, 0), present=4, percent=50),
    ):
        with pytest.raises(NoResolution):
            wrong()
    assert names_secrecy(read_agenda("人事事项\n年度保密检查"))
    assert not names_secrecy(read_agenda("人事事项"))
    with pytest.raises(Refusal):
        read_agenda(" \n ")
