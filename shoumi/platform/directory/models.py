"""机构与人员: bodies in a tree, departments, people, their posts, and places."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower, Trim
from django.utils.crypto import salted_hmac

from shoumi.kernel.levels import Level
from shoumi.platform.trail.models import Recorded

SYSTEM_ACCOUNT = "system"
# 三员: each excludes every other post. The database keeps this too (migration 0002); posts.toml says the same.
OFFICERS = ("sysadmin", "secadmin", "auditor")


class Body(Recorded):
    """A public body (机关、单位) in its tree; each keeps a chain of its own under its code."""

    name = models.CharField("单位名称", max_length=80)
    code = models.CharField("单位代码", max_length=40, unique=True)
    issuer_word = models.CharField("机关代字", max_length=20, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    local = models.BooleanField("在本系统内", default=True)

    class Meta:
        verbose_name = "单位"

    def __str__(self) -> str:
        return self.name


class Department(Recorded):
    """A department (部门) of a body."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="departments", verbose_name="单位")
    name = models.CharField("部门名称", max_length=60)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上级部门",
    )

    class Meta:
        verbose_name = "部门"
        constraints = [
            models.UniqueConstraint(fields=["body", "name"], name="directory_one_department_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["Person"]):
    """Finds a person by account, exactly as written."""


class Person(AbstractBaseUser, Recorded):
    """A person of a body, with an account or without; there is no superuser and no staff flag.

    `session_epoch` is part of every session's hash: raising it ends all sessions of the person at once.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="people", verbose_name="单位")
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name="部门",
    )
    account = models.CharField("账号", max_length=60, unique=True, null=True, blank=True)
    name = models.CharField("姓名", max_length=40)
    staff_number = models.CharField("工号", max_length=20, blank=True)
    initials = models.CharField("拼音首字母", max_length=200, blank=True)
    active = models.BooleanField("在用", default=True)
    session_epoch = models.PositiveIntegerField("会话批次", default=0)
    must_change_password = models.BooleanField("须改口令", default=True)
    password_changed_at = models.DateTimeField("口令更改时间", null=True, blank=True)
    reminder_signed_at = models.DateTimeField("保密提醒签署时间", null=True, blank=True)
    # Digest of the half of a first password that one officer issued; another officer issues the rest.
    issued_half = models.CharField("半段口令摘要", max_length=64, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField("连续登录失败次数", default=0)
    locked_until = models.DateTimeField("锁定至", null=True, blank=True)
    last_login = None  # Django would write it outside an act
    last_login_at = models.DateTimeField("上次登录时间", null=True, blank=True)
    last_login_from = models.CharField("上次登录地址", max_length=45, blank=True)

    objects = People()

    USERNAME_FIELD = "account"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "人员"
        indexes = [models.Index(fields=["body", "name"], name="directory_person_name")]
        constraints = [
            # Case and outer spaces never tell two accounts apart; wider likeness is refused by the rules.
            models.UniqueConstraint(Lower(Trim("account")), name="directory_one_account_a_name")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.active and self.account is not None and self.account != SYSTEM_ACCOUNT

    @property
    def is_system(self) -> bool:
        return self.account == SYSTEM_ACCOUNT

    def get_session_auth_hash(self) -> str:
        key = "shoumi.directory.Person.session"
        value = f"{self.password}:{self.session_epoch}:{self.active}"
        return str(salted_hmac(key, value, algorithm="sha256").hexdigest())

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        return self.get_session_auth_hash()


class Appointment(Recorded):
    """Who holds which post (岗位), from when to when; `standing_in_for` marks a stand-in (代理)."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="appointments", verbose_name="人员"
    )
    post = models.CharField("岗位", max_length=40)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="部门"
    )
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    standing_in_for = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代理何人"
    )

    class Meta:
        verbose_name = "任岗"
        indexes = [
            models.Index(fields=["person", "since"], name="directory_post_person"),
            models.Index(fields=["body", "post", "since"], name="directory_post_body"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "post", "body"],
                condition=models.Q(until=None),
                name="directory_one_open_appointment",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(until=None, post__in=OFFICERS),
                name="directory_one_officer_post_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.post}"


class Place(Recorded):
    """Where a thing may lie or be read: 机要室, 保密柜, 阅文室, 部门."""

    class Kind(models.TextChoices):
        REGISTRY = "registry", "机要室"
        SAFE = "safe", "保密柜"
        SEALED_SAFE = "top_safe", "绝密专柜"
        READING_ROOM = "reading", "阅文室"
        CABINET = "cabinet", "普通文件柜"
        ROOM = "room", "办公室"

    body = models.ForeignKey(Body, models.PROTECT, related_name="places", verbose_name="单位")
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=10, choices=Kind)
    within = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="所在"
    )
    level_limit = models.PositiveSmallIntegerField(
        "可存最高密级", choices=[(x.value, x.label) for x in Level]
    )
    keeper = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="管理人"
    )
    active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = "场所"
        constraints = [
            models.UniqueConstraint(fields=["body", "name"], name="directory_one_place_a_name")
        ]

    def __str__(self) -> str:
        return self.name
