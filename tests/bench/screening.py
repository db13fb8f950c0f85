"""How well and how fast screening is, beside others, in one run on the same files and cores.

    make bench-screening [LABELS=folder with labels.json]

Prints ratios with the medians they are made of. Speeds of different runs are not comparable.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

from shoumi.screening import Screener, Status, WordList
from shoumi.screening.detector import Detector
from shoumi.screening.engine import HyperscanEngine
from shoumi.screening.passage import Passage, Zone
from shoumi.screening.readers.office import read_office
from shoumi.screening.readers.pieces import Budget
from shoumi.screening.rules import own_rules
from shoumi.screening.scan import scan
from shoumi.screening.tests import papers
from shoumi.screening.workers import Settings

ROUNDS = int(os.environ.get("ROUNDS", "5"))
MIB = 1024 * 1024
HERE = Path(__file__).resolve().parent
REGULATIONS = HERE.parents[1] / "shoumi" / "platform" / "rulebook" / "data" / "regulations"
PLANTS = (
    "机密★10年",
    "秘 密 ★ 5 年",
    "份号：000123",
    "519921199202194625",
    "13800305529",
    "6299 0211 7614 2993",
)


def corpus(size: int) -> str:
    """Clauses of the rulebook shuffled into lines; one line in two hundred bears a plant."""
    chance = random.Random(20261127)
    source = "".join(path.read_text("utf-8") for path in sorted(REGULATIONS.glob("*.toml")))
    clauses = [
        c for c in source.replace('"', "").replace("\n", "。").split("。") if 8 < len(c) < 80
    ]
    lines: list[str] = []
    length = 0
    while length < size:
        line = "，".join(chance.choices(clauses, k=3)) + "。"
        if chance.random() < 0.005:
            lines.append(chance.choice(PLANTS))
        lines.append(line)
        length += len(line.encode())
    return "\n".join(lines)


def word_list(count: int, text: str) -> tuple[str, ...]:
    """Words of two to eight characters out of the text's own pairs, so that beginnings collide."""
    chance = random.Random(count)
    signs = [sign for sign in text[:200_000] if "\u4e00" <= sign <= "\u9fff"]
    words: dict[str, None] = {}
    while len(words) < count:
        at = chance.randrange(len(signs) - 8)
        words[
            "".join(signs[at : at + 2]) + "".join(chance.choices(signs, k=chance.randrange(1, 7)))
        ] = None
    return tuple(words)


def spent() -> float:
    """Processor time of this process and of the children that have ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time: other work on the machine does not count."""
    start = spent()
    work()
    return spent() - start


class Bench:
    def __init__(self, peers: Path, folder: Path, size: int) -> None:
        self.peers, self.folder = peers, folder
        self.text = corpus(size)
        self.file = folder / "corpus.txt"
        self.file.write_text(self.text, "utf-8")
        self.size = self.file.stat().st_size / 1e6
        self.patterns = folder / "patterns"
        self.patterns.write_text("\n".join(comparable_patterns()), "utf-8")
        self.greps = {
            name: path
            for name, path in (
                ("ripgrep 13", peers / "rg13" / "usr" / "bin" / "rg"),
                ("ripgrep 15", peers / "rg15" / "package" / "bin" / "rg"),
            )
            if path.exists()
        }

    def peer(self, task: str, *arguments: object) -> float:
        python = self.peers / "venv" / "bin" / "python"
        done = subprocess.run(
            [python, HERE / "peers.py", task, *map(str, arguments)],
            stdout=subprocess.PIPE,
            check=True,
        )
        return float(json.loads(done.stdout.splitlines()[-1])["seconds"])

    def grep(self, path: Path, *arguments: object) -> float:
        command = [path, "--no-config", "-j1", "-o", "-b", "--no-filename", *arguments, self.file]
        return timed(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=False))

    def table(self, title: str, rivals: dict[str, Callable[[], float]], size: float) -> None:
        """Interleaved rounds; ours is the first row."""
        taken: dict[str, list[float]] = {name: [] for name in rivals}
        for _ in range(ROUNDS):
            for name, work in rivals.items():
                taken[name].append(work())
        speeds = {name: size / median(seconds) for name, seconds in taken.items()}
        ours, *others = speeds
        print(f"\n{title}")
        for name, speed in speeds.items():
            spread = f"{size / max(taken[name]):.0f}–{size / min(taken[name]):.0f}"
            print(f"  {name:<34}{speed:>8.1f} MB/s  ({spread})")
        greps = [speeds[name] for name in others if name.startswith("ripgrep")]
        if greps:
            print(f"  与最快的 ripgrep 之比  {speeds[ours] / max(greps):.2f}")


