"""A data folder of its own for every test, and labelled rows to hang files on."""

import dataclasses
import io
import zipfile

import pytest

from conftest import NOW, TODAY, prepared
from shoumi.kernel.levels import Level
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import person_principal
from shoumi.platform.attachments import services


@pytest.fixture
def data(settings, tmp_path):
    settings.INSTALLATION = dataclasses.replace(settings.INSTALLATION, folder=tmp_path)
    settings.DEPLOYMENT_GRADE = Level.TOP_SECRET
    return tmp_path


@pytest.fixture
def hang(office, data):
    """`hang("报告.pdf", PDF)` stores a file under the label of a first attachment made for the test."""

    def make(name="报告.pdf", content=b"", *, level=Level.SECRET, actor=None, upload=None):
        actor = actor or office.registrar
        label = label_of(office, level, actor, office.handler)
        with services.storing() as kept, prepared_deed(office) as deed:
            return services.attach(
                kept,
                deed=deed,
                owner=office.registry,
                label=label,
                upload=upload or Upload(name, content or pdf()),
                actor=actor,
                at=NOW,
            )

    return make


def label_of(office, level, *people):
    with prepared(office.body):
        return label_for(
            level=level,
            body=office.body,
            principals=[person_principal(p.pk) for p in people],
            basis="",
            on=TODAY,
        )


def prepared_deed(office):
    from shoumi.platform.trail.recording import Record, recording

    return recording(Record(office.body.code, "test.prepare", 0, "测试准备", "trail.entry", NOW))


class Upload(io.BytesIO):
    def __init__(self, name, content):
        super().__init__(content)
        self.name = name


def pdf(text=b"hello"):
    return b"%PDF-1.4\n1 0 obj\n(" + text + b")\nendobj\ntrailer\n%%EOF\n"


def package(parts, **more):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in {**parts, **more}.items():
            z.writestr(name, content)
    return target.getvalue()


def docx(**more):
    return package(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"}, **more
    )
