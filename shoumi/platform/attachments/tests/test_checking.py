"""Every way of laying hands on the files is found, and named with row and entry."""

import os

import pytest

from shoumi.kernel.refusal import Refusal
from shoumi.platform.attachments import files, services
from shoumi.platform.attachments.checking import file_findings
from shoumi.platform.attachments.tests.conftest import pdf
from shoumi.platform.trail import verify
from shoumi.platform.trail.models import Entry

from conftest import NOW  # isort: skip


def kinds():
    return [f.kind for f in file_findings()]


def test_honest_files_raise_no_alarm(hang):
    hang()
    hang("二.pdf")
    assert kinds() == []


def flip(one, two):
    path = files.path_of(one.name)
    content = bytearray(path.read_bytes())
    content[7] ^= 1
    path.write_bytes(content)


def swap(one, two):
    first, second = files.path_of(one.name), files.path_of(two.name)
    a, b = first.read_bytes(), second.read_bytes()
    assert len(a) == len(b)
    first.write_bytes(b)
    second.write_bytes(a)


def cut(one, two):
    path = files.path_of(one.name)
    path.write_bytes(path.read_bytes()[:-1])


def empty(one, two):
    files.path_of(one.name).write_bytes(b"")


def remove(one, two):
    files.path_of(one.name).unlink()


def link(one, two):
    path, other = files.path_of(one.name), files.path_of(two.name)
    path.unlink()
    os.symlink(other, path)


def folder(one, two):
    path = files.path_of(one.name)
    path.unlink()
    path.mkdir()


ATTACKS = [
    (flip, ["file_altered"]),
    (swap, ["file_altered", "file_altered"]),
    (cut, ["file_altered"]),
    (empty, ["file_altered"]),
    (remove, ["file_missing"]),
    (link, ["file_replaced"]),
    (folder, ["file_replaced"]),
]


@pytest.mark.clause("systems.transfer")
@pytest.mark.parametrize(("attack", "found"), ATTACKS)
def test_hands_laid_on_a_file_are_found_and_it_does_not_open(office, hang, attack, found):
    one, two = hang(content=pdf(b"11111")), hang(content=pdf(b"22222"))
    attack(one, two)
    assert kinds() == found
    with pytest.raises(Refusal) as refusal:
        services.download(actor=office.handler, name=one.name, at=NOW)
    assert refusal.value.clause == "systems.transfer"
    assert Entry.objects.order_by("-id")[0].event == "attachments.download.denied"


def test_the_finding_names_row_and_entry(hang):
    one = hang()
    remove(one, one)
    finding = next(iter(file_findings()))
    sealed = Entry.objects.get(seals__contains=f"attachments_attachment:{one.pk}=")
    assert (finding.table, finding.key) == ("attachments_attachment", str(one.pk))
    assert (finding.chain, finding.number) == (sealed.chain, sealed.number)


def test_a_file_nobody_registered_is_found(hang, data):
    hang()
    (data / files.FOLDER / "zz").mkdir()
    (data / files.FOLDER / "zz" / "stray").write_bytes(b"x")
    os.symlink("/etc", data / files.FOLDER / "zz" / "away")
    assert kinds() == ["file_orphan", "file_orphan"]


def test_the_whole_verification_reads_the_files_too(hang):
    assert file_findings in verify.EXTRA
    one = hang()
    assert verify.verify().is_whole
    flip(one, one)
    assert [f.kind for f in verify.verify().findings] == ["file_altered"]


def test_a_name_that_is_no_name_reaches_no_path(data):
    for name in ("../secret.key", "", "AB" * 16, "ab" * 15):
        with pytest.raises(files.NotThere):
            files.path_of(name)
