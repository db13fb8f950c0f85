"""The source as the rules of the house read it: parsed modules with their dotted names."""

import ast
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_SHIPPED = {"tests", "migrations"}


@dataclass(frozen=True)
class Module:
    """One file of the program, without tests and migrations."""

    name: str
    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=self.path)

    @property
    def parts(self) -> list[str]:
        return self.name.split(".")

    @property
    def floor(self) -> str:
        """kernel, platform, domains, desk, config."""
        return self.parts[1] if len(self.parts) > 1 else ""

    @property
    def app(self) -> str:
        """The app of the platform or of the domains, else the floor itself."""
        inside = self.floor in {"platform", "domains"} and len(self.parts) > 2
        return self.parts[2] if inside else self.floor

    @property
    def role(self) -> str:
        """What a file is within its app: views, services, models …"""
        place = 3 if self.floor in {"platform", "domains"} else 2
        return self.parts[place] if len(self.parts) > place else ""

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 0)}"


def modules(root: Path = ROOT) -> list[Module]:
    """Every module under `root`/shoumi that is shipped."""
    found = []
    for path in sorted((root / "shoumi").rglob("*.py")):
        inside = path.relative_to(root)
        if NOT_SHIPPED & set(inside.parts) or path.name == "conftest.py":
            continue
        name = ".".join(inside.with_suffix("").parts).removesuffix(".__init__")
        found.append(Module(name, inside.as_posix(), path.read_text(encoding="utf-8")))
    return found


def dotted(node: ast.AST) -> str:
    """`a.b.c` of an attribute chain; calls and subscripts in it are looked through."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return dotted(node.func)
    if isinstance(node, ast.Subscript):
        return dotted(node.value)
    return ""


def imports(tree: ast.Module) -> Iterator[tuple[ast.stmt, str]]:
    """Every imported dotted name, also inside functions; `from a import b` is `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node, f"{node.module}.{alias.name}"


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def arguments(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    told = function.args
    return [one.arg for one in (*told.posonlyargs, *told.args, *told.kwonlyargs)]


def floors(root: Path = ROOT) -> dict[str, int]:
    """How high each app stands, read from the contracts of import-linter: 0 is the lowest."""
    told = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    layers = {
        contract["containers"][0]: contract["layers"]
        for contract in told["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    }
    lowest_first = [*reversed(layers["shoumi.platform"]), *reversed(layers["shoumi.domains"])]
    heights: dict[str, int] = {}
    for height, layer in enumerate(lowest_first):
        for one in layer.split("|"):
            heights[one.strip().strip("()")] = height
    heights["desk"] = len(lowest_first)
    return heights


def planted(root: Path, files: dict[str, str]) -> list[Module]:
    """Modules of a made-up tree, for showing that a rule catches a fault."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return modules(root)


def told(faults: Iterable[str]) -> str:
    return "\n".join(faults)
