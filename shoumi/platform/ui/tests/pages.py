"""Pages that go wrong in every way, to see what the person is shown."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template import engines
from django.urls import include, path

from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.access.acting import Hidden
from shoumi.platform.ui.charts import Bar

ACTED: list[str] = []
REFUSALS = {
    "denied": Denied("该事项由机要员办理", clause="documents.receive.who", way_on="请交机要员办理"),
    "stale": Stale("他人已修改", clause="access.stale"),
    "hidden": Hidden("没有这一项", clause="access.may_know"),
    "refused": Refusal("借阅不超过 15 天", clause="carriers.borrow.longest"),
    "unknown": Refusal("没有写明的条款", clause="nowhere.at_all"),
}
FAULTS = {
    "locked": OperationalError("database is locked"),
    "full": OperationalError("database or disk is full"),
    "fault": OperationalError("no such table: secret_things"),
    "crash": ValueError("机密标题"),
    "forbidden": PermissionDenied("机密标题"),
    "bad": SuspiciousOperation("机密标题"),
}


def refuse(request, kind):
    raise REFUSALS[kind]


@login_not_required
def fail(request, kind):
    raise FAULTS[kind]


class Note(forms.Form):
    text = forms.CharField(label="内容")


def once(request):
    form = Note(request.POST or None)
    if form.is_valid():
        ACTED.append(form.cleaned_data["text"])
        return redirect(f"/done/{len(ACTED)}/")
    page = '{% extends "base.html" %}{% load ui %}{% block content %}<form>{% render_form form %}</form>{% endblock %}'
    context = {"title": "登记", "form": form}
    status = 422 if form.is_bound else 200
    return HttpResponse(engines["django"].from_string(page).render(context, request), status=status)


def parts(request):
    page = """{% extends "base.html" %}{% load ui %}{% block content %}
    {% bar_chart "收文" bars %}{% number_card "逾期" 3 "/x/" "bad" %}
    {% number_card "无" 0 %}{% phrases "id_text" %}{% empty "暂无待办" "下一期限 2026-09-04" %}
    {% holder None %}{% level_badge 3 "机密★10年" %}{% endblock %}"""
    context = {"title": "部件", "page_level": 3}
    context["bars"] = [Bar("甲", 3, "/a/", 2), Bar("乙", 1)]
    context["crumbs"] = [("首页", "/"), ("部件", "")]
    return HttpResponse(engines["django"].from_string(page).render(context, request))


def result(request):
    return render(
        request, "result.html", {"title": "结果", "sentence": "已登记", "number": "3", "back": "/"}
    )


@login_not_required
def login(request):
    return render(request, "login_base.html")


urlpatterns = [
    path("refuse/<slug:kind>/", refuse),
    path("fail/<slug:kind>/", fail),
    path("once/", once),
    path("parts/", parts, name="parts"),
    path("result/", result),
    path("login/", login),
    path("", include("shoumi.platform.ui.urls")),
]
handler400 = "shoumi.platform.ui.errors.bad_request"
handler403 = "shoumi.platform.ui.errors.denied"
handler404 = "shoumi.platform.ui.errors.not_found"
handler500 = "shoumi.platform.ui.errors.server_error"
