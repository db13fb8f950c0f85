"""`shoumi import`: check beside other ledgers without an installation, or take in for somebody."""

import argparse
import json

import pytest

from shoumi.config.importing import run_import
from shoumi.domains.documents.models import Document
from shoumi.domains.intake.tests.books import spreadsheet
from shoumi.domains.intake.tests.conftest import PEOPLE, REGISTER, folder  # noqa: F401
from shoumi.kernel.refusal import Refusal


def options(file, **changed):
    given = {
        "file": str(file),
        "kind": "documents",
        "check": True,
        "by": None,
        "good_only": False,
        "beside": None,
        "as_of": None,
        "json": None,
    }
    return argparse.Namespace(**given | changed)


@pytest.mark.clause("intake.check")
def test_a_check_writes_its_findings_and_totals_and_uses_the_other_ledgers(tmp_path, capsys):
    file = spreadsheet(tmp_path / "收文.xlsx", {"收文": REGISTER})
    spreadsheet(tmp_path / "人员.xlsx", {"人员": [*PEOPLE[:2], ["任远", "业务科", "无"]]})
    (tmp_path / "说明.docx").write_bytes(b"no file at all")
    out = tmp_path / "out.json"
    asked = options(file, beside=str(tmp_path), as_of="2025-01-31", json=str(out))
    assert run_import(asked, folder=tmp_path) == 1
    said = json.loads(out.read_text("utf-8"))
    assert {(f["sheet"], f["row"], f["kind"], f["class"]) for f in said["findings"]} == {
        ("收文", 3, "borrower_not_cleared", "alert"),
        ("收文", 6, "missing_at_stocktake", "alert"),
        ("收文", 7, "missing_period", "reject"),
    }
    assert said["totals"]["all"]["copies"] == 9
    told = capsys.readouterr()
    assert "收文 第 7 行（F7）" in told.out and "说明.docx 没有读" in told.err
    with pytest.raises(Refusal, match="不是日期"):
        run_import(options(file, as_of="昨天"), folder=tmp_path)
    with pytest.raises(Refusal, match="没有这个文件"):
        run_import(options(tmp_path / "无.xlsx"), folder=tmp_path)


def test_taking_in_at_the_console_is_somebodys_act(office, folder, capsys):  # noqa: F811
    file = spreadsheet(folder / "收文.xlsx", {"收文": REGISTER})
    with pytest.raises(Refusal, match="由谁办理"):
        run_import(options(file, check=False), folder=folder)
    with pytest.raises(Refusal, match="由机要员"):
        run_import(options(file, check=False, by=office.sysadmin.account), folder=folder)
    asked = options(file, check=False, by=office.registrar.account, good_only=True)
    assert run_import(asked, folder=folder) == 1
    assert Document.unscoped.count() == 5
    assert "入账 5 条，1 条未入账" in capsys.readouterr().out
