"""Step 6: the trail is whole; an edited row is named with its last honest entry, by two verifiers."""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.journeys.hands import own_database, postgres, press, receive

pytestmark = pytest.mark.browser

WHOLE, BROKEN = 0, 1
DATABASE = "shoumi.sqlite3"


@pytest.mark.clause("trail.verify", "trail.checkpoint", "trail.sealed_rows")
def test_what_was_done_on_the_pages_verifies_as_whole_against_a_checkpoint_in_the_safe(
    served, sit_down, tmp_path
):
    registrar = sit_down("registrar")
    receive(registrar, title="检查点以前")
    sheet, alone, exported = (
        tmp_path / "sheet.json",
        tmp_path / "alone.py",
        tmp_path / "trail.jsonl",
    )
    made = served.shoumi("checkpoint", "--out", str(sheet), "--verifier", str(alone))
    assert made.returncode == 0, made.stderr
    receive(registrar, title="检查点以后")

    said = served.shoumi("verify")
    assert said.returncode == WHOLE, said.stdout + said.stderr
    assert re.search(r"校验通过：\d+ 条痕迹，\d+ 行封存数据", said.stdout)
    assert "未与外部检查点比对" in said.stdout
    anchored = served.shoumi("verify", "--checkpoint", str(sheet))
    assert anchored.returncode == WHOLE, anchored.stdout + anchored.stderr
    assert "未与外部检查点比对" not in anchored.stdout

    assert served.shoumi("export-trail", "--out", str(exported)).returncode == 0
    verdict = run_alone(alone, exported, sheet)
    assert verdict.returncode == WHOLE, verdict.stdout + verdict.stderr
    entries = len(exported.read_text(encoding="utf-8").splitlines())
    assert f"{entries} 条记录" in verdict.stdout
    # No content leaves with the trail.
    assert "检查点以前" not in exported.read_text(encoding="utf-8")


@pytest.mark.clause("trail.verify")
def test_an_edited_row_is_named_with_its_table_its_key_and_its_last_honest_entry(other):
    key, title = other.row("SELECT id, title FROM documents_document ORDER BY id DESC LIMIT 1")
    seal = f"documents_document:{key}="
    number = max(
        number
        for number, seals in other.rows("SELECT number, seals FROM trail_entry WHERE chain = 'JIA'")
        if seal in seals
    )
    assert other.shoumi("verify").returncode == WHOLE
    with other.edited("documents_document", "title", key, title, "改过的标题"):
        found = other.shoumi("verify")
    assert found.returncode == BROKEN
    assert "documents_document" in found.stdout
    assert f"第 {key} 行" in found.stdout
    assert f"链 JIA 第 {number} 条" in found.stdout
    assert "1 处不符" in found.stdout
    assert title not in found.stdout and "改过的标题" not in found.stdout


@pytest.mark.clause("trail.verify", "trail.append_only")
def test_an_edited_entry_has_the_same_verdict_from_the_verifier_that_stands_alone(other, tmp_path):
    key, number, name = other.row(
        "SELECT id, number, actor_name FROM trail_entry"
        " WHERE chain = 'JIA' AND event = 'documents.receive' ORDER BY id LIMIT 1"
    )
    exported = tmp_path / "trail.jsonl"
    with other.edited("trail_entry", "actor_name", key, name, "别人"):
        found = other.shoumi("verify")
        other.shoumi("export-trail", "--out", str(exported))
    sentence = f"链 JIA 第 {number} 条内容与摘要不符"
    assert found.returncode == BROKEN and sentence in found.stdout
    verdict = run_alone(other.alone, exported)
    assert verdict.returncode == BROKEN and sentence in verdict.stdout


@pytest.mark.clause("trail.checkpoint")
def test_going_back_to_an_older_copy_shows_only_against_the_checkpoint(
    served, sit_down, other, tmp_path
):
    receive(sit_down("registrar"), title="旧副本里没有的一件")
    sheet, exported = tmp_path / "sheet.json", tmp_path / "trail.jsonl"
    assert served.shoumi("checkpoint", "--out", str(sheet)).returncode == 0
    assert other.shoumi("verify").returncode == WHOLE
    found = other.shoumi("verify", "--checkpoint", str(sheet))
    assert found.returncode == BROKEN
    assert "检查点" in found.stdout
    other.shoumi("export-trail", "--out", str(exported))
    assert run_alone(other.alone, exported).returncode == WHOLE
    assert run_alone(other.alone, exported, sheet).returncode == BROKEN
    # A sheet that somebody improved is no sheet.
    said = json.loads(sheet.read_text(encoding="utf-8"))
    said["heads"] = []
    sheet.write_text(json.dumps(said), encoding="utf-8")
    assert "未签名、被改动" in other.shoumi("verify", "--checkpoint", str(sheet)).stderr


