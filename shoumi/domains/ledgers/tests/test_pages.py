"""Every ledger's list, form, correction, export and print, through its real addresses."""

from typing import Any, ClassVar

import pytest
from django.utils import timezone

from shoumi.domains.ledgers import registers, verbs
from shoumi.domains.ledgers.models import Entry
from shoumi.domains.ledgers.services.entering import LEDGERS
from shoumi.domains.ledgers.tests.rows import archivist, entered, sent, today
from shoumi.platform.registers.testing import RegisterCase, VerbCase, browser

pytestmark = pytest.mark.urls("shoumi.domains.ledgers.tests.pages")
# Who of the cast holds the post that enters in a ledger.
WRITERS = {
    "sysadmin": "sysadmin",
    "secadmin": "secadmin",
    "secrecy_office": "office",
    "office_director": "director",
    "registrar": "registrar",
    "archivist": "authority",
}
OUTSIDE = ("registrar", "peer", "newcomer", "junior", "lapsed", "stranger")


class EnterCase(VerbCase):
    """Entering a row of one ledger; `key` is the ledger's."""

    key: ClassVar[str]
    wrong_post = "auditor"
    repeatable = True

    def __init_subclass__(cls) -> None:
        cls.register, cls.verb = registers.REGISTERS[cls.key], verbs.ENTER[cls.key]

    def values(self, office: Any) -> dict[str, Any]:
        return sent(self.key, today())


class CorrectCase(VerbCase):
    key: ClassVar[str]
    repeatable = True
    changed: ClassVar[dict[str, Any]]

    def __init_subclass__(cls) -> None:
        cls.register, cls.verb = registers.REGISTERS[cls.key], verbs.CORRECT[cls.key]

    def prepare(self, office: Any) -> Any:
        return entered(self.key, getattr(office, self.who), at=timezone.now())

    def values(self, office: Any) -> dict[str, Any]:
        return sent(self.key, today(), **self.changed) | {"reason": "登记时误填"}


@pytest.mark.clause("systems.asset", "accounts.officers.sysadmin")
class TestEnterAsset(EnterCase):
    key, who = "asset", "sysadmin"
    refused = {"encrypted": "未加密"}  # noqa: RUF012
    hidden = OUTSIDE


@pytest.mark.clause("systems.credential", "accounts.officers.secadmin")
class TestEnterCredential(EnterCase):
    key, who, hidden = "credential", "secadmin", OUTSIDE
    refused = {"status": "吊销"}  # noqa: RUF012


@pytest.mark.clause("systems.backup")
class TestEnterBackup(EnterCase):
    key, who, hidden = "backup", "sysadmin", OUTSIDE
    refused = {"offsite_place": ""}  # noqa: RUF012


@pytest.mark.clause("systems.drill")
class TestEnterDrill(EnterCase):
    key, who, hidden = "drill", "sysadmin", OUTSIDE
    refused = {"minutes": "31"}  # noqa: RUF012


@pytest.mark.clause("systems.patch")
class TestEnterPatch(EnterCase):
    key, who, hidden = "patch", "sysadmin", OUTSIDE
    refused = {"result": "未完成"}  # noqa: RUF012


@pytest.mark.clause("systems.check")
class TestEnterCheck(EnterCase):
    key, who, hidden = "check", "secadmin", OUTSIDE
    refused = {"network": "发现问题"}  # noqa: RUF012


@pytest.mark.clause("systems.measure")
class TestEnterMeasure(EnterCase):
    key, who, hidden = "measure", "sysadmin", OUTSIDE
    refused = {"checked": "失效"}  # noqa: RUF012


@pytest.mark.clause("systems.incident")
class TestEnterIncident(EnterCase):
    key, who = "incident", "handler"
    refused = {"weight": "重大"}  # noqa: RUF012
    hidden = ()
    wrong_post = "sysadmin"

    def another_post_is_refused_with_the_clause(self, office, row):
        """Nobody is turned away."""

    def does_not_exist_in_an_exit_period(self, office, row):
        """Who is leaving may still report what they saw."""

    def test_everybody_with_an_account_reports(self, office):
        for who in ("handler", "sysadmin", "auditor", "leaver"):
            assert self.send(office, who, None).status_code == 302


