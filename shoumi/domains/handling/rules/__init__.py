"""What may be borrowed, copied, carried, sent back and destroyed: pure answers from the rulebook's figures."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal

# Written into a reason, these say what the trip is for, whatever purpose was chosen.
LEISURE = ("旅游", "游览", "观光", "度假", "休假", "探亲", "访友", "走亲")
TOP_SECRET_PLACES = ("机要室", "保密室")
# 绝密 goes by confidential courier or under escort, and by no other channel.
ESCORTED = ("机要交通", "专人", "专车")
NO_LIMIT = "不设"


def serial(word: str, year: int, number: int) -> str:
    """编号: 借〔2026〕3号."""
    return f"{word}〔{year}〕{number}号"


def check_written(text: str, what: str, *, clause: str) -> str:
    """What must be said in words is said."""
    if not text.strip():
        raise Refusal(f"请写明{what}", clause=clause, way_on=f"填写{what}后再提交")
    return text.strip()


# ---- borrowing


def check_days(level: Level, days: int, *, longest: Mapping[Level, int]) -> None:
    """借阅期限 by level. Clause: carriers.borrow.longest."""
    most = longest[level]
    if days > most:
        raise Refusal(
            f"{level.label}载体借阅不超过 {most} 天",
            clause="carriers.borrow.longest",
            way_on=f"请把借阅天数改为 {most} 天以内；到期仍需使用的，归还后再申请",
        )
    if days < 1:
        raise Refusal("借阅天数至少一天", clause="carriers.borrow.longest", way_on="请填写借阅天数")


def check_reading_place(level: Level, place: str, *, places: Collection[str]) -> None:
    """阅用场所: secrets are read in the office, 绝密 only in the registry or the secure room."""
    if level == Level.TOP_SECRET and place not in TOP_SECRET_PLACES:
        raise Refusal(
            f"绝密件只在{'、'.join(TOP_SECRET_PLACES)}阅读",
            clause="carriers.borrow.top_secret_place",
            way_on="请改选阅用场所",
        )
    if place not in places:
        raise Refusal(
            f"「{place}」不是符合保密要求的阅用场所",
            clause="carriers.borrow.place",
            way_on=f"可选{'、'.join(places)}",
        )


def last_day(level: Level, *, lent: date, days: int) -> date:
    """The day of return; the first day counts at 绝密, so that nothing of it stays out overnight."""
    return lent + timedelta(days=days - 1 if level == Level.TOP_SECRET else days)


def check_not_away(leaves: date | None) -> None:
    """外出期间不借: who is about to leave or away takes nothing along. Clause: carriers.borrow.away."""
    if leaves is not None:
        raise Refusal(
            f"借阅人已登记 {leaves} 起外出，借阅期内不在单位，不得借阅",
            clause="carriers.borrow.away",
            way_on="返回销假后再申请；因公确需携带的，办理携带外出审批",
        )


def check_nothing_kept(names: Sequence[str]) -> None:
    """未还拒绝: whoever goes away gives back first. Clause: carriers.borrow.away."""
    if names:
        more = f"等 {len(names)} 件" if len(names) > 5 else ""
        raise Refusal(
            f"名下尚有借阅件未还（{'、'.join(names[:5])}{more}），不得登记外出",
            clause="carriers.borrow.away",
            way_on="先归还机要室；因公确需携带的，办理携带外出审批",
        )


# ---- copying


def check_copying_allowed(level: Level, *, forbidden_from: str) -> None:
    """禁止复制: what the body's own rule forbids from some level on. Clause: carriers.copy.forbidden."""
    if _reaches(level, forbidden_from):
        raise Refusal(
            f"本单位规定{forbidden_from}及以上载体不得复制、摘抄",
            clause="carriers.copy.forbidden",
            way_on="请到机要室阅看原件",
        )


def check_consent(level: Level, consent_number: str, *, needed_from: str) -> None:
    """原单位同意: no copy without the originator's consent from some level on; 绝密 always."""
    if not consent_number.strip() and (level == Level.TOP_SECRET or _reaches(level, needed_from)):
        raise Refusal(
            f"{level.label}件未经原定密单位同意，不得复制",
            clause="carriers.copy.consent",
            way_on="请先取得原定密单位同意，并填写批准文号",
        )


