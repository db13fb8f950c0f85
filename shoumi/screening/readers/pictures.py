"""Reading writing out of pictures, with models that come inside the package; nothing is fetched."""

import io
import logging
import warnings
from collections.abc import Iterator
from functools import cache
from typing import Any

from shoumi.screening.passage import Passage, Zone
from shoumi.screening.readers.pieces import Budget, Gap, Picture, Piece, Unreadable

_MOST_PIXELS = 80_000_000
_LONGEST_SIDE = 2600
_SMALLEST_SIDE = 24
_MOST_FRAMES = 50
_SURE = 0.5
_HEAD_LINES = 8


def can_read_pictures() -> bool:
    """Whether the optional part `shoumi[ocr]` is installed."""
    try:
        import rapidocr  # noqa: F401
    except ImportError:
        return False
    return True


def read_picture(data: bytes, budget: Budget) -> Iterator[Piece]:
    yield Picture("", data)


def read_pictured(picture: Picture) -> Iterator[Passage | Gap]:
    """The lines of an image, every frame of it; raises Unreadable if it is none."""
    if not can_read_pictures():
        raise Unreadable("未安装图片文字识别组件")
    for number, image in enumerate(_frames(picture.data)):
        if number >= _MOST_FRAMES:
            yield Gap(f"图片超过{_MOST_FRAMES}幅，其余未识别")
            return
        if min(image.size) < _SMALLEST_SIDE:
            continue
        lines = _lines(image)
        if lines:
            place = f"{picture.place}图中文字" if picture.place else "图中文字"
            page = f"第{number + 1}幅" if number else ""
            yield Passage("\n".join(lines), place + page, Zone.PICTURE, "行", _HEAD_LINES)


def _frames(data: bytes) -> Iterator[Any]:
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data))
            if image.size[0] * image.size[1] > _MOST_PIXELS:
                raise Unreadable("图片像素过多，未识别")
            for frame in ImageSequence.Iterator(image):
                upright = ImageOps.exif_transpose(frame)
                flat = _on_white(upright)
                flat.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
                yield flat
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable("图片像素过多，未识别") from error
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        KeyError,
        TypeError,
    ) as error:
        raise Unreadable("图片已损坏，不能打开") from error


def _on_white(image: Any) -> Any:
    """Transparent parts are paper."""
    from PIL import Image

    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        rgba = image.convert("RGBA")
        paper = Image.new("RGBA", rgba.size, "white")
        return Image.alpha_composite(paper, rgba).convert("RGB")
    return image.convert("RGB")


@cache
def _engine() -> Any:
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _lines(image: Any) -> list[str]:
    """Boxes that stand at one height make a line, divided where they stand apart."""
    import numpy

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = _engine()(numpy.asarray(image)[:, :, ::-1])
    if read is None or read.txts is None or read.boxes is None:
        return []
    boxes = []
    for text, box, score in zip(read.txts, read.boxes, read.scores, strict=True):
        xs, ys = [float(p[0]) for p in box], [float(p[1]) for p in box]
        if score >= _SURE and text.strip():
            boxes.append((min(ys), max(ys), min(xs), max(xs), text))
    return arranged(boxes)


def arranged(boxes: list[tuple[float, float, float, float, str]]) -> list[str]:
    """Boxes (top, bottom, left, right, text) as lines of text."""
    rows: list[list[tuple[float, float, float, float, str]]] = []
    for box in sorted(boxes, key=lambda one: (one[0] + one[1]) / 2):
        middle = (box[0] + box[1]) / 2
        if rows:
            last = rows[-1]
            centre = sum((one[0] + one[1]) / 2 for one in last) / len(last)
            height = min(box[1] - box[0], min(one[1] - one[0] for one in last))
            if abs(middle - centre) < 0.5 * height:
                last.append(box)
                continue
        rows.append([box])
    lines = []
    for row in rows:
        out, edge = [], None
        for top, bottom, left, right, text in sorted(row, key=lambda one: one[2]):
            if edge is not None:
                out.append("\t" if left - edge > 0.6 * (bottom - top) else "")
            out.append(text)
            edge = right
        lines.append("".join(out))
    return lines
