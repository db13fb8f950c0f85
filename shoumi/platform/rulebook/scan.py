"""What the source tree says about the rulebook: clauses refused with, points declared, tests."""

import ast
from collections.abc import Iterator
from pathlib import Path

from shoumi.platform.rulebook.controls import ACTION, ControlPoint

SOURCE = Path(__file__).resolve().parents[2]


def clauses_used(source: Path = SOURCE) -> dict[str, str]:
    """Each clause id the code speaks of, with the first place that does.

    Seen are `clause="…"`, `clause=CONSTANT` of the same module, a default `clause: str = "…"`, and
    the third argument of `Action(key, label, clause)`.
    """
    found: dict[str, str] = {}
    for path, tree in _modules(source):
        constants = _constants(tree)
        for node in ast.walk(tree):
            for value in _clause_values(node):
                clause = _constant(value) or constants.get(_name(value), "")
                if clause:
                    place = f"{path.relative_to(source.parent).as_posix()}:{value.lineno}"
                    found.setdefault(clause, place)
    return found


def figures_used(source: Path = SOURCE) -> dict[tuple[str, str], str]:
    """Each (clause, key) that the code asks `figure` for, with the first place that does."""
    found: dict[tuple[str, str], str] = {}
    for path, tree in _modules(source):
        constants = _constants(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) == "figure" and len(node.args) == 2:
                first, second = (
                    _constant(value) or constants.get(_name(value), "") for value in node.args
                )
                if first and second:
                    place = f"{path.relative_to(source.parent).as_posix()}:{node.lineno}"
                    found.setdefault((first, second), place)
    return found


def _clause_values(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.keyword) and node.arg == "clause":
        yield node.value
    elif isinstance(node, ast.Call) and _name(node.func) == "Action" and len(node.args) > 2:
        yield node.args[2]
    elif isinstance(node, ast.arguments):
        named = zip(node.kwonlyargs, node.kw_defaults, strict=True)
        yield from (default for item, default in named if item.arg == "clause" and default)
    elif isinstance(node, ast.AnnAssign) and _name(node.target) == "clause" and node.value:
        yield node.value


def _constants(tree: ast.Module) -> dict[str, str]:
    return {
        _name(node.targets[0]): _constant(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and _constant(node.value)
    }


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def points_declared(source: Path = SOURCE) -> dict[str, ControlPoint]:
    """The points declared by `Action("key", "label", …)` and `Control("key", kind=…)`."""
    found: dict[str, ControlPoint] = {}
    for _, tree in _modules(source):
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id not in ("Action", "Control"):
                continue
            values = [_constant(value) for value in node.args]
            named = {item.arg: _constant(item.value) for item in node.keywords}
            key = values[0] if values else named.get("key", "")
            kind = ACTION if node.func.id == "Action" else named.get("kind", "")
            if key and kind:
                known = found[key].kinds if key in found else frozenset()
                label = named.get("label", "")
                found[key] = ControlPoint(key=key, label=label, kinds=known | {kind})
    return found


def _modules(source: Path) -> Iterator[tuple[Path, ast.Module]]:
    """The modules of the product; tests may speak of clauses that do not exist."""
    for path in sorted(source.rglob("*.py")):
        parts = path.relative_to(source).parts
        if "tests" not in parts and "migrations" not in parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def _constant(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
