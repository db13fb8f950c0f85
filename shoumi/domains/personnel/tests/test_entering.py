"""Posts first, then people; the review with its four contents; pledges; a change of post."""

import pytest

from conftest import NOW, TODAY, YEAR, prepared
from shoumi.domains.personnel.models import Dossier, Pledge, SecretPost
from shoumi.domains.personnel.services import entering, pledging, posting, training, vetting
from shoumi.domains.personnel.tests import scene
from shoumi.domains.personnel.tests.scene import fresh, person
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.subjects import subject_of
from shoumi.platform.approvals.models import Case


@pytest.mark.clause("personnel.post", "personnel.post.class", "personnel.posts_first")
def test_a_post_is_approved_before_anybody_is_chosen_for_it(office):
    given = {
        "department": office.departments["业务科"], "matters": "来文", "duties": "妥善保管",
    }  # fmt: skip
    classes = {}
    for level in (Level.CONFIDENTIAL, Level.SECRET, Level.TOP_SECRET):
        row = posting.propose_post(
            actor=office.hr, at=NOW, title=f"岗{int(level)}", handles=level, **given
        )
        classes[level.label] = row.get_personnel_class_display()
    assert classes == {"秘密": "一般", "机密": "重要", "绝密": "核心"}
    with pytest.raises(Refusal, match="未经审定") as caught:
        scene.candidate(office, office.newcomer, post=row)
    assert caught.value.clause == "personnel.posts_first"
    with pytest.raises(Refusal, match="不是涉密岗位"):
        posting.propose_post(
            actor=office.hr, at=NOW, title="收发岗", handles=Level.INTERNAL, **given
        )
    with pytest.raises(Stale):
        posting.propose_post(
            actor=office.hr, at=NOW, title="岗4", handles=Level.TOP_SECRET, **given
        )
    with pytest.raises(Denied):
        posting.propose_post(actor=office.handler, at=NOW, title="x", handles=Level.SECRET, **given)
    row = scene.decide(office, row)
    assert row.state == SecretPost.State.IN_FORCE
    scene.candidate(office, office.newcomer, post=row)
    with pytest.raises(Refusal, match="在岗或者待上岗"):
        posting.abolish_post(actor=office.hr, subject=row, at=NOW, reason="合并")


@pytest.mark.clause("personnel.temporary", "personnel.outsiders", "personnel.dossier")
def test_who_cannot_be_chosen(office):
    row = scene.post(office)
    for someone, changes, said in (
        (office.newcomer, {"employment": "temporary"}, "临时聘用人员不得"),
        (office.newcomer, {"employer": "某公司"}, "先签订保密协议"),
        (office.hr, {}, "不得为本人"),
        (office.sysadmin, {}, "三员"),
        (office.leaver, {}, "脱密期"),
    ):
        with pytest.raises(Refusal, match=said):
            scene.candidate(office, someone, post=row, **changes)
    scene.candidate(office, office.newcomer, post=row, employer="某公司", agreement="协2026-3")
    with pytest.raises(Stale, match="已有涉密人员档案"):
        scene.candidate(office, office.newcomer, post=row)


@pytest.mark.clause(
    "personnel.review",
    "personnel.review.contents",
    "personnel.review.conditions",
    "access.may_know",
)
def test_the_form_is_whole_both_departments_sign_and_the_person_never_sees_it(office):
    dossier = scene.candidate(office, office.office)
    whole = scene.GOOD_REVIEW
    for changes, said in (
        ({"relations": " "}, "主要社会关系"),
        ({"character": False}, "品行不符合基本条件"),
    ):
        with pytest.raises(Refusal, match=said):
            vetting.review(actor=office.hr, subject=dossier, at=NOW, **{**whole, **changes})
    row = vetting.review(actor=office.hr, subject=dossier, at=NOW, **whole)
    with pytest.raises(Stale, match="正在会签"):
        vetting.review(actor=office.hr, subject=dossier, at=NOW, **whole)
    # 曾静 is the secrecy office, and it is about her.
    seen = type(row).objects.visible_to(person(office.office), at=NOW)
    assert not seen.exists() and type(row).objects.visible_to(office.hr, at=NOW).exists()
    seats = {s.person_id for step in row.case.steps.all() for s in step.seats.all()}
    assert office.office.pk not in seats
    other = vetting.review(
        actor=office.hr, subject=scene.candidate(office, office.newcomer, post=dossier.post),
        at=NOW, **whole,
    )  # fmt: skip
    step = Case.unscoped.get(pk=other.case_id).steps.get(order=0)
    assert (step.mode, set(step.posts)) == ("joint", {"hr_officer", "secrecy_office"})


