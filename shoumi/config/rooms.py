"""Where rooms meet on one page: what a higher room does with, and shows of, a lower room's things.

Domains import downwards only, so a paper's page is completed here and nowhere else.
"""

from shoumi.domains.circulation.registers import READERS
from shoumi.domains.circulation.verbs import ASK_ESCORT, OPEN, WIDEN
from shoumi.domains.documents.registers import COPIES, RECEIVED
from shoumi.domains.handling.verbs import ON_A_COPY

RECEIVED.verbs = (OPEN, *RECEIVED.verbs, WIDEN, ASK_ESCORT)
RECEIVED.children = (*RECEIVED.children, (READERS, "circulation__document"))
COPIES.verbs = (*COPIES.verbs, *ON_A_COPY)
