"""Ledgers as other bodies keep them: other words, other dates, words where a date belongs. Nothing false."""

from datetime import datetime

import pytest

from shoumi.domains.intake.rules.around import Around, KnownMachine, KnownPerson, Roster
from shoumi.domains.intake.rules.checking import recognised
from shoumi.domains.intake.rules.reading import read_file
from shoumi.domains.intake.tests.books import check, faults, spreadsheet, word
from shoumi.kernel.levels import Level

# Rows of a ledger are read across.
# fmt: off
STAFF = Roster(
    [KnownPerson("高山", "办公室", Level.SECRET, "重要"), KnownPerson("白云", "财务科", Level.SECRET, "重要"),
     KnownPerson("流水", "办公室", Level.PUBLIC, "无"), KnownPerson("青松", "财务科", Level.CONFIDENTIAL, "一般")]
)
MACHINES = {"jm001": KnownMachine("JM-001", True, Level.SECRET), "jm002": KnownMachine("JM-002", True, Level.SECRET),
            "pt003": KnownMachine("PT-003", False, None)}


class TestPeople:
    def test_headings_in_groups_months_without_days_and_lengths_for_ends(self, tmp_path):
        rows = [
            ["涉密人员管理台帐", *[None] * 12],
            ["填报单位：某县档案馆", *[None] * 7, "2024年12月31日"],
            ["基本情况", None, None, None, "岗位情况", None, None, "管理情况", None, None, None, "脱密管理", None],
            ["姓 名", "性别", "出生年月", "身份证件号码", "所在科室", "职务职级", "人员类别", "保密审查时间", "上岗时间",
             "签订保密承诺书时间",
             "保密教育（学时）", "脱离涉密岗位时间", "脱密期限"],
            ["甲一", "男", "1977.02", "519921197702271691", "保管科", "科长", "核心涉密人员", "2020年3月", "2020年4月", "2020.3",
             16, None, None],
            ["甲二", "女", 1973.02, "5199************65", "保管科", "科员", "重要涉密人员", "2020-03-01", "2020-02-01", "已签", "已培训",
             None, None],
            ["甲三", "女", "1973年2月", None, "利用科", "科员", "一般涉密人员", "2020-01-01", "2020-02-01", "2020-01-09", 0, "在职",
             None],
            ["甲四", "女", None, None, "利用科", "科员", "重要涉密人员", "2020-01-01", "2020-02-01", "2020-01-09", 8, "2023-06-01",
             "2年"],
            ["甲五", "女", None, None, "利用科", "科员", "核心涉密人员", "2020-01-01", "2020-02-01", "2020-01-09", 8, "2023-06-01",
             "24个月"],
            ["甲六", "女", None, None, "利用科", "科员", "一般涉密人员", "2020-01-01", "2020-02-01", "2020-01-09", 8, "2023-06-01",
             "2023.6.1至2024.6.1"],
            ["甲七", "女", None, None, "利用科", "科员", "非涉密人员", None, None, None, None, None, None],
            ["审核：某某", None, None, None, "填表：某某"],
        ]
        spans = [("名册", s) for s in ("A1:M1", "A3:D3", "E3:G3", "H3:K3", "L3:M3")]
        path = spreadsheet(tmp_path / "人.xlsx", {"名册": rows}, merged=spans)
        checked = check("people", path)
        assert recognised(read_file(path)) == "people"
        assert {f[1:] for f in faults(checked)} == {
            (6, "review_after_post"),
            (7, "training_missing"),
            (9, "exit_too_short"),
        }
        assert checked.totals["by_class"] == {"一般": 2, "无": 1, "核心": 2, "重要": 2}

    def test_a_list_that_begins_with_its_headings_and_has_columns_of_its_own(self, tmp_path):
        rows = [
            ["No.", "涉密级别", "涉密岗位级别", "工作部门", "姓名", "编制情况", "公民身份证号码", "是否持有护照", "政治审查",
             "任职时间", "承诺书",
             "培训情况（学时）", "离岗（离职）时间", "脱密期满时间", "备 注"],
            [1, "一般", "一般", "秘书处", "丙 一", "行政编制", "519921197702271691", "否", "已审查", "20190301", "√", "4", None,
             None, None],
            [2, "重要", "一般", "〃", "丙二", "事业编制", 519921199105185000, "是", None, "2019年3月1日", "2019-02-01", 2, None,
             None, None],
            [3, "一般", "一般", "〃", "丙三", "临时聘用", None, "是", "2019年2月1日", "2019.3.1", "2019-02-30", "12学时", None,
             None, None],
            [4, "无", "无", "〃", "丙四", "工勤编制", None, "否", None, None, None, None, None, None, "借调"],
            [5, "核心", "核心", "机要处", "丙五", "行政编制", None, "否", "2019/2/1", "2019/3/1", "2019/2/1", 8, "2020/9/1", None, None],
        ]
        checked = check("people", spreadsheet(tmp_path / "册.xlsx", {"Sheet1": rows}))
        assert {f[1:] for f in faults(checked)} == {
            (3, "class_mismatch"),
            (3, "review_missing"),
            (3, "id_number_damaged"),
            (4, "temp_staff_cleared"),
            (4, "impossible_date"),
            (6, "exit_missing"),
        }
        assert checked.totals["by_department"] == {"机要处": 1, "秘书处": 4}