@pytest.mark.clause("access.category")
class TestEnterCategory(EnterCase):
    key, who = "category", "office"
    refused = {"sort_of": "个人信息"}  # noqa: RUF012
    hidden = OUTSIDE


class TestCorrectDrill(CorrectCase):
    key, who, hidden = "drill", "sysadmin", OUTSIDE
    changed = {"minutes": 45, "remedy": "增设备用磁盘"}  # noqa: RUF012
    refused = {"minutes": "45", "remedy": ""}  # noqa: RUF012
    wrong_post = "secadmin"


class TestCorrectIncident(CorrectCase):
    key, who, hidden = "incident", "handler", OUTSIDE
    changed = {"what": "业务科两台终端报警", "phone": "13900004321"}  # noqa: RUF012
    refused = {"weight": "重大"}  # noqa: RUF012

    def another_post_is_refused_with_the_clause(self, office, row):
        """保密办 and the officers, who read it, complete what somebody reported."""

    def test_the_secrecy_office_completes_a_report(self, office):
        row = self.prepare(office)
        assert self.send(office, "office", row).status_code == 302


class LedgerCase(RegisterCase):
    """Rows of one ledger: `writer` enters them, `reader` has them before them."""

    key: ClassVar[str]
    writer: ClassVar[str]
    strangers = OUTSIDE

    def __init_subclass__(cls) -> None:
        cls.register = registers.REGISTERS[cls.key]

    def make(self, office: Any, count: int) -> list[Any]:
        actor, start = getattr(office, self.writer), Entry.unscoped.count()
        named = self.register.search[0].removeprefix("data__")
        return [
            entered(self.key, actor, at=timezone.now(), **{named: f"第{start + n}项"})
            for n in range(count)
        ]


class TestAssets(LedgerCase):
    key, writer, reader = "asset", "sysadmin", "auditor"


class TestCategories(LedgerCase):
    key, writer, reader = "category", "office", "newcomer"
    strangers = ("stranger", "leaver")


class TestIncidents(LedgerCase):
    key, writer, reader = "incident", "handler", "office"


class TestDrills(LedgerCase):
    key, writer, reader = "drill", "sysadmin", "office"
    strangers = (*OUTSIDE, "leaver")


def test_every_ledger_has_its_page_its_form_its_export_and_its_print(office):
    """Whoever may enter sees a list, a form, a sheet and a workbook, and what was entered in them."""
    archivist(office)
    for key, register in registers.REGISTERS.items():
        posts = LEDGERS[key].posts
        writer = next(getattr(office, who) for post, who in WRITERS.items() if post in posts)
        row = entered(key, writer, at=timezone.now())
        window = browser(writer)
        for address in (
            register.url("list"),
            register.url("detail", row.pk),
            register.url("create", register.create.slug),
            register.url("do", row.pk, verbs.CORRECT[key].slug),
            register.url("sheet"),
            register.url("export"),
        ):
            assert window.get(address).status_code == 200, address
        assert register.title in window.get("/ledgers/").content.decode()


def test_a_zero_is_shown_and_a_correction_only_where_there_was_one(office):
    drills = registers.REGISTERS["drill"]
    row = entered("drill", office.sysadmin, at=timezone.now())
    window = browser(office.sysadmin)
    page = window.get(drills.url("detail", row.pk)).content.decode()
    assert "<dd>0</dd>" in page and "更正原因" not in page
    window.post(
        drills.url("do", row.pk, verbs.CORRECT["drill"].slug),
        sent("drill", today(), minutes=20) | {"reason": "登记时误填"},
    )
    page = window.get(drills.url("detail", row.pk)).content.decode()
    assert "更正原因" in page and "登记时误填" in page
