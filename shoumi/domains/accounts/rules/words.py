"""Words that a password of a person must not contain, from names and the unit."""

from itertools import islice, product

from pypinyin import Style, pinyin

MOST_READINGS = 32
SHORTEST = 4


def name_words(name: str) -> frozenset[str]:
    """The name, and its pinyin in every reading: surname first, given name first, given name alone."""
    found = {name.casefold()}
    for reading in _readings(name):
        whole, given = "".join(reading), "".join(reading[1:])
        found |= {whole, given + reading[0], "".join(s[0] for s in reading)}
        if len(reading) > 2:
            found |= {given, "".join(reading[2:]) + "".join(reading[:2])}
    return frozenset(w for w in found if len(w) >= SHORTEST or w == name.casefold())


def unit_words(*, name: str, code: str, issuer_word: str) -> frozenset[str]:
    """Name, code and 代字 of the unit, its pinyin and its initials."""
    found = {name, code, issuer_word}
    for text in (name, issuer_word):
        for reading in islice(_readings(text), 4):
            found |= {"".join(reading), "".join(s[0] for s in reading), "".join(reading[:3])}
    return frozenset(w.casefold() for w in found if len(w) >= SHORTEST or (w and not w.isascii()))


def _readings(text: str) -> "islice[tuple[str, ...]]":
    syllables = pinyin(text, style=Style.NORMAL, heteronym=True, errors="ignore")
    return islice(product(*syllables), MOST_READINGS)


def initials(name: str) -> str:
    """Every reading of a name by first letters, for finding people: `shp dp`."""
    found = ("".join(s[0] for s in reading) for reading in _readings(name))
    return " ".join(dict.fromkeys(found))[:200]
