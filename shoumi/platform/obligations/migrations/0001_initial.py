import django.db.models.deletion
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
            name="CalendarYear",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("papers", models.JSONField(default=list, verbose_name="依据文件")),
                ("imported_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "replaced_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="被替换时间"),
                ),
                (
                    "imported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="录入人",
                    ),
                ),
            ],
            options={
                "verbose_name": "年度日历",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("year",),
                        name="obligations_one_year_in_force",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
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
                ("date", models.DateField(verbose_name="日期")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("holiday", "法定节假日"),
                            ("shifted", "调休上班"),
                            ("unit_holiday", "单位放假"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("source", models.CharField(max_length=200, verbose_name="依据")),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.body",
                        verbose_name="单位",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="days",
                        to="obligations.calendaryear",
                        verbose_name="年度日历",
                    ),
                ),
            ],
            options={
                "verbose_name": "日历日",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("body", None)),
                        fields=("date",),
                        name="obligations_one_day_for_all",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("body__isnull", False)),
                        fields=("body", "date"),
                        name="obligations_one_day_a_body",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("body", None), ("kind", "unit_holiday"), _connector="XOR"
                        ),
                        name="obligations_day_of_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Duty",
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
                ("kind", models.CharField(max_length=80, verbose_name="类别")),
                ("clause", models.CharField(max_length=80, verbose_name="条款")),
                ("text", models.CharField(max_length=120, verbose_name="事项")),
                ("subject", models.CharField(blank=True, max_length=80, verbose_name="对象")),
                ("url_name", models.CharField(blank=True, max_length=80, verbose_name="办理页面")),
                ("url_pk", models.BigIntegerField(blank=True, null=True, verbose_name="办理对象")),
                ("post", models.CharField(blank=True, max_length=40, verbose_name="责任岗位")),
                ("raised_at", models.DateTimeField(verbose_name="产生时间")),
                ("due_at", models.DateTimeField(verbose_name="期限")),
                (
                    "due_rule",
                    models.CharField(default="fixed", max_length=20, verbose_name="计算方法"),
                ),
                (
                    "counted_from",
                    models.DateTimeField(blank=True, null=True, verbose_name="起算时间"),
                ),
                (
                    "provisional",
                    models.BooleanField(default=False, verbose_name="暂按法定节假日推算"),
                ),
                (
                    "urgency",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "普通"), (1, "平急"), (2, "加急"), (3, "特急")],
                        default=0,
                        verbose_name="重要程度",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待办"), ("done", "已办"), ("cancelled", "已撤销")],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="办结时间")),
                ("evidence", models.CharField(blank=True, max_length=200, verbose_name="办结凭据")),
                ("reminders", models.PositiveSmallIntegerField(default=0, verbose_name="催办次数")),
                (
                    "last_reminded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="最近催办时间"),
                ),
                (
                    "handled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="到期处理时间"),
                ),
                (
                    "escalation",
                    models.PositiveSmallIntegerField(default=0, verbose_name="已上报级数"),
                ),
                (
                    "escalate_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="下次上报时间"),
                ),
                (
                    "escalated_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="最近上报时间"),
                ),
                ("period", models.CharField(blank=True, max_length=12, verbose_name="所属期")),
                (
                    "above",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="raised_above",
                        to="obligations.duty",
                        verbose_name="原职责",
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
                        verbose_name="责任部门",
                    ),
                ),
                (
                    "label",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.label",
                        verbose_name="密级",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="责任人",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="发起人",
                    ),
                ),
            ],
            options={
                "verbose_name": "职责",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["person", "due_at", "id"],
                        name="obligations_duty_person",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["body", "post", "due_at", "id"],
                        name="obligations_duty_post",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["body", "due_at", "id"],
                        name="obligations_duty_body",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["escalate_at"],
                        name="obligations_duty_escalate",
                    ),
                    models.Index(fields=["subject", "kind"], name="obligations_duty_subject"),
                    models.Index(fields=["raised_by", "-id"], name="obligations_duty_raised"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False),
                            models.Q(("post", ""), _negated=True),
                            _connector="XOR",
                        ),
                        name="obligations_duty_of_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("evidence", ""), ("state", "open")),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("state__in", ["done", "cancelled"]),
                                models.Q(("evidence", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="obligations_closed_with_evidence",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("person", None), models.Q(("period", ""), _negated=True)
                        ),
                        fields=("body", "clause", "kind", "period", "subject"),
                        name="obligations_once_a_period",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("person__isnull", False), models.Q(("period", ""), _negated=True)
                        ),
                        fields=("body", "clause", "kind", "period", "subject", "person"),
                        name="obligations_once_a_period_each",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
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
                ("at", models.DateTimeField(verbose_name="时间")),
                ("words", models.CharField(max_length=200, verbose_name="催办意见")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="催办人",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="given",
                        to="obligations.duty",
                        verbose_name="职责",
                    ),
                ),
            ],
            options={
                "verbose_name": "催办",
                "indexes": [models.Index(fields=["duty", "-at"], name="obligations_reminder_duty")],
            },
        ),
        migrations.CreateModel(
            name="Schedule",
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
                ("key", models.CharField(max_length=60, verbose_name="定期职责")),
                ("through", models.DateField(verbose_name="已产生至")),
                ("next_on", models.DateField(db_index=True, verbose_name="下次产生")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.body",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "定期职责进度",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("body", "key"), name="obligations_one_schedule_a_key"
                    )
                ],
            },
        ),
    ]
