import pytest

from shoumi.domains.personnel.tests import scene


@pytest.fixture
def office(office):
    """The cast with a personnel office."""
    return scene.staffed(office)
