"""Log-in, log-out, one's own password and reminder."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth import login as enter
from django.contrib.auth import logout as leave
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shoumi.domains.accounts import selectors, services
from shoumi.domains.accounts.forms import LoginForm, PasswordForm, PledgeForm
from shoumi.domains.accounts.rules.passwords import days_left, expires_at
from shoumi.domains.accounts.services.login import opened
from shoumi.domains.accounts.services.passwords import reminder
from shoumi.domains.accounts.views.address import address_of
from shoumi.domains.accounts.views.middleware import SEEN, SINCE, first_step
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.models import ClearanceRecord
from shoumi.platform.access.subjects import appointments_of, day_of
from shoumi.platform.rulebook.posts import label_of
from shoumi.platform.ui.context import person_of
from shoumi.platform.ui.forms import refuse
from shoumi.platform.ui.templatetags.ui import moment

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """The one page for those who are not known yet."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(target)
    form = LoginForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        at, address = timezone.now(), address_of(request)
        try:
            welcome = services.log_in(**form.cleaned_data, address=address, at=at)
        except services.LoginRefused as refusal:
            refuse(form, refusal)
        else:
            _come_in(request, welcome, address=address, at=at)
            return redirect(target)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/login.html", {"form": form, "next": target}, status=status)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Leave by a button, never by a link; the browser forgets what it kept."""
    services.log_out(
        actor=person_of(request), session=request.session.session_key or "", at=timezone.now()
    )
    leave(request)
    response = redirect("accounts-login")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; the first time and when it has run out nothing else opens."""
    at, person = timezone.now(), person_of(request)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.change_password(actor=person, old=given["old"], new=given["new"], at=at)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            update_session_auth_hash(request, person)
            key, address = request.session.session_key or "", address_of(request)
            opened(person, session=key, address=address, at=at)
            messages.success(request, "口令已更改，其他地方的登录已中断。")
            return redirect(first_step(person, at=at) or "/")
    policy = selectors.policy_on(day_of(at), body=person.body)
    context = {
        "title": "更改口令",
        "form": form,
        "policy": policy,
        "must": bool(first_step(person, at=at)),
        "is_first": person.must_change_password,
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/password.html", context, status=status)


@require_http_methods(["GET", "POST"])
def pledge(request: HttpRequest) -> HttpResponse:
    """Read and sign the reminder (保密提醒)."""
    at, person = timezone.now(), person_of(request)
    form = PledgeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.pledge(actor=person, at=at)
        messages.success(request, "已签署保密提醒。")
        return redirect("/")
    heading, *lines = reminder().strip().split("\n")
    context = {"title": heading, "lines": lines, "form": form, "signed": person.reminder_signed_at}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/pledge.html", context, status=status)


def mine(request: HttpRequest) -> HttpResponse:
    """My account: password, posts, clearance and when each of them ends."""
    at, person = timezone.now(), person_of(request)
    policy = selectors.policy_on(day_of(at), body=person.body)
    record = ClearanceRecord.objects.filter(person=person).order_by("-since", "-id").first()
    context = {
        "title": "我的账号",
        "posts": [(label_of(a.post), a) for a in appointments_of(person, at)],
        "clearance": record,
        "is_valid": record is not None and record.is_valid(day_of(at)),
        "password_ends": expires_at(person.password_changed_at, policy=policy),
    }
    return render(request, "accounts/mine.html", context)


def _come_in(
    request: HttpRequest, welcome: services.Welcome, *, address: str, at: datetime
) -> None:
    """A new session key, the clock of the session, and what the person is told about the last time."""
    person = welcome.person
    enter(request, person, backend=BACKEND)
    request.session[SINCE] = request.session[SEEN] = int(at.timestamp())
    opened(person, session=request.session.session_key or "", address=address, at=at)
    if welcome.last_at is not None:
        said = f"上次登录：{moment(welcome.last_at)}，地址 {welcome.last_from}。"
        if welcome.failures:
            messages.warning(request, f"{said}其间登录失败 {welcome.failures} 次。")
        else:
            messages.info(request, said)
    elif welcome.failures:
        messages.warning(request, f"此前登录失败 {welcome.failures} 次。")
    if welcome.elsewhere:
        messages.warning(
            request,
            f"本账号原在 {welcome.elsewhere} 登录，已中断；不是本人的，请立即改口令并告知安全审计员。",
        )
    policy = selectors.policy_on(day_of(at), body=person.body)
    left = days_left(person.password_changed_at, policy=policy, at=at)
    if left:
        messages.warning(request, f"口令还有 {left} 天到期，请及时更改。")
