"""The chain of the trail (痕迹账): how an entry is digested, and how a whole chain is verified.

This file is also the stand-alone verifier: copied out next to a checkpoint it runs on any Python 3.11
with the standard library only (`python3 chain.py export.jsonl [--checkpoint checkpoint.json]`), so that
the officer who keeps the checkpoint need not trust the installation that is being verified.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

ALGORITHM = "sm3"
GENESIS = "0" * 64
COLUMNS = (
    "chain",
    "number",
    "at",
    "actor",
    "actor_name",
    "event",
    "subject",
    "clause",
    "body",
    "seals",
    "changes",
    "previous",
)
# chain, number, previous, digest, seals, and the text that the digest is of.
Link = tuple[Any, Any, Any, Any, Any, bytes]
_MASK = 0xFFFFFFFF
_INITIAL = (
    0x7380166F,
    0x4914B2B9,
    0x172442D7,
    0xDA8A0600,
    0xA96F30BC,
    0x163138AA,
    0xE38DEE4D,
    0xB0FB0E4E,
)


def sm3(data: bytes) -> str:
    """SM3 (GB/T 32905-2016) of `data` in lower-case hexadecimal, natively where OpenSSL has it."""
    if _NATIVE is None:
        return sm3_pure(data)
    digest = _NATIVE.copy()
    digest.update(data)
    return str(digest.hexdigest())


def sm3_pure(data: bytes) -> str:
    """SM3 without any library: slow (about 0.5 MB/s), for machines whose OpenSSL lacks it."""
    state: tuple[int, ...] = _INITIAL
    padded = data + b"\x80" + b"\x00" * ((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, "big")
    for start in range(0, len(padded), 64):
        state = _compress(state, padded[start : start + 64])
    return b"".join(word.to_bytes(4, "big") for word in state).hex()


def canonical(value: Any) -> str:
    """One text for one meaning: JSON with sorted keys, no spaces, Chinese left readable."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entry_text(values: Iterable[Any]) -> bytes:
    """What is digested of one entry: the values of COLUMNS in their order, as a JSON list.

    Every stored column is inside the digest, so no copy beside it can be edited unseen; a list keeps the
    borders between columns unambiguous.
    """
    return json.dumps(
        list(values), ensure_ascii=False, separators=(",", ":"), default=repr
    ).encode()


def entry_digest(values: Iterable[Any], *, sm3: Callable[[bytes], str] = sm3) -> str:
    """Digest of one entry from the values of COLUMNS in their order."""
    return sm3(entry_text(values))


@dataclass(frozen=True)
class Finding:
    """One thing that is not whole: `kind` for programs, `text` in Chinese for people."""

    kind: str
    text: str
    chain: str = ""
    number: int = 0
    table: str = ""
    key: str = ""


class Stride(NamedTuple):
    """Many entries of one chain in their order; columns joined by commas, seals by line breaks."""

    chain: str
    numbers: str
    previous: str
    digests: str
    seals: str
    texts: list[bytes]


