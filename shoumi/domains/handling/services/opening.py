"""Loans that an old ledger has open (期初入账): the borrower answers for the copy and has to bring it back."""

from datetime import datetime

from shoumi.domains.handling.models import Loan
from shoumi.domains.handling.services.borrowing import PAGE, RETURN
from shoumi.domains.handling.services.gathering import numbered
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.models import Duty
from shoumi.platform.obligations.services import raise_duty

PURPOSE, NOT_SAID = "旧台账所记借阅", "旧台账未记"


def enter_open_loan(
    item: Item, *, to: Person, since: datetime, due: datetime, days: int, by: Person, at: datetime
) -> tuple[Loan, Duty]:
    """A loan under way without its approval, inside the act of the batch; it ends the ordinary way."""
    loan: Loan = Loan.objects.create(
        label_id=item.label_id,
        body=by.body,
        number=numbered("借", "loans", body=by.body, at=at),
        asked_by=to,
        asked_at=since,
        item=item,
        purpose=PURPOSE,
        days=days,
        reading_place=NOT_SAID,
        state=Loan.State.LENT,
        lent_by=by,
        lent_at=since,
        due_at=due,
    )
    duty = raise_duty(
        kind=RETURN.key,
        clause="carriers.borrow.longest",
        text=f"归还 {item.name}",
        due=due,
        at=at,
        person=to,
        label=item.label,
        subject=loan,
        url_name=PAGE,
        url_pk=loan.pk,
        raised_by=by,
    )
    return loan, duty
