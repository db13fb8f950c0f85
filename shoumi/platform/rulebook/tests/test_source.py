"""The digests that are chained at start, the posts, and what the page shows."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse

from shoumi.kernel.chain import sm3
from shoumi.platform.rulebook import selectors
from shoumi.platform.rulebook.controls import ControlPoint
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.rulebook.loader import DATA, load
from shoumi.platform.rulebook.posts import (
    bound_to_department,
    exclude_each_other,
    label_of,
    sees_content,
    unappointed,
)
from shoumi.platform.rulebook.source import (
    clause,
    differences,
    digest_of_rulebook,
    digests_of_clauses,
    digests_of_files,
)
from shoumi.platform.rulebook.tests.test_figures import LOAN, override
from shoumi.platform.trail.middleware import asked_once

DAY = date(2026, 9, 1)


@pytest.mark.clause("rulebook.load")
def test_an_edited_rulebook_is_named_by_file_and_clause(tmp_path: Path):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    files, clauses = digests_of_files(folder), digests_of_clauses(load(folder))
    path = folder / "regulations" / "carriers.toml"
    text = path.read_text(encoding="utf-8").replace(
        '"秘密" = 15, "机密" = 7', '"秘密" = 60, "机密" = 60'
    )
    path.write_text(text, encoding="utf-8")

    assert digest_of_rulebook(folder) != digest_of_rulebook()
    assert differences(files, digests_of_files(folder)) == ["regulations/carriers.toml"]
    assert differences(clauses, digests_of_clauses(load(folder))) == [LOAN]


def test_new_tests_do_not_change_the_rules(tmp_path: Path):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    (folder / "proofs.json").write_text("{}", encoding="utf-8")

    assert digest_of_rulebook(folder) == digest_of_rulebook()
    assert digests_of_files(folder)["posts.toml"] == sm3((DATA / "posts.toml").read_bytes())


class TestPosts:
    def test_officers_see_no_content_and_hold_nothing_besides(self):
        for key in ("sysadmin", "secadmin", "auditor"):
            assert not sees_content(key)
            assert exclude_each_other([key, "handler"])
        assert exclude_each_other(["sysadmin", "auditor"])
        assert not exclude_each_other(["registrar", "duty_officer"])
        assert not exclude_each_other(["auditor"])

    def test_everybody_is_a_handler(self):
        assert unappointed() == {"handler"}
        assert label_of("registrar") == "机要员"
        assert bound_to_department("department_head")
        assert not bound_to_department("head")


class TestThePage:
    def test_a_figure_is_shown_with_its_day_and_range(self):
        shown = selectors.shown_clause(clause(LOAN), on=DAY, points={})
        (days,) = shown.figures

        assert days.since == date(2000, 1, 1)
        assert "机密 7" in days.text
        assert days.allowed == "0 至 60 天，只可调低"
        assert not days.by_body

    def test_a_bodys_own_figure_stands_beside_the_rule(self, office):
        override(office, {"机密": 3})
        shown = selectors.shown_clause(clause(LOAN), on=office.today, body=office.body, points={})
        (days,) = shown.figures

        assert days.by_body
        assert days.since == office.today
        assert "机密 3" in days.text
        assert "机密 7" in days.ruled

    def test_a_control_names_its_evidence(self):
        point = ControlPoint("handling.borrow.request", "借阅申请", frozenset({"action"}))
        shown = selectors.shown_clause(clause(LOAN), on=DAY, points={point.key: point})

        assert shown.controls[0].label == "借阅申请"
        assert shown.controls[0].kind_label == "拒绝"
        assert shown.controls[0].in_code
        assert not shown.controls[1].in_code
        assert "handling.borrow.request.denied" in shown.evidence_events

    def test_every_clause_can_be_shown(self):
        for regulation in selectors.regulations():
            assert len(selectors.clauses_of(regulation, on=DAY)) == len(regulation.clauses)

    def test_a_citation_is_that_of_the_day(self):
        limit = clause("marks.period.limit")

        assert (
            selectors.shown_clause(limit, on=date(2020, 1, 1)).basis[-1] == "2010年保密法第十五条"
        )
        assert selectors.shown_clause(limit, on=DAY).basis == ("保密法第二十条",)

    def test_regulations_and_titles_are_found_by_id(self):
        found = selectors.regulation("carriers")

        assert found is not None
        assert found.title == "涉密载体管理规定"
        assert selectors.regulation("nothing") is None
        assert selectors.clause_title("carriers.missing") == "遗失查找"
        assert selectors.clause_title("carriers.nothing") == "carriers.nothing"

    def test_what_a_body_may_set_is_said_in_words(self):
        def allowed(clause_id: str, key: str) -> str:
            return selectors.allowed(clause(clause_id).parameter(key))

        assert allowed("marks.period.limit", "years") == "固定，不得调整"
        assert allowed("obligations.calendar.hours", "spans") == "按规定格式填写"
        assert allowed("documents.channel", "channels").endswith("，只可减少")


def test_a_page_asks_for_a_bodys_asked_once(office, django_assert_num_queries):
    def page(request: HttpRequest) -> HttpResponse:
        for _ in range(3):
            figure(LOAN, "days", on=office.today, body=office.body)
        return HttpResponse()

    with django_assert_num_queries(1):
        asked_once(page)(HttpRequest())
    with django_assert_num_queries(3):
        page(HttpRequest())
