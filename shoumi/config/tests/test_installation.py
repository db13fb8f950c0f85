"""What stops a start before anything is served: keys, grades, addresses, transport, a changed rulebook."""

import argparse
import io
import json
import logging
import sqlite3
import threading

import pytest
from django.conf import settings
from django.db import connection

from conftest import NOW
from shoumi.config.installation import (
    FILE,
    SECRET,
    BadInstallation,
    Installation,
    postgres_settings,
)
from shoumi.config.passwords import Argon2
from shoumi.config.progress import Progress
from shoumi.config.serving import _rounds, run_round, serve
from shoumi.config.settings import WAL_IS_SAFE
from shoumi.config.starting import chain_rulebook, check_start
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.rulebook.source import digest_of_rulebook, digests_of_files
from shoumi.platform.trail.models import Entry
from shoumi.platform.trail.recording import Record, recording


@pytest.fixture
def embedded(monkeypatch):
    monkeypatch.delenv("SHOUMI_DATABASE", raising=False)


def made(folder, **changed):
    said = {"grade": Level.SECRET, "demonstration": False, "hosts": ["10.0.0.5"]} | changed
    Installation.make(folder, **said)
    return Installation.load(folder)


def test_a_new_installation_has_a_name_a_grade_and_a_key_of_its_own(tmp_path, embedded):
    one, other = made(tmp_path / "a"), made(tmp_path / "b", grade=Level.INTERNAL)
    assert (one.grade, one.hosts, one.https) == (Level.SECRET, ["10.0.0.5"], False)
    assert (one.demonstration, one.trusted_origins, one.database_url) == (False, [], "")
    assert len(one.identity) == 32
    assert one.identity != other.identity
    assert one.secret_key != other.secret_key
    assert (tmp_path / "a" / SECRET).stat().st_mode & 0o077 == 0
    assert (tmp_path / "a").stat().st_mode & 0o077 == 0
    assert Installation.load(tmp_path / "a") == one


def test_an_installation_is_not_made_twice_and_a_key_is_kept(tmp_path, embedded):
    folder = tmp_path / "a"
    key = made(folder).secret_key
    with pytest.raises(BadInstallation, match="已有一套安装"):
        made(folder)
    (folder / FILE).unlink()
    assert made(folder).secret_key == key


def test_a_folder_not_yet_made_is_closed_and_its_key_dies_with_the_process(tmp_path, embedded):
    one, again = Installation.load(tmp_path), Installation.load(tmp_path)
    assert (one.grade, one.https, one.identity) == (Level.INTERNAL, False, "")
    assert one.hosts == ["127.0.0.1", "localhost", "[::1]"]
    assert one.secret_key != again.secret_key
    assert list(tmp_path.iterdir()) == []


def test_a_short_key_stops_the_start(tmp_path, embedded):
    (tmp_path / SECRET).write_text("x" * 49, encoding="utf-8")
    with pytest.raises(BadInstallation, match="不足 50 个字符"):
        Installation.load(tmp_path)


def test_an_unknown_grade_stops_the_start(tmp_path, embedded):
    (tmp_path / FILE).write_text('grade = "绝密+"', encoding="utf-8")
    with pytest.raises(Refusal, match="不是密级"):
        Installation.load(tmp_path)


def test_the_address_of_a_postgresql_is_taken_apart(tmp_path, embedded):
    (tmp_path / FILE).write_text(
        'database = "postgresql://shou:mi%40mi@db.local:5433/office"', encoding="utf-8"
    )
    said = Installation.load(tmp_path).postgres()
    assert [said[k] for k in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "office",
        "shou",
        "mi@mi",
        "db.local",
        "5433",
    ]
    socket = postgres_settings("postgresql://shoumi@/office?host=/run/pg&port=6000")
    assert (socket["HOST"], socket["PORT"], socket["PASSWORD"]) == ("/run/pg", "6000", "")


def test_the_environment_names_the_database_before_the_file_does(tmp_path, monkeypatch):
    monkeypatch.setenv("SHOUMI_DATABASE", "postgresql://a@b/c")
    assert Installation.load(tmp_path).database_url == "postgresql://a@b/c"


@pytest.mark.parametrize("address", ["mysql://a@b/c", "office", "sqlite:///x"])
def test_any_other_database_is_refused(address):
    with pytest.raises(BadInstallation, match="postgresql://"):
        postgres_settings(address)


