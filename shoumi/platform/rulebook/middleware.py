"""Keeps a body's overrides for the length of one request, so that figures cost one query a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from shoumi.platform.rulebook.figures import remembering_overrides


def overrides_once(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        with remembering_overrides():
            return get_response(request)

    return middleware
