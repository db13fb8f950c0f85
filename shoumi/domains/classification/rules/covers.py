"""The cover (封面) as a .docx: the mark in the place the national standard gives it, drawn as everywhere."""

from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from shoumi.kernel.marks import drawn

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
# Sizes in half points: 3号 is 16 pt, 小标宋 2号 is 22 pt.
SMALL, LARGE = 32, 44
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TYPES = (
    f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{PACKAGE}/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def cover_docx(
    *, body: str, number: str, name: str, mark_text: str, struck: Sequence[str]
) -> bytes:
    """One page: number on the first line, mark on the second, then body and name (GB/T 9704)."""
    mark = "".join(
        _run(stroke.text, "黑体", SMALL, struck=stroke.struck)
        for stroke in drawn(mark_text, struck)
    )
    lines = [
        _paragraph(_run(number, "黑体", SMALL)),
        _paragraph(mark),
        _paragraph("", space=1200),
        _paragraph(_run(body, "宋体", LARGE), centre=True),
        _paragraph("", space=600),
        _paragraph(_run(name, "宋体", LARGE), centre=True),
    ]
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{NAMESPACE}"><w:body>'
        f"{''.join(lines)}"
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"/></w:sectPr>'
        "</w:body></w:document>"
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": text,
    }
    out = BytesIO()
    with ZipFile(out, "w") as package:
        for path, part in parts.items():
            package.writestr(ZipInfo(path, _EPOCH), part, compress_type=ZIP_DEFLATED)
    return out.getvalue()


def _paragraph(runs: str, *, centre: bool = False, space: int = 0) -> str:
    centred = '<w:jc w:val="center"/>' if centre else ""
    return f'<w:p><w:pPr><w:spacing w:before="{space}"/>{centred}</w:pPr>{runs}</w:p>'


def _run(text: str, font: str, size: int, *, struck: bool = False) -> str:
    line = "<w:strike/>" if struck else ""
    return (
        f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>{line}'
        f'<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{escape(text)} </w:t></w:r>'
    )
