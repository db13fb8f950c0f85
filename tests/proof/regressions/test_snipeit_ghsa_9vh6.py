"""Snipe-IT GHSA-9vh6: links of a password mail followed the Host header of whoever asked for it.

Here no page answers to a name that the installer did not write down, and none repeats it.
"""

import pytest
from django.test import Client, override_settings


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1@evil.example"]
)
@override_settings(ALLOWED_HOSTS=["oa.example"])
def test_a_name_nobody_wrote_down_gets_no_page(db: None, host: str) -> None:
    for headers in ({"Host": host}, {"Host": "oa.example", "X-Forwarded-Host": host}):
        answer = Client().get("/login/", headers=headers)
        assert answer.status_code == (400 if headers["Host"] == host else 200)
        assert "evil.example" not in answer.content.decode() + str(answer.headers)
