"""What a user reads is official Chinese: Chinese punctuation, no exclamation marks, no emoji."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import ROOT, Module, modules, planted

HAN = "\u4e00-\u9fff\u300c\u300d"
MIXED = re.compile(rf"[{HAN}]\s*[,;:?](?!//)|[{HAN}]\(|\)[{HAN}]|[,;:?][{HAN}]")
LOUD = re.compile(rf"[！]|[{HAN}]!")
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u2604\u2607-\u26ff\u2700-\u27bf]")
# Marks of the field that look like emoji: ★ on a document, ✓ on a list.
FIELD_MARKS = set("★☆✓✔✗")
SPOKEN = re.compile(f"[{HAN}]")
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]*>|&#?\w+;", re.DOTALL)


def wrong(text: str) -> str | None:
    """The first thing a careful reader would strike out, with what stands around it."""
    if not SPOKEN.search(text):
        return None
    for rule in (MIXED, LOUD, EMOJI):
        for hit in rule.finditer(text):
            if hit[0] not in FIELD_MARKS:
                return text[max(0, hit.start() - 8) : hit.end() + 8].replace("\n", " ")
    return None


def _docstrings(tree: ast.Module) -> set[int]:
    """Everything that stands alone as a string: documentation, not speech."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _patterns(tree: ast.Module) -> set[int]:
    """Strings handed to `re`: they match what people type, they are not spoken."""
    return {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        for inner in ast.walk(node)
    }


def spoken(module: Module) -> Iterator[tuple[int, str]]:
    silent = _docstrings(module.tree) | _patterns(module.tree)
    for node in ast.walk(module.tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.lineno, node.value


def faults_in_code(sources: list[Module]) -> list[str]:
    return [
        f"{module.path}:{line} …{struck}…"
        for module in sources
        for line, text in spoken(module)
        if (struck := wrong(text))
    ]


def faults_in_files(root: Path) -> list[str]:
    """Templates and rulebook data."""
    found = []
    for path in sorted((root / "shoumi").rglob("*")):
        if path.suffix not in {".html", ".toml", ".txt"} or "vendor" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), start=1):
            if path.suffix == ".html":
                line = TAG.sub("", line)
            elif line.lstrip().startswith("#"):
                continue
            if struck := wrong(line):
                found.append(f"{path.relative_to(root)}:{number} …{struck}…")
    return found


def test_sentences_in_the_code_are_written_in_official_chinese():
    assert faults_in_code(modules()) == []


def test_templates_and_rulebook_are_written_in_official_chinese():
    assert faults_in_files(ROOT) == []


def test_planted_sentences_are_struck_out(tmp_path: Path):
    sources = planted(
        tmp_path,
        {
            "shoumi/kernel/a.py": '"""登记(收文), 编号!"""\n'
            'a = "账号已停用,不能办理"\n'
            'b = "已登记！"\n'
            'c = "机密★10年，共 3 份（含附件）"\n'
            'd = re.compile("机密(?:★)?")\n'
            'e = f"共{count}份:已收"\n'
            'f = f"{count},已收"\n',
        },
    )
    assert [fault.split()[0] for fault in faults_in_code(sources)] == [
        "shoumi/kernel/a.py:2",
        "shoumi/kernel/a.py:3",
        "shoumi/kernel/a.py:6",
        "shoumi/kernel/a.py:7",
    ]


def test_planted_templates_are_struck_out(tmp_path: Path):
    (tmp_path / "shoumi").mkdir()
    (tmp_path / "shoumi" / "a.html").write_text(
        '<p title="x">已登记</p>\n<p>已登记!</p>\n{% url "登记(a)" %}\n<p>清退🎉</p>\n',
        encoding="utf-8",
    )
    assert [fault.split()[0] for fault in faults_in_files(tmp_path)] == [
        "shoumi/a.html:2",
        "shoumi/a.html:4",
    ]
