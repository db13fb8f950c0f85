"""长时办理: one person's, done or not done, and never half done."""

import dataclasses
from io import StringIO

import pytest

from conftest import NOW
from shoumi.kernel.refusal import Refusal
from shoumi.platform.works.running import DEEDS, start
from shoumi.platform.works.under_way import State, find, held, new_work


@pytest.fixture
def folder(settings, tmp_path):
    settings.INSTALLATION = dataclasses.replace(settings.INSTALLATION, folder=tmp_path)
    return tmp_path / "works"


@pytest.fixture
def deed():
    """`deed(f)` lets works of the kind 「test」 be done by `f(given, content, progress)`."""

    def enter(function):
        DEEDS["test"] = lambda *, actor, at, given, content, progress: function(
            given, content, progress
        )

    yield enter
    del DEEDS["test"]


def begin(office, **more):
    given = {"title": "核对台账", "back": "/intake/", "given": {"batch": 3}, **more}
    return start("test", actor=office.registrar, at=NOW, **given)


def test_a_work_ends_at_the_page_of_its_result(office, as_person, folder, deed):
    said = StringIO()

    def done(given, content, progress):
        progress("入账", 1, 2)
        said.write(f"{given['batch']} {content.decode()}")
        return "/done/"

    deed(done)
    work = begin(office, content=b"ledger")
    assert (said.getvalue(), work.state) == ("3 ledger", State.DONE)
    answer = as_person("registrar").get(f"/works/{work.key}/")
    assert (answer.status_code, answer["Location"]) == (302, "/done/")
    for key in ("director", "sysadmin"):
        assert as_person(key).get(f"/works/{work.key}/").status_code == 404
    for strange in ("0" * 32, "x"):
        assert as_person("registrar").get(f"/works/{strange}/").status_code == 404
    # What it was given names rows by keys; the ledger itself is nowhere on the disk.
    assert not [path for path in folder.iterdir() if b"ledger" in path.read_bytes()]


def test_a_refusal_and_a_fault_are_said_on_its_page(office, as_person, folder, deed):
    def refused(given, content, progress):
        raise Refusal("有 3 行须先定夺", clause="intake.check", way_on="改正后重新核对")

    def broken(given, content, progress):
        raise ZeroDivisionError

    for function, state, words in (
        (refused, State.REFUSED, ("未办成", "有 3 行须先定夺", "改正后重新核对")),
        (broken, State.BROKEN, ("已中断", "没有留下任何改动")),
    ):
        deed(function)
        work = begin(office)
        assert find(work.key).state is state
        page = as_person("registrar").get(f"/works/{work.key}/").content.decode()
        assert all(word in page for word in words) and 'href="/intake/"' in page


def test_a_work_under_way_tells_how_far_it_is_and_comes_again_without_script(
    office, as_person, folder
):
    registrar = as_person("registrar")
    work = new_work(
        kind="test",
        person=office.registrar.pk,
        title="旧台账入账",
        back="/intake/",
        begun=NOW,
        given={},
    )
    with held(work.key):
        work.what, work.done, work.total = "入账", 500, 20_000
        work.save()
        page = registrar.get(f"/works/{work.key}/").content.decode()
        assert 'http-equiv="refresh"' in page and "500 / 20000" in page
        part = registrar.get(f"/works/{work.key}/", headers={"HX-Request": "true"})
        assert "<html" not in part.content.decode() and "500 / 20000" in part.content.decode()
    # Its process is gone and did not say how it ended: cut off, and the page says so.
    page = registrar.get(f"/works/{work.key}/").content.decode()
    assert "已中断" in page and 'http-equiv="refresh"' not in page
