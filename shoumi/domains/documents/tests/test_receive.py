"""documents.receive: counted, signed to the minute, numbered, every copy in the account."""

from datetime import date, timedelta

import pytest

from conftest import NOW
from shoumi.domains.documents.models import Copy, Document, EnvelopeCheck
from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import written
from shoumi.kernel.labelcode import check as check_code
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.custody.models import Item
from shoumi.platform.obligations.models import Duty
from shoumi.platform.trail.models import Entry
from shoumi.platform.trail.verify import verify

OUTSIDERS = ["peer", "junior", "newcomer", "lapsed", "leaver", "stranger", "sysadmin", "auditor"]


def refused(office, clause, **changed):
    """The refusal of a receipt, which leaves nothing behind but its own entry."""
    with pytest.raises(Refusal) as caught:
        receive(actor=office.registrar, at=NOW, **written(office, **changed))
    assert caught.value.clause == clause
    assert not Document.unscoped.exists()
    assert not Item.unscoped.exists()
    assert Entry.objects.order_by("-id").first().event == "documents.receive.denied"
    return caught.value


def test_a_secret_paper_of_three_copies_enters_the_account(office, receipt):
    paper = receipt()
    assert (paper.number, paper.state, paper.mark_text) == (
        "收文〔2026〕1号",
        "registered",
        "机密★10年",
    )
    assert (paper.level, paper.expires_on) == (Level.SECRET, date(2036, 8, 28))
    copies = Copy.objects.visible_to(office.registrar, at=NOW).select_related("item__holder__place")
    assert [c.copy_number for c in copies.order_by("id")] == ["000001", "000002", "000003"]
    assert {c.item.holder.place for c in copies} == {office.safe}
    assert {c.item.name for c in copies} == {f"收文〔2026〕1号 00000{n}" for n in (1, 2, 3)}
    for copy in copies:
        assert check_code(copy.item.code) == copy.item.code
    assert verify().is_whole
    entry = Entry.objects.get(event="documents.receive")
    assert entry.subject == f"documents.document:{paper.pk}"
    assert "会议" not in entry.body


def test_the_office_director_gets_a_duty_by_tonight(office, receipt):
    paper = receipt()
    duty = Duty.objects.get(kind="documents.propose")
    assert (duty.post, duty.subject) == ("office_director", f"documents.document:{paper.pk}")
    assert duty.due_at.date() == NOW.date()
    assert "会议" not in duty.text


@pytest.mark.clause(
    "documents.number.sequence", "documents.number.series", "documents.register.kinds"
)
def test_numbers_have_no_gap_after_a_refusal_and_each_kind_its_own_series(office, receipt):
    first = receipt()
    with pytest.raises(Refusal):
        receipt(mark="机密★25年")
    second = receipt(copy_numbers="000004-000006")
    telegram = receipt(kind="telegram", urgency="prompt")
    numbers = [p.number for p in (first, second, telegram)]
    assert numbers == ["收文〔2026〕1号", "收文〔2026〕2号", "收电〔2026〕1号"]


@pytest.mark.clause("marks.period.limit")
def test_a_period_above_the_limit_is_refused(office):
    refusal = refused(office, "marks.period.limit", mark="机密★25年")
    assert "20" in refusal.message


@pytest.mark.clause("marks.period.missing")
def test_a_missing_period_is_refused(office):
    refused(office, "marks.period.missing", mark="机密")


@pytest.mark.clause("marks.period.missing")
def test_an_issuer_who_marked_no_period_is_held_to_the_longest(office, receipt):
    paper = receipt(mark="机密", period_unmarked=True)
    assert paper.mark_text == "机密★20年"
    assert "按最长期限掌握" in paper.mark_notes


@pytest.mark.clause("marks.work_secret.no_star")
def test_a_star_on_a_work_secret_is_refused(office):
    refused(office, "marks.work_secret.no_star", mark="内部★5年")


@pytest.mark.clause("documents.receive.who")
def test_nobody_but_the_registrar_signs(office):
    for key in ("handler", "director", "head", "watch", "sysadmin"):
        with pytest.raises(Denied) as caught:
            receive(actor=getattr(office, key), at=NOW, **written(office))
        assert caught.value.clause == "documents.receive.who"
    assert not Document.unscoped.exists()


@pytest.mark.clause("documents.receive.envelope")
def test_an_envelope_that_does_not_agree_is_not_signed_for(office):
    refused(office, "documents.receive.envelope", count_agrees=False)
    refused(office, "documents.receive.envelope", addressed=False)


@pytest.mark.clause("documents.receive.anomaly")
def test_an_anomaly_needs_the_deliverer_who_confirms_it(office, receipt):
    refused(office, "documents.receive.anomaly", intact=False, anomaly="封口破损")
    paper = receipt(intact=False, anomaly="封口破损", deliverer_confirmed=True)
    assert EnvelopeCheck.objects.visible_to(office.registrar, at=NOW).get(document=paper).anomaly


