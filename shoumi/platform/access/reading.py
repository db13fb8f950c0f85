"""Reading at 秘密 and above is an event of its own: detail pages, exports, prints, downloads."""

from datetime import datetime

from django.db import models

from shoumi.kernel.levels import Level
from shoumi.platform.directory.models import Person
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.trail.recording import Record, recording

EVENT = "access.reading"
READING = Control(EVENT, kind="record", label="阅读涉密内容留痕")


def record_reading(
    *,
    actor: Person,
    how: str,
    subject: models.Model | None,
    level: Level,
    at: datetime,
    count: int = 1,
) -> None:
    """Chain one reading (`how`: 查看、导出、打印、下载) when its level is 秘密 or above."""
    if level < Level.CONFIDENTIAL:
        return
    details = {"how": how, "level": int(level), "count": count}
    with recording(
        Record(
            chain=actor.body.code,
            event=EVENT,
            actor=actor.pk,
            actor_name=actor.name,
            clause=EVENT,
            at=at,
            subject=subject,
            details=details,
        )
    ):
        pass
