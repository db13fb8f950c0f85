"""Files that would hurt: each is refused with a sentence and a way on, and nothing is opened too far."""

import io
import struct
import zipfile

import pytest

from shoumi.domains.intake.rules import child, package
from shoumi.domains.intake.rules.package import BadFile
from shoumi.domains.intake.rules.reading import read_file
from shoumi.domains.intake.tests.books import spreadsheet, word

ROWS = [["序号", "姓名", "身份证号", "人员涉密等级"], [1, "甲", "", "无"]]


@pytest.fixture
def book(tmp_path):
    return spreadsheet(tmp_path / "人员.xlsx", {"人员": ROWS})


def rewritten(path, **parts):
    """The package with some parts replaced or added."""
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    kept |= {name.replace("__", "/"): content for name, content in parts.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in kept.items():
            archive.writestr(name, content)
    return path


def sheet_xml(cells="", after=""):
    head = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    return f"{head}{cells}</sheetData>{after}</worksheet>"


def with_sheet(path, xml):
    return rewritten(path, **{"xl/worksheets/sheet1.xml": xml})


@pytest.mark.clause("intake.file")
def test_each_hostile_file_gets_a_sentence_and_a_way_on(book, tmp_path):
    original = book.read_bytes()
    many = {f"xl/media/{n}.bin": b"" for n in range(package.MOST_ENTRIES)}

    def file(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    def fresh(name):
        return file(name, original)

    ole = package._OLE
    cases = {
        "第 200 列以外": with_sheet(
            fresh("far.xlsx"), sheet_xml('<row r="1"><c r="XFD1"><v>1</v></c></row>')
        ),
        "第 100000 行": with_sheet(fresh("deep.xlsx"), sheet_xml('<row r="1048576"/>')),
        "列以外或者": with_sheet(
            fresh("merged.xlsx"),
            sheet_xml("", '<mergeCells><mergeCell ref="A1:XFD99999"/></mergeCells>'),
        ),
        "展开后过大": rewritten(fresh("bomb.xlsx"), **{"xl/media/a.bin": b"\0" * 3_000_000}),
        "恶意构造": rewritten(fresh("many.xlsx"), **many),
        "指向了外面": rewritten(fresh("out.xlsx"), **{"../../etc/x": b"x"}),
        "不应有的声明": with_sheet(
            fresh("entity.xlsx"), '<!DOCTYPE x [<!ENTITY a "b">]>' + sheet_xml()
        ),
        "打开密码": file("locked.xlsx", ole + b"\0" * 600 + package._ENCRYPTED),
        "旧格式": file("old.xls", ole + b"\0" * 600),
        "改了扩展名": file("text.xlsx", "姓名,部门".encode()),
        "是空的": file("empty.xlsx", b""),
        "已损坏": file("cut.xlsx", original[: len(original) // 2]),
        "超过 5 MB": file("big.xlsx", b"PK" + b"\0" * (package.MOST_BYTES + 1)),
        "是一个压缩包": _archive(tmp_path / "plain.xlsx", {"a.txt": "x"}),
        "不是电子表格": _archive(
            tmp_path / "slides.xlsx", {"[Content_Types].xml": "x", "ppt/a.xml": "x"}
        ),
    }
    for words, path in cases.items():
        with pytest.raises(BadFile) as refused:
            read_file(path)
        assert words in refused.value.message, (path.name, refused.value.message)
        assert refused.value.way_on


def test_a_link_and_an_encrypted_part_are_refused(book, tmp_path):
    with zipfile.ZipFile(book, "a") as archive:
        link = zipfile.ZipInfo("xl/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(BadFile, match="指向了外面"):
        read_file(book)
    sealed = bytearray(word(tmp_path / "a.docx", "文").read_bytes())
    for at in range(len(sealed) - 4):
        if sealed[at : at + 4] == b"PK\x01\x02":
            sealed[at + 8] |= 1
    (tmp_path / "b.docx").write_bytes(bytes(sealed))
    with pytest.raises(BadFile, match="加了密"):
        read_file(tmp_path / "b.docx")


def test_a_part_that_lies_about_its_size_does_not_get_through(book):
    """The directory says little, the stream holds much: it is cut off at what was said, and then wrong."""
    path = rewritten(book, **{"xl/media/a.xml": b"<a>" + b"0" * 400_000 + b"</a>"})
    content = bytearray(path.read_bytes())
    real = struct.pack("<I", 400_007)
    lied = content.replace(real, struct.pack("<I", 7))
    assert bytes(lied) != bytes(content)
    path.write_bytes(bytes(lied))
    with pytest.raises(BadFile):
        read_file(path)


def test_a_reading_process_that_is_lost_is_a_refusal(book):
    rewritten(book, **{"xl/workbook.xml": b"<workbook"})
    with pytest.raises(BadFile, match="没有能够读完"):
        read_file(book)


def test_the_limits_stand(monkeypatch, tmp_path):
    said = {}
    monkeypatch.setattr(child.resource, "setrlimit", lambda what, to: said.__setitem__(what, to[0]))
    monkeypatch.setattr(child.sys, "stdout", io.StringIO())
    path = spreadsheet(tmp_path / "a.xlsx", {"人员": ROWS})
    assert child.main(["read", str(path)]) == 0
    assert said == {child.resource.RLIMIT_AS: 1 << 30, child.resource.RLIMIT_CPU: 60}


def _archive(path, parts):
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path
