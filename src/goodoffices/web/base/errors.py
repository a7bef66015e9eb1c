"""What is said when a request cannot be answered: plain words, and nothing about who asked."""

# ruff: noqa: ARG001 - Django calls these with the request and the reason, and they must not look at either

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def page(name: str) -> str:
    """An error page. It is drawn without the request, so nothing of it can depend on who looks."""
    return render_to_string(name)


def malformed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, TOO_LARGE):
        return too_large(request)
    return HttpResponse(page("400.html"), status=400)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(page("403.html"), status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse(page("403_csrf.html"), status=403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(page("404.html"), status=404)


def too_large(request: HttpRequest) -> HttpResponse:
    if request.headers.get("Accept") == "application/json":  # a page's module, which shows the sentence itself
        why = _("This is too large: a file may have up to 25 MiB. Nothing was written.")
        return JsonResponse({"fault": why}, status=413)
    return HttpResponse(page("413.html"), status=413)


def failed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(page("500.html"), status=500)
