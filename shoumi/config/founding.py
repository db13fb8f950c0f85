"""Founding (建立): the database, the body, the system actor, and the first accounts.

The three officers and the head are made here because afterwards nobody can make an account with rights
alone; the founding is itself the first entry of the body's chain.
"""

import argparse
import secrets
import sys
from datetime import date, datetime
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from shoumi.config.installation import BadInstallation
from shoumi.platform.directory.models import SYSTEM_ACCOUNT, Appointment, Body, Person
from shoumi.platform.rulebook.posts import label_of, posts
from shoumi.platform.trail import schema
from shoumi.platform.trail.recording import Record, recording

FOUND = "systems.found"
FIRST_POSTS = ("sysadmin", "secadmin", "auditor", "head")


def init(options: argparse.Namespace, *, folder: Path) -> int:
    """`shoumi init`: prints each first password once; it must be changed at the first log-in."""
    names = dict(pair.split("=", 1) for pair in options.officer if "=" in pair)
    unknown = set(names) - set(posts())
    if unknown:
        raise BadInstallation(f"没有这些岗位：{'、'.join(sorted(unknown))}")
    call_command("migrate", verbosity=0, interactive=False)
    at = timezone.now()
    body = found_body(name=options.body, code=options.code, at=at)
    sys.stdout.write(f"已在 {folder} 建立「{body.name}」\n首次口令只显示这一次，登录后须更改：\n")
    for post in FIRST_POSTS:
        person, password = first_account(
            body, account=post, name=names.get(post, label_of(post)), post=post, at=at
        )
        sys.stdout.write(f"  {label_of(post)}  账号 {person.account}  口令 {password}\n")
    return 0


def found_body(*, name: str, code: str, at: datetime) -> Body:
    """The body and its system actor; then the schema is chained."""
    with recording(Record(code, FOUND, 0, "系统", "trail.entry", at)) as record:
        body = Body.objects.create(name=name, code=code)
        system = Person(body=body, account=SYSTEM_ACCOUNT, name="系统", must_change_password=False)
        system.set_unusable_password()
        system.save()
        record.subject = body
    chain_schema(body, at=at)
    return body


def first_account(
    body: Body, *, account: str, name: str, post: str, at: datetime
) -> tuple[Person, str]:
    """One of the first accounts, with its post and a password shown once."""
    password = secrets.token_urlsafe(9) + "-9a"
    system = Person.objects.get(account=SYSTEM_ACCOUNT)
    record = Record(body.code, FOUND, system.pk, "系统", "trail.entry", at)
    with recording(record):
        person = Person(body=body, account=account, name=name)
        person.set_password(password)
        person.save()
        Appointment.objects.create(person=person, post=post, body=body, since=_day(at))
        record.subject = person
        record.note(post=post)
    return person, password


def chain_schema(body: Body, *, at: datetime) -> None:
    """Write down the fingerprint of the schema as it stands now."""
    details = {"database": connection.vendor, "fingerprint": schema.fingerprint()}
    with recording(Record(body.code, schema.EVENT, 0, "系统", "trail.entry", at, details=details)):
        pass


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
