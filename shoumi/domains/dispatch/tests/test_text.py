"""dispatch.text: the text of a draft is kept version by version, encrypted, and never above the grade."""

import dataclasses
from io import BytesIO

import pytest

from conftest import NOW
from shoumi.domains.dispatch.registers import LETTERS
from shoumi.domains.dispatch.services import texts
from shoumi.domains.dispatch.tests.scene import drafted, fresh, person, submitted
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.attachments.models import Attachment
from shoumi.platform.attachments.services import plain_bytes
from shoumi.platform.registers.testing import browser

pytestmark = pytest.mark.urls("shoumi.domains.dispatch.tests.pages")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.INSTALLATION = dataclasses.replace(settings.INSTALLATION, folder=tmp_path)
    return tmp_path


def upload(words):
    file = BytesIO(b"%PDF-1.4\n" + words.encode() + b"\n%%EOF\n")
    file.name = "文稿.pdf"
    return file


def keep(letter, words, *, actor):
    return texts.keep_text(actor=person(actor), subject=letter, at=NOW, upload=upload(words))


@pytest.mark.clause("dispatch.draft.text")
def test_every_version_is_kept_under_the_drafts_own_mark_and_opens_from_its_page(office, folder):
    letter = drafted(office)
    for words in ("first", "second"):
        keep(fresh(letter), words, actor=office.handler)
    letter = fresh(letter)
    first, second = Attachment.unscoped.order_by("id")
    assert (letter.texts, first.label_id, second.label_id) == (2, letter.label_id, letter.label_id)
    assert b"second" in plain_bytes(second)
    assert not any(b"second" in p.read_bytes() for p in folder.rglob("*") if p.is_file())
    page = browser(office.handler).get(LETTERS.url("detail", letter.pk)).content.decode()
    assert "第1稿" in page and f"/attachments/{second.name}/" in page
    with pytest.raises(Denied):
        keep(letter, "other", actor=office.chief)
    with pytest.raises(Stale):
        keep(submitted(office, title="关于另一事项的通知"), "late", actor=office.handler)


@pytest.mark.clause("dispatch.draft.text", "grades.content")
def test_a_text_above_the_deployment_grade_is_refused(office, settings, folder):
    letter = drafted(office)
    settings.DEPLOYMENT_GRADE = Level.CONFIDENTIAL
    with pytest.raises(Refusal) as caught:
        keep(letter, "secret", actor=office.handler)
    assert caught.value.clause == "grades.content"
    assert not Attachment.unscoped.exists() and fresh(letter).texts == 0
