"""The forms of the room: what is asked of whoever borrows, copies, carries, sends back or destroys."""

from typing import Any

from django import forms

from shoumi.domains.documents.selectors import stores_of
from shoumi.domains.handling.models import Absence, Reproduction
from shoumi.domains.handling.rules.reconciling import Listed
from shoumi.domains.handling.selectors import colleagues, knows_whole_count, places_of
from shoumi.domains.handling.services.issuer_list import BadList, issuer_list
from shoumi.kernel.levels import Level
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.ui.fields import PeopleField, PersonField, PlaceField, words
from shoumi.platform.ui.forms import ActForm

WIDE = {"data-wide": ""}


class Asking(ActForm):
    """The questions of this room; who asks about what is told by the page."""

    actor: Any
    subject: Any
    at: Any
    fields: Any


class BorrowForm(Asking):
    """借阅申请: for what, for how long, where it will be read."""

    purpose = words("借阅事由", most=120)
    days = forms.IntegerField(label="借阅天数", min_value=1)
    reading_place = forms.ChoiceField(label="阅用场所")
    necessity = words("确需理由", required=False, hint="绝密件一般不外借，确需借阅的必须填写")
    outside = forms.CharField(
        label="对外借阅单位",
        max_length=80,
        required=False,
        help_text="借给外单位的填写单位名称，由办公室主任批准；在本单位使用的不填",
    )
    phrases = {"purpose": ("起草文件", "办理来文", "准备会议", "核对情况")}

    def prepare(self) -> None:
        body, on = self.actor.body, day_of(self.at)
        places = figure("carriers.borrow.place", "places", on=on, body=body)
        self.fields["reading_place"].choices = [("", "请选择"), *((p, p) for p in places)]
        if self.subject is not None:
            most = figure("carriers.borrow.longest", "days", on=on, body=body)[self.level]
            self.fields["days"].help_text = f"{self.level.label}载体最长 {most} 天"
            del self.fields["necessity" if self.level < Level.TOP_SECRET else "outside"]

    @property
    def level(self) -> Level:
        return Level(self.subject.level)


class ReturnForm(Asking):
    """归还查验: what was looked at, and where the copy goes."""

    intact = forms.BooleanField(
        label="份号、页数相符，载体完好", required=False, initial=True, widget=forms.CheckboxInput
    )
    condition = words("查验情况", required=False, hint="破损、缺页、涂改的写明情况")
    place = PlaceField(label="放入", required=False, help_text="不选的放回原存放处")

    def prepare(self) -> None:
        self.fields["place"].queryset = stores_of(self.actor.body)


class CancelForm(Asking):
    """Why what was granted is taken off the list."""

    reason = words("原因", most=120)
    phrases = {"reason": ("逾期未领。", "批准已过有效期。", "申请人已离岗。", "登记有误。")}


class RemindForm(Asking):
    """催还."""

    words = words("催办意见")
    phrases = {"words": ("请即签收。", "借阅将到期，请按时归还。", "已逾期，请立即归还机要室。")}


class CopyForm(Asking):
    """复制申请."""

    kind = forms.ChoiceField(label="方式", choices=Reproduction.Kind.choices)
    copies = forms.IntegerField(label="份数", min_value=1)
    purpose = words("用途", most=120)
    consent_number = forms.CharField(
        label="原发文单位批准文号",
        max_length=60,
        required=False,
        help_text="绝密件及规定须原单位同意的必须填写",
    )
    recipients = PeopleField(
        label="收件人",
        required=False,
        help_text="摘录、汇编的必须选定，收件人不得超出原件的知悉范围",
    )
    phrases = {"purpose": ("会议使用", "分送承办部门", "随文报送")}

    def prepare(self) -> None:
        self.fields["recipients"].queryset = colleagues(self.actor)
        if self.subject is not None:
            most = figure("carriers.copy.count", "most", on=day_of(self.at), body=self.actor.body)
            level = self.subject.level
            self.fields["copies"].help_text = f"{level.label}件一次最多 {most[level]} 份"


