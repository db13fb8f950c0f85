"""T13: nothing is done without the form's own token, by another method, or by merely looking."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from shoumi.platform.registers.testing import rows_now
from tests.proof import routes, walking
from tests.proof.test_t01_routes import Walker

# The browser sends it by itself, without a page and so without a token; it writes one line of a log.
WITHOUT_TOKEN = {"/csp/"}


@pytest.fixture(scope="module")
def walker(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Walker]:
    """The registrar, who may do more than anybody else."""
    folder = tmp_path_factory.mktemp("methods")
    with django_db_blocker.unblock(), walking.standing(folder) as world:
        yield Walker(world, "registrar")


@pytest.mark.clause("accounts.identity")
def test_no_route_acts_on_a_form_without_its_token_or_with_another_s(
    walker: Walker, db: None
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = walker.cookies.copy()
    before, tried = rows_now(), 0
    for route in routes.routes():
        if route.method != "POST" or route.is_unknown or route.address in WITHOUT_TOKEN:
            continue
        for more in ({}, {"csrfmiddlewaretoken": "x" * 64}):
            answer = strict.post(walker.address(route), more | {"_confirmed": "1"})
            assert answer.status_code == 403, route.key
            tried += 1
    assert tried > 300
    assert rows_now() == before


@pytest.mark.clause("accounts.identity")
def test_another_method_is_refused_and_no_header_turns_one_into_another(
    walker: Walker, db: None
) -> None:
    before = rows_now()
    methods = {}
    for route in routes.routes():
        methods.setdefault((route.address, walker.address(route)), set()).add(route.method)
    for (address, filled), allowed in methods.items():
        for method in {"GET", "POST"} - allowed:
            answer = walker.client.generic(method, filled)
            assert answer.status_code == 405, address
        if "POST" in allowed and "GET" not in allowed:
            turned = walker.client.get(filled, headers={"X-HTTP-Method-Override": "POST"})
            assert turned.status_code == 405, address
    assert rows_now() == before


def test_looking_at_every_page_changes_no_business_row(walker: Walker, db: None) -> None:
    """阅看留痕 and what is downloaded or printed is chained; that is the trail and no business row.

    All registers are one piece of code, so that one of them stands for all; the walk of T1 asks the others.
    """
    before = rows_now()
    plain = {r.key for r in routes.routes() if not r.register or r.register == "documents"}
    for route in routes.routes():
        if route.method == "GET" and route.key in plain and not route.is_unknown:
            walker.client.get(walker.address(route))
    assert rows_now() == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM trail_entry WHERE event = 'access.reading'")
        assert cursor.fetchone()[0] > 0
