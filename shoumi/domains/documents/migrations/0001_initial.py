import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import shoumi.platform.trail.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0002_search_words"),
        ("custody", "0002_item_lists"),
        ("directory", "0002_officers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
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
                    "direction",
                    models.CharField(
                        choices=[("incoming", "收文"), ("outgoing", "发文")],
                        default="incoming",
                        max_length=8,
                        verbose_name="方向",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("file", "文件"),
                            ("telegram", "电报"),
                            ("brief", "简报资料"),
                            ("fax", "传真"),
                            ("disc", "光盘"),
                        ],
                        max_length=10,
                        verbose_name="文种",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("register_number", models.PositiveIntegerField(verbose_name="登记序号")),
                ("number", models.CharField(max_length=40, verbose_name="收文编号")),
                ("is_shell", models.BooleanField(default=False, verbose_name="空壳登记")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="标题")),
                (
                    "initials",
                    models.CharField(
                        blank=True, editable=False, max_length=1100, verbose_name="拼音首字母"
                    ),
                ),
                ("issuer", models.CharField(max_length=80, verbose_name="来文单位")),
                ("issue_number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="成文日期")),
                ("mark_text", models.CharField(blank=True, max_length=80, verbose_name="密级标志")),
                (
                    "mark_notes",
                    models.CharField(blank=True, max_length=300, verbose_name="标志说明"),
                ),
                (
                    "period_kind",
                    models.CharField(
                        choices=[
                            ("years", "years"),
                            ("months", "months"),
                            ("date", "date"),
                            ("condition", "condition"),
                            ("long_term", "long_term"),
                            ("none", "none"),
                        ],
                        max_length=10,
                        verbose_name="期限形式",
                    ),
                ),
                (
                    "expires_on",
                    models.DateField(blank=True, null=True, verbose_name="保密期限届满日"),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            ("top_flash", "特提"),
                            ("flash", "特急"),
                            ("urgent", "加急"),
                            ("prompt", "平急"),
                            ("plain", "平件"),
                        ],
                        max_length=10,
                        verbose_name="紧急程度",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("courier", "机要交通"),
                            ("signal", "机要通信"),
                            ("escort", "专人专车"),
                            ("leader", "领导直送"),
                            ("meeting", "会议带回"),
                            ("post", "普通邮政"),
                            ("express", "快递"),
                            ("fax", "普通传真"),
                            ("email", "电子邮件"),
                            ("phone", "公用电话"),
                            ("wire", "明码电报"),
                        ],
                        max_length=8,
                        verbose_name="递送渠道",
                    ),
                ),
                ("deliverer", models.CharField(blank=True, max_length=40, verbose_name="送达人")),
                ("received_at", models.DateTimeField(verbose_name="签收时间")),
                ("copies", models.PositiveSmallIntegerField(verbose_name="份数")),
                ("reply_due", models.DateField(blank=True, null=True, verbose_name="要求办结日期")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="备注")),
                (
                    "restriction",
                    models.CharField(
                        blank=True,
                        choices=[("cipher", "密码电报"), ("high", "省军级以上文件")],
                        max_length=8,
                        verbose_name="限阅",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("orders", "上级指示、任免"),
                            ("requests", "请示与批复"),
                            ("reports", "报告、汇报"),
                            ("rules", "下发规章、指示、任免"),
                            ("notices", "通知、通报"),
                            ("contracts", "合同、协议"),
                            ("letters", "往来函件"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                (
                    "agreement",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="对外协定或者专项协议"
                    ),
                ),
                (
                    "file_number",
                    models.CharField(blank=True, max_length=40, verbose_name="归档编号"),
                ),
                (
                    "keep_years",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="保管年限"
                    ),
                ),
                (
                    "reviewed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="复核时间"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "待补件"),
                            ("registered", "已登记"),
                            ("proposed", "已拟办"),
                            ("instructed", "已批示"),
                            ("circulating", "传阅中"),
                            ("circulated", "已传阅"),
                            ("handled", "已办结"),
                            ("archived", "已归档"),
                        ],
                        max_length=12,
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
                        verbose_name="单位",
                    ),
                ),
                (
                    "cosigned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="共同签收人",
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
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="复核人",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签收人",
                    ),
                ),
            ],
            options={
                "verbose_name": "收文",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "-id"], name="documents_label"),
                    models.Index(fields=["state", "-id"], name="documents_state"),
                    models.Index(fields=["kind", "-id"], name="documents_kind"),
                    models.Index(fields=["year", "-id"], name="documents_year"),
                    models.Index(fields=["urgency", "-id"], name="documents_urgency"),
                    models.Index(fields=["-received_at", "-id"], name="documents_received"),
                    models.Index(fields=["-expires_on", "-id"], name="documents_expires"),
                    models.Index(fields=["body", "number"], name="documents_number"),
                    models.Index(fields=["body", "issue_number"], name="documents_issue_number"),
                    models.Index(fields=["category", "-id"], name="documents_category"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("body", "direction", "kind", "year", "register_number"),
                        name="documents_one_number_a_series",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("initials", ""), ("is_shell", True), ("title", "")),
                            models.Q(("is_shell", False), models.Q(("title", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="documents_a_shell_has_no_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("copies__gte", 1)), name="documents_has_copies"
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Copy",
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
                ("copy_number", models.CharField(max_length=6, verbose_name="份号")),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copy_rows",
                        to="documents.document",
                        verbose_name="文件",
                    ),
                ),
            ],
            options={
                "verbose_name": "份",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["label", "-id"], name="documents_copy_label")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "copy_number"), name="documents_one_copy_a_number"
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="EnvelopeCheck",
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
                    "envelope_number",
                    models.CharField(blank=True, max_length=40, verbose_name="封皮编号"),
                ),
                ("number_agrees", models.BooleanField(verbose_name="封皮编号与清单一致")),
                ("count_agrees", models.BooleanField(verbose_name="件数与清单一致")),
                ("intact", models.BooleanField(verbose_name="封装完好、未被启封")),
                ("complete", models.BooleanField(verbose_name="附件齐全")),
                ("anomaly", models.CharField(blank=True, max_length=200, verbose_name="异常情况")),
                (
                    "deliverer_confirmed",
                    models.BooleanField(default=False, verbose_name="送达人已签名确认"),
                ),
                (
                    "completed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="补齐时间"),
                ),
                (
                    "reported_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="上报时间"),
                ),
                ("cause", models.CharField(blank=True, max_length=200, verbose_name="查明原因")),
                ("handling", models.CharField(blank=True, max_length=200, verbose_name="处理情况")),
                (
                    "handled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="处理时间"),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="envelope",
                        to="documents.document",
                        verbose_name="文件",
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="处理人",
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
                "verbose_name": "清点记录",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["label", "-id"], name="documents_check_label")],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="FilingCheck",
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
                ("number", models.CharField(max_length=40, verbose_name="核查编号")),
                ("year", models.PositiveSmallIntegerField(verbose_name="归档年度")),
                ("checked_at", models.DateTimeField(verbose_name="核查时间")),
                ("pieces", models.PositiveIntegerField(verbose_name="核查件数")),
                ("faults", models.PositiveIntegerField(verbose_name="问题件数")),
                ("remedy", models.CharField(blank=True, max_length=200, verbose_name="补救措施")),
                (
                    "remedied_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="补救完成时间"),
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
                    "checked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核查人",
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
                "verbose_name": "档案核查",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["label", "-id"], name="documents_filing_label")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("body", "number"), name="documents_one_check_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("faults", 0), models.Q(("remedy", ""), _negated=True), _connector="OR"
                        ),
                        name="documents_a_fault_has_its_remedy",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="FilingLine",
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
                    "found",
                    models.CharField(
                        choices=[("whole", "完好"), ("at_fault", "有问题")],
                        max_length=8,
                        verbose_name="核查结果",
                    ),
                ),
                (
                    "check_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="documents.filingcheck",
                        verbose_name="档案核查",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                        verbose_name="文件",
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
                "verbose_name": "核查明细",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "-id"], name="documents_filing_line_label")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("check_of", "document"), name="documents_checked_once"
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="LabelSheet",
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
                ("number", models.PositiveSmallIntegerField(verbose_name="第几次打印")),
                ("reason", models.CharField(blank=True, max_length=100, verbose_name="补印原因")),
                ("printed_at", models.DateTimeField(verbose_name="打印时间")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                        verbose_name="文件",
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
                    "printed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="打印人",
                    ),
                ),
            ],
            options={
                "verbose_name": "标签打印记录",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["label", "-id"], name="documents_sheet_label")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "number"), name="documents_one_sheet_a_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number", 1), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="documents_a_reprint_has_its_reason",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Lapse",
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
                            ("mistake", "错漏"),
                            ("late", "超时"),
                            ("lost", "丢失"),
                            ("leaked", "泄密"),
                        ],
                        max_length=8,
                        verbose_name="差错",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("what", models.CharField(max_length=100, verbose_name="情况")),
                ("absent", models.BooleanField(default=False, verbose_name="按缺岗计")),
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
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                        verbose_name="文件",
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
                    "noted_by",
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="责任人",
                    ),
                ),
            ],
            options={
                "verbose_name": "收文差错",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "-id"], name="documents_lapse_label"),
                    models.Index(fields=["kind", "-id"], name="documents_lapse_kind"),
                    models.Index(fields=["person", "at"], name="documents_lapse_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "kind", "what", "at"), name="documents_noted_once"
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Opening",
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
                ("undamaged", models.BooleanField(verbose_name="拆封未损文件")),
                ("emptied", models.BooleanField(verbose_name="封内文件取净")),
                (
                    "cover",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("differs", "主送、抄送或者来文单位与封皮不符，已附后"),
                            ("unclear", "收发情况不明，已附后"),
                            ("far", "日期相距过远，已附后"),
                            ("postmark", "按邮戳补注日期，已附后"),
                        ],
                        max_length=10,
                        verbose_name="封皮",
                    ),
                ),
                (
                    "seal",
                    models.CharField(
                        choices=[("present", "齐全"), ("awaited", "待补章"), ("added", "已补盖")],
                        max_length=8,
                        verbose_name="公章",
                    ),
                ),
                (
                    "phone_check",
                    models.CharField(blank=True, max_length=60, verbose_name="电话核实"),
                ),
                (
                    "seal_added_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="补盖时间"),
                ),
                ("tidied", models.BooleanField(default=False, verbose_name="未装订，已整理")),
                (
                    "dating",
                    models.CharField(
                        choices=[("office", "落款"), ("postmark", "邮戳补注"), ("none", "未注")],
                        max_length=8,
                        verbose_name="成文日期来源",
                    ),
                ),
                (
                    "days_apart",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="距收到天数"),
                ),
                (
                    "listed",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="封内清单件数"
                    ),
                ),
                (
                    "found",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="实有件数"
                    ),
                ),
                (
                    "slip",
                    models.CharField(
                        choices=[
                            ("none", "无回执单"),
                            ("awaited", "待退回执"),
                            ("sent", "已退回执"),
                        ],
                        max_length=8,
                        verbose_name="回执",
                    ),
                ),
                (
                    "slip_sent_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="退回执时间"),
                ),
                ("slip_by", models.CharField(blank=True, max_length=60, verbose_name="退回方式")),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opening",
                        to="documents.document",
                        verbose_name="文件",
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
                    "slip_sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="退回执人",
                    ),
                ),
            ],
            options={
                "verbose_name": "拆封核对",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["label", "-id"], name="documents_opening_label")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("seal", "present"),
                            models.Q(("phone_check", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="documents_runs_unsealed_after_a_call",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("slip", "sent"), _negated=True),
                            ("slip_sent_at__isnull", False),
                            _connector="OR",
                        ),
                        name="documents_a_slip_sent_has_its_time",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Opinion",
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
                            ("proposal", "拟办"),
                            ("instruction", "批示"),
                            ("report", "办理反馈"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=300, verbose_name="意见")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("people", models.JSONField(blank=True, default=list, verbose_name="送阅人员编号")),
                ("names", models.CharField(blank=True, max_length=300, verbose_name="送阅人员")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="办理期限")),
                (
                    "addressee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="送请批示",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="documents.document",
                        verbose_name="文件",
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="承办人",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签署人",
                    ),
                ),
            ],
            options={
                "verbose_name": "办理意见",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["document", "id"], name="documents_opinion_document"),
                    models.Index(fields=["label", "-id"], name="documents_opinion_label"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "proposal")),
                        fields=("document",),
                        name="documents_one_proposal_a_document",
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="SentBack",
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
                ("number", models.CharField(max_length=40, verbose_name="退件编号")),
                (
                    "reason",
                    models.CharField(
                        choices=[("missent", "误送"), ("unsealed", "漏盖公章")],
                        max_length=8,
                        verbose_name="退回原因",
                    ),
                ),
                ("sender", models.CharField(max_length=80, verbose_name="来件单位")),
                (
                    "envelope_number",
                    models.CharField(blank=True, max_length=40, verbose_name="封皮编号"),
                ),
                ("issue_number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                ("pieces", models.PositiveSmallIntegerField(verbose_name="件数")),
                ("received_at", models.DateTimeField(verbose_name="收到时间")),
                (
                    "state",
                    models.CharField(
                        choices=[("here", "待退回"), ("gone", "已退回")],
                        default="here",
                        max_length=4,
                        verbose_name="状态",
                    ),
                ),
                ("channel", models.CharField(blank=True, max_length=10, verbose_name="退回渠道")),
                ("taken_by", models.CharField(blank=True, max_length=40, verbose_name="接件人")),
                ("gone_at", models.DateTimeField(blank=True, null=True, verbose_name="退回时间")),
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
                    "gone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="退件人",
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
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
            ],
            options={
                "verbose_name": "退件",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["label", "-id"], name="documents_return_label")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("body", "number"), name="documents_one_return_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "here"),
                            models.Q(
                                ("gone_at__isnull", False),
                                models.Q(("taken_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="documents_a_return_was_signed_for",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Telegram",
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
                ("received_at", models.DateTimeField(verbose_name="收到时间")),
                ("slip_due_at", models.DateTimeField(verbose_name="回单期限")),
                ("slip_at", models.DateTimeField(blank=True, null=True, verbose_name="回单时间")),
                ("slip_late", models.BooleanField(default=False, verbose_name="回单超时")),
                ("close_due_at", models.DateTimeField(verbose_name="办结期限")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="办结时间")),
                ("close_late", models.BooleanField(default=False, verbose_name="办结超时")),
                (
                    "reply_channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("courier", "机要交通"),
                            ("signal", "机要通信"),
                            ("escort", "专人专车"),
                            ("leader", "领导直送"),
                            ("meeting", "会议带回"),
                            ("post", "普通邮政"),
                            ("express", "快递"),
                            ("fax", "普通传真"),
                            ("email", "电子邮件"),
                            ("phone", "公用电话"),
                            ("wire", "明码电报"),
                        ],
                        max_length=8,
                        verbose_name="复电渠道",
                    ),
                ),
                ("important", models.BooleanField(default=False, verbose_name="须报负责人")),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="报告时间")),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="telegram",
                        to="documents.document",
                        verbose_name="电报",
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
                    "on_watch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="值班人",
                    ),
                ),
                (
                    "slip_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="回单人",
                    ),
                ),
                (
                    "told_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="报告对象",
                    ),
                ),
            ],
            options={
                "verbose_name": "电报登记",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "-id"], name="documents_telegram_label"),
                    models.Index(
                        fields=["-received_at", "-id"], name="documents_telegram_received"
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Attendance",
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
                ("meeting", models.CharField(max_length=80, verbose_name="会议")),
                ("host", models.CharField(max_length=80, verbose_name="主办单位")),
                ("ends_on", models.DateField(verbose_name="结束日期")),
                ("announced_at", models.DateTimeField(verbose_name="报备时间")),
                ("due_at", models.DateTimeField(verbose_name="交件期限")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("due", "待交件"),
                            ("handed_in", "已交机要室"),
                            ("nothing", "无密件带回"),
                        ],
                        default="due",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("papers", models.CharField(blank=True, max_length=300, verbose_name="交件编号")),
                ("pieces", models.PositiveSmallIntegerField(default=0, verbose_name="交件份数")),
                (
                    "settled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="办结时间"),
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
                        verbose_name="参会人",
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
                        verbose_name="收件人",
                    ),
                ),
            ],
            options={
                "verbose_name": "参会登记",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "-id"], name="documents_attendance_label"),
                    models.Index(fields=["state", "due_at"], name="documents_attendance_due"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "handed_in"), _negated=True),
                            models.Q(("pieces__gte", 1), ("taken_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="documents_handed_in_is_counted",
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
    ]
