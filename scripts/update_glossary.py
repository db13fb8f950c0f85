"""Bring the tables of docs/glossary.md in step with the program; explanations stay as they were written.

Run from the root of the repository: .venv/bin/python scripts/update_glossary.py
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoumi.config.settings")


def rewritten(text: str, section: str, program: dict[str, str]) -> str:
    """The text with one section's rows replaced: same explanation where there was one."""
    head, mark, rest = text.partition(f"\n## {section}\n")
    body, following, tail = rest.partition("\n## ")
    lines = body.splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("|---"))
    columns = lines[first].count("|") - 1
    kept = {}
    for line in lines[first + 1 :]:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) >= 2:
            kept[cells[1].strip("`")] = cells
    rows = []
    for name, word in program.items():
        cells = kept.get(name, [word, f"`{name}`", ""])
        cells[0] = word if not word.isascii() else cells[0]
        rows.append("| " + " | ".join([*cells[:columns]]) + " |")
    body = "\n".join([*lines[: first + 1], *rows]) + "\n"
    return head + mark + body + following + tail


def main() -> None:
    import django

    django.setup()
    from shoumi.platform.rulebook.posts import label_of, posts
    from tests.architecture import test_glossary as bound

    text = bound.GLOSSARY.read_text(encoding="utf-8")
    text = rewritten(text, "岗位", {key: label_of(key) for key in posts()})
    text = rewritten(text, "数据表", bound.models())
    text = rewritten(text, "办理动作", dict(sorted(bound.actions().items())))
    bound.GLOSSARY.write_text(text, encoding="utf-8")
    for name, word in bound.sections(text)["数据表"].items():
        if f"| {word} | `{name}` |  |" in text:
            print(f"守密：请写明「{word}」（{name}）的说明")


if __name__ == "__main__":
    main()
