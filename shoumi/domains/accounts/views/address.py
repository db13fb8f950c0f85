"""Where a request comes from: the peer, or what a listed proxy says of it."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The nearest address that is no listed proxy; what clients write into headers themselves is not read."""
    proxies = set(getattr(settings, "TRUSTED_PROXIES", ()))
    found = str(request.META.get("REMOTE_ADDR", ""))
    said = [x.strip() for x in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if x.strip()]
    while found in proxies and said:
        found = said.pop()
    return found[:45]
