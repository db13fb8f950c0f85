"""The room is tested as in an ordinary office: deployment grade 内部."""

import pytest

from shoumi.kernel.levels import Level


@pytest.fixture(autouse=True)
def ordinary_office(settings):
    settings.DEPLOYMENT_GRADE = Level.INTERNAL
