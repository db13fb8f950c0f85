"""The approval line: who said what, in order, and who is next."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.template import engines

from conftest import NOW
from shoumi.platform.approvals import selectors, services
from shoumi.platform.approvals.tests.world import ask, following, route, step
from shoumi.platform.directory.models import Person
from shoumi.platform.ui.line import office_time, points

LATER = NOW + timedelta(hours=1)
TWO = (step("office_director", label="办公室审核"), step("deputy_leader", label="分管领导审批"))


def fresh(person):
    return Person.objects.get(pk=person.pk)


def line_of(case, reader, *, at=LATER):
    return points(selectors.case_page(case, reader=reader, at=at))


def test_before_the_first_vote_the_first_step_is_at_work(office):
    case = ask(office, book=route(*TWO))
    said = [(p.state, p.post, p.person, p.words) for p in line_of(case, office.handler)]
    assert said == [
        ("done", "申请", "单平", "提交"),
        ("now", "办公室审核", "翟海", "办理中"),
        ("waiting", "分管领导审批", "尉迟山", "待办理"),
    ]


def test_a_vote_stands_with_its_opinion_and_the_office_time_it_took(office):
    case = ask(office, book=route(*TWO))
    services.agree(actor=fresh(office.director), subject=case, at=LATER, opinion="拟同意")
    _, first, second = line_of(case, office.handler)
    assert (first.state, first.opinion, first.at) == ("done", "拟同意", LATER)
    assert first.note == "本环节用时 1 工作小时"
    assert second.state == "now"


def test_a_refusal_ends_the_line(office):
    with following():
        case = ask(office, book=route(*TWO))
        services.refuse(actor=fresh(office.director), subject=case, at=LATER, opinion="用途不明")
    states = [p.state for p in line_of(case, office.handler)]
    assert states[:2] == ["done", "refused"]
    assert "now" not in states


def test_a_late_step_says_so(office):
    case = ask(office, book=route(*TWO))
    late = line_of(case, office.handler, at=NOW + timedelta(days=9))[1]
    assert late.note.startswith("已逾期，应于 2026-09-02")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "不足 1 分钟"), (5, "5 分钟"), (60, "1 工作小时"), (135, "2 工作小时 15 分钟")],
)
def test_office_time_in_words(minutes, words):
    assert office_time(timedelta(minutes=minutes)) == words


def test_the_page_of_a_thing_shows_its_approvals_to_who_may_know(office):
    ask(office, book=route(*TWO))
    page = engines["django"].from_string("{% load ui %}{% approvals_of row %}")

    def shown(person):
        frame = SimpleNamespace(person=fresh(person), at=LATER)
        return page.render({"row": office.registry, "frame": frame})

    assert "办公室审核" in shown(office.handler)
    assert "审批中" in shown(office.handler)
    assert shown(office.sysadmin).strip() == ""
