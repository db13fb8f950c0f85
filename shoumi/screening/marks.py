"""Deciding whether a level word is a mark (标志) or is only spoken of (提及).

A mark is a field, not a part of a sentence: it stands by itself on its line or beside the copy
number and the urgency, and nobody quotes it, lists it or explains it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from shoumi.kernel.levels import Level
from shoumi.kernel.marks import BadMark, parse_mark
from shoumi.screening.findings import Confidence, Kind
from shoumi.screening.passage import Passage, Zone
from shoumi.screening.rules import own_rules
from shoumi.screening.setting import URGENT, Setting

_SIGNS = own_rules().pattern
# How long a period may be is the rulebook's business; here every readable one is read.
_NO_LIMIT = {level: 99 for level in Level}
_LEVEL_OF = {"绝": "绝密", "絕": "绝密", "絶": "绝密", "机": "机密", "機": "机密"}
_SIMPLIFIED = str.maketrans("絕絶機祕宻長個啟後時兩貳參陸內", "绝绝机秘密长个启后时两贰叁陆内")

_NUMBER = "{C}(?:{N}{0,3}{C}){0,7}"
_PERIOD = (
    f"{_NUMBER}{{N}}{{0,3}}年{{N}}{{0,3}}{_NUMBER}{{N}}{{0,3}}月{{N}}{{0,3}}{_NUMBER}{{N}}{{0,3}}[日号]"
    r"|[0-9０-９]{4}[-.．/][0-9０-９]{1,2}[-.．/][0-9０-９]{1,2}"
    f"|{_NUMBER}{{N}}{{0,3}}(?:[年]|[个個]{{N}}{{0,3}}月|月)"
    r"|[长長]{N}{0,3}期"
)
_CONDITION = r"(?:[\u4e00-\u9fff0-9A-Za-z]{N}{0,3}){1,16}?[前后後时時日止]"
_LEVEL = r"(?P<level>[绝絕絶机機秘祕]){N}{0,4}[密宻](?:{N}{0,3}[级級])?"
_STARRED = re.compile(
    _SIGNS(
        _LEVEL
        + "{N}{0,4}(?P<star>{STAR})[\ufe0e\ufe0f]?(?:{N}{0,4}(?P<period>"
        + _PERIOD
        + f"|{_CONDITION}))?"
    )
)
_UNSTARRED = re.compile(
    _SIGNS(_LEVEL + "[:：,，]?{N}{0,4}(?P<period>" + _PERIOD + r"|[启啟]{N}{0,3}用{N}{0,3}前)")
)
# A star read out of a picture may come out as almost any sign.
_MISREAD = re.compile(
    _SIGNS(
        _LEVEL + "{B}{0,3}{MISREAD}{B}{0,3}(?P<period>" + _PERIOD + r"|[启啟]{B}{0,3}用{B}{0,3}前)"
    )
)
_BARE = re.compile(_SIGNS(_LEVEL))

_TRUE_STARS = "★☆"
_STARS = "★☆*"
_NOT_STATE = re.compile(r"(?:商业|商務|工作|国家|個人|个人|技术|企业)\s*$")


@dataclass(frozen=True, slots=True)
class Draft:
    """A decision about a span of a passage."""

    kind: Kind
    start: int
    end: int
    value: str
    why: str
    confidence: Confidence


def _squeezed(raw: str) -> str:
    kept = "".join(
        sign
        for sign in unicodedata.normalize("NFKC", raw)
        if not sign.isspace() and unicodedata.category(sign) not in {"Cf", "Cc", "Mn"}
    )
    return kept.translate(_SIMPLIFIED)


def canonical(level: str, period: str) -> tuple[str, str]:
    """The one right way to write the mark, and what is wrong with the period ('' if nothing)."""
    plain = re.sub(r"[·•‧・∙⋅_‐-―－-]", "", _squeezed(period))
    plain = plain.replace("。", "").strip(".．")
    if re.search(r"[年月前后时日止期]", plain):
        plain = re.sub(r"[.．]", "", plain)
    if not plain:
        return level, "未标保密期限"
    try:
        return str(parse_mark(f"{level}★{plain}", own=False, limits=_NO_LIMIT).mark), ""
    except BadMark:
        return f"{level}★{plain}", "保密期限不规范"


def check_starred(passage: Passage, start: int, end: int) -> Iterator[Draft]:
    """A level word with a star."""
    for hit in _STARRED.finditer(passage.text, start, min(len(passage.text), end + 80)):
        if hit.start() >= end:
            return
        yield from _decide_starred(passage, hit)


def _decide_starred(passage: Passage, hit: re.Match[str]) -> Iterator[Draft]:
    setting = Setting.of(passage, hit.start(), hit.end())
    level = _LEVEL_OF.get(hit["level"], "秘密")
    after = passage.text[hit.end() : hit.end() + 1]
    if not hit["period"] and (after in _STARS or after.isalnum() or hit["star"] not in _TRUE_STARS):
        return  # A rating, or a star in a title.
    value, fault = canonical(level, hit["period"] or "")
    if owner := _NOT_STATE.search(setting.left):
        yield from _of_another_owner(owner[0].strip(), passage, hit, setting, value)
        return
    why = f"密级与★相连{'，' + fault if fault else ''}"
    if setting.is_spoken_of:
        yield _mention(hit, value)
    elif setting.apart_left and setting.apart_right:
        yield Draft(Kind.MARK, *hit.span(), value, f"{why}，单独成项", Confidence.HIGH)
    elif passage.zone is not Zone.BODY or setting.apart_left or setting.apart_right:
        if setting.is_long and passage.zone is Zone.BODY and setting.left.strip() != "":
            yield _mention(hit, value)
        else:
            yield Draft(Kind.MARK, *hit.span(), value, f"{why}，与别的文字相连", Confidence.MEDIUM)
    else:
        yield _mention(hit, value)


def _of_another_owner(
    owner: str, passage: Passage, hit: re.Match[str], setting: Setting, value: str
) -> Iterator[Draft]:
    """「商业秘密★」 is no state secret; 「工作秘密★」 is a false mark."""
    start = hit.start() - len(owner)
    before = Setting(setting.left.rstrip()[: -len(owner)], setting.right)
    if owner == "工作" and before.apart_left and not before.is_spoken_of:
        why = "工作秘密不是国家秘密，不得标注★和保密期限"
        yield Draft(Kind.INTERNAL_MARK, start, hit.end(), f"工作{value}", why, Confidence.HIGH)
    elif owner == "国家" and before.apart_left and not before.is_spoken_of:
        yield Draft(Kind.MARK, *hit.span(), value, "密级与★相连", Confidence.MEDIUM)
    else:
        yield _mention(hit, value)


def _mention(hit: re.Match[str], value: str) -> Draft:
    why = "写法是标志，但处在引用、举例或者叙述之中"
    return Draft(Kind.MENTION, *hit.span(), value, why, Confidence.LOW)


def check_unstarred(passage: Passage, start: int, end: int) -> Iterator[Draft]:
    """A level word and a period without a star."""
    return _without_star(_UNSTARRED, passage, start, end)


def check_misread(passage: Passage, start: int, end: int) -> Iterator[Draft]:
    """A level word and a period with another sign for the star, as pictures are read."""
    if passage.zone is Zone.PICTURE:
        yield from _without_star(_MISREAD, passage, start, end)


def _without_star(
    pattern: re.Pattern[str], passage: Passage, start: int, end: int
) -> Iterator[Draft]:
    hit = pattern.search(passage.text, start, min(len(passage.text), end + 60))
    if hit is None or hit.start() >= end:
        return
    setting = Setting.of(passage, hit.start(), hit.end())
    if setting.is_spoken_of or _NOT_STATE.search(setting.left):
        return
    loose = passage.in_head(hit.start()) and setting.apart_left and setting.apart_right
    if setting.alone or loose or (setting.cell_alone and "\t" in setting.left + setting.right):
        value, _ = canonical(_LEVEL_OF.get(hit["level"], "秘密"), hit["period"])
        sure = Confidence.HIGH if passage.in_head(hit.start()) else Confidence.MEDIUM
        yield Draft(Kind.MARK, *hit.span(), value, "密级与保密期限单独成项，省略了★", sure)


def check_bare(passage: Passage, start: int, end: int) -> Iterator[Draft]:
    """A level word alone on its line, where a mark would stand."""
    hit = _BARE.search(passage.text, start, end)
    if hit is None or not passage.in_head(hit.start()):
        return
    setting = Setting.of(passage, hit.start(), hit.end())
    neighbours = passage.text[max(0, start - 12) : end + 12]
    siblings = {sign for sign in neighbours if sign in "绝絕机機秘"}
    if setting.is_spoken_of or not setting.alone or len(siblings) > 1:
        return
    level = _LEVEL_OF.get(hit["level"], "秘密")
    why = "密级独占一行，未标保密期限"
    yield Draft(Kind.MARK, *hit.span(), level, why, Confidence.MEDIUM)


def check_bracketed(passage: Passage, start: int, end: int) -> Iterator[Draft]:
    """A level word in brackets, in a file's name or before or after a title."""
    hit = _BARE.search(passage.text, start, end)
    named = passage.zone in (Zone.NAME, Zone.MARGIN) or passage.in_head(start)
    if hit is None or not named:
        return
    setting = Setting.of(passage, start, end)
    left, right = setting.left.strip(), re.sub(r"\.[A-Za-z0-9]{2,5}$", "", setting.right.strip())
    titled = not re.search(r"[。；，,]", left + right) and len(left) + len(right) <= 60
    if titled and (not left or not right) and not setting.is_quoted and left + right:
        level = _LEVEL_OF.get(hit["level"], "秘密")
        yield Draft(Kind.MARK, *hit.span(), level, "密级加括号，位于标题前后", Confidence.MEDIUM)


