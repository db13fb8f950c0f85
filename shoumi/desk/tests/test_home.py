"""The home page: whose turn it is, what was done, what others owe, and what is late for those who watch."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conftest import prepared
from shoumi.desk.views import TABS, WATCHERS
from shoumi.kernel.levels import Level
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import person_principal
from shoumi.platform.obligations.models import Duty, Reminder
from shoumi.platform.obligations.services import fulfil, raise_duty
from shoumi.platform.registers.testing import browser
from shoumi.platform.ui import menu


@pytest.fixture
def owe(office):
    """`owe("handler", "办此事", hours=-1)` puts a duty on somebody, an hour overdue."""

    def put(who, text, *, hours=48, by=None, listed=("handler", "chief"), **changed):
        now = timezone.now()
        with prepared(office.body):
            people = {person_principal(getattr(office, key).pk) for key in listed}
            label = label_for(
                level=Level.SECRET, body=office.body, principals=people, basis="", on=office.today
            )
            said = {"kind": "test.owed", "clause": "obligations.evidence", "label": label}
            return raise_duty(
                person=getattr(office, who),
                text=text,
                due=now + timedelta(hours=hours),
                at=now - timedelta(days=9),
                raised_by=by and getattr(office, by),
                **said | changed,
            )

    return put


def page(office, who, address="/"):
    answer = browser(getattr(office, who)).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_waits_for_me_stands_there_with_the_nearest_due_first(office, owe):
    owe("handler", "后办此事", hours=90)
    owe("handler", "先办此事", hours=2)
    owe("chief", "他人之事")
    said = page(office, "handler")
    assert said.index("先办此事") < said.index("后办此事")
    assert "他人之事" not in said
    assert "暂无待办" in page(office, "peer")


def test_what_i_did_moves_to_the_second_tab(office, owe):
    duty = owe("handler", "已了之事")
    with prepared(office.body):
        fulfil(duty, evidence="已办", at=timezone.now())
    assert "已了之事" not in page(office, "handler")
    assert "已了之事" in page(office, "handler", "/?tab=done")
    assert "已了之事" not in page(office, "peer", "/?tab=done")


def test_what_others_owe_me_stands_on_the_third_tab_and_can_be_urged(office, owe):
    duty = owe("handler", "催问之事", by="chief")
    said = page(office, "chief", "/?tab=raised")
    assert "催问之事" in said
    assert reverse("desk:remind", args=[duty.pk]) in said
    assert "催问之事" not in page(office, "handler", "/?tab=raised")


@pytest.mark.parametrize(
    ("who", "watches"),
    [("registrar", True), ("office", True), ("director", True), ("leader", True), ("head", True)]
    + [(k, False) for k in ("handler", "chief", "watch", "sysadmin", "secadmin", "auditor")],
)
def test_only_watchers_have_the_tab_of_what_is_late(office, owe, who, watches):
    owe("handler", "逾期之事", hours=-1, listed=("handler", who))
    said = page(office, who, "/?tab=late")
    assert (TABS["late"] in said) is watches
    if watches or who == "handler":
        assert "逾期之事" in said
    else:
        assert "逾期之事" not in said


@pytest.mark.clause("access.may_know")
def test_a_watcher_does_not_see_what_is_late_but_not_theirs_to_know(office, owe):
    owe("handler", "不该知道之事", hours=-1)
    assert "不该知道之事" not in page(office, "registrar", "/?tab=late")


@pytest.mark.parametrize("address", ["/?tab=nonsense", "/?page=99", "/?size=7", "/?size=x&page=x"])
def test_a_wrong_address_shows_the_first_page_of_what_waits(office, owe, address):
    owe("handler", "先办此事")
    assert "先办此事" in page(office, "handler", address)


def test_as_many_stand_on_a_page_as_asked(office, owe):
    for number in range(22):
        owe("handler", f"第{number:02d}事")
    assert page(office, "handler").count("事</a>") == 20
    assert page(office, "handler", "/?size=50").count("事</a>") == 22


def test_the_bell_counts_what_waits_and_says_when_it_is_late(office, owe):
    owe("handler", "先办此事")
    at = timezone.now()
    assert menu.waiting_for(office.handler, at) == menu.Waiting(count=1, late=False)
    owe("handler", "逾期之事", hours=-1)
    assert menu.waiting_for(office.handler, at) == menu.Waiting(count=2, late=True)


def urge(office, who, duty, words="请尽快办理。"):
    address = reverse("desk:remind", args=[duty.pk])
    return browser(getattr(office, who)).post(address, {"words": words})


@pytest.mark.clause("obligations.remind.interval")
def test_who_raised_it_urges_in_written_words(office, owe):
    duty = owe("handler", "催问之事", by="chief")
    answer = urge(office, "chief", duty, " 请今日办结。 ")
    assert (answer.status_code, answer["Location"]) == (302, "/?tab=raised")
    reminder = Reminder.objects.get(duty=duty)
    assert (reminder.words, reminder.by) == ("请今日办结。", office.chief)
    assert "请今日办结" in page(office, "chief", reverse("desk:duty", args=[duty.pk]))


@pytest.mark.clause("obligations.remind.interval")
def test_a_watcher_urges_what_is_late_and_comes_back_to_that_list(office, owe):
    duty = owe("handler", "逾期之事", hours=-1, listed=("handler", "registrar"))
    answer = urge(office, "registrar", duty)
    assert (answer.status_code, answer["Location"]) == (302, "/?tab=late")


@pytest.mark.clause("obligations.remind.interval")
@pytest.mark.parametrize("words", ["", "   "])
def test_without_words_nobody_is_urged(office, owe, words):
    duty = owe("handler", "催问之事", by="chief")
    answer = urge(office, "chief", duty, words)
    assert answer.status_code == 422
    assert "催办须写明意见" in answer.content.decode()
    assert not Reminder.objects.exists()


@pytest.mark.clause("obligations.remind.interval")
def test_twice_at_once_is_refused(office, owe):
    duty = owe("handler", "催问之事", by="chief")
    urge(office, "chief", duty)
    assert urge(office, "chief", duty).status_code == 422
    assert Reminder.objects.count() == 1


@pytest.mark.parametrize("who", ["peer", "handler", "stranger", "auditor", "registrar"])
def test_whom_it_does_not_concern_urges_nobody(office, owe, who):
    duty = owe("handler", "逾期之事", hours=-1, by="chief")
    assert urge(office, who, duty).status_code == 404
    assert not Reminder.objects.exists()
    assert Duty.objects.get(pk=duty.pk).reminders == 0


def test_urging_is_never_a_plain_link(office, owe):
    duty = owe("handler", "催问之事", by="chief")
    address = reverse("desk:remind", args=[duty.pk])
    assert browser(office.chief).get(address).status_code == 405


def test_the_page_of_a_duty_opens_for_those_it_concerns_only(office, owe):
    duty = owe("handler", "催问之事", by="chief")
    address = reverse("desk:duty", args=[duty.pk])
    for who, status in (("handler", 200), ("chief", 200), ("peer", 404), ("auditor", 404)):
        assert browser(getattr(office, who)).get(address).status_code == status


def monthly(office):
    with prepared(office.body):
        return raise_duty(
            kind="recurring.monthly_clearing",
            clause="carriers.stocktake",
            text="月清理",
            due=timezone.now() + timedelta(days=2),
            at=timezone.now(),
            body=office.body,
            post="registrar",
            period="2026-11",
        )


@pytest.mark.clause("obligations.evidence")
def test_a_recurring_duty_is_closed_by_its_written_proof(office):
    duty = monthly(office)
    address = reverse("desk:duty", args=[duty.pk])
    assert browser(office.registrar).post(address, {"evidence": ""}).status_code == 422
    answer = browser(office.registrar).post(address, {"evidence": "已清点，册存机要室"})
    assert (answer.status_code, answer["Location"]) == (302, "/?tab=done")
    duty.refresh_from_db()
    assert duty.state == Duty.State.DONE
    again = browser(office.registrar).post(address, {"evidence": "又一次"})
    assert again.status_code == 422
    assert Duty.objects.get(pk=duty.pk).evidence == "已清点，册存机要室"


@pytest.mark.clause("obligations.evidence")
def test_a_duty_done_on_its_own_page_is_not_closed_by_a_sentence(office, owe):
    duty = owe("handler", "另页办理")
    address = reverse("desk:duty", args=[duty.pk])
    answer = browser(office.handler).post(address, {"evidence": "办了"})
    assert answer.status_code in (403, 422)
    duty.refresh_from_db()
    assert duty.state == Duty.State.OPEN


@pytest.mark.parametrize(("name", "linked"), [("documents", True), ("nowhere", False)])
def test_a_duty_leads_to_the_page_where_it_is_done(office, owe, name, linked):
    duty = owe("handler", "有页之事", url_name=name)
    said = page(office, "handler")
    assert (f'href="/documents/">{duty.text}' in said) is linked
    assert (reverse("desk:duty", args=[duty.pk]) in said) is not linked


def test_the_calendar_is_the_system_administrators(office):
    address = reverse("desk:calendar")
    assert page(office, "sysadmin", address)
    for who in ("registrar", "secadmin", "auditor", "handler"):
        assert browser(getattr(office, who)).get(address).status_code == 404
    assert browser(office.sysadmin).post(address, {"notice": ""}).status_code == 422


def test_the_posts_that_watch_are_posts_of_the_rulebook():
    from shoumi.platform.rulebook.posts import posts

    assert set(posts()) >= WATCHERS