@dataclass
class Walk:
    """What walking over the chains showed: heads, last seal of each row by chain, and what is broken.

    `watch` maps (chain, number) to the digest that a checkpoint kept outside expects there.
    """

    watch: Mapping[tuple[str, int], str] = field(default_factory=dict)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    seals: dict[str, dict[str, str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    entries: int = 0
    chain: str | None = None
    number: int = 0
    previous: str = GENESIS

    def stride(self, many: Stride) -> bool:
        """Take entries that follow without any fault, all at once; else take none of them."""
        self._enter(many.chain)
        digests = [sm3(text) for text in many.texts]
        first, last = self.number + 1, self.number + len(digests)
        if not digests or (many.numbers, many.previous, many.digests) != (
            ",".join(map(str, range(first, last + 1))),
            ",".join([self.previous, *digests[:-1]]),
            ",".join(digests),
        ):
            return False
        for name, number in self.watch:
            if name == self.chain and first <= number <= last:
                self._watch(name, number, digests[number - first])
        self._arrive(many.seals, last, digests[-1], len(digests))
        return True

    def step(self, link: Link) -> None:
        """Take one entry and name what is wrong with it."""
        name, number, before, stored, sealed, text = link
        self._enter(name)
        if number != self.number + 1:
            self.findings.append(_gap(name, self.number + 1, number))
        if before != self.previous:
            said = f"链 {name} 第 {number} 条与前一条不相接"
            self.findings.append(Finding("link", said, name, number))
        if sm3(text) != stored:
            said = f"链 {name} 第 {number} 条内容与摘要不符"
            self.findings.append(Finding("entry", said, name, number))
        self._watch(name, number, stored)
        arrived = number if isinstance(number, int) else self.number + 1
        self._arrive(str(sealed or ""), arrived, stored, 1)

    def finish(self) -> "Walk":
        """What the checkpoint knows and the chains no longer hold."""
        for name, number in self.watch:
            if not self.entry_at(name, number):
                last = self.heads.get(name, (0, ""))[0]
                said = f"检查点记有链 {name} 第 {number} 条，现链止于第 {last} 条"
                self.findings.append(Finding("truncated", said, name, number))
        return self

    def entry_at(self, chain: str, number: int) -> bool:
        return number <= self.heads.get(chain, (0, GENESIS))[0]

    def _enter(self, name: str) -> None:
        if name != self.chain:
            self.chain, self.number, self.previous = name, 0, GENESIS

    def _watch(self, name: str, number: int, digest: str) -> None:
        if self.watch.get((name, number), digest) != digest:
            said = f"链 {name} 第 {number} 条与检查点不符"
            self.findings.append(Finding("checkpoint", said, name, number))

    def _arrive(self, sealed: str, number: int, digest: str, entries: int) -> None:
        name = str(self.chain)
        parts = iter(sealed.replace("\n", "=").split("=") if sealed else ())
        self.seals.setdefault(name, {}).update(zip(parts, parts, strict=False))
        self.number, self.previous = number, digest
        self.heads[name] = (number, digest)
        self.entries += entries


def walk(links: Iterable[Link], *, watch: Mapping[tuple[str, int], str] | None = None) -> Walk:
    """Verify entries ordered by chain and number, one by one; names every break."""
    result = Walk(watch or {})
    for link in links:
        result.step(link)
    return result.finish()


def _gap(name: str, expected: int, number: Any) -> Finding:
    if isinstance(number, int) and number > expected:
        return Finding("gap", f"链 {name} 缺第 {expected} 条", name, expected)
    return Finding("order", f"链 {name} 第 {number} 条重复或错位", name, number)


def _compress(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    w = [int.from_bytes(block[i : i + 4], "big") for i in range(0, 64, 4)]
    for j in range(16, 68):
        x = w[j - 16] ^ w[j - 9] ^ _rotate(w[j - 3], 15)
        w.append(x ^ _rotate(x, 15) ^ _rotate(x, 23) ^ _rotate(w[j - 13], 7) ^ w[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        t = 0x79CC4519 if j < 16 else 0x7A879D8A
        ss1 = _rotate((_rotate(a, 12) + e + _rotate(t, j % 32)) & _MASK, 7)
        ss2 = ss1 ^ _rotate(a, 12)
        ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if j < 16 else (e & f) | (~e & g)
        tt1 = (ff + d + ss2 + (w[j] ^ w[j + 4])) & _MASK
        tt2 = (gg + h + ss1 + w[j]) & _MASK
        a, b, c, d = tt1, a, _rotate(b, 9), c
        e, f, g, h = tt2 ^ _rotate(tt2, 9) ^ _rotate(tt2, 17), e, _rotate(f, 19), g
    return tuple(x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h), strict=True))


def _rotate(x: int, n: int) -> int:
    return ((x << n) | (x >> (32 - n))) & _MASK if n else x


def _native() -> Any:
    if "sm3" not in hashlib.algorithms_available:
        return None
    try:
        return hashlib.new("sm3")
    except ValueError:
        return None


_NATIVE = _native()


def read_export(lines: Iterable[str]) -> Iterator[Link]:
    """Links for `walk` from an exported trail: one JSON list a line, COLUMNS and then the digest."""
    for line in filter(str.strip, lines):
        row = json.loads(line)
        yield row[0], row[1], row[11], row[12], row[9], entry_text(row[:12])


def main(arguments: list[str]) -> int:
    """Stand-alone verification of an exported trail: 0 whole, 1 broken, 2 wrong use."""
    names = [a for a in arguments if not a.startswith("--")]
    watch: dict[tuple[str, int], str] = {}
    if "--checkpoint" in arguments:
        place = arguments.index("--checkpoint") + 1
        if place >= len(arguments):
            sys.stderr.write("用法：python3 chain.py 导出文件 [--checkpoint 检查点文件]\n")
            return 2
        names.remove(arguments[place])
        with open(arguments[place], encoding="utf-8") as source:
            checkpoint = json.load(source)
        watch = {(h["chain"], h["number"]): h["digest"] for h in checkpoint["heads"] if h["number"]}
    if len(names) != 1:
        sys.stderr.write("用法：python3 chain.py 导出文件 [--checkpoint 检查点文件]\n")
        return 2
    with open(names[0], encoding="utf-8") as source:
        result = walk(read_export(source), watch=watch)
    for finding in result.findings:
        sys.stdout.write(f"{finding.text}\n")
    if not watch:
        sys.stdout.write("未与外部检查点比对，不能排除截尾、整链重算或回退\n")
    if result.findings:
        sys.stdout.write(f"痕迹不完整：{len(result.findings)} 处\n")
        return 1
    sys.stdout.write(f"痕迹完整：{len(result.heads)} 条链，{result.entries} 条记录\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
