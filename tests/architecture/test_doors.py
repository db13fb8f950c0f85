"""Writing has one door and reading has one door: services open act(), screens never write or read past it."""

import ast
from pathlib import Path

from tests.architecture.source import Module, arguments, dotted, functions, modules, planted

SCREENS = {"views", "forms", "registers", "verbs", "selectors"}
WRITES = {
    "save",
    "update",
    "create",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "move",
}
DOORS = {"act", "recording"}

# Services of a domain that may read unscoped, each with its reason.
NAMED: dict[str, str] = {}


def opens_a_door(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        isinstance(node, ast.With)
        and any(dotted(item.context_expr).rpartition(".")[2] in DOORS for item in node.items)
        for node in ast.walk(function)
    )


def hands_on(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether the function gives its actor on to another that opens the door."""
    return any(
        isinstance(node, ast.Call)
        and any(
            keyword.arg == "actor" and dotted(keyword.value) == "actor" for keyword in node.keywords
        )
        for node in ast.walk(function)
    )


def closed_services(sources: list[Module]) -> list[str]:
    """Public services that name an actor and open no act().

    What runs inside an act that another opened says so by taking its `deed`; a question about an actor
    takes the actor first, and writes nothing.
    """
    found = []
    for module in sources:
        if module.role != "services" or module.floor not in {"platform", "domains"}:
            continue
        for function in functions(module.tree):
            names = arguments(function)
            if function.name.startswith("_") or "actor" not in names or "deed" in names:
                continue
            named = any(one.arg == "actor" for one in function.args.kwonlyargs)
            writes = any(
                isinstance(node, ast.Call) and _touches_rows(node) for node in ast.walk(function)
            )
            if (named or writes) and not opens_a_door(function) and not hands_on(function):
                found.append(f"{module.at(function)} {function.name} opens no act")
    return found


def _is_screen(module: Module) -> bool:
    return module.floor in {"domains", "desk"} and (
        module.floor == "desk" or module.role in SCREENS
    )


def _touches_rows(call: ast.Call) -> bool:
    """`x.save()` on anything; update, create and delete on what comes from a manager or a queryset."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in WRITES:
        return False
    if call.func.attr in {"save", "move", "delete"}:
        return True
    chain = dotted(call.func.value).split(".")
    return bool({"objects", "unscoped", "filter", "exclude", "visible_to", "all"} & set(chain))


def writing_screens(sources: list[Module]) -> list[str]:
    found = []
    for module in sources:
        if not _is_screen(module):
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and _touches_rows(node):
                found.append(f"{module.at(node)} writes: {dotted(node.func)}")
    return found


def unscoped_readers(sources: list[Module], named: dict[str, str]) -> list[str]:
    """`unscoped` outside models, the platform and the named services."""
    found = []
    for module in sources:
        allowed = (
            module.floor == "platform" or module.role == "models" or module.name in named
        ) and module.role not in {"views", "forms"}
        for node in ast.walk(module.tree):
            name = node.attr if isinstance(node, ast.Attribute) else ""
            if name in {"unscoped", "_base_manager", "_default_manager"} and not allowed:
                found.append(f"{module.at(node)} reads past the door: {dotted(node)}")
    return found


def test_every_public_service_with_an_actor_opens_an_act():
    assert closed_services(modules()) == []


def test_screens_and_selectors_never_write():
    assert writing_screens(modules()) == []


def test_only_models_the_platform_and_named_services_read_unscoped():
    assert unscoped_readers(modules(), NAMED) == []


def test_every_named_service_is_still_there():
    assert NAMED.keys() <= {module.name for module in modules()}


def test_a_planted_service_without_a_door_is_found(tmp_path: Path):
    sources = planted(
        tmp_path,
        {
            "shoumi/domains/handling/services/borrow.py": "def lend(*, actor, at):\n    item.save()\n"
            "def take(*, actor, at):\n    with act(actor, TAKE, item, at=at):\n        item.save()\n"
            "def both(*, actor, at):\n    take(actor=actor, at=at)\n"
            "def note(*, deed, actor):\n    pass\n"
            "def _quiet(*, actor):\n    pass\n"
            "def must_know(actor, *, at):\n    return 1\n"
            "def slip(actor, *, at):\n    item.save()\n",
        },
    )
    assert closed_services(sources) == [
        "shoumi/domains/handling/services/borrow.py:1 lend opens no act",
        "shoumi/domains/handling/services/borrow.py:14 slip opens no act",
    ]


def test_a_planted_writing_screen_is_found(tmp_path: Path):
    sources = planted(
        tmp_path,
        {
            "shoumi/domains/handling/views.py": "def page(request):\n"
            "    form.save()\n"
            "    Borrow.objects.filter(pk=1).update(state=2)\n"
            "    context.update(rows=rows)\n"
            "    Borrow.objects.create(item=item)\n",
            "shoumi/domains/handling/services.py": "item.save()\n",
            "shoumi/desk/home.py": "row.delete()\n",
        },
    )
    assert [fault.split()[0] for fault in writing_screens(sources)] == [
        "shoumi/desk/home.py:1",
        "shoumi/domains/handling/views.py:2",
        "shoumi/domains/handling/views.py:3",
        "shoumi/domains/handling/views.py:5",
    ]


def test_a_planted_unscoped_read_is_found(tmp_path: Path):
    sources = planted(
        tmp_path,
        {
            "shoumi/domains/handling/registers.py": "rows = Borrow.unscoped.all()\n",
            "shoumi/domains/handling/services.py": "rows = Borrow.unscoped.all()\n",
            "shoumi/domains/documents/services.py": "rows = Document._base_manager.all()\n",
            "shoumi/domains/handling/models.py": "unscoped = models.Manager()\nrow = Borrow.unscoped.get()\n",
            "shoumi/platform/ui/views.py": "rows = Borrow.unscoped.all()\n",
        },
    )
    named = {"shoumi.domains.handling.services": "counts what is left, tells nobody"}
    assert [fault.split()[0] for fault in unscoped_readers(sources, named)] == [
        "shoumi/domains/documents/services.py:1",
        "shoumi/domains/handling/registers.py:1",
        "shoumi/platform/ui/views.py:1",
    ]
