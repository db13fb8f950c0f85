"""双向核对: compare an issuer's list with our account, and keep what was found for both to sign."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import QuerySet

from shoumi.domains.documents.models import Copy
from shoumi.domains.handling import rules
from shoumi.domains.handling.models import ReconciledCopy, Reconciliation
from shoumi.domains.handling.rules.reconciling import Held, Listed, reconcile
from shoumi.domains.handling.services.gathering import REGISTRAR, label_over, numbered
from shoumi.kernel.levels import Level
from shoumi.kernel.numbering import print_copy_number
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.models import Label
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import day_of, person_principal, post_principal
from shoumi.platform.directory.models import Person
from shoumi.platform.rulebook.controls import Control

CLAUSE = "carriers.recall.reconcile"
KNOWING = ("registrar", "office_director", "secrecy_office")

RECONCILE = Action("handling.recall.reconcile", "清退核对", clause=CLAUSE, posts=REGISTRAR)
COUNTED = Control("handling.recall.reconcile", kind="count", label="清退核对")


def reconcile_recall(
    *, actor: Person, at: datetime, issuer: str, since: date, until: date, listed: Sequence[Listed]
) -> Reconciliation:
    """Compare the list with every copy received from the issuer in the period, here or gone."""
    with act(actor, RECONCILE, at=at) as deed:
        name = rules.check_written(issuer, "发文单位", clause=CLAUSE)
        if until < since:
            raise Refusal("收文的起止日期颠倒", clause=CLAUSE, way_on="请改正日期")
        copies = list(_received(actor, name, since=since, until=until, at=at))
        verdicts = reconcile(listed, [_held(copy) for copy in copies])
        counts = Counter(verdict.finding.value for verdict in verdicts)
        number = numbered("核", "reconciliations", body=actor.body, at=at)
        request: Reconciliation = Reconciliation.objects.create(
            label=_label(actor, copies, basis=number, at=at),
            body=actor.body,
            number=number,
            asked_by=actor,
            asked_at=at,
            issuer=name,
            since=since,
            until=until,
            listed=len(listed),
            held=len(copies),
            **counts,
        )
        deed.subject = request
        labels = {copy.item_id: copy.label_id for copy in copies}
        lines = []
        for verdict in verdicts:
            theirs, ours = verdict.theirs, verdict.ours
            named = theirs or ours
            if named is not None:
                lines.append(
                    ReconciledCopy(
                        label_id=labels[ours.key] if ours else request.label_id,
                        reconciliation=request,
                        finding=verdict.finding.value,
                        row=theirs.row if theirs else None,
                        number=named.number,
                        copy_number=print_copy_number(named.copy),
                        item_id=ours.key if ours else None,
                        note=verdict.note[:120],
                    )
                )
        ReconciledCopy.objects.bulk_create(lines, batch_size=500)
        deed.note(**counts)
    return request


def _received(
    actor: Person, issuer: str, *, since: date, until: date, at: datetime
) -> QuerySet[Copy]:
    """Our copies of papers of this issuer; what was made here was never on their list."""
    found: QuerySet[Copy] = Copy.objects.visible_to(actor, at=at).filter(
        document__body=actor.body_id,
        document__issuer=issuer,
        document__received_at__date__range=(since, until),
        item__parent=None,
    )
    near = ("document", "item", "label", "label__body")
    return found.exclude(document__issue_number="").select_related(*near).order_by("item")


def _held(copy: Copy) -> Held:
    return Held(
        key=copy.item_id,
        number=copy.document.issue_number,
        copy=int(copy.copy_number),
        level=Level(copy.label.level).label,
    )


def _label(actor: Person, copies: Sequence[Copy], *, basis: str, at: datetime) -> Label:
    """Over everything that was compared; a list of which we hold nothing is for the registry alone."""
    if copies:
        items = [copy.item for copy in copies]
        return label_over(items, people=[actor], body=actor.body, basis=basis, at=at)
    principals = {post_principal(post, actor.body_id) for post in KNOWING}
    return label_for(
        level=Level.INTERNAL,
        body=actor.body,
        principals=principals | {person_principal(actor.pk)},
        basis=basis,
        on=day_of(at),
    )
