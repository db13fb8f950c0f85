"""What must stay small: the two classes that declare a screen, our own style sheet and script."""

import ast
from pathlib import Path

from tests.architecture.source import ROOT, Module, modules, planted

REGISTER_AND_VERB = 300
THEME = 30 * 1024
SCRIPT = 200


def lines_of(sources: list[Module], names: set[str]) -> int:
    """Lines of the modules in platform/registers that define the named classes."""
    counted = 0
    for module in sources:
        if not module.name.startswith("shoumi.platform.registers."):
            continue
        defined = {node.name for node in module.tree.body if isinstance(node, ast.ClassDef)}
        if defined & names:
            counted += len(module.text.splitlines())
    return counted


def test_register_and_verb_together_stay_under_three_hundred_lines():
    assert lines_of(modules(), {"Register", "Verb"}) <= REGISTER_AND_VERB


def test_our_own_style_sheets_stay_small():
    sheets = (ROOT / "shoumi" / "platform" / "ui" / "static" / "ui").rglob("*.css")
    assert sum(sheet.stat().st_size for sheet in sheets) <= THEME


def statements(text: str) -> int:
    """Lines of a script that are neither blank nor comment."""
    return sum(
        bool(line.strip()) and not line.strip().startswith("//") for line in text.splitlines()
    )


def test_our_own_script_stays_small():
    scripts = (ROOT / "shoumi" / "platform" / "ui" / "static" / "ui").rglob("*.js")
    assert sum(statements(path.read_text(encoding="utf-8")) for path in scripts) <= SCRIPT


def test_blank_lines_and_comments_are_free():
    assert statements("// why\n\nconst a = 1;\n  // and why\nrun(a); // here\n") == 2


def test_planted_long_classes_are_counted(tmp_path: Path):
    sources = planted(
        tmp_path,
        {
            "shoumi/platform/registers/register.py": "class Register:\n" + "    pass\n" * 299,
            "shoumi/platform/registers/verb.py": "class Verb:\n    pass\n",
            "shoumi/platform/registers/export.py": "class Book:\n    pass\n",
        },
    )
    assert lines_of(sources, {"Register", "Verb"}) == 302
