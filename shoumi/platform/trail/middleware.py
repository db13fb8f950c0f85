"""One memory for the length of one request, so that figures and the calendar cost one query a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from shoumi.platform.trail.memory import remembering


def asked_once(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        with remembering():
            return get_response(request)

    return middleware
