"""The code on a carrier's label (载体标签): random, and never the title or the level.

Its alphabet leaves out 0 O 1 I L and so has 31 signs, a prime: with a different weight for every
place the check sign then finds every single wrong sign and every two signs exchanged.
"""

import re
import unicodedata

from shoumi.kernel.refusal import Refusal

PREFIX = "BM1"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
BODY_LENGTH = 8
RANDOM_BYTES = 8

_VALUE = {sign: value for value, sign in enumerate(ALPHABET)}
_FORM = re.compile(rf"{PREFIX}-?([{ALPHABET}]{{{BODY_LENGTH}}})-?([{ALPHABET}])")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))


class BadCode(Refusal):
    """What was scanned or typed is no label code."""


def new_code(random_bytes: bytes) -> str:
    """A fresh code from bytes of a secure source; the caller makes sure that it is not in use."""
    if len(random_bytes) < RANDOM_BYTES:
        raise ValueError(f"a label code needs {RANDOM_BYTES} random bytes")
    number = int.from_bytes(random_bytes)
    body = ""
    for _ in range(BODY_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        body += ALPHABET[place]
    return f"{PREFIX}-{body}-{_check_sign(body)}"


def normalise(scan: str) -> str:
    """Full-width and small letters, odd dashes, blanks and line ends of a scanner set right."""
    plain = unicodedata.normalize("NFKC", scan).translate(_DASHES)
    kept = (sign for sign in plain if not sign.isspace() and unicodedata.category(sign) != "Cf")
    return "".join(kept).upper()


def check(scan: str) -> str:
    """The canonical code, or a refusal; a scan that lost its dashes is still read."""
    found = _FORM.fullmatch(normalise(scan))
    if found is None:
        raise BadCode("不是本系统的载体标签码", clause="carriers.label.code", way_on="重新扫描标签")
    body, sign = found.groups()
    if _check_sign(body) != sign:
        raise BadCode(
            "标签码校验不符，可能误扫或误录",
            clause="carriers.label.code",
            way_on="重新扫描标签，或者按标签逐位核对",
        )
    return f"{PREFIX}-{body}-{sign}"


def _check_sign(body: str) -> str:
    total = sum(weight * _VALUE[sign] for weight, sign in enumerate(body, start=2))
    return ALPHABET[-total % len(ALPHABET)]