class TestComputers:
    def test_one_sheet_with_a_column_that_tells_the_books_apart(self, tmp_path):
        rows = [
            ["信息设备（计算机）登记表"],
            ["涉密属性", "设备保密编号", "机型", "机身号（S/N）", "磁盘序列号", "定密等级", "管理部门", "责任人姓名", "保密管理员",
             "网络接入情况",
             "存放房间", "系统重装时间", "启用年月", "设备状况", "处置方式", "三合一"],
            ["涉密", "JM-001", "甲", "S01", "H01", "机密", "办公室", "高山、白云", "青松", "不联网", "305", "2023.5", "2023年4月",
             "在用", None, "已装"],
            ["涉密", "JM-002", "甲", "S02", "H02", "秘密", "办公室", "高 山（兼）", None, "电子政务内网", "305", 45000, 2023,
             "在用", None, "已装"],
            ["涉密", "JM-004", "甲", "S02", "H04", "秘密", "办公室", "流水", None, "单机", "305", None, "2023.13.1", "报废", None, None],
            ["非涉密", "PT-003", "乙", "S03", "H01", "—", "财务科", "流水", None, "互联网", "306", None, "2022/11", "停用", None, None],
            ["非涉密", "PT-005", "乙", "S05", "H05", "秘密", "财务科", "青松", None, "政务外网＋互联网", "306", None, "2022/11/1",
             "在用", None, None],
        ]
        path = spreadsheet(tmp_path / "机.xlsx", {"登记表": rows}, merged=[("登记表", "A1:P1")])
        checked = check("computers", path, around=Around(roster=STAFF))
        assert {f[1:] for f in faults(checked)} == {
            (3, "responsible_clearance_low"),
            (5, "duplicate_serial"),
            (5, "responsible_not_cleared"),
            (5, "impossible_date"),
            (5, "scrapped_without_disposal"),
            (6, "machine_in_both"),
            (7, "level_on_unclassified"),
            (7, "dual_network"),
        }

    def test_two_tables_of_a_word_file_headed_as_a_machine_room_heads_them(self, tmp_path):
        head = ["编号", "品牌/型号", "出厂序列号", "硬盘物理号", "密级等级", "使用处室", "使用者", "连网情况", "安放位置", "投入使用时间",
                "当前状态", "报废后去向"]
        path = word(
            tmp_path / "机.docx",
            "涉密计算机登记", [head, ["M-1", "甲", "a1", "h1", "机密级", "一处", "高山", "未联网", "101", "2020年", "使用", ""],
                        ["M-2", "甲", "a2", "h2", "", "一处", "", "单机", "101", "2020.6", "使用", ""]],
            "非涉密计算机登记", [head, ["N-1", "乙", "a3", "h3", "", "一处", "流水", "外网", "102", "2020.6.31", "使用", ""]],
        )
        assert recognised(read_file(path)) == "computers"
        assert faults(check("computers", path, around=Around(roster=STAFF))) == {
            ("表1", 3, "level_missing"),
            ("表1", 3, "responsible_missing"),
            ("表2", 2, "impossible_date"),
        }


