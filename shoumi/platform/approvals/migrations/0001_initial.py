import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import shoumi.platform.trail.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_initial"),
        ("directory", "0002_officers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
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
                ("matter", models.CharField(max_length=60, verbose_name="事项")),
                ("title", models.CharField(max_length=60, verbose_name="事项名称")),
                ("clause", models.CharField(max_length=80, verbose_name="条款")),
                ("subject", models.CharField(max_length=80, verbose_name="对象")),
                ("summary", models.CharField(blank=True, max_length=120, verbose_name="摘要")),
                ("reason", models.TextField(verbose_name="申请理由")),
                ("conditions", models.JSONField(default=dict, verbose_name="条件")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "审批中"),
                            ("approved", "已同意"),
                            ("refused", "未同意"),
                            ("returned", "已退回"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "current",
                    models.PositiveSmallIntegerField(default=0, null=True, verbose_name="当前环节"),
                ),
                ("turns", models.PositiveIntegerField(default=0, verbose_name="办理次数")),
                ("opened_at", models.DateTimeField(verbose_name="提交时间")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="办结时间")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="批准有效期至"),
                ),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="使用时间")),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申请人",
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
                        verbose_name="申请部门",
                    ),
                ),
                (
                    "label",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.label",
                        verbose_name="密级",
                    ),
                ),
            ],
            options={
                "verbose_name": "审批",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["subject", "-id"], name="approvals_case_subject"),
                    models.Index(fields=["applicant", "-id"], name="approvals_case_applicant"),
                    models.Index(fields=["label", "-id"], name="approvals_case_label"),
                    models.Index(fields=["body", "state", "-id"], name="approvals_case_body"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at", None), ("current__isnull", False), ("state", "open")
                            ),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("closed_at__isnull", False),
                                ("current", None),
                            ),
                            _connector="OR",
                        ),
                        name="approvals_open_has_a_step",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_at", None), ("state", "approved"), _connector="OR"
                        ),
                        name="approvals_used_if_approved",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="CaseStep",
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
                ("order", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("label", models.CharField(max_length=60, verbose_name="环节")),
                ("posts", models.JSONField(verbose_name="审批岗位")),
                ("mode", models.CharField(max_length=5, verbose_name="会签方式")),
                ("hours", models.PositiveSmallIntegerField(verbose_name="时限（工作小时）")),
                (
                    "state",
                    models.CharField(
                        choices=[("later", "未到"), ("open", "审批中"), ("done", "已办")],
                        default="later",
                        max_length=5,
                        verbose_name="状态",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=0, verbose_name="轮次")),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="开始时间")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="期限")),
                (
                    "provisional",
                    models.BooleanField(default=False, verbose_name="暂按法定节假日推算"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="approvals.case",
                        verbose_name="审批",
                    ),
                ),
            ],
            options={
                "verbose_name": "审批环节",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "order"), name="approvals_one_step_a_place"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
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
                ("posts", models.JSONField(default=list, verbose_name="凭何岗位")),
                (
                    "origin",
                    models.CharField(
                        choices=[("post", "岗位"), ("handed", "转办"), ("added", "加签")],
                        max_length=6,
                        verbose_name="来源",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("later", "未到"),
                            ("waiting", "待审批"),
                            ("voted", "已审批"),
                            ("left", "已转出"),
                            ("lapsed", "无需审批"),
                        ],
                        default="later",
                        max_length=7,
                        verbose_name="状态",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审批人",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="approvals.casestep",
                        verbose_name="环节",
                    ),
                ),
            ],
            options={
                "verbose_name": "审批席位",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["person"],
                        name="approvals_seat_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("step", "person"), name="approvals_one_seat_a_person"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Vote",
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
                ("round", models.PositiveSmallIntegerField(verbose_name="轮次")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agree", "同意"),
                            ("refuse", "不同意"),
                            ("return", "退回"),
                            ("hand_on", "转办"),
                            ("add", "加签"),
                        ],
                        max_length=7,
                        verbose_name="意见",
                    ),
                ),
                ("opinion", models.TextField(blank=True, verbose_name="审批意见")),
                (
                    "to_step",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="退至环节"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "cast_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="办理人",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审批人",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="approvals.seat",
                        verbose_name="席位",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="approvals.casestep",
                        verbose_name="环节",
                    ),
                ),
                (
                    "to_person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="转给",
                    ),
                ),
            ],
            options={
                "verbose_name": "审批意见",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ["agree", "refuse", "return"])),
                        fields=("seat", "round"),
                        name="approvals_one_vote_a_seat",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "agree"),
                            models.Q(("opinion", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="approvals_opinion_unless_agreed",
                    ),
                ],
            },
        ),
    ]
