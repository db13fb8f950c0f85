"""Labels for any carriers: thirty a sheet or one a page, with the code and its QR and nothing that is secret."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from shoumi.domains.handling.tests.scene import copies, paper
from shoumi.kernel import labelcode
from shoumi.platform.registers.testing import browser, entries

pytestmark = pytest.mark.urls("shoumi.domains.handling.tests.pages")


@pytest.mark.clause("carriers.label.code")
def test_labels_bear_code_and_picture_and_neither_title_nor_level(office):
    document = paper(office, at=timezone.now(), copies=31, copy_numbers="000001-000031")
    items = copies(document)
    client = browser(office.registrar)
    chosen = client.get(reverse("handling-labels"), {"q": items[0].name.split()[0], "all": "1"})
    assert chosen.content.decode().count(" checked") == 31
    for form, pages in (("sheet", 2), ("roll", 31)):
        sent = {"form": form, "items": [item.pk for item in items]}
        shown = client.get(reverse("handling-label-sheet"), sent).content.decode()
        assert shown.count('<section class="labels">') == pages
        assert shown.count("data:image/svg+xml") == 31
        assert {labelcode.check(c) for c in re.findall(r"BM1-\w+-\w", shown)} == {
            item.code for item in items
        }
        assert document.title not in shown and "机密" not in shown
    assert len(entries("registers.export")) == 2


@pytest.mark.clause("access.may_know")
def test_only_the_registrar_prints_them_and_only_what_is_there(office):
    item = copies(paper(office, at=timezone.now()))[0]
    sent = {"form": "sheet", "items": [item.pk]}
    for key in ("handler", "auditor", "stranger"):
        client = browser(getattr(office, key))
        assert client.get(reverse("handling-label-sheet"), sent).status_code == 404
        chosen = client.get(reverse("handling-labels"))
        assert chosen.status_code == 404 or chosen.context["rows"] == []
    client = browser(office.registrar)
    for wrong in ({"form": "card", "items": [item.pk]}, {"form": "sheet"}):
        assert client.get(reverse("handling-label-sheet"), wrong).status_code == 404
