"""Pure answers: what a draft must say, how a list is read, and which way a level may go."""

from datetime import date, timedelta

import pytest

from conftest import NOW
from shoumi.domains.dispatch.rules import channels, distribution, drafting, exchange
from shoumi.domains.dispatch.rules.channels import Channel
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal

LIMITS = {Level.CONFIDENTIAL: 10, Level.SECRET: 20, Level.TOP_SECRET: 30}
SECURE = ("机要交通", "机要通信", "专人专车", "机要交换", "密码电报")
ON_APPROVAL = ("普通传真", "互联网")
SITUATIONS = {
    "决议": ("dispatch.genre.resolution", ("会议讨论通过的重大决策事项",)),
    "决定": ("dispatch.genre.decision", ("奖惩有关单位和人员",)),
    "命令": ("dispatch.genre.order", ("公布行政法规和规章",)),
}


def refused(clause, check, *given, **named):
    with pytest.raises(Refusal) as caught:
        check(*given, **named)
    assert caught.value.clause == clause
    return str(caught.value)


@pytest.mark.clause("dispatch.draft.mark")
def test_a_draft_bears_its_mark_and_public_says_so():
    start = date(2026, 9, 1)
    refused("dispatch.draft.mark", drafting.read_mark, " ", limits=LIMITS, start=start)
    refused("marks.period.missing", drafting.read_mark, "机密", limits=LIMITS, start=start)
    refused("marks.period.limit", drafting.read_mark, "秘密★11年", limits=LIMITS, start=start)
    mark, expiry = drafting.read_mark("秘密★5年", limits=LIMITS, start=start)
    assert (str(mark), expiry) == ("秘密★5年", date(2031, 9, 1))
    assert drafting.read_mark("公开", limits=LIMITS, start=start)[0].level == Level.PUBLIC


@pytest.mark.clause("dispatch.genre.resolution", "dispatch.genre.decision", "dispatch.genre.order")
@pytest.mark.parametrize("genre", list(SITUATIONS))
def test_three_kinds_of_paper_stand_only_in_their_situations(genre):
    clause, (fits,) = SITUATIONS[genre]
    given = {"meeting": "第三次全体会议", "situations": SITUATIONS}
    refused(clause, drafting.check_genre, genre, situation="", **given)
    refused(clause, drafting.check_genre, genre, situation="布置日常工作", **given)
    drafting.check_genre(genre, situation=fits, **given)
    drafting.check_genre("通知", situation="", **given)


@pytest.mark.clause("dispatch.genre.resolution")
def test_a_resolution_names_the_meeting_that_passed_it():
    (fits,) = SITUATIONS["决议"][1]
    words = refused(
        "dispatch.genre.resolution",
        drafting.check_genre,
        "决议",
        situation=fits,
        meeting=" ",
        situations=SITUATIONS,
    )
    assert "会议" in words


@pytest.mark.clause("dispatch.format")
def test_a_title_ends_with_its_kind():
    drafting.check_format("关于检查的通知", "通知", is_shell=False)
    drafting.check_format("甲局令", "命令", is_shell=False)
    drafting.check_format("", "通知", is_shell=True)
    refused("dispatch.format", drafting.check_format, "关于检查", "通知", is_shell=False)
    refused("dispatch.format", drafting.check_format, " ", "通知", is_shell=False)
    refused("grades.content", drafting.check_format, "关于检查的通知", "通知", is_shell=True)


@pytest.mark.clause("dispatch.necessity", "dispatch.paper", "dispatch.once")
def test_what_need_not_be_sent_is_not_sent():
    why = {"necessity": "须逐单位下达", "paper_reason": "涉密"}
    drafting.check_necessity(is_paper=True, **why)
    drafting.check_necessity(is_paper=False, **why | {"paper_reason": ""})
    refused(
        "dispatch.necessity", drafting.check_necessity, is_paper=True, **why | {"necessity": ""}
    )
    refused(
        "dispatch.paper", drafting.check_necessity, is_paper=True, **why | {"paper_reason": " "}
    )
    refused("dispatch.once", drafting.check_once, earlier="传真3号", exception=" ")
    drafting.check_once(earlier="传真3号", exception="收件单位要求补发正式文件")
    drafting.check_once(earlier="", exception="")


@pytest.mark.clause("dispatch.distribution.sum", "dispatch.published", "dispatch.print")
def test_the_print_run_covers_the_list_and_no_more_than_was_approved():
    plenty = {"is_published": False, "published_most": 5}
    drafting.check_print_run(3, listed=3, **plenty)
    refused("dispatch.distribution.sum", drafting.check_print_run, 2, listed=3, **plenty)
    printed = plenty | {"is_published": True}
    drafting.check_print_run(5, listed=3, **printed)
    refused("dispatch.published", drafting.check_print_run, 6, listed=3, **printed)
    distribution.check_made(made=4, approved=5, listed=3)
    refused("dispatch.print", distribution.check_made, made=6, approved=5, listed=3)
    refused("dispatch.distribution.sum", distribution.check_made, made=2, approved=5, listed=3)


@pytest.mark.clause("dispatch.print.waste")
def test_waste_is_destroyed_by_two():
    distribution.check_waste(0, printer="区敏", witness="")
    distribution.check_waste(2, printer="区敏", witness="曾静")
    for witness in ("", " ", "区敏"):
        refused(
            "dispatch.print.waste", distribution.check_waste, 2, printer="区敏", witness=witness
        )


