"""A data folder of its own for every test that keeps a file, and small ledgers to send."""

import dataclasses
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from conftest import NOW
from shoumi.domains.intake.models import Batch
from shoumi.domains.intake.services import check_ledger
from shoumi.domains.intake.tests.books import spreadsheet

REGISTER = [
    ["序号", "收文日期", "来文单位", "文号", "标题", "密级", "份号", "份数", "借阅人", "借阅日期", "归还日期", "去向", "清点"],
    [7, "2025-1-3", "市委", "市委发〔2025〕1号", "甲件", "机密★20年", "1-2", 2, None, None, None, "保密柜", None],
    [8, "2025-1-4", "市委", "市委发〔2025〕2号", "乙件", "秘密★10年", "5", 1, "任远", "2025-1-9", None, None, None],
    [9, "2025-1-5", "市委", "市委发〔2025〕3号", "丙件", "秘密★5年", "6", 1, None, None, None, "2025年2月1日销毁", None],
    [10, "2025-1-6", "市委", None, "丁件", None, None, 3, None, None, None, "转业务科办理", None],
    [11, "2025-1-7", "市委", "市委发〔2025〕4号", "戊件", "机密★20年", "8", 1, None, None, None, None, "缺"],
    [12, "2025-1-8", "市委", "市委发〔2025〕5号", "己件", "秘密", "9", 1, None, None, None, "在柜", None],
]  # fmt: skip
PEOPLE = [
    ["姓名", "部门", "人员涉密等级", "上岗审查日期", "上岗日期", "承诺书日期", "离岗日期", "脱密期止"],
    ["钟大", "业务科", "重要", "2020-1-1", "2020-2-1", "2020-1-9", None, None],
    ["钟二", "新设科", "一船", None, None, None, None, None],
    ["钟三", "新设科", "一般", "2020-1-1", "2020-2-1", "2020-1-9", "2025-6-1", "2026-7-1"],
    ["任远", "业务科", "一般", "2020-1-1", "2020-2-1", "2020-1-9", None, None],
]  # fmt: skip
COMPUTERS = [
    ["保密编号", "主机序列号", "密级", "第一责任人", "网络类型", "放置地点", "状态", "报废去向", "IP地址"],
    ["涉-1", "A1", "机密", "单平", "涉密内网", "机要室", "在用", None, "10.0.0.1"],
    ["涉-2", "A2", "秘密", "单平", "互联网", "机要室", "在用", None, None],
    ["涉-3", "A3", "秘密", "任远", "单机", "机要室", "报废", "送销毁站", None],
]  # fmt: skip
LOANS = [
    ["借阅人", "批准人", "文号", "份号", "密级", "借阅日期", "归还日期"],
    ["单平", "翟海", "市委发〔2025〕1号", "2", "机密", "2025-1-10", None],
    ["单平", "翟海", "市委发〔2025〕1号", "1", "机密", "2025-1-10", "2025-1-12"],
    ["单平", "翟海", "市委发〔2025〕77号", "1", "机密", "2025-1-10", None],
]  # fmt: skip
LEDGERS = {
    "documents": ("registrar", "收文", REGISTER),
    "people": ("sysadmin", "人员", PEOPLE),
    "computers": ("office", "涉密计算机", COMPUTERS),
    "loans": ("registrar", "2025年", LOANS),
}


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.INSTALLATION = dataclasses.replace(settings.INSTALLATION, folder=tmp_path)
    return tmp_path


class Sheet(BytesIO):
    """A file as a browser sends it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.read_bytes())
        self.name = path.name


@pytest.fixture
def sent(folder: Path) -> Callable[..., Sheet]:
    """`sent("documents")` is that small ledger as a file; `rows` are others of its kind."""

    def made(kind: str, rows: Any = None) -> Sheet:
        _, sheet, given = LEDGERS[kind]
        return Sheet(spreadsheet(folder / f"{kind}.xlsx", {sheet: rows or given}))

    return made


@pytest.fixture
def checked(office: Any, sent: Callable[..., Sheet]) -> Callable[..., Batch]:
    """`checked("documents")` is a batch, checked by the one who may."""

    def made(kind: str, rows: Any = None) -> Batch:
        who = getattr(office, LEDGERS[kind][0])
        return check_ledger(actor=who, kind=kind, upload=sent(kind, rows), at=NOW)

    return made
