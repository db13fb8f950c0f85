"""B1: mutated rulebooks are refused at start, each with the clause named."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from shoumi.platform.rulebook.check import check, enforce, missing_points
from shoumi.platform.rulebook.controls import ACTION, ControlPoint
from shoumi.platform.rulebook.loader import DATA, load
from shoumi.platform.rulebook.model import Regulation, Rulebook, RulebookError
from shoumi.platform.rulebook.scan import clauses_used, figures_used

CARRIERS = "regulations/carriers.toml"
CIRCULATION = "regulations/circulation.toml"
ACCOUNTS = "regulations/accounts.toml"
MARKS = "regulations/marks.toml"
FLOWS = "flows/carriers.toml"
BORROW_CONTROLS = (
    'controls = ["refuse:handling.borrow.request", "deadline:handling.borrow.lend", '
    '"record:handling.borrow.return"]'
)
LEADER_STEP = 'steps = [{ post = "deputy_leader", label = "分管领导批准", hours = 8 }]'

# file, what stands there, what a careless hand makes of it, what the start-up check must say
MUTATIONS = {
    "clause without control": (
        CARRIERS,
        BORROW_CONTROLS,
        "controls = []",
        "carriers.borrow.longest」：没有控制点",
    ),
    "control without code": (
        CARRIERS,
        "deadline:handling.borrow.lend",
        "deadline:handling.borrow.lent",
        "handling.borrow.lent」在代码中不存在",
    ),
    "control of another kind than the code's": (
        MARKS,
        "mark:access.label",
        "refuse:desk.search",
        "marks.levels」：控制点「desk.search」不承担「拒绝」",
    ),
    "unknown kind of control": (
        CIRCULATION,
        "deadline:circulation.open",
        "clock:circulation.open",
        "circulation.limit」：控制类别「clock」不存在",
    ),
    "control named twice": (
        CARRIERS,
        'controls = ["duty:handling.destroy.propose"]',
        'controls = ["duty:handling.destroy.propose", "duty:handling.destroy.propose"]',
        "carriers.destroy.yearly」：控制「duty:handling.destroy.propose」重复",
    ),
    "figure above its range": (
        CARRIERS,
        '"秘密" = 15, "机密" = 7',
        '"秘密" = 61, "机密" = 7',
        "carriers.borrow.longest」参数「days」：2000-01-01 起的取值 61 高于允许的 60",
    ),
    "figure below its range": (
        ACCOUNTS,
        'value = 10 }]\n\n[[clause]]\nid = "accounts.idle"',
        'value = 9 }]\n\n[[clause]]\nid = "accounts.idle"',
        "accounts.lockout」参数「minutes」：2000-01-01 起的取值 9 低于允许的 10",
    ),
    "today's figure excused by a warning": (
        ACCOUNTS,
        "value = 64 },\n]",
        'value = 14, warning = "照旧" },\n]',
        "accounts.password.length」参数「longest」：2019-12-01 起的取值 14 低于",
    ),
    "old figure out of range without a warning": (
        ACCOUNTS,
        ', warning = "低于现行下限六十四位，已停用"',
        "",
        "accounts.password.length」参数「longest」：2000-01-01 起的取值 14 低于",
    ),
    "overlapping dates": (
        ACCOUNTS,
        "  { from = 2019-12-01, value = 64 },",
        "  { from = 2000-01-01, value = 64 },",
        "accounts.password.length」参数「longest」：2000-01-01 起有两个取值，日期重叠",
    ),
    "unordered dates": (
        ACCOUNTS,
        "  { from = 2019-12-01, value = 64 },",
        "  { from = 1999-12-01, value = 64 },",
        "accounts.password.length」参数「longest」：取值未按起始日先后排列",
    ),
    "range upside down": (
        CARRIERS,
        "range = [10, 500]",
        "range = [500, 10]",
        "carriers.handover」参数「most」：允许范围上下限颠倒",
    ),
    "range left out": (
        CARRIERS,
        "range = [10, 500]\n",
        "",
        "carriers.handover」参数「most」：没有写明允许范围",
    ),
    "figure of another type": (
        CARRIERS,
        "value = 200 }]",
        'value = "二百" }]',
        "carriers.handover」参数「most」：2000-01-01 起的取值类型不对",
    ),
    "truth instead of a number": (
        CARRIERS,
        "value = 200 }]",
        "value = true }]",
        "carriers.handover」参数「most」：2000-01-01 起的取值类型不对",
    ),
    "text among the levels": (
        CARRIERS,
        '"机密" = 60, "绝密" = 10',
        '"机密" = "六十", "绝密" = 10',
        "carriers.missing」参数「days」：2000-01-01 起的取值类型不对",
    ),
    "unknown kind of figure": (
        CARRIERS,
        'label = "一次移交最多件数"\nkind = "int"',
        'label = "一次移交最多件数"\nkind = "number"',
        "carriers.handover」参数「most」：类型「number」不存在",
    ),
    "unknown direction": (
        CARRIERS,
        'range = [1, 200]\nstricter = "lower"',
        'range = [1, 200]\nstricter = "down"',
        "carriers.copy.count」参数「most」：从严方向「down」不存在",
    ),
    "figure without a value": (
        CARRIERS,
        "values = [{ from = 2000-01-01, value = 200 }]",
        "values = []",
        "carriers.handover」参数「most」：没有取值",
    ),
    "empty list of places": (
        CARRIERS,
        'value = ["机要室", "保密室", "本人办公室", "涉密会议室"] }',
        "value = [] }",
        "carriers.borrow.place」参数「places」：2000-01-01 起的取值为空",
    ),
    "choice that is none": (
        CARRIERS,
        'value = ["送销毁机构", "自行粉碎"]',
        'value = ["送销毁机构", "变卖"]',
        "carriers.destroy.method」参数「methods」：2000-01-01 起的取值「变卖」不在可选项内",
    ),
    "choices left out": (
        CARRIERS,
        'choices = ["送销毁机构", "自行粉碎"]\n',
        "",
        "carriers.destroy.method」参数「methods」：没有写明可选项或者格式",
    ),
    "text of another form": (
        "regulations/obligations.toml",
        '"08:30—12:00"',
        '"8:30—12:00"',
        "obligations.calendar.hours」参数「spans」：2000-01-01 起的取值「8:30—12:00」不合格式",
    ),
    "figure named twice": (
        ACCOUNTS,
        'key = "longest"',
        'key = "shortest"',
        "accounts.password.length」：参数「shortest」重复",
    ),
    "clause id used twice": (
        CARRIERS,
        'id = "carriers.handover"',
        'id = "carriers.recall"',
        "条款「carriers.recall」重复",
    ),
    "clause in the wrong file": (
        CARRIERS,
        'id = "carriers.handover"',
        'id = "custody.handover"',
        "条款「custody.handover」：编号应以「carriers.」开头",
    ),
    "clause without words": (
        CARRIERS,
        'title = "移交"',
        'title = " "',
        "carriers.handover」：条名或正文为空",
    ),
    "clause too long to read": (
        CARRIERS,
        "移交列明清单",
        "移交列明清单" * 30,
        "carriers.handover」：正文超过",
    ),
    "unknown instrument": (
        CARRIERS,
        '["载体规定", "第二十九条"]',
        '["载体规范", "第二十九条"]',
        "carriers.stocktake」：依据「载体规范」未登记",
    ),
    "cited before it was in force": (
        MARKS,
        "from = 2010-10-01, until = 2024-04-30 }",
        "from = 1988-10-01, until = 2024-04-30 }",
        "marks.period.limit」：依据「2010年保密法第十五条」早于其施行日",
    ),
    "the same citation twice at once": (
        MARKS,
        '["保密法", "第二十条"], {',
        '["保密法", "第二十条"], ["保密法", "第二十条"], {',
        "marks.period.limit」：依据「保密法第二十条」的起止日重叠",
    ),
    "unknown obligation": (
        CARRIERS,
        'samples = ["S2-26-07"]',
        'samples = ["S9-26-07"]',
        "carriers.missing」引用的义务「S9-26-07」不存在",
    ),
    "repeating row instead of the canonical one": (
        CARRIERS,
        'samples = ["S2-26-07"]',
        'samples = ["S1-12-05"]',
        "carriers.missing」应引用正条",
    ),
    "obligation claimed twice in one clause": (
        CARRIERS,
        'samples = ["S2-26-07"]',
        'samples = ["S2-26-07", "S2-26-07"]',
        "carriers.missing」两次引用义务「S2-26-07」",
    ),
    "obligation both kept and argued away": (
        "argued.toml",
        "[argued]",
        '[argued]\nS2-26-07 = "无须落实"',
        "S2-26-07」既由条款「carriers.missing」落实，又列为不作落实",
    ),
    "argued without a reason": (
        "argued.toml",
        "[argued]",
        '[argued]\nS0-01-01 = " "',
        "argued.toml：义务「S0-01-01」没有写明理由",
    ),
    "argued, yet unknown": (
        "argued.toml",
        "[argued]",
        '[argued]\nS9-01-01 = "无此项"',
        "argued.toml：义务「S9-01-01」不存在",
    ),
    "deadline kept by a mere record": (
        CIRCULATION,
        'controls = ["deadline:circulation.open"]',
        'controls = ["record:circulation.open"]',
        "circulation.limit」引用义务「S4-20-04」，却没有其所需的「时限」控制",
    ),
    "unknown post in a flow": (
        FLOWS,
        LEADER_STEP,
        LEADER_STEP.replace("deputy_leader", "deputy"),
        "handling.borrow」（条款「carriers.borrow.approval」）：岗位「deputy」不存在",
    ),
    "officer as an approver": (
        FLOWS,
        LEADER_STEP,
        LEADER_STEP.replace("deputy_leader", "secadmin"),
        "carriers.borrow.approval」）：岗位「安全保密管理员」不得作为审批岗位",
    ),
    "step without a post": (
        FLOWS,
        LEADER_STEP,
        LEADER_STEP.replace('post = "deputy_leader", ', ""),
        "carriers.borrow.approval」）：步骤「分管领导批准」没有写明岗位",
    ),
    "step of an unknown mode": (
        FLOWS,
        LEADER_STEP,
        LEADER_STEP.replace("label", 'mode = "some", label'),
        "carriers.borrow.approval」）：步骤「分管领导批准」的方式「some」不存在",
    ),
    "step without end": (
        FLOWS,
        LEADER_STEP,
        LEADER_STEP.replace("hours = 8", "hours = 0"),
        "carriers.borrow.approval」）：步骤「分管领导批准」的时限应在",
    ),
    "flow row that says nothing": (
        FLOWS,
        LEADER_STEP,
        "steps = []",
        "carriers.borrow.approval」）：一行应当且只应有步骤、拒绝、比照三者之一",
    ),
    "flow without rows": (
        FLOWS,
        'matter = "handling.archive"\n',
        'matter = "handling.empty"\ntitle = "空"\nclause = "carriers.register"\n\n'
        '[[flow]]\nmatter = "handling.archive"\n',
        "handling.empty」（条款「carriers.register」）：没有任何行",
    ),
    "flow row without a level": (
        FLOWS,
        'level = ["机密"]',
        "level = []",
        "carriers.borrow.approval」）：有一行没有写明密级",
    ),
    "circular flow": (
        FLOWS,
        'steps = [{ post = "office_director", label = "办公室主任批准", hours = 16 }]',
        'like = "handling.archive"',
        "handling.archive」（条款「carriers.archive.handover」）：比照办理形成循环",
    ),
    "flow like one that does not exist": (
        FLOWS,
        'steps = [{ post = "office_director", label = "办公室主任批准", hours = 16 }]',
        'like = "handling.filing"',
        "carriers.archive.handover」）：比照的事项「handling.filing」不存在",
    ),
    "flow under an unknown clause": (
        FLOWS,
        'clause = "carriers.archive.handover"',
        'clause = "carriers.archive.nothing"',
        "条款「carriers.archive.nothing」不在规章中",
    ),
    "flow row hidden by an earlier one": (
        FLOWS,
        "when = { necessary = true }\n",
        "",
        "carriers.borrow.approval」）：第 8 行与前面的行日期和条件重叠",
    ),
    "level that will find no row": (
        FLOWS,
        'level = ["机密"]\nsteps',
        'level = ["机密"]\nuntil = 2026-12-31\nsteps',
        "carriers.borrow.approval」）：机密没有无条件且长期有效的行",
    ),
    "gap between two rows": (
        FLOWS,
        'level = ["机密"]\nsteps',
        'level = ["机密"]\nuntil = 2026-06-30\n' + LEADER_STEP + "\n\n[[flow.row]]\n"
        'level = ["机密"]\nfrom = 2026-08-01\nsteps',
        "carriers.borrow.approval」）：机密在日期上有空档",
    ),
    "row that ends before it begins": (
        FLOWS,
        'level = ["绝密"]\nwhen',
        'level = ["绝密"]\nfrom = 2026-08-01\nuntil = 2026-06-30\nwhen',
        "carriers.borrow.approval」）：起止日颠倒",
    ),
    "matter named twice": (
        FLOWS,
        'matter = "handling.archive"',
        'matter = "handling.destroy"',
        "handling.destroy」（条款「carriers.destroy.approval」）：事项重复",
    ),
    "officer who sees content": (
        "posts.toml",
        "content = false\nexclusive",
        "exclusive",
        "posts.toml：岗位「sysadmin」属三员，不得接触业务内容",
    ),
    "post bound to nothing known": (
        "posts.toml",
        'bound = "department"',
        'bound = "room"',
        "posts.toml：岗位「handler」的任命范围「room」不存在",
    ),
    "two posts of one name": (
        "posts.toml",
        'label = "主要领导"',
        'label = "分管领导"',
        "posts.toml：岗位名称「分管领导」重复",
    ),
    "regulation named twice": (
        "regulations/grades.toml",
        'id = "grades"\n',
        'id = "marks"\n',
        "制度「marks」重复",
    ),
    "obligation that repeats a repeating row": (
        "obligations.csv",
        "S0-01-01,organisation,record,\n",
        "S0-01-01,organisation,record,S9-00-00\n",
        "S0-01-01」所指正条「S9-00-00」不存在",
    ),
    "obligation of an unknown kind": (
        "obligations.csv",
        "S0-01-01,organisation,record,\n",
        "S0-01-01,organisation,write,\n",
        "S0-01-01」的控制类别「write」不存在",
    ),
}


def points_of(book: Rulebook) -> dict[str, ControlPoint]:
    """Code that serves every control the shipped rulebook claims."""
    claimed = {control for clause in book.clauses.values() for control in clause.controls}
    points = {
        control.point: ControlPoint(control.point, control.point, frozenset({ACTION}))
        for control in claimed
    }
    points["desk.search"] = ControlPoint("desk.search", "检索", frozenset({"display"}))
    return points


POINTS = points_of(load())


def test_the_shipped_rulebook_holds():
    book = load()

    assert check(book, POINTS) == []
    assert missing_points(book, POINTS) == []
    enforce(book, POINTS)


@pytest.mark.clause("rulebook.load")
@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutated_rulebook_is_refused_with_its_place(tmp_path: Path, name: str):
    file, old, new, named = MUTATIONS[name]
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text, f"nothing to mutate: {old}"
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(RulebookError) as refused:
        enforce(load(folder), POINTS)

    assert named in str(refused.value)


def test_a_regulation_without_clauses_is_refused():
    book = load()
    empty = Regulation(id="empty", title="空制度", scope="", file="empty.toml")

    problems = check(replace(book, regulations=(*book.regulations, empty)), POINTS)

    assert problems == ["empty.toml：制度「空制度」没有条款"]


def test_the_bar_of_thirty_mutations_is_met():
    assert len(MUTATIONS) >= 30


@pytest.mark.clause("rulebook.load")
def test_a_refusal_under_an_unknown_clause_is_found_in_the_code():
    problems = check(load(), POINTS, clauses_used={"carriers.nothing": "shoumi/x.py:7"})

    assert problems == ["shoumi/x.py:7：代码引用的条款「carriers.nothing」不在规章中"]


def test_every_clause_the_code_speaks_of_is_in_the_rulebook():
    assert check(load(), clauses_used=clauses_used()) == []


def test_every_figure_the_code_asks_for_is_in_the_rulebook():
    assert check(load(), figures_used=figures_used()) == []


@pytest.mark.clause("rulebook.load")
def test_a_figure_the_rulebook_does_not_have_is_found_in_the_code():
    asked = {
        ("carriers.missing", "days"): "shoumi/x.py:1",
        ("carriers.missing", "weeks"): "shoumi/x.py:2",
        ("carriers.nothing", "days"): "shoumi/x.py:3",
    }

    assert check(load(), figures_used=asked) == [
        "shoumi/x.py:2：代码取用的参数「weeks」不在条款「carriers.missing」中",
        "shoumi/x.py:3：代码取用的参数「days」不在条款「carriers.nothing」中",
    ]


def test_missing_points_are_listed_by_kind_and_point():
    points = dict(POINTS)
    del points["handling.recall"]

    assert "refuse:handling.recall" in missing_points(load(), points)
