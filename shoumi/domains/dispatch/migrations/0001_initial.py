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
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExchangeRun",
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
                ("number", models.CharField(max_length=40, verbose_name="交换编号")),
                ("station", models.CharField(max_length=60, verbose_name="交换站")),
                ("run_at", models.DateTimeField(verbose_name="交换时间")),
                ("outgoing", models.PositiveSmallIntegerField(verbose_name="送出件数")),
                ("incoming", models.PositiveSmallIntegerField(verbose_name="取回件数")),
                ("companion", models.CharField(blank=True, max_length=40, verbose_name="同行人")),
                ("station_clerk", models.CharField(max_length=40, verbose_name="交换站签收人")),
                (
                    "remark",
                    models.CharField(blank=True, max_length=200, verbose_name="途中交接情况"),
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
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="交换人",
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
                "verbose_name": "机要交换",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "-id"], name="dispatch_run_label"),
                    models.Index(fields=["body", "run_at"], name="dispatch_run_time"),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ExchangeItem",
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
                ("sender", models.CharField(max_length=80, verbose_name="来件单位")),
                ("envelope", models.CharField(max_length=40, verbose_name="封皮编号")),
                (
                    "state",
                    models.CharField(
                        choices=[("brought", "待分送"), ("handed", "待签收"), ("signed", "已签收")],
                        default="brought",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="签收时间")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.department",
                        verbose_name="分送部门",
                    ),
                ),
                (
                    "handed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="分送人",
                    ),
                ),
                (
                    "handed_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签收人",
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
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="dispatch.exchangerun",
                        verbose_name="机要交换",
                    ),
                ),
            ],
            options={
                "verbose_name": "交换来件",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["label", "-id"], name="dispatch_brought_label")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "envelope"), name="dispatch_one_envelope_a_run"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "signed"), _negated=True),
                            models.Q(
                                ("handed_by__isnull", False),
                                ("handed_to__isnull", False),
                                ("signed_at__isnull", False),
                                models.Q(("handed_by", models.F("handed_to")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dispatch_two_sign_for_an_envelope",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
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
                ("draft_number", models.CharField(max_length=40, verbose_name="稿号")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("file", "文件"),
                            ("letter", "信函"),
                            ("telegram", "电报"),
                            ("brief", "简报"),
                        ],
                        max_length=10,
                        verbose_name="发文类型",
                    ),
                ),
                ("genre", models.CharField(max_length=20, verbose_name="文种")),
                ("situation", models.CharField(blank=True, max_length=60, verbose_name="适用情形")),
                ("meeting", models.CharField(blank=True, max_length=100, verbose_name="通过会议")),
                ("purpose", models.CharField(max_length=40, verbose_name="行文目的")),
                ("is_shell", models.BooleanField(default=False, verbose_name="空壳登记")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="标题")),
                (
                    "subject_words",
                    models.CharField(blank=True, max_length=100, verbose_name="主题词"),
                ),
                (
                    "necessity",
                    models.CharField(blank=True, max_length=200, verbose_name="发文必要性"),
                ),
                (
                    "paper_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="纸质发文理由"),
                ),
                (
                    "earlier",
                    models.CharField(blank=True, max_length=60, verbose_name="已发的传真或者电报"),
                ),
                (
                    "exception",
                    models.CharField(blank=True, max_length=200, verbose_name="再行文的例外理由"),
                ),
                ("is_published", models.BooleanField(default=False, verbose_name="已公开发表")),
                ("is_returnable", models.BooleanField(default=False, verbose_name="年底收回")),
                ("mark_text", models.CharField(blank=True, max_length=80, verbose_name="密级标志")),
                ("period_kind", models.CharField(max_length=10, verbose_name="期限形式")),
                (
                    "expires_on",
                    models.DateField(blank=True, null=True, verbose_name="保密期限届满日"),
                ),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="定密依据")),
                (
                    "urgency",
                    models.CharField(
                        choices=[("flash", "特急"), ("urgent", "加急"), ("plain", "平件")],
                        max_length=10,
                        verbose_name="紧急程度",
                    ),
                ),
                ("print_run", models.PositiveSmallIntegerField(verbose_name="批印份数")),
                ("drafted_at", models.DateTimeField(verbose_name="拟稿时间")),
                ("round", models.PositiveSmallIntegerField(default=0, verbose_name="送核次数")),
                (
                    "classified_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="定密时间"),
                ),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="签发时间")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="成文日期")),
                (
                    "year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="年度"),
                ),
                (
                    "register_number",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="发文登记序号"),
                ),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                (
                    "numbered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="登记时间"),
                ),
                ("made", models.PositiveSmallIntegerField(default=0, verbose_name="实印份数")),
                ("press", models.CharField(blank=True, max_length=60, verbose_name="印制场所")),
                ("printer", models.CharField(blank=True, max_length=40, verbose_name="印制经手人")),
                ("waste", models.PositiveSmallIntegerField(default=0, verbose_name="残废页数")),
                (
                    "waste_witness",
                    models.CharField(blank=True, max_length=40, verbose_name="废页监销人"),
                ),
                ("printed_on", models.DateField(blank=True, null=True, verbose_name="印发日期")),
                (
                    "dropped_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="不发原因"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "拟稿"),
                            ("review", "核稿"),
                            ("cosign", "会签"),
                            ("classify", "待定密"),
                            ("signing", "审查签发"),
                            ("signed", "待编号"),
                            ("numbered", "待印制"),
                            ("printed", "待封发"),
                            ("sent", "待回执"),
                            ("closed", "已办结"),
                            ("dropped", "不发"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("state_at", models.DateTimeField(verbose_name="状态时间")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.body",
                        verbose_name="发文单位",
                    ),
                ),
                (
                    "classified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="定密责任人",
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
                        verbose_name="拟稿部门",
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                        verbose_name="留存文件",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="拟稿人",
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
                    "numbered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "printed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="印制登记人",
                    ),
                ),
                (
                    "reply_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                        verbose_name="所复来文",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="approvals.case",
                        verbose_name="核稿",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签发人",
                    ),
                ),
                (
                    "signing",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="approvals.case",
                        verbose_name="审查签发",
                    ),
                ),
            ],
            options={
                "verbose_name": "发文",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "-id"], name="dispatch_letter_label"),
                    models.Index(fields=["state", "-id"], name="dispatch_letter_state"),
                    models.Index(fields=["body", "year", "form"], name="dispatch_letter_year"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("body", "number"),
                        name="dispatch_one_letter_a_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number", ""),
                            models.Q(("issued_on__isnull", False), ("signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="dispatch_no_number_before_signing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["signing", "signed", "numbered", "printed", "sent"]),
                                _negated=True,
                            ),
                            ("classified_by__isnull", False),
                            _connector="OR",
                        ),
                        name="dispatch_nothing_goes_unclassified",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("made__lte", models.F("print_run"))),
                        name="dispatch_made_within_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_shell", True), ("title", "")),
                            models.Q(("is_shell", False), models.Q(("title", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="dispatch_a_shell_has_no_title",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
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
                ("number", models.CharField(max_length=40, verbose_name="送件单号")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("courier", "机要交通"),
                            ("signal", "机要通信"),
                            ("escort", "专人专车"),
                            ("exchange", "机要交换"),
                            ("cipher", "密码电报"),
                            ("post", "普通邮政"),
                            ("express", "特快专递"),
                            ("fax", "普通传真"),
                            ("network", "互联网"),
                            ("phone", "公用电话"),
                            ("plain", "明码电报"),
                        ],
                        max_length=10,
                        verbose_name="递送渠道",
                    ),
                ),
                (
                    "protection",
                    models.CharField(blank=True, max_length=100, verbose_name="加密或者密封方式"),
                ),
                ("tracking", models.CharField(blank=True, max_length=40, verbose_name="寄递单号")),
                (
                    "approval_number",
                    models.CharField(blank=True, max_length=60, verbose_name="批准号"),
                ),
                ("couriers", models.CharField(blank=True, max_length=100, verbose_name="递送人员")),
                ("pieces", models.PositiveSmallIntegerField(verbose_name="件数")),
                ("left_at", models.DateTimeField(verbose_name="出发时间")),
                (
                    "arrived_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="到达时间"),
                ),
                ("back_at", models.DateTimeField(blank=True, null=True, verbose_name="返回时间")),
                ("is_long", models.BooleanField(default=False, verbose_name="用时异常")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="途中情况")),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="交寄人",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="dispatch.letter",
                        verbose_name="发文",
                    ),
                ),
            ],
            options={
                "verbose_name": "送件单",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["label", "-id"], name="dispatch_delivery_label")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("back_at", None),
                            models.Q(
                                ("arrived_at__gte", models.F("left_at")),
                                ("back_at__gte", models.F("arrived_at")),
                            ),
                            _connector="OR",
                        ),
                        name="dispatch_a_trip_goes_forward",
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Countersign",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("listed", "待送会"),
                            ("waiting", "会签中"),
                            ("agreed", "同意"),
                            ("declined", "不同意"),
                            ("void", "已作废"),
                        ],
                        default="listed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("opinion", models.CharField(blank=True, max_length=300, verbose_name="会签意见")),
                ("at", models.DateTimeField(blank=True, null=True, verbose_name="会签时间")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.department",
                        verbose_name="会签部门",
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
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="会签人",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="countersigns",
                        to="dispatch.letter",
                        verbose_name="发文",
                    ),
                ),
            ],
            options={
                "verbose_name": "会签",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["label", "-id"], name="dispatch_cosign_label")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "void"), _negated=True),
                        fields=("letter", "department"),
                        name="dispatch_one_countersign_a_department",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["agreed", "declined"]), _negated=True),
                            models.Q(
                                ("person__isnull", False), models.Q(("opinion", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="dispatch_countersigned_in_words",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Recipient",
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
                    "role",
                    models.CharField(
                        choices=[("main", "主送"), ("copied", "抄送")],
                        max_length=6,
                        verbose_name="类别",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="分发对象")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=120, verbose_name="发个人的理由"),
                ),
                ("copies", models.PositiveSmallIntegerField(verbose_name="份数")),
                (
                    "first_copy",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="起始份号"),
                ),
                (
                    "last_copy",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="截止份号"),
                ),
                ("envelope", models.CharField(blank=True, max_length=40, verbose_name="封皮编号")),
                ("check_value", models.CharField(blank=True, max_length=8, verbose_name="校验值")),
                ("sealed_at", models.DateTimeField(blank=True, null=True, verbose_name="封装时间")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="交出时间")),
                ("receipt", models.CharField(blank=True, max_length=60, verbose_name="回执编号")),
                ("received_by", models.CharField(blank=True, max_length=40, verbose_name="签收人")),
                (
                    "received_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="签收时间"),
                ),
                (
                    "receipt_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="回执登记时间"),
                ),
                (
                    "recalled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="收回时间"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("listed", "待封装"),
                            ("sealed", "待交寄"),
                            ("sent", "待回执"),
                            ("received", "已签收"),
                            ("recalled", "已收回"),
                            ("void", "已作废"),
                        ],
                        default="listed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recipients",
                        to="dispatch.delivery",
                        verbose_name="送件单",
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
                        verbose_name="内设部门",
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
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recipients",
                        to="dispatch.letter",
                        verbose_name="发文",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="个人",
                    ),
                ),
                (
                    "sealed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="封装人",
                    ),
                ),
                (
                    "signer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="内部签收人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.body",
                        verbose_name="外单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "分发",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "-id"], name="dispatch_recipient_label"),
                    models.Index(fields=["letter", "id"], name="dispatch_recipient_letter"),
                    models.Index(fields=["state", "-id"], name="dispatch_recipient_state"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("department", None), ("person", None), ("unit__isnull", False)
                            ),
                            models.Q(
                                ("department__isnull", False), ("person", None), ("unit", None)
                            ),
                            models.Q(
                                ("department", None),
                                ("person__isnull", False),
                                ("unit", None),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dispatch_a_recipient_is_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first_copy", None), ("last_copy", None)),
                            (
                                "last_copy",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("first_copy"), "+", models.F("copies")
                                    ),
                                    "-",
                                    models.Value(1),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="dispatch_copies_are_a_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["listed", "void"]),
                            models.Q(("envelope", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="dispatch_sealed_before_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "received"), _negated=True),
                            models.Q(
                                ("received_at__isnull", False),
                                models.Q(("received_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dispatch_received_is_signed",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
    ]
