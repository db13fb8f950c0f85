"""Domains meet only at one another's models, services and selectors; nothing is called 'utils'."""

from pathlib import Path

from tests.architecture.source import Module, imports, modules, planted

MEETING_PLACES = {"models", "services", "selectors"}
# Names that attract everything.
NAMELESS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "core",
    "base",
    "misc",
    "manager",
    "managers",
}


def strangers(sources: list[Module]) -> list[str]:
    """Imports from another domain that do not go through a meeting place."""
    found = []
    for module in sources:
        if module.floor != "domains":
            continue
        for node, name in imports(module.tree):
            parts = name.split(".")
            if parts[:2] != ["shoumi", "domains"] or len(parts) < 3 or parts[2] == module.app:
                continue
            if len(parts) < 4 or parts[3] not in MEETING_PLACES:
                found.append(f"{module.at(node)} imports {name}")
    return found


def nameless(sources: list[Module]) -> list[str]:
    return [
        f"{module.path} is named for nothing" for module in sources if NAMELESS & set(module.parts)
    ]


def test_domains_meet_only_at_models_services_and_selectors():
    assert strangers(modules()) == []


def test_no_module_is_named_for_nothing():
    assert nameless(modules()) == []


def test_a_planted_short_cut_is_found(tmp_path: Path):
    sources = planted(
        tmp_path,
        {
            "shoumi/domains/handling/services.py": "from shoumi.domains.documents.models import Document\n"
            "from shoumi.domains.documents.rules import may_copy\n"
            "from shoumi.domains.documents import forms\n"
            "from shoumi.domains.handling.rules import longest\n"
            "from shoumi.platform.custody.receipts import sign\n",
        },
    )
    assert [fault.split()[0] for fault in strangers(sources)] == [
        "shoumi/domains/handling/services.py:2",
        "shoumi/domains/handling/services.py:3",
    ]


def test_a_planted_nameless_module_is_found(tmp_path: Path):
    sources = planted(
        tmp_path, {"shoumi/domains/handling/utils.py": "", "shoumi/kernel/marks.py": ""}
    )
    assert nameless(sources) == ["shoumi/domains/handling/utils.py is named for nothing"]
