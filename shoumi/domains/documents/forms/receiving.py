"""签收登记: one dense form in the order in which a paper is taken out of its envelope."""

from typing import Any

from django import forms
from django.utils import timezone

from shoumi.domains.documents.models import Document, Opening
from shoumi.domains.documents.rules.opening import Opened
from shoumi.domains.documents.selectors import holders_for, people_for, stores_of
from shoumi.domains.documents.services.unpacking import Wired
from shoumi.kernel.levels import Level
from shoumi.platform.directory.models import Place
from shoumi.platform.ui.fields import PeopleField, PersonField
from shoumi.platform.ui.forms import ActForm

ODD = "来件漏章、不符，有清单或者回执的"
ODD_FIELDS = (
    "unsealed",
    "phone_check",
    "cover",
    "postmark_on",
    "listed",
    "found",
    "tidied",
    "slip",
)
WIRED = "电报的回单和值班"
CLASSED = "类别、限阅和涉外"
ON_WATCH = frozenset({"registrar", "duty_officer", "office_director"})


class ReceiveForm(ActForm):
    """签收登记: checks of the envelope, elements of the register, mark, copies, and who may know."""

    dense = True
    sections = (
        (
            "清点和拆封核对",
            (
                "envelope_number",
                "deliverer",
                "channel",
                "received_at",
                "addressed",
                "number_agrees",
                "count_agrees",
                "intact",
                "undamaged",
                "emptied",
                "complete",
                "deliverer_confirmed",
                "anomaly",
            ),
        ),
        (
            "来文登记",
            (
                "kind",
                "urgency",
                "issuer",
                "issue_number",
                "title",
                "issued_on",
                "reply_due",
                "place",
                "remark",
            ),
        ),
        ("密级与份号", ("mark", "period_unmarked", "copies", "copy_numbers")),
        (ODD, ODD_FIELDS),
        (WIRED, ("slip_given_at", "on_watch", "important")),
        (CLASSED, ("category", "restriction", "foreign", "agreement")),
        ("知悉范围", ("people", "cosigned_by")),
    )
    folded = (ODD, WIRED, CLASSED)
    keep = ("kind", "urgency", "issuer", "channel", "deliverer", "place")
    phrases = {"mark": ("秘密★10年", "机密★20年", "绝密★30年", "内部")}

    addressed = forms.BooleanField(label="收件单位是本单位", required=False)
    number_agrees = forms.BooleanField(label="封皮编号与清单一致", required=False)
    count_agrees = forms.BooleanField(label="件数与清单一致", required=False)
    intact = forms.BooleanField(label="封装完好未启封", required=False)
    undamaged = forms.BooleanField(label="拆封未损文件", required=False)
    emptied = forms.BooleanField(label="封内文件取净", required=False)
    complete = forms.BooleanField(label="附件齐全", required=False)
    deliverer_confirmed = forms.BooleanField(label="异常已由送达人签认", required=False)
    envelope_number = forms.CharField(label="封皮编号", max_length=40, required=False)
    deliverer = forms.CharField(label="送达人", max_length=40, required=False)
    channel = forms.ChoiceField(label="递送渠道", choices=Document.CHANNELS)
    received_at = forms.DateTimeField(label="签收时间", widget=forms.DateTimeInput())
    anomaly = forms.CharField(
        label="异常情况",
        max_length=200,
        required=False,
        help_text="有一项不符的，写明情况，由送达人签名确认；附件不齐的先签收，补齐前不得拟办",
    )
    unsealed = forms.BooleanField(
        label="落款漏盖公章", required=False, help_text="一般件登记退件，急件电话核实后先办"
    )
    phone_check = forms.CharField(label="电话核实", max_length=60, required=False)
    cover = forms.ChoiceField(
        label="封皮", required=False, choices=[("", "与来文一致，不附"), *Opening.COVERS]
    )
    postmark_on = forms.DateField(
        label="邮戳日期", required=False, widget=forms.DateInput(), help_text="来文无落款日期时补注"
    )
    listed = forms.IntegerField(label="封内清单件数", required=False, min_value=1, max_value=999)
    found = forms.IntegerField(label="实有件数", required=False, min_value=0, max_value=999)
    tidied = forms.BooleanField(label="来件未装订，已当时整理", required=False)
    slip = forms.BooleanField(label="附有回执单", required=False)
    slip_given_at = forms.DateTimeField(
        label="已回单时间", required=False, widget=forms.DateTimeInput()
    )
    on_watch = PersonField(label="当班值班人", required=False, help_text="由他人值班收到的填写")
    important = forms.BooleanField(label="有重要内容，须报负责人", required=False)
    restriction = forms.ChoiceField(
        label="限阅", required=False, choices=[("", "一般文件"), *Document.RESTRICTIONS]
    )
    category = forms.ChoiceField(
        label="类别", required=False, choices=[("", "按标题文种判定"), *Document.CATEGORIES]
    )
    foreign = forms.BooleanField(label="涉外交换件", required=False)
    agreement = forms.CharField(label="对外协定或者专项协议", max_length=90, required=False)
    kind = forms.ChoiceField(label="文种", choices=Document.KINDS)
    urgency = forms.ChoiceField(label="紧急程度", choices=Document.URGENCIES, initial="plain")
    issuer = forms.CharField(label="来文单位", max_length=80)
    issue_number = forms.CharField(label="文号", max_length=60, required=False)
    issued_on = forms.DateField(label="成文日期", required=False, widget=forms.DateInput())
    reply_due = forms.DateField(label="要求办结日期", required=False, widget=forms.DateInput())
    title = forms.CharField(
        label="标题", max_length=200, required=False, widget=forms.TextInput({"data-wide": ""})
    )
    mark = forms.CharField(
        label="密级标志",
        max_length=80,
        required=False,
        help_text="照原件填，无标志的留空",
    )
    period_unmarked = forms.BooleanField(label="原件未标期限，按最长期限掌握", required=False)
    copies = forms.IntegerField(label="份数", min_value=1, max_value=500, initial=1)
    copy_numbers = forms.CharField(
        label="份号", required=False, help_text="如「000001-000003、000005」"
    )
    place = forms.ModelChoiceField(Place.objects.none(), label="存放处", empty_label="请选择")
    people = PeopleField(
        label="来文指定的知悉人员",
        required=False,
        help_text="机要员、办公室主任、分管领导、主要领导不必选；其他人员由批示确定",
    )
    cosigned_by = PersonField(label="共同签收人", required=False, help_text="领导直送的须两人签收")
    remark = forms.CharField(label="备注", max_length=90, required=False)

    def prepare(self) -> None:
        # A copy: the values kept in the session must not take up what is set here.
        self.initial = {"received_at": timezone.localtime(self.at), **self.initial}
        everyone = people_for(Level.CONFIDENTIAL, body=self.actor.body, at=self.at)
        self.fields["people"].queryset = everyone
        self.fields["cosigned_by"].queryset = everyone.exclude(pk=self.actor.pk)
        self.fields["place"].queryset = stores_of(self.actor.body)
        self.fields["on_watch"].queryset = holders_for(
            ON_WATCH, body=self.actor.body, at=self.at
        ).exclude(pk=self.actor.pk)

    def clean(self) -> dict[str, Any]:
        """What the opening showed, and what only a telegram has, go to the service as one thing each."""
        given = dict(super().clean() or {})
        telegram = [given.pop(name, None) for name in ("on_watch", "slip_given_at", "important")]
        given["opened"] = Opened(
            sealed=not given.pop("unsealed", False),
            **{name: given.pop(name, None) or blank for name, blank in _OPENED.items()},
        )
        given["wired"] = Wired(telegram[0], telegram[1], bool(telegram[2]))
        return given


# The fields of an opening under their own names, and what stands for an empty one.
_OPENED: dict[str, Any] = {
    "undamaged": False,
    "emptied": False,
    "cover": "",
    "phone_check": "",
    "tidied": False,
    "postmark_on": None,
    "listed": None,
    "found": None,
    "slip": False,
}
