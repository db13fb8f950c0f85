import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import shoumi.platform.trail.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_initial"),
        ("custody", "0001_initial"),
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
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="envelope",
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
    ]
