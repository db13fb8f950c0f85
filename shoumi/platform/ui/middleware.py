"""Headers, refusals and repeated forms, in the one place where every response passes."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from shoumi.kernel.refusal import Refusal
from shoumi.platform.ui import errors, once

Respond = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), usb=(), serial=(),"
        " payment=(), clipboard-read=(), fullscreen=(self)"
    ),
    "Cache-Control": "no-store",
}


class HeadersMiddleware:
    """The same strict headers on every page made here; a page that says otherwise keeps its own."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if "Cache-Control" not in response.headers:
            # Also on pages that never looked at the session: a 404 must not tell why it is one.
            patch_vary_headers(response, ["Cookie"])
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class RefusalMiddleware:
    """A refusal that leaves a view becomes its page; a database that cannot write says so."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        is_fragment = request.method == "GET" and "HX-Request" in request.headers
        if is_fragment and isinstance(response, HttpResponseRedirect):
            # A log-in page must not be swapped into a table: let the whole window go there.
            return HttpResponse(status=204, headers={"HX-Redirect": response.url})
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refusal):
            return errors.refused(request, error)
        if errors.is_not_writable(error):
            return errors.not_writable(request)
        return None


class OnceMiddleware:
    """A form that was sent already shows its first result; see `ui.once`. After authentication."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if claimed := request.__dict__.pop("_claimed_form", None):
            # Only a redirect means that something was done; a form shown again may be sent again.
            target = response.url if isinstance(response, HttpResponseRedirect) else ""
            once.settle(claimed, target=target)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        token = request.POST.get(once.FIELD, "") if request.method == "POST" else ""
        person = getattr(request, "user", None)
        if not token or person is None or not person.is_authenticated:
            return None
        claimed = once.claim(person=person.pk, token=token, at=timezone.now())
        if claimed is not None:
            request.__dict__["_claimed_form"] = claimed
            return None
        if target := once.first_result(person=person.pk, token=token):
            return HttpResponseRedirect(target)
        return render(request, "409.html", status=409)
