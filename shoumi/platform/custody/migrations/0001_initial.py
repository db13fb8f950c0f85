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
            name="Holder",
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
                            ("person", "个人"),
                            ("place", "场所"),
                            ("outside", "外单位"),
                            ("sink", "去向"),
                        ],
                        max_length=8,
                        verbose_name="类别",
                    ),
                ),
                (
                    "sink",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("destroyed", "已销毁"),
                            ("archived", "已归档移交"),
                            ("returned", "已清退退回"),
                            ("transferred", "已移交外单位"),
                            ("missing", "下落不明"),
                        ],
                        max_length=12,
                        verbose_name="去向",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.body",
                        verbose_name="账目单位",
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
                        verbose_name="外单位",
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
                        verbose_name="保管人",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.place",
                        verbose_name="存放处",
                    ),
                ),
            ],
            options={
                "verbose_name": "保管者",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "person"),
                                ("outside", None),
                                ("person__isnull", False),
                                ("place", None),
                                ("sink", ""),
                            ),
                            models.Q(
                                ("kind", "place"),
                                ("outside", None),
                                ("person", None),
                                ("place__isnull", False),
                                ("sink", ""),
                            ),
                            models.Q(
                                ("kind", "outside"),
                                ("outside__isnull", False),
                                ("person", None),
                                ("place", None),
                                ("sink", ""),
                            ),
                            models.Q(
                                ("kind", "sink"),
                                ("outside", None),
                                ("person", None),
                                ("place", None),
                                models.Q(("sink", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="custody_holder_is_one_thing",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "person")),
                        fields=("body", "person"),
                        name="custody_one_holder_a_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "place")),
                        fields=("body", "place"),
                        name="custody_one_holder_a_place",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "outside")),
                        fields=("body", "outside"),
                        name="custody_one_holder_a_outside",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "sink")),
                        fields=("body", "sink"),
                        name="custody_one_holder_a_sink",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
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
                ("reason", models.CharField(max_length=80, verbose_name="事项")),
                ("purpose", models.CharField(blank=True, max_length=120, verbose_name="事由")),
                (
                    "case_ref",
                    models.CharField(blank=True, max_length=80, verbose_name="所依据的办件"),
                ),
                ("offered_at", models.DateTimeField(verbose_name="交出时间")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="应签收时间")),
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
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="交出经手人",
                    ),
                ),
                (
                    "settled_by",
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
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.holder",
                        verbose_name="交出方",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.holder",
                        verbose_name="接收方",
                    ),
                ),
            ],
            options={
                "verbose_name": "交接单",
                "indexes": [
                    models.Index(
                        fields=["receiver", "settled_at"], name="custody_handover_receiver"
                    ),
                    models.Index(fields=["giver", "settled_at"], name="custody_handover_giver"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("receiver")), _negated=True),
                        name="custody_nobody_hands_over_to_self",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("settled_by", None)),
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="custody_settled_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
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
                ("code", models.CharField(max_length=32, unique=True, verbose_name="载体编码")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("paper", "纸质载体"),
                            ("disc", "光盘"),
                            ("medium", "移动存储介质"),
                            ("computer", "计算机"),
                            ("device", "办公自动化设备"),
                            ("crypto", "密码设备"),
                            ("phone", "通信设备"),
                            ("key", "钥匙"),
                            ("seal", "印章"),
                            ("badge", "证件"),
                            ("other", "其他密品"),
                        ],
                        max_length=10,
                        verbose_name="载体类别",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="载体名称")),
                (
                    "holder_kind",
                    models.CharField(
                        choices=[
                            ("person", "个人"),
                            ("place", "场所"),
                            ("outside", "外单位"),
                            ("sink", "去向"),
                        ],
                        max_length=8,
                        verbose_name="保管者类别",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "在管"),
                            ("reserved", "已预约"),
                            ("offered", "待签收"),
                            ("gone", "已出账"),
                        ],
                        default="held",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("entered_at", models.DateTimeField(verbose_name="入账时间")),
                (
                    "source",
                    models.CharField(
                        choices=[("received", "收到"), ("made", "制作"), ("found", "账外查获")],
                        max_length=8,
                        verbose_name="来源",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.holder",
                        verbose_name="保管者",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.place",
                        verbose_name="应存放处",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="custody.item",
                        verbose_name="原件",
                    ),
                ),
            ],
            options={
                "verbose_name": "载体",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "-id"], name="custody_item_label"),
                    models.Index(fields=["label", "state"], name="custody_item_label_state"),
                    models.Index(fields=["label", "kind"], name="custody_item_label_kind"),
                    models.Index(fields=["holder", "label"], name="custody_item_holder"),
                    models.Index(fields=["state", "label"], name="custody_item_state"),
                    models.Index(fields=["kind", "-id"], name="custody_item_kind"),
                    models.Index(fields=["holder_kind", "-id"], name="custody_item_holder_kind"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("holder_kind__in", ["outside", "sink"]), ("state", "gone")),
                            models.Q(
                                models.Q(("state", "gone"), _negated=True),
                                ("holder_kind__in", ["person", "place"]),
                            ),
                            _connector="OR",
                        ),
                        name="custody_gone_means_outside",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parent", None), ("source", "made"), _connector="OR"),
                        name="custody_only_what_is_made_is_a_copy",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="HandoverLine",
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
                            ("offered", "待签收"),
                            ("accepted", "已签收"),
                            ("declined", "拒收"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="offered",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                (
                    "decline_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="拒收理由"),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
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
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.item",
                        verbose_name="载体",
                    ),
                ),
            ],
            options={
                "verbose_name": "交接明细",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["handover", "state"], name="custody_line_handover"),
                    models.Index(fields=["label", "state"], name="custody_line_label"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "offered")),
                        fields=("item",),
                        name="custody_one_open_line_an_item",
                    ),
                    models.UniqueConstraint(
                        fields=("handover", "item"), name="custody_one_line_an_item"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "declined"),
                                models.Q(("decline_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "declined"), _negated=True),
                                ("decline_reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="custody_declined_with_reason",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Movement",
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
                            ("enter", "入账"),
                            ("pass", "转手"),
                            ("leave", "出账"),
                            ("back", "收回入账"),
                        ],
                        max_length=5,
                        verbose_name="类别",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("reason", models.CharField(max_length=80, verbose_name="事项")),
                (
                    "case_ref",
                    models.CharField(blank=True, max_length=80, verbose_name="所依据的办件"),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.holder",
                        verbose_name="交出方",
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
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.holder",
                        verbose_name="接收方",
                    ),
                ),
            ],
            options={
                "verbose_name": "流转记录",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["item", "-at", "-id"], name="custody_move_item"),
                    models.Index(fields=["label", "at"], name="custody_move_label"),
                    models.Index(fields=["receiver", "at"], name="custody_move_receiver"),
                    models.Index(fields=["giver", "at"], name="custody_move_giver"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "enter")),
                        fields=("item",),
                        name="custody_an_item_enters_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "enter"), ("giver__isnull", False), _connector="OR"
                        ),
                        name="custody_a_giver_after_the_first",
                    ),
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Stocktake",
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
                    "scope",
                    models.CharField(
                        choices=[("place", "场所"), ("person", "个人"), ("registry", "全部场所")],
                        max_length=8,
                        verbose_name="范围",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "清点中"),
                            ("counted", "待监点人签认"),
                            ("closed", "已办结"),
                        ],
                        default="open",
                        max_length=7,
                        verbose_name="状态",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="开始时间")),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="清点完毕时间"),
                ),
                (
                    "witnessed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="监点人签认时间"),
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
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="清点人",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.holder",
                        verbose_name="清点对象",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="开始人",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.stocktake",
                        verbose_name="上次清点",
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
                        verbose_name="监点人",
                    ),
                ),
            ],
            options={
                "verbose_name": "清点",
                "indexes": [models.Index(fields=["body", "-id"], name="custody_stocktake_body")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("holder", None), ("scope", "registry")),
                            models.Q(
                                models.Q(("scope", "registry"), _negated=True),
                                ("holder__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="custody_stocktake_scope",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "closed"), _negated=True),
                        fields=("holder",),
                        name="custody_one_open_stocktake_a_holder",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("scope", "registry"), models.Q(("state", "closed"), _negated=True)
                        ),
                        fields=("body",),
                        name="custody_one_open_stocktake_of_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_by", None),
                                ("state", "open"),
                                ("witness", None),
                                ("witnessed_at", None),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                ("witness__isnull", False),
                                models.Q(("closed_by", models.F("witness")), _negated=True),
                                models.Q(
                                    models.Q(("state", "counted"), ("witnessed_at", None)),
                                    models.Q(("state", "closed"), ("witnessed_at__isnull", False)),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="custody_stocktake_two_persons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Scan",
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
                ("typed", models.CharField(max_length=120, verbose_name="原始录入")),
                ("code", models.CharField(max_length=120, verbose_name="编码")),
                ("known", models.PositiveSmallIntegerField(default=1, verbose_name="在账")),
                ("repeated", models.PositiveSmallIntegerField(default=0, verbose_name="重复")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="扫描人",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.place",
                        verbose_name="所在",
                    ),
                ),
                (
                    "stocktake",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="custody.stocktake",
                        verbose_name="清点",
                    ),
                ),
            ],
            options={
                "verbose_name": "扫描记录",
                "indexes": [models.Index(fields=["stocktake", "code"], name="custody_scan_code")],
            },
        ),
        migrations.CreateModel(
            name="MissingItem",
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
                ("circumstances", models.CharField(max_length=300, verbose_name="发现经过")),
                ("declared_at", models.DateTimeField(verbose_name="登记时间")),
                ("deadline_days", models.PositiveSmallIntegerField(verbose_name="查找期限（天）")),
                ("deadline", models.DateField(verbose_name="查找截止")),
                ("found_at", models.DateTimeField(blank=True, null=True, verbose_name="找到时间")),
                (
                    "found_how",
                    models.CharField(blank=True, max_length=300, verbose_name="找到经过"),
                ),
                (
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
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
                (
                    "last_holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.holder",
                        verbose_name="最后保管者",
                    ),
                ),
                (
                    "stocktake",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.stocktake",
                        verbose_name="清点",
                    ),
                ),
            ],
            options={
                "verbose_name": "下落不明载体",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["label", "deadline"], name="custody_missing_label")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("found_at", None)),
                        fields=("item",),
                        name="custody_missing_once",
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="StocktakeLine",
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
                            ("pending", "未点到"),
                            ("found", "相符"),
                            ("moved", "清点期间已办理"),
                            ("missing", "缺失"),
                            ("misplaced", "错位"),
                        ],
                        default="pending",
                        max_length=9,
                        verbose_name="结论",
                    ),
                ),
                ("scans", models.PositiveIntegerField(default=0, verbose_name="扫描次数")),
                (
                    "over_limit",
                    models.PositiveSmallIntegerField(default=0, verbose_name="超密级存放"),
                ),
                (
                    "expected",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="custody.holder",
                        verbose_name="账上保管者",
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
                (
                    "seen_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.place",
                        verbose_name="实见于",
                    ),
                ),
                (
                    "stocktake",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="custody.stocktake",
                        verbose_name="清点",
                    ),
                ),
            ],
            options={
                "verbose_name": "清点明细",
                "abstract": False,
                "base_manager_name": "unscoped",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["stocktake", "finding"], name="custody_counted_finding"),
                    models.Index(fields=["item", "stocktake"], name="custody_counted_item"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("stocktake", "item"), name="custody_one_line_a_counted_item"
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("unscoped", django.db.models.manager.Manager()),
            ],
        ),
    ]
