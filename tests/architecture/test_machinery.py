"""No generic views, no admin site, no superuser, no signals, no way round a door, no branch on a kind."""

import ast
from pathlib import Path

from tests.architecture.source import (
    Module,
    arguments,
    dotted,
    functions,
    imports,
    modules,
    planted,
)

FORBIDDEN_IMPORTS = (
    "django.views.generic",
    "django.contrib.admin",
    "django.dispatch",
    "django.contrib.auth.models.PermissionsMixin",
    "django.contrib.auth.models.AbstractUser",
    "django.contrib.auth.models.Group",
    "django.contrib.auth.decorators.permission_required",
)
FORBIDDEN_NAMES = {"is_superuser", "is_staff", "PermissionsMixin", "create_superuser"}
WAYS_ROUND = ("skip_", "bypass_", "without_check", "no_check", "unchecked")


def machinery(sources: list[Module]) -> list[str]:
    found = []
    for module in sources:
        found += [
            f"{module.at(node)} imports {name}"
            for node, name in imports(module.tree)
            if any(name == one or name.startswith(f"{one}.") for one in FORBIDDEN_IMPORTS)
        ]
        for node in ast.walk(module.tree):
            name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
            if isinstance(node, ast.FunctionDef):
                name = node.name
            if name in FORBIDDEN_NAMES:
                found.append(f"{module.at(node)} speaks of {name}")
    return found


def ways_round(sources: list[Module]) -> list[str]:
    """Arguments by which a caller could ask for less checking."""
    found = []
    for module in sources:
        for function in functions(module.tree):
            for name in arguments(function):
                if name == "force" or name.startswith(WAYS_ROUND):
                    found.append(f"{module.at(function)} {function.name} takes {name}")
    return found


def _tests(tree: ast.Module) -> list[ast.expr]:
    found: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.IfExp | ast.While):
            found.append(node.test)
        elif isinstance(node, ast.comprehension):
            found += node.ifs
        elif isinstance(node, ast.Match) and dotted(node.subject).rpartition(".")[2] == "kind":
            found.append(ast.Compare(node.subject, [ast.Eq()], [node.subject], lineno=node.lineno))
    return found


def _defines_kinds(module: Module) -> bool:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef):
            fields = [one.target for one in node.body if isinstance(one, ast.AnnAssign)]
            if node.name.endswith("Kind") or any(dotted(field) == "kind" for field in fields):
                return True
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(dotted(target).endswith("KINDS") for target in targets):
                return True
    return False


def branches_on_kind(sources: list[Module]) -> list[str]:
    """`if … kind == …` outside the kind's own place.

    That place is the module that defines the kinds; on the platform, the app that does.
    """
    own_modules = {module.name for module in sources if _defines_kinds(module)}
    own_apps = {m.app for m in sources if m.name in own_modules and m.floor == "platform"}
    found = []
    for module in sources:
        if module.name in own_modules or (module.floor == "platform" and module.app in own_apps):
            continue
        for test in _tests(module.tree):
            for node in ast.walk(test):
                if not isinstance(node, ast.Compare) or isinstance(node.ops[0], ast.Is | ast.IsNot):
                    continue
                sides = [node.left, *node.comparators]
                if any(dotted(side).rpartition(".")[2] == "kind" for side in sides):
                    found.append(f"{module.at(node)} branches on a kind")
    return found


def test_there_is_no_generic_view_admin_site_superuser_or_signal():
    assert machinery(modules()) == []


def test_no_argument_asks_for_less_checking():
    assert ways_round(modules()) == []


def test_a_kind_is_a_row_or_a_class_and_never_a_branch():
    assert branches_on_kind(modules()) == []


def test_planted_machinery_is_found(tmp_path: Path):
    sources = planted(
        tmp_path,
        {
            "shoumi/desk/views.py": "from django.views.generic import ListView\n"
            "import django.contrib.admin\n"
            "ok = person.is_active\n"
            "bad = person.is_superuser\n",
            "shoumi/domains/handling/models.py": "from django.dispatch import receiver\n",
        },
    )
    assert [fault.split()[0] for fault in machinery(sources)] == [
        "shoumi/desk/views.py:1",
        "shoumi/desk/views.py:2",
        "shoumi/desk/views.py:4",
        "shoumi/domains/handling/models.py:1",
    ]


def test_a_planted_way_round_is_found(tmp_path: Path):
    sources = planted(
        tmp_path,
        {
            "shoumi/domains/handling/services.py": "def lend(*, actor, skip_checks=False): ...\n"
            "def take(*, actor, force): ...\n"
            "def give(*, actor, at): ...\n",
        },
    )
    assert [fault.split()[0] for fault in ways_round(sources)] == [
        "shoumi/domains/handling/services.py:1",
        "shoumi/domains/handling/services.py:2",
    ]


def test_a_planted_branch_on_a_kind_is_found(tmp_path: Path):
    sources = planted(
        tmp_path,
        {
            "shoumi/domains/handling/services.py": 'if item.kind == "paper":\n    pass\n'
            'match item.kind:\n    case "key":\n        pass\n'
            "kinds = [kind for kind in KINDS]\n",
            "shoumi/platform/custody/models.py": "class ItemKind: ...\n"
            'def label(self):\n    return 1 if self.kind == "paper" else 2\n',
        },
    )
    assert [fault.split()[0] for fault in branches_on_kind(sources)] == [
        "shoumi/domains/handling/services.py:1",
        "shoumi/domains/handling/services.py:3",
    ]
