"""Ledgers of the same kinds laid out in other ways: the faults planted in them, and no others."""

from datetime import date, datetime

from shoumi.domains.intake.rules.around import Around, KnownMachine, KnownPerson, Roster
from shoumi.domains.intake.rules.checking import around_of
from shoumi.domains.intake.rules.reading import read_file
from shoumi.domains.intake.tests.books import check, faults, spreadsheet, word
from shoumi.kernel.levels import Level

# Rows of a ledger are read across.
# fmt: off
STAFF = Roster(
    [KnownPerson("高山", "办公室", Level.SECRET, "重要"), KnownPerson("流水", "办公室", Level.PUBLIC, "无"),
     KnownPerson("白云", "财务科", Level.CONFIDENTIAL, "一般", left=date(2021, 5, 1)),
     KnownPerson("青松", "财务科", Level.CONFIDENTIAL, "一般"), KnownPerson("青松", "人事科", Level.CONFIDENTIAL, "一般")]
)


class TestPapers:
    def test_groups_of_columns_dittos_and_totals_of_pages(self, tmp_path):
        rows = [
            ["某县水利局 2022 年度来文登记台账", *[None] * 12],
            ["来文", None, None, None, "密级管理", None, "份", None, "借阅", None, None, "去处", None],
            ["题名", "发文字号", "来文机关", "日期", "等级", "保密年限", "编号", "数量", "人员姓名及日期（借阅人）", "还回日期",
             "归宿", "现存放处", "附注"],
            ["防汛通知甲", "水办发（2022）3", "省水利厅", "3月1日", "机密", 10, "0012－0014", "3份", None, None, None, "保密柜",
             None],
            ["防汛通知乙", "水办发[2022]第４号", "同上", "三月三日", "秘密", "五年", "7", 1, "高 山 3月5日", "3月9日", None,
             "立卷归档", None],
            ["防汛通知丙", "水办发〔2022〕5号", "〃", "2022/2/30", "秘密", "10年", "8", 1, None, None, None, "在柜", None],
            ["〃", "〃", "〃", "2022/3/4", "〃", "〃", "9、10", 1, "流水(3.8)", None, None, None, None],
            ["本页小计", None, None, None, None, None, None, 6, None, None, None, None, None],
            ["二〇二二年四月"],
            ["防汛通知丁", "水办发〔2022〕6号", "省水利厅", 44652, "必密", "10年", "11", "一份", None, None, None, "转财务科办理",
             None],
            ["防汛通知戊", None, "省水利厅", 20220402, "机密", None, "12", 1, None, None, None, "在柜", None],
            ["防汛通知己", "水办发〔2022〕7号", "省水利厅", datetime(2022, 4, 3), "内部★3年", None, None, 2, None, None, None,
             "办公室", None],
            [None, "水办发〔2022〕8号", "省水利厅", "4.5", "绝密", "30年", "1", 1, None, None, None, "柜", None],
            ["防汛通知庚", "水办发〔2022〕3号", "省水利厅", "4月6日", "机密", "25年", "0014", 1, None, None, None, "机要室", None],
            ["防汛通知辛", "水办发〔2022〕9号", "省水利厅", "4月6日", "秘密", "6个月", "31", 1, "青松 4月8日", "4月7日", None,
             "机要室", None],
            ["防汛通知壬", "水办发〔2022〕10号", "省水利厅", "4月6日", "秘密", "1年", "32", 1, "白云 4月8日", None, None, "", None],
            ["作废", "水办发〔2022〕11号", "省水利厅", "4月31日", "秘密", None, None, 1, None, None, None, None, "误登"],
            ["小计", None, None, None, None, None, None, 9, None, None, None, None, None],
            ["登记人：某某", None, None, "审核人：某某"],
        ]
        path = spreadsheet(tmp_path / "甲.xlsx", {"来文": rows}, merged=[("来文", "A1:M1")])
        checked = check("documents", path, around=Around(roster=STAFF))
        assert faults(checked) == {
            ("来文", 6, "impossible_date"),
            ("来文", 7, "count_mismatch"),
            ("来文", 7, "borrower_not_cleared"),
            ("来文", 7, "borrowed_not_returned"),
            ("来文", 10, "level_typo"),
            ("来文", 11, "missing_period"),
            ("来文", 12, "star_on_work_secret"),
            ("来文", 13, "empty_title"),
            ("来文", 14, "duplicate"),
            ("来文", 14, "period_over_maximum"),
            ("来文", 15, "return_before_borrow"),
            ("来文", 15, "borrower_ambiguous"),
            ("来文", 16, "borrower_after_departure"),
            ("来文", 16, "departed_still_holding"),
            ("来文", 18, "page_total_wrong"),
        }
        assert checked.totals["all"]["entries"] == 9
        assert checked.totals["void"] == 1

    def test_merged_cells_struck_rows_and_repeated_headings(self, tmp_path):
        head = [
            "登记号",
            "签收日期",
            "密级及保密期限",
            "发文单位",
            "文件编号",
            "文件题名",
            "份序号",
            "件数",
            "处置情况",
            "盘点",
            "借用人",
            "借用日期",
            "退还日期",
        ]
        rows = [
            head,
            [1, "2020.01.06", "机密★20年", "市委", "市委发(2020)1号", "甲", "1-2", 3, "2020年6月1日销毁", None, "高山", "2020.8.1",
             "2020.8.2"],
            [None, None, None, None, None, None, "3", None, "退原单位", None, None, None, None],
            [2, "2020.01.07", "祕密級★ 十年", "市委", "市委发2020〕2号", "乙", "№5", 1, None, "未见", None, None, None],
            ["过次页"],
            head,
            [3, "2020.01.08", "机密", "市委", "市委发〔2020〕3号", "丙", "6", 1, None, "√", None, None, None],
            [4, "2020.01.09", "秘密★11年", "市委", "市委发〔2020〕4号", "丁", "7,8", 4, "存档", "√", None, None, None],
            ["合计", None, None, None, None, None, None, 9],
        ]
        spans = [("台账", f"{c}2:{c}3") for c in "ABCDEFH"]
        path = spreadsheet(
            tmp_path / "乙.xlsx",
            {"台账": rows, "说明": [["按件登记"]]},
            merged=spans,
            struck=[("台账", 7)],
        )
        checked = check("documents", path)
        assert faults(checked) == {
            ("台账", 2, "borrowed_after_destroyed"),
            ("台账", 4, "missing_at_stocktake"),
            ("台账", 8, "period_over_maximum"),
            ("台账", 8, "count_mismatch"),
        }
        assert checked.skipped == ("说明",)
        assert checked.totals["all"]["copies_by_state"] == {
            "archived 已归档": 2,
            "disputed 记载矛盾,待核": 2,
            "missing 清点缺份": 1,
            "returned 已清退": 1,
        }


