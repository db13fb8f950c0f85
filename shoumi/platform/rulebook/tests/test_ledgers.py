"""Ledger files: every fault is named with file, ledger and column before anything starts."""

import pytest

from shoumi.kernel.levels import Level
from shoumi.platform.rulebook.check_ledgers import enforce_ledgers, ledger_problems, ledgers
from shoumi.platform.rulebook.ledgers import load_ledgers
from shoumi.platform.rulebook.model import RulebookError
from shoumi.platform.rulebook.source import rulebook

GOOD = """
key = "drill"
title = "恢复演练台账"
item = "恢复演练"
clause = "systems.drill"
controls = ["record:systems.drill.record", "duty:systems.drill.record"]
posts = ["sysadmin"]
readers = ["auditor"]
list = ["plan", "minutes"]
filters = ["verified"]
search = ["plan"]

[[column]]
key = "plan"
label = "预案"
kind = "text"
required = true
max = 60

[[column]]
key = "minutes"
label = "恢复用时"
kind = "number"
unit = "分钟"
max = 500

[[column]]
key = "verified"
label = "恢复后校验"
kind = "choice"
choices = ["通过", "未通过"]

[[column]]
key = "held_on"
label = "演练日期"
kind = "date"
max = "today"

[[column]]
key = "open"
label = "公开"
kind = "tick"

[[column]]
key = "remedy"
label = "整改"
kind = "text"
max = 60

[[demand]]
above = { minutes = "restore_minutes" }
column = "remedy"
say = "超过目标的须写明整改"

[[demand]]
when = { verified = "未通过", open = true }
column = "remedy"
say = "未通过的须写明整改"

[[evidence]]
duty = "recurring.restore_drill"
"""
COVERAGE = """
[coverage]
column = "verified"
when = { open = true }
[[coverage.wanted]]
area = "网络安全"
level = "内部"
names = ["通过"]
"""


def loaded(folder, text, name="drill"):
    place = folder / "ledgers"
    place.mkdir(exist_ok=True)
    (place / f"{name}.toml").write_text(text, encoding="utf-8")
    return load_ledgers(folder)


@pytest.mark.clause("rulebook.load")
def test_the_ledgers_that_come_with_the_program_hold():
    assert ledger_problems(load_ledgers(), rulebook()) == []
    assert set(ledgers()) >= {"asset", "backup", "check", "credential", "drill", "incident"}


def test_a_ledger_is_read_as_it_is_written(tmp_path):
    (drill,) = loaded(tmp_path, GOOD + COVERAGE)
    assert (drill.level, drill.version, drill.everyone) == (Level.INTERNAL, 1, False)
    assert drill.column("minutes").heading == "恢复用时（分钟）"
    assert drill.column("held_on").until_today and drill.column("plan").heading == "预案"
    assert drill.admitted == {"sysadmin", "auditor"}
    assert drill.coverage.wanted[0].level == Level.INTERNAL
    assert len(drill.current) == 6
    assert ledger_problems([drill], rulebook()) == []


