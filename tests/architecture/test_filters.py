"""A condition offered on a table that grows without end is answered from an index of that table.

Otherwise a value that hardly ever occurs reads the whole of it. Small ledgers need no such index.
"""

from typing import Any

import pytest
from django.urls import get_resolver

from shoumi.platform.registers.addresses import REGISTERS
from shoumi.platform.registers.conditions import Filter

GROWING = {"documents", "handling-loans", "items", "movements"}


def offered(register: Any) -> list[str]:
    """The columns of its own table that a register filters by."""
    names = [one.field if isinstance(one, Filter) else one for one in register.filters]
    return [name for name in names if "__" not in name]


def led(model: Any) -> set[str]:
    """Columns that an index of the table begins with."""
    begun = {index.fields[0].removeprefix("-") for index in model._meta.indexes if index.fields}
    alone = {field.name for field in model._meta.fields if field.db_index or field.unique}
    return begun | alone


def registers() -> list[Any]:
    assert get_resolver().url_patterns
    return sorted(
        (one for one in REGISTERS.values() if one.slug in GROWING), key=lambda one: one.slug
    )


def test_the_growing_ledgers_are_all_asked():
    assert {one.slug for one in registers()} == GROWING


@pytest.mark.parametrize("register", registers(), ids=lambda one: one.slug)
def test_every_filter_has_an_index(register):
    assert set(offered(register)) - led(register.model) == set()
