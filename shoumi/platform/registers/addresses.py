"""Addresses of rows (地址): keys that cannot be guessed, and the page that shows a given row.

A classified thing must not be numbered one, two, three in the address bar, where a neighbour's number is
a guess away. A key is the row's number under a small keyed cipher with sixteen check bits.
"""

import hashlib
from base64 import b32decode, b32encode
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Model
from django.urls import register_converter

if TYPE_CHECKING:
    from shoumi.platform.registers.register import Register

ROUNDS = 6
REGISTERS: dict[type[Model], "Register"] = {}


def address_of(row: Model) -> str:
    """The page of a row in the register that shows its model; nothing where none does."""
    register = REGISTERS.get(type(row))
    return register.url("detail", row.pk) if register else ""


def sealed(pk: int) -> str:
    """The key of a row: thirteen letters and digits."""
    left, right = divmod(pk << 16, 1 << 32)
    for turn in range(ROUNDS):
        left, right = right, left ^ _mix(right, turn)
    block = (left << 32 | right).to_bytes(8, "big")
    return b32encode(block).decode().rstrip("=").lower()


def opened(key: str) -> int:
    """The row a key stands for; ValueError for any key not made here."""
    block = int.from_bytes(b32decode(f"{key.upper()}==="), "big")
    left, right = divmod(block, 1 << 32)
    for turn in reversed(range(ROUNDS)):
        left, right = right ^ _mix(left, turn), left
    pk, check = divmod(left << 32 | right, 1 << 16)
    if check or sealed(pk) != key:
        raise ValueError("not a key of this installation")
    return pk


def _mix(half: int, turn: int) -> int:
    secret = hashlib.sha256(f"rows:{settings.SECRET_KEY}".encode()).digest()
    mixed = hashlib.blake2s(half.to_bytes(4, "big"), key=secret, salt=bytes([turn]), digest_size=4)
    return int.from_bytes(mixed.digest(), "big")


class RowConverter:
    """`<row:pk>` in a path: the view gets the number, the browser only the key."""

    regex = "[a-z2-7]{13}"

    def to_python(self, value: str) -> int:
        return opened(value)

    def to_url(self, value: object) -> str:
        return sealed(int(str(value)))


register_converter(RowConverter, "row")
