"""Before serving (启动检查): the rulebook holds, the ciphers answer rightly, the transport is protected.

A rulebook file changed on disk since the last start is chained with its new digest; whoever looks at the
trail sees between which two starts it changed.
"""

import importlib
import json
import pkgutil

from django.apps import apps
from django.conf import settings
from django.utils import timezone

from shoumi.domains.ledgers.services.transport import require_encryption
from shoumi.platform.attachments.crypto import crypto_self_test
from shoumi.platform.directory.models import Body
from shoumi.platform.obligations.crosschecks import enforce_asked
from shoumi.platform.rulebook.check import enforce
from shoumi.platform.rulebook.controls import POINTS, Control
from shoumi.platform.rulebook.source import digest_of_rulebook, digests_of_files, rulebook
from shoumi.platform.trail.models import Entry
from shoumi.platform.trail.recording import Record, recording

LOADED = Control("rulebook.load", kind="record", label="规章启动检查")


def check_start(*, listen: str) -> None:
    """Raise before the first request is answered, or let the server start."""
    crypto_self_test()
    require_encryption(listen=listen, https=settings.INSTALLATION.https)
    gather_points()
    enforce(rulebook(), POINTS)
    enforce_asked()
    chain_rulebook()


def gather_points() -> None:
    """Import every module that may declare a control point, so that none only seems to be missing."""
    for app in apps.get_app_configs():
        if not app.name.startswith("shoumi."):
            continue
        for module in pkgutil.walk_packages([app.path], f"{app.name}."):
            parts = module.name.split(".")
            if not {"tests", "migrations", "testing"} & set(parts):
                importlib.import_module(module.name)
    importlib.import_module("shoumi.config.backups")


def chain_rulebook() -> None:
    """One entry whenever the rulebook on disk is not the one last chained. Clause: rulebook.load."""
    digest = digest_of_rulebook()
    last = Entry.objects.filter(event="rulebook.load").order_by("-id").first()
    if last is not None and json.loads(last.body)["digest"] == digest:
        return
    body = Body.objects.filter(local=True).order_by("id")[0]
    details = {"digest": digest, "files": digests_of_files()}
    with recording(
        Record(
            body.code, "rulebook.load", 0, "系统", "rulebook.load", timezone.now(), details=details
        )
    ):
        pass
