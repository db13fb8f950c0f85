"""机要交换: the runs and what they brought."""

from shoumi.domains.dispatch import verbs
from shoumi.domains.dispatch.models import ExchangeItem, ExchangeRun
from shoumi.domains.dispatch.registers.books import Books


class Brought(Books):
    """交换来件登记: every envelope a run brought, and who signed for it."""

    model = ExchangeItem
    slug = "dispatch-brought"
    title = "交换来件登记簿"
    columns = (
        "envelope",
        "run",
        "sender",
        "department",
        "state",
        "handed_by",
        "handed_to",
        "signed_at",
    )
    filters = ("state", "department", "signed_at")
    search = ("envelope", "sender", "run__number")
    verbs = verbs.ON_AN_ENVELOPE
    signatures = ("分送人", "核对人", "机要室负责人")


BROUGHT = Brought()


class Runs(Books):
    """机要交换登记: every run, counted both ways."""

    model = ExchangeRun
    slug = "dispatch-runs"
    title = "机要交换登记簿"
    columns = (
        "number",
        "run_at",
        "station",
        "outgoing",
        "incoming",
        "by",
        "companion",
        "station_clerk",
        "remark",
    )
    filters = ("run_at",)
    search = ("number", "station", "station_clerk")
    children = ((BROUGHT, "run"),)
    create = verbs.RUN
    signatures = ("交换人", "交换站签收人", "机要室负责人")


RUNS = Runs()
