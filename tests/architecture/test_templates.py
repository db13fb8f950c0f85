"""Templates keep the strict content policy and work from any place on an isolated network."""

import re
from pathlib import Path

from tests.architecture.source import ROOT

COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)
RULES = {
    "an inline style": re.compile(r"<style\b|<[a-zA-Z][^>]*\sstyle\s*=", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE
    ),
    "an inline handler": re.compile(r"<[a-zA-Z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script in a link": re.compile(r"(?:href|action)\s*=\s*[\"']javascript:", re.IGNORECASE),
    "something from elsewhere": re.compile(
        r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE
    ),
    "evaluated script": re.compile(r"hx-on[:-]|hx-vals\s*=\s*[\"']js:|\bhx-vars\b", re.IGNORECASE),
    "text marked safe": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off", re.IGNORECASE),
}
ICON = re.compile(r"sprite\.svg(?:['\"]\s*%\})?#([\w-]+)|\{%\s*icon\s+['\"]([\w-]+)['\"]")
# Django itself asks for the first by their status; the last is the frame's page of an outcome, for a room
# whose act leaves no page of its own.
NOT_NAMED = {"400.html", "403.html", "404.html", "500.html", "result.html"}
SPRITE = ROOT / "shoumi/platform/ui/static/vendor/icons/sprite.svg"


def templates(root: Path) -> list[Path]:
    return [path for path in sorted((root / "shoumi").rglob("*.html")) if "templates" in path.parts]


def faults(root: Path) -> list[str]:
    found = []
    for path in templates(root):
        text = COMMENT.sub(lambda hit: "\n" * hit[0].count("\n"), path.read_text(encoding="utf-8"))
        for what, rule in RULES.items():
            for hit in rule.finditer(text):
                line = text.count("\n", 0, hit.start()) + 1
                found.append(f"{path.relative_to(root).as_posix()}:{line} has {what}")
    return found


def missing_icons(root: Path, sprite: str) -> list[str]:
    there = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    found = []
    for path in templates(root):
        for hit in ICON.finditer(path.read_text(encoding="utf-8")):
            name = hit[1] or hit[2]
            if name not in there:
                found.append(
                    f"{path.relative_to(root).as_posix()} draws an icon that is not there: {name}"
                )
    return found


EVALUATED = re.compile(
    r"\beval\(|\bnew Function\b|document\.write|\.(?:inner|outer)HTML\s*=|insertAdjacentHTML"
    r"|setAttribute\(\s*[\"'](?:style|on\w+)[\"']|set(?:Timeout|Interval)\(\s*[\"'`]|(?:https?:)//"
)


def faults_in_script(root: Path) -> list[str]:
    """Text made into code or markup, and addresses outside, in our own scripts."""
    found = []
    for path in sorted((root / "shoumi").rglob("*.js")):
        if "vendor" in path.parts:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if hit := EVALUATED.search(line):
                found.append(f"{path.relative_to(root).as_posix()}:{number} has {hit[0]}")
    return found


def test_our_own_script_makes_no_text_into_code():
    assert faults_in_script(ROOT) == []


def test_planted_script_is_found(tmp_path: Path):
    folder = tmp_path / "shoumi/platform/ui/static/ui"
    folder.mkdir(parents=True)
    (folder / "a.js").write_text(
        'row.innerHTML = text;\nrow.textContent = text;\nsetTimeout("go()", 1);\n'
    )
    assert [fault.split()[0].rpartition(":")[2] for fault in faults_in_script(tmp_path)] == [
        "1",
        "3",
    ]


def test_templates_keep_the_strict_content_policy():
    assert faults(ROOT) == []


def test_every_icon_a_template_draws_is_in_the_sprite():
    assert missing_icons(ROOT, SPRITE.read_text(encoding="utf-8")) == []


def test_planted_faults_are_found(tmp_path: Path):
    folder = tmp_path / "shoumi/desk/templates/desk"
    folder.mkdir(parents=True)
    (folder / "home.html").write_text(
        '<p style="color:red">甲</p>\n'
        "<script>go()</script>\n"
        '<script src="{% static "ui/a.js" %}"></script>\n'
        '<a href="/a" onclick="go()">乙</a>\n'
        '<img src="//elsewhere/a.png">\n'
        "{# <p style='x'> #}{{ text|safe }}\n"
        '<input name="style" value="on">\n'
        '{% icon "home" %}{% icon "no-such" %}\n',
        encoding="utf-8",
    )
    assert {fault.split()[0].rpartition(":")[2] for fault in faults(tmp_path)} == {
        "1",
        "2",
        "4",
        "5",
        "6",
    }
    assert missing_icons(tmp_path, '<symbol id="home">') == [
        "shoumi/desk/templates/desk/home.html draws an icon that is not there: no-such"
    ]


def test_no_template_lies_about_unused():
    """Each is named by code or by another template, or stands for a page of a register."""
    pages = templates(ROOT)
    code = [p for p in (ROOT / "shoumi").rglob("*.py") if "tests" not in p.parts]
    texts = {path: path.read_text(encoding="utf-8") for path in [*pages, *code]}
    slugs = set(re.findall(r'slug = "([\w-]+)"', "".join(texts[p] for p in code)))
    for path in pages:
        name = path.as_posix().rpartition("/templates/")[2]
        named = (
            f'"{name}"' in text or f"'{name}'" in text for p, text in texts.items() if p != path
        )
        of_register = name.startswith("registers/") or name.partition("/")[0] in slugs
        assert any(named) or of_register or name in NOT_NAMED, name