class TestLoans:
    def test_a_book_with_approval_first_and_the_year_in_a_row(self, tmp_path):
        book = [
            ["领导签批", "借阅人签名", "文件字号", "份号", "密级", "借出日期", "交还日期"],
            ["高山", "流水", "市委发〔2020〕1号", "1", "机密", "1月2日", "1月5日"],
            ["", "青松", "市委发(2020)2号", "№5", "秘密★10年", "2020.2.1", "2020.1.30"],
            ["青 松", "青松", "市委发〔2020〕2号", "5", "机密", "2月3日", "2月30日"],
            ["高山", "流水", "市委发〔2020〕9号", "5", "秘密", "2月3日", ""],
        ]
        register = [
            ["序号", "收文日期", "文号", "标题", "密级", "份号", "份数", "借阅人", "借阅日期", "归还日期"],
            [1, "2020-1-1", "市委发〔2020〕1号", "甲", "机密★20年", "1", 1, "流水", "2020-1-2", "2020-1-6"],
            [2, "2020-1-1", "市委发〔2020〕2号", "乙", "秘密★10年", "5", 1, None, None, None],
        ]
        known = read_file(spreadsheet(tmp_path / "收文.xlsx", {"2020": register}))
        around = around_of({"documents": known})
        path = word(tmp_path / "借.docx", "涉密文件借阅簿（2020年）", book)
        assert faults(check("loans", path, around=around)) == {
            ("表1", 2, "differs_from_register"),
            ("表1", 3, "approver_missing"),
            ("表1", 3, "return_before_borrow"),
            ("表1", 4, "approver_is_borrower"),
            ("表1", 4, "level_differs"),
            ("表1", 4, "impossible_date"),
            ("表1", 5, "not_in_register"),
        }
        same = spreadsheet(tmp_path / "借.xlsx", {"2020年": book})
        assert {f[1:] for f in faults(check("loans", same, around=around))} == {
            f[1:] for f in faults(check("loans", path, around=around))
        }

    def test_cells_merged_down_a_word_table_are_read_for_each_row(self, tmp_path):
        book = [
            ["借阅人", "批准人", "文件名称", "文号", "份号", "密级", "借阅时间", "归还时间"],
            ["高山", "流水", "甲", "市委发〔2020〕1号", "1", "机密★20年", "2020.1.2", "2020.1.5"],
            ["^", "^", "乙", "市委发〔2020〕2号", "2", "机密★20年", "2020.1.2", "2020.1.5"],
        ]
        checked = check("loans", word(tmp_path / "并.docx", book))
        assert (faults(checked), checked.totals) == (set(), {"tables": 1, "loans": 2})


