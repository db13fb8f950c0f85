"""The operator at the console: every command run as it is, in processes of their own."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def console(tmp_path_factory):
    """`console("verify", "--data", folder)` runs the real command on the embedded database."""
    environment = {
        k: v for k, v in os.environ.items() if k not in {"SHOUMI_DATABASE", "SHOUMI_DATA"}
    }

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "shoumi.config.command", *map(str, arguments)]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=300
        )

    return run


@pytest.fixture(scope="module")
def founded(console, tmp_path_factory):
    """A body just founded, to be copied by whoever damages it."""
    folder = tmp_path_factory.mktemp("founded") / "data"
    done = console("init", "--data", folder, "--body", "甲局", "--code", "JIA")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("口令") == 5
    return folder


@pytest.fixture
def installation(founded, tmp_path):
    """The founded body in a folder of the test's own."""
    import shutil

    return Path(shutil.copytree(founded, tmp_path / "data"))


def edit(folder: Path, sql: str) -> None:
    with sqlite3.connect(folder / "shoumi.sqlite3") as hand:
        hand.execute(sql)
    hand.close()


@pytest.mark.clause("trail.verify")
def test_one_row_edited_by_hand_is_named(console, installation):
    assert console("verify", "--data", installation).returncode == 0
    edit(installation, "UPDATE directory_person SET name = '某' WHERE account = 'auditor'")
    found = console("verify", "--data", installation)
    assert found.returncode == 1
    assert "directory_person 第 4 行内容被改动" in found.stdout
    assert "最后一次如实记录：链 JIA 第 5 条" in found.stdout
    assert "未与外部检查点比对" in found.stdout


@pytest.mark.clause("trail.checkpoint")
def test_checkpoint_export_and_the_stand_alone_verifier(console, installation, tmp_path):
    sheet, alone, trail = (
        tmp_path / "sheet.json",
        tmp_path / "verifier.py",
        tmp_path / "trail.jsonl",
    )
    made = console("checkpoint", "--data", installation, "--out", sheet, "--verifier", alone)
    assert made.returncode == 0
    assert console("export-trail", "--data", installation, "--out", trail).returncode == 0
    bare = [sys.executable, "-I", "-S", str(alone), str(trail), "--checkpoint", str(sheet)]
    assert subprocess.run(bare, capture_output=True, check=False).returncode == 0
    said = json.loads(sheet.read_text(encoding="utf-8"))
    assert said["heads"][0]["number"] == 6
    assert console("verify", "--data", installation, "--checkpoint", sheet).returncode == 0
    sheet.write_text(json.dumps({**said, "entries": 1}), encoding="utf-8")
    refused = console("verify", "--data", installation, "--checkpoint", sheet)
    assert refused.returncode == 2
    assert "检查点文件未签名" in refused.stderr


@pytest.mark.clause("systems.restore")
def test_a_backup_comes_back_whole_and_the_restore_is_an_entry(console, installation, tmp_path):
    archive = tmp_path / "backup.shoumi"
    assert console("backup", "--data", installation, "--out", archive).returncode == 0
    fresh = tmp_path / "fresh"
    done = console("restore", archive, "--data", fresh)
    assert done.returncode == 0, done.stderr
    assert console("verify", "--data", fresh).returncode == 0
    with sqlite3.connect(fresh / "shoumi.sqlite3") as hand:
        last = hand.execute("SELECT event FROM trail_entry ORDER BY id DESC").fetchone()
    assert last == ("systems.restore",)


@pytest.mark.clause("systems.restore")
@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "text"])
def test_a_damaged_backup_touches_nothing(console, installation, tmp_path, damage):
    archive = tmp_path / "backup.shoumi"
    console("backup", "--data", installation, "--out", archive)
    whole = archive.read_bytes()
    middle = len(whole) // 2
    archive.write_bytes(
        {
            "cut": whole[:middle],
            "flip": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
            "empty": b"",
            "text": b"not an archive",
        }[damage]
    )
    before = (installation / "shoumi.sqlite3").read_bytes()
    refused = console("restore", archive, "--data", installation, "--confirm", "甲局")
    assert refused.returncode == 2
    assert (installation / "shoumi.sqlite3").read_bytes() == before
    assert not list(tmp_path.glob("data.*"))


@pytest.mark.clause("systems.restore")
def test_a_foreign_or_unconfirmed_backup_is_refused(console, installation, tmp_path):
    archive, other = tmp_path / "backup.shoumi", tmp_path / "other"
    console("backup", "--data", installation, "--out", archive)
    assert console("init", "--data", other, "--body", "乙局", "--code", "YI").returncode == 0
    foreign = console("restore", archive, "--data", other, "--confirm", "甲局")
    assert (foreign.returncode, "另一套安装" in foreign.stderr) == (2, True)
    unconfirmed = console("restore", archive, "--data", installation)
    assert (unconfirmed.returncode, "--confirm" in unconfirmed.stderr) == (2, True)


def test_a_second_founding_and_a_missing_installation_are_refused(console, installation, tmp_path):
    again = console("init", "--data", installation, "--body", "甲局", "--code", "JIA")
    assert (again.returncode, "已有一套安装" in again.stderr) == (2, True)
    missing = console("verify", "--data", tmp_path / "nowhere")
    assert (missing.returncode, "没有守密的安装" in missing.stderr) == (2, True)
