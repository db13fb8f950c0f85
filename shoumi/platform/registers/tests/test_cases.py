"""The inherited tests, proved on a verb, a creating verb and a register."""

import pytest

from shoumi.platform.registers.testing import RegisterCase, VerbCase
from shoumi.platform.registers.tests import rooms

pytestmark = pytest.mark.urls("shoumi.platform.registers.tests.rooms")


class TestReserve(VerbCase):
    register, verb, who = rooms.THINGS, rooms.Things.verbs[0], "registrar"
    data = {"days": 7, "purpose": "起草<年度>报告"}  # noqa: RUF012
    refused = {"days": 31}  # noqa: RUF012

    def prepare(self, office):
        return rooms.items(office, 1)[0]


class TestEnter(VerbCase):
    register, verb, who = rooms.THINGS, rooms.Things.create, "registrar"
    data = {"name": "第九号", "kind": "paper"}  # noqa: RUF012
    refused = {"name": "无号"}  # noqa: RUF012
    repeatable = True


class TestThings(RegisterCase):
    register = rooms.THINGS

    def make(self, office, count):
        return rooms.items(office, count)
