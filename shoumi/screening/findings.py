"""What a screening reports: findings, what was left unread, and the result of one file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any, Self


class Kind(StrEnum):
    """What was found; the first seven hold a file back, the others only inform."""

    MARK = "mark"
    INTERNAL_MARK = "internal_mark"
    COPY_NUMBER = "copy_number"
    ID_CARD = "id_card"
    PHONE = "phone"
    BANK_CARD = "bank_card"
    TERM = "term"
    LINEAGE = "lineage"
    MENTION = "mention"
    LANDLINE = "landline"
    EMAIL = "email"
    ADDRESS = "address"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def holds(self) -> bool:
        """Whether it keeps a file from being published until somebody has looked."""
        return self not in _INFORMS

    @property
    def is_personal(self) -> bool:
        return self in _PERSONAL


_LABELS = {
    Kind.MARK: "密级标志",
    Kind.INTERNAL_MARK: "工作秘密标志",
    Kind.COPY_NUMBER: "份号",
    Kind.ID_CARD: "居民身份证号码",
    Kind.PHONE: "手机号码",
    Kind.BANK_CARD: "银行卡号",
    Kind.TERM: "自定词",
    Kind.LINEAGE: "与登记文件雷同",
    Kind.MENTION: "提及密级标志",
    Kind.LANDLINE: "固定电话",
    Kind.EMAIL: "电子邮箱",
    Kind.ADDRESS: "住址",
}
_INFORMS = {Kind.MENTION, Kind.LANDLINE, Kind.EMAIL, Kind.ADDRESS}
_PERSONAL = {
    Kind.ID_CARD,
    Kind.PHONE,
    Kind.BANK_CARD,
    Kind.LANDLINE,
    Kind.EMAIL,
    Kind.ADDRESS,
}


class Confidence(IntEnum):
    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def label(self) -> str:
        return {1: "低", 2: "中", 3: "高"}[self.value]


class Status(StrEnum):
    FOUND = "found"
    CLEAN = "clean"
    UNCHECKED = "unchecked"

    @property
    def label(self) -> str:
        return {"found": "有发现", "clean": "未发现", "unchecked": "未能检查"}[self.value]


_LONG_NUMBER = re.compile(r"[0-9０-９][0-9０-９Xx]{6,}")


def _mask_number(hit: re.Match[str]) -> str:
    number = hit[0]
    keep = 6 if len(number) >= 15 else 3
    return f"{number[:keep]}{'*' * (len(number) - keep - 4)}{number[-4:]}"


def masked(text: str) -> str:
    """The text with the middle of every long number struck out."""
    return _LONG_NUMBER.sub(_mask_number, text)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    `value` is the canonical form, `raw` what stands in the file, `place` where, in words, `inside`
    the path of the member when the file is a container (`外层.zip!内层.docx`), `context` the text
    around it, `rule` the rule's key and `why` its reason.
    """

    kind: Kind
    value: str
    raw: str
    place: str
    context: str
    rule: str
    why: str
    confidence: Confidence
    inside: str = ""

    def as_data(self, *, reveal: bool = False) -> dict[str, Any]:
        """A plain mapping for JSON; personal data is masked unless `reveal`."""
        value, context = self.value, self.context
        if not reveal:
            context = masked(context)
            if self.kind.is_personal:
                value = _masked_value(value)
                context = context.replace(self.raw, value)
        return {
            "kind": self.kind.value,
            "value": value,
            "place": self.place,
            "inside": self.inside,
            "context": context,
            "rule": self.rule,
            "why": self.why,
            "confidence": self.confidence.name.lower(),
        }


def _masked_value(value: str) -> str:
    name, at, host = value.partition("@")
    if at:
        return f"{name[:1]}***@{host}"
    if any(sign.isdigit() for sign in value) and masked(value) != value:
        return masked(value)
    return value[:6] + "…" if len(value) > 6 else value


@dataclass(frozen=True, slots=True)
class Unread:
    """A file, a member of a container or a part of it that was not read, and the reason."""

    inside: str
    reason: str


@dataclass(slots=True)
class FileResult:
    """All that is known about one file; `notes` inform and do not hold it back."""

    file: str
    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    digest: str = ""
    size: int = 0

    @property
    def status(self) -> Status:
        """What was found goes first; a file with an unread part is never clean."""
        if self.findings:
            return Status.FOUND
        return Status.UNCHECKED if self.unread else Status.CLEAN

    def as_data(self, *, reveal: bool = False) -> dict[str, Any]:
        return {
            "file": self.file,
            "status": self.status.value,
            "findings": [finding.as_data(reveal=reveal) for finding in self.findings],
            "notes": [finding.as_data(reveal=reveal) for finding in self.notes],
            "unread": [{"inside": one.inside, "reason": one.reason} for one in self.unread],
            "digest": self.digest,
            "size": self.size,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Read back what `as_data` wrote; raises KeyError or ValueError on anything else."""
        return cls(
            file=str(data["file"]),
            findings=[_finding(one) for one in data["findings"]],
            notes=[_finding(one) for one in data["notes"]],
            unread=[Unread(str(one["inside"]), str(one["reason"])) for one in data["unread"]],
            digest=str(data["digest"]),
            size=int(data["size"]),
        )


def _finding(data: Mapping[str, Any]) -> Finding:
    return Finding(
        kind=Kind(data["kind"]),
        value=str(data["value"]),
        raw=str(data["value"]),
        place=str(data["place"]),
        context=str(data["context"]),
        rule=str(data["rule"]),
        why=str(data["why"]),
        confidence=Confidence[str(data["confidence"]).upper()],
        inside=str(data["inside"]),
    )