class TestPeople:
    def test_a_list_by_departments_in_merged_cells(self, tmp_path):
        head = [
            "姓名",
            "所属部门",
            "公民身份号码",
            "性别",
            "人员性质",
            "涉密岗位等级",
            "涉密人员类别",
            "政审日期",
            "任职日期",
            "签订承诺书日期",
            "保密教育培训学时（2024年度）",
            "离职日期",
            "脱密期限",
            "说明",
        ]
        rows = [
            ["涉密人员花名册（2024年）"],
            head,
            ["甲 一", "办公室", "519921197702271691", "男", "公务员", "核心", "核心涉密", "2020.1.1", "2020.2.1", "2020.1.9", 8,
             None, None, None],
            ["甲二", None, "519921197302063658", "女", "公务员", "重要", "重要", None, "2020.2.1", "2020.3.9", 0, None, None, None],
            ["甲三", None, "519921198703084236", "男", "临聘", "一般", "一般", "2020.3.1", "2020.2.1", None, "4学时", None, None,
             None],
            ["乙一", "财务科", 519921199105185000, "女", "公务员", "重要", "一股", "2020.1.1", "2020.2.1", "2020.1.9", 4, None,
             None, None],
            ["乙二", None, "519921197702271691", "男", "公务员", "一般", "一般", "2019.2.29", "2020.2.1", "2020.1.9", 4, None, None,
             None],
            ["乙三", None, None, None, "公务员", "一般", "重要", "2020.1.1", "2020.2.1", "2020.1.9", 4, "2021.6.1", "2021.5.1", None],
            ["丙一", None, None, None, "公务员", "核心", "核心", "2020.1.1", "2020.2.1", "2020.1.9", 4, "2021.6.1", "2023.6.1", None],
            ["丙二", None, None, None, "公务员", "一般", "一般", "2020.1.1", "2020.2.1", "2020.1.9", 4, "2021.6.1", "2026.6.1",
             "经市局特批延长"],
            ["丙三", None, None, None, "公务员", "一般", "一般", "2020.1.1", "2020.2.1", "2020.1.9", 4, "2021.6.1", "2024.6.1", None],
            ["丙四", None, None, None, "公务员", "一般", "一般", "2020.1.1", "2020.2.1", "2020.1.9", 4, "2021.6.1", None, None],
            ["丁", None, None, None, "公务员", "无", "非涉密", None, None, None, 0, "2021.6.1", None, None],
            ["制表：某某", None, "审核：某某"],
        ]
        path = spreadsheet(
            tmp_path / "人.xlsx",
            {"花名册": rows},
            merged=[("花名册", "B3:B5"), ("花名册", "B6:B13")],
        )
        checked = check("people", path)
        assert {f[1:] for f in faults(checked)} == {
            (4, "id_sex_mismatch"),
            (4, "review_missing"),
            (4, "pledge_after_post"),
            (4, "training_missing"),
            (5, "id_checksum"),
            (5, "temp_staff_cleared"),
            (5, "review_after_post"),
            (5, "pledge_missing"),
            (6, "id_number_damaged"),
            (6, "class_unreadable"),
            (7, "duplicate_person"),
            (7, "impossible_date"),
            (8, "class_mismatch"),
            (8, "exit_before_departure"),
            (9, "exit_too_short"),
            (11, "exit_too_long"),
            (12, "exit_missing"),
        }
        assert checked.totals["by_department"] == {"办公室": 3, "财务科": 7}
        assert checked.totals["departed"] == 6


