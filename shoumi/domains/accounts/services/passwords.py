"""Passwords (口令): changed by their owner, reset in two halves; and the reminder (保密提醒) signed."""

import secrets
from datetime import datetime
from pathlib import Path

from django.contrib.auth.hashers import check_password, make_password

from shoumi.domains.accounts import selectors
from shoumi.domains.accounts.rules import halves, officers, passwords
from shoumi.domains.accounts.services.guesses import claim_name, forget, key_of, lock_of
from shoumi.domains.accounts.services.people import cut, keep_an_officer, remember
from shoumi.domains.accounts.services.waiting import answered, ask_enabling
from shoumi.kernel.chain import sm3
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person

CHANGE = Action("accounts.password.change", "更改口令", clause="accounts.password.composition")
RESET = Action(
    "accounts.password.reset",
    "重置口令",
    clause="accounts.officers.secadmin",
    posts=frozenset({officers.SYSADMIN}),
)
PLEDGE = Action("accounts.pledge", "签署保密提醒", clause="accounts.first_login")
REMINDER = Path(__file__).parents[1] / "data" / "reminder.txt"


class PasswordRefused(Refusal):
    """The new password is not fit; `faults` says everything that is wrong with it."""

    def __init__(self, faults: list[passwords.Fault]) -> None:
        super().__init__(
            "新口令不合要求：" + "；".join(f.words for f in faults),
            clause=faults[0].clause,
            way_on="可用几个互不相干的词加数字、符号组成，便于自己记住，他人猜不到",
        )
        self.faults = faults


def change_password(*, actor: Person, old: str, new: str, at: datetime) -> None:
    """Replace one's own password. Clauses: accounts.password.*"""
    policy = selectors.policy_on(day_of(at), body=actor.body)
    key, lock = key_of(actor.account or ""), lock_of(actor.body, at=at)
    may_guess = claim_name(key, lock, at)
    is_right = may_guess and matches(actor, old)
    found: list[passwords.Fault] = []
    is_reused, hashed = False, ""
    if is_right:
        forget(key)
        # Hashes are computed before the door opens: nobody else waits for them.
        found = passwords.faults(new, policy=policy, about=selectors.about(actor))
        before = selectors.old_passwords(actor, last=policy.last)
        is_reused = not found and any(check_password(new, one) for one in before)
        hashed = "" if found or is_reused else make_password(new)
    with act(actor, CHANGE, actor, at=at):
        if not may_guess:
            raise Refusal(
                f"原口令连续错误达到 {lock.failures} 次，{lock.minutes} 分钟内不能更改",
                clause="accounts.lockout",
            )
        if not is_right:
            raise Refusal("原口令不正确", clause="accounts.login.failure")
        if found:
            raise PasswordRefused(found)
        if is_reused:
            raise Refusal(
                f"新口令与最近 {policy.last} 次用过的口令相同",
                clause=passwords.HISTORY,
                way_on="请换一个没有用过的",
            )
        remember(actor, at=at)
        replaced = Person.objects.filter(pk=actor.pk, password=actor.password).update(
            password=hashed,
            password_changed_at=at,
            must_change_password=False,
            issued_half="",
        )
        if not replaced:
            raise Stale("口令刚在别处更改", clause=CHANGE.clause, way_on="请用新口令重新登录")
    actor.refresh_from_db()


def reset_password(*, actor: Person, subject: Person, reason: str, at: datetime) -> str:
    """Stop an account and issue the first half of a new first password.

    安全保密管理员 issues the second half by enabling the account; neither officer knows both.
    """
    half = halves.new_half(secrets.choice)
    with act(actor, RESET, subject, at=at, reason=reason):
        if actor.pk == subject.pk:
            raise Refusal(
                "本人口令用更改口令办理",
                clause="accounts.password.age",
                way_on="遗忘的，请另一名系统管理员重置",
            )
        if not subject.account:
            raise Refusal("此人没有账号", clause=RESET.clause)
        keep_an_officer(subject, at=at)
        remember(subject, at=at)
        blank = Person()
        blank.set_unusable_password()
        written = {
            "active": False,
            "password": blank.password,
            "issued_half": halves.digest(half, salt=subject.salt),
            "must_change_password": True,
        }
        if not cut(subject, **written):
            found = Person.objects.filter(pk=subject.pk, active=False)
            found.update(**written)
        answered(subject, at=at)
        ask_enabling(subject, by=actor, at=at)
        forget(key_of(subject.account))
    subject.refresh_from_db()
    return half


def pledge(*, actor: Person, at: datetime) -> None:
    """Sign that one has read the reminder; its digest is noted, so that the text signed is known."""
    with act(actor, PLEDGE, actor, at=at, reminder=sm3(reminder().encode())):
        Person.objects.filter(pk=actor.pk).update(reminder_signed_at=at)
    actor.refresh_from_db()


def reminder() -> str:
    """The text of the 保密提醒."""
    return REMINDER.read_text(encoding="utf-8")


def matches(person: Person, typed: str) -> bool:
    """Whether this is the person's password; a first one is put together from its two halves."""
    if person.issued_half:
        typed = halves.as_typed(typed, salt=person.salt)
    return check_password(typed, person.password)
