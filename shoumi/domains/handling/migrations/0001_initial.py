import django.db.models.deletion
import django.db.models.expressions
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import shoumi.platform.trail.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0002_search_words"),
        ("approvals", "0001_initial"),
        ("custody", "0002_item_lists"),
        ("directory", "0002_officers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Archiving",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="归档年度")),
                ("volume", models.CharField(max_length=40, verbose_name="案卷号")),
                ("remark", models.CharField(blank=True, max_length=120, verbose_name="说明")),
                ("pieces", models.PositiveIntegerField(verbose_name="件数")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "审批中"),
                            ("approved", "待点收"),
                            ("archived", "已归档"),
                            ("refused", "未批准"),
                            ("withdrawn", "已撤销"),
                        ],
                        default="requested",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("shelf", models.CharField(blank=True, max_length=60, verbose_name="档案存放位置")),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="点收时间")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="approvals.case",
                        verbose_name="审批",
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
                        verbose_name="点收人",
                    ),
                ),
            ],
            options={
                "verbose_name": "归档",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "-id"], name="handling_archiving_label"),
                    models.Index(fields=["state", "-id"], name="handling_archiving_state"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "archived"), _negated=True),
                            models.Q(
                                ("taken_at__isnull", False),
                                ("taken_by__isnull", False),
                                models.Q(("shelf", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="handling_archived_was_counted_in",
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ArchivingLine",
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
                    "archiving",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="handling.archiving",
                        verbose_name="归档",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="archivings",
                        to="custody.item",
                        verbose_name="载体",
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
                "verbose_name": "归档明细",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["label", "-id"], name="handling_archived_label")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("archiving", "item"), name="handling_archived_once"
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Carrying",
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
                ("destination", models.CharField(max_length=100, verbose_name="目的地")),
                ("purpose", models.CharField(max_length=20, verbose_name="事由")),
                ("reason", models.CharField(max_length=200, verbose_name="具体事项")),
                ("container", models.CharField(max_length=40, verbose_name="专用箱包编号")),
                ("measures", models.CharField(max_length=200, verbose_name="安全措施")),
                (
                    "companions",
                    models.JSONField(blank=True, default=list, verbose_name="同行人员编号"),
                ),
                (
                    "companion_names",
                    models.CharField(blank=True, max_length=200, verbose_name="同行人员"),
                ),
                ("leaves_on", models.DateField(verbose_name="带出日期")),
                ("returns_on", models.DateField(verbose_name="归还日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "审批中"),
                            ("approved", "待带出"),
                            ("offered", "待签收"),
                            ("out", "在外"),
                            ("returned", "已返回"),
                            ("refused", "未批准"),
                            ("withdrawn", "已撤销"),
                        ],
                        default="requested",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="带出时间")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="应还时间")),
                (
                    "returned_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="返回时间"),
                ),
                (
                    "condition",
                    models.CharField(blank=True, max_length=200, verbose_name="核对情况"),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="approvals.case",
                        verbose_name="审批",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                    "outward",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.handover",
                        verbose_name="带出交接单",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核发人",
                    ),
                ),
            ],
            options={
                "verbose_name": "携带外出",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "-id"], name="handling_carrying_label"),
                    models.Index(fields=["asked_by", "state"], name="handling_carrying_person"),
                    models.Index(fields=["state", "due_at"], name="handling_carrying_due"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("returns_on__gte", models.F("leaves_on"))),
                        name="handling_back_after_leaving",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["out", "returned"]), _negated=True),
                            models.Q(("due_at__isnull", False), ("left_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="handling_out_has_a_due_time",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="CarryingLine",
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
                    "carrying",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="handling.carrying",
                        verbose_name="携带外出",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried",
                        to="custody.item",
                        verbose_name="载体",
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
                "verbose_name": "携带外出明细",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["label", "-id"], name="handling_carried_label")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("carrying", "item"), name="handling_carried_once"
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Destruction",
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
                ("appraisal", models.CharField(max_length=200, verbose_name="鉴别意见")),
                ("method", models.CharField(max_length=20, verbose_name="销毁方式")),
                (
                    "standard",
                    models.CharField(blank=True, max_length=120, verbose_name="所依标准和程序"),
                ),
                ("station", models.CharField(max_length=80, verbose_name="销毁机构或者设备")),
                ("pieces", models.PositiveIntegerField(verbose_name="清单件数")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "审批中"),
                            ("approved", "待销毁"),
                            ("executed", "待监销人签认"),
                            ("closed", "已销毁"),
                            ("refused", "未批准"),
                            ("withdrawn", "已撤销"),
                        ],
                        default="requested",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("counted", models.PositiveIntegerField(default=0, verbose_name="现场清点件数")),
                (
                    "executed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="销毁时间"),
                ),
                (
                    "witnessed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="监销签认时间"),
                ),
                (
                    "certificate",
                    models.CharField(blank=True, max_length=40, verbose_name="销毁证明编号"),
                ),
                ("destroyed", models.PositiveIntegerField(default=0, verbose_name="实际销毁件数")),
                ("missing", models.PositiveIntegerField(default=0, verbose_name="下落不明件数")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="approvals.case",
                        verbose_name="审批",
                    ),
                ),
                (
                    "executed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
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
                    "witness",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="监销人",
                    ),
                ),
            ],
            options={
                "verbose_name": "销毁",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "-id"], name="handling_destruction_label"),
                    models.Index(fields=["state", "-id"], name="handling_destruction_state"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("witness", None),
                            models.Q(("witness", models.F("executed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="handling_destroyed_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(
                                (
                                    "pieces",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("destroyed"), "+", models.F("missing")
                                    ),
                                ),
                                ("witnessed_at__isnull", False),
                                models.Q(("certificate", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="handling_destroyed_balances",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="DestructionLine",
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
                    "destruction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="handling.destruction",
                        verbose_name="销毁",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="destructions",
                        to="custody.item",
                        verbose_name="载体",
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
                "verbose_name": "销毁明细",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["label", "-id"], name="handling_listed_label")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("destruction", "item"), name="handling_listed_once"
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Loan",
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
                ("purpose", models.CharField(max_length=120, verbose_name="事由")),
                (
                    "necessity",
                    models.CharField(blank=True, max_length=200, verbose_name="确需理由"),
                ),
                (
                    "outside",
                    models.CharField(blank=True, max_length=80, verbose_name="对外借阅单位"),
                ),
                ("days", models.PositiveSmallIntegerField(verbose_name="借阅天数")),
                ("reading_place", models.CharField(max_length=20, verbose_name="阅用场所")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "审批中"),
                            ("approved", "待借出"),
                            ("offered", "待签收"),
                            ("lent", "借出"),
                            ("given_back", "待查验"),
                            ("returned", "已归还"),
                            ("refused", "未批准"),
                            ("withdrawn", "已撤销"),
                        ],
                        default="requested",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("lent_at", models.DateTimeField(blank=True, null=True, verbose_name="借出时间")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="应还时间")),
                (
                    "given_back_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="交还时间"),
                ),
                (
                    "returned_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="归还时间"),
                ),
                ("intact", models.BooleanField(blank=True, null=True, verbose_name="完好")),
                (
                    "condition",
                    models.CharField(blank=True, max_length=200, verbose_name="查验情况"),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="approvals.case",
                        verbose_name="审批",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="查验人",
                    ),
                ),
                (
                    "homeward",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.handover",
                        verbose_name="归还交接单",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loans",
                        to="custody.item",
                        verbose_name="载体",
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
                    "lent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="借出经手人",
                    ),
                ),
                (
                    "outward",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.handover",
                        verbose_name="借出交接单",
                    ),
                ),
            ],
            options={
                "verbose_name": "借阅",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "-id"], name="handling_loan_label"),
                    models.Index(fields=["asked_by", "state"], name="handling_loan_borrower"),
                    models.Index(fields=["state", "due_at"], name="handling_loan_due"),
                    models.Index(fields=["state", "-id"], name="handling_loan_state"),
                    models.Index(fields=["asked_by", "-id"], name="handling_loan_asked_by"),
                    models.Index(fields=["-lent_at", "-id"], name="handling_loan_lent_at"),
                    models.Index(fields=["-due_at", "-id"], name="handling_loan_due_at"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["requested", "approved", "offered", "lent", "given_back"],
                            )
                        ),
                        fields=("item",),
                        name="handling_one_loan_a_copy",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["lent", "given_back", "returned"]), _negated=True
                            ),
                            models.Q(("due_at__isnull", False), ("lent_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="handling_lent_has_a_due_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("intact__isnull", False), ("returned_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="handling_returned_was_checked",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Recall",
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
                ("issuer", models.CharField(max_length=80, verbose_name="要求清退单位")),
                ("notice", models.CharField(max_length=60, verbose_name="清退通知文号")),
                ("due_on", models.DateField(verbose_name="退还期限")),
                ("pieces", models.PositiveIntegerField(verbose_name="应退件数")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("collecting", "收回中"),
                            ("sent", "已退出"),
                            ("closed", "已取回执"),
                            ("withdrawn", "已撤销"),
                        ],
                        default="collecting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("channel", models.CharField(blank=True, max_length=20, verbose_name="递送渠道")),
                ("sealed", models.BooleanField(default=False, verbose_name="单独密封")),
                ("escorts", models.CharField(blank=True, max_length=100, verbose_name="护送人员")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="退出时间")),
                ("sent", models.PositiveIntegerField(default=0, verbose_name="实退件数")),
                ("receipt", models.CharField(blank=True, max_length=60, verbose_name="回执编号")),
                (
                    "receipt_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="取得回执时间"),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="approvals.case",
                        verbose_name="审批",
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
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="退还经手人",
                    ),
                ),
            ],
            options={
                "verbose_name": "清退",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "-id"], name="handling_recall_label"),
                    models.Index(fields=["state", "due_on"], name="handling_recall_due"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("receipt", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="handling_recall_closed_with_receipt",
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="RecallLine",
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
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recalls",
                        to="custody.item",
                        verbose_name="载体",
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
                    "recall",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="handling.recall",
                        verbose_name="清退",
                    ),
                ),
            ],
            options={
                "verbose_name": "清退明细",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["label", "-id"], name="handling_recalled_label")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recall", "item"), name="handling_recalled_once"
                    )
                ],
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
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="approvals.case",
                        verbose_name="审批",
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
                "verbose_name": "清退核对",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "-id"], name="handling_reconciled_label")
                ],
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
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.item",
                        verbose_name="本单位载体",
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
                    "reconciliation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="handling.reconciliation",
                        verbose_name="清退核对",
                    ),
                ),
            ],
            options={
                "verbose_name": "核对明细",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "-id"], name="handling_reconcopy_label"),
                    models.Index(
                        fields=["reconciliation", "finding"], name="handling_reconcopy_finding"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("row__isnull", False), ("item__isnull", False), _connector="OR"
                        ),
                        name="handling_reconciled_somebodys",
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Reproduction",
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
                        choices=[("copy", "复印、翻印"), ("extract", "摘录、汇编")],
                        max_length=8,
                        verbose_name="方式",
                    ),
                ),
                ("copies", models.PositiveSmallIntegerField(verbose_name="申请份数")),
                ("purpose", models.CharField(max_length=120, verbose_name="用途")),
                (
                    "recipients",
                    models.CharField(blank=True, max_length=200, verbose_name="摘录、汇编收件人"),
                ),
                (
                    "consent_number",
                    models.CharField(blank=True, max_length=60, verbose_name="原发文单位批准文号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "审批中"),
                            ("approved", "待制作"),
                            ("made", "已制作"),
                            ("collected", "已收回"),
                            ("refused", "未批准"),
                            ("withdrawn", "已撤销"),
                        ],
                        default="requested",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("made", models.PositiveSmallIntegerField(default=0, verbose_name="实制份数")),
                ("made_at", models.DateTimeField(blank=True, null=True, verbose_name="制作时间")),
                ("made_in", models.CharField(blank=True, max_length=20, verbose_name="复制地点")),
                ("waste", models.PositiveSmallIntegerField(default=0, verbose_name="残废页数")),
                (
                    "collected_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="收回销号时间"),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="approvals.case",
                        verbose_name="审批",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.item",
                        verbose_name="原件",
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
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="制作人",
                    ),
                ),
                (
                    "supervisor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="监督人",
                    ),
                ),
            ],
            options={
                "verbose_name": "复制",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "-id"], name="handling_copying_label"),
                    models.Index(fields=["state", "-id"], name="handling_copying_state"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("made__lte", models.F("copies"))),
                        name="handling_made_within_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("supervisor", None),
                            models.Q(("supervisor", models.F("made_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="handling_made_under_another_eye",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["made", "collected"]), _negated=True),
                            models.Q(("made__gte", 1), ("made_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="handling_made_says_how_many",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ReproducedItem",
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
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("destination", models.CharField(max_length=60, verbose_name="去向")),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reproduced",
                        to="custody.item",
                        verbose_name="载体",
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
                    "reproduction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="handling.reproduction",
                        verbose_name="复制",
                    ),
                ),
            ],
            options={
                "verbose_name": "复制件",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["label", "-id"], name="handling_piece_label")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reproduction", "number"), name="handling_one_piece_a_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("destination", ""), _negated=True),
                        name="handling_a_piece_has_its_destination",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Succession",
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
                ("where", models.CharField(blank=True, max_length=20, verbose_name="交接地点")),
                ("reason", models.CharField(max_length=120, verbose_name="移交原因")),
                ("pieces", models.PositiveIntegerField(verbose_name="件数")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "审批中"),
                            ("offered", "待接收"),
                            ("accepted", "已接收"),
                            ("refused", "未批准"),
                            ("withdrawn", "已撤销"),
                        ],
                        default="requested",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "settled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="接收时间"),
                ),
                ("accepted", models.PositiveIntegerField(default=0, verbose_name="接收件数")),
                ("declined", models.PositiveIntegerField(default=0, verbose_name="拒收件数")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="approvals.case",
                        verbose_name="审批",
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="移交人",
                    ),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.handover",
                        verbose_name="交接单",
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
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="接收人",
                    ),
                ),
            ],
            options={
                "verbose_name": "移交",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "-id"], name="handling_succession_label"),
                    models.Index(fields=["receiver", "state"], name="handling_succession_receiver"),
                    models.Index(fields=["giver", "state"], name="handling_succession_giver"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("receiver")), _negated=True),
                        name="handling_nobody_succeeds_self",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            models.Q(
                                (
                                    "pieces",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("accepted"), "+", models.F("declined")
                                    ),
                                ),
                                ("settled_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="handling_every_piece_was_answered",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="SuccessionLine",
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
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="custody.item",
                        verbose_name="载体",
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
                    "succession",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="handling.succession",
                        verbose_name="移交",
                    ),
                ),
            ],
            options={
                "verbose_name": "移交明细",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["label", "-id"], name="handling_succeeded_label")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("succession", "item"), name="handling_succeeded_once"
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
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
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="approvals.case",
                        verbose_name="审批",
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
                "verbose_name": "外出登记",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "-id"], name="handling_absence_label"),
                    models.Index(fields=["asked_by", "state"], name="handling_absence_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("returns_on__gte", models.F("leaves_on"))),
                        name="handling_home_after_leaving",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("back_at", None), ("state", "away")),
                            models.Q(("back_at__isnull", False), ("state", "back")),
                            _connector="OR",
                        ),
                        name="handling_back_has_its_time",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
    ]
