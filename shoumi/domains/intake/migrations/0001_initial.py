import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import shoumi.platform.trail.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0002_search_words"),
        ("directory", "0002_officers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("documents", "收文登记簿"),
                            ("loans", "借阅登记簿"),
                            ("people", "人员台账"),
                            ("computers", "计算机台账"),
                            ("media", "移动存储介质台账"),
                        ],
                        max_length=10,
                        verbose_name="台账",
                    ),
                ),
                ("file_name", models.CharField(max_length=120, verbose_name="文件名")),
                ("digest", models.CharField(max_length=64, verbose_name="文件摘要")),
                ("as_of", models.DateField(verbose_name="台账截止日")),
                ("findings", models.JSONField(default=list, verbose_name="问题")),
                ("totals", models.JSONField(default=dict, verbose_name="合计")),
                ("skipped", models.JSONField(default=list, verbose_name="未核对的工作表")),
                ("rejects", models.PositiveIntegerField(default=0, verbose_name="须定夺")),
                ("alerts", models.PositiveIntegerField(default=0, verbose_name="提示")),
                (
                    "state",
                    models.CharField(
                        choices=[("checked", "已核对"), ("taken", "已入账"), ("undone", "已撤销")],
                        default="checked",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("checked_at", models.DateTimeField(verbose_name="核对时间")),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="入账时间")),
                ("taken", models.PositiveIntegerField(default=0, verbose_name="入账条数")),
                ("left_out", models.JSONField(default=list, verbose_name="未入账")),
                ("raised", models.JSONField(default=list, verbose_name="接续的编号")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
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
                    "checked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核对人",
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
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="入账人",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="撤销人",
                    ),
                ),
            ],
            options={
                "verbose_name": "导入批次",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["body", "-id"], name="intake_batch_body")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "checked"), ("taken_by", None)),
                            ("taken_by__isnull", False),
                            _connector="OR",
                        ),
                        name="intake_taken_by_somebody",
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Taken",
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
                ("sheet", models.CharField(max_length=60, verbose_name="工作表")),
                ("number", models.PositiveIntegerField(verbose_name="行")),
                ("values", models.JSONField(default=dict, verbose_name="原值")),
                ("made", models.JSONField(default=list, verbose_name="生成的记录")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="intake.batch",
                        verbose_name="批次",
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
                "verbose_name": "导入行",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["batch", "id"], name="intake_taken_batch")],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
    ]
