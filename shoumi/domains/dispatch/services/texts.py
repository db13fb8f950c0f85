"""文稿: the text of a draft as a file, every version of it kept, under the draft's own mark."""

from datetime import datetime
from typing import Any

from shoumi.domains.dispatch.models import Letter
from shoumi.domains.dispatch.services.drafting import NotTheDrafter
from shoumi.domains.dispatch.services.moving import expect, step
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.grades import check_within_grade
from shoumi.platform.attachments.files import storing
from shoumi.platform.attachments.services import attach
from shoumi.platform.directory.models import Person

TEXT = Action("dispatch.text", "存入文稿", clause="dispatch.draft.text")

State = Letter.State


def keep_text(*, actor: Person, subject: Letter, at: datetime, upload: Any) -> Letter:
    """Keep one more version; it is stored encrypted, and refused above the deployment grade."""
    with storing() as kept, act(actor, TEXT, subject, at=at, draft=subject.draft_number) as deed:
        if actor.pk != subject.drafted_by_id:
            raise NotTheDrafter()
        expect(subject, State.DRAFT)
        check_within_grade(subject.level)
        attach(
            kept, deed=deed, owner=subject, label=subject.label, upload=upload, actor=actor, at=at
        )
        step(subject, State.DRAFT, State.DRAFT, texts=subject.texts + 1)
        deed.note(version=subject.texts)
    return subject
