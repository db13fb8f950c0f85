"""The reading process: opens one file under limits of memory and time, and says what it read as JSON.

Whatever a hostile file does, it does to this process, which holds no data and ends with the file.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

MOST_MEMORY = 1024 * 1024 * 1024
MOST_SECONDS = 60


def main(arguments: list[str]) -> int:
    """`read FILE`, `mark FILE OUT`, `strip FILE OUT` or `template OUT`; the rest on standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    # Imported under the limits, not before.
    from shoumi.kernel.refusal import Refusal

    try:
        said = _ACTS[arguments[0]](*map(Path, arguments[1:]))
    except Refusal as refusal:
        said = {"refused": refusal.message, "way_on": refusal.way_on}
    json.dump(said, sys.stdout, ensure_ascii=False)
    return 0


def _read(path: Path) -> Any:
    from shoumi.domains.intake.rules.grid import packed
    from shoumi.domains.intake.rules.package import check_extent, look
    from shoumi.domains.intake.rules.wordtables import read_tables
    from shoumi.domains.intake.rules.workbook import read_workbook

    package = look(path)
    check_extent(path)
    read = {"xlsx": read_workbook, "docx": read_tables}[package.kind]
    return {"sheets": [packed(sheet) for sheet in read(path)]}


def _mark(path: Path, out: Path) -> Any:
    from shoumi.domains.intake.rules.marking import mark_up

    mark_up(path, out, json.load(sys.stdin))
    return {}


def _strip(path: Path, out: Path) -> Any:
    from shoumi.domains.intake.rules.marking import strip

    strip(path, out, json.load(sys.stdin))
    return {}


def _template(out: Path) -> Any:
    from shoumi.domains.intake.rules.marking import template

    said = json.load(sys.stdin)
    template(out, said["title"], said["headings"])
    return {}


_ACTS: dict[str, Any] = {"read": _read, "mark": _mark, "strip": _strip, "template": _template}

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