def comparable_patterns() -> Iterable[str]:
    """The rules' own patterns as a line-oriented tool can take them."""
    for rule in own_rules().rules:
        if rule.key in {
            "mark.starred",
            "copy_number.labelled",
            "number.digits",
            "mark.labelled",
            "contact.email",
        }:
            yield rule.anchor.replace("\\n", "").replace("\\v", "").replace("\v", "")


def matching(bench: Bench) -> None:
    os.sched_setaffinity(0, {0})

    def ours(detector: Detector, *, only_words: bool = False) -> Callable[[], float]:
        def work() -> None:
            passage = Passage(bench.file.read_text("utf-8"), "", Zone.BODY, "行")
            found = (
                detector._terms_in(passage, passage.text.encode())
                if only_words
                else (detector.detect([passage]))
            )
            for _ in found:
                pass

        return lambda: timed(work)

    anchors = Detector()._engine
    same = HyperscanEngine(tuple(comparable_patterns()), "机密", ())
    bench.table(
        f"规则，{bench.size:.0f} MB（含校验）",
        {
            "守密：同样5条，定位": lambda: timed(lambda: same.rules(bench.file.read_bytes())),
            "守密：全部规则，定位": lambda: timed(lambda: anchors.rules(bench.file.read_bytes())),
            "守密：全部规则，含上下文与校验": ours(Detector()),
            **{
                f"{name}：其中5条": lambda path=path: bench.grep(path, "-f", bench.patterns)
                for name, path in bench.greps.items()
            },
            "re：其中5条": lambda: bench.peer("patterns", bench.file, bench.patterns),
        },
        bench.size,
    )
    small = 2 * MIB
    seconds = median(bench.peer("presidio", bench.file, bench.patterns, small) for _ in range(3))
    print(f"  presidio（正则部分，前{small / 1e6:.0f} MB）    {small / 1e6 / seconds:>8.1f} MB/s")
    for count in (5_000, 50_000):
        words = word_list(count, bench.text)
        listed = bench.folder / f"words{count}"
        listed.write_text("\n".join(words), "utf-8")
        detector = Detector(WordList(words), cache=bench.folder / "cache")
        # Made again from the cache, as every scan after the first does.
        start = time.perf_counter()
        detector = Detector(WordList(words), cache=bench.folder / "cache")
        print(f"\n{count}词的词表从缓存载入 {time.perf_counter() - start:.2f} 秒")
        engine = detector._engine
        bench.table(
            f"{count}词，{bench.size:.0f} MB",
            {
                "守密：词，定位": lambda engine=engine: timed(
                    lambda: engine.words(bench.file.read_bytes().lower())
                ),
                "守密：词，含变形写法与核对": ours(detector, only_words=True),
                "守密：全部规则与词": ours(detector),
                **{
                    name: lambda path=path, listed=listed: bench.grep(path, "-F", "-f", listed)
                    for name, path in bench.greps.items()
                },
                "pyahocorasick": lambda listed=listed: bench.peer("aho", bench.file, listed),
            },
            bench.size,
        )
        same_as_naive(engine, words[:400], detector)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))


def same_as_naive(engine: object, words: tuple[str, ...], detector: Detector) -> None:
    """Occurrences equal to a plain search, word by word, over a piece of text."""
    text = corpus(400_000)
    data = text.encode()
    found = Counter(
        detector._needles[number] for number, _, _ in detector._engine.words(data.lower())
    )
    for word in words:
        needle = word.encode().lower()
        count = at = 0
        while (at := data.find(needle, at)) >= 0:
            count, at = count + 1, at + 1
        if found[needle] != count:
            raise SystemExit(f"「{word}」应有{count}处，实为{found[needle]}处")
    print(f"  {len(words)}词与逐词查找的结果一致")


def extraction(bench: Bench) -> None:
    rows = [["序号", "事项"]] + [[str(n), "落实责任，加强巡查"] for n in range(60)]
    body = "".join(
        papers.runs("为做好", "汛期值守，", "现将有关事项通知如下。") for _ in range(400)
    )
    data = real_docx(body + papers.table(rows))
    file = bench.folder / "a.docx"
    file.write_bytes(data)
    times = 10
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(
            timed(lambda: [list(read_office(data, Budget())) for _ in range(times)]) / times
        )
        theirs.append(bench.peer("docx", file, times) / times)
    a, b = median(ours), median(theirs)
    print(
        f"\n取 .docx 全文：守密 {a * 1e3:.1f} 毫秒，python-docx（含表格页眉）{b * 1e3:.1f} 毫秒，快 {b / a:.1f} 倍"
    )


