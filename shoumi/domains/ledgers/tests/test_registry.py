"""The ledgers of the registry: who enters and reads them, what they demand, which duty they prove done."""

import pytest

from conftest import NOW
from shoumi.domains.ledgers.models import Entry
from shoumi.domains.ledgers.tests.rows import entered
from shoumi.domains.ledgers.tests.test_enter import seen, waiting
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.obligations.models import Duty

PROVES = {
    "archive_plan": ("recurring.archive_plan", "2026"),
    "quality": ("recurring.registry_quality", "2026-09"),
    "work_report": ("recurring.registry_report", "2026-09"),
}


@pytest.mark.clause(
    "documents.file.plan",
    "documents.file.consult",
    "documents.office.officer",
    "documents.office.guidance",
    "documents.office.quality",
    "documents.office.report",
    "documents.office.information",
)
@pytest.mark.parametrize(
    ("key", "who", "demanded"),
    [
        ("archive_plan", "director", {"progress": "已完成"}),
        ("consultation", "registrar", {"approved_by": " "}),
        ("paper_officer", "director", {"name": ""}),
        ("guidance", "director", {"remedied": True}),
        ("quality", "director", {"errors": 1}),
        ("work_report", "registrar", {"situation": ""}),
        ("information", "registrar", {"weight": "重要"}),
    ],
)
def test_a_ledger_of_the_registry_takes_what_is_whole_and_proves_its_duty(
    office, key, who, demanded
):
    kind, period = PROVES.get(key, ("recurring.archive", "2026"))
    duty = waiting(office, kind, period)
    person = getattr(office, who)
    with pytest.raises(Refusal):
        entered(key, person, at=NOW, **demanded)
    with pytest.raises(Denied):
        entered(key, office.handler, at=NOW)
    made = entered(key, person, at=NOW)
    assert made.pk in seen(office.registrar)
    assert not Entry.objects.visible_to(office.handler, at=NOW).exists()
    assert Duty.objects.get(pk=duty.pk).state == ("done" if key in PROVES else "open")