@pytest.mark.clause("documents.receive.signature")
def test_the_signature_is_not_of_the_future_and_a_leader_signs_with_a_second(office, receipt):
    refused(office, "documents.receive.signature", received_at=NOW + timedelta(minutes=1))
    refused(office, "documents.receive.signature", channel="leader")
    refused(office, "documents.receive.signature", channel="leader", cosigned_by=office.registrar)
    assert receipt(channel="leader", cosigned_by=office.director).cosigned_by == office.director


@pytest.mark.clause("documents.register.elements")
@pytest.mark.parametrize(
    "missing",
    [
        {"issuer": " "},
        {"title": ""},
        {"issued_on": None},
        {"urgency": "top_flash"},
        {"copies": 0},
    ],
)
def test_what_lacks_an_element_does_not_enter(office, missing):
    refused(office, "documents.register.elements", **missing)


@pytest.mark.clause("documents.copy_number")
def test_copy_numbers_are_as_many_as_the_copies(office, receipt):
    refused(office, "documents.copy_number", copy_numbers="000001-000002")
    refused(office, "documents.copy_number", copy_numbers="")
    plain = receipt(mark="", copy_numbers="", copies=2)
    copies = Copy.objects.visible_to(office.registrar, at=NOW).filter(document=plain)
    assert [c.copy_number for c in copies.order_by("id")] == ["000001", "000002"]


@pytest.mark.clause("documents.copy_number.form")
@pytest.mark.parametrize("wrong", ["第三份", "000003-000001", "000001、000001、000002", "0-2"])
def test_miswritten_copy_numbers_are_refused(office, wrong):
    refused(office, "documents.copy_number.form", copy_numbers=wrong)


@pytest.mark.clause("marks.form")
def test_what_is_no_mark_is_refused_and_an_irregular_one_is_set_right_with_a_note(office, receipt):
    refused(office, "marks.form", mark="机密文件")
    paper = receipt(mark="机密 10年")
    assert paper.mark_text == "机密★10年"
    assert "不规范" in paper.mark_notes


@pytest.mark.clause("marks.period.unit")
def test_whole_years_are_registered_in_years(office, receipt):
    paper = receipt(mark="秘密★24个月")
    assert (paper.mark_text, paper.expires_on) == ("秘密★2年", date(2028, 8, 28))
    assert receipt(mark="秘密★6个月", copy_numbers="4-6").expires_on == date(2027, 2, 28)


@pytest.mark.clause("documents.time")
@pytest.mark.parametrize(("urgency", "hours"), [("flash", 1), ("urgent", 4)])
def test_what_is_urgent_must_be_proposed_within_its_hours(office, receipt, urgency, hours):
    paper = receipt(urgency=urgency)
    duty = Duty.objects.get(kind="documents.propose")
    assert duty.due_at == paper.received_at + timedelta(hours=hours)


@pytest.mark.clause("documents.number.form")
def test_an_issue_number_has_its_one_form(office, receipt):
    refused(office, "documents.number.form", issue_number="岚保[26]第07号")
    assert receipt(issue_number="岚保[2026]7号").issue_number == "岚保〔2026〕7号"


@pytest.mark.clause("documents.channel")
@pytest.mark.parametrize("channel", ["post", "express", "fax", "email", "phone", "wire"])
def test_what_is_secret_never_comes_by_ordinary_ways(office, channel):
    refused(office, "documents.channel", channel=channel)


@pytest.mark.clause("documents.telegram.reply")
def test_one_number_in_secret_and_in_the_open_is_warned_of(receipt):
    assert "明密混用" not in receipt().mark_notes
    assert "明密混用" in receipt(mark="", copy_numbers="", channel="post").mark_notes


def test_a_public_paper_may_come_by_post(receipt):
    assert receipt(mark="", copy_numbers="", channel="post").level == Level.PUBLIC


@pytest.mark.clause("carriers.place")
def test_copies_enter_only_a_place_fit_for_their_level(office):
    refused(office, "carriers.place", place=office.cabinet)


@pytest.mark.clause("carriers.place.top_secret")
def test_a_top_secret_copy_enters_only_the_sealed_safe(office, receipt):
    refused(office, "carriers.place.top_secret", mark="绝密★30年", place=office.registry)
    assert receipt(mark="绝密★30年", place=office.top_safe).level == Level.TOP_SECRET


@pytest.mark.clause("grades.shell")
def test_above_the_deployment_grade_a_paper_is_a_shell(office, settings, receipt):
    settings.DEPLOYMENT_GRADE = Level.CONFIDENTIAL
    refused(office, "grades.content")
    shell = receipt(title="")
    assert (shell.is_shell, shell.title, shell.initials) == (True, "", "")
    assert "不登记" in shell.called


@pytest.mark.clause("circulation.scope")
def test_nobody_is_listed_who_is_not_cleared(office):
    refused(office, "circulation.scope", people=[office.junior])


@pytest.mark.clause("access.may_know")
@pytest.mark.parametrize("key", OUTSIDERS)
def test_whoever_may_not_know_it_does_not_see_it(office, receipt, key):
    paper = receipt(people=[office.handler])
    seen = Document.objects.visible_to(getattr(office, key), at=NOW)
    assert not seen.filter(pk=paper.pk).exists()
    assert Document.objects.visible_to(office.handler, at=NOW).filter(pk=paper.pk).exists()
