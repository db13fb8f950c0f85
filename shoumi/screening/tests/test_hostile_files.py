"""Hostile and broken files get a clear verdict, end nobody's scan, and are never passed as clean."""

import gzip
import io
import os
import random
import zipfile
import zlib
from pathlib import Path

import pytest

from shoumi.screening import Screener, Status
from shoumi.screening.readers.pieces import MIB, Budget
from shoumi.screening.scan import listed, scan
from shoumi.screening.screener import FAILED
from shoumi.screening.tests import papers
from shoumi.screening.tests.papers import letter, runs
from shoumi.screening.workers import Crew, Job, Limits, Settings

MARK = "机密★10年"


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener(pictures=False, budget=Budget(unpacked=64 * MIB))


def bomb(size: int = 300 * MIB) -> bytes:
    """Zeros that take a thousandth of the room."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("a.txt", "w") as member,
    ):
        for _ in range(size // MIB):
            member.write(bytes(MIB))
    return out.getvalue()


def lying_size() -> bytes:
    """A member that says it is small and is not."""
    data = bytearray(papers.packed({"a.txt": b"x" * 40_000}))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(data)


def nested(depth: int) -> bytes:
    data = letter("各科室").encode()
    for number in range(depth):
        data = papers.packed({f"{number}.zip" if number else "a.txt": data})
    return data


def encrypted_zip() -> bytes:
    data = bytearray(papers.packed({"a.txt": b"secret"}))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(magic) + offset
        data[at] |= 1
    return bytes(data)


def huge_png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body).to_bytes(4, "big")
        return len(body).to_bytes(4, "big") + kind + body + check

    head = (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


ENTITIES = (
    '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(8))
    + '<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    + papers.document(runs("&a7;&x;").replace("&amp;", "&"))
)
WHOLE = {
    "empty": ("a.docx", b""),
    "zeros": ("a.txt", bytes(5000)),
    "noise": ("a.txt", random.Random(1).randbytes(5000)),
    "cut docx": ("a.docx", papers.docx()[:-100]),
    "cut pdf": ("a.pdf", papers.pdf(papers.BODY)[:200]),
    "cut doc": ("a.doc", papers.doc("正文\r" * 400)[:1500]),
    "bomb": ("a.zip", bomb()),
    "nested too deep": ("a.zip", nested(14)),
    "encrypted zip": ("a.zip", encrypted_zip()),
    "encrypted office": (
        "a.docx",
        papers.compound({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"y"}),
    ),
    "entities": (
        "a.docx",
        papers.packed({"[Content_Types].xml": "<T/>", "word/document.xml": ENTITIES}),
    ),
    "huge picture": ("a.png", huge_png()),
    "broken picture": ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(400)),
    "7z": ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(100)),
    "rar": ("a.rar", b"Rar!\x1a\x07\x01" + bytes(100)),
    "program": ("a.exe", b"MZ" + bytes(200)),
    "deep xml": (
        "a.docx",
        papers.packed({"[Content_Types].xml": "<T/>", "word/document.xml": "<a>" * 90_000}),
    ),
    "deep rtf": ("a.rtf", b"{\\rtf1 " + b"{" * 100_000),
    "office without a body": (
        "a.docx",
        papers.packed({"[Content_Types].xml": "<T/>", "word/styles.xml": "<s/>"}),
    ),
    "ofd without pages": ("a.ofd", papers.packed({"OFD.xml": "<OFD/>"})),
    "unknown compound": ("a.doc", papers.compound({"Something": b"x" * 5000})),
}


@pytest.mark.parametrize("case", WHOLE)
def test_what_cannot_be_read_is_said_and_never_clean(case: str, screener: Screener):
    name, data = WHOLE[case]
    result = screener.scan_bytes(data, name=name)
    assert result.status is Status.UNCHECKED
    assert result.unread and all(one.reason for one in result.unread)


def test_what_can_be_read_beside_a_broken_part_is_still_read(screener: Screener):
    data = papers.docx(top=runs(MARK), extra={"word/header1.xml": "<broken", "word/x/a.zip": b"PK"})
    result = screener.scan_bytes(data, name="a.docx")
    assert [finding.value for finding in result.findings] == [MARK]
    assert "word/header1.xml" in result.unread[0].reason
    mixed = papers.packed({"坏.docx": papers.docx()[:500], "好.txt": letter(MARK)})
    result = screener.scan_bytes(mixed, name="a.zip")
    assert [finding.inside for finding in result.findings] == ["好.txt"]
    assert [one.inside for one in result.unread] == ["坏.docx"]


def test_a_far_cell_and_a_lying_size_cost_nothing(screener: Screener):
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>{MARK}</t></is></c></row></sheetData></worksheet>'
    )
    book = papers.xlsx([["序号"]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    (finding,) = screener.scan_bytes(out.getvalue(), name="a.xlsx").findings
    assert finding.place.endswith("XFD1048576")
    assert screener.scan_bytes(lying_size(), name="a.zip").unread


def test_a_compressed_bomb_of_one_stream_is_stopped(screener: Screener):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb") as stream:
        for _ in range(200):
            stream.write(bytes(MIB))
    result = screener.scan_bytes(out.getvalue(), name="a.gz")
    assert "炸弹" in result.unread[0].reason


SAMPLES = {
    "docx": papers.docx(top=runs("机", "密★10年")),
    "xlsx": papers.xlsx([["序号", "事项"], [1, "巡查"]]),
    "pptx": papers.pptx({"ppt/slides/slide2.xml": papers.slide(MARK)}),
    "ofd": papers.ofd(MARK),
    "odt": papers.odt("<text:p>各科室</text:p>"),
    "pdf": papers.pdf([MARK, *papers.BODY], note="批注"),
    "doc": papers.doc(letter(MARK).replace("\n", "\r"), header="页眉\r"),
    "xls": papers.xls({(0, 0): "事项", (1, 1): MARK}),
    "rtf": papers.rtf(MARK, header="页眉"),
    "html": f"<p>{MARK}</p>".encode(),
    "eml": f"Subject: =?utf-8?b?5py65a+G?=\nContent-Type: text/plain; charset=utf-8\n\n{MARK}".encode(),
    "zip": papers.packed({"b.zip": papers.packed({"c.txt": letter(MARK)})}),
    "gz": papers.tarred({"b.txt": letter(MARK).encode()}),
}


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Bytes changed, cut out, doubled or cut off."""
    piece = bytearray(data)
    for _ in range(chance.choice((1, 3, 12))):
        at = chance.randrange(len(piece))
        change = chance.randrange(4)
        if change == 0:
            piece[at] = chance.randrange(256)
        elif change == 1:
            del piece[at : at + chance.randrange(1, 40)]
        elif change == 2:
            piece[at:at] = piece[at : at + chance.randrange(1, 40)]
        else:
            piece[at : at + 4] = chance.choice((b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff"))
        if not piece:
            return b""
    return bytes(piece)


@pytest.mark.parametrize("form", SAMPLES)
def test_mutated_files_never_raise(form: str, screener: Screener):
    rounds = int(os.environ.get("SHOUMI_FUZZ", "60"))
    chance = random.Random(f"{form} 20261127")
    for _ in range(rounds):
        result = screener.scan_bytes(mutated(SAMPLES[form], chance), name=f"a.{form}")
        assert not [one.reason for one in result.unread if one.reason.startswith(FAILED)]


def test_children_that_die_or_dawdle_are_replaced_and_their_file_is_listed(tmp_path: Path):
    """A folder with a pipe nobody writes to, a link, a missing file, and good ones among them."""
    (tmp_path / "好.txt").write_text(letter(MARK), encoding="utf-8")
    (tmp_path / "净.txt").write_text(letter("各科室"), encoding="utf-8")
    os.mkfifo(tmp_path / "管道")
    (tmp_path / "链接").symlink_to("好.txt")
    settings = Settings(pictures=False, limits=Limits(seconds=30, memory=1024 * MIB))
    results = {Path(r.file).name: r for r in scan([tmp_path, tmp_path / "无"], settings, workers=2)}
    assert {name: result.status.value for name, result in results.items()} == {
        "好.txt": "found",
        "净.txt": "clean",
        "管道": "unchecked",
        "链接": "unchecked",
        "无": "unchecked",
    }


def test_a_child_out_of_memory_or_out_of_time_costs_one_file(tmp_path: Path):
    """One file larger than the child's memory, one pipe that is read for ever."""
    big, good, pipe = tmp_path / "大.txt", tmp_path / "好.txt", tmp_path / "管道"
    with big.open("wb") as file:
        file.truncate(400 * MIB)
    good.write_text(letter(MARK), encoding="utf-8")
    os.mkfifo(pipe)
    settings = Settings(pictures=False, limits=Limits(seconds=1, memory=700 * MIB, grace=0))
    jobs = [Job(str(path)) for path in (big, pipe, good)]
    results = {Path(job.path).name: result for job, result in Crew(settings, 1).screen(jobs)}
    assert len(results) == 3
    assert results["好.txt"] is not None and results["好.txt"].status is Status.FOUND
    for name in ("大.txt", "管道"):
        result = results[name]
        assert result is not None and result.status is Status.UNCHECKED


def test_files_are_listed_once_and_in_order(tmp_path: Path):
    for name in ("乙.txt", "甲.txt", "a.txt"):
        (tmp_path / name).write_text("x")
    listing = listed([tmp_path, tmp_path / "a.txt", tmp_path])
    assert [Path(path).name for path in listing.files] == ["a.txt", "乙.txt", "甲.txt"]