@pytest.mark.clause("dispatch.distribution", "dispatch.distribution.units")
def test_a_list_names_units_and_a_person_only_with_a_reason():
    read = distribution.read_list("乙局　２\n 抄送 丙局 1份 \n主送 丁局 3\n\n个人 单平 1 专题承办")
    assert [(e.name, e.copies, e.is_copied, e.is_personal) for e in read] == [
        ("乙局", 2, False, False),
        ("丙局", 1, True, False),
        ("丁局", 3, False, False),
        ("单平", 1, False, True),
    ]
    assert distribution.total(read) == 7
    assert distribution.ranges([2, 1, 3]) == [(1, 2), (3, 3), (4, 6)]
    refused("dispatch.distribution.units", distribution.read_list, "个人 单平 1")
    for text in ("", "乙局", "乙局 0", "乙局 一份", "乙局 1\n乙局 2"):
        refused("dispatch.distribution", distribution.read_list, text)


def way(level, channel, **more):
    given = {"secure": SECURE, "on_approval": ON_APPROVAL, "approval_number": ""} | more
    channels.check_channel(level, channel, **given)


@pytest.mark.clause("dispatch.channel", "dispatch.channel.approved")
@pytest.mark.parametrize("level", [x for x in Level if x.is_state_secret])
def test_a_secret_goes_by_secure_channels_only_whatever_number_is_given(level):
    for channel in Channel:
        if channel.label in SECURE:
            way(level, channel)
        else:
            words = refused("dispatch.channel", way, level, channel, approval_number="批1")
            assert channel.label in words


@pytest.mark.clause("dispatch.channel.approved")
def test_an_internal_paper_goes_by_fax_or_network_only_under_a_number():
    for channel in (Channel.FAX, Channel.NETWORK):
        refused("dispatch.channel.approved", way, Level.INTERNAL, channel)
        way(Level.INTERNAL, channel, approval_number="批〔2026〕3号")
        refused(
            "dispatch.channel", way, Level.INTERNAL, channel, on_approval=(), approval_number="批"
        )
    refused("dispatch.channel", way, Level.INTERNAL, Channel.POST, approval_number="批")
    for channel in Channel:
        way(Level.PUBLIC, channel)


@pytest.mark.clause("dispatch.channel.encrypted", "dispatch.tracking", "dispatch.courier")
def test_what_must_be_written_down_about_the_way():
    refused("dispatch.channel.encrypted", channels.check_protection, Level.CONFIDENTIAL, " ")
    channels.check_protection(Level.INTERNAL, "")
    posted = {"numbered": ("机要通信", "特快专递")}
    refused("dispatch.tracking", channels.check_tracking, Channel.EXPRESS, " ", **posted)
    channels.check_tracking(Channel.EXPRESS, "EX1", **posted)
    channels.check_tracking(Channel.COURIER, "", **posted)
    by_hand = {"least": 2, "by_hand": True}
    check = channels.check_couriers
    refused("dispatch.courier", check, Level.SECRET, persons=0, **by_hand)
    check(Level.SECRET, persons=1, **by_hand)
    refused("dispatch.courier", check, Level.TOP_SECRET, persons=1, **by_hand)
    check(Level.TOP_SECRET, persons=2, **by_hand)
    assert distribution.people_in("丁一、丁二，丁一") == ["丁一", "丁二"]


@pytest.mark.clause("dispatch.cipher")
def test_a_cipher_telegram_is_answered_in_cipher_and_nothing_goes_both_ways():
    check = channels.check_cipher
    check("cipher", answers_cipher=True, used=())
    for channel in ("plain", "fax", "courier"):
        refused("dispatch.cipher", check, channel, answers_cipher=True, used=())
    refused("dispatch.cipher", check, "plain", answers_cipher=False, used={"cipher"})
    refused("dispatch.cipher", check, "cipher", answers_cipher=False, used={"fax"})
    check("courier", answers_cipher=False, used={"cipher"})
    check("fax", answers_cipher=False, used={"plain", "courier"})


@pytest.mark.clause("dispatch.courier.times")
def test_a_trip_goes_forward_and_a_long_one_is_noticed():
    later = NOW + timedelta(hours=1)
    channels.check_times(left=NOW, then=later, at=later)
    for then in (NOW - timedelta(minutes=1), later + timedelta(minutes=1)):
        refused("dispatch.courier.times", channels.check_times, left=NOW, then=then, at=later)
    assert channels.is_long(left=NOW, back=later, minutes=59)
    assert not channels.is_long(left=NOW, back=later, minutes=60)


@pytest.mark.clause("dispatch.exchange")
def test_what_a_run_brought_is_listed_piece_by_piece():
    (one,) = exchange.read_brought("乙局 J-0417　办公室", counted=1)
    assert (one.sender, one.envelope, one.department) == ("乙局", "J-0417", "办公室")
    assert exchange.read_brought("", counted=0) == []
    for text, counted in (
        ("乙局 J-1 办公室", 2),
        ("乙局 J-1", 1),
        ("乙局 J-1 办公室\n丙局 J-1 办公室", 2),
    ):
        refused("dispatch.exchange", exchange.read_brought, text, counted=counted)
    refused("dispatch.exchange", exchange.check_named, " ", "交换站")
