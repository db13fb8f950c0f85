"""The demonstration: a real installation is never cleared for it; papers and deeds are drawn alike each time."""

import random
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from conftest import NOW
from shoumi.config.command import is_cut_short, main
from shoumi.config.demonstration import accounts_table
from shoumi.config.demonstration.papers import MARKS, SUBJECTS, draw
from shoumi.config.demonstration.queue import Story, at_hour
from shoumi.config.installation import ACCOUNTS, FILE, Installation
from shoumi.kernel.levels import Level


@pytest.fixture
def kept_environment(monkeypatch):
    """The command writes the folder into its environment; put it back afterwards."""
    import os

    umask = os.umask(0o077)
    monkeypatch.setenv("SHOUMI_DATA", os.environ.get("SHOUMI_DATA", ""))
    yield
    os.umask(umask)


@pytest.mark.usefixtures("kept_environment")
def test_a_real_installation_is_not_cleared(tmp_path, capsys):
    folder = tmp_path / "office"
    Installation.make(folder, grade=Level.SECRET, demonstration=False, hosts=["localhost"])
    before = (folder / FILE).read_text(encoding="utf-8")
    assert main(["demo", "--no-serve", "--fresh", "--data", str(folder)]) == 2
    assert "是正式安装，不予清除" in capsys.readouterr().err
    assert (folder / FILE).read_text(encoding="utf-8") == before


@pytest.mark.usefixtures("kept_environment")
def test_a_real_installation_gets_no_invented_data(tmp_path, capsys):
    folder = tmp_path / "office"
    Installation.make(folder, grade=Level.SECRET, demonstration=False, hosts=["localhost"])
    assert main(["demo", "--no-serve", "--data", str(folder)]) == 2
    assert "是正式安装" in capsys.readouterr().err


def test_a_demonstration_that_was_broken_off_begins_anew(tmp_path):
    folder = tmp_path / "demo"
    Installation.make(folder, grade=Level.SECRET, demonstration=True, hosts=["localhost"])
    (folder / "shoumi.sqlite3").write_bytes(b"half of it")
    assert is_cut_short(folder)
    (folder / ACCOUNTS).write_text("[]", encoding="utf-8")
    assert not is_cut_short(folder)
    assert not is_cut_short(tmp_path)


@pytest.mark.usefixtures("kept_environment")
def test_a_folder_of_something_else_is_not_cleared(tmp_path, capsys):
    (tmp_path / "papers.txt").write_text("要紧", encoding="utf-8")
    assert main(["demo", "--no-serve", "--fresh", "--data", str(tmp_path)]) == 2
    assert "不是演示数据文件夹，不予清除" in capsys.readouterr().err
    assert (tmp_path / "papers.txt").exists()


def test_the_accounts_are_shown_with_post_and_clearance(tmp_path):
    account = {"account": "jiyao", "password": "Feng23#Lin", "name": "区敏"}
    rows = [
        account | {"posts": ["机要员"], "clearance": "绝密"},
        account | {"posts": [], "clearance": "内部"},
    ]
    import json

    (tmp_path / ACCOUNTS).write_text(json.dumps(rows), encoding="utf-8")
    head, first, second = accounts_table(tmp_path)
    assert "虚构" in head
    assert first.split() == ["jiyao", "Feng23#Lin", "区敏", "机要员", "绝密"]
    assert "承办人" in second


def test_the_same_chance_draws_the_same_paper():
    def first():
        return draw(random.Random(7), number=3, year=2026)

    assert first() == first()
    assert first().issue_number.endswith("〔2026〕3号")


def test_every_paper_fits_its_level():
    chance = random.Random(1)
    papers = [draw(chance, number=n, year=2026) for n in range(600)]
    assert {p.level for p in papers} == set(SUBJECTS)
    for paper in papers:
        assert paper.title in SUBJECTS[paper.level]
        assert paper.mark in MARKS[paper.level]
        assert paper.kind == "file" or paper.level != "plain"
        assert paper.copies == 1 or paper.level != "绝密"
        if paper.level in ("秘密", "机密", "绝密"):
            assert paper.mark.startswith(f"{paper.level}★")


@pytest.fixture
def story(office):
    return Story(SimpleNamespace(body=office.body), until=NOW)


def test_deeds_are_done_in_the_order_of_their_time_and_new_ones_join(story):
    done = []

    def late(at):
        done.append("late")

    def early(at):
        done.append("early")
        story.plan(at + timedelta(hours=1), lambda at: done.append("between"))

    story.plan(NOW - timedelta(hours=1), late)
    story.plan(NOW - timedelta(hours=1), lambda at: done.append("planned after"))
    story.plan(NOW - timedelta(hours=5), early)
    told = []
    story.run(lambda *said: told.append(said))
    assert done == ["early", "between", "late", "planned after"]
    assert told[-1] == ("演示数据", 4, 4)


def test_what_lies_in_the_future_stays_undone(story):
    story.plan(NOW, lambda at: None)
    story.plan(NOW + timedelta(days=1), lambda at: None)
    assert story.queue == []


def test_only_lately_does_somebody_let_it_lie(story):
    assert story.stalls(NOW - timedelta(days=1), share=1.0)
    assert not story.stalls(NOW - timedelta(days=1), share=0.0)
    assert not story.stalls(NOW - timedelta(days=20), share=1.0)


@pytest.mark.parametrize(
    ("said", "day"),
    [("2026-09-01 22:00", 2), ("2026-09-05 10:00", 7), ("2026-09-01 06:00", 1)],
)
def test_nobody_works_at_night_or_on_a_sunday(story, said, day):
    at = datetime.fromisoformat(said).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    moved = story.in_office(at)
    assert moved.date() == date(2026, 9, day)
    assert (8, 30) <= (moved.hour, moved.minute) < (9, 0)


def test_within_office_hours_time_stays_as_it_is(story):
    assert story.in_office(NOW) == NOW
    assert story.later(NOW, hours=2) == NOW + timedelta(hours=2)
    assert at_hour(date(2026, 9, 1), 9, 0) == NOW
