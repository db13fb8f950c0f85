"""`shoumi scan`: exit codes, reports, resuming; run as an operator runs it, without an installation."""

import csv
import json
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from shoumi.config.command import main
from shoumi.screening.reports import write_html
from shoumi.screening.scan import State, scan
from shoumi.screening.tests import papers
from shoumi.screening.tests.papers import letter, runs
from shoumi.screening.words import BadWordList, WordList
from shoumi.screening.workers import Settings

ID, PHONE = "519921199202194625", "13800305529"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "待发布"
    root.mkdir()
    (root / "1净.txt").write_text(letter("各科室"), encoding="utf-8")
    return root


def plant(folder: Path) -> None:
    (folder / "2标志.docx").write_bytes(papers.docx(top=runs("机密★10年")))
    (folder / "3名单.txt").write_text(f"=某甲{ID}，{PHONE}，a@example.com", encoding="utf-8")


def run(*arguments: object) -> int:
    return main(["scan", *map(str, arguments), "--workers", "1", "--no-ocr"])


def test_exit_codes_tell_clean_found_unchecked_and_wrong_use(folder: Path, capsys):
    assert run(folder) == 0
    plant(folder)
    assert run(folder) == 1
    (folder / "4坏.docx").write_bytes(b"PK\x03\x04broken")
    assert run(folder) == 2
    assert "有发现2个" in capsys.readouterr().out
    assert run(folder, "--words", folder / "没有这个文件") == 3
    assert run(folder, "--json", folder / "没有" / "这个.jsonl") == 3
    assert capsys.readouterr().err.count("错误：") == 2


def test_reports_mask_personal_data_and_agree(folder: Path, tmp_path: Path):
    plant(folder)
    lines, table, page = tmp_path / "a.jsonl", tmp_path / "a.csv", tmp_path / "a.html"
    run(folder, "--json", lines, "--csv", table, "--html", page)
    data = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    assert [Path(one["file"]).name for one in data] == ["1净.txt", "2标志.docx", "3名单.txt"]
    assert [one["status"] for one in data] == ["clean", "found", "found"]
    assert set(data[1]["findings"][0]) == {
        "kind",
        "value",
        "place",
        "inside",
        "context",
        "rule",
        "why",
        "confidence",
    }
    rows = list(csv.reader(table.read_text("utf-8-sig").splitlines()))
    assert [row[3] for row in rows[1:]] == [
        "",
        "密级标志",
        "居民身份证号码",
        "手机号码",
        "电子邮箱",
    ]
    # A cell that a spreadsheet would work out is kept from it.
    assert not any(cell.startswith("=") for row in rows for cell in row)
    html = page.read_text("utf-8")
    assert html.index("2标志.docx") < html.index("3名单.txt")
    for text in (lines.read_text("utf-8"), table.read_text("utf-8"), html):
        assert ID not in text and PHONE not in text
        assert "519921********4625" in text
    assert oct(lines.stat().st_mode & 0o777) == "0o600"
    run(folder, "--json", lines, "--reveal")
    assert ID in lines.read_text("utf-8")


def test_the_page_cannot_be_written_into_by_a_file(folder: Path, tmp_path: Path):
    (folder / "<script>alert(1).txt").write_text("<b>机密★10年</b>\n通知", encoding="utf-8")
    results = list(scan([folder], Settings(pictures=False)))
    with (tmp_path / "a.html").open("w", encoding="utf-8") as out:
        write_html(results, out, reveal=False, at=datetime(2026, 1, 2, 3, 4), scope="<i>")
    html = (tmp_path / "a.html").read_text("utf-8")
    assert "<script" not in html and "<b>" not in html and "<i>" not in html
    assert "2026年01月02日 03:04" in html


def test_a_scan_broken_off_goes_on_where_it_was(folder: Path, tmp_path: Path):
    plant(folder)
    state, lines = tmp_path / "state", tmp_path / "a.jsonl"
    run(folder, "--resume", state, "--json", lines)
    first = lines.read_text("utf-8")
    kept = state.read_text("utf-8").splitlines()
    assert len(kept) == 3 and ID not in "".join(kept)
    # The last line was being written when the power went; one file has changed since.
    state.write_text("\n".join(kept[:-1]) + "\n" + kept[-1][:40], encoding="utf-8")
    (folder / "1净.txt").write_text(letter("秘密★1年"), encoding="utf-8")
    earlier = State(state, Settings(pictures=False), reveal=False)
    earlier.close()
    assert earlier.digest(str(folder / "2标志.docx"))
    assert not earlier.digest(str(folder / "3名单.txt"))
    run(folder, "--resume", state, "--json", lines)
    second = lines.read_text("utf-8")
    assert second.splitlines()[1:] == first.splitlines()[1:]
    assert "秘密★1年" in second.splitlines()[0]


def test_other_words_make_an_earlier_result_void(folder: Path, tmp_path: Path):
    state, words = tmp_path / "state", tmp_path / "词.txt"
    run(folder, "--resume", state)
    words.write_text("汛期值守\n", encoding="utf-8")
    assert run(folder, "--resume", state, "--words", words) == 1


def test_words_have_dates_exceptions_and_complaints(tmp_path: Path):
    words = tmp_path / "词.txt"
    words.write_text(
        "# 注释\n天枢工程\n到期词语\t2020-01-01\t2020-12-31\n未到词语\t2030-01-01\n!天枢工程学院\n",
        encoding="gb18030",
    )
    assert WordList.read([words], at=date(2026, 1, 1)) == WordList(("天枢工程",), ("天枢工程学院",))
    assert "到期词语" in WordList.read([words], at=date(2020, 6, 1)).terms
    for wrong in ("字\n", "某词\t一月一日\n", "长" * 61):
        words.write_text(wrong, encoding="utf-8")
        with pytest.raises(BadWordList, match="第1行"):
            WordList.read([words])


def test_results_are_the_same_with_one_worker_or_two_and_either_engine(folder: Path):
    plant(folder)
    words = WordList(("汛期值守",))
    one, two, three = (
        [result.as_data() for result in scan([folder], settings, workers=workers)]
        for settings, workers in (
            (Settings(words, pictures=False), 1),
            (Settings(words, pictures=False), 2),
            (Settings(words, pictures=False, portable=True), 1),
        )
    )
    assert one == two == three
    assert sum(finding["kind"] == "term" for result in one for finding in result["findings"]) == 4


def test_the_command_needs_neither_django_nor_an_installation(folder: Path):
    code = (
        "import sys; from shoumi.config.command import main\n"
        "if __name__ == '__main__':\n"
        f"    done = main(['scan', {str(folder)!r}, '--json', '-', '--workers', '1', '--no-ocr'])\n"
        "    assert done == 0 and 'django' not in sys.modules\n"
    )
    script = folder.parent / "run.py"
    script.write_text(code, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}
    environment.pop("SHOUMI_DATA", None)
    done = subprocess.run(
        [sys.executable, str(script)],
        env=environment,
        cwd=folder.parent,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "clean"
    assert not (folder.parent / "data").exists()
