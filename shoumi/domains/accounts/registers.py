"""The officers' ledgers: people, posts, clearances, proposals, figures, reviews. No business content."""

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import DateTimeField, QuerySet, Value

from shoumi.domains.accounts import selectors, verbs
from shoumi.domains.accounts.models import Proposal, RightsReview
from shoumi.domains.accounts.rules.officers import AUDITOR, OFFICERS, SECADMIN
from shoumi.domains.accounts.services import alarm
from shoumi.platform.access.models import ClearanceRecord
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Appointment, Department, Person, Place
from shoumi.platform.obligations.models import Duty
from shoumi.platform.registers.conditions import Filter
from shoumi.platform.registers.register import Register
from shoumi.platform.rulebook.model import RulebookError
from shoumi.platform.rulebook.models import Override
from shoumi.platform.rulebook.overrides import shown
from shoumi.platform.rulebook.posts import label_of, posts
from shoumi.platform.rulebook.source import rulebook
from shoumi.platform.ui.templatetags.ui import state_badge

CONSENTING = frozenset({"secrecy_office", "deputy_leader", "head"})
SIGNATURES = ("系统管理员", "安全保密管理员", "安全审计员")
TONES = {
    "在用": "done",
    "待启用": "open",
    "待首次登录": "soon",
    "已锁定": "bad",
    "已停用": "closed",
}


class OwnBody(Register):
    """A ledger of one's own body: what bears no level is still nobody else's."""

    body_path = "body"
    signatures = SIGNATURES

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        rows: Any = self.model.objects  # type: ignore[attr-defined]
        found: QuerySet[Any] = rows.filter(**{self.body_path: person.body_id})
        return found.select_related(*self.related) if self.related else found


class People(OwnBody):
    """人员与账号: who there is, with which account, in which state, holding which posts."""

    model = Person
    slug = "accounts-people"
    title = "人员与账号"
    columns = ("name", "account", "staff_number", "department", "state", "posts")
    headings: ClassVar[dict[str, str]] = {"state": "账号状态", "posts": "岗位"}
    filters = ("department", "active", Filter("must_change_password", "待首次登录"))
    search = ("name", "account", "staff_number", "initials")
    order = ("name",)
    related = ("department",)
    readers = OFFICERS
    sections = (
        ("人员", ("name", "staff_number", "department", "posts")),
        (
            "账号",
            (
                "account",
                "state",
                "password_changed_at",
                "last_login_at",
                "last_login_from",
                "failures",
                "locked_until",
                "reminder_signed_at",
            ),
        ),
    )
    create = verbs.CREATE
    verbs = (
        verbs.ENABLE,
        verbs.APPOINT,
        verbs.UNLOCK,
        verbs.RESET,
        verbs.DISABLE,
    )

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        found = selectors.people_of(person.body).order_by()
        moment = Value(at, output_field=DateTimeField())
        return found.annotate(asked_at=moment).prefetch_related("appointments__department")

    def value(self, row: Any, column: str) -> Any:
        if column == "state":
            return selectors.state_of(row, at=row.asked_at)
        if column == "posts":
            return _posts_of(row)
        return super().value(row, column)

    def cell(self, row: Any, column: str) -> Any:
        if column == "state":
            state = self.value(row, column)
            return state_badge(state, TONES.get(state, ""))
        return super().cell(row, column)


class Posts(OwnBody):
    """任岗登记: who holds or held which post, from when to when."""

    model = Appointment
    slug = "accounts-posts"
    title = "任岗登记"
    columns = ("person", "post", "department", "since", "until", "standing_in_for")
    filters = (
        Filter("post", "岗位", choices=lambda *_, **__: _post_choices()),
        "department",
        "since",
    )
    search = ("person__name", "person__initials")
    order = ("-since",)
    related = ("person", "department", "standing_in_for", "body")
    readers = OFFICERS
    verbs = (verbs.STAND_IN, verbs.DISMISS)

    def value(self, row: Any, column: str) -> Any:
        return label_of(row.post) if column == "post" else super().value(row, column)


class Departments(OwnBody):
    """部门: in which people sit."""

    model = Department
    slug = "accounts-departments"
    title = "部门"
    columns = ("name", "parent")
    search = ("name",)
    order = ("id",)
    related = ("parent", "body")
    readers = OFFICERS
    create = verbs.DEPARTMENT


class Places(OwnBody):
    """场所: where things may lie, and up to which level."""

    model = Place
    slug = "accounts-places"
    title = "场所"
    columns = ("name", "kind", "within", "level_limit", "keeper", "active")
    filters = ("kind",)
    search = ("name",)
    order = ("id",)
    related = ("within", "keeper", "body")
    readers = frozenset({"secrecy_office", "office_director", "registrar"})
    create = verbs.PLACE


