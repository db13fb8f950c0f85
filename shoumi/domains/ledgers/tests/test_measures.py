"""措施达标, the list of ledgers and the columns that only some posts see."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from conftest import NOW, prepared
from shoumi.domains.ledgers import registers, selectors
from shoumi.domains.ledgers.services.verifying import verify_trail
from shoumi.domains.ledgers.tests.rows import entered
from shoumi.kernel.levels import Level
from shoumi.platform.obligations.due import due_fixed
from shoumi.platform.obligations.services import raise_duty
from shoumi.platform.registers.testing import browser
from shoumi.platform.trail.recording import Record, recording

pytestmark = pytest.mark.urls("shoumi.domains.ledgers.tests.pages")
ASSETS = registers.REGISTERS["asset"]


def names(lines):
    return {line.name for line in lines}


@pytest.mark.clause("systems.measure.coverage")
def test_every_wanted_measure_without_a_row_is_missing(office):
    lines = selectors.measures(office.auditor, at=NOW)
    assert lines and all(line.is_missing for line in lines)
    assert {line.area for line in lines} == {"网络安全", "设备安全", "培训教育"}
    assert {"访问审计", "数据备份", "权限管理", "存储加密"} <= names(lines)


@pytest.mark.clause("systems.measure.coverage", "systems.measure")
def test_only_a_measure_in_force_and_found_effective_counts(office):
    entered("measure", office.sysadmin, at=NOW)
    entered("measure", office.sysadmin, at=NOW, measure="访问审计", status="停用")
    entered(
        "measure", office.sysadmin, at=NOW, measure="网络隔离", checked="失效", remedy="重新隔离"
    )
    found = {line.name: line.count for line in selectors.measures(office.auditor, at=NOW)}
    assert (found["边界防护"], found["访问审计"], found["网络隔离"]) == (1, 0, 0)


@pytest.mark.clause("systems.measure.coverage")
def test_a_higher_grade_wants_more(office, settings):
    found = []
    for grade in (Level.PUBLIC, Level.INTERNAL, Level.SECRET):
        settings.DEPLOYMENT_GRADE = grade
        found.append(names(selectors.measures(office.auditor, at=NOW)))
    assert found[0] < found[1] < found[2]
    assert "物理隔离" in found[2] - found[1]


@pytest.mark.clause("systems.measure.coverage")
def test_the_page_says_what_is_missing_and_is_for_its_posts(office):
    entered("measure", office.sysadmin, at=timezone.now())
    page = browser(office.sysadmin).get("/ledgers/measures/").content.decode()
    assert "不符合" in page and "达标" in page and "登记防护措施" in page
    assert "登记防护措施" not in browser(office.auditor).get("/ledgers/measures/").content.decode()
    assert browser(office.handler).get("/ledgers/measures/").status_code == 404


@pytest.mark.clause("systems.backup", "trail.verify")
def test_the_list_tells_when_backups_and_verification_are_late(office):
    at = timezone.now()
    assert selectors.last_backup(office.body, at=NOW).is_late
    assert selectors.last_offsite(office.sysadmin, at=NOW).is_late
    with recording(Record("JIA", "systems.backup", 0, "系统", "systems.backup", at)):
        pass
    entered("backup", office.sysadmin, at=at)
    entered("backup", office.sysadmin, at=at, offsite=False, offsite_place="")
    verify_trail(actor=office.auditor, at=at)
    ages = [
        selectors.last_backup(office.body, at=at + timedelta(1)),
        selectors.last_offsite(office.sysadmin, at=at + timedelta(1)),
        selectors.last_verification(office.body, at=at + timedelta(1)),
    ]
    assert [(age.days, age.is_late) for age in ages] == [(1, False)] * 3
    assert selectors.last_verification(office.body, at=at + timedelta(8)).is_late
    page = browser(office.sysadmin).get("/ledgers/").content.decode()
    assert "距上次备份" in page and "应有措施缺项" in page


def test_the_list_shows_each_the_ledgers_that_exist_for_them(office):
    with prepared(office.body):
        raise_duty(
            kind="recurring.patches",
            clause="systems.patch",
            text="月度更新",
            due=due_fixed(timezone.now()),
            at=NOW,
            body=office.body,
            post="sysadmin",
            period="2026-09",
        )
    mine = browser(office.sysadmin).get("/ledgers/").content.decode()
    assert "恢复演练台账" in mine and "月度更新" in mine and "凭证台账" not in mine
    theirs = browser(office.handler).get("/ledgers/").content.decode()
    assert "分类分级目录" in theirs and "安全事件台账" in theirs and "恢复演练台账" not in theirs
    assert "距上次备份" not in theirs and "缺项" not in theirs


# ---- columns that only some posts see

HIDDEN = ("某系统 20", "某防火墙 7", "已装主机审计")


@pytest.mark.clause("systems.asset")
def test_versions_are_shown_to_the_two_administrators_only(office):
    row = entered("asset", office.sysadmin, at=timezone.now())
    detail = ASSETS.url("detail", row.pk)
    for who, told in (
        ("sysadmin", True),
        ("secadmin", True),
        ("auditor", False),
        ("office", False),
    ):
        page = browser(getattr(office, who)).get(detail).content.decode()
        assert "政务业务服务器" in page
        assert all((word in page) is told for word in HIDDEN), who
        assert ("防火墙系统及版本" in page) is told, who


@pytest.mark.clause("systems.asset")
def test_versions_leave_the_system_only_with_who_may_see_them(office):
    entered("asset", office.sysadmin, at=timezone.now())
    for who, told in (("secadmin", True), ("auditor", False)):
        window = browser(getattr(office, who))
        sheet = window.get(ASSETS.url("sheet")).content.decode()
        assert not any(word in sheet for word in HIDDEN), who
        book = load_workbook(BytesIO(window.get(ASSETS.url("export")).content)).active
        cells = [str(c.value) for line in book.iter_rows() for c in line]
        for word in HIDDEN:
            assert (word in cells) is told, (who, word)


def test_a_hidden_column_is_neither_searched_nor_sorted(office):
    entered("asset", office.sysadmin, at=timezone.now())
    window = browser(office.auditor)
    assert (
        "政务业务服务器" not in window.get(ASSETS.url("list"), {"q": "某防火墙"}).content.decode()
    )
    answer = window.get(ASSETS.url("list"), {"sort": "data__firewall_version"})
    assert answer.status_code == 200


def test_a_tick_is_filtered_as_what_it_is(office):
    at = timezone.now()
    entered("asset", office.sysadmin, at=at)
    entered("asset", office.sysadmin, at=at, name="打印机", important=False)
    window = browser(office.sysadmin)

    def found(value):
        page = window.get(ASSETS.url("list"), {"data__important": value}).content.decode()
        return ("政务业务服务器" in page, "打印机" in page)

    assert [found(v) for v in ("True", "False", "")] == [
        (True, False),
        (False, True),
        (True, True),
    ]
    page = window.get(ASSETS.url("list"), {"data__sort_of": "终端"}).content.decode()
    assert "政务业务服务器" not in page
