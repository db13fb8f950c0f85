"""Which tests prove which clause, read from the tests' own marks without running them."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from shoumi.platform.rulebook.loader import DATA
from shoumi.platform.rulebook.scan import SOURCE

TREE = SOURCE.parent
SNAPSHOT = DATA / "proofs.json"
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

Proofs = dict[str, list[str]]


def proofs(tree: Path = TREE, snapshot: Path = SNAPSHOT) -> Proofs:
    """Clause → test ids: live where the tests are, from the snapshot in an installed package."""
    if is_source_tree(tree):
        return scan_tests(tree)
    stored: Proofs = json.loads(snapshot.read_text(encoding="utf-8"))
    return stored


def is_source_tree(tree: Path) -> bool:
    return (tree / "pyproject.toml").is_file() and (tree / "tests").is_dir()


def write_snapshot(tree: Path = TREE, snapshot: Path = SNAPSHOT) -> None:
    """Refresh the snapshot that is shipped, from the tests as they stand."""
    text = json.dumps(scan_tests(tree), ensure_ascii=False, indent=1, sort_keys=True)
    snapshot.write_text(text + "\n", encoding="utf-8")


def scan_tests(tree: Path) -> Proofs:
    found: dict[str, set[str]] = {}
    for path in sorted(_test_files(tree)):
        module = ast.parse(path.read_text(encoding="utf-8"))
        for clause, node_id in _marks(module, path.relative_to(tree).as_posix()):
            found.setdefault(clause, set()).add(node_id)
    return {clause: sorted(ids) for clause, ids in sorted(found.items())}


def _test_files(tree: Path) -> Iterator[Path]:
    for folder in ("shoumi", "tests"):
        for path in (tree / folder).rglob("test_*.py"):
            if "node_modules" not in path.parts:
                yield path


def _marks(module: ast.Module, file: str) -> Iterator[tuple[str, str]]:
    everywhere = _assigned_marks(module.body)
    for node in module.body:
        if isinstance(node, FUNCTIONS) and node.name.startswith("test"):
            for clause in everywhere | _clauses(node.decorator_list):
                yield clause, f"{file}::{node.name}"
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield from _class_marks(node, file, everywhere)


def _class_marks(node: ast.ClassDef, file: str, everywhere: set[str]) -> Iterator[tuple[str, str]]:
    """A class that inherits its tests (VerbCase) is named as a whole."""
    shared = everywhere | _clauses(node.decorator_list) | _assigned_marks(node.body)
    tests = [
        item for item in node.body if isinstance(item, FUNCTIONS) and item.name.startswith("test")
    ]
    for test in tests:
        for clause in shared | _clauses(test.decorator_list):
            yield clause, f"{file}::{node.name}::{test.name}"
    if not tests:
        for clause in shared:
            yield clause, f"{file}::{node.name}"


def _assigned_marks(body: list[ast.stmt]) -> set[str]:
    """`pytestmark = pytest.mark.clause("…")` or a list of marks."""
    found: set[str] = set()
    for node in body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets
        ):
            values = node.value.elts if isinstance(node.value, ast.List) else [node.value]
            found |= _clauses(values)
    return found


def _clauses(decorators: list[ast.expr]) -> set[str]:
    return {
        argument.value
        for call in decorators
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "clause"
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }
