"""docs/glossary.md binds English and Chinese: every level, model and action, and nothing that is gone."""

import importlib
import re

from django.apps import apps

from shoumi.kernel.levels import Level
from shoumi.platform.access.acting import ACTIONS
from shoumi.platform.rulebook.posts import label_of, posts
from tests.architecture.source import ROOT, modules

GLOSSARY = ROOT / "docs" / "glossary.md"
ROW = re.compile(r"^\| (?P<chinese>[^|]+?) \| `(?P<name>[^`|]+)` \|")
HAN = re.compile("[\u4e00-\u9fff]")


def sections(text: str) -> dict[str, dict[str, str]]:
    """Of each section: name → Chinese word."""
    found: dict[str, dict[str, str]] = {}
    section = ""
    for line in text.splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ").strip()
            found[section] = {}
        elif row := ROW.match(line):
            found[section][row["name"]] = row["chinese"]
    return found


def differences(glossary: dict[str, str], program: dict[str, str]) -> list[str]:
    """What must be written, struck out or reworded, as lines ready for the table."""
    found = [
        f"缺少：| {word} | `{name}` |" for name, word in program.items() if name not in glossary
    ]
    found += [f"已不存在：`{name}`" for name in glossary if name not in program]
    found += [
        f"不一致：`{name}` 程序中为「{program[name]}」，词汇表中为「{word}」"
        for name, word in glossary.items()
        if name in program and word != program[name] and HAN.search(program[name])
    ]
    return sorted(found)


def every_service() -> None:
    """Actions register themselves when their module is read."""
    installed = tuple(f"{app.name}." for app in apps.get_app_configs())
    for module in modules():
        if " = Action(" in module.text and module.name.startswith(installed):
            importlib.import_module(module.name)


def models() -> dict[str, str]:
    return {
        f"{model._meta.app_label}.{model.__name__}": str(model._meta.verbose_name)
        for model in apps.get_models()
        if model.__module__.startswith("shoumi.") and ".tests." not in model.__module__
    }


def actions() -> dict[str, str]:
    every_service()
    return {
        key: action.label
        for key, action in ACTIONS.items()
        if not key.startswith(("test.", "tests."))
    }


def written() -> dict[str, dict[str, str]]:
    return sections(GLOSSARY.read_text(encoding="utf-8"))


def test_every_level_is_bound():
    assert differences(written()["密级"], {level.name: level.label for level in Level}) == []


def test_every_post_is_bound():
    assert differences(written()["岗位"], {key: label_of(key) for key in posts()}) == []


def test_every_model_is_bound():
    assert differences(written()["数据表"], models()) == []


def test_every_action_is_bound():
    assert differences(written()["办理动作"], actions()) == []


def test_a_missing_a_stale_and_a_changed_word_are_found():
    text = "## 数据表\n\n| 中文 | 英文 |\n|---|---|\n| 载体 | `custody.Item` |\n| 旧表 | `custody.Old` |\n"
    program = {"custody.Item": "载体件", "custody.Holder": "保管者"}
    assert differences(sections(text)["数据表"], program) == [
        "不一致：`custody.Item` 程序中为「载体件」，词汇表中为「载体」",
        "已不存在：`custody.Old`",
        "缺少：| 保管者 | `custody.Holder` |",
    ]
