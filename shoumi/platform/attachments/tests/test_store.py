"""attachments.store and attachments.download: encrypted, graded, hidden, chained, and gone when the act fails."""

import stat

import pytest
from django.db import OperationalError
from django.test import Client

from conftest import NOW, prepared
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Hidden
from shoumi.platform.attachments import files, services
from shoumi.platform.attachments.models import Attachment
from shoumi.platform.attachments.tests.conftest import Upload, label_of, pdf, prepared_deed
from shoumi.platform.trail.models import Entry

SECRET_WORDS = b"the words that must not be readable on the disk"


def on_disk():
    return list(files.names())


@pytest.mark.clause("systems.encryption")
def test_the_bytes_lie_encrypted_and_come_back_whole(office, hang, data):
    found = hang(content=pdf(SECRET_WORDS))
    path = files.path_of(found.name)
    assert SECRET_WORDS not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    _, content = services.download(actor=office.handler, name=found.name, at=NOW)
    assert content == pdf(SECRET_WORDS)


def test_the_same_file_twice_gives_two_cipher_texts(hang):
    one, two = hang(), hang()
    assert files.read(one.name) != files.read(two.name)
    assert one.digest == two.digest


@pytest.mark.clause("systems.transfer", "access.reading")
def test_every_download_is_chained_without_the_file_s_name(office, hang):
    found = hang("绝不外传的名字.pdf")
    services.download(actor=office.handler, name=found.name, at=NOW)
    entry = Entry.objects.order_by("-id")[0]
    assert entry.event == "attachments.download" and entry.actor == office.handler.pk
    assert found.digest in entry.body and "绝不外传" not in entry.body


@pytest.mark.clause("access.may_know")
def test_who_may_not_know_finds_nothing(office, hang):
    found = hang()
    for person in (office.peer, office.junior, office.stranger, office.sysadmin, office.auditor):
        with pytest.raises(Hidden):
            services.download(actor=person, name=found.name, at=NOW)
    assert services.of(office.peer, office.registry, at=NOW) == []
    assert services.of(office.handler, office.registry, at=NOW) == [found]


@pytest.mark.clause("grades.content")
def test_content_above_the_grade_is_refused(office, hang, settings):
    settings.DEPLOYMENT_GRADE = Level.INTERNAL
    with pytest.raises(Refusal) as refusal:
        hang(level=Level.CONFIDENTIAL)
    assert refusal.value.clause == "grades.content" and "内部" in refusal.value.message
    assert on_disk() == []
    hang(level=Level.INTERNAL)


@pytest.mark.clause("systems.attachment")
def test_a_file_over_the_limit_is_refused_before_anything_lies_on_the_disk(
    office, hang, monkeypatch
):
    monkeypatch.setattr(services, "largest", lambda **_: 1024)
    with pytest.raises(Refusal, match="大于"):
        hang(content=pdf(b"x" * 2048))
    assert on_disk() == []


def test_when_the_act_fails_the_file_goes(office, data):
    label = label_of(office, Level.SECRET, office.registrar)
    with (
        pytest.raises(OperationalError),
        services.storing() as kept,
        prepared_deed(office) as deed,
    ):
        services.attach(
            kept,
            deed=deed,
            owner=office.registry,
            label=label,
            upload=Upload("a.pdf", pdf()),
            actor=office.registrar,
            at=NOW,
        )
        assert len(on_disk()) == 1
        raise OperationalError("database or disk is full")
    assert on_disk() == [] and not Attachment.unscoped.exists()


def test_a_file_that_cannot_be_written_leaves_no_row(office, hang, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        hang()
    monkeypatch.undo()
    assert not Attachment.unscoped.exists() and on_disk() == []


@pytest.mark.clause("systems.attachment")
def test_storing_is_an_act_on_the_row_it_belongs_to(office, hang):
    first = hang()
    second = services.store(
        actor=office.handler, subject=first, upload=Upload("附图.pdf", pdf()), at=NOW
    )
    assert second.owner == f"attachments.attachment:{first.pk}"
    assert second.label_id == first.label_id
    entry = Entry.objects.order_by("-id")[0]
    assert (
        entry.event == "attachments.store" and f"attachments_attachment:{second.pk}=" in entry.seals
    )
    with pytest.raises(Hidden):
        services.store(actor=office.peer, subject=first, upload=Upload("a.pdf", pdf()), at=NOW)
    assert len(on_disk()) == 2


def test_data_keys_are_wrapped_anew_and_everything_still_opens(office, hang, data):
    from shoumi.platform.attachments.crypto import add_key

    found = hang()
    add_key(data)
    with prepared(office.body):
        assert services.rewrap_keys() == 1
    fresh = Attachment.unscoped.get(pk=found.pk)
    assert fresh.key_id == "2"
    assert services.plain_bytes(fresh) == pdf()


@pytest.mark.urls("shoumi.platform.attachments.urls")
def test_the_browser_gets_a_download_and_nothing_to_guess(office, hang):
    found = hang("公文.pdf")
    browser = Client()
    browser.force_login(office.handler)
    answer = browser.get(f"/attachments/{found.name}/")
    assert b"".join(answer.streaming_content) == pdf()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert "sandbox" in answer["Content-Security-Policy"]
