import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import shoumi.platform.trail.models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("approvals", "0001_initial"),
        ("custody", "0001_initial"),
        ("directory", "0002_officers"),
        ("handling", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
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
                ("number", models.CharField(max_length=40, verbose_name="编号")),
                ("asked_at", models.DateTimeField(verbose_name="申请时间")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("travel", "旅游"),
                            ("mission", "出差"),
                            ("meeting", "参会"),
                            ("leave", "休假"),
                        ],
                        max_length=8,
                        verbose_name="外出事由",
                    ),
                ),
                ("destination", models.CharField(max_length=100, verbose_name="目的地")),
                ("leaves_on", models.DateField(verbose_name="离开日期")),
                ("returns_on", models.DateField(verbose_name="返回日期")),
                (
                    "state",
                    models.CharField(
                        choices=[("away", "外出"), ("back", "已返回")],
                        default="away",
                        max_length=4,
                        verbose_name="状态",
                    ),
                ),
                ("back_at", models.DateTimeField(blank=True, null=True, verbose_name="销假时间")),
            ],
            options={
                "verbose_name": "外出登记",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ReconciledCopy",
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
                    "finding",
                    models.CharField(
                        choices=[
                            ("matched", "相符"),
                            ("unentered", "漏登"),
                            ("misentered", "错登"),
                            ("substituted", "换份"),
                            ("misdelivered", "错投"),
                            ("repeated", "重登"),
                        ],
                        max_length=12,
                        verbose_name="结论",
                    ),
                ),
                (
                    "row",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="清单行号"),
                ),
                ("number", models.CharField(max_length=60, verbose_name="文号")),
                ("copy_number", models.CharField(max_length=6, verbose_name="份号")),
                ("note", models.CharField(blank=True, max_length=120, verbose_name="说明")),
            ],
            options={
                "verbose_name": "核对明细",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Reconciliation",
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
                ("number", models.CharField(max_length=40, verbose_name="编号")),
                ("asked_at", models.DateTimeField(verbose_name="申请时间")),
                ("issuer", models.CharField(max_length=80, verbose_name="发文单位")),
                ("since", models.DateField(verbose_name="收文起始日期")),
                ("until", models.DateField(verbose_name="收文截止日期")),
                ("listed", models.PositiveIntegerField(verbose_name="清单份数")),
                ("held", models.PositiveIntegerField(verbose_name="本单位账面份数")),
                ("matched", models.PositiveIntegerField(default=0, verbose_name="相符")),
                ("unentered", models.PositiveIntegerField(default=0, verbose_name="漏登")),
                ("misentered", models.PositiveIntegerField(default=0, verbose_name="错登")),
                ("substituted", models.PositiveIntegerField(default=0, verbose_name="换份")),
                ("misdelivered", models.PositiveIntegerField(default=0, verbose_name="错投")),
                ("repeated", models.PositiveIntegerField(default=0, verbose_name="重登")),
            ],
            options={
                "verbose_name": "清退核对",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name="destruction",
            name="standard",
            field=models.CharField(blank=True, max_length=120, verbose_name="所依标准和程序"),
        ),
        migrations.AddField(
            model_name="loan",
            name="outside",
            field=models.CharField(blank=True, max_length=80, verbose_name="对外借阅单位"),
        ),
        migrations.AddField(
            model_name="recall",
            name="sealed",
            field=models.BooleanField(default=False, verbose_name="单独密封"),
        ),
        migrations.AddField(
            model_name="reproduction",
            name="made_in",
            field=models.CharField(blank=True, max_length=20, verbose_name="复制地点"),
        ),
        migrations.AddField(
            model_name="reproduction",
            name="recipients",
            field=models.CharField(blank=True, max_length=200, verbose_name="摘录、汇编收件人"),
        ),
        migrations.AddField(
            model_name="reproduction",
            name="supervisor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="监督人",
            ),
        ),
        migrations.AddField(
            model_name="succession",
            name="where",
            field=models.CharField(blank=True, max_length=20, verbose_name="交接地点"),
        ),
        migrations.AddConstraint(
            model_name="reproduction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("supervisor", None),
                    models.Q(("supervisor", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="handling_made_under_another_eye",
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="申请人",
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.body",
                verbose_name="单位",
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="case",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="approvals.case",
                verbose_name="审批",
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="label",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.label",
                verbose_name="密级",
            ),
        ),
        migrations.AddField(
            model_name="reconciledcopy",
            name="item",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="custody.item",
                verbose_name="本单位载体",
            ),
        ),
        migrations.AddField(
            model_name="reconciledcopy",
            name="label",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.label",
                verbose_name="密级",
            ),
        ),
        migrations.AddField(
            model_name="reconciliation",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="申请人",
            ),
        ),
        migrations.AddField(
            model_name="reconciliation",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.body",
                verbose_name="单位",
            ),
        ),
        migrations.AddField(
            model_name="reconciliation",
            name="case",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="approvals.case",
                verbose_name="审批",
            ),
        ),
        migrations.AddField(
            model_name="reconciliation",
            name="label",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.label",
                verbose_name="密级",
            ),
        ),
        migrations.AddField(
            model_name="reconciledcopy",
            name="reconciliation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="handling.reconciliation",
                verbose_name="清退核对",
            ),
        ),
        migrations.AddIndex(
            model_name="absence",
            index=models.Index(fields=["label", "-id"], name="handling_absence_label"),
        ),
        migrations.AddIndex(
            model_name="absence",
            index=models.Index(fields=["asked_by", "state"], name="handling_absence_person"),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("returns_on__gte", models.F("leaves_on"))),
                name="handling_home_after_leaving",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("back_at", None), ("state", "away")),
                    models.Q(("back_at__isnull", False), ("state", "back")),
                    _connector="OR",
                ),
                name="handling_back_has_its_time",
            ),
        ),
        migrations.AddIndex(
            model_name="reconciliation",
            index=models.Index(fields=["label", "-id"], name="handling_reconciled_label"),
        ),
        migrations.AddIndex(
            model_name="reconciledcopy",
            index=models.Index(fields=["label", "-id"], name="handling_reconcopy_label"),
        ),
        migrations.AddIndex(
            model_name="reconciledcopy",
            index=models.Index(
                fields=["reconciliation", "finding"], name="handling_reconcopy_finding"
            ),
        ),
        migrations.AddConstraint(
            model_name="reconciledcopy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("row__isnull", False), ("item__isnull", False), _connector="OR"
                ),
                name="handling_reconciled_somebodys",
            ),
        ),
    ]
