"""What the tests of approvals share: a labelled matter, a route of one's own, and a room that asks."""

from contextlib import contextmanager

from conftest import NOW, TODAY, prepared
from shoumi.kernel.approval import Step
from shoumi.kernel.levels import Level
from shoumi.platform.access.acting import ACTIONS, Action, act
from shoumi.platform.access.services import label_for
from shoumi.platform.approvals import services
from shoumi.platform.rulebook.model import Flow, FlowRow, Rulebook
from shoumi.platform.rulebook.source import rulebook

# A matter of nobody, so that no room follows its end.
MATTER = "test.matter"
ASK = ACTIONS.get("test.approvals.ask") or Action(
    "test.approvals.ask", "申请", clause="carriers.borrow.approval"
)
EVERY = frozenset(Level)


def labelled(office, level=Level.INTERNAL, principals=("*",)):
    """A label that these principals may know."""
    with prepared(office.body):
        return label_for(level=level, body=office.body, principals=principals, basis="", on=TODAY)


def step(*posts, mode="any", hours=8, label=""):
    return Step("", posts, mode, hours, label or "、".join(posts))


def route(*steps, matter=MATTER, title="借阅审批", **row) -> Rulebook:
    """The rulebook with one matter's flow replaced."""
    rows = (FlowRow(levels=EVERY, steps=steps, clause="carriers.borrow.approval", **row),)
    flow = Flow(
        matter=matter, title=title, clause="carriers.borrow.approval", file="t.toml", rows=rows
    )
    book = rulebook()
    others = tuple(f for f in book.flows if f.matter != matter)
    return Rulebook(
        instruments=book.instruments,
        regulations=book.regulations,
        posts=book.posts,
        flows=(*others, flow),
        obligations=book.obligations,
        argued=book.argued,
    )


def ask(office, *, by=None, label=None, book=None, matter=MATTER, at=NOW, **values):
    """Somebody asks, in an act of a room above."""
    actor, label = by or office.handler, label or labelled(office)
    given = {"matter": matter, "subject": office.registry, "reason": "起草报告", "at": at}
    with act(actor, ASK, None, at=at):
        return services.open_case(actor=actor, label=label, book=book, **given | values)


@contextmanager
def following(matter=MATTER):
    """Register what follows the end of a case, and take it out again."""
    seen = []

    def note(name):
        return lambda case, *, actor, at: seen.append((name, case.state, actor.name))

    before = (services.ON_APPROVED.get(matter), services.ON_REFUSED.get(matter))
    services.ON_APPROVED[matter] = note("approved")
    services.ON_REFUSED[matter] = note("refused")
    yield seen
    for registry, kept in zip((services.ON_APPROVED, services.ON_REFUSED), before, strict=True):
        del registry[matter]
        if kept is not None:
            registry[matter] = kept
