"""The small pages of the frame itself: type size, staying logged in, reports of the browser."""

import json
import logging

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import RawPostDataException
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

TYPE_COOKIE = "type"
TYPES = {"large": "大字版", "care": "关怀版"}

log = logging.getLogger("shoumi.csp")


@login_not_required
@require_GET
def type_size(request: HttpRequest, size: str) -> HttpResponse:
    """Choose 标准, 大字版 or 关怀版 and go back to where one was."""
    if size != "normal" and size not in TYPES:
        raise Http404
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    year = 365 * 24 * 3600
    response.set_cookie(
        TYPE_COOKIE,
        "" if size == "normal" else size,
        max_age=year,
        httponly=True,
        secure=request.is_secure(),
        samesite="Strict",
    )
    return response


@require_GET
def stay(request: HttpRequest) -> HttpResponse:
    """「继续」 in the idle warning: an ordinary request by the person, so the clock starts anew."""
    return HttpResponse(status=204)


@login_not_required
@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """A page broke the content policy: note which directive and what, never where or by whom."""
    try:
        report = dict(json.loads(request.body[:4096])["csp-report"])
    except (ValueError, KeyError, TypeError, RawPostDataException):
        report = {}
    named = (str(report.get(k, ""))[:120] for k in ("effective-directive", "blocked-uri"))
    log.warning("content policy violated: %s", " ".join(named))
    return HttpResponse(status=204)
