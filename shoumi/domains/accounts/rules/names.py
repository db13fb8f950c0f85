"""Account names (账号): one spelling each, so that no name can be taken for another."""

import re
import unicodedata

from shoumi.kernel.refusal import Refusal

FORM = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
RESERVED = frozenset(
    {"system", "admin", "administrator", "root", "guest", "test", "user", "public"}
)
_LOOKS = str.maketrans(
    {"0": "o", "1": "l", "i": "l", "5": "s", "2": "z", "-": "", "_": "", ".": ""}
)


def typed(name: str) -> str:
    """What somebody meant to type: full-width letters, capitals and outer spaces do not count."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def look(name: str) -> str:
    """What a name looks like at a glance; two names with one look are told apart by nobody."""
    return typed(name).translate(_LOOKS)


def check_new(name: str, *, taken: frozenset[str]) -> str:
    """The name as it will be kept, or the reason why not; `taken` holds the looks of all others."""
    if not FORM.fullmatch(name):
        raise Refusal(
            "账号只用小写字母、数字、点、横线，以字母或者数字开头，2 至 40 位",
            clause="accounts.one_person",
            way_on="可用姓名全拼或者工号",
        )
    if name in RESERVED:
        raise Refusal(
            f"「{name}」不是实名账号",
            clause="accounts.one_person",
            way_on="账号实名专用，请用姓名全拼或者工号",
        )
    if look(name) in taken:
        raise Refusal(
            f"已有与「{name}」相同或者形近的账号",
            clause="accounts.one_person",
            way_on="请加工号后几位以相区别",
        )
    return name
