"""Real bytes of every format, made on the fly: the papers that the tests screen."""

import io
import struct
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.comments import Comment

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
BODY = (
    "某某县水务局文件",
    "关于做好汛期值守工作的通知",
    "各科室：",
    "为做好汛期值守，现将有关事项通知如下。一要落实责任，二要加强巡查，三要及时报告。",
)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def tarred(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def runs(*pieces: str) -> str:
    """One paragraph, each piece a run of its own."""
    inner = "".join(
        f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>' for piece in pieces
    )
    return f"<w:p>{inner}</w:p>"


def document(xml: str) -> str:
    return f'<w:document xmlns:w="{W}"><w:body>{xml}</w:body></w:document>'


def docx(*, top: str = "", extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """A letter; `top` is XML put above it, `extra` further parts."""
    body = top + "".join(runs(line) for line in BODY)
    return packed(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": document(body), **(extra or {})}
    )


def part(tag: str, text: str) -> str:
    return f'<w:{tag} xmlns:w="{W}">{runs(text)}</w:{tag}>'


def text_box(text: str) -> str:
    """As Word writes it: once for new readers, once for old ones."""
    box = f"<w:txbxContent>{runs(text)}</w:txbxContent>"
    return f"<w:p><w:r><w:pict>{box}</w:pict></w:r><w:r><w:t>正文接着写</w:t></w:r></w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc>{runs(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl>{cells}</w:tbl>"


def xlsx(rows: Sequence[Sequence[object]], *, place: str = "", text: str = "") -> bytes:
    """A workbook; `text` is planted at `place`."""
    book = Workbook()
    sheet = book.active
    sheet.title = "一览表"
    for row in rows:
        sheet.append(list(row))
    plant = {
        "": lambda: None,
        "cell": lambda: sheet.insert_rows(1) or sheet.cell(1, 1, text),
        "comment": lambda: setattr(sheet["B2"], "comment", Comment(text, "某人")),
        "print header": lambda: setattr(sheet.oddHeader.left, "text", text),
        "print footer": lambda: setattr(sheet.oddFooter.right, "text", text),
        "hidden sheet": lambda: _hidden(book, text, "hidden"),
        "very hidden sheet": lambda: _hidden(book, text, "veryHidden"),
        "sheet name": lambda: setattr(sheet, "title", text),
        "properties": lambda: setattr(book.properties, "keywords", text),
    }
    plant[place]()
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _hidden(book: Workbook, text: str, state: str) -> None:
    sheet = book.create_sheet("底稿")
    sheet["A1"] = text
    sheet.sheet_state = state


def slide(*fields: str) -> str:
    shapes = "".join(
        f"<p:sp><p:txBody><a:p><a:r><a:t>{escape(field)}</a:t></a:r></a:p></p:txBody></p:sp>"
        for field in fields
    )
    return (
        f'<p:sld xmlns:p="{P}" xmlns:a="{A}"><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>'
    )


def pptx(extra: Mapping[str, str | bytes]) -> bytes:
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "ppt/presentation.xml": "<p/>",
            "ppt/slides/slide1.xml": slide("汛期值守培训", "某某县水务局"),
            **extra,
        }
    )


def odt(body: str, *, styles: str = "", meta: str = "") -> bytes:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    )
    lines = "".join(f"<text:p>{line}</text:p>" for line in BODY)
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {names}>{body}{lines}</office:document-content>",
            "styles.xml": f"<office:document-styles {names}>{styles}</office:document-styles>",
            "meta.xml": f"<office:document-meta {names}>{meta}</office:document-meta>",
        }
    )


OFD = 'xmlns:ofd="urn:ofd"'


def ofd_page(lines: Sequence[tuple[float, str]]) -> str:
    """Every character an object of its own, as some makers write them."""
    objects = "".join(
        f'<ofd:TextObject Boundary="{20 + 6 * at} {y} 6 6" Size="5"><ofd:TextCode X="0" Y="5">{sign}'
        "</ofd:TextCode></ofd:TextObject>"
        for y, text in lines
        for at, sign in enumerate(text)
    )
    return f"<ofd:Page {OFD}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"


def ofd(top: str = "", *, template: str = "", data: str = "") -> bytes:
    lines = [(20.0, top), *((40.0 + 10 * at, line) for at, line in enumerate(BODY))]
    return packed(
        {
            "OFD.xml": f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocInfo><ofd:CustomDatas>"
            f'<ofd:CustomData Name="备注">{data}</ofd:CustomData></ofd:CustomDatas></ofd:DocInfo>'
            "</ofd:DocBody></ofd:OFD>",
            "Doc_0/Pages/Page_0/Content.xml": ofd_page([line for line in lines if line[1]]),
            "Doc_0/Tpls/Tpl_0/Content.xml": ofd_page([(10.0, template)] if template else []),
        }
    )


def pdf(lines: Sequence[str], *, title: str = "", note: str = "") -> bytes:
    """One page in a Chinese font that is named and not embedded."""
    shown = " ".join(
        f"1 0 0 1 60 {800 - 24 * at} Tm <{line.encode('utf-16-be').hex()}> Tj"
        for at, line in enumerate(lines)
    )
    content = f"BT /F1 16 Tf {shown} ET".encode()
    text = (b"\xfe\xff" + title.encode("utf-16-be")).hex()
    comment = (b"\xfe\xff" + note.encode("utf-16-be")).hex()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Annots[9 0 R]"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
        b"/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 7 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]"
        b"/ItalicAngle 0/Ascent 800/Descent -200/StemV 80>>",
        f"<</Title<{text}>>>".encode(),
        f"<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents<{comment}>>>".encode(),
    ]
    out = io.BytesIO(b"%PDF-1.5\n")
    out.seek(0, 2)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(
        b"trailer<</Size %d/Root 1 0 R/Info 8 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, start)
    )
    return out.getvalue()


