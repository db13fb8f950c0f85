"""documents.telegram.*: a slip within fifteen minutes, a report above 特急, closed within its days."""

from datetime import timedelta

import pytest

from conftest import NOW
from shoumi.domains.documents.models import Lapse, Telegram
from shoumi.domains.documents.registers.matters import TELEGRAMS
from shoumi.domains.documents.services.deciding import close, instruct, propose
from shoumi.domains.documents.services.telegrams import give_slip, tell
from shoumi.domains.documents.services.unpacking import Wired
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.obligations.loop import tick
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import seed_calendar

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def telegram(office, receipt):
    """`telegram(came=NOW - 10 minutes)` is a telegram registered now."""
    seed_calendar(office.system, NOW)

    def wire(urgency="prompt", came=NOW - 10 * MINUTE, **changed):
        paper = receipt(kind="telegram", urgency=urgency, received_at=came, **changed)
        return paper, clocks(office)

    return wire


def clocks(office):
    return Telegram.objects.visible_to(office.registrar, at=NOW).latest("id")


def lapses(office):
    rows = Lapse.objects.visible_to(office.registrar, at=NOW).order_by("id")
    return [(row.what, row.person, row.absent) for row in rows]


def closed(office, paper, at, **given):
    propose(actor=office.director, subject=paper, at=NOW, addressee=office.leader, text="拟阅。")
    instruct(actor=office.leader, subject=paper, at=NOW, text="请办。", handler=office.handler)
    close(actor=office.registrar, subject=paper, at=at, **given)


@pytest.mark.clause("documents.telegram.slip", "documents.telegram.book")
def test_the_slip_is_due_a_quarter_of_an_hour_after_the_telegram_came(office, telegram):
    paper, clock = telegram()
    assert clock.slip_due_at == NOW + 5 * MINUTE
    (duty,) = Duty.objects.filter(kind="documents.telegram.slip")
    assert (duty.due_at, duty.post) == (NOW + 5 * MINUTE, "registrar")
    row = TELEGRAMS.visible(office.registrar, at=NOW).get()
    assert TELEGRAMS.value(row, "slip") == "剩 5 分钟"
    give_slip(actor=office.registrar, subject=paper, at=NOW + 4 * MINUTE)
    assert (clocks(office).slip_late, lapses(office)) == (False, [])
    assert Duty.objects.get(pk=duty.pk).state == Duty.State.DONE
    with pytest.raises(Stale):
        give_slip(actor=office.registrar, subject=paper, at=NOW + 5 * MINUTE)


@pytest.mark.clause("documents.telegram.absent", "documents.lapse")
def test_a_late_slip_counts_the_watch_as_unmanned_once(office, telegram):
    paper, _ = telegram(wired=Wired(on_watch=office.watch))
    tick(NOW + 6 * MINUTE)
    tick(NOW + 7 * MINUTE)
    assert clocks(office).slip_late
    give_slip(actor=office.registrar, subject=paper, at=NOW + 9 * MINUTE)
    assert lapses(office) == [("电报超时未回单", office.watch, True)]
    row = TELEGRAMS.visible(office.registrar, at=NOW + 10 * MINUTE).get()
    assert TELEGRAMS.value(row, "slip").endswith("09:09，超时")


@pytest.mark.clause("documents.telegram.slip", "documents.telegram.absent")
def test_a_slip_given_before_the_registration_is_judged_by_its_own_time(office, telegram):
    came = NOW - 60 * MINUTE
    telegram(came=came, wired=Wired(slip_at=came + 14 * MINUTE))
    assert lapses(office) == []
    telegram(came=came, wired=Wired(slip_at=came + 16 * MINUTE), copy_numbers="4-6")
    assert lapses(office) == [("电报超时未回单", office.registrar, True)]
    assert not Duty.objects.filter(kind="documents.telegram.slip").exists()
    with pytest.raises(Refusal) as caught:
        telegram(came=came, wired=Wired(slip_at=came - MINUTE), copy_numbers="7-9")
    assert caught.value.clause == "documents.telegram.slip"


@pytest.mark.clause("documents.telegram.close")
@pytest.mark.parametrize(("urgency", "days"), [("prompt", 3), ("urgent", 2), ("flash", 1)])
def test_each_urgency_is_closed_within_its_days(office, telegram, urgency, days):
    paper, clock = telegram(urgency, came=NOW)
    assert clock.close_due_at == NOW + days * DAY
    if clock.important:
        tell(actor=office.registrar, subject=paper, at=NOW, whom=office.director)
    give_slip(actor=office.registrar, subject=paper, at=NOW)
    closed(office, paper, NOW + days * DAY)
    assert (clocks(office).close_late, lapses(office)) == (False, [])
    assert not Duty.objects.filter(kind="documents.telegram.close", state="open").exists()


@pytest.mark.clause("documents.telegram.close")
def test_what_runs_beyond_its_days_is_a_lapse_of_the_handler_and_the_top_flash_alarms_at_once(
    office, telegram
):
    late, _ = telegram("urgent", came=NOW, wired=Wired(slip_at=NOW))
    top, clock = telegram("top_flash", came=NOW, wired=Wired(slip_at=NOW), copy_numbers="4-6")
    assert clock.close_due_at == NOW
    tick(NOW + MINUTE)
    assert lapses(office) == []
    tell(actor=office.registrar, subject=top, at=NOW + MINUTE, whom=office.director)
    closed(office, top, NOW + 5 * MINUTE)
    closed(office, late, NOW + 2 * DAY + MINUTE)
    assert lapses(office) == [("电报逾期未办结", office.handler, False)]


@pytest.mark.clause("documents.telegram.tell")
def test_nothing_is_done_with_a_flash_telegram_before_the_head_knows(office, telegram):
    paper, _ = telegram("flash")
    assert Duty.objects.filter(kind="documents.telegram.tell").count() == 1
    asked = {"subject": paper, "at": NOW, "addressee": office.leader, "text": "拟阅。"}
    with pytest.raises(Refusal) as caught:
        propose(actor=office.director, **asked)
    assert caught.value.clause == "documents.telegram.tell"
    with pytest.raises(Refusal):
        tell(actor=office.registrar, subject=paper, at=NOW, whom=office.handler)
    tell(actor=office.registrar, subject=paper, at=NOW, whom=office.director)
    with pytest.raises(Stale):
        tell(actor=office.registrar, subject=paper, at=NOW, whom=office.director)
    propose(actor=office.director, **asked)
    plain, clock = telegram(wired=Wired(important=True), copy_numbers="4-6")
    assert clock.important
    with pytest.raises(Refusal):
        propose(actor=office.director, **asked | {"subject": plain})


@pytest.mark.clause("documents.telegram.reply")
def test_what_came_in_secret_is_not_answered_in_the_open(office, telegram):
    paper, _ = telegram(wired=Wired(slip_at=NOW))
    with pytest.raises(Refusal) as caught:
        closed(office, paper, NOW, reply_channel="wire")
    assert caught.value.clause == "documents.telegram.reply"
    paper.refresh_from_db()
    close(actor=office.registrar, subject=paper, at=NOW, reply_channel="signal")
    assert clocks(office).reply_channel == "signal"
