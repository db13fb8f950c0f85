import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import shoumi.platform.trail.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Body",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "salt",
                    models.CharField(
                        default=shoumi.platform.trail.models.new_salt,
                        editable=False,
                        max_length=32,
                        verbose_name="盐",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="单位名称")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="单位代码")),
                (
                    "issuer_word",
                    models.CharField(blank=True, max_length=20, verbose_name="机关代字"),
                ),
                ("local", models.BooleanField(default=True, verbose_name="在本系统内")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="directory.body",
                        verbose_name="上级",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位",
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "salt",
                    models.CharField(
                        default=shoumi.platform.trail.models.new_salt,
                        editable=False,
                        max_length=32,
                        verbose_name="盐",
                    ),
                ),
                (
                    "account",
                    models.CharField(
                        blank=True, max_length=60, null=True, unique=True, verbose_name="账号"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("staff_number", models.CharField(blank=True, max_length=20, verbose_name="工号")),
                (
                    "initials",
                    models.CharField(blank=True, max_length=200, verbose_name="拼音首字母"),
                ),
                ("active", models.BooleanField(default=True, verbose_name="在用")),
                ("session_epoch", models.PositiveIntegerField(default=0, verbose_name="会话批次")),
                (
                    "must_change_password",
                    models.BooleanField(default=True, verbose_name="须改口令"),
                ),
                (
                    "password_changed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="口令更改时间"),
                ),
                (
                    "reminder_signed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="保密提醒签署时间"),
                ),
                (
                    "issued_half",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="半段口令摘要"
                    ),
                ),
                (
                    "failures",
                    models.PositiveSmallIntegerField(default=0, verbose_name="连续登录失败次数"),
                ),
                (
                    "locked_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="锁定至"),
                ),
                (
                    "last_login_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="上次登录时间"),
                ),
                (
                    "last_login_from",
                    models.CharField(blank=True, max_length=45, verbose_name="上次登录地址"),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="directory.body",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "人员",
            },
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "salt",
                    models.CharField(
                        default=shoumi.platform.trail.models.new_salt,
                        editable=False,
                        max_length=32,
                        verbose_name="盐",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="部门名称")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departments",
                        to="directory.body",
                        verbose_name="单位",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="directory.department",
                        verbose_name="上级部门",
                    ),
                ),
            ],
            options={
                "verbose_name": "部门",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("body", "name"), name="directory_one_department_a_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "salt",
                    models.CharField(
                        default=shoumi.platform.trail.models.new_salt,
                        editable=False,
                        max_length=32,
                        verbose_name="盐",
                    ),
                ),
                ("post", models.CharField(max_length=40, verbose_name="岗位")),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
                (
                    "standing_in_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="代理何人",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.body",
                        verbose_name="单位",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.department",
                        verbose_name="部门",
                    ),
                ),
            ],
            options={
                "verbose_name": "任岗",
                "indexes": [
                    models.Index(fields=["person", "since"], name="directory_post_person"),
                    models.Index(fields=["body", "post", "since"], name="directory_post_body"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("person", "post", "body"),
                        name="directory_one_open_appointment",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("post__in", ("sysadmin", "secadmin", "auditor")), ("until", None)
                        ),
                        fields=("person",),
                        name="directory_one_officer_post_a_person",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="person",
            name="department",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="people",
                to="directory.department",
                verbose_name="部门",
            ),
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "salt",
                    models.CharField(
                        default=shoumi.platform.trail.models.new_salt,
                        editable=False,
                        max_length=32,
                        verbose_name="盐",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("registry", "机要室"),
                            ("safe", "保密柜"),
                            ("top_safe", "绝密专柜"),
                            ("reading", "阅文室"),
                            ("cabinet", "普通文件柜"),
                            ("room", "办公室"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                (
                    "level_limit",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "公开"), (1, "内部"), (2, "秘密"), (3, "机密"), (4, "绝密")],
                        verbose_name="可存最高密级",
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="在用")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="directory.body",
                        verbose_name="单位",
                    ),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="管理人",
                    ),
                ),
                (
                    "within",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="directory.place",
                        verbose_name="所在",
                    ),
                ),
            ],
            options={
                "verbose_name": "场所",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("body", "name"), name="directory_one_place_a_name"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["body", "name"], name="directory_person_name"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower(
                    django.db.models.functions.text.Trim("account")
                ),
                name="directory_one_account_a_name",
            ),
        ),
    ]
