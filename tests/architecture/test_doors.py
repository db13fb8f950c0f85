"""Writing has one door and reading has one door: services open act(), screens never write or read past it."""

import ast
import re
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
NAMED: dict[str, str] = {
    "shoumi.config.demonstration.carriers": "invents its world before anybody reads it",
    "shoumi.config.demonstration.classifying": "invents its world before anybody reads it",
    "shoumi.config.demonstration.letters": "invents its world before anybody reads it",
    "shoumi.config.demonstration.machines": "invents its world before anybody reads it",
    "shoumi.config.demonstration.places": "invents its world before anybody reads it",
    "shoumi.config.demonstration.organisation": "invents its world before anybody reads it",
    "shoumi.config.demonstration.people": "invents its world before anybody reads it",
    "shoumi.config.demonstration.story": "invents its world before anybody reads it",
}


INSIDE = re.compile(r"inside (?:the|an|somebody's) act")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _calls(function: Function) -> set[str]:
    return {
        dotted(node.func).rpartition(".")[2]
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
    }


def doors_of(module: Module) -> set[str]:
    """The functions of a module that open a door themselves or through another of the module."""
    told = list(functions(module.tree))
    open_ones = {
        function.name
        for function in told
        for node in ast.walk(function)
        if isinstance(node, ast.With)
        and any(dotted(item.context_expr).rpartition(".")[2] in DOORS for item in node.items)
    }
    while more := {f.name for f in told if f.name not in open_ones and _calls(f) & open_ones}:
        open_ones |= more
    return open_ones


def hands_on(function: Function) -> bool:
    """Whether the function gives its actor on, by name, to another service."""
    return any(
        isinstance(node, ast.Call)
        and dotted(node.func).rpartition(".")[2] not in DOORS | WRITES
        and any(k.arg == "actor" and dotted(k.value) == "actor" for k in node.keywords)
        for node in ast.walk(function)
    )


def closed_services(sources: list[Module]) -> list[str]:
    """Public services that name an actor and open no act().

    What runs inside an act that another opened says so, by taking its `deed` or in its docstring; a
    question about an actor asks through `visible_to`, or takes the actor first and writes nothing.
    """
    found = []
    for module in sources:
        if module.role != "services" or module.floor not in {"platform", "domains"}:
            continue
        open_ones = doors_of(module)
        for function in functions(module.tree):
            names = arguments(function)
            if function.name.startswith("_") or "actor" not in names or "deed" in names:
                continue
            if function.name in open_ones or hands_on(function):
                continue
            if INSIDE.search(ast.get_docstring(function) or ""):
                continue
            named = any(one.arg == "actor" for one in function.args.kwonlyargs)
            writes = any(
                isinstance(node, ast.Call) and _touches_rows(node) for node in ast.walk(function)
            )
            asks = "visible_to" in _calls(function)
            if writes or (named and not asks):
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
            "shoumi/domains/handling/services/borrow.py": "def lend(*, actor, at):\n    Loan.objects.create(actor=actor)\n"
            "def take(*, actor, at):\n    with act(actor, TAKE, item, at=at):\n        item.save()\n"
            "def both(*, actor, at):\n    taken(actor=actor, at=at)\n"
            "def note(*, deed, actor):\n    pass\n"
            "def _quiet(*, actor):\n    return take(actor, at)\n"
            "def must_know(actor, *, at):\n    return 1\n"
            "def slip(actor, *, at):\n    item.save()\n"
            "def through(*, actor):\n    return _quiet(actor)\n"
            'def freeze(*, actor):\n    """Inside: inside the act of the room."""\n    item.save()\n'
            "def expected(*, actor, at):\n    return Item.objects.visible_to(actor, at=at)\n",
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
