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
            name="Entry",
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
                ("ledger", models.CharField(max_length=40, verbose_name="台账")),
                ("version", models.PositiveSmallIntegerField(verbose_name="栏目版本")),
                ("data", models.JSONField(default=dict, verbose_name="内容")),
                (
                    "personal",
                    models.JSONField(blank=True, default=dict, verbose_name="加密的个人信息"),
                ),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                ("corrected", models.PositiveSmallIntegerField(default=0, verbose_name="更正次数")),
                (
                    "corrected_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="更正时间"),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="更正原因")),
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
                    "corrected_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="更正人",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
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
                "verbose_name": "台账记录",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["ledger", "body", "-id"], name="ledgers_entry_ledger")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrected", 0), ("corrected_at", None), ("reason", "")),
                            models.Q(
                                ("corrected__gt", 0),
                                ("corrected_at__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ledgers_corrected_with_reason",
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Disclosure",
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
                ("column", models.CharField(max_length=40, verbose_name="栏目")),
                ("at", models.DateTimeField(verbose_name="查看时间")),
                ("reason", models.CharField(max_length=200, verbose_name="事由")),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="查看人",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disclosures",
                        to="ledgers.entry",
                        verbose_name="台账记录",
                    ),
                ),
            ],
            options={
                "verbose_name": "个人信息查看",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["entry", "-id"], name="ledgers_disclosure_entry")],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Verification",
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
                ("run_at", models.DateTimeField(verbose_name="校验时间")),
                ("entries", models.PositiveBigIntegerField(verbose_name="痕迹条数")),
                ("rows", models.PositiveBigIntegerField(verbose_name="封存行数")),
                (
                    "anchor",
                    models.CharField(blank=True, max_length=40, verbose_name="比对的检查点"),
                ),
                ("faults", models.PositiveIntegerField(verbose_name="不符处数")),
                ("findings", models.JSONField(default=list, verbose_name="不符之处")),
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
                    "run_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="校验人",
                    ),
                ),
            ],
            options={
                "verbose_name": "校验",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["body", "-id"], name="ledgers_verification_body")],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
    ]
