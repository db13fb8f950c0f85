"""dispatch.draft, .revise, .submit, .drop: the mark is on it, the list is known, the drafter answers."""

import pytest

from conftest import NOW
from shoumi.domains.dispatch.models import Countersign, Letter, Recipient
from shoumi.domains.dispatch.services import drafting
from shoumi.domains.dispatch.services.drafting import revise
from shoumi.domains.dispatch.tests.scene import (
    drafted,
    fresh,
    heads,
    reviewed,
    submitted,
    written,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.acting import Hidden
from shoumi.platform.trail.verify import verify


@pytest.mark.clause("dispatch.draft", "dispatch.draft.mark", "dispatch.format")
def test_a_draft_has_its_level_from_the_first_line_on(office):
    letter = drafted(office)
    assert (letter.draft_number, letter.number) == ("稿〔2026〕1号", "")
    assert letter.level == Level.SECRET and letter.mark_text == "机密★10年"
    assert letter.stage == "公文拟制" and letter.genre == "通知"
    known = Letter.objects.visible_to(office.chief, at=NOW).filter(pk=letter.pk)
    assert known.exists()
    assert not Letter.objects.visible_to(office.peer, at=NOW).filter(pk=letter.pk).exists()
    with pytest.raises(Denied) as caught:
        drafted(office, actor=office.junior)
    assert caught.value.clause == "access.clearance"
    assert drafted(office).draft_number == "稿〔2026〕2号"


@pytest.mark.clause("dispatch.distribution", "dispatch.distribution.units", "dispatch.once")
def test_a_list_knows_whom_it_names(office):
    letter = drafted(office, distribution_list="乙局 2\n抄送 审批科 1\n个人 单平 1 专题承办")
    unit, department, someone = Recipient.all_of(letter)
    assert unit.unit == office.other and department.department == office.departments["审批科"]
    assert (someone.person, someone.reason) == (office.handler, "专题承办")
    for wrong in ("丙局 1", "个人 无名 1 理由"):
        with pytest.raises(Refusal) as caught:
            drafted(office, distribution_list=wrong)
        assert caught.value.clause == "dispatch.distribution"
    telegram = drafted(office, form="telegram", paper_reason="")
    with pytest.raises(Refusal) as caught:
        drafted(office)
    assert caught.value.clause == "dispatch.once" and str(telegram) in str(caught.value)
    again = drafted(office, exception="收件单位要求正式文件")
    assert again.earlier == telegram.draft_number


@pytest.mark.clause("dispatch.draft", "dispatch.stages")
def test_the_drafter_alone_changes_and_sends_on_a_draft(office):
    heads(office)
    asked = [office.departments["审批科"], office.departments["业务科"]]
    letter = drafted(office, countersigners=asked)
    (row,) = Countersign.all_of(letter)
    assert row.department == asked[0], "one's own department is not asked"
    with pytest.raises(Denied):
        revise(actor=office.chief, subject=letter, at=NOW, **written())
    with pytest.raises(Hidden):
        revise(actor=office.peer, subject=letter, at=NOW, **written())
    changed = written(mark="秘密★5年", distribution_list="乙局 1", print_run=2)
    revise(actor=office.handler, subject=letter, at=NOW, **changed)
    letter = fresh(letter)
    assert letter.level == Level.CONFIDENTIAL and letter.print_run == 2
    (line,) = Recipient.all_of(letter)
    assert line.copies == 1 and not Countersign.all_of(letter)
    drafting.submit(actor=office.handler, subject=letter, at=NOW)
    for late in (revise, drafting.submit, drafting.drop):
        given = {revise: changed, drafting.drop: {"reason": "不必发"}}.get(late, {})
        with pytest.raises(Stale):
            late(actor=office.handler, subject=fresh(letter), at=NOW, **given)
    assert verify().findings == []


@pytest.mark.clause("dispatch.necessity")
def test_a_draft_given_up_is_not_sent(office):
    letter = drafted(office)
    with pytest.raises(Refusal):
        drafting.drop(actor=office.handler, subject=letter, at=NOW, reason=" ")
    drafting.drop(actor=office.handler, subject=fresh(letter), at=NOW, reason="另行通知")
    assert fresh(letter).state == Letter.State.DROPPED
    assert (fresh(letter).dropped_reason, fresh(letter).stage) == ("另行通知", "公文管理")


@pytest.mark.clause("grades.content", "grades.shell")
def test_above_the_grade_a_draft_is_a_shell_without_a_word_of_content(office, settings):
    settings.DEPLOYMENT_GRADE = Level.CONFIDENTIAL
    with pytest.raises(Refusal) as caught:
        drafted(office)
    assert caught.value.clause == "grades.content"
    letter = drafted(office, title="")
    assert letter.is_shell and letter.called.startswith("（标题不登记")
    assert (letter.necessity, letter.basis, letter.subject_words) == ("", "", "")
    assert submitted(office, title="").review.reason == "见纸质草稿"
    assert reviewed(office, title="").state == Letter.State.CLASSIFY


@pytest.mark.clause("dispatch.countersign")
def test_a_department_without_a_head_cannot_be_asked(office):
    with pytest.raises(Refusal) as caught:
        drafted(office, countersigners=[office.departments["审批科"]])
    assert caught.value.clause == "dispatch.countersign"
