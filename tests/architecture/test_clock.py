"""Time is an argument: the clock is read in the view, the desk and the command, and nowhere below."""

import ast
from pathlib import Path

from tests.architecture.source import Module, dotted, imports, modules, planted

CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "timezone.now",
    "time.time",
    "time.time_ns",
}
# These read it only when no moment is handed to them.
WITHOUT_MOMENT = {"timezone.localdate", "timezone.localtime"}
AUTOMATIC = {"auto_now", "auto_now_add"}


def may_read_the_clock(module: Module) -> bool:
    """A register is a view too: it answers requests."""
    return (
        module.floor in {"config", "desk"}
        or module.app in {"ui", "registers"}
        or module.role == "views"
    )


def faults(sources: list[Module]) -> list[str]:
    found = []
    for module in sources:
        if may_read_the_clock(module):
            continue
        for node in ast.walk(module.tree):
            # A reference without a call counts too: `default=timezone.now` reads it later.
            if isinstance(node, ast.Attribute) and ".".join(dotted(node).split(".")[-2:]) in CLOCKS:
                found.append(f"{module.at(node)} reads the clock: {dotted(node)}")
            elif (
                isinstance(node, ast.Call)
                and not node.args
                and ".".join(dotted(node.func).split(".")[-2:]) in WITHOUT_MOMENT
            ):
                found.append(f"{module.at(node)} reads the clock: {dotted(node.func)}")
            elif isinstance(node, ast.keyword) and node.arg in AUTOMATIC:
                found.append(f"{module.at(node.value)} lets the model read the clock: {node.arg}")
        found += [
            f"{module.at(node)} reads the clock: {name}"
            for node, name in imports(module.tree)
            if name in {"time.time", "django.db.models.functions.Now", "django.utils.timezone.now"}
        ]
    return found


def test_nothing_below_the_view_reads_the_clock():
    assert faults(modules()) == []


def test_a_planted_clock_is_found(tmp_path: Path):
    sources = planted(
        tmp_path,
        {
            "shoumi/domains/handling/services.py": "at = timezone.now()\nday = datetime.date.today()\n"
            "here = timezone.localtime(at)\nthere = timezone.localtime()\n",
            "shoumi/domains/handling/models.py": "a = DateTimeField(auto_now_add=True)\n"
            "b = DateTimeField(default=timezone.now)\n"
            "from django.db.models.functions import Now\n",
            "shoumi/domains/handling/views.py": "at = timezone.now()\n",
            "shoumi/config/command.py": "at = timezone.now()\n",
            "shoumi/kernel/workdays.py": "day = moment.date()\nnow = at\n",
        },
    )
    assert sorted(fault.split()[0] for fault in faults(sources)) == [
        "shoumi/domains/handling/models.py:1",
        "shoumi/domains/handling/models.py:2",
        "shoumi/domains/handling/models.py:3",
        "shoumi/domains/handling/services.py:1",
        "shoumi/domains/handling/services.py:2",
        "shoumi/domains/handling/services.py:4",
    ]
