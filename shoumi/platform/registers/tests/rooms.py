"""A register over things in the account, to prove the mechanism with; and its addresses."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.urls import include, path

from conftest import NOW, TODAY, prepared
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import ACTIONS, Action, act
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import body_principal, person_principal, post_principal
from shoumi.platform.custody.models import Item
from shoumi.platform.custody.services import TakenByOther, enter_item, holder_of
from shoumi.platform.directory.models import Place
from shoumi.platform.registers.register import Register
from shoumi.platform.registers.verb import Verb
from shoumi.platform.ui.forms import ActForm

RESERVE = ACTIONS.get("test.reserve") or Action(
    "test.reserve", "预约", clause="carriers.borrow.longest", posts=frozenset({"registrar"})
)
ENTER = ACTIONS.get("test.enter") or Action(
    "test.enter", "登记载体", clause="carriers.register", posts=frozenset({"registrar"})
)


class ReserveForm(ActForm):
    sections = (("预约", ("days", "purpose", "place")),)
    phrases = {"purpose": ("起草报告",)}  # noqa: RUF012
    days = forms.IntegerField(label="天数", min_value=1)
    purpose = forms.CharField(label="用途", max_length=60)
    place = forms.ModelChoiceField(Place.objects.none(), label="阅览处", required=False)

    def prepare(self) -> None:
        self.fields["place"].queryset = Place.objects.filter(body=self.actor.body)


class EnterForm(ActForm):
    keep = ("kind",)
    name = forms.CharField(label="名称", max_length=60)
    kind = forms.ChoiceField(label="类别", choices=Item.Kind.choices)


def reserve(*, actor: Any, subject: Item, at: Any, days: int, purpose: str, place: Any) -> None:
    with act(actor, RESERVE, subject, at=at, days=days):
        if days > 15:
            raise Refusal(
                "该密级载体借阅不超过 15 天",
                clause="carriers.borrow.longest",
                way_on="请把天数改为 15 天以内",
            )
        rows = Item.unscoped.filter(pk=subject.pk, state=Item.State.HELD)
        if not rows.update(state=Item.State.RESERVED):
            raise TakenByOther


def enter(*, actor: Any, at: Any, name: str, kind: str) -> Item:
    with act(actor, ENTER, at=at) as deed:
        if name == "无号":
            raise Refusal("载体须有编号", clause="carriers.register")
        item = make_item(actor.body, [post_principal("registrar", actor.body_id)], name, kind=kind)
        deed.subject = item
    return item


def make_item(
    body: Any, principals: list[str], name: str, *, level: Level = Level.SECRET, kind: str = "paper"
) -> Item:
    label = label_for(level=level, body=body, principals=principals, basis="测试", on=TODAY)
    place = Place.objects.get(body=body, name="1号柜")
    return enter_item(
        label=label,
        kind=kind,
        name=name,
        source="received",
        holder=holder_of(body=body, place=place),
        at=NOW,
        reason="test",
    )


def items(office: SimpleNamespace, count: int, *, level: Level = Level.SECRET) -> list[Item]:
    """Things that the registrar and 单平 may know, with the newcomer and the junior listed as well."""
    listed = [
        post_principal("registrar", office.body.pk),
        *(person_principal(p.pk) for p in (office.handler, office.newcomer, office.junior)),
        person_principal(office.lapsed.pk),
        person_principal(office.leaver.pk),
    ]
    with prepared(office.body):
        start = Item.unscoped.count()
        made = [
            make_item(office.body, listed, f"第{start + n}号", level=level) for n in range(count)
        ]
        make_item(office.body, [person_principal(office.peer.pk)], f"另{start}号", level=level)
        whole = [body_principal(office.body.pk)]
        make_item(office.body, whole, f"公{start}号", level=Level.PUBLIC)
    return made


class Things(Register):
    model = Item
    slug = "things"
    title = "载体登记簿"
    columns = ("name", "code", "level", "kind", "holder", "home", "state", "entered_at")
    filters = ("kind", "state", "home", "entered_at", "label__level")
    search = ("name", "code")
    related = ("holder__person", "holder__place", "holder__outside")
    sections = (("载体", ("name", "code", "level", "kind")), ("保管", ("holder", "home", "state")))
    verbs = (
        Verb(
            RESERVE,
            reserve,
            ReserveForm,
            when=lambda row: row.state == Item.State.HELD,
            confirm=True,
            next="下一步：等待审批。",
        ),
    )
    create = Verb(ENTER, enter, EnterForm)


THINGS = Things()
urlpatterns = [
    path("things/", include(THINGS.urls)),
    path("", include("shoumi.platform.works.urls")),
]
handler404 = "shoumi.platform.ui.errors.not_found"
