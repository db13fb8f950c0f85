"""Rows as people would fill them in, and the ways the tests of this room enter them."""

from datetime import timedelta

from django.utils import timezone

from conftest import TODAY, prepared
from shoumi.domains.ledgers.services.entering import LEDGERS, enter
from shoumi.platform.directory.models import Appointment

DAY = timedelta(days=1)


def today():
    """Forms are judged by the real clock."""
    return timezone.localdate()


GIVEN = {
    "archive_plan": {
        "task": "整理上年度涉密档案",
        "year": 2026,
        "plan": "二〇二六年工作要点",
        "due_on": None,
        "who": "翟海",
        "progress": "进行中",
    },
    "archive_use": {
        "volume": "2025-机密-01",
        "matter": "借阅",
        "done_on": None,
        "grade": "机密",
        "pieces": 1,
        "user": "单平",
        "approved_by": "翟海",
        "due_on": None,
    },
    "daily": {
        "checked_on": None,
        "locked": "全部入柜上锁",
        "desks": "桌面、打印机无密件",
        "kept": "柜、锁、封条完好",
        "waste": "当日无",
        "checker": "区敏",
    },
    "notebook": {
        "number": "BMB-2026-07",
        "grade": "机密",
        "pages": 100,
        "holder": "单平",
        "issued_on": None,
        "status": "在用",
    },
    "printing": {
        "printed_on": None,
        "occasion": "打印输出",
        "number": "甲发〔2026〕3号",
        "grade": "机密",
        "device": "DY-02",
        "copies": 12,
        "copy_numbers": "000001-000012",
        "quality": True,
        "sealed": "已封存",
        "seal_number": "F-118",
    },
    "subsidiary": {
        "number": "SY-0031",
        "owner": "甲局下属一公司",
        "sort_of": "音像",
        "grade": "秘密",
        "pieces": 2,
        "keeper": "连文",
        "place": "一公司机要室",
        "checked_on": None,
        "status": "在管",
    },
    "waste": {
        "arose_on": None,
        "sort_of": "印废",
        "grade": "机密",
        "pages": 7,
        "origin": "DY-02",
        "disposal": "已当场粉碎",
        "destroyed_on": None,
        "destroyed_by": "区敏",
        "witness": "翟海",
    },
    "asset": {
        "name": "政务业务服务器",
        "sort_of": "服务器",
        "number": "FWQ-001",
        "place": "三楼机房二号柜",
        "keeper": "令狐安",
        "important": True,
        "encrypted": "传输和存储均加密",
        "rights": "系统管理员本机登录",
        "system_version": "某系统 20",
        "firewall_version": "某防火墙 7",
        "protection": "已装主机审计",
        "status": "在用",
    },
    "backup": {
        "made_on": None,
        "scope": "全部数据",
        "medium": "光盘",
        "medium_number": "GP-2026-09",
        "copies": 2,
        "place": "机要室二号柜",
        "keeper": "令狐安",
        "offsite": True,
        "offsite_place": "档案馆库房",
        "checksum": "ab12cd34ab12cd34",
        "verified": "相符",
    },
    "category": {
        "name": "工资性收入",
        "sort_of": "人事工资",
        "grade": "内部",
        "who": "人事、财务岗位",
        "measures": "限岗知悉，导出留痕",
        "basis": "行政办公室管理保密制度",
    },
    "check": {
        "checked_on": None,
        "occasion": "月度检查",
        "network": "正常",
        "servers": "正常",
        "terminals": "正常",
    },
    "consultation": {
        "file_number": "档〔2026〕5-1号",
        "reader": "单平",
        "department": "业务科",
        "consulted_on": None,
        "purpose": "核对上年度通知",
        "approved_by": "翟海",
        "approved_on": None,
    },
    "credential": {
        "name": "服务器证书",
        "sort_of": "证书",
        "number": "ZS-0012",
        "purpose": "服务器身份鉴别",
        "taken_by": "令狐安",
        "taken_on": None,
        "place": "保密柜",
        "status": "在用",
    },
    "drill": {
        "held_on": None,
        "plan": "磁盘损坏，整机恢复",
        "source": "九月一日光盘",
        "minutes": 25,
        "lost_minutes": 0,
        "verified": "通过",
        "people": "令狐安、澹台宁",
    },
    "establishment": {
        "name": "甲局",
        "sort_of": "行政机关",
        "superior": "市保密局",
        "full_time": 1,
        "part_time": 4,
        "since_on": None,
    },
    "recruitment": {
        "post": "窗口人员",
        "announced_on": None,
        "applicants": 12,
        "method": "考试和考察",
        "status": "已公告",
    },
    "guidance": {
        "unit": "业务科",
        "done_on": None,
        "sort_of": "日常督查",
        "found": "两件来文未按期反馈",
    },
    "incident": {
        "found_on": None,
        "sort_of": "病毒感染",
        "what": "业务科一台终端报警",
        "weight": "一般",
        "outcome": "正在处置",
        "reporter": "单平",
        "phone": "13800001234",
    },
    "information": {
        "source": "省局简报",
        "collected_on": None,
        "gist": "季度检查安排",
        "weight": "一般",
    },
    "measure": {
        "name": "边界防火墙",
        "measure": "边界防护",
        "covers": "全部办公网络",
        "since_on": None,
        "checked_on": None,
        "checked": "有效",
        "status": "已落实",
    },
    "paper_officer": {
        "name": "区敏",
        "arrangement": "专人负责",
        "department": "办公室",
        "scope": "公文收发、登记、立卷",
        "since_on": None,
    },
    "patch": {
        "done_on": None,
        "target": "政务业务服务器",
        "weakness": "某漏洞-0001",
        "severity": "高",
        "patch_version": "某系统 20.1",
        "result": "已完成",
    },
    "spot_check": {
        "checked_on": None,
        "stage": "定密",
        "sampled": "定密〔2026〕3号",
        "accurate": "准确",
        "complete": "齐全",
        "in_time": "没有变动",
        "problems": "",
        "notice": "",
    },
    "network_site": {
        "sort_of": "网络互连点",
        "name": "局域网出口",
        "place": "三楼机房",
        "firewall": True,
        "antivirus": True,
        "checked_on": None,
        "conform": "合规",
    },
    "network_log": {
        "done_on": None,
        "sort_of": "周维护",
        "scope": "出口防火墙、门户网站",
        "result": "正常",
    },
    "software_file": {
        "sort_of": "随机软件",
        "name": "打印机驱动光盘",
        "keeper": "曾静",
        "place": "保密办资料柜",
        "present": True,
    },
    "conduct": {
        "found_on": None,
        "sort_of": "私自安装、下载软件",
        "device": "甲-014",
        "person": "冼梅",
        "facts": "私装聊天软件",
        "handled": "已提醒",
    },
    "machine_log": {
        "done_on": None,
        "sort_of": "收传真",
        "device": "传-02",
        "machine": "普通传真机",
        "reference": "传〔2026〕18号",
        "pages": 2,
        "partner": "乙局",
        "person": "区敏",
    },
    "system": {
        "name": "机关涉密办公网",
        "grade": "秘密",
        "stage": "立项",
        "planned": True,
        "budgeted": True,
        "built": True,
        "checked_on": None,
    },
    "crypto_staff": {
        "person": "单平",
        "department": "业务科",
        "work": "使用",
        "sort_of": "普通密码",
        "scope": "机要传真",
        "rights": "加密、解密",
        "procedure": "密码管理部门批准",
        "since_on": None,
    },
    "quality": {
        "checked_on": None,
        "sampled": 20,
        "errors": 0,
        "timely": 98,
        "whole": 100,
        "right": 99,
        "orderly": 97,
        "secret": 100,
    },
    "protection": {
        "name": "机要室门禁 01",
        "variety": "门禁",
        "place": "机要室",
        "guards": "防非授权进入",
        "complies": "符合",
        "checked_on": None,
        "status": "在用",
        "keeper": "区敏",
    },
    "surveillance": {
        "seen_on": None,
        "camera": "大厅北侧 03",
        "what": "来访人在窗口内拍照",
        "outcome": "当场纠正",
        "how": "当场制止，删除照片",
        "corrected_on": None,
        "seen_by": "种田",
    },
    "repair": {
        "found_on": None,
        "place": "机要室",
        "device": "空调",
        "fault": "不制冷",
        "repaired_by": "外来人员上门",
        "escort": "区敏",
        "status": "待修",
    },
    "works": {
        "project": "保密室改造",
        "stage": "施工",
        "standard": "国家保密标准",
        "contractor": "丙建设公司",
        "agreement": "保协〔2026〕2号",
        "measures": "图纸专管，人员核查，全程监督",
        "supervisor": "曾静",
        "done_on": None,
    },
    "emergency": {
        "plan": "机要室防火预案",
        "situation": "火灾",
        "held_on": None,
        "people": "区敏、种田、曾静",
        "minutes": 12,
        "result": "达到预案要求",
    },
    "work_report": {
        "period": "2026年9月",
        "reported_on": None,
        "reported_to": "尉迟山",
        "entered": 42,
        "sent_out": 61,
        "outstanding": 2,
        "situation": "两份次已催退",
    },
    "personnel_allowance": {
        "month": "2026-08",
        "name": "单平",
        "personnel_class": "重要",
        "amount": 300,
        "state": "已发放",
        "paid_on": None,
    },
    "personnel_suggestion": {
        "made_on": None,
        "name": "单平",
        "words": "增设一间阅文室",
        "state": "已采纳",
        "answer": "列入明年改造计划",
        "answered_on": None,
    },
    "personnel_compensation": {
        "name": "单平",
        "right": "出境",
        "limits": "因私出境未获批准",
        "since_on": None,
        "measure": "经济补偿",
        "details": "按规定标准发放",
    },
    "personnel_outsider": {
        "name": "驻场工程师甲",
        "employer": "丁公司",
        "work": "设备维护，不接触内容",
        "agreement": "保协〔2026〕1号",
        "pledged": "已签订",
        "since_on": None,
        "until_on": None,
        "ended": False,
    },
    "personnel_system": {
        "aspect": "资格审查",
        "name": "涉密人员审查办法",
        "document": "甲局发〔2026〕2号",
        "since_on": None,
        "in_force": "有效",
    },
}


def given(key, day, **changed):
    """A full row of a ledger as of a day; what is changed replaces what stands above."""
    values = {k: day if v is None else v for k, v in GIVEN[key].items()}
    return values | changed


def entered(key, actor, *, at, **changed):
    day = timezone.localtime(at).date()
    return enter(LEDGERS[key], actor=actor, at=at, **given(key, day, **changed))


def sent(key, day, **changed):
    """The same as a browser sends it: ticks by name only, days as text."""
    values = given(key, day, **changed)
    return {k: v if v is True else str(v) for k, v in values.items() if v is not False}


def archivist(office):
    """仇明 keeps the archive too."""
    with prepared(office.body):
        Appointment.objects.create(
            person=office.authority, post="archivist", body=office.body, since=TODAY
        )
