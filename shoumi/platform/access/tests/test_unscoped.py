"""A labelled table read without saying for whom: refused, whichever way the program asks."""

from datetime import timedelta

import pytest
from django import forms
from django.core import serializers
from django.core.management import call_command
from django.db.models import Count, Exists, OuterRef, Prefetch, prefetch_related_objects
from django.forms import modelform_factory
from django.http import Http404
from django.shortcuts import get_list_or_404, get_object_or_404

from conftest import NOW, prepared
from shoumi.domains.documents.models import Copy, Document
from shoumi.domains.documents.services.receiving import receive
from shoumi.domains.documents.tests.conftest import written
from shoumi.platform.access.models import Labelled, UnscopedRead
from shoumi.platform.custody.models import Item
from shoumi.platform.trail.models import recorded_models

pytestmark = pytest.mark.clause("access.may_know")


@pytest.fixture
def paper(office):
    """A 机密 paper of three copies that 单平 may know besides the registrar."""
    return receive(actor=office.registrar, at=NOW, **written(office, people=[office.handler]))


READS = {
    "list": lambda d: list(Document.objects.all()),
    "a list by filter": lambda d: list(Document.objects.filter(pk=d.pk)),
    "len": lambda d: len(Document.objects.exclude(pk=0)),
    "truth": lambda d: bool(Document.objects.all()),
    "get": lambda d: Document.objects.get(pk=d.pk),
    "first": lambda d: Document.objects.first(),
    "last": lambda d: Document.objects.order_by("pk").last(),
    "latest": lambda d: Document.objects.latest("pk"),
    "a slice": lambda d: list(Document.objects.order_by("pk")[:1]),
    "count": lambda d: Document.objects.count(),
    "exists": lambda d: Document.objects.exists(),
    "contains": lambda d: Document.objects.contains(d),
    "aggregate": lambda d: Document.objects.aggregate(Count("pk")),
    "annotate": lambda d: list(Document.objects.annotate(n=Count("pk"))),
    "values": lambda d: list(Document.objects.values("title")),
    "values_list": lambda d: list(Document.objects.values_list("title", flat=True)),
    "dates": lambda d: list(Document.objects.datetimes("received_at", "day")),
    "iterator": lambda d: next(Document.objects.iterator()),
    "in_bulk": lambda d: Document.objects.in_bulk([d.pk]),
    "only": lambda d: list(Document.objects.only("pk")),
    "select_related": lambda d: list(Document.objects.select_related("label")),
    "explain": lambda d: Document.objects.explain(),
    "raw": lambda d: list(Document.objects.raw("SELECT * FROM documents_document")),
    "extra": lambda d: list(Document.objects.extra(where=["1 = 1"])),
    "a subquery": lambda d: list(Copy.unscoped.filter(document__in=Document.objects.all())),
    "a subquery of values": lambda d: list(
        Copy.unscoped.filter(document__in=Document.objects.values("pk"))
    ),
    "an EXISTS": lambda d: list(
        Copy.unscoped.filter(Exists(Document.objects.filter(pk=OuterRef("document"))))
    ),
    "a union": lambda d: list(Document.objects.all().union(Document.objects.all())),
    "an intersection": lambda d: list(Document.objects.all().intersection(Document.unscoped.all())),
    "a difference": lambda d: list(Document.objects.all().difference(Document.objects.none())),
    "an or of two": lambda d: list(Document.objects.filter(pk=1) | Document.objects.filter(pk=2)),
    "get_object_or_404": lambda d: get_object_or_404(Document, pk=d.pk),
    "get_list_or_404": lambda d: get_list_or_404(Document),
    "the default manager": lambda d: Document._default_manager.get(pk=d.pk),
    "a reverse relation": lambda d: list(d.copy_rows.all()),
    "a count of a reverse relation": lambda d: d.copy_rows.count(),
    "a prefetch": lambda d: prefetch_related_objects([d], "copy_rows"),
    "a prefetch of its own": lambda d: prefetch_related_objects(
        [d], Prefetch("copy_rows", queryset=Copy.objects.all())
    ),
    "a choice field": lambda d: list(
        forms.ModelChoiceField(queryset=Document.objects.all()).choices
    ),
    "a form": lambda d: str(modelform_factory(Copy, fields=["document"])()),
    "a form that validates": lambda d: modelform_factory(Copy, fields=["document"])(
        {"document": d.pk}
    ).is_valid(),
    "serialisation": lambda d: serializers.serialize("json", Document.objects.all()),
    "get_or_create": lambda d: Document.objects.get_or_create(pk=d.pk),
    "refresh by hand": lambda d: Document.objects.filter(pk=d.pk).get(),
}


@pytest.mark.parametrize("way", READS)
def test_nothing_is_read_without_a_reader(paper, way):
    with pytest.raises(UnscopedRead):
        READS[way](paper)


def test_dumpdata_does_not_read_it_either(paper, capsys):
    with pytest.raises(Exception, match="visible_to"):
        call_command("dumpdata", "documents.document")
    assert paper.title not in capsys.readouterr().out


@pytest.mark.parametrize(
    "model",
    [m for m in recorded_models() if issubclass(m, Labelled)],
    ids=lambda m: m._meta.db_table,
)
def test_every_labelled_table_has_the_guard(office, model):
    with pytest.raises(UnscopedRead):
        model.objects.count()
    with pytest.raises(UnscopedRead):
        model._default_manager.count()
    assert model.objects.visible_to(office.registrar, at=NOW).count() >= 0
    assert model.unscoped.count() == model._base_manager.count()


@pytest.mark.clause("access.may_know")
@pytest.mark.parametrize(
    ("key", "knows"),
    [("registrar", True), ("handler", True), ("peer", False), ("junior", False)]
    + [(k, False) for k in ("stranger", "leaver", "lapsed", "sysadmin", "secadmin", "auditor")],
)
def test_read_for_a_person_it_is_the_same_answer_every_way(office, paper, key, knows):
    person = getattr(office, key)
    rows = Document.objects.visible_to(person, at=NOW)
    assert rows.exists() is knows
    assert rows.count() == len(rows) == len(rows.filter(pk=paper.pk)) == int(knows)
    assert rows.values("pk").union(rows.values("pk")).count() == int(knows)
    assert Copy.unscoped.filter(document__in=rows).count() == 3 * int(knows)
    assert Item.objects.visible_to(person, at=NOW).count() == 3 * int(knows)
    assert paper.copy_rows.visible_to(person, at=NOW).count() == 3 * int(knows)
    if knows:
        assert get_object_or_404(rows, pk=paper.pk) == paper
    else:
        with pytest.raises(Http404):
            get_object_or_404(rows, pk=paper.pk)


def test_what_is_in_hand_is_kept_and_written_without_asking_again(office, paper):
    paper.refresh_from_db()
    with prepared(office.body):
        paper.save()
    copy = Copy.unscoped.select_related(None).order_by("pk").first()
    assert copy.document == paper


def test_tomorrow_is_judged_by_tomorrow(office, paper):
    with prepared(office.body):
        paper.label.need_to_know.filter(principal=f"p:{office.handler.pk}").update(
            until=office.today
        )
    assert Document.objects.visible_to(office.handler, at=NOW).exists()
    assert not Document.objects.visible_to(office.handler, at=NOW + timedelta(days=1)).exists()
