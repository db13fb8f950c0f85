"""The demonstration (演示单位): an invented body and a year of its work, made through the write door.

Every row comes from an act of a person of the demonstration, so that trail, ledgers and statements are
real although everything they speak of is invented.
"""

import argparse
import json
import sys
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from shoumi.config.demonstration.cast import gather, renew_passwords
from shoumi.config.demonstration.people import clear_all
from shoumi.config.demonstration.story import tell
from shoumi.config.installation import ACCOUNTS
from shoumi.config.passwords import Argon2
from shoumi.config.progress import Progress
from shoumi.config.serving import serve


def demo(options: argparse.Namespace, *, folder: Path) -> int:
    """`shoumi demo`: builds the data once, prints the accounts, serves."""
    if not (folder / ACCOUNTS).exists():
        build(folder)
    for line in accounts_table(folder):
        sys.stdout.write(line + "\n")
    sys.stdout.flush()
    return 0 if options.no_serve else serve(options, folder=folder)


def build(folder: Path) -> None:
    """Two or three minutes of work; begun anew if it was cut short (the database is then incomplete)."""
    sys.stderr.write("正在建立演示数据，约需两分钟\n")
    call_command("migrate", verbosity=0, interactive=False)
    now = timezone.localtime()
    _hurry()
    founded = now - timedelta(days=372)
    cast = gather(at=founded, today=now.date())
    clear_all(cast, at=founded)
    tell(cast, until=now, progress=Progress())
    renew_passwords(cast, at=now)
    accounts = [cast.account_of(person) for person in cast.people]
    text = json.dumps(accounts, ensure_ascii=False, indent=1)
    (folder / ACCOUNTS).write_text(text + "\n", encoding="utf-8")
    (folder / ACCOUNTS).chmod(0o600)
    connection.close()


def accounts_table(folder: Path) -> list[str]:
    """The accounts in columns, for the console."""
    accounts = json.loads((folder / ACCOUNTS).read_text(encoding="utf-8"))
    lines = ["演示账号（数据均为虚构）："]
    for one in accounts:
        posts = "、".join(one["posts"]) or "承办人"
        lines.append(
            f"  {one['account']:<12} {one['password']:<16} {one['name']}　{posts}　{one['clearance']}"
        )
    return lines


def _hurry() -> None:
    """Invented data may be lost by a power cut and be built again; and its passwords are no secret."""
    Argon2.time_cost, Argon2.memory_cost = 1, 8 * 1024
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
