"""拆封: the checks on what came out of an envelope, and which exception stops a paper and which lets it run."""

from dataclasses import dataclass, replace
from datetime import date

from shoumi.domains.documents.rules import Urgency
from shoumi.kernel.refusal import Refusal

COVERS = (
    ("differs", "主送、抄送或者来文单位与封皮不符，已附后"),
    ("unclear", "收发情况不明，已附后"),
    ("far", "日期相距过远，已附后"),
    ("postmark", "按邮戳补注日期，已附后"),
)
# What must run while its seal is still awaited.
RUNS_UNSEALED = frozenset({Urgency.TOP_FLASH, Urgency.FLASH, Urgency.URGENT})


@dataclass(frozen=True, slots=True)
class Opened:
    """拆封核对: nothing out of order unless something is said.

    `postmark_on` is the day of the postmark where the paper bears none; `listed` and `found` are how many
    pieces the list in the envelope names and how many were there.
    """

    undamaged: bool = True
    emptied: bool = True
    cover: str = ""
    sealed: bool = True
    phone_check: str = ""
    tidied: bool = False
    postmark_on: date | None = None
    listed: int | None = None
    found: int | None = None
    slip: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """The day of issue as it goes into the register, and whence it was taken."""

    day: date | None
    source: str
    days_apart: int | None


def date_of(opened: Opened, *, issued_on: date | None, received_on: date) -> Dated:
    """落款 goes before the postmark; where there is neither, the paper is undated."""
    day = issued_on or opened.postmark_on
    source = "office" if issued_on else "postmark" if opened.postmark_on else "none"
    return Dated(day, source, (received_on - day).days if day else None)


def with_cover(opened: Opened, dated: Dated) -> Opened:
    """A day taken from the postmark keeps the cover that bears it."""
    by_postmark = dated.source == "postmark" and not opened.cover
    return replace(opened, cover="postmark") if by_postmark else opened


def check_opening(
    opened: Opened, dated: Dated, *, urgency: str, complete: bool, anomaly: str, most_days: int
) -> None:
    """Refuse what the opening leaves undone. `most_days`: documents.open.date."""
    if not opened.emptied or not (opened.undamaged or anomaly):
        raise Refusal(
            "拆封核对没有做完：须确认拆封未损文件、封内文件取净",
            clause="documents.open",
            way_on="取净后逐项勾选；拆封损坏文件的，在「异常情况」写明",
        )
    check_seal(opened, urgency=urgency)
    if dated.days_apart is not None and dated.days_apart > most_days and not opened.cover:
        raise Refusal(
            f"成文日期距收到日 {dated.days_apart} 天，封皮须附后备查",
            clause="documents.open.date",
            way_on="将封皮附在文件后，在「封皮」一项选「日期相距过远，已附后」",
        )
    check_list(opened, complete=complete)


def check_seal(opened: Opened, *, urgency: str) -> None:
    """An ordinary paper without its seal goes back; an urgent one runs after a call."""
    if opened.sealed:
        return
    if Urgency(urgency) not in RUNS_UNSEALED:
        raise Refusal(
            "漏盖公章的一般件不得登记",
            clause="documents.open.seal",
            way_on="办理「登记退件」，退回来文单位重盖公章",
        )
    if not opened.phone_check.strip():
        raise Refusal(
            "漏盖公章的急件须先电话核实",
            clause="documents.open.seal_urgent",
            way_on="电话核实后，在「电话核实」一项填写对方单位、姓名和时间",
        )


def check_list(opened: Opened, *, complete: bool) -> None:
    """Where a list lies in the envelope, its pieces are counted one by one."""
    if opened.listed is None and opened.found is None:
        return
    if opened.listed is None or opened.found is None:
        raise Refusal(
            "有文件清单的，清单件数和实有件数都要填写",
            clause="documents.open.list",
            way_on="逐件核对后填写两个件数",
        )
    if opened.found > opened.listed or (opened.found < opened.listed and complete):
        raise Refusal(
            f"封内清单 {opened.listed} 件，实有 {opened.found} 件，两者不符",
            clause="documents.open.list",
            way_on="缺件的取消「附件齐全」，先签收待补；多出的登记退件",
        )
