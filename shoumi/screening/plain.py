"""Bytes to text: which encoding a plain text is in, without guessing wildly."""

import codecs
import unicodedata

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 20_000


class BadText(ValueError):
    """Bytes that are no text in any encoding in use."""


def decoded(data: bytes) -> str:
    """The text of UTF-8, GB18030, Big5, UTF-16 or UTF-32 bytes; raises BadText on anything else."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data.decode(encoding, "replace")
            return _sound(text)
    if guess := _wide(data):
        return _sound(data.decode(guess, "replace"))
    for encoding in ("utf-8", "gb18030"):
        text, broken = _lenient(data, encoding)
        # Up to one broken sign in two hundred is a torn edge, not another encoding.
        if broken == 0 or (broken * 200 <= len(text) and encoding == "utf-8"):
            if (
                encoding == "utf-8"
                and not broken
                and not text.isascii()
                and common_share(text) < 0.8
            ):
                # A few GBK characters may happen to be sound UTF-8.
                other, wrong = _lenient(data, "gb18030")
                if wrong == 0 and common_share(other) > 0.95:
                    return _sound(other)
            if encoding == "gb18030" and common_share(text) < 0.6:
                other, wrong = _lenient(data, "big5")
                if wrong == 0 and common_share(other) > common_share(text):
                    return _sound(other)
            return _sound(text)
    text, broken = _lenient(data, "gb18030")
    if broken * 50 <= len(text):
        return _sound(text)
    raise BadText("不是可识别编码的文本")


def _lenient(data: bytes, encoding: str) -> tuple[str, int]:
    try:
        return data.decode(encoding), 0
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return text, max(1, text.count("\ufffd"))


def _wide(data: bytes) -> str:
    """UTF-16 without a byte order mark shows itself by its line feeds, blanks and digits."""
    sample = data[:_SAMPLE]
    if len(sample) < 4 or len(data) % 2:
        return ""
    pairs = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd * 50 > pairs and even * 3 <= odd:
        return "utf-16-le"
    if even * 50 > pairs and odd * 3 <= even:
        return "utf-16-be"
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "ignore")
        if text and common_share(text) > 0.9:
            try:
                data.decode("utf-8")
            except UnicodeDecodeError:
                return encoding if common_share(sample.decode("gb18030", "ignore")) < 0.9 else ""
            return ""
    return ""


def common_share(text: str) -> float:
    """The share of signs that Chinese prose is made of."""
    sample = text[:_SAMPLE]
    if not sample:
        return 0.0
    usual = sum(
        "\u4e00" <= s <= "\u9fa5"
        or s.isascii()
        or s in "，。、；：？！“”‘’（）《》〈〉〔〕【】★\u3000"
        for s in sample
    )
    return usual / len(sample)


def _sound(text: str) -> str:
    """Refuse what is full of control signs: that is data, not writing."""
    sample = text[:_SAMPLE]
    strange = sum(
        unicodedata.category(sign) in {"Cc", "Cn", "Co", "Cs"} and sign not in "\t\n\r\f\v\x1a\x1e"
        for sign in sample
    )
    if strange * 20 > len(sample):
        raise BadText("内容不是文本，或者已经损坏")
    return text.replace("\r\n", "\n").replace("\r", "\n")