class TestMedia:
    @pytest.fixture
    def found(self, tmp_path):
        def of(sheets):
            path = spreadsheet(tmp_path / "介.xlsx", sheets)
            assert recognised(read_file(path)) == "media"
            return faults(check("media", path, around=Around(roster=STAFF, machines=MACHINES)))

        return of

    def test_machines_named_in_several_and_words_for_what_is_not_returned(self, found):
        head = ["U盘编号", "品种", "存储容量", "序列号（SN）", "领用科室", "领取人", "最高密级", "指定计算机", "发放时间",
         "收回时间", "在用情况",
                "报废销毁去向"]
        assert found({
            "涉密": [
                ["涉密U盘、光盘登记"], head,
                ["U1", "U盘", "8G", "x1", "办公室", "高山", "机密", "JM-001、JM-002", "2023年5月", "在用", "在用", None],
                ["U2", "U盘", "8G", "x2", "办公室", "高山/白云", "机密", "涉密单机", "2023.5.6", "未交", "在用", None],
                ["U3", "硬盘", "1T", "x3", "办公室", "青松", "机密", "PT-003", datetime(2023, 5, 6), "2023.4.6", "在用", None],
                ["U4", "光盘", "4.7G", None, "办公室", "白云", "机密", "JM-099", 45000, None, "已销毁", "—"],
            ],
            "非涉密": [
                ["非涉密U盘登记"], head,
                ["F1", "U盘", "8G", "X-1", "财务科", "流水", None, "PT-003", "2023", None, "在用", None],
                ["F2", "U盘", "8G", "y2", "财务科", "流水", "无", "JM-001", "2023.2.29", None, "在用", None],
            ],
        }) == {
            ("涉密", 5, "holder_clearance_low"),
            ("涉密", 5, "cross_use"),
            ("涉密", 5, "return_before_issue"),
            ("涉密", 6, "unknown_machine"),
            ("涉密", 6, "scrapped_without_disposal"),
            ("非涉密", 3, "medium_in_both"),
            ("非涉密", 4, "cross_use"),
            ("非涉密", 4, "impossible_date"),
        }

    def test_pages_with_repeated_headings_and_a_foot(self, found):
        head = ["序号", "涉密与否", "介质保密编号", "介质类别", "容量大小", "出厂号", "载体密级", "保管部门", "保管人姓名",
         "领出日期", "缴回日期",
                "状况", "处置结果", "备考"]
        assert found({
            "台账": [
                head,
                [1, "是", "A1", "移动硬盘", "1T", "k1", "秘密级", "办公室", "青松", "20230506", None, "正常", None, None],
                [2, "是", "A2", "移动硬盘", "1T", "k2", "绝蜜", "办公室", None, "2023-5-6", None, "正常", None, None],
                ["本页合计", None, "2件"],
                head,
                [3, "否", "B1", "移动硬盘", "1T", "K 2", "", "办公室", "流水", "2023-5-6", None, "正常", None, None],
                [4, "否", "B2", "移动硬盘", "1T", "k4", "内部", "办公室", "流水", "2023-5-6", None, "正常", None, None],
                ["合计", None, "4件"],
                ["填表人：某某", None, None, None, "审核人：某某"],
            ],
        }) == {
            ("台账", 3, "level_typo"),
            ("台账", 3, "holder_missing"),
            ("台账", 6, "medium_in_both"),
        }
