"""定密提示: the words of the list, found in a text by the engine that screens files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shoumi.screening import Kind, Screener, WordList

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Hint:
    """One matter that a text may touch: which of its words stand in it, and one place in full."""

    matter: int
    words: tuple[str, ...]
    count: int
    context: str


def hints(text: str, terms: Mapping[int, Sequence[str]]) -> list[Hint]:
    """Matters whose words stand in a text, even disguised; `terms` gives the words of each matter."""
    usable = {
        key: [word for word in words if 1 < len(word) <= LONGEST] for key, words in terms.items()
    }
    listed = tuple(dict.fromkeys(word for words in usable.values() for word in words))
    if not text.strip() or not listed:
        return []
    result = Screener(WordList(listed), pictures=False, portable=True).scan_bytes(
        text.encode(), name="文稿.txt"
    )
    found = [finding for finding in result.findings if finding.kind is Kind.TERM]
    made = []
    for key, words in usable.items():
        own = [finding for finding in found if finding.value in words]
        if own:
            said = tuple(dict.fromkeys(finding.value for finding in own))
            made.append(Hint(key, said, len(own), own[0].context))
    return made
