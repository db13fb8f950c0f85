"""Reports of a scan: lines of JSON for programs, CSV for spreadsheets, a page for people."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from importlib import resources
from typing import TextIO

from shoumi.screening.findings import FileResult, Finding, Kind, Status, masked
from shoumi.screening.scan import Tally

_GRAVITY = {Status.FOUND: 0, Status.UNCHECKED: 1, Status.CLEAN: 2}
_KIND_ORDER = list(Kind)


def json_line(result: FileResult, *, reveal: bool) -> str:
    return json.dumps(result.as_data(reveal=reveal), ensure_ascii=False) + "\n"


_COLUMNS = ("文件", "结论", "内层文件", "种类", "内容", "位置", "上下文", "规则", "理由", "把握")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(results: Iterable[FileResult], out: TextIO, *, reveal: bool) -> None:
    """One row a finding; a file without findings has a row too."""
    # Spreadsheets only know UTF-8 by its mark.
    out.write("\ufeff")
    table = csv.writer(out)
    table.writerow(_COLUMNS)
    for result in results:
        for row in _rows(result, reveal):
            # A cell that begins like a formula is not to be worked out.
            table.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])


def _rows(result: FileResult, reveal: bool) -> Iterator[tuple[str, ...]]:
    name, status = masked_name(result.file, reveal), result.status.label
    for finding in (*result.findings, *result.notes):
        data = finding.as_data(reveal=reveal)
        yield (
            name,
            status,
            finding.inside,
            finding.kind.label,
            data["value"],
            finding.place,
            data["context"],
            finding.rule,
            finding.why,
            finding.confidence.label,
        )
    for one in result.unread:
        yield (name, status, one.inside, "未能检查", "", "", "", "", one.reason, "")
    if not (result.findings or result.notes or result.unread):
        yield (name, status, *[""] * 8)


def masked_name(name: str, reveal: bool) -> str:
    return name if reveal else masked(name)


def write_html(
    results: Iterable[FileResult], out: TextIO, *, reveal: bool, at: datetime, scope: str
) -> None:
    """A page by itself: no script, nothing fetched, the gravest first, ready to print."""
    ordered = sorted(results, key=_gravity)
    tally = Tally()
    for result in ordered:
        tally.add(result)
    page = (resources.files("shoumi.screening") / "data" / "report.html").read_text("utf-8")
    figures = {
        "at": f"{at:%Y年%m月%d日 %H:%M}",
        "scope": escape(scope),
        "files": str(tally.files),
        "found": str(tally.found),
        "unchecked": str(tally.unchecked + tally.incomplete),
        "clean": str(tally.clean),
        "masked": "个人信息已全部显示" if reveal else "个人信息已遮盖",
        "rows": "".join(_file_rows(result, reveal) for result in ordered if not _is_plain(result)),
        "others": "".join(
            f"<li>{escape(masked_name(r.file, reveal))}</li>" for r in ordered if _is_plain(r)
        ),
    }
    for key, value in figures.items():
        page = page.replace(f"[[{key}]]", value)
    out.write(page)


def _is_plain(result: FileResult) -> bool:
    return result.status is Status.CLEAN and not result.notes


def _gravity(result: FileResult) -> tuple[int, int, int, str]:
    first = min((_KIND_ORDER.index(f.kind) for f in result.findings), default=99)
    surest = -max((finding.confidence for finding in result.findings), default=0)
    return _GRAVITY[result.status], first, surest, result.file


def _file_rows(result: FileResult, reveal: bool) -> str:
    status = result.status.value
    rows = [
        f'<tbody class="{status}"><tr class="file"><th colspan="5" scope="rowgroup">'
        f'<span class="badge">{result.status.label}</span> {escape(masked_name(result.file, reveal))}</th></tr>'
    ]
    for finding in result.findings:
        rows.append(_finding_row(finding, reveal, ""))
    for one in result.unread:
        rows.append(
            f'<tr class="gap"><td>未能检查</td><td>—</td><td>{escape(one.inside)}</td>'
            f"<td>{escape(one.reason)}</td><td>—</td></tr>"
        )
    for finding in result.notes:
        rows.append(_finding_row(finding, reveal, "note"))
    rows.append("</tbody>\n")
    return "".join(rows)


def _finding_row(finding: Finding, reveal: bool, look: str) -> str:
    data = finding.as_data(reveal=reveal)
    place = f"{finding.inside}　{finding.place}" if finding.inside else finding.place
    return (
        f'<tr class="{look}"><td>{escape(finding.kind.label)}</td><td class="value">{escape(data["value"])}</td>'
        f"<td>{escape(place)}</td><td>{escape(data['context'])}<small>{escape(finding.why)}</small></td>"
        f"<td>{finding.confidence.label}</td></tr>"
    )
