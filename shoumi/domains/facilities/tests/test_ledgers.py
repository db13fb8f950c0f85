"""The simple ledgers of this room: what each must say."""

import pytest

from conftest import NOW
from shoumi.domains.ledgers.services.entering import LEDGERS
from shoumi.domains.ledgers.tests.rows import entered
from shoumi.kernel.refusal import Denied, Refusal

TOO_LITTLE = {
    "protection": [
        {"complies": "不符合"},
        {"variety": "密码设备"},
        {"variety": "屏蔽设施"},
        {"keeper": ""},
        {"guards": None},
    ],
    "surveillance": [{"how": ""}, {"corrected_on": ""}],
    "repair": [{"escort": ""}, {"status": "已修复"}, {"status": "报废"}, {"fault": " "}],
    "works": [{"agreement": ""}, {"measures": ""}, {"standard": ""}],
    "emergency": [{"result": "未达到预案要求"}],
}


@pytest.mark.clause(
    "facilities.protection",
    "facilities.surveillance",
    "facilities.repair",
    "facilities.works",
    "facilities.emergency",
    "facilities.upkeep",
)
def test_a_row_that_says_too_little_is_refused(office):
    for key, faults in TOO_LITTLE.items():
        for changed in faults:
            blank = {k: "" if v is None else v for k, v in changed.items()}
            with pytest.raises(Refusal) as caught:
                entered(key, office.office, at=NOW, **blank)
            assert caught.value.clause == LEDGERS[key].clause, (key, changed)
        assert entered(key, office.office, at=NOW).data
        with pytest.raises(Denied):
            entered(key, office.handler, at=NOW)


@pytest.mark.clause("facilities.protection")
def test_guarding_devices_of_both_kinds_are_registered_with_their_certificates(office):
    for variety in ("密码设备", "屏蔽设施"):
        row = entered("protection", office.office, at=NOW, variety=variety, basis="检证 2026-7")
        assert row.data["variety"] == variety