class MakeForm(Asking):
    """登记复制: one destination a piece."""

    destinations = forms.CharField(
        label="逐份去向",
        help_text="一行写一份的去向，行数即实制份数，不得超过批准份数",
        widget=forms.Textarea(attrs={"rows": "4", **WIDE}),
    )
    made_in = forms.ChoiceField(label="复制地点")
    supervisor = PersonField(label="监督人", help_text="在场监督的另一人，须在原件知悉范围内")
    place = PlaceField(label="制成后放入")
    waste = forms.IntegerField(
        label="残、次、废页数", min_value=0, initial=0, help_text="废页当场登记，统一销毁"
    )

    def prepare(self) -> None:
        on, body = day_of(self.at), self.actor.body
        rooms = figure("carriers.copy.supervised", "places", on=on, body=body)
        self.fields["made_in"].choices = [("", "请选择"), *((p, p) for p in rooms)]
        self.fields["supervisor"].queryset = colleagues(self.actor).exclude(pk=self.actor.pk)
        self.fields["place"].queryset = stores_of(body)
        if self.subject is not None:
            self.fields["destinations"].label = f"逐份去向（批准 {self.subject.copies} 份）"


class CountedForm(Asking):
    """How many were counted, and what was found."""

    counted = forms.IntegerField(label="点得件数", min_value=0)
    condition = words("核对情况", required=False)
    phrases = {"condition": ("逐件核对相符，箱包封签完好。",)}


class SendForm(Asking):
    """退还发文单位."""

    channel = forms.ChoiceField(label="递送渠道")
    escorts = forms.CharField(
        label="护送人员", max_length=100, required=False, help_text="绝密件须两人以上"
    )

    sealed = forms.BooleanField(label="绝密件已单独密封", required=False)

    def prepare(self) -> None:
        channels = figure("documents.channel", "channels", on=day_of(self.at), body=self.actor.body)
        self.fields["channel"].choices = [("", "请选择"), *((c, c) for c in channels)]


class ReceiptForm(Asking):
    """回执."""

    receipt = forms.CharField(label="回执编号", max_length=60)


class TakeForm(Asking):
    """点收归档."""

    counted = forms.IntegerField(label="点收件数", min_value=0)
    shelf = forms.CharField(
        label="档案存放位置", max_length=60, help_text="绝密档案存放于专柜，写明专柜编号"
    )


class ExecuteForm(Asking):
    """登记销毁: counted at the shredder, in front of a second person."""

    counted = forms.IntegerField(label="现场清点件数", min_value=0)
    witness = PersonField(label="监销人", help_text="不得为经办人、审批人，须具备相应知悉资格")

    def prepare(self) -> None:
        self.fields["witness"].queryset = colleagues(self.actor).exclude(pk=self.actor.pk)


class OfferForm(Asking):
    """交出: to whom, and for what."""

    receiver = PersonField(label="接收人")
    purpose = words("事由", most=120, required=False)

    def prepare(self) -> None:
        self.fields["receiver"].queryset = colleagues(self.actor).exclude(pk=self.actor.pk)


class GiveBackForm(Asking):
    """退回."""

    purpose = words("说明", most=120, required=False)


class PlaceForm(Asking):
    """移位."""

    place = PlaceField(label="移至")

    def prepare(self) -> None:
        self.fields["place"].queryset = places_of(self.actor)


class MissingForm(Asking):
    """登记下落不明."""

    circumstances = words("发现经过", most=300)


class FoundForm(Asking):
    """登记找到."""

    place = PlaceField(label="放入")
    how = words("找到经过", most=300)

    def prepare(self) -> None:
        self.fields["place"].queryset = stores_of(self.actor.body)


# ---- requests over several pieces; the pieces are ticked in the table above the form


class CarryForm(Asking):
    """携带外出申请."""

    sections = (
        ("外出", ("destination", "purpose", "reason", "leaves_on", "returns_on", "abroad")),
        ("安全措施", ("container", "measures", "companions")),
    )
    destination = forms.CharField(label="目的地", max_length=99)
    purpose = forms.ChoiceField(label="事由")
    reason = words("具体事项")
    leaves_on = forms.DateField(label="带出日期", widget=forms.DateInput)
    returns_on = forms.DateField(label="归还日期", widget=forms.DateInput)
    abroad = forms.BooleanField(label="目的地在境外", required=False)
    container = forms.CharField(label="专用箱包编号", max_length=40)
    measures = words("安全措施")
    companions = PeopleField(label="同行人员", required=False, help_text="绝密载体须两人以上同行")
    phrases = {"measures": ("专车往返，专用箱加锁，入住时存当地机要室。",)}

    def prepare(self) -> None:
        on, body = day_of(self.at), self.actor.body
        allowed = figure("carriers.carry.purpose", "purposes", on=on, body=body)
        self.fields["purpose"].choices = [("", "请选择"), *((p, p) for p in allowed)]
        self.fields["companions"].queryset = colleagues(self.actor).exclude(pk=self.actor.pk)


