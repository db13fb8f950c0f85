"""An installation folder of its own, so that keys are made and thrown away with the test."""

from dataclasses import replace

import pytest


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.INSTALLATION = replace(settings.INSTALLATION, folder=tmp_path)
    return tmp_path
