"""PDF: text of every page, annotations, forms, properties, attachments; scanned pages as pictures."""

import ctypes
import io
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from shoumi.screening.passage import Passage, Zone
from shoumi.screening.readers.pieces import Budget, Gap, Member, Picture, Piece, Unreadable

_HEAD_LINES = 6
_LATER_HEAD = 2
_SCARCE = 16
"""A page with fewer readable signs than this is looked at as a picture."""
_DPI = 170
_LARGEST = 4200
_REASONS = {4: "已加密，需要口令", 5: "已加密，安全方式不支持"}


def read_pdf(data: bytes, budget: Budget) -> Iterator[Piece]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        raise Unreadable(_REASONS.get(code or 0, "PDF 已损坏，不能打开")) from error
    try:
        yield from _document(document, budget)
    finally:
        document.close()


def _document(document: Any, budget: Budget) -> Iterator[Piece]:
    properties = "\n".join(
        value.replace("\x00", "") for value in document.get_metadata_dict().values() if value
    )
    if properties:
        yield Passage(properties, "PDF 属性", Zone.ASIDE, head=99)
    count = len(document)
    if not count:
        raise Unreadable("PDF 中没有页面")
    for index in range(min(count, budget.pages)):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            yield Gap(f"第{index + 1}页已损坏")
            continue
        try:
            yield from _page(page, index, budget)
        finally:
            page.close()
    if count > budget.pages:
        yield Gap(f"共{count}页，只检查了前{budget.pages}页")
    yield from _outline(document)
    yield from _attachments(document)


def _page(page: Any, index: int, budget: Budget) -> Iterator[Piece]:
    place = f"第{index + 1}页"
    text = ""
    try:
        inner = page.get_textpage()
        text = inner.get_text_range(errors="ignore").replace("\r\n", "\n").replace("\r", "\n")
        inner.close()
    except pypdfium2.PdfiumError:
        yield Gap(f"{place}文字不能取出")
    text = text.replace("\x00", "").replace("\ufffe", "").replace("\uffff", "")
    if text.strip():
        head = _HEAD_LINES if index == 0 else _LATER_HEAD
        yield Passage(text, place, Zone.BODY, "行", head)
    for note in _annotations(page):
        yield Passage(note, f"{place}批注", Zone.ASIDE, head=1)
    if not _is_picture(page, text):
        return
    if budget.pictures > 0:
        yield Picture(place, _rendered(page))
    else:
        yield Gap(f"{place}是图片，未识别文字")


def _is_picture(page: Any, text: str) -> bool:
    """Whether what is seen on the page may be more than the text layer tells."""
    signs = [sign for sign in text if not sign.isspace()]
    garbled = sum("\ue000" <= sign <= "\uf8ff" or sign == "\ufffd" for sign in signs)
    if len(signs) >= _SCARCE and garbled * 10 < len(signs):
        return _covered(page) > 0.5
    kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING)
    return garbled > 0 or next(iter(page.get_objects(filter=kinds, max_depth=3)), None) is not None


def _covered(page: Any) -> float:
    """The share of the page under its largest image."""
    width, height = page.get_size()
    most = 0.0
    for image in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = image.get_bounds()
        most = max(most, (right - left) * (top - bottom))
    return float(most / max(width * height, 1.0))


def _rendered(page: Any) -> bytes:
    width, height = page.get_size()
    scale = min(_DPI / 72, _LARGEST / max(width, height, 1.0))
    bitmap = page.render(scale=scale, grayscale=False)
    image = bitmap.to_pil()
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    bitmap.close()
    return out.getvalue()


def _annotations(page: Any) -> Iterator[str]:
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), 2000)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        for key in (b"Contents", b"T", b"Subj", b"V", b"TU", b"DA_Text"):
            if text := _string(note, key):
                yield text
        pdfium.FPDFPage_CloseAnnot(note)


def _string(note: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(note, key, None, 0)
    if not 2 < size < 1_000_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAnnot_GetStringValue(
        note, key, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size
    )
    return buffer.raw.decode("utf-16-le", "ignore").rstrip("\x00").strip()


def _outline(document: Any) -> Iterator[Passage]:
    titles = [
        title
        for _, bookmark in zip(range(5000), document.get_toc(max_depth=8), strict=False)
        if (title := bookmark.get_title())
    ]
    if titles:
        yield Passage("\n".join(titles), "书签", Zone.ASIDE)


def _attachments(document: Any) -> Iterator[Piece]:
    for index in range(document.count_attachments()):
        attachment = document.get_attachment(index)
        try:
            yield Member(attachment.get_name(), bytes(attachment.get_data()))
        except pypdfium2.PdfiumError:
            yield Gap("附件不能取出", attachment.get_name())
