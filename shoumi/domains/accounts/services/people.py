"""Accounts (账号): made by one officer, enabled by another, cut at once when disabled."""

import secrets
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError
from django.db.models import F

from shoumi.domains.accounts import selectors
from shoumi.domains.accounts.models import PasswordMemory
from shoumi.domains.accounts.rules import halves, names, officers, words
from shoumi.domains.accounts.services.guesses import forget, key_of
from shoumi.domains.accounts.services.waiting import answered, ask_enabling
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import SYSTEM, Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body, Department, Person
from shoumi.platform.rulebook.posts import label_of

CREATE = Action(
    "accounts.create",
    "建立账号",
    clause="accounts.officers.sysadmin",
    posts=frozenset({officers.SYSADMIN, SYSTEM}),
)
ENABLE = Action(
    "accounts.enable",
    "启用账号",
    clause="accounts.officers.secadmin",
    posts=frozenset({officers.SECADMIN}),
)
DISABLE = Action(
    "accounts.disable",
    "停用账号",
    clause="accounts.disable",
    posts=frozenset({officers.SECADMIN}),
)
UNLOCK = Action(
    "accounts.unlock",
    "解除锁定",
    clause="accounts.lockout",
    posts=frozenset({officers.SECADMIN}),
)
RECOVER = Action(
    "accounts.recover",
    "找回三员账号",
    clause="accounts.recovery",
    posts=frozenset({SYSTEM}),
)


def create(
    *,
    actor: Person,
    account: str,
    name: str,
    staff_number: str,
    department: Department | None,
    at: datetime,
) -> tuple[Person, str]:
    """A person with an account that has no right and cannot log in yet.

    Returns the first half of the first password; 安全保密管理员 issues the second by enabling.
    """
    half = halves.new_half(secrets.choice)
    with act(actor, CREATE, at=at, account=account) as deed:
        person = Person(
            body=actor.body,
            department=_own(department, body=actor.body),
            account=names.check_new(account, taken=selectors.looks_taken()),
            name=name.strip(),
            staff_number=staff_number.strip(),
            initials=words.initials(name),
            active=False,
        )
        person.issued_half = halves.digest(half, salt=person.salt)
        person.set_unusable_password()
        try:
            person.save(force_insert=True)
        except IntegrityError:
            raise Stale(
                f"账号「{account}」刚被他人建立",
                clause="accounts.one_person",
                way_on="请换一个账号",
            ) from None
        deed.subject = person
        ask_enabling(person, by=actor, at=at)
    return person, half


def enable(*, actor: Person, subject: Person, at: datetime) -> str:
    """Let an account log in; returns the second half where a first password is being issued, else ''."""
    half = halves.new_half(secrets.choice)
    issues = bool(subject.issued_half)
    hashed = make_password(halves.joined(subject.issued_half, half)) if issues else ""
    with act(actor, ENABLE, subject, at=at, issues_half=issues):
        _not_own(actor, subject)
        if not subject.account:
            raise Refusal("此人没有账号", clause=ENABLE.clause, way_on="请系统管理员先建立账号")
        fields: dict[str, object] = {"active": True, "failures": 0, "locked_until": None}
        if issues:
            fields["password"] = hashed
            fields["password_changed_at"] = at
            fields["must_change_password"] = True
        found = Person.objects.filter(
            pk=subject.pk, active=False, issued_half=subject.issued_half, password=subject.password
        )
        if not found.update(session_epoch=F("session_epoch") + 1, **fields):
            raise Stale("账号已经启用，或者刚被他人修改", clause=ENABLE.clause)
        answered(subject, at=at)
    subject.refresh_from_db()
    return half if issues else ""


def disable(*, actor: Person, subject: Person, reason: str, at: datetime) -> None:
    """Stop an account; whoever is logged in with it is out on the next request. Clause: accounts.disable."""
    with act(actor, DISABLE, subject, at=at, reason=reason):
        keep_an_officer(subject, at=at)
        if not cut(subject, active=False):
            raise Stale("账号已经停用", clause=DISABLE.clause)
    subject.refresh_from_db()


def unlock(*, actor: Person, subject: Person, reason: str, at: datetime) -> None:
    """Lift a lock-out before its time. Clause: accounts.lockout."""
    with act(actor, UNLOCK, subject, at=at, reason=reason):
        if subject.failures == 0 and subject.locked_until is None:
            raise Stale("账号没有锁定", clause=UNLOCK.clause)
        Person.objects.filter(pk=subject.pk).update(failures=0, locked_until=None)
        forget(key_of(subject.account or ""))
    subject.refresh_from_db()


def recover(*, actor: Person, subject: Person, witnesses: tuple[str, str], at: datetime) -> str:
    """A new password for an officer who can be helped by nobody else: two persons at the server.

    Only the console calls it; the trail keeps both names. Clause: accounts.recovery.
    """
    first, second = (name.strip() for name in witnesses)
    password = "-".join(halves.new_half(secrets.choice) for _ in range(2))
    hashed = make_password(password)
    with act(actor, RECOVER, subject, at=at, witnesses=[first, second]):
        if not first or not second or first == second:
            raise Refusal("找回三员账号须两人在场", clause=RECOVER.clause, way_on="请写明两人姓名")
        if not selectors.officer_post(subject, on=day_of(at)):
            raise Refusal(
                "此人不是三员", clause=RECOVER.clause, way_on="其他人员由系统管理员重置口令"
            )
        remember(subject, at=at)
        Person.objects.filter(pk=subject.pk).update(
            active=True,
            failures=0,
            locked_until=None,
            issued_half="",
            password=hashed,
            password_changed_at=at,
            must_change_password=True,
            session_epoch=F("session_epoch") + 1,
        )
        forget(key_of(subject.account or ""))
    subject.refresh_from_db()
    return password


def keep_an_officer(person: Person, *, at: datetime) -> None:
    """Refuse what would leave one of the three posts without anybody who can log in."""
    day = day_of(at)
    post = selectors.officer_post(person, on=day)
    if post and not selectors.officers_left(post, body=person.body, on=day, without=person):
        raise Refusal(
            f"{label_of(post)}只有{person.name}一人，停用后无人履职",
            clause="accounts.officers.separate",
            way_on="请先任命另一名；本人口令遗失的，由两人在服务器上找回",
        )


def cut(person: Person, **fields: object) -> bool:
    """Write fields of an active account and end all its sessions."""
    return bool(
        Person.objects.filter(pk=person.pk, active=True).update(
            session_epoch=F("session_epoch") + 1, **fields
        )
    )


def remember(person: Person, *, at: datetime) -> None:
    """Keep the hash of the password that is being replaced."""
    if person.has_usable_password() and not person.issued_half:
        PasswordMemory.objects.create(person=person, password=person.password, replaced_at=at)


def _own(department: Department | None, *, body: Body) -> Department | None:
    if department is not None and department.body_id != body.pk:
        raise Refusal("没有这个部门", clause=CREATE.clause, way_on="请在本单位部门中选择")
    return department


def _not_own(actor: Person, subject: Person) -> None:
    if actor.pk == subject.pk:
        raise Refusal("不得办理本人的账号", clause="accounts.officers.mutual")
