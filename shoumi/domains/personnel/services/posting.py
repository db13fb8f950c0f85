"""定岗: secret-related posts are proposed, approved, and only then are people chosen for them."""

from datetime import datetime

from django.db import IntegrityError

from shoumi.domains.personnel.models import Dossier, SecretPost
from shoumi.domains.personnel.rules.entering import check_written, class_for
from shoumi.domains.personnel.services.filing import (
    PERSONNEL,
    ask,
    dossier_label,
    numbered,
    step,
)
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.approvals.models import Case
from shoumi.platform.approvals.services import ON_APPROVED, ON_REFUSED
from shoumi.platform.directory.models import Department, Person

MATTER = "personnel.post"
PROPOSE = Action("personnel.post", "提出涉密岗位", clause="personnel.post", posts=PERSONNEL)
ABOLISH = Action("personnel.post.abolish", "撤销涉密岗位", clause="personnel.post", posts=PERSONNEL)

State = SecretPost.State


def propose_post(
    *,
    actor: Person,
    at: datetime,
    title: str,
    department: Department | None,
    handles: int,
    matters: str,
    duties: str,
) -> SecretPost:
    """Propose a post; its class follows from what it handles. Clause: personnel.post.class."""
    with act(actor, PROPOSE, at=at, handles=int(handles)) as deed:
        number = numbered("岗", "posts", body=actor.body, at=at)
        post = SecretPost(
            label=dossier_label(actor.body, person=None, basis=number, at=at),
            body=actor.body,
            number=number,
            asked_by=actor,
            asked_at=at,
            title=check_written(title, "岗位名称", clause=MATTER),
            department=department,
            handles=handles,
            personnel_class=class_for(Level(handles)),
            matters=check_written(matters, "涉密事项", clause=MATTER),
            duties=check_written(duties, "保密责任", clause=MATTER),
        )
        try:
            post.save(force_insert=True)
        except IntegrityError:
            raise Stale("该岗位已经提出或者审定", clause=MATTER, way_on="请刷新页面") from None
        deed.subject = post
        ask(
            post,
            person=actor,
            matter=MATTER,
            reason=post.matters,
            summary=f"{post.title}（{post.get_personnel_class_display()}）",
            at=at,
        )
    return post


def abolish_post(*, actor: Person, subject: SecretPost, at: datetime, reason: str) -> None:
    """A post that nobody is on, or meant for, is given up; its history stays."""
    with act(actor, ABOLISH, subject, at=at, post=subject.number):
        why = check_written(reason, "撤销原因", clause=MATTER)
        if Dossier.held_under(subject.pk):
            raise Refusal(
                "该岗位还有在岗或者待上岗人员，不得撤销",
                clause=MATTER,
                way_on="先为其办理换岗或者离岗",
            )
        step(subject, State.IN_FORCE, State.ABOLISHED, ended_reason=why)


def _granted(case: Case, *, actor: Person, at: datetime) -> None:
    step(SecretPost.named(case.subject), State.PROPOSED, State.IN_FORCE, decided_at=at)


def _not_granted(case: Case, *, actor: Person, at: datetime) -> None:
    step(SecretPost.named(case.subject), State.PROPOSED, State.REFUSED, decided_at=at)


ON_APPROVED[MATTER] = _granted
ON_REFUSED[MATTER] = _not_granted
