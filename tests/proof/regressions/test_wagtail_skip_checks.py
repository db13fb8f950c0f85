"""Wagtail: `skip_permission_checks=True` could be passed to an action, and was.

Here no function of the product has an argument that asks for less checking.
"""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3] / "shoumi"
LESS = re.compile(r"skip|force|bypass|unchecked|no_check|ignore_|without_check|as_superuser|sudo")
# Django's own names, and a word of the trade.
ALLOWED = {"force_insert", "force_update"}


def test_no_argument_asks_for_less_checking() -> None:
    found = []
    for path in ROOT.rglob("*.py"):
        if {"tests", "migrations"} & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                arguments = [*node.args.args, *node.args.kwonlyargs, *node.args.posonlyargs]
                names = {a.arg for a in arguments if LESS.search(a.arg)} - ALLOWED
                found += [f"{path.name}:{node.lineno} {name}" for name in names]
    assert not found, found
