"""Plain text, tables as text, and mail."""

import csv
import email
import email.policy
from collections.abc import Iterator
from email.message import Message

from shoumi.screening.passage import Passage, Zone
from shoumi.screening.plain import BadText, decoded
from shoumi.screening.readers.pieces import Budget, Gap, Member, Piece, Unreadable
from shoumi.screening.readers.web import read_markup

_HEAD_LINES = 6


def read_text(data: bytes, budget: Budget) -> Iterator[Piece]:
    yield Passage(_text(data), "", Zone.BODY, "行", _HEAD_LINES)


def _text(data: bytes) -> str:
    try:
        return decoded(data)
    except BadText as error:
        raise Unreadable(str(error)) from error


def read_table(data: bytes, budget: Budget) -> Iterator[Piece]:
    """Comma-separated values; cells are divided by tabs from here on."""
    text = _text(data).replace("\x00", "")
    csv.field_size_limit(10_000_000)
    try:
        rows = [
            "\t".join(cell.replace("\n", "\v").replace("\t", " ") for cell in row)
            for row in csv.reader(text.splitlines(keepends=True))
        ]
    except csv.Error:
        yield Passage(text, "", Zone.BODY, "行", _HEAD_LINES)
        return
    yield Passage("\n".join(rows), "", Zone.BODY, "行", 3)


# What the standard library's parser raises on mail that is not as it should be.
_BROKEN = (ValueError, LookupError, AttributeError, TypeError)


def read_mail(data: bytes, budget: Budget) -> Iterator[Piece]:
    message = email.message_from_bytes(data, policy=email.policy.default)
    try:
        headers = "\n".join(f"{key}：{value}" for key, value in message.items())
        subject = str(message.get("subject", ""))
    except _BROKEN as error:
        raise Unreadable("邮件头已损坏") from error
    yield Passage(subject, "邮件主题", Zone.MARGIN)
    yield Passage(headers, "邮件头", Zone.ASIDE)
    for part in message.walk():
        if part.is_multipart():
            continue
        try:
            yield from _mail_part(part)
        except _BROKEN:
            yield Gap("邮件的一部分已损坏")


def _mail_part(part: Message) -> Iterator[Piece]:
    name = part.get_filename() or ""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        yield Gap("邮件部分不能取出", name)
        return
    if name or part.get_content_maintype() != "text":
        yield Member(name or "邮件附件", payload)
        return
    text = _declared(part, payload)
    if part.get_content_subtype() == "html":
        yield from read_markup(text)
    else:
        yield Passage(text, "邮件正文", Zone.BODY, "行", _HEAD_LINES)


def _declared(part: Message, payload: bytes) -> str:
    charset = part.get_content_charset() or ""
    charset = "gb18030" if charset in {"gb2312", "gbk"} else charset
    try:
        return payload.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return _text(payload)