_LABELLED = re.compile(
    _SIGNS(r"[:：\t]{B}{0,6}" + _LEVEL + r"(?P<period>{N}{0,4}{STAR}?{N}{0,4}(?:" + _PERIOD + "))?")
)
_CLOSED = re.compile(r"^[\s]*(?:$|[\n\t\v（(]|份|编|文号|题名|保密期限|紧急|签发)")


def check_labelled(passage: Passage, start: int, end: int) -> Iterator[Draft]:
    """A field 「密级」 that is filled in with one level."""
    hit = _LABELLED.search(passage.text, start, min(len(passage.text), end + 30))
    if hit is None:
        return
    _, right = passage.line(hit.start(), hit.end())
    rest = passage.text[hit.end() : right]
    if hit["period"] or not _CLOSED.search(rest) or re.search("[绝机秘]\\s*密", rest):
        return
    begins = hit.start("level")
    level = _LEVEL_OF.get(hit["level"], "秘密")
    yield Draft(Kind.MARK, begins, hit.end(), level, "「密级」栏填有密级", Confidence.MEDIUM)


_FREE = re.compile(
    r"[(（\[【〔]?(?P<wording>(?:仅?供?内部(?:资料|文件|材料|事项|刊物|信息|使用|参考|传阅|掌握|情况|参阅|讲话|数据|工作)?"
    r"|工作秘密)(?P<star>[★☆*＊](?:[0-9一二三四五六七八九十]{1,3}(?:年|个月|月)|长期)?|[0-9一二三四五六七八九十]{1,3}(?:年|个月))?"
    r"(?P<care>[,，。:：·、-]*(?:请?(?:注意|妥善|严格|严禁)?(?:保存|保管|保密|收存)|[请不严]?(?:得|勿|禁|要)(?:外传|扩散|公开|转载|复制)"
    r"|不宜公开|不予公开|妥善保管|阅后收回)[,，、。.]*)*)[)）\]】〕]?"
)