class Clearances(OwnBody):
    """涉密等级: classes and their days; the basis lies in the personnel file."""

    model = ClearanceRecord
    slug = "accounts-clearances"
    title = "涉密等级"
    columns = (
        "person",
        "personnel_class",
        "since",
        "until",
        "review_due",
        "trained_until",
        "pledged_until",
        "exit_until",
    )
    filters = ("personnel_class", "review_due", "trained_until")
    search = ("person__name", "person__initials")
    order = ("-since",)
    related = ("person",)
    readers = frozenset({SECADMIN, AUDITOR, "secrecy_office"})
    verbs = (verbs.END_CLEARANCE,)
    body_path = "person__body"


class Proposals(OwnBody):
    """授权提议: what an officer proposed, and who decided."""

    model = Proposal
    slug = "accounts-proposals"
    title = "授权提议"
    columns = ("kind", "person", "post", "since", "until", "state", "proposed_by", "decided_by")
    filters = ("state", "kind", "proposed_at")
    search = ("person__name", "person__initials", "basis")
    related = ("person", "department", "standing_in_for", "proposed_by", "decided_by", "body")
    readers = CONSENTING | {SECADMIN, AUDITOR}
    sections = (
        (
            "提议",
            (
                "kind",
                "person",
                "post",
                "department",
                "standing_in_for",
                "personnel_class",
                "since",
                "until",
                "review_due",
                "trained_until",
                "pledged_until",
                "basis",
                "proposed_by",
                "proposed_at",
            ),
        ),
        ("决定", ("state", "decided_by", "decided_at", "opinion")),
    )
    verbs = (verbs.CONSENT, verbs.REFUSE, verbs.WITHDRAW)

    def value(self, row: Any, column: str) -> Any:
        if column == "post":
            return label_of(row.post) if row.post else ""
        return super().value(row, column)


class Figures(OwnBody):
    """参数调整: the figures this body set for itself, within the clauses."""

    model = Override
    slug = "accounts-figures"
    title = "参数调整"
    columns = ("clause", "key", "value", "since", "status", "proposed_by", "consented_by")
    headings: ClassVar[dict[str, str]] = {"clause": "条款", "key": "参数", "value": "取值"}
    filters = ("status", "since")
    search = ("clause", "reason")
    related = ("proposed_by", "consented_by", "body")
    readers = CONSENTING | {SECADMIN, AUDITOR}
    sections = (
        (
            "调整",
            ("clause", "key", "value", "since", "until", "reason", "proposed_by", "proposed_at"),
        ),
        ("同意", ("status", "consented_by", "consented_at")),
    )
    create = verbs.PROPOSE_FIGURE
    verbs = (verbs.CONSENT_FIGURE, verbs.WITHDRAW_FIGURE)

    def value(self, row: Any, column: str) -> Any:
        if column not in ("clause", "key", "value"):
            return super().value(row, column)
        try:
            clause = rulebook().clause(row.clause)
            parameter = clause.parameter(row.key)
        except RulebookError:
            return super().value(row, column)
        said = {
            "clause": clause.title,
            "key": parameter.label,
            "value": shown(parameter, row.value),
        }
        return said[column]


class Alarms(OwnBody):
    """异常告警: what the system noticed, and what the auditor found."""

    model = Duty
    slug = "accounts-alarms"
    title = "异常告警"
    columns = ("raised_at", "text", "state", "due_at", "evidence")
    filters = ("state", "raised_at")
    search = ("text", "evidence")
    related = ("body",)
    readers = frozenset({AUDITOR})
    verbs = (verbs.CLOSE_ALARM,)

    def visible(self, person: Any, *, at: datetime) -> QuerySet[Any]:
        return super().visible(person, at=at).filter(kind=alarm.KIND)


class Reviews(OwnBody):
    """权限复核: when the rights were gone through, by whom, with which finding."""

    model = RightsReview
    slug = "accounts-reviews"
    title = "权限复核"
    columns = ("reviewed_at", "reviewed_by", "people", "finding")
    headings: ClassVar[dict[str, str]] = {"people": "人数"}
    filters = ("reviewed_at",)
    related = ("reviewed_by", "body")
    readers = frozenset({SECADMIN, AUDITOR})
    create = verbs.REVIEW

    def value(self, row: Any, column: str) -> Any:
        return len(row.table) if column == "people" else super().value(row, column)


def _posts_of(person: Person) -> str:
    """Posts held today, in words; the appointments were fetched with the person."""
    day = day_of(person.asked_at)  # type: ignore[attr-defined]
    held = [
        label_of(a.post) + ("（代理）" if a.standing_in_for_id else "")
        for a in person.appointments.all()
        if a.since <= day and (a.until is None or a.until >= day)
    ]
    return "、".join(dict.fromkeys(held))


def _post_choices() -> list[tuple[str, str]]:
    return [(key, post.label) for key, post in posts().items() if post.appointed]


PEOPLE, POSTS, CLEARANCES = People(), Posts(), Clearances()
PROPOSALS, FIGURES, REVIEWS, ALARMS = Proposals(), Figures(), Reviews(), Alarms()
PEOPLE.children = ((POSTS, "person"),)
DEPARTMENTS = Departments()
PLACES = Places()
