"""Ways of reaching a person that only inform: fixed telephone, e-mail, address."""

import re
from collections.abc import Iterator

from shoumi.screening.findings import Confidence, Kind
from shoumi.screening.marks import Draft
from shoumi.screening.passage import Passage

_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z-])0(?:10|2[0-9]|[3-9][0-9]{2})[-－—–) ）][2-8][0-9]{6,7}(?![0-9])"
)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}[@＠](?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,12}(?![A-Za-z0-9])"
)
_ADDRESS = re.compile(r"[:：\t]\s*(?P<place>[\u4e00-\u9fff0-9０-９A-Za-z（）()\-－—#、号 ]{6,60})")
_PLACE_WORDS = re.compile(r"[省市区县旗镇乡村街道路巷弄号栋幢楼室组]")


def check_landline(passage: Passage, start: int, end: int) -> Iterator[Draft]:
    hit = _LANDLINE.search(passage.text, start, end + 2)
    if hit:
        yield Draft(Kind.LANDLINE, *hit.span(), hit[0], "区号加七八位号码", Confidence.LOW)


def check_email(passage: Passage, start: int, end: int) -> Iterator[Draft]:
    for hit in _EMAIL.finditer(passage.text, max(0, start - 64), end + 140):
        if hit.start() <= start and hit.end() >= end:
            value = hit[0].replace("＠", "@")
            yield Draft(Kind.EMAIL, *hit.span(), value, "电子邮箱的写法", Confidence.MEDIUM)
            return


def check_address(passage: Passage, start: int, end: int) -> Iterator[Draft]:
    """At least three words of a place, such as 市, 路, 号."""
    hit = _ADDRESS.match(passage.text, end - 1)
    if hit and len(_PLACE_WORDS.findall(hit["place"])) >= 3:
        value = hit["place"].strip()
        yield Draft(Kind.ADDRESS, *hit.span("place"), value, "标有住址的栏目", Confidence.MEDIUM)