def check_internal(passage: Passage, start: int, end: int) -> Iterator[Draft]:
    """A line that is the mark of a work secret (工作秘密) or of internal papers."""
    at = start
    while at < end and not ("\u4e00" <= passage.text[at] <= "\u9fff"):
        at += 1
    left, right = passage.line(at, at + 1)
    cell_left = max(left, passage.text.rfind("\t", left, at) + 1)
    stop = passage.text.find("\t", at, right)
    raw = passage.text[cell_left : stop if stop >= 0 else right]
    plain = re.sub(r"[·•‧・∙⋅_]", "", _squeezed(raw))
    plain = URGENT.sub("", plain.strip("0123456789:：-—"))
    whole = _FREE.fullmatch(plain)
    if whole is None or len(plain) > 40:
        return
    lone = not whole["star"] and not whole["care"]
    if lone and not (passage.in_head(at) and "\t" not in passage.text[left:right].strip()):
        return
    if whole["star"]:
        value, why, sure = plain, "内部文件不得标注★和保密期限", Confidence.HIGH
    else:
        value = " ".join(raw.split()).strip("()（）[]【】〔〕") if not lone else plain
        why, sure = (
            "工作秘密、内部资料的标注单独成行",
            Confidence.MEDIUM if lone else Confidence.HIGH,
        )
    yield Draft(Kind.INTERNAL_MARK, cell_left, cell_left + len(raw), value, why, sure)