@pytest.mark.clause("rulebook.load")
@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('key = "drill"', 'key = "other"', "台账「other」：编号应与文件名相同"),
        ('"systems.drill"', '"systems.none"', "条款「systems.none」不在规章中"),
        ('"record:systems.drill.record"', '"recall:a.b"', "控制类别「recall」不存在"),
        ('"record:systems.drill.record"', '"record:a.b"', "没有条款引用控制「record:a.b」"),
        ('"record:systems.drill.record", ', "", "没有登记类控制点"),
        ('[[evidence]]\nduty = "recurring.restore_drill"\n', "", "却没有写明办结凭据"),
        ('["sysadmin"]', '["captain"]', "岗位「captain」不存在"),
        ('posts = ["sysadmin"]', "posts = []", "没有写明登记岗位"),
        ('["auditor"]', '["handler"]', "岗位「handler」人人皆是"),
        ('readers = ["auditor"]', 'level = "秘密"', "三员可见的台账最高为内部"),
        ('readers = ["auditor"]', "version = 0", "版本应自 1 起"),
        ('key = "open"', 'key = "plan"', "栏目「plan」重复"),
        ('label = "整改"', 'label = "预案"', "栏目名称「预案」重复"),
        ('["plan", "minutes"]', '["plan", "none"]', "列表栏目「none」不存在"),
        ('["plan", "minutes"]', '["minutes"]', "列表首栏应为必填"),
        ('["plan", "minutes"]', '["none"]', "列表首栏应为必填"),
        ('filters = ["verified"]', 'filters = ["plan"]', "筛选栏目「plan」只能是选项或者勾选"),
        ('filters = ["verified"]', 'filters = ["none"]', "筛选栏目「none」不存在"),
        ('search = ["plan"]', 'search = ["minutes"]', "检索栏目「minutes」只能是文字"),
        ('kind = "text"\nrequired = true', 'kind = "text"\npersonal = true', "不得筛选、检索"),
        ('kind = "text"\nrequired = true', 'kind = "memo"\nrequired = true', "类别「memo」不存在"),
        ("required = true\nmax = 60", "required = true", "应写明上限 max，在 1 至 1000 之间"),
        ('kind = "tick"', 'kind = "tick"\nmax = 3', "只有文字和数字栏目写上限"),
        ('kind = "tick"', 'kind = "tick"\nmax = "today"', "只有日期栏目可写 today"),
        ('kind = "tick"', 'kind = "tick"\nchoices = ["甲"]', "选项栏目须列选项，其他栏目不列"),
        ('"未通过"]', '"通过"]', "选项「通过」重复"),
        ('kind = "tick"', 'kind = "tick"\npersonal = true', "个人信息栏目应为文字"),
        ('kind = "tick"', 'kind = "tick"\nretired = true\nrequired = true', "停用的栏目不能必填"),
        ('kind = "tick"', 'kind = "tick"\nreaders = ["head"]', "阅看岗位「head」看不到本台账"),
        ('kind = "tick"', 'kind = "tick"\nreaders = ["auditor"]', "登记岗位应能阅看所登记的栏目"),
        ('key = "open"', 'key = "label"', "栏目「label」：名称只用小写字母"),
        ("above = { minutes", "above = { plan", "条件栏目「plan」不是数字栏目"),
        ('"restore_minutes"', '"none"', "没有数值参数「none」"),
        ('above = { minutes = "restore_minutes" }\n', "", "没有写明条件"),
        ('column = "remedy"', 'column = "none"', "应填栏目「none」不存在"),
        ('column = "remedy"', 'column = "plan"', "栏目「plan」已是必填"),
        ('verified = "未通过",', 'none = "未通过",', "条件栏目「none」不存在"),
        ('verified = "未通过",', 'verified = "大概",', "条件「verified」不会是「大概」"),
        ("open = true }", 'open = "是" }', "条件「open」不会是「是」"),
        ('column = "verified"', 'column = "plan"', "应有项栏目「plan」不是选项栏目"),
        ('names = ["通过"]', 'names = ["大概"]', "应有项「大概」不在栏目「verified」的选项内"),
    ],
)
def test_a_fault_is_named_with_its_file(tmp_path, before, after, told):
    text = GOOD + COVERAGE
    assert before in text
    problems = ledger_problems(loaded(tmp_path, text.replace(before, after)), rulebook())
    assert any(told in p and p.startswith("drill.toml：台账「") for p in problems), problems


@pytest.mark.clause("rulebook.load")
@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('item = "恢复演练"', "", "drill.toml：缺少「item」"),
        ('item = "恢复演练"', 'item = "恢复演练"\nfly = 1', "drill.toml：不认识的项「fly」"),
        ('readers = ["auditor"]', 'level = "顶级"', "drill.toml：「顶级」不是密级"),
        ('level = "内部"\nnames', 'level = "顶级"\nnames', "「顶级」不是密级"),
        ('["sysadmin"]', "[1]", "「posts」应为文字列表"),
        ('"record:systems.drill.record"', '"systems.drill"', "应写作「类别：控制点」"),
        ('max = "today"', 'max = "soon"', "drill.toml 栏目「held_on」：「max」只能是数"),
        ("max = 500", 'max = 500\nsum = "a"', "drill.toml 栏目「minutes」：不认识的项「sum」"),
        ('[[column]]\nkey = "plan"', "column = [3]\n[[columns]]", "drill.toml"),
    ],
)
def test_a_malformed_file_is_not_read(tmp_path, before, after, told):
    text = GOOD + COVERAGE
    assert before in text
    with pytest.raises(RulebookError) as fault:
        loaded(tmp_path, text.replace(before, after))
    assert told in str(fault.value)


def test_two_ledgers_of_one_name_are_refused(tmp_path):
    loaded(tmp_path, GOOD)
    found = loaded(tmp_path, GOOD.replace('key = "drill"', 'key = "twin"'), "twin")
    with pytest.raises(RulebookError) as fault:
        enforce_ledgers(found, rulebook())
    assert "台账名称「恢复演练台账」重复" in str(fault.value)
    assert "台账登记事项「恢复演练」重复" in str(fault.value)
