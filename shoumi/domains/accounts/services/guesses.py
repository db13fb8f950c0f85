"""Guesses (口令尝试): each is claimed before its hash is computed, so that 64 at once are not 64 guesses.

The counts are login state, not business: a name nobody bears is counted like any other.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.db.models import F

from shoumi.domains.accounts.models import AccountFailures, AddressFailures
from shoumi.kernel.chain import sm3
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body
from shoumi.platform.rulebook.figures import figure


@dataclass(frozen=True)
class Lock:
    """The figures of the lock-out in force."""

    failures: int
    minutes: int

    @property
    def window(self) -> timedelta:
        return timedelta(minutes=self.minutes)


def key_of(account: str) -> str:
    """What a typed name is counted under; people type passwords into the wrong field."""
    return sm3(account.encode())


def lock_of(body: Body | None, *, at: datetime) -> Lock:
    day = day_of(at)
    return Lock(
        failures=int(figure("accounts.lockout", "failures", on=day, body=body)),
        minutes=int(figure("accounts.lockout", "minutes", on=day, body=body)),
    )


def claim(key: str, *, address: str, lock: Lock, at: datetime) -> bool:
    """Take one of the guesses that are left for this name and for this address."""
    return _claim_address(key, address, lock, at) and claim_name(key, lock, at)


def claim_name(key: str, lock: Lock, at: datetime) -> bool:
    rows = AccountFailures.objects.filter(name=key)
    open_rows = rows.filter(last__gt=at - lock.window, count__lt=lock.failures)
    for _ in range(2):
        if open_rows.update(count=F("count") + 1, last=at):
            return True
        if rows.filter(last__lte=at - lock.window).update(count=1, last=at):
            return True
        try:
            if rows.exists():
                return False
            AccountFailures.objects.create(name=key, count=1, last=at)
            return True
        except IntegrityError:
            continue  # somebody else's guess made the row: count this one on it
    return False


def _claim_address(key: str, address: str, lock: Lock, at: datetime) -> bool:
    """One address may guess at so many names as one name may be guessed at."""
    AddressFailures.objects.filter(last__lte=at - lock.window).delete()
    row, is_new = AddressFailures.objects.get_or_create(
        address=address, name=key, defaults={"last": at}
    )
    earlier = AddressFailures.objects.filter(address=address, pk__lt=row.pk).count()
    if earlier >= lock.failures:
        if is_new:
            row.delete()
        return False
    AddressFailures.objects.filter(pk=row.pk).update(last=at)
    return True


def forget(key: str, *, address: str | None = None) -> None:
    """A success, or the officer: the count of this name starts anew, at this address or everywhere."""
    AccountFailures.objects.filter(name=key).delete()
    rows = AddressFailures.objects.filter(name=key)
    (rows if address is None else rows.filter(address=address)).delete()


def count_of(key: str) -> int:
    return AccountFailures.objects.filter(name=key).values_list("count", flat=True).first() or 0
