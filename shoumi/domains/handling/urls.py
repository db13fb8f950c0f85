"""Addresses of the room."""

from django.urls import URLPattern, include, path

from shoumi.domains.handling.registers import (
    ABSENCES,
    ARCHIVINGS,
    CARRYINGS,
    DESTRUCTIONS,
    ITEMS,
    LOANS,
    MISSING,
    MOVEMENTS,
    RECALLS,
    RECONCILED,
    RECONCILIATIONS,
    REPRODUCTIONS,
    SUCCESSIONS,
)
from shoumi.domains.handling.views import (
    account,
    counting,
    gathering,
    labels,
    papers,
    signing,
    statements,
)


def drawn(book: str, kind: str) -> URLPattern:
    """The page of a list stands where the book's own form for a new row would stand."""
    verb = gathering.DRAWINGS[kind].verb
    return path(f"{book}/new/{verb.slug}/", gathering.draw, {"kind": kind})


urlpatterns = [
    path("mine/", signing.mine, name="handling-mine"),
    path("back/", signing.back, name="handling-back"),
    path("batches/<row:pk>/", signing.batch, name="handling-batch"),
    path("registry/", account.registry, name="handling-registry"),
    path("stages/", account.stages, name="handling-stages"),
    path("ready/", account.ready, name="handling-ready"),
    path("labels/", labels.choose, name="handling-labels"),
    path("labels/print/", labels.sheet, name="handling-label-sheet"),
    path("scan/", account.lookup, name="handling-scan"),
    path("statements/", statements.page, name="statements"),
    path("statements/print/", statements.sheet, name="statements-sheet"),
    path("statements/export/", statements.export, name="statements-export"),
    path("stocktakes/", counting.index, name="stocktakes"),
    path("stocktakes/<row:pk>/", counting.detail, name="stocktakes-detail"),
    path("stocktakes/<row:pk>/scan/", counting.note, name="stocktakes-scan"),
    path("stocktakes/<row:pk>/close/", counting.close, name="stocktakes-close"),
    path("stocktakes/<row:pk>/settle/", counting.settle, name="stocktakes-settle"),
    path("stocktakes/<row:pk>/report/", counting.report, name="stocktakes-report"),
    path("items/", include(ITEMS.urls)),
    path("movements/", include(MOVEMENTS.urls)),
    path("missing/", include(MISSING.urls)),
    path("loans/", include(LOANS.urls)),
    path("absences/", include(ABSENCES.urls)),
    path("copies/", include(REPRODUCTIONS.urls)),
    drawn("carryings", "carry"),
    path("carryings/", include(CARRYINGS.urls)),
    path("successions/<row:pk>/sign/", signing.succession, name="handling-successions-sign"),
    path("successions/<row:pk>/list/", papers.succession, name="handling-successions-paper"),
    drawn("successions", "handover"),
    path("successions/", include(SUCCESSIONS.urls)),
    path("recalls/<row:pk>/list/", papers.recall, name="handling-recalls-paper"),
    drawn("recalls", "recall"),
    path("recalls/", include(RECALLS.urls)),
    path(
        "reconciliations/<row:pk>/list/",
        papers.reconciliation,
        name="handling-reconciliations-paper",
    ),
    path("reconciliations/", include(RECONCILIATIONS.urls)),
    path("reconciled/", include(RECONCILED.urls)),
    path("archivings/<row:pk>/list/", papers.archiving, name="handling-archivings-paper"),
    drawn("archivings", "archive"),
    path("archivings/", include(ARCHIVINGS.urls)),
    path("destructions/<row:pk>/list/", papers.destruction, name="handling-destructions-paper"),
    path(
        "destructions/<row:pk>/certificate/",
        papers.certificate,
        name="handling-destructions-certificate",
    ),
    drawn("destructions", "destroy"),
    path("destructions/", include(DESTRUCTIONS.urls)),
]
