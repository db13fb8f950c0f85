"""Extension, signature and container must agree; what hides something is refused with words."""

import io
import struct
import zipfile

import pytest

from shoumi.platform.attachments.media import BadFile, check_file, clean_name
from shoumi.platform.attachments.tests.conftest import docx, package, pdf

ALL = ["pdf", "ofd", "docx", "xlsx", "pptx", "txt", "png", "jpg", "tif", "odt"]
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    + struct.pack(">II", 10, 10)
    + b"\x08\x02\x00\x00\x00crc4"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)
JPG = b"\xff\xd8\xff\xe0" + b"data" * 8 + b"\xff\xd9"
XLSX = package({"[Content_Types].xml": "<T/>", "xl/workbook.xml": "<w/>"})
BOMB = package({"[Content_Types].xml": "<T/>", "word/document.xml": "0" * 30_000_000})


def taken(name, content, *, allowed=tuple(ALL), longest=1 << 20):
    return check_file(name, content, allowed=allowed, longest=longest)


def linked():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as z:
        z.writestr("[Content_Types].xml", "<T/>")
        z.writestr("word/document.xml", "<w/>")
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        z.writestr(link, "/etc/passwd")
    return target.getvalue()


def locked():
    content = bytearray(docx())
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    return bytes(content)


EXTERNAL = (
    '<Relationships><Relationship Type="http://x/attachedTemplate" Target="http://e/x.dotm"'
    ' TargetMode="External"/></Relationships>'
)
GOOD = [
    ("报告.pdf", pdf()),
    ("照片.PNG", PNG),
    ("照片.jpeg", JPG),
    ("扫描.tiff", b"II*\x00" + b"0" * 20),
    ("说明.txt", "机要室值班安排".encode()),
    ("说明.txt", "机要室值班安排".encode("gb18030")),
    ("公文.docx", docx()),
    ("台账.xlsx", XLSX),
    ("汇报.pptx", package({"[Content_Types].xml": "<T/>", "ppt/presentation.xml": "<p/>"})),
    ("公文.odt", package({"mimetype": "x", "content.xml": "<x/>"})),
    ("公文.ofd", package({"OFD.xml": "<o/>"})),
]
BAD = [
    ("空.pdf", b"", "空的"),
    ("大.pdf", pdf() + b" " * (1 << 20), "兆字节"),
    ("程序.exe", b"MZ", "不收"),
    ("无扩展名", pdf(), "不收"),
    ("图.svg", b"<svg/>", "不收"),
    ("包.zip", docx(), "不收"),
    ("旧.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99, "旧格式"),
    ("改名.pdf", PNG, "不符"),
    ("改名.png", pdf(), "不符"),
    ("改名.docx", XLSX, "不符"),
    ("改名.docx", pdf(), "不符"),
    ("改名.ofd", docx(), "不符"),
    ("改名.txt", b"MZ\x00\x01\x02", "不符"),
    ("改名.jpg", b"\xff\xd8\xff\xe0cut", "不符"),
    ("截短.pdf", pdf()[:20], "不符"),
    ("截短.png", PNG[:-4], "不符"),
    ("拖尾.png", PNG + b"<script>", "不符"),
    ("巨图.png", PNG[:16] + struct.pack(">II", 60_000, 60_000) + PNG[24:], "边长"),
    ("脚本.pdf", pdf(b"/JavaScript (x)"), "脚本"),
    ("脚本.pdf", pdf(b"/J#61vaScript (x)"), "脚本"),
    ("启动.pdf", pdf(b"/Launch"), "启动"),
    ("内嵌.pdf", pdf(b"/EmbeddedFile"), "内嵌"),
    ("加密.pdf", pdf(b"/Encrypt 3 0 R"), "密码"),
    ("夹带.pdf", b"%PDF-1.4\n%%EOF\n" + docx() + b"%%EOF", "夹带"),
    ("夹带.jpg", JPG[:-2] + docx() + b"\xff\xd9", "夹带"),
    ("宏.docx", docx(**{"word/vbaProject.bin": "x"}), "宏"),
    ("嵌套.docx", docx(**{"word/embeddings/a.zip": "x"}), "内嵌"),
    ("路径.docx", docx(**{"../../etc/cron": "x"}), "路径"),
    ("路径.docx", docx(**{"/etc/cron": "x"}), "路径"),
    ("路径.docx", docx(**{"C:\\x": "x"}), "路径"),
    ("实体.docx", docx(**{"word/a.xml": '<!DOCTYPE a [<!ENTITY x "y">]>'}), "实体"),
    ("外链.docx", docx(**{"word/_rels/settings.xml.rels": EXTERNAL}), "外部"),
    ("炸弹.docx", BOMB, "过大"),
    ("多件.docx", docx(**{f"p{n}": "" for n in range(2_001)}), "过大"),
    ("链接.docx", linked(), "链接"),
    ("加密.docx", locked(), "密码"),
    ("损坏.docx", docx()[:-30], "损坏"),
    ("损坏.docx", b"PK\x03\x04" + b"\xff" * 50, "损坏"),
]


@pytest.mark.parametrize(("name", "content"), GOOD)
@pytest.mark.clause("systems.attachment")
def test_an_honest_file_is_taken(name, content):
    assert taken(name, content).media_type


@pytest.mark.parametrize(("name", "content", "words"), BAD)
@pytest.mark.clause("systems.attachment")
def test_a_file_that_is_not_what_it_says_is_refused(name, content, words):
    with pytest.raises(BadFile, match=words) as refusal:
        taken(name, content)
    assert refusal.value.clause == "systems.attachment" and refusal.value.way_on


def test_a_type_the_rulebook_does_not_list_is_refused():
    with pytest.raises(BadFile, match="不收"):
        taken("扫描.tif", b"II*\x00" + b"0" * 20, allowed=["pdf"])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\文件\\报告.pdf", "报告.pdf"),
        ("../../报告.pdf", "报告.pdf"),
        (" 报告.pdf. ", "报告.pdf"),
    ],
)
def test_a_name_is_kept_without_its_path(given, kept):
    assert clean_name(given) == kept


@pytest.mark.parametrize(
    "name", ["CON.pdf", "nul", "a\x00.pdf", "报\u202efdp.exe", "a<b>.pdf", "", "...", "长" * 121]
)
def test_a_name_that_deceives_is_refused(name):
    with pytest.raises(BadFile):
        clean_name(name)
