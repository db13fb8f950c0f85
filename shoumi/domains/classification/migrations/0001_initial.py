import django.db.models.deletion
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
        ("documents", "0003_struck_marks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Determination",
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
                (
                    "manner",
                    models.CharField(
                        choices=[
                            ("original", "原始定密"),
                            ("derived", "派生定密"),
                            ("outside", "来文所定"),
                            ("work", "工作秘密"),
                        ],
                        max_length=10,
                        verbose_name="定密方式",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="事项名称")),
                ("carrier", models.CharField(blank=True, max_length=20, verbose_name="载体形式")),
                (
                    "likeness",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "与已定密事项完全一致"),
                            ("points", "涉及已定密事项的密点"),
                            ("reworked", "对已定密事项概括总结、编辑整合或者具体细化"),
                            ("asked", "原定密机关要求作出定密"),
                        ],
                        max_length=10,
                        verbose_name="派生情形",
                    ),
                ),
                (
                    "harm",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gravest", "特别严重的损害"),
                            ("grave", "严重的损害"),
                            ("harm", "损害"),
                            ("none", "不损害国家安全和利益"),
                        ],
                        max_length=10,
                        verbose_name="损害程度",
                    ),
                ),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="定密依据")),
                ("risk", models.CharField(blank=True, max_length=200, verbose_name="风险评估结论")),
                ("points", models.CharField(blank=True, max_length=200, verbose_name="密点")),
                ("scope", models.CharField(blank=True, max_length=300, verbose_name="知悉范围")),
                (
                    "wide_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="范围较大的理由"),
                ),
                ("mark_text", models.CharField(blank=True, max_length=80, verbose_name="密级标志")),
                ("period_kind", models.CharField(max_length=10, verbose_name="期限形式")),
                ("condition", models.CharField(blank=True, max_length=60, verbose_name="解密条件")),
                ("counted_from", models.DateField(verbose_name="期限起算日")),
                (
                    "expires_on",
                    models.DateField(blank=True, null=True, verbose_name="保密期限届满日"),
                ),
                ("struck", models.JSONField(blank=True, default=list, verbose_name="作废的标志")),
                ("proposed_at", models.DateTimeField(verbose_name="拟定时间")),
                (
                    "proposed_mark",
                    models.CharField(blank=True, max_length=80, verbose_name="拟定标志"),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="定密时间"),
                ),
                ("opinion", models.CharField(blank=True, max_length=200, verbose_name="定密意见")),
                (
                    "reviewed_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="最近审核年度"
                    ),
                ),
                ("copies", models.PositiveIntegerField(default=0, verbose_name="已登记份数")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "审核中"),
                            ("passed", "待定密"),
                            ("referred", "报请确定"),
                            ("in_force", "已定密"),
                            ("released", "已解密"),
                            ("turned", "不予定密"),
                            ("void", "已更替"),
                        ],
                        max_length=10,
                        verbose_name="状态",
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
                        verbose_name="审核",
                    ),
                ),
                (
                    "decided_by",
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
                        verbose_name="承办部门",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="承办人",
                    ),
                ),
            ],
            options={
                "verbose_name": "定密",
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
            name="Change",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("change", "密级变更"),
                            ("release", "解密"),
                            ("extend", "延长期限"),
                            ("correct", "定密纠正"),
                            ("expire", "期满解密"),
                            ("follow", "随来源变动"),
                            ("notice", "来文单位通知"),
                            ("dispute", "争议期间从高"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("scope_changed", "定密时所依据的法律法规或者保密事项范围发生变化"),
                            ("harm_changed", "泄露后的损害程度发生明显变化"),
                            ("legal_change", "保密法律法规或者保密事项范围调整后不再属于国家秘密"),
                            ("harmless", "公开后不会损害国家安全和利益，不需要继续保密"),
                            ("published", "决定公开，自正式公布时解密"),
                        ],
                        max_length=14,
                        verbose_name="情形",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                (
                    "notice_number",
                    models.CharField(blank=True, max_length=60, verbose_name="通知或者公布文号"),
                ),
                (
                    "level_before",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "公开"), (1, "内部"), (2, "秘密"), (3, "机密"), (4, "绝密")],
                        verbose_name="原密级",
                    ),
                ),
                ("mark_before", models.CharField(blank=True, max_length=80, verbose_name="原标志")),
                (
                    "expires_before",
                    models.DateField(blank=True, null=True, verbose_name="原届满日"),
                ),
                (
                    "level_after",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "公开"), (1, "内部"), (2, "秘密"), (3, "机密"), (4, "绝密")],
                        verbose_name="现密级",
                    ),
                ),
                ("mark_after", models.CharField(blank=True, max_length=80, verbose_name="现标志")),
                ("expires_after", models.DateField(blank=True, null=True, verbose_name="现届满日")),
                ("decided_at", models.DateTimeField(verbose_name="决定时间")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "换标中"), ("closed", "已换标")],
                        default="open",
                        max_length=8,
                        verbose_name="状态",
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
                    "cause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="classification.change",
                        verbose_name="所随变动",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="决定人",
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
                    "determination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="classification.determination",
                        verbose_name="定密事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "密级变动",
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
            name="Fault",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("missing", "应标未标"),
                            ("wrong", "密级、期限标错"),
                            ("false", "不属于国家秘密而标密"),
                            ("procedure", "定密程序不全"),
                        ],
                        max_length=10,
                        verbose_name="问题",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("determining", "定密"),
                            ("changing", "变更"),
                            ("releasing", "解密"),
                        ],
                        max_length=12,
                        verbose_name="环节",
                    ),
                ),
                ("carrier", models.CharField(max_length=60, verbose_name="文件或者载体编号")),
                ("facts", models.CharField(max_length=200, verbose_name="情况")),
                ("found_at", models.DateTimeField(verbose_name="发现时间")),
                ("due_at", models.DateTimeField(verbose_name="纠正期限")),
                ("result", models.CharField(blank=True, max_length=200, verbose_name="纠正结果")),
                (
                    "corrected_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="纠正时间"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待纠正"), ("corrected", "已纠正")],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
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
                    "checked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="检查人",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.department",
                        verbose_name="责任部门",
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
                "verbose_name": "定密纠正",
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
            name="Matter",
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
                ("name", models.CharField(max_length=120, verbose_name="事项")),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("state", "国家秘密"),
                            ("work", "工作秘密"),
                            ("commercial", "商业秘密"),
                            ("personal", "个人隐私"),
                            ("sensitive", "敏感信息"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                        verbose_name="信息类别",
                    ),
                ),
                ("category", models.CharField(max_length=40, verbose_name="事项类别")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="事项说明")),
                ("area", models.CharField(max_length=40, verbose_name="业务领域")),
                ("importance", models.CharField(max_length=10, verbose_name="重要性")),
                (
                    "grade",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "公开"), (1, "内部"), (2, "秘密"), (3, "机密"), (4, "绝密")],
                        verbose_name="密级",
                    ),
                ),
                ("mark_text", models.CharField(max_length=80, verbose_name="密级和保密期限")),
                ("scope", models.CharField(max_length=200, verbose_name="知悉范围")),
                (
                    "harm",
                    models.CharField(
                        choices=[
                            ("gravest", "特别严重的损害"),
                            ("grave", "严重的损害"),
                            ("harm", "损害"),
                            ("none", "不损害国家安全和利益"),
                        ],
                        max_length=10,
                        verbose_name="损害程度",
                    ),
                ),
                ("basis", models.CharField(max_length=200, verbose_name="保密事项范围条目")),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="提示词")),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "拟列入"),
                            ("in_force", "在册"),
                            ("leaving", "拟删减"),
                            ("retired", "已删减"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="列入日期")),
                ("until", models.DateField(blank=True, null=True, verbose_name="删减日期")),
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
                        verbose_name="上报部门",
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
                "verbose_name": "保密事项",
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
            model_name="determination",
            name="matter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="classification.matter",
                verbose_name="一览表事项",
            ),
        ),
        migrations.CreateModel(
            name="Medium",
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
                    "grade_before",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "公开"), (1, "内部"), (2, "秘密"), (3, "机密"), (4, "绝密")],
                        verbose_name="原密级",
                    ),
                ),
                ("stored_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "determination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="media",
                        to="classification.determination",
                        verbose_name="定密事项",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.item",
                        verbose_name="存储设备、介质",
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
                    "stored_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
            ],
            options={
                "verbose_name": "存储登记",
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
            name="Notice",
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
                ("copies", models.PositiveIntegerField(default=0, verbose_name="所持份数")),
                ("given_at", models.DateTimeField(verbose_name="通知时间")),
                ("receipt", models.CharField(blank=True, max_length=100, verbose_name="回执")),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="签收时间")),
                (
                    "state",
                    models.CharField(
                        choices=[("given", "待签收"), ("signed", "已签收")],
                        default="given",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="classification.change",
                        verbose_name="密级变动",
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
                    "outside",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.body",
                        verbose_name="被通知单位",
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
                        verbose_name="被通知人",
                    ),
                ),
            ],
            options={
                "verbose_name": "变动通知",
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
            name="Power",
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
                (
                    "origin",
                    models.CharField(
                        choices=[("law", "法定"), ("given", "授权")],
                        max_length=8,
                        verbose_name="来源",
                    ),
                ),
                (
                    "limit",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "公开"), (1, "内部"), (2, "秘密"), (3, "机密"), (4, "绝密")],
                        verbose_name="最高密级",
                    ),
                ),
                ("giver", models.CharField(blank=True, max_length=80, verbose_name="授权机关")),
                ("document", models.CharField(max_length=100, verbose_name="依据或者授权文号")),
                (
                    "scope",
                    models.CharField(blank=True, max_length=200, verbose_name="授权的事项范围"),
                ),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
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
                "verbose_name": "定密权限",
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
            name="Referral",
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
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("no_power", "本单位无相应定密权"),
                            ("unclear", "是否属于国家秘密、何种密级不明确"),
                            ("dispute", "对定密有争议"),
                        ],
                        max_length=10,
                        verbose_name="情形",
                    ),
                ),
                ("to", models.CharField(max_length=80, verbose_name="报送机关")),
                ("letter", models.CharField(max_length=60, verbose_name="报送文号")),
                (
                    "claimed",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "公开"), (1, "内部"), (2, "秘密"), (3, "机密"), (4, "绝密")],
                        verbose_name="主张的最高密级",
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="说明")),
                ("asked_at", models.DateTimeField(verbose_name="报送时间")),
                ("due_at", models.DateTimeField(verbose_name="应审定时间")),
                ("answer", models.CharField(blank=True, max_length=60, verbose_name="审定文号")),
                (
                    "answer_mark",
                    models.CharField(blank=True, max_length=80, verbose_name="审定结果"),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="审定登记时间"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待审定"), ("decided", "已审定")],
                        default="open",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="报送人",
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
                    "determination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="classification.determination",
                        verbose_name="定密事项",
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
                "verbose_name": "报请确定",
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
            name="Remarking",
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
                    "mark_before",
                    models.CharField(blank=True, max_length=80, verbose_name="载体上的标志"),
                ),
                ("mark_after", models.CharField(blank=True, max_length=80, verbose_name="应换成")),
                ("where", models.CharField(max_length=80, verbose_name="变动时何处")),
                ("note", models.CharField(blank=True, max_length=120, verbose_name="注意")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="换标时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待换标"),
                            ("done", "已换标"),
                            ("void", "并入下次变动"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarkings",
                        to="classification.change",
                        verbose_name="密级变动",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="换标人",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
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
            ],
            options={
                "verbose_name": "换标",
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
            name="Review",
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
                ("conclusion", models.CharField(max_length=100, verbose_name="审核结论")),
                ("reviewed_at", models.DateTimeField(verbose_name="审核时间")),
                (
                    "determination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="classification.determination",
                        verbose_name="定密事项",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审核人",
                    ),
                ),
            ],
            options={
                "verbose_name": "年度审核",
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
            name="Source",
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
                ("mark_text", models.CharField(max_length=80, verbose_name="派生时来源的标志")),
                (
                    "derived",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sources",
                        to="classification.determination",
                        verbose_name="派生事项",
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
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="classification.determination",
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "派生来源",
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
            name="Authority",
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
                    "origin",
                    models.CharField(
                        choices=[("law", "法定定密责任人"), ("designated", "指定定密责任人")],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                (
                    "limit",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "公开"), (1, "内部"), (2, "秘密"), (3, "机密"), (4, "绝密")],
                        verbose_name="定密权限最高密级",
                    ),
                ),
                ("scope", models.CharField(blank=True, max_length=200, verbose_name="分管的事项")),
                ("document", models.CharField(max_length=100, verbose_name="指定文件")),
                ("trained_until", models.DateField(verbose_name="培训有效期")),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                ("designated_at", models.DateTimeField(verbose_name="指定时间")),
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
                    "designated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="指定人",
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
                        verbose_name="定密责任人",
                    ),
                ),
            ],
            options={
                "verbose_name": "定密责任人",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "-id"], name="classification_auth_label")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("body", "person"),
                        name="classification_one_open_authority",
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Catalogue",
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
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("lines", models.JSONField(default=list, verbose_name="事项")),
                ("approved_at", models.DateTimeField(verbose_name="批准时间")),
                (
                    "state",
                    models.CharField(
                        choices=[("approved", "待备案"), ("filed", "已备案")],
                        default="approved",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "bureau",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="备案的保密行政管理部门"
                    ),
                ),
                (
                    "filing_number",
                    models.CharField(blank=True, max_length=60, verbose_name="备案编号"),
                ),
                ("filed_on", models.DateField(blank=True, null=True, verbose_name="备案日期")),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准人",
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
                "verbose_name": "一览表版本",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["label", "-id"], name="classification_cat_label")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("body", "version"), name="classification_one_catalogue_a_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "filed"), _negated=True),
                            models.Q(
                                ("filed_on__isnull", False), models.Q(("bureau", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="classification_filed_with_whom",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["label", "-id"], name="classification_change_label"),
        ),
        migrations.AddIndex(
            model_name="fault",
            index=models.Index(fields=["label", "-id"], name="classification_fault_label"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["label", "-id"], name="classification_matter_label"),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "retired"), _negated=True),
                fields=("body", "name"),
                name="classification_one_matter_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("grade__gte", 2), ("sort", "state")),
                    models.Q(models.Q(("sort", "state"), _negated=True), ("grade", 1)),
                    _connector="OR",
                ),
                name="classification_only_state_secrets_have_levels",
            ),
        ),
        migrations.AddIndex(
            model_name="determination",
            index=models.Index(fields=["label", "-id"], name="classification_det_label"),
        ),
        migrations.AddIndex(
            model_name="determination",
            index=models.Index(
                fields=["body", "state", "expires_on"], name="classification_det_expires"
            ),
        ),
        migrations.AddConstraint(
            model_name="determination",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["proposed", "passed", "referred", "in_force"])),
                fields=("label",),
                name="classification_one_determination_a_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="determination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "in_force"), _negated=True),
                    ("manner", "outside"),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="classification_nothing_holds_undecided",
            ),
        ),
        migrations.AddConstraint(
            model_name="determination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None),
                    models.Q(("manner__in", ["original", "derived"]), _negated=True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="classification_nobody_decides_alone",
            ),
        ),
        migrations.AddConstraint(
            model_name="determination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("manner", "derived"), _negated=True),
                    models.Q(("likeness", ""), _negated=True),
                    _connector="OR",
                ),
                name="classification_derived_in_a_case",
            ),
        ),
        migrations.AddIndex(
            model_name="medium",
            index=models.Index(fields=["label", "-id"], name="classification_medium_label"),
        ),
        migrations.AddConstraint(
            model_name="medium",
            constraint=models.UniqueConstraint(
                fields=("item", "determination"), name="classification_stored_once"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["label", "-id"], name="classification_notice_label"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outside", None), ("person__isnull", False)),
                    models.Q(("outside__isnull", False), ("person", None)),
                    _connector="OR",
                ),
                name="classification_notice_to_whom",
            ),
        ),
        migrations.AddIndex(
            model_name="power",
            index=models.Index(fields=["label", "-id"], name="classification_power_label"),
        ),
        migrations.AddConstraint(
            model_name="power",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "given"), _negated=True),
                    models.Q(("giver", ""), _negated=True),
                    _connector="OR",
                ),
                name="classification_given_by_whom",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["label", "-id"], name="classification_referral_label"),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("determination",),
                name="classification_one_open_referral",
            ),
        ),
        migrations.AddIndex(
            model_name="remarking",
            index=models.Index(fields=["label", "-id"], name="classification_remark_label"),
        ),
        migrations.AddConstraint(
            model_name="remarking",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("item",),
                name="classification_one_remarking_a_copy",
            ),
        ),
        migrations.AddConstraint(
            model_name="remarking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "done"), _negated=True),
                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                    _connector="OR",
                ),
                name="classification_remarked_by_whom",
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["label", "-id"], name="classification_review_label"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                fields=("determination", "year"), name="classification_one_review_a_year"
            ),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["label", "-id"], name="classification_source_label"),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                fields=("derived", "parent"), name="classification_one_source_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("derived", models.F("parent")), _negated=True),
                name="classification_no_own_source",
            ),
        ),
    ]
