"""机构目录、保密机构、责任人名册、责任书、用工登记."""

from typing import Any

from shoumi.domains.organisation import verbs
from shoumi.domains.organisation.models import Employment, Organ, Tenure, Undertaking, Unit
from shoumi.domains.organisation.selectors import owned_by, structure, title_of
from shoumi.platform.registers.conditions import Filter
from shoumi.platform.registers.register import Register


class Books(Register):
    """What the books of this room share: no empty facts on the page of a row."""

    def facts(self, row: Any, fields: tuple[str, ...]) -> list[tuple[str, Any]]:
        told = tuple(f for f in fields if self.value(row, f) not in (None, "", []))
        return super().facts(row, told)


class Units(Books):
    """机构目录."""

    model = Unit
    slug = "organisation-units"
    title = "机构目录"
    columns = ("department", "kind", "functions", "opened_on", "closed_on", "state")
    filters = ("kind", "state")
    search = ("department__name", "functions")
    order = ("opened_on", "id")
    create = verbs.ENTER_UNIT
    verbs = (verbs.CLOSE_UNIT,)


UNITS = Units()


class Tenures(Books):
    """责任人名册: who bears what, with the controls they answer for."""

    model = Tenure
    slug = "organisation-tenures"
    title = "责任人名册"
    columns = (
        "role",
        "person",
        "department",
        "organ",
        "scope",
        "working",
        "since",
        "term_ends",
        "state",
    )
    headings = {"role": "责任"}  # noqa: RUF012
    sections = (
        ("责任", ("role", "organ", "department", "scope", "text", "clause")),
        ("任职", ("person", "position", "working", "qualification", "since", "term_ends", "basis")),
        ("变动", ("renewals", "until", "reason", "state")),
    )
    search = ("person__name", "department__name", "organ__name", "scope")
    order = ("state", "role", "id")
    create = verbs.BEGIN
    verbs = (verbs.RENEW, verbs.QUALIFY, verbs.END)
    filters = (
        Filter(
            "role", "责任", lambda *_, **__: [(r.key, r.title) for r in structure().roles.values()]
        ),
        "state",
        "department",
        "organ",
    )
    signatures = ("登记人", "保密办", "分管领导")

    def heading(self, column: str) -> str:
        told = {"text": "职责范围", "clause": "依据条款"}
        return told.get(column) or super().heading(column)

    def about(self, row: Any) -> dict[str, Any]:
        """The page says too which controls of the rulebook this responsibility answers for."""
        role = structure().roles.get(row.role) if row is not None else None
        owned = [owned_by(reference) for reference in role.owns] if role else []
        return super().about(row) | {"owned": owned}

    def value(self, row: Any, column: str) -> Any:
        if column == "role":
            return title_of(structure().roles, row.role)
        if column in ("text", "clause"):
            role = structure().roles.get(row.role)
            return getattr(role, column) if role else ""
        return super().value(row, column)


TENURES = Tenures()


class Organs(Books):
    """保密机构 with the seats in them."""

    model = Organ
    slug = "organisation-organs"
    title = "保密机构"
    columns = ("name", "kind", "functions", "set_up_on", "basis", "ended_on", "state")
    sections = (
        ("机构", ("name", "kind", "functions", "superior", "leader")),
        ("设立和撤销", ("set_up_on", "basis", "ended_on", "reason", "state")),
    )
    search = ("name", "basis")
    filters = (
        Filter(
            "kind",
            "机构种类",
            lambda *_, **__: [(o.key, o.title) for o in structure().organs.values()],
        ),
        "state",
    )
    order = ("state", "id")
    children = ((TENURES, "organ"),)
    create = verbs.SET_UP
    verbs = (verbs.DISSOLVE,)

    def value(self, row: Any, column: str) -> Any:
        return (
            title_of(structure().organs, row.kind)
            if column == "kind"
            else super().value(row, column)
        )


ORGANS = Organs()


class Undertakings(Books):
    """责任书."""

    model = Undertaking
    slug = "organisation-undertakings"
    title = "责任书"
    columns = (
        "number",
        "year",
        "kind",
        "signer",
        "department",
        "superior",
        "due_on",
        "signed_at",
        "countersigned_at",
        "state",
    )
    search = ("number", "signer__name", "superior__name", "department__name")
    filters = (
        Filter(
            "kind",
            "责任书",
            lambda *_, **__: [(k.key, k.title) for k in structure().undertakings.values()],
        ),
        "state",
        "department",
    )
    create = verbs.ISSUE
    verbs = (verbs.SIGN, verbs.COUNTERSIGN)

    def value(self, row: Any, column: str) -> Any:
        if column == "kind":
            return title_of(structure().undertakings, row.kind)
        # A year is a name and not an amount.
        return str(row.year) if column == "year" else super().value(row, column)


UNDERTAKINGS = Undertakings()


class Employments(Books):
    """用工登记."""

    model = Employment
    slug = "organisation-employments"
    title = "用工登记"
    columns = ("person", "category", "project", "since", "until", "pledged_on", "state")
    search = ("person__name", "project")
    filters = ("category", "state")
    readers = frozenset({"secrecy_office", "office_director", "deputy_leader", "head"})
    create = verbs.ENTER_EMPLOYMENT
    verbs = (verbs.END_EMPLOYMENT,)


EMPLOYMENTS = Employments()
