"""Who may know what: the whole table, and the laws of the lattice."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shoumi.kernel.levels import EVERYONE, Label, Level, PersonnelClass, Subject, may_know
from shoumi.kernel.refusal import Refusal

levels = st.sampled_from(list(Level))
principals = st.frozensets(st.sampled_from(["p:1", "p:2", "t:registrar@1", "d:4", "b:1", EVERYONE]))
labels = st.builds(Label, levels, principals)
subjects = st.builds(Subject, st.just(1), levels, principals, st.booleans())

TABLE = list(itertools.product(Level, Level, [True, False], [True, False]))


class TestMayKnow:
    @pytest.mark.clause("access.may_know")
    @pytest.mark.parametrize(("level", "clearance", "listed", "leaving"), TABLE)
    def test_the_whole_table(
        self, level: Level, clearance: Level, listed: bool, leaving: bool
    ) -> None:
        subject = Subject(7, clearance, frozenset({"p:7"}), leaving)
        label = Label(level, frozenset({"p:7"} if listed else {"p:8"}))
        verdict = may_know(subject, label)
        barred = leaving and level is not Level.PUBLIC
        assert verdict.allowed is (not barred and int(clearance) >= int(level) and listed)

    @pytest.mark.clause("access.may_know")
    def test_a_label_without_need_to_know_is_for_nobody(self) -> None:
        subject = Subject(7, Level.TOP_SECRET, frozenset({"p:7", EVERYONE}))
        assert not may_know(subject, Label(Level.PUBLIC)).allowed

    @pytest.mark.parametrize(
        ("subject", "reason"),
        [
            (
                Subject(7, Level.SECRET, frozenset({"d:4"}), True),
                "处于脱密期，不得知悉内部及以上事项",
            ),
            (
                Subject(7, Level.CONFIDENTIAL, frozenset({"d:4"})),
                "涉密等级为秘密，低于该事项密级机密",
            ),
            (Subject(7, Level.SECRET, frozenset({"d:5"})), "不在知悉范围内"),
            (Subject(7, Level.SECRET, frozenset({"d:4"})), "涉密等级相符，且在知悉范围内"),
        ],
    )
    def test_the_reason_is_given_in_words(self, subject: Subject, reason: str) -> None:
        assert may_know(subject, Label(Level.SECRET, frozenset({"d:4"}))).reason == reason


class TestLattice:
    @given(labels)
    def test_dominance_is_reflexive(self, a: Label) -> None:
        assert a.dominates(a)

    @given(labels, labels)
    def test_dominance_is_antisymmetric(self, a: Label, b: Label) -> None:
        assert not (a.dominates(b) and b.dominates(a)) or a == b

    @given(labels, labels, labels)
    def test_dominance_is_transitive(self, a: Label, b: Label, c: Label) -> None:
        upper, lower = a.join(b), b.meet(c)
        assert upper.dominates(b)
        assert b.dominates(lower)
        assert upper.dominates(lower)
        assert not (a.dominates(b) and b.dominates(c)) or a.dominates(c)

    @given(labels, labels, labels)
    def test_join_is_the_least_upper_and_meet_the_greatest_lower_bound(
        self, a: Label, b: Label, c: Label
    ) -> None:
        assert (c.dominates(a) and c.dominates(b)) is c.dominates(a.join(b))
        assert (a.dominates(c) and b.dominates(c)) is a.meet(b).dominates(c)

    @given(subjects, labels, labels)
    def test_a_stricter_label_never_adds_a_reader(
        self, subject: Subject, a: Label, b: Label
    ) -> None:
        assert not may_know(subject, a.join(b)).allowed or may_know(subject, a).allowed
        assert not may_know(subject, a).allowed or may_know(subject, a.meet(b)).allowed

    @given(subjects, labels, levels, principals)
    def test_lowering_a_person_never_adds_knowledge(
        self, subject: Subject, label: Label, level: Level, kept: frozenset[str]
    ) -> None:
        lowered = Subject(
            subject.person,
            min(subject.clearance, level),
            subject.principals & kept,
            in_exit_period=True,
        )
        assert not may_know(lowered, label).allowed or may_know(subject, label).allowed


class TestWords:
    def test_levels_are_stored_as_these_numbers(self) -> None:
        stored = {level.label: int(level) for level in Level}
        assert stored == {"公开": 0, "内部": 1, "秘密": 2, "机密": 3, "绝密": 4}

    @pytest.mark.parametrize("level", list(Level))
    def test_a_level_reads_back_from_its_word(self, level: Level) -> None:
        assert Level.from_label(level.label) is level

    def test_only_three_levels_are_state_secrets(self) -> None:
        secret = [level.label for level in Level if level.is_state_secret]
        assert secret == ["秘密", "机密", "绝密"]

    @pytest.mark.clause("marks.form")
    def test_another_word_is_no_level(self) -> None:
        with pytest.raises(Refusal, match="「敏感」不是密级") as refused:
            Level.from_label("敏感")
        assert refused.value.clause == "marks.form"

    @pytest.mark.clause("access.clearance")
    def test_clearance_follows_the_class_of_the_person(self) -> None:
        found = {kind.label: kind.clearance.label for kind in PersonnelClass}
        assert found == {"核心": "绝密", "重要": "机密", "一般": "秘密"}
        assert PersonnelClass.from_label("重要") is PersonnelClass.IMPORTANT

    @pytest.mark.clause("access.clearance")
    def test_another_word_is_no_class(self) -> None:
        with pytest.raises(Refusal, match="「普通」不是涉密人员类别") as refused:
            PersonnelClass.from_label("普通")
        assert refused.value.clause == "access.clearance"