def check_copies(level: Level, copies: int, *, most: Mapping[Level, int]) -> None:
    if not 1 <= copies <= most[level]:
        raise Refusal(
            f"{level.label}件一次复制不超过 {most[level]} 份",
            clause="carriers.copy.count",
            way_on="请核减份数",
        )


def check_destinations(destinations: Sequence[str], *, approved: int) -> list[str]:
    """份数与去向: no more copies than approved, and each with a destination."""
    named = [line.strip() for line in destinations if line.strip()]
    if len(named) > approved:
        raise Refusal(
            f"批准 {approved} 份，现登记 {len(named)} 份，多出的不得制作",
            clause="carriers.copy.count",
            way_on="按批准份数制作；确需增加的另行申请",
        )
    if not named:
        raise Refusal(
            "每份复制件须写明去向",
            clause="carriers.copy.count",
            way_on="一行写一份的去向，如「业务科 单平」",
        )
    return named


def check_supervised(where: str, *, places: Collection[str], supervisor: int, maker: int) -> None:
    """监督复制: in the secrecy office, under another's eye. Clause: carriers.copy.supervised."""
    fault = ""
    if where not in places:
        fault = f"「{where}」不是可以复制涉密载体的地点"
    elif supervisor == maker:
        fault = "监督人不得为制作人本人"
    if fault:
        raise Refusal(
            fault,
            clause="carriers.copy.supervised",
            way_on=f"请在{'、'.join(places)}内、由另一人监督复制后登记",
        )


def check_handing_place(where: str, *, places: Collection[str]) -> None:
    """交接地点: never in public. Clause: carriers.handover.place."""
    if where not in places:
        raise Refusal(
            f"「{where}」不是可以交接涉密载体的场所",
            clause="carriers.handover.place",
            way_on=f"请在{'、'.join(places)}内交接",
        )


def check_expired(unexpired: Sequence[str], *, may: bool) -> None:
    """期限未满不得销毁, where the body's rule says so. Clause: carriers.destroy.expired."""
    if unexpired and not may:
        raise Refusal(
            f"{unexpired[0]} 保密期限未满，本单位规定不得销毁",
            clause="carriers.destroy.expired",
            way_on="请从清单中移去；期满后由待销毁清单提示办理",
        )


def _reaches(level: Level, word: str) -> bool:
    """Whether a level is at or above the one a figure names."""
    return word != NO_LIMIT and level >= Level.from_label(word)


# ---- carrying out


def check_carrying_allowed(level: Level, *, forbidden_from: str) -> None:
    if _reaches(level, forbidden_from):
        raise Refusal(
            f"本单位规定{forbidden_from}及以上载体不得带出",
            clause="carriers.carry.forbidden",
            way_on="请经机要渠道递送，或者到场阅看",
        )


def check_carry_purpose(purpose: str, reason: str, *, purposes: Collection[str]) -> None:
    """Carriers go out on duty and on nothing else (不得带载体游览、探亲、访友)."""
    leisure = next((word for word in LEISURE if word in purpose or word in reason), "")
    if leisure:
        raise Refusal(
            f"不得携带涉密载体{leisure}",
            clause="carriers.carry.purpose",
            way_on="请将载体交机要室保管后再外出",
        )
    if purpose not in purposes:
        raise Refusal(
            f"「{purpose}」不是可以携带涉密载体外出的事由",
            clause="carriers.carry.purpose",
            way_on=f"可受理的事由为{'、'.join(purposes)}",
        )


def check_measures(container: str, measures: str) -> None:
    if not container.strip() or not measures.strip():
        raise Refusal(
            "携带外出须写明专用箱包编号和安全措施",
            clause="carriers.carry.measures",
            way_on="向机要室领用专用文件箱，填写编号和途中、驻地的保管措施",
        )


