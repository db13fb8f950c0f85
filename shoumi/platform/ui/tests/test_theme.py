"""The style: levels legible for everyone, nothing the old browsers do not know, nothing inline."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from shoumi.kernel.levels import Level
from shoumi.platform.ui.templatetags.ui import SHAPES, level_badge

UI = Path(__file__).parents[1]
PLATFORM = UI.parent
CSS = (UI / "static/ui/theme.css").read_text(encoding="utf-8")
SCRIPTS = sorted((UI / "static/ui").glob("*.js"))
TEMPLATES = sorted(p for root in (UI, PLATFORM / "registers") for p in root.rglob("*.html"))

# Younger than Chromium 90, or known to break in it.
TOO_YOUNG = [
    ":has(", ":is(", ":where(", "color-mix", "oklch", "light-dark", "@container", "@layer",
    "@property", "dvh", "svh", "lvh", "inset:", "accent-color", "subgrid", "text-wrap", "&",
]  # fmt: skip


def rule(selector: str) -> dict[str, str]:
    found = re.search(rf"^{re.escape(selector)} \{{([^}}]*)\}}", CSS, re.M)
    assert found, selector
    pairs = (p.split(":", 1) for p in found[1].split(";") if ":" in p)
    return {k.strip(): v.strip() for k, v in pairs}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def token(name: str) -> str:
    found = re.search(rf"--{name}: (#[0-9a-f]{{6}});", CSS)
    assert found, name
    return found[1]


@pytest.mark.parametrize("level", Level)
def test_every_level_badge_can_be_read(level):
    badge = rule(f".level-{level.value}")
    assert contrast(badge["background"], badge["color"]) >= 4.5


def test_level_badges_differ_in_colour_word_and_shape():
    looks = {
        (rule(f".level-{x.value}")["background"], rule(f".level-{x.value}")["color"]) for x in Level
    }
    assert len(looks) == len({level_badge(x) for x in Level}) == len(set(SHAPES.values())) == 5


def test_a_level_keeps_its_colours_under_every_theme():
    for level in Level:
        assert "var(" not in rule(f".level-{level.value}")["background"]


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "paper"), ("ink", "ground"), ("grey", "paper"), ("grey", "ground"),
        ("red", "paper"), ("red", "red-pale"), ("orange", "paper"), ("orange", "orange-pale"),
        ("green", "paper"), ("green", "green-pale"), ("paper", "blue-action"),
        ("paper", "blue-deep"), ("paper", "red"), ("blue-deep", "blue-pale"),
    ],
)  # fmt: skip
def test_words_stand_out_from_their_ground(ink, ground):
    assert contrast(token(ink), token(ground)) >= 4.5


def test_the_style_knows_nothing_younger_than_chromium_90():
    code = re.sub(r"/\*.*?\*/", "", CSS, flags=re.S)
    assert [x for x in TOO_YOUNG if x in code] == []


def test_the_style_stays_small():
    assert len(CSS.encode()) <= 30 * 1024


def test_nothing_is_fetched_from_elsewhere():
    for path in [UI / "static/ui/theme.css", *SCRIPTS, *TEMPLATES]:
        text = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"https?:|//[a-z]+\.", text), path.name


def test_scripts_are_small_and_old_enough():
    text = "\n".join(p.read_text(encoding="utf-8") for p in SCRIPTS)
    assert len(text.splitlines()) <= 300
    for young in ("?.", "??", "import(", "eval(", "Function(", ".at(", "innerHTML", "localStorage"):
        assert young not in text, young


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_a_template_has_no_inline_style_or_script(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert "<style" not in text
    assert not re.search(r"\son[a-z]+\s*=", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert "javascript:" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_a_template_can_be_parsed(path):
    get_template(str(path.relative_to(next(p for p in path.parents if p.name == "templates"))))