def real_docx(body: str) -> bytes:
    """With the relations that other programs insist on."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    return papers.packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" ContentType="application/'
            'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
            f'"application/xml"/><Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{kind}" '
            'Target="word/document.xml"/></Relationships>',
            "word/document.xml": papers.document(body + "<w:sectPr/>"),
        }
    )


MAKERS: tuple[tuple[str, Callable[[list[str]], bytes]], ...] = (
    (".docx", lambda lines: real_docx("".join(papers.runs(line) for line in lines))),
    (".xlsx", lambda lines: papers.xlsx([[line] for line in lines])),
    (".pdf", lambda lines: papers.pdf([line[:30] for line in lines])),
    (".txt", lambda lines: "\n".join(lines).encode("gb18030")),
    (".html", lambda lines: "".join(f"<p>{line}</p>" for line in lines).encode()),
)


def folder_of_papers(root: Path, count: int) -> None:
    """A mixed folder: every tenth paper is marked."""
    chance = random.Random(7)
    text = [line for line in corpus(600_000).split("\n") if line not in PLANTS]
    for number in range(count):
        lines = chance.sample(text, 25)
        mark = ["机密★10年"] if number % 10 == 0 else []
        suffix, made = MAKERS[number % len(MAKERS)]
        (root / f"{number:05}{suffix}").write_bytes(made(mark + lines))


def whole_files(bench: Bench, count: int) -> None:
    root = bench.folder / "papers"
    root.mkdir()
    folder_of_papers(root, count)
    settings = Settings(pictures=False)
    list(scan([root / "00000.docx"], settings))
    taken: dict[int, list[float]] = {1: [], 2: []}
    found = 0
    for _ in range(3):
        for workers, seconds in taken.items():
            start = time.perf_counter()
            results = list(scan([root], settings, workers=workers))
            seconds.append(time.perf_counter() - start)
            found = sum(result.status is Status.FOUND for result in results)
    one, two = median(taken[1]), median(taken[2])
    print(f"\n混合文件夹，{count}个文件（{count // 10}个有标志），找到{found}个")
    print(f"  守密，一个进程  {count / one:>8.0f} 个/秒")
    print(f"  守密，两个进程  {count / two:>8.0f} 个/秒，为一个进程的 {one / two:.2f} 倍")
    theirs = bench.peer("folder", root, bench.patterns)
    print(
        f"  kreuzberg 与 presidio  {count / theirs:>8.0f} 个/秒；守密一个进程为其 {theirs / one:.1f} 倍"
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"  子进程（含对照软件）内存最高 {peak:.0f} MB")


def accuracy(labels: Path, *, pictures: bool) -> None:
    """Recall and precision by kind on a labelled folder."""
    data = json.loads((labels / "labels.json").read_text("utf-8"))
    screener = Screener(WordList.read([labels / "terms.txt"]), pictures=pictures)
    right: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    extra: Counter[str] = Counter()
    for entry in data["files"]:
        if entry["needs_ocr"] and not pictures:
            continue
        result = screener.scan(labels / entry["path"])
        wanted = {(one["kind"], "".join(one["value"].split())) for one in entry["findings"]}
        found = {(one.kind.value, "".join(one.value.split())) for one in result.findings}
        if "unreadable" in entry["kinds"]:
            (right if result.status is Status.UNCHECKED else missed)["unreadable"] += 1
            continue
        for outcome, ones in (
            (right, wanted & found),
            (missed, wanted - found),
            (extra, found - wanted),
        ):
            outcome.update(kind for kind, _ in ones)
    print("\n准确度（应找到 / 找到 / 多报）")
    for kind in sorted(right | missed | extra):
        print(f"  {kind:<16}{right[kind] + missed[kind]:>5}{right[kind]:>5}{extra[kind]:>5}")
    precision = right.total() / max(right.total() + extra.total(), 1)
    recall = right.total() / max(right.total() + missed.total(), 1)
    print(f"  查全率 {recall:.4f}  查准率 {precision:.4f}")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--peers", type=Path, required=True)
    parser.add_argument("--labels", type=Path)
    parser.add_argument("--pictures", action="store_true")
    parser.add_argument("--size", type=int, default=24, help="MB")
    parser.add_argument("--files", type=int, default=2000)
    options = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    if options.labels:
        accuracy(options.labels, pictures=options.pictures)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options.peers, Path(folder), options.size * MIB)
        matching(bench)
        extraction(bench)
        whole_files(bench, options.files)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
