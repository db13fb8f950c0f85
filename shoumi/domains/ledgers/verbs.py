"""What people do with a simple ledger: enter a row, set one right."""

from functools import partial

from shoumi.domains.ledgers import forms
from shoumi.domains.ledgers.services import entering
from shoumi.platform.registers.verb import Verb

ENTER = {
    key: Verb(
        entering.ENTER[key],
        partial(entering.enter, ledger),
        forms.ENTER[key],
        next="已入账，有对应职责的已随之办结。" if ledger.evidence else "已入账。",
    )
    for key, ledger in entering.LEDGERS.items()
}
CORRECT = {
    key: Verb(entering.CORRECT[key], entering.correct, forms.CORRECT[key])
    for key in entering.LEDGERS
}
