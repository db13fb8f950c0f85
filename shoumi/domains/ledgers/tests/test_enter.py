"""Entering and correcting through the service: who may know, what is refused, which duty it proves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conftest import NOW, TODAY, prepared
from shoumi.domains.ledgers.models import Entry
from shoumi.domains.ledgers.services.entering import LEDGERS, correct, declared, enter
from shoumi.domains.ledgers.tests.rows import entered, given
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.subjects import label_of
from shoumi.platform.obligations.due import due_fixed
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.recurring import definitions
from shoumi.platform.obligations.services import raise_duty
from shoumi.platform.rulebook.controls import POINTS
from shoumi.platform.rulebook.ledgers import Evidence
from shoumi.platform.rulebook.model import RulebookError
from shoumi.platform.trail.models import Change, name_of
from shoumi.platform.trail.models import Entry as TrailEntry


def waiting(office, kind, period, *, body=None):
    definition = definitions()[kind]
    with prepared(office.body):
        return raise_duty(
            kind=kind,
            clause=definition.clause,
            text=definition.text,
            due=due_fixed(NOW + timedelta(days=int(period[-1]))),
            at=NOW,
            body=body or office.body,
            post=definition.post,
            period=period,
        )


def seen(person):
    return set(Entry.objects.visible_to(person, at=NOW).values_list("pk", flat=True))


def test_every_point_a_ledger_names_is_there_for_the_rulebook():
    for ledger in LEDGERS.values():
        for control in ledger.controls:
            assert POINTS[control.point].serves(control.kind)


@pytest.mark.clause("rulebook.load")
def test_a_duty_nobody_raises_is_named_before_anything_starts():
    proof = Evidence(duty="recurring.none", when={})
    with pytest.raises(RulebookError) as fault:
        declared(replace(LEDGERS["drill"], evidence=(proof,)))
    assert "drill.toml：没有定期职责「recurring.none」" in str(fault.value)


@pytest.mark.clause("access.label", "access.need_to_know")
def test_a_row_is_known_to_the_posts_of_its_ledger_and_to_nobody_else(office):
    row = entered("drill", office.sysadmin, at=NOW)
    knowing = [office.sysadmin, office.secadmin, office.auditor, office.office]
    assert all(row.pk in seen(person) for person in knowing)
    for person in (office.registrar, office.head, office.handler, office.stranger):
        assert row.pk not in seen(person)
    assert row.level == Level.INTERNAL


@pytest.mark.clause("systems.incident")
def test_who_reports_an_incident_sees_their_own_and_no_other(office):
    mine = entered("incident", office.handler, at=NOW)
    other = entered("incident", office.peer, at=NOW)
    assert seen(office.handler) == {mine.pk}
    assert seen(office.secadmin) == {mine.pk, other.pk}
    assert f"p:{office.secadmin.pk}" not in label_of(
        entered("incident", office.secadmin, at=NOW).label, on=TODAY
    )


@pytest.mark.clause("access.inside")
def test_a_catalogue_for_everyone_is_read_by_all_of_the_body(office):
    row = entered("category", office.office, at=NOW)
    assert row.pk in seen(office.newcomer) and row.pk in seen(office.auditor)
    assert row.pk not in seen(office.stranger)


@pytest.mark.clause("trail.denied", "systems.backup")
def test_another_post_enters_nothing_and_the_attempt_is_chained(office):
    with pytest.raises(Denied) as refusal:
        entered("backup", office.auditor, at=NOW)
    assert refusal.value.clause == "systems.backup"
    tried = TrailEntry.objects.get(event="ledgers.backup.enter.denied")
    assert (tried.actor, tried.clause) == (office.auditor.pk, "systems.backup")
    assert not Entry.unscoped.exists()


@pytest.mark.parametrize(
    ("key", "who", "changed", "clause", "told"),
    [
        ("drill", "sysadmin", {"plan": " "}, "systems.drill", "未填写预案和情形"),
        ("drill", "sysadmin", {"minutes": None}, "systems.drill", "未填写恢复用时"),
        ("drill", "sysadmin", {"minutes": 31}, "systems.drill", "超过目标"),
        (
            "drill",
            "sysadmin",
            {"held_on": TODAY + timedelta(1)},
            "systems.drill",
            "演练日期不得晚于今天",
        ),
        ("backup", "sysadmin", {"verified": "不符"}, "systems.backup", "校验不符"),
        ("credential", "secadmin", {"status": "吊销"}, "systems.credential", "吊销日期"),
        ("incident", "handler", {"weight": "重大"}, "systems.incident", "转违规泄密处理"),
        ("asset", "sysadmin", {"encrypted": "未加密"}, "systems.asset", "未加密"),
    ],
)
def test_what_a_ledger_demands_is_refused_without_it(office, key, who, changed, clause, told):
    with pytest.raises(Refusal) as refusal:
        entered(key, getattr(office, who), at=NOW, **changed)
    assert told in refusal.value.message and refusal.value.clause == clause
    assert TrailEntry.objects.filter(event=f"ledgers.{key}.enter.denied").exists()


@pytest.mark.clause("systems.drill")
def test_a_slow_recovery_is_taken_with_its_remedy(office):
    row = entered("drill", office.sysadmin, at=NOW, minutes=31, remedy="增设备用磁盘")
    assert row.data["minutes"] == 31


@pytest.mark.clause("accounts.password.secret", "systems.credential")
@pytest.mark.parametrize(
    "text",
    ["口令：Abc12345", "登录密码是 88888888", "password=hunter2", "-----BEGIN PRIVATE KEY-----"],
)
def test_no_ledger_takes_a_password(office, text):
    with pytest.raises(Refusal) as refusal:
        entered("credential", office.secadmin, at=NOW, purpose=text)
    assert refusal.value.clause == "accounts.password.secret"


@pytest.mark.parametrize("text", ["密码设备", "口令由双人分管", "存放密码机两台"])
def test_speaking_of_passwords_is_no_password(office, text):
    assert entered("credential", office.secadmin, at=NOW, purpose=text).pk


def test_a_column_that_is_not_there_is_a_fault_of_the_program(office):
    with pytest.raises(TypeError):
        enter(LEDGERS["drill"], actor=office.sysadmin, at=NOW, **given("drill", TODAY, fly=1))


@pytest.mark.clause("grades.content")
def test_a_ledger_above_the_grade_takes_nothing(office, settings):
    settings.DEPLOYMENT_GRADE = Level.PUBLIC
    with pytest.raises(Refusal) as refusal:
        entered("drill", office.sysadmin, at=NOW)
    assert refusal.value.clause == "grades.content"


# ---- duties


@pytest.mark.clause("systems.drill", "obligations.evidence")
def test_a_row_closes_the_oldest_open_duty_of_its_own_body(office):
    late, now = (waiting(office, "recurring.restore_drill", p) for p in ("2026H1", "2026H2"))
    other = waiting(office, "recurring.restore_drill", "2026H1", body=office.other)
    row = entered("drill", office.sysadmin, at=NOW)
    states = {d.pk: (d.state, d.evidence) for d in Duty.objects.all()}
    assert states[late.pk] == ("done", name_of(row))
    assert states[now.pk][0] == states[other.pk][0] == "open"
    entered("drill", office.sysadmin, at=NOW)
    now.refresh_from_db()
    assert now.state == "done"


@pytest.mark.clause("systems.backup")
def test_a_row_that_reports_failure_closes_no_duty(office):
    duty = waiting(office, "recurring.backup_check", "2026-09")
    row = entered("backup", office.sysadmin, at=NOW, verified="不符", remedy="重新备份")
    duty.refresh_from_db()
    assert duty.state == "open"
    values = given("backup", TODAY, remedy="已重新备份，复核相符")
    correct(actor=office.sysadmin, subject=row, at=NOW, reason="复核", **values)
    duty.refresh_from_db()
    assert (duty.state, duty.evidence) == ("done", name_of(row))


def test_a_correction_proves_nothing_a_second_time(office):
    first, second = (waiting(office, "recurring.restore_drill", p) for p in ("2026H1", "2026H2"))
    row = entered("drill", office.sysadmin, at=NOW)
    correct(
        actor=office.sysadmin,
        subject=row,
        at=NOW,
        reason="更正",
        **given("drill", TODAY, minutes=9),
    )
    assert [Duty.objects.get(pk=d.pk).state for d in (first, second)] == ["done", "open"]


@pytest.mark.clause("systems.check")
def test_an_occasional_check_is_not_the_monthly_one(office):
    duty = waiting(office, "recurring.system_check", "2026-09")
    entered("check", office.secadmin, at=NOW, occasion="专项检查")
    duty.refresh_from_db()
    assert duty.state == "open"
    entered("check", office.secadmin, at=NOW)
    duty.refresh_from_db()
    assert duty.state == "done"


# ---- correcting


def test_a_correction_keeps_the_former_in_the_trail(office):
    row = entered("drill", office.sysadmin, at=NOW)
    values = given("drill", TODAY, minutes=20)
    correct(actor=office.sysadmin, subject=row, at=NOW, reason="误填", **values)
    again = Entry.unscoped.get(pk=row.pk)
    assert (again.data["minutes"], again.corrected, again.reason) == (20, 1, "误填")
    entry = TrailEntry.objects.get(event="ledgers.drill.correct")
    assert "磁盘" not in entry.body
    change = Change.objects.get(entry=entry).text
    assert "25" in change and "20" in change


@pytest.mark.parametrize(
    ("reason", "changed", "told"), [("", {}, "写明原因"), ("误填", {}, "没有改动")]
)
def test_a_correction_without_reason_or_change_is_refused(office, reason, changed, told):
    row = entered("drill", office.sysadmin, at=NOW)
    with pytest.raises(Refusal) as refusal:
        correct(
            actor=office.sysadmin,
            subject=row,
            at=NOW,
            reason=reason,
            **given("drill", TODAY, **changed),
        )
    assert told in refusal.value.message


def test_the_second_of_two_corrections_is_told_so(office):
    row = entered("drill", office.sysadmin, at=NOW)
    stale = Entry.unscoped.get(pk=row.pk)
    values = given("drill", TODAY, minutes=20)
    correct(actor=office.sysadmin, subject=row, at=NOW, reason="误填", **values)
    with pytest.raises(Stale):
        correct(actor=office.sysadmin, subject=stale, at=NOW, reason="误填", **values)
