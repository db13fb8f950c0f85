"""Error pages (出错页): what a person may read when something does not go on. Never a traceback."""

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

from shoumi.kernel.refusal import Refusal

# What the two databases say when they cannot take a write just now; everything else is a fault.
NOT_WRITABLE = (
    "database is locked",
    "database or disk is full",
    "disk i/o error",
    "readonly database",
    "no space left",
    "could not extend file",
    "read-only transaction",
    "remaining connection slots",
    "connection refused",
    "server closed the connection",
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(render_to_string("400.html"), status=400)


@requires_csrf_token
def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 without a clause: Django itself said no."""
    return HttpResponse(render_to_string("403.html"), status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came without its token: log-in renewed in another window, or a foreign page."""
    return HttpResponse(render_to_string("403.html"), status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The very same bytes for what is hidden and for what never was."""
    return HttpResponse(render_to_string("404.html"), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of the program, or a database that could not write outside a view."""
    error = sys.exc_info()[1]
    if error is not None and is_not_writable(error):
        return not_writable(request)
    return HttpResponse(render_to_string("500.html"), status=500)


def not_writable(request: HttpRequest) -> HttpResponse:
    """Reading goes on; nothing of the form was kept."""
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "30"})


def is_not_writable(error: BaseException) -> bool:
    said = str(error).lower()
    return isinstance(error, OperationalError) and any(words in said for words in NOT_WRITABLE)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The sentence, its clause and the way on; a hidden thing gets the plain 404."""
    if refusal.status == 404:
        return not_found(request)
    return render(request, "refusal.html", {"refusal": refusal}, status=refusal.status)