class TestThings:
    def test_both_books_of_computers_in_one_sheet(self, tmp_path):
        rows = [
            ["计算机台账"],
            ["资产号", "涉密否", "SN", "硬盘SN", "机型", "使用人", "责任人二", "最高密级", "接入网络", "购入日期", "现状",
             "处置去向"],
            ["M1", "是", "aa-1", "d1", "甲", "高山", None, "机密级", "涉密网", "2020.1.1", "在用", None],
            ["M2", "是", "AA 1", "d2", "甲", "流水", "云朵", "秘密", "互联网/政务外网", "2020.13.1", "在用", None],
            ["M3", "是", "a3", "d3", "甲", None, None, None, "单机（不联网）", "20200101", "已报废", "销毁站"],
            ["M4", "是", "a4", "d4", "甲", "白云", None, "绝蜜", "因特网", "2020.1.1", "报废", "—"],
            ["P1", "否", "a5", "D-1", "乙", "青松", None, None, "互联网", "2020.1.1", "在用", None],
            ["P2", "否", "a6", "d6", "乙", "流水", None, "秘密", "政务外网", "2020.1.1", "待报废", None],
        ]
        path = spreadsheet(tmp_path / "机.xlsx", {"台账": rows})
        checked = check("computers", path, around=Around(roster=STAFF))
        assert {f[1:] for f in faults(checked)} == {
            (4, "duplicate_serial"),
            (4, "dual_network"),
            (4, "responsible_not_cleared"),
            (4, "responsible_unknown"),
            (4, "impossible_date"),
            (5, "responsible_missing"),
            (5, "level_missing"),
            (6, "level_typo"),
            (6, "classified_on_internet"),
            (6, "responsible_departed"),
            (6, "scrapped_without_disposal"),
            (7, "machine_in_both"),
            (8, "level_on_unclassified"),
        }

    def test_a_word_list_of_media_and_the_machines_they_are_used_in(self, tmp_path):
        machines = {
            "m1": KnownMachine("M1", True, Level.SECRET),
            "p1": KnownMachine("P-1", False, None),
        }
        book = [
            ["编号", "品名", "规格容量", "出厂编号", "介质密级", "领用人", "绑定主机", "领取日期", "交回日期", "介质状态",
             "报废处理"],
            ["U1", "优盘", "32G", "s1", "机密", "高山", "M1", "2024.1.1", "2024.2.1", "在用", ""],
            ["U2", "优盘", "32G", "s2", "秘密", "青松", "m1", "2024.1.1", "2023.2.1", "在用", ""],
            ["U3", "光盘", "4.7G", "S-1", "机密", "白云", "P1", "2024.2.30", "", "报废", ""],
            ["U4", "光盘", "4.7G", "s4", "", "", "M9", "2024.2.1", "", "在用", ""],
        ]
        path = word(
            tmp_path / "介.docx",
            "涉密移动存储介质台账",
            book,
            "非涉密移动存储介质台账",
            [
                book[0],
                ["F1", "优盘", "32G", "s2", "", "云", "", "2024.1.1", "", "在用", ""],
                ["F2", "优盘", "32G", "s6", "秘密", "云", "M1", "2024.1.1", "", "在用", ""],
            ],
        )
        checked = check("media", path, around=Around(roster=STAFF, machines=machines))
        assert faults(checked) == {
            ("表1", 3, "return_before_issue"),
            ("表1", 3, "cross_use"),
            ("表1", 4, "duplicate_serial"),
            ("表1", 4, "impossible_date"),
            ("表1", 4, "cross_use"),
            ("表1", 4, "holder_departed"),
            ("表1", 4, "holder_clearance_low"),
            ("表1", 4, "scrapped_without_disposal"),
            ("表1", 5, "level_missing"),
            ("表1", 5, "holder_missing"),
            ("表1", 5, "unknown_machine"),
            ("表2", 2, "medium_in_both"),
            ("表2", 3, "level_on_unclassified"),
            ("表2", 3, "cross_use"),
        }
