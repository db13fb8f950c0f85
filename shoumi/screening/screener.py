"""One file from its bytes to its result; everything that goes wrong is a line of that result."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import overload

from shoumi.screening.detector import Detector, as_finding, check_examples
from shoumi.screening.findings import FileResult, Finding, Unread
from shoumi.screening.lineage import Lineage
from shoumi.screening.passage import Passage, Zone
from shoumi.screening.readers.archives import name_text
from shoumi.screening.readers.pictures import read_pictured
from shoumi.screening.readers.pieces import MIB, Budget, Gap, Member, Picture, TooMuch, Unreadable
from shoumi.screening.rules import own_rules
from shoumi.screening.sniffing import reader_of
from shoumi.screening.words import WordList

LARGEST_FILE = 512 * MIB
SEPARATOR = "!"
FAILED = "读取时出错"


class Screener:
    """Screens files one after another; make one and keep it.

    The rules are held to their examples once, when the first screener of the process is made.
    """

    _proved = False

    def __init__(
        self,
        words: WordList | None = None,
        *,
        lineage: Lineage | None = None,
        pictures: bool = True,
        portable: bool = False,
        cache: Path | None = None,
        budget: Budget | None = None,
    ) -> None:
        """`pictures=False` lists every image as unread instead of reading it."""
        if not Screener._proved:
            check_examples(own_rules())
            Screener._proved = True
        self._detector = Detector(words, lineage=lineage, portable=portable, cache=cache)
        self._pictures = pictures
        self._budget = budget or Budget()

    @overload
    def scan(self, path: Path) -> FileResult: ...
    @overload
    def scan(self, path: Path, *, known: str) -> FileResult | None: ...
    def scan(self, path: Path, *, known: str = "") -> FileResult | None:
        """Screen a file; None where its digest (SHA-256) is the known one.

        Raises nothing that the file could cause, but MemoryError.
        """
        result = FileResult(str(path))
        try:
            size = path.stat().st_size
            if size > LARGEST_FILE:
                result.size = size
                result.unread.append(Unread("", f"文件超过{LARGEST_FILE // MIB}MB"))
                return result
            data = path.read_bytes()
        except OSError as error:
            result.unread.append(Unread("", f"不能读取：{error.strerror}"))
            return result
        if known and hashlib.sha256(data).hexdigest() == known:
            return None
        return self.scan_bytes(data, name=name_text(os.fsencode(path.name)), result=result)

    def scan_bytes(self, data: bytes, *, name: str, result: FileResult | None = None) -> FileResult:
        """Screen what a file of that name would hold."""
        result = result or FileResult(name)
        result.size, result.digest = len(data), hashlib.sha256(data).hexdigest()
        budget = replace(self._budget)
        if not self._pictures:
            budget.pictures = 0
        budget.start()
        self._screen(name, data, "", budget, result, budget.depth)
        result.findings.sort(key=_order)
        result.notes.sort(key=_order)
        return result

    def _screen(
        self, name: str, data: bytes, inside: str, budget: Budget, result: FileResult, depth: int
    ) -> None:
        passages = [Passage(name, "文件名", Zone.NAME)]
        unread: list[Unread] = []
        pictures: list[Picture] = []
        try:
            if depth < 0:
                raise TooMuch("压缩包嵌套过深")
            for piece in reader_of(name, data)(data, budget):
                if isinstance(piece, Passage):
                    passages.append(piece)
                elif isinstance(piece, Member):
                    path = f"{inside}{SEPARATOR}{piece.name}" if inside else piece.name
                    self._screen(piece.name, piece.data, path, budget, result, depth - 1)
                elif isinstance(piece, Picture):
                    pictures.append(piece)
                else:
                    path = f"{inside}{SEPARATOR}{piece.name}" if inside and piece.name else inside
                    unread.append(Unread(path or piece.name, piece.reason))
        except TooMuch as error:
            unread.append(Unread(inside, str(error)))
            if inside:
                result.unread += unread
                raise
        except Unreadable as error:
            unread.append(Unread(inside, str(error)))
        except RecursionError:
            unread.append(Unread(inside, "结构嵌套过深"))
        except MemoryError:
            raise
        except Exception as error:  # A reader's mistake must not pass a file, nor end the scan.
            unread.append(Unread(inside, f"{FAILED}（{type(error).__name__}）"))
        passages += self._read_pictures(pictures, inside, budget, unread)
        result.unread += unread
        self._judge(passages, inside, result)

    def _read_pictures(
        self, pictures: list[Picture], inside: str, budget: Budget, unread: list[Unread]
    ) -> Iterator[Passage]:
        seen: set[bytes] = set()
        for picture in pictures:
            digest = hashlib.sha256(picture.data).digest()
            if digest in seen:
                continue
            seen.add(digest)
            budget.pictures -= 1
            try:
                if not self._pictures:
                    raise Unreadable("按要求未识别图片文字")
                if budget.pictures < 0 or budget.is_late:
                    raise Unreadable("图片过多，未识别")
                for piece in read_pictured(picture):
                    if isinstance(piece, Gap):
                        unread.append(Unread(inside, piece.reason))
                    else:
                        yield piece
            except Unreadable as error:
                unread.append(
                    Unread(inside, f"{picture.place}：{error}" if picture.place else str(error))
                )

    def _judge(self, passages: list[Passage], inside: str, result: FileResult) -> None:
        seen: set[tuple[object, ...]] = set()
        for passage, draft, key in self._detector.detect(passages):
            finding = as_finding(passage, draft, key, inside)
            same = (finding.kind, finding.value, _spot(finding))
            if same in seen:
                continue
            seen.add(same)
            (result.findings if finding.kind.holds else result.notes).append(finding)


def _spot(finding: Finding) -> str:
    """One value is told once a file and part, personal numbers once at all."""
    return "" if finding.kind.is_personal else finding.place


def _order(finding: Finding) -> tuple[str, int, str, str]:
    return finding.inside, -finding.confidence, finding.kind.value, ""
