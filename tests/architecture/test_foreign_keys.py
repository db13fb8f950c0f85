"""Foreign keys written as strings point down; import-linter cannot see them."""

import ast
from pathlib import Path

from tests.architecture.source import Module, dotted, floors, modules, planted

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
USER = "settings.AUTH_USER_MODEL"


def target_of(call: ast.Call) -> str | None:
    """The app label a relation names by string, or None when it names a class."""
    to = (
        call.args[0] if call.args else next((k.value for k in call.keywords if k.arg == "to"), None)
    )
    if to is None:
        return None
    if dotted(to) == USER:
        return "directory"
    if isinstance(to, ast.Constant) and isinstance(to.value, str):
        return to.value.split(".")[0] if "." in to.value else None
    return None


def faults(sources: list[Module], heights: dict[str, int]) -> list[str]:
    found = []
    for module in sources:
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call):
                continue
            kind = dotted(node.func).rpartition(".")[2]
            if kind not in RELATIONS:
                continue
            if kind == "ManyToManyField":
                found.append(
                    f"{module.at(node)} a many-to-many is written past the door: use a model"
                )
            target = target_of(node)
            if target is None or target == module.app:
                continue
            if heights.get(target, 99) >= heights.get(module.app, -1):
                found.append(f"{module.at(node)} {module.app} points up or sideways to {target}")
    return found


def test_string_foreign_keys_point_down():
    assert faults(modules(), floors()) == []


def test_the_floors_are_those_of_the_import_contracts():
    heights = floors()
    assert heights["trail"] < heights["access"] < heights["custody"] < heights["registers"]
    assert heights["registers"] < heights["documents"] < heights["circulation"] < heights["desk"]
    assert heights["accounts"] == heights["handling"]


def test_a_planted_upward_key_is_found(tmp_path: Path):
    sources = planted(
        tmp_path,
        {
            "shoumi/platform/custody/models.py": 'a = models.ForeignKey("documents.Document")\n'
            'b = models.OneToOneField(to="access.Label")\n'
            "c = models.ForeignKey(settings.AUTH_USER_MODEL)\n"
            'd = models.ForeignKey("self")\n',
            "shoumi/domains/accounts/models.py": 'a = models.ForeignKey("handling.Borrow")\n',
            "shoumi/platform/directory/models.py": 'a = models.ManyToManyField("directory.Body")\n',
            "shoumi/platform/trail/models.py": "a = models.ForeignKey(settings.AUTH_USER_MODEL)\n",
        },
    )
    assert [fault.split(" ", 1)[0] for fault in faults(sources, floors())] == [
        "shoumi/domains/accounts/models.py:1",
        "shoumi/platform/custody/models.py:1",
        "shoumi/platform/directory/models.py:1",
        "shoumi/platform/trail/models.py:1",
    ]
