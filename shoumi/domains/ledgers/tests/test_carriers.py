"""The ledgers of carriers: what each must say, and the daily duty that its row proves done."""

import pytest

from conftest import NOW, TODAY
from shoumi.domains.ledgers.services.entering import LEDGERS
from shoumi.domains.ledgers.tests.rows import archivist, entered
from shoumi.kernel.refusal import Denied, Refusal
from shoumi.platform.obligations.loop import run_due
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import seed_calendar
from shoumi.platform.trail.verify import verify

TOO_LITTLE = [
    ("daily", {"locked": "发现问题"}),
    ("daily", {"waste": "未销毁"}),
    ("waste", {"witness": ""}),
    (
        "waste",
        {"sort_of": "样品", "disposal": "封存待统一销毁", "destroyed_on": "", "kept_in": "1号柜"},
    ),
    ("waste", {"disposal": "封存待统一销毁"}),
    ("notebook", {"status": "已收回", "returned_on": TODAY}),
    ("printing", {"quality": False}),
    ("printing", {"seal_number": ""}),
    ("archive_use", {"approved_by": ""}),
    ("archive_use", {"matter": "销毁"}),
    ("subsidiary", {"owner": ""}),
]


@pytest.mark.clause(
    "carriers.daily",
    "carriers.waste",
    "carriers.notebook",
    "carriers.printed",
    "carriers.archive.use",
    "carriers.subsidiary",
)
@pytest.mark.parametrize(("key", "changed"), TOO_LITTLE)
def test_a_row_that_says_too_little_is_refused(office, key, changed):
    actor = office.authority if key == "archive_use" else office.registrar
    if key == "archive_use":
        archivist(office)
    with pytest.raises(Refusal) as caught:
        entered(key, actor, at=NOW, **changed)
    assert caught.value.clause == LEDGERS[key].clause
    assert entered(key, actor, at=NOW).data


@pytest.mark.clause("carriers.daily", "carriers.waste")
def test_the_lock_up_is_owed_every_working_day_and_closed_by_its_row(office):
    seed_calendar(office.system, NOW)
    run_due(NOW)
    week = [NOW.replace(day=day) for day in (1, 2, 3, 4, 5, 6, 7)]
    for at in week:
        run_due(at)
    owed = Duty.objects.filter(kind="recurring.daily_lockup", body=office.body)
    working = ["2026-09-01", "2026-09-02", "2026-09-03", "2026-09-04", "2026-09-07"]
    assert list(owed.order_by("period").values_list("period", flat=True)) == working
    with pytest.raises(Denied):
        entered("daily", office.handler, at=NOW)
    entered("daily", office.registrar, at=NOW)
    assert owed.filter(state="open").count() == 4
    assert verify().findings == []


@pytest.mark.clause("carriers.printed")
def test_what_was_printed_is_counted_every_quarter(office):
    seed_calendar(office.system, NOW)
    run_due(NOW)
    late = NOW.replace(day=28)
    run_due(late)
    owed = Duty.objects.filter(kind="recurring.printed_count", body=office.body, state="open")
    assert owed.count() == 1
    count = {"occasion": "定期清点", "number": "2026-3", "quality": False, "copy_numbers": ""}
    entered("printing", office.registrar, at=late, counted="不符", remark="少一份", **count)
    assert owed.count() == 1
    entered("printing", office.registrar, at=late, counted="相符", **count)
    assert not owed.exists()
