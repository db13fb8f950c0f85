"""Keys of rows in addresses."""

import random
from itertools import pairwise

import pytest

from shoumi.platform.registers.addresses import RowConverter, address_of, opened, sealed


def test_a_key_leads_back_to_its_row():
    for pk in [0, 1, 2, 17, 10**6, 2**47]:
        assert opened(sealed(pk)) == pk


def test_neighbouring_rows_have_unlike_keys():
    keys = [sealed(n) for n in range(1, 200)]
    assert len(set(keys)) == 199
    shared = [sum(a == b for a, b in zip(x, y, strict=True)) for x, y in pairwise(keys)]
    assert max(shared) < 8


def test_a_guessed_key_is_no_key(settings):
    # One guess in 65536 is a key; with this secret none of these is.
    settings.SECRET_KEY = "of-the-test-" * 5
    chance = random.Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    for _ in range(2_000):
        with pytest.raises(ValueError):
            opened("".join(chance.choice(letters) for _ in range(13)))


def test_a_key_with_one_letter_changed_is_no_key():
    key = sealed(17)
    for place in range(12):
        other = "a" if key[place] != "a" else "b"
        with pytest.raises(ValueError):
            opened(key[:place] + other + key[place + 1 :])


def test_the_converter_takes_numbers_as_they_come():
    assert RowConverter().to_python(RowConverter().to_url("5")) == 5


def test_a_row_without_a_register_has_no_page(office):
    assert address_of(office.body) == ""
