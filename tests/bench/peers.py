"""What others do with the same files; runs in the peers' own environment, prints one JSON line.

Usage: peers.py TASK ARGUMENT…  Every task times only its work, not what it loads first:
processor time, but for the folder, which is a matter of the clock.
"""

import json
import re
import sys
import time
from pathlib import Path


def aho(text_file: str, words_file: str) -> dict[str, float]:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for word in Path(words_file).read_text("utf-8").split("\n"):
        automaton.add_word(word, word)
    automaton.make_automaton()
    start = time.process_time()
    hits = sum(1 for _ in automaton.iter(Path(text_file).read_text("utf-8")))
    return {"seconds": time.process_time() - start, "hits": hits}


def patterns(text_file: str, patterns_file: str) -> dict[str, float]:
    compiled = [re.compile(one) for one in Path(patterns_file).read_text("utf-8").split("\n")]
    start = time.process_time()
    text = Path(text_file).read_text("utf-8")
    hits = sum(1 for pattern in compiled for _ in pattern.finditer(text))
    return {"seconds": time.process_time() - start, "hits": hits}


def _recognizers(patterns_file: str) -> list:
    from presidio_analyzer import Pattern, PatternRecognizer

    return [
        PatternRecognizer(f"R{number}", patterns=[Pattern("p", one, 0.5)], supported_language="zh")
        for number, one in enumerate(Path(patterns_file).read_text("utf-8").split("\n"))
    ]


def _analyse(recognizers: list, text: str) -> int:
    return sum(len(one.analyze(text, one.supported_entities, None)) for one in recognizers)


def presidio(text_file: str, patterns_file: str, most: str) -> dict[str, float]:
    """The regex path alone, no language model; `most` bytes, for it is slow."""
    recognizers = _recognizers(patterns_file)
    start = time.process_time()
    text = Path(text_file).read_bytes()[: int(most)].decode("utf-8", "ignore")
    hits = 0
    for at in range(0, len(text), 20_000):
        hits += _analyse(recognizers, text[at : at + 20_000])
    return {"seconds": time.process_time() - start, "hits": hits}


def docx(file: str, times: str) -> dict[str, float]:
    """python-docx with tables and headers, which is what a careful user would write."""
    from docx import Document

    start = time.process_time()
    signs = 0
    for _ in range(int(times)):
        document = Document(file)
        parts = [p.text for p in document.paragraphs]
        parts += [c.text for t in document.tables for r in t.rows for c in r.cells]
        for section in document.sections:
            for margin in (section.header, section.footer):
                parts += [p.text for p in margin.paragraphs]
        signs = sum(map(len, parts))
    return {"seconds": time.process_time() - start, "hits": signs}


def folder(path: str, patterns_file: str) -> dict[str, float]:
    """kreuzberg for the text, Presidio's regex path on it."""
    from kreuzberg import extract_file_sync

    recognizers = _recognizers(patterns_file)
    start = time.perf_counter()
    hits = failed = 0
    for file in sorted(Path(path).iterdir()):
        try:
            text = extract_file_sync(str(file)).content
        except Exception:
            failed += 1
            continue
        hits += _analyse(recognizers, text) > 0
    return {"seconds": time.perf_counter() - start, "hits": hits, "failed": failed}


TASKS = {
    "aho": aho,
    "patterns": patterns,
    "presidio": presidio,
    "docx": docx,
    "folder": folder,
}

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](*sys.argv[2:])))
