"""The ledgers of devices and networks: what each must say, and the duties that its rows prove done."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY
from shoumi.domains.ledgers.services.entering import LEDGERS
from shoumi.domains.ledgers.tests.rows import entered
from shoumi.kernel.refusal import Refusal
from shoumi.platform.obligations.loop import run_due
from shoumi.platform.obligations.models import Duty

RUNS = {"stage": "运行", "builder": "某集成公司", "qualification": "JC-1", "valid_until": TODAY}
FAULTS = {
    "network_site": (
        {"firewall": False},
        {"antivirus": False},
        {"conform": "不合规"},
        {"sort_of": "网络建设项目"},
        {"sort_of": "入侵监测系统"},
        {"sort_of": "内外网交换途径"},
    ),
    "network_log": ({"sort_of": "技防检查"}, {"result": "发现问题"}),
    "software_file": ({"sort_of": "安全保密产品"},),
    "conduct": ({"sort_of": "访问非法、不健康网站"}, {"handled": "已通报"}, {"facts": ""}),
    "machine_log": ({"classified": True}, {"partner": ""}),
    "system": (
        {"planned": False},
        {"budgeted": False},
        {"built": False},
        {"stage": "在建"},
        RUNS,
        RUNS | {"isolated": True},
        RUNS | {"isolated": True, "protected": True},
    ),
    "crypto_staff": ({"scope": ""}, {"rights": ""}, {"procedure": ""}),
}


@pytest.mark.clause(
    "equipment.network_site",
    "equipment.network_log",
    "equipment.software_file",
    "equipment.conduct",
    "equipment.machine_log",
    "equipment.system",
    "equipment.crypto.staff",
)
@pytest.mark.parametrize("key", FAULTS)
def test_a_row_that_says_too_little_is_refused(office, key):
    actor = office.office if "secrecy_office" in LEDGERS[key].posts else office.sysadmin
    for changed in FAULTS[key]:
        with pytest.raises(Refusal) as caught:
            entered(key, actor, at=NOW, **changed)
        assert caught.value.clause == LEDGERS[key].clause, changed
    assert entered(key, actor, at=NOW).data


@pytest.mark.clause("equipment.network_log", "equipment.protection", "equipment.system")
def test_the_weekly_care_and_the_quarterly_check_are_closed_by_their_rows(office):
    run_due(NOW - timedelta(days=5))
    run_due(NOW + timedelta(days=20))
    for kind, changed in (
        ("recurring.network_care", {}),
        ("recurring.protection_check", {"sort_of": "技防检查", "measures": "视频干扰、屏蔽"}),
    ):
        owed = Duty.objects.filter(kind=kind, body=office.body, state=Duty.State.OPEN)
        before = owed.count()
        assert before
        entered("network_log", office.sysadmin, at=NOW + timedelta(days=20), **changed)
        assert owed.count() == before - 1
    ready = RUNS | {"isolated": True, "protected": True, "accepted_number": "岚保审〔2026〕2号"}
    assert entered("system", office.office, at=NOW, **ready).data["stage"] == "运行"
