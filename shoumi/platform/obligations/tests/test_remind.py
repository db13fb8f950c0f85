"""催办: by those concerned, in words, at intervals, counted."""

from datetime import timedelta

import pytest

from conftest import NOW, prepared
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Hidden
from shoumi.platform.access.services import label_for
from shoumi.platform.obligations import selectors, services
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import AlreadyClosed, NotConcerned, remind
from shoumi.platform.obligations.tests.test_duties import give
from shoumi.platform.trail.models import Entry

CLAUSE = "obligations.remind.interval"


@pytest.fixture
def duty(office):
    with prepared(office.body):
        return give(person=office.handler, raised_by=office.peer)


@pytest.mark.clause(CLAUSE)
def test_the_initiator_urges_in_words_and_it_is_counted(office, duty):
    reminder = remind(actor=office.peer, subject=duty, words=" 请尽快阅退 ", at=NOW)
    assert (duty.reminders, duty.last_reminded_at) == (1, NOW)
    assert selectors.reminders_of(duty) == [reminder]
    assert reminder.words == "请尽快阅退"
    entry = Entry.objects.order_by("-id")[0]
    assert (entry.event, entry.clause) == ("obligations.remind", CLAUSE)
    assert '"times":1' in entry.body and "阅退" not in entry.body
    assert str(reminder).startswith(f"{duty.pk}:")


@pytest.mark.clause(CLAUSE)
def test_the_next_one_waits_four_working_hours(office, duty):
    remind(actor=office.registrar, subject=duty, words="请办", at=NOW)
    with pytest.raises(Refusal) as early:
        remind(actor=office.director, subject=duty, words="请办", at=NOW + timedelta(hours=3))
    assert early.value.clause == CLAUSE
    assert "2026-09-01 15:00" in early.value.way_on
    remind(actor=office.director, subject=duty, words="请办", at=NOW + timedelta(hours=6))
    assert duty.reminders == 2


@pytest.mark.clause(CLAUSE)
def test_no_more_than_three_a_day(office, duty):
    with prepared(office.body):
        for hour in range(3):
            services.Reminder.objects.create(
                duty=duty, by=office.peer, at=NOW - timedelta(hours=hour), words="请办"
            )
    with pytest.raises(Refusal) as often:
        remind(actor=office.peer, subject=duty, words="请办", at=NOW + timedelta(hours=8))
    assert "3 次" in often.value.message
    remind(actor=office.peer, subject=duty, words="请办", at=NOW + timedelta(days=1))


def test_nobody_else_urges(office, duty):
    with pytest.raises(NotConcerned) as other:
        remind(actor=office.junior, subject=duty, words="请办", at=NOW)
    assert other.value.status == 403
    with pytest.raises(Hidden):
        remind(actor=office.stranger, subject=duty, words="请办", at=NOW)


def test_whoever_a_late_duty_was_brought_before_may_urge_it(office, duty):
    with prepared(office.body):
        give(person=office.leader, above=duty)
    assert remind(actor=office.leader, subject=duty, words="请办", at=NOW)


def test_a_duty_about_what_one_may_not_know_does_not_exist(office):
    with prepared(office.body):
        label = label_for(
            level=Level.SECRET,
            body=office.body,
            principals=[f"p:{office.handler.pk}"],
            basis="",
            on=office.today,
        )
        duty = give(person=office.handler, label=label)
    with pytest.raises(Hidden):
        remind(actor=office.director, subject=duty, words="请办", at=NOW)


def test_a_reminder_has_words(office, duty):
    with pytest.raises(Refusal) as silent:
        remind(actor=office.peer, subject=duty, words=" ", at=NOW)
    assert silent.value.clause == CLAUSE


def test_two_clicks_or_a_closed_duty_are_stale(office, duty):
    twin = Duty.objects.get(pk=duty.pk)
    remind(actor=office.peer, subject=duty, words="请办", at=NOW)
    with pytest.raises(AlreadyClosed) as second:
        remind(actor=office.peer, subject=twin, words="请办", at=NOW)
    assert second.value.status == 409
    with prepared(office.body):
        services.fulfil(duty, evidence="已阅", at=NOW)
    with pytest.raises(AlreadyClosed):
        remind(actor=office.peer, subject=duty, words="请办", at=NOW + timedelta(days=1))