@pytest.mark.clause("trail.verify", "trail.checkpoint")
def test_the_auditor_verifies_on_the_page_and_nobody_else_sees_it(sit_down):
    auditor = sit_down("auditor")
    auditor.goto("/ledgers/verification/")
    press(auditor, "开始校验")
    main = auditor.locator("#main")
    expect(main).to_contain_text("通过")
    expect(main).not_to_contain_text("未通过")
    auditor.goto("/ledgers/verification/")
    press(auditor, "出具检查点")
    expect(auditor.locator("h1")).to_have_text("痕迹账检查点")
    expect(auditor.locator("body")).to_contain_text("JIA")
    registrar = sit_down("registrar")
    assert registrar.goto("/ledgers/verification/").status == 404
    assert registrar.goto("/accounts/trail/").status in (403, 404)


@pytest.mark.clause("trail.no_content")
def test_the_auditor_reads_the_act_and_not_the_title(sit_down):
    receive(sit_down("registrar"), title="审计员不该看见的标题")
    auditor = sit_down("auditor")
    auditor.goto("/accounts/trail/")
    line = auditor.locator("#main tbody tr", has_text="签收登记").first
    expect(line).to_contain_text("区敏")
    line.locator("a").first.click()
    expect(auditor.locator("#main h1")).to_contain_text("痕迹第")
    assert "审计员不该看见的标题" not in auditor.content()


def run_alone(verifier: Path, exported: Path, sheet: Path | None = None):
    """The one file, on a Python without any package and far from the repository."""
    command = [sys.executable, "-I", "-S", str(verifier), str(exported)]
    command += ["--checkpoint", str(sheet)] if sheet else []
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={}, cwd=exported.parent
    )


@pytest.fixture(scope="module")
def other(served, tmp_path_factory) -> SimpleNamespace:
    """A second installation, restored from a backup of the first: this one may be harmed."""
    folder = tmp_path_factory.mktemp("other")
    archive, data = folder / "backup.tar", folder / "data"
    # The key that signs sheets is made with the first one; the backup takes it along.
    assert served.shoumi("checkpoint", "--out", str(folder / "first.json")).returncode == 0
    made = served.shoumi("backup", "--out", str(archive))
    assert made.returncode == 0, made.stderr
    environment = {**served.environment, "SHOUMI_DATA": str(data)}
    if url := environment.get("SHOUMI_DATABASE"):
        environment["SHOUMI_DATABASE"] = own_database(url, "journey_other")

    def shoumi(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "shoumi.config.command", *arguments, "--data", str(data)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    restored = shoumi("restore", str(archive))
    assert restored.returncode == 0, restored.stdout + restored.stderr
    alone = folder / "alone.py"
    shoumi("checkpoint", "--out", str(folder / "own.json"), "--verifier", str(alone))
    open_ = opener(data, environment.get("SHOUMI_DATABASE"))

    def rows(sql: str) -> list[tuple]:
        with open_() as connection:
            return list(connection.execute(sql).fetchall())

    @contextmanager
    def edited(table: str, column: str, key: int, before: str, after: str) -> Iterator[None]:
        """One value changed behind the program's back, and put back afterwards."""
        with open_() as connection:
            assert change(connection, table, column, key, after) == 1
        yield
        with open_() as connection:
            assert change(connection, table, column, key, before) == 1

    return SimpleNamespace(
        shoumi=shoumi, rows=rows, row=lambda sql: rows(sql)[0], edited=edited, alone=alone
    )


def change(connection, table: str, column: str, key: int, value: str) -> int:
    """One value of one row; where lasting triggers stand in the way they are put back as they were."""
    if not isinstance(connection, sqlite3.Connection):
        connection.execute("SET session_replication_role = replica")
        sql = f"UPDATE {table} SET {column} = %s WHERE id = %s"
        return int(connection.execute(sql, (value, key)).rowcount)
    kept = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    triggers = connection.execute(kept, (table,)).fetchall()
    for name, _ in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    found = connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (value, key))
    for _, sql in triggers:
        connection.execute(sql)
    return int(found.rowcount)


def opener(data: Path, url: str | None) -> Callable[[], object]:
    """Opens the database as one does who has the machine."""

    @contextmanager
    def by_hand() -> Iterator[object]:
        connection = sqlite3.connect(data / DATABASE) if url is None else postgres(url)
        try:
            yield connection
            connection.commit()
        finally:
            connection.close()

    return by_hand