def check_carry_time(
    level: Level, *, leaves: date, returns: date, today: date, longest: Mapping[Level, int]
) -> None:
    if leaves < today or returns < leaves:
        raise Refusal(
            "携带外出的起止日期不对：带出不早于今日，归还不早于带出",
            clause="carriers.carry.approval",
            way_on="请改正日期",
        )
    days = (returns - leaves).days + 1
    if days > longest[level]:
        raise Refusal(
            f"{level.label}载体携带外出不超过 {longest[level]} 天，所填为 {days} 天",
            clause="carriers.carry.longest",
            way_on="请缩短外出时间，或者经机要渠道递送",
        )


def check_escorts(level: Level, *, persons: int, least: int) -> None:
    """绝密携带: never alone. Clause: carriers.carry.escorts."""
    if level == Level.TOP_SECRET and persons < least:
        raise Refusal(
            f"携带绝密载体须 {least} 人以上同行，现为 {persons} 人",
            clause="carriers.carry.escorts",
            way_on="请增加同行人员",
        )


# ---- sending back, destroying


def check_channel(level: Level, channel: str, *, secure: Collection[str]) -> None:
    """State secrets leave only by the secure channels. Clause: documents.channel."""
    if level.is_state_secret and channel not in secure:
        raise Refusal(
            f"{level.label}件不得经「{channel}」递送",
            clause="documents.channel",
            way_on=f"请改由{'、'.join(secure)}递送",
        )


def check_sealed(level: Level, channel: str, *, sealed: bool) -> None:
    """绝密件单独密封，机要交通或者专车护送. Clause: documents.channel.top_secret."""
    if level < Level.TOP_SECRET:
        return
    if not sealed:
        raise Refusal(
            "绝密件须单独密封后递送",
            clause="documents.channel.top_secret",
            way_on="单独密封、加盖密封章后勾选「绝密件已单独密封」",
        )
    if not any(word in channel for word in ESCORTED):
        raise Refusal(
            f"绝密件不得经「{channel}」递送",
            clause="documents.channel.top_secret",
            way_on="请改由机要交通或者专人专车护送",
        )


def check_delivery_escorts(level: Level, *, persons: int, least: int) -> None:
    if level == Level.TOP_SECRET and persons < least:
        raise Refusal(
            f"绝密件递送护送不少于 {least} 人",
            clause="documents.channel.top_secret",
            way_on="请写明全部护送人员姓名",
        )


def check_method(method: str, *, pieces: int, methods: Collection[str], own_most: int) -> None:
    """销毁方式: a designated station, or small amounts by oneself; selling is not among them."""
    if method not in methods:
        raise Refusal(
            f"「{method}」不是可用的销毁方式，载体不得出售、丢弃",
            clause="carriers.destroy.method",
            way_on=f"可用方式为{'、'.join(methods)}",
        )
    if "自行" in method and pieces > own_most:
        raise Refusal(
            f"自行销毁一次不超过 {own_most} 件，本单 {pieces} 件",
            clause="carriers.destroy.method",
            way_on="请改送销毁机构，或者分次办理",
        )


def check_shelf(level: Level, shelf: str) -> None:
    """绝密 lies in a sealed cabinet in the archive too. Clause: carriers.place.top_secret."""
    if level == Level.TOP_SECRET and "专柜" not in shelf:
        raise Refusal(
            "绝密档案须单独存放于专柜",
            clause="carriers.place.top_secret",
            way_on="请填写专柜的名称或者编号，如「档案室绝密专柜」",
        )


def check_counted(*, counted: int, there: int) -> None:
    """逐件清点: what was counted at the shredder is what the list says."""
    if counted != there:
        raise Refusal(
            f"清单上待销毁 {there} 件，现场清点 {counted} 件，数目不符",
            clause="carriers.destroy.approval",
            way_on="逐件核对清单；确有缺件的，先登记下落不明",
        )


def people_in(names: str) -> list[str]:
    """Names written one after another, however they are separated."""
    plain = names
    for sign in "，,；;\n\t ":
        plain = plain.replace(sign, "、")
    return [name for name in dict.fromkeys(plain.split("、")) if name]