def page_image(lines: Sequence[str], *, form: str = "PNG") -> bytes:
    """A page as a scanner would leave it, 150 dpi."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (1000, 90 + 64 * len(lines)), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(_chinese_font()), 34)
    for at, line in enumerate(lines):
        draw.text((80, 50 + 64 * at), line, fill="black", font=font)
    out = io.BytesIO()
    image.save(out, form, **({"resolution": 150.0} if form == "PDF" else {}))
    return out.getvalue()


def _chinese_font() -> Path:
    folders = (Path("/usr/share/fonts"), Path.home() / ".fonts", Path("/Library/Fonts"))
    for folder in folders:
        for name in ("NotoSansCJK*egular*", "NotoSerifCJK*egular*", "wqy*", "Songti*"):
            for path in sorted(folder.rglob(name)):
                return path
    raise FileNotFoundError("a Chinese font is needed: fonts-noto-cjk")


SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with each stream in whole sectors (at least 4,096 bytes, so no short ones)."""
    fat: list[int] = [_FAT]
    sectors: list[bytes] = []
    entries: list[tuple[str, int, int]] = []

    def put(data: bytes) -> int:
        first = len(fat)
        count = max(1, -(-len(data) // SECTOR))
        for at in range(count):
            sectors.append(data[at * SECTOR : (at + 1) * SECTOR].ljust(SECTOR, b"\0"))
            fat.append(first + at + 1 if at + 1 < count else _END)
        return first

    for name, data in streams.items():
        whole = data.ljust(4096, b"\0")
        entries.append((name, put(whole), len(whole)))
    directory = _entry("Root Entry", 5, 1, _END, 0)
    for at, (name, first, size) in enumerate(entries, start=1):
        following = at + 1 if at < len(entries) else _FREE
        directory += _entry(name, 2, _FREE, first, size, following)
    start = put(directory)
    if len(fat) > SECTOR // 4:
        raise ValueError("too large for one table of sectors")
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, start, 0, 4096, _END, 0, _END, 0
    )
    head += struct.pack("<I", 0).ljust(436, b"\xff")
    return head + table + b"".join(sectors)


def _entry(name: str, kind: int, child: int, first: int, size: int, right: int = _FREE) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw), kind, 1, _FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )


def doc(body: str, *, header: str = "") -> bytes:
    """Word 97: the body in two pieces, then the headers."""
    text = (body + header).encode("utf-16-le")
    main = bytearray(0x400)
    struct.pack_into("<H", main, 0, 0xA5EC)
    struct.pack_into("<H", main, 0x0A, 0x0200)
    struct.pack_into("<8i", main, 0x4C, len(body), 0, len(header), 0, 0, 0, 0, 0)
    half, whole = len(body) // 2, len(body) + len(header)
    pieces = struct.pack("<3I", 0, half, whole)
    for where in (len(main), len(main) + 2 * half):
        pieces += struct.pack("<HIH", 0, where, 0)
    table = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", main, 0x01A2, 0, len(table))
    return compound({"WordDocument": bytes(main) + text, "1Table": table})


def xls(cells: Mapping[tuple[int, int], str | float], *, hidden: bool = False) -> bytes:
    """Excel 97: shared strings cut over two records, numbers, one sheet."""
    strings = [value for value in cells.values() if isinstance(value, str)]
    table = struct.pack("<II", len(strings), len(strings))
    for value in strings:
        table += struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
    # Cut inside the last string: the second record begins with the width again.
    cut = len(table) - 4
    shared = _record(0xFC, table[:cut]) + _record(0x3C, b"\x01" + table[cut:])
    title = "底稿"
    bof = struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0)
    name = struct.pack("<BB", len(title), 1) + title.encode("utf-16-le")
    size = len(_record(0x809, bof)) + len(_record(0x85, bytes(6) + name)) + len(shared) + 4
    book = _record(0x809, bof) + _record(0x85, struct.pack("<IBB", size, int(hidden), 0) + name)
    book += shared + _record(0x0A, b"")
    book += _record(0x809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0))
    for (row, column), value in cells.items():
        if isinstance(value, str):
            book += _record(0xFD, struct.pack("<HHHI", row, column, 0, strings.index(value)))
        else:
            book += _record(0x203, struct.pack("<HHHd", row, column, 0, value))
    return compound({"Workbook": book + _record(0x0A, b"")})


def _record(code: int, body: bytes) -> bytes:
    return struct.pack("<HH", code, len(body)) + body


def rtf(text: str, *, header: str = "") -> bytes:
    def coded(piece: str) -> str:
        return "".join(
            f"\\u{ord(sign) if ord(sign) < 32768 else ord(sign) - 65536}?" for sign in piece
        )

    head = f"{{\\header {coded(header)}\\par}}" if header else ""
    body = "".join(f"{coded(line)}\\par\n" for line in (text, *BODY))
    return f"{{\\rtf1\\ansi\\ansicpg936\\uc1{{\\fonttbl{{\\f0 SimSun;}}}}{head}{body}}}".encode(
        "ascii"
    )


def letter(first: str) -> str:
    """Plain text under a first line."""
    return "\n".join((first, *BODY))