def test_settings_show_nothing_and_let_nobody_in_unasked():
    assert settings.DEBUG is False
    assert "*" not in settings.ALLOWED_HOSTS
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Strict"
    assert settings.SESSION_COOKIE_SECURE is settings.INSTALLATION.https
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert (settings.USE_TZ, settings.TIME_ZONE) == (True, "Asia/Shanghai")


def test_the_content_policy_lets_no_foreign_or_inline_script_run():
    said = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert said["default-src"] == ["'none'"]
    assert said["script-src"] == said["style-src"] == ["'self'"]
    assert said["frame-ancestors"] == ["'none'"]


def test_wal_is_used_only_where_sqlite_cannot_be_corrupted_by_it():
    version = sqlite3.sqlite_version_info
    fixed = version >= (3, 51, 3) or (version[:2] == (3, 44) and version >= (3, 44, 6))
    assert WAL_IS_SAFE is (fixed or (version[:2] == (3, 50) and version >= (3, 50, 7)))


def test_passwords_cost_what_a_county_machine_can_bear():
    hashed = Argon2().encode("Pass-2026", "salt" * 4)
    assert hashed.startswith("argon2$argon2id$v=19$m=49152,t=3,p=1$")
    assert Argon2().verify("Pass-2026", hashed)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_is_told_on_a_terminal_and_nowhere_else(monkeypatch, capsys):
    Progress()("校验", 1, 2)
    assert capsys.readouterr().err == ""
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    progress = Progress()
    for done in (0, 1, 2):
        progress("校验", done, 2)
    progress("痕迹账", 5, 0)
    said = screen.getvalue()
    assert "校验 1 50%" in said
    assert "校验 2 100%" in said
    assert "约余 0 秒" in said
    assert said.count("\n") == 1
    assert "痕迹账 5 （" in said


@pytest.mark.clause("systems.transport")
@pytest.mark.parametrize("listen", ["0.0.0.0", "10.0.0.5", "::", "office.example", ""])
def test_plain_text_is_never_served_to_other_machines(office, listen):
    before = Entry.objects.count()
    with pytest.raises(Refusal) as refusal:
        check_start(listen=listen)
    assert refusal.value.clause == "systems.transport"
    assert "https = true" in refusal.value.way_on
    assert Entry.objects.count() == before
    with pytest.raises(Refusal):
        serve(argparse.Namespace(listen=listen, port=0, threads=1), folder=None)


@pytest.mark.clause("rulebook.load")
def test_a_start_chains_the_rulebook_once_and_again_only_when_it_changed(office):
    check_start(listen="127.0.0.1")
    found = Entry.objects.filter(event="rulebook.load")
    first = found.get()
    assert json.loads(first.body) == {"digest": digest_of_rulebook(), "files": digests_of_files()}
    chain_rulebook()
    assert found.count() == 1
    details = {"digest": "0" * 64, "files": {}}
    other = Record("JIA", "rulebook.load", 0, "系统", "rulebook.load", NOW, details=details)
    with recording(other):
        pass
    chain_rulebook()
    chain_rulebook()
    assert found.count() == 3
    assert json.loads(found.latest("id").body)["digest"] == digest_of_rulebook()


def test_a_changed_file_of_the_rulebook_is_another_digest(tmp_path):
    (tmp_path / "posts.toml").write_text("甲", encoding="utf-8")
    before, files = digest_of_rulebook(tmp_path), digests_of_files(tmp_path)
    (tmp_path / "posts.toml").write_text("乙", encoding="utf-8")
    (tmp_path / "proofs.json").write_text("{}", encoding="utf-8")
    assert digest_of_rulebook(tmp_path) != before
    assert digests_of_files(tmp_path).keys() == files.keys() == {"posts.toml"}


def test_a_failing_round_is_logged_and_the_next_one_runs(db, caplog, monkeypatch):
    # Inside a test's transaction the connection must stay; in the server it is made anew.
    monkeypatch.setattr(connection, "close", lambda: None)
    seen = []

    def fails(at):
        seen.append(at)
        raise ConnectionError("网络断开")

    with caplog.at_level(logging.ERROR, "shoumi.serving"):
        run_round(fails, at=NOW)
        run_round(seen.append, at=NOW)
    assert seen == [NOW, NOW]
    assert [r.getMessage() for r in caplog.records] == ["期限巡检一轮未完成，下一轮重试"]
    assert "网络断开" in caplog.text


def test_no_round_begins_after_the_stop():
    stop = threading.Event()
    stop.set()
    assert _rounds(stop) is None
