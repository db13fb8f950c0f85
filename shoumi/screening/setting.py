"""What stands beside a span on its line, and whether that makes it a field or a part of a sentence."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from shoumi.screening.passage import Passage

_QUOTES = "“”‘’\"'「」『』《》〈〉＂＇"
_OPENING = {"“": "”", "「": "」", "『": "』", "《": "》", "‘": "’"}
_OPTION = re.compile(
    r"(?:(?:^|[\s（(])[A-Ha-hＡ-Ｈ][.．、)）:：]|[①-⑳❶-❿]|答案[:：]?\s*[A-H]?|选项|[（(][A-Ha-h][)）])\s*$"
)
_NEXT_OPTION = re.compile(r"^\s*[B-HＢ-Ｈ][.．、)）:：]")
_LABEL = re.compile(
    r"密\s*[级級](?:\s*和?\s*保密期限)?\s*[:：为為]?\s*$|保密[级等][级別别]?\s*[:：]\s*$"
)
_CUE_LEFT = re.compile(
    r"(?:标注|标明|标有|标为|注明|写明|写作|写成|写为|形如|例如|诸如|比如|譬如|[如例即是为叫或和与及的、]|印有|盖有|加盖|打上|所谓"
    r"|标识|标志|带有|包括|分为|答案|示例|样式|样例|写法|格式|举例|正确|错误|例[一二三四五0-9]|(?<=[^|])/)\s*[:：]?[\s（(]*$"
)
_CUE_ABOVE = re.compile(
    r"(?:示例|样例|样式|举例|例如|形如|写法|格式|标注为|如下|例[一二三四五0-9]?)[^\n]{0,6}[:：]\s*$"
)
_CUE_RIGHT = re.compile(
    r"^\s*(?:的|字样|字眼|等|、|或|和|与|及|标志|标识|标注|表示|是|应|须|指|这样|这种|之类|属于|为例|级|不能|不得|不应)"
)
URGENT = re.compile(r"特提|特急|加急|平急|急件|普通|平件")
_COMPANY = re.compile(
    r"^(?:份号|編号|编号|密级|和?保密期限|紧急程度|页|第|共|№|No\.?|[0-9０-９:：.．/\-－—()（）\[\]【】〔〕\s])*$"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands on the same line before and after, and what that says."""

    left: str
    right: str
    above: str = ""

    @classmethod
    def of(cls, passage: Passage, start: int, end: int) -> "Setting":
        left, right = passage.line(start, end)
        before = passage.text.rfind("\n", 0, max(0, left - 1)) + 1
        above = passage.text[before : max(0, left - 1)][-40:]
        return cls(passage.text[left:start], passage.text[end:right], above)

    @property
    def is_quoted(self) -> bool:
        left, right = self.left.rstrip(), self.right.lstrip()
        if left[-1:] and left[-1:] in _QUOTES and right[:1] and right[:1] in _QUOTES:
            return True
        return any(
            self.left.count(opening) > self.left.count(closing)
            for opening, closing in _OPENING.items()
        )

    @property
    def is_spoken_of(self) -> bool:
        """Quoted, an option of a question, or explained."""
        if self.is_quoted or _OPTION.search(self.left) or _NEXT_OPTION.search(self.right):
            return True
        if _CUE_RIGHT.search(self.right):
            return True
        if not self.left.strip() and _CUE_ABOVE.search(self.above):
            return True
        return bool(_CUE_LEFT.search(self.left)) and not _LABEL.search(self.left)

    @property
    def apart_left(self) -> bool:
        return _is_apart(self.left, self.left[-1:]) or bool(_LABEL.search(self.left))

    @property
    def apart_right(self) -> bool:
        return _is_apart(self.right, self.right[:1])

    @property
    def alone(self) -> bool:
        """Nothing else on the line but what belongs beside a mark."""
        rest = URGENT.sub("", f"{self.left} {self.right}")
        return bool(_COMPANY.match("".join(_visible(rest))))

    @property
    def cell_alone(self) -> bool:
        return Setting(self.left.rsplit("\t", 1)[-1], self.right.split("\t", 1)[0]).alone

    @property
    def is_long(self) -> bool:
        return len(self.left) + len(self.right) > 60


def is_quoted(passage: Passage, start: int, end: int) -> bool:
    """Whether a span stands between quotation marks."""
    return Setting.of(passage, start, end).is_quoted


def _visible(text: str) -> Iterator[str]:
    return (sign for sign in text if unicodedata.category(sign) not in {"Cf", "Cc"} or sign == "\t")


def _is_apart(rest: str, nearest: str) -> bool:
    """The neighbour on the line is none, a gap, a bracket or a number, and the rest is no sentence."""
    plain = "".join(_visible(rest))
    if not plain.strip() or _COMPANY.match(URGENT.sub("", plain)):
        return True
    if len(plain) > 40 and "\t" not in nearest:
        return False
    return (
        nearest.isspace() or nearest in "()（）[]【】〔〕|｜—_" or "\u2000" <= nearest <= "\u206f"
    )
