"""What comes in over a year: issuers, subjects and marks, all invented."""

import random
from dataclasses import dataclass

ISSUERS = (
    ("示范县委办公室", "示委办发"),
    ("示范县人民政府办公室", "示政办发"),
    ("示范市政务服务管理局", "示政务发"),
    ("示范市保密委员会办公室", "示保委办"),
    ("示范县发展和改革局", "示发改"),
    ("示范县财政局", "示财"),
    ("示范县国家保密局", "示密局"),
    ("示范市人民政府", "示政发"),
    ("示范省政务服务中心", "省政服"),
    ("示范县公安局", "示公"),
)
SUBJECTS = {
    "plain": (
        "关于做好政务服务大厅节假日值班工作的通知",
        "关于报送年度政务公开工作情况的函",
        "关于开展窗口服务质量测评的通知",
        "关于印发政务服务事项清单的通知",
        "关于做好电子证照共享应用的通知",
        "关于组织业务培训的通知",
    ),
    "内部": (
        "关于调整窗口人员编制的请示批复",
        "关于大厅安全隐患整改情况的通报",
        "关于信息系统运维经费安排的函",
        "关于干部轮岗安排的通知",
        "关于内部审计发现问题的整改意见",
    ),
    "秘密": (
        "关于重要活动期间政务服务保障方案的通知",
        "关于应急指挥通信保障安排的通知",
        "关于涉密信息系统检查情况的通报",
        "关于重点项目审批进度的情况报告",
        "关于保密要害部位调整的批复",
    ),
    "机密": (
        "关于突发事件应急处置预案的通知",
        "关于重要会议筹备工作的安排",
        "关于涉密人员管理专项检查的通知",
        "关于重大项目选址方案的请示批复",
    ),
    "绝密": ("关于专项工作部署的通知", "关于重要情况的通报"),
}
MARKS = {
    "plain": ("",),
    "内部": ("内部", "内部事项 注意保管"),
    "秘密": ("秘密★1年", "秘密★5年", "秘密★6个月", "秘密★10年"),
    "机密": ("机密★5年", "机密★10年", "机密★20年", "机密★会议结束后"),
    "绝密": ("绝密★30年", "绝密★20年"),
}
# kind → its urgencies as often as they occur, how it comes, and who brings it
WAYS = {
    "file": (["plain"] * 12 + ["urgent"] * 3 + ["flash"], "courier", "刘军"),
    "telegram": (["prompt"] * 5 + ["urgent"] * 3 + ["flash"], "signal", ""),
}
WEIGHTS = {"plain": 26, "内部": 24, "秘密": 26, "机密": 20, "绝密": 4}


@dataclass(frozen=True)
class Paper:
    """One paper as it lies on the registrar's desk."""

    issuer: str
    issue_number: str
    title: str
    mark: str
    level: str
    kind: str
    urgency: str
    copies: int
    channel: str
    deliverer: str


def draw(chance: random.Random, *, number: int, year: int) -> Paper:
    """The next paper of the year."""
    level = chance.choices(list(WEIGHTS), weights=list(WEIGHTS.values()))[0]
    issuer, word = chance.choice(ISSUERS)
    kind = "telegram" if level != "plain" and chance.random() < 0.12 else "file"
    urgencies, channel, deliverer = WAYS[kind]
    return Paper(
        issuer=issuer,
        issue_number=f"{word}〔{year}〕{number}号",
        title=chance.choice(SUBJECTS[level]),
        mark=chance.choice(MARKS[level]),
        level=level,
        kind=kind,
        urgency=chance.choice(urgencies),
        channel=channel,
        deliverer=deliverer,
        copies=1 if level == "绝密" else chance.choice((1, 1, 2, 3, 3, 5)),
    )