@pytest.mark.clause("personnel.pledge", "personnel.pledge.terms", "personnel.responsibility")
def test_a_pledge_is_ones_own_and_keeps_its_text(office):
    dossier = scene.candidate(office, office.newcomer)
    with pytest.raises(Refusal, match="由本人办理"):
        pledging.pledge(actor=office.hr, subject=dossier, at=NOW, kind="entry", read=True)
    with pytest.raises(Refusal, match="逐条阅读"):
        pledging.pledge(
            actor=person(office.newcomer), subject=dossier, at=NOW, kind="entry", read=False
        )
    scene.pledged(dossier)
    row = Pledge.unscoped.get()
    assert row.text.count("\n") == 3 and "自愿接受保密审查" in row.text
    assert fresh(dossier).pledged_until == row.valid_until
    pledging.register_pledge(
        actor=office.hr, subject=fresh(dossier), at=NOW, kind="responsibility", signed_on=TODAY
    )
    assert Pledge.unscoped.latest("id").on_paper


@pytest.mark.clause("personnel.training")
def test_too_few_hours_are_not_entered(office):
    dossier = scene.candidate(office, office.newcomer)
    with pytest.raises(Refusal, match="不少于 4 学时") as caught:
        training.train(
            actor=office.office,
            subject=dossier,
            at=NOW,
            course="x",
            held_on=TODAY,
            hours=3,
            score=99,
        )
    assert caught.value.clause == "personnel.training"


@pytest.mark.clause("personnel.class", "personnel.measures")
def test_the_class_goes_with_the_post_down_at_once_and_up_after_a_review(office):
    dossier = scene.on_post(office, office.newcomer)
    low = scene.post(office, handles=Level.CONFIDENTIAL, title="资料岗")
    top = scene.post(office, handles=Level.TOP_SECRET, title="机要岗")
    entering.change_post(actor=office.hr, subject=dossier, at=NOW, post=low, basis="调整")
    row = fresh(dossier)
    assert (row.personnel_class, row.state) == ("general", Dossier.State.ON_POST)
    assert subject_of(person(office.newcomer), NOW).clearance == Level.CONFIDENTIAL
    entering.change_post(actor=office.hr, subject=row, at=NOW, post=top, basis="调整")
    row = fresh(dossier)
    assert (row.state, row.reviewed_until) == (Dossier.State.CANDIDATE, None)
    assert subject_of(person(office.newcomer), NOW).clearance == Level.CONFIDENTIAL
    with pytest.raises(Refusal, match="持有涉密等级"):
        entering.close_dossier(actor=office.hr, subject=row, at=NOW, reason="x")


@pytest.mark.clause("personnel.posts_first")
def test_a_candidate_who_is_not_taken_may_come_again(office):
    dossier = scene.candidate(office, office.newcomer)
    entering.close_dossier(actor=office.hr, subject=dossier, at=NOW, reason="另有任用")
    assert scene.candidate(office, office.newcomer, post=dossier.post).pk != dossier.pk
    with prepared(office.body):
        again = entering.take_over(
            actor=office.secadmin, person=office.watch, personnel_class=dossier.class_held,
            reviewed_until=TODAY + YEAR, trained_until=TODAY + YEAR, pledged_until=TODAY + YEAR,
            basis="原台账", at=NOW,
        )  # fmt: skip
    assert again.post.title == "重要涉密岗位（原台账）"