class AbsenceForm(Asking):
    """外出登记."""

    kind = forms.ChoiceField(label="外出事由", choices=[("", "请选择"), *Absence.Kind.choices])
    destination = forms.CharField(label="目的地", max_length=99)
    leaves_on = forms.DateField(label="离开日期", widget=forms.DateInput)
    returns_on = forms.DateField(label="返回日期", widget=forms.DateInput)


class SuccessionForm(Asking):
    """移交."""

    receiver = PersonField(label="接收人")
    reason = words("移交原因", most=120)
    where = forms.ChoiceField(label="交接地点", help_text="须在保密场所当面交接")
    phrases = {"reason": ("岗位调整。", "离岗。", "脱密期前清退移交。")}

    def prepare(self) -> None:
        on, body = day_of(self.at), self.actor.body
        proper = figure("carriers.handover.place", "places", on=on, body=body)
        self.fields["where"].choices = [("", "请选择"), *((p, p) for p in proper)]
        self.fields["receiver"].queryset = colleagues(self.actor)


class RecallForm(Asking):
    """清退通知."""

    issuer = forms.CharField(label="要求清退单位", max_length=80)
    notice = forms.CharField(label="清退通知文号", max_length=60)
    due_on = forms.DateField(label="退还期限", widget=forms.DateInput)


class ReconcileForm(Asking):
    """清退核对: whose list, over which time, and the list itself."""

    issuer = forms.CharField(
        label="发文单位", max_length=80, help_text="与收文登记簿中的来文单位一致"
    )
    since = forms.DateField(label="收文起始日期", widget=forms.DateInput)
    until = forms.DateField(label="收文截止日期", widget=forms.DateInput)
    listed = forms.FileField(
        label="发文单位清单",
        help_text="有「文号」「份号」两栏的 .xlsx，一行一份或者写份号起止，不超过 5 MB",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_listed(self) -> tuple[Listed, ...]:
        try:
            return issuer_list(self.cleaned_data["listed"])
        except BadList as refusal:
            raise forms.ValidationError(f"{refusal.message}。{refusal.way_on}") from None


class ArchiveForm(Asking):
    """提请归档."""

    year = forms.IntegerField(label="归档年度", min_value=1949, max_value=2199)
    volume = forms.CharField(label="案卷号", max_length=40)
    remark = words("说明", most=120, required=False)

    def prepare(self) -> None:
        self.fields["year"].initial = day_of(self.at).year


class DestroyForm(Asking):
    """提请销毁."""

    appraisal = words("鉴别意见", hint="是否仍有保存价值、是否属于留存份")
    method = forms.ChoiceField(label="销毁方式")
    station = forms.CharField(label="销毁机构或者设备", max_length=80)
    phrases = {"appraisal": ("经鉴别，已无保存价值，不属留存份。",)}

    def prepare(self) -> None:
        methods = figure(
            "carriers.destroy.method", "methods", on=day_of(self.at), body=self.actor.body
        )
        self.fields["method"].choices = [("", "请选择"), *((m, m) for m in methods)]
        standard = figure(
            "carriers.destroy.standard", "document", on=day_of(self.at), body=self.actor.body
        )
        self.fields["appraisal"].help_text = f"依据{standard}鉴别：是否仍有保存价值、是否属于留存份"


# ---- stock-takes and statements


class OpenCountForm(Asking):
    """开始清点: a place with all in it, a person's things, or everything in the places."""

    place = PlaceField(label="清点场所", required=False, help_text="连同其中的柜一并清点")
    person = PersonField(label="或者清点个人保管的载体", required=False)

    def prepare(self) -> None:
        self.fields["place"].queryset = places_of(self.actor)
        self.fields["place"].empty_label = "本单位全部场所"
        self.fields["person"].queryset = colleagues(self.actor)

    def clean(self) -> dict[str, Any] | None:
        given = super().clean()
        if given and given.get("place") and given.get("person"):
            self.add_error("person", "场所和个人只选一项")
        return given


class CloseCountForm(Asking):
    """清点完毕: the witness signs for what they may know, so they must know all of it."""

    witness = PersonField(
        label="监点人", help_text="须能知悉本次清点的全部载体；由监点人本人登录签认后办结"
    )

    def prepare(self) -> None:
        self.fields["witness"].queryset = colleagues(self.actor).exclude(pk=self.actor.pk)

    def clean_witness(self) -> Person:
        witness: Person = self.cleaned_data["witness"]
        if not knows_whole_count(witness, self.subject, counter=self.actor, at=self.at):
            raise forms.ValidationError("所选人员不能知悉本次清点的全部载体，请另选")
        return witness
