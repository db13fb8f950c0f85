"""Whether a text takes over passages of registered papers, known by fingerprints only.

A fingerprint is a keyed digest of twelve characters; which twelve, the characters themselves decide,
so that a passage gives the same fingerprints wherever it is pasted. Without the key nobody can try
out what a registered paper says, and the papers themselves are never kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from shoumi.screening.findings import Confidence, Kind
from shoumi.screening.marks import Draft
from shoumi.screening.passage import Passage

RULE = "lineage"
_LENGTH = 12
_FEWEST = 3
"""Fingerprints of one paper in one passage that count; by chance even two hardly meet."""
_SIZE = 8


@dataclass(frozen=True, slots=True)
class Lineage:
    """Fingerprints of registered papers; `papers` says by which name each paper is reported."""

    key: bytes = b""
    papers: Mapping[bytes, str] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Mapping[str, str], *, key: bytes) -> "Lineage":
        """From the texts by the papers' names; of a passage in several papers the first is named."""
        papers: dict[bytes, str] = {}
        for name, text in texts.items():
            for one in fingerprints(text, key=key):
                papers.setdefault(one, name)
        return cls(key, papers)

    def find(self, passage: Passage) -> Iterator[Draft]:
        """One draft a paper, from the first to the last shared passage."""
        if not self.papers:
            return
        shared: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for digest, start, end in _digests(passage.text, self.key):
            if name := self.papers.get(digest):
                shared[name].append((start, end))
        for name, spans in shared.items():
            if len(set(spans)) >= _FEWEST:
                why = f"有{len(spans)}处文字与登记文件相同"
                sure = Confidence.HIGH if len(spans) >= 3 * _FEWEST else Confidence.MEDIUM
                yield Draft(Kind.LINEAGE, spans[0][0], spans[0][1], name, why, sure)


def fingerprints(text: str, *, key: bytes) -> frozenset[bytes]:
    """What a registry keeps of a paper."""
    return frozenset(digest for digest, _, _ in _digests(text, key))


def _digests(text: str, key: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Digests of the chosen runs of characters, with where they stand."""
    kept = [at for at, sign in enumerate(text) if sign.isalnum()]
    plain = "".join([text[at] for at in kept])
    for at in _chosen(plain):
        digest = blake2b(plain[at : at + _LENGTH].encode(), key=key, digest_size=_SIZE).digest()
        yield digest, kept[at], kept[at + _LENGTH - 1] + 1


def _chosen(plain: str) -> Iterable[int]:
    last = len(plain) - _LENGTH
    return (at for at, sign in enumerate(plain) if at <= last and not ord(sign) & 7)
