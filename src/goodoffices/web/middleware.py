"""What holds for every answer: its headers, its size, one and the same 404, and the viewer's time zone.

No header depends on anything but the request and the page. Pages carry no ETag and are kept by no cache; feeds and
calendars carry one of the bytes that are seen.
"""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.utils import timezone

from goodoffices.storage.models import Account
from goodoffices.web.base import errors

Answer = Callable[[HttpRequest], HttpResponseBase]

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_OFF = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "payment", "usb")
PERMISSIONS = ", ".join(
    ("publickey-credentials-get=(self)", "publickey-credentials-create=(self)", *(f"{name}=()" for name in _OFF))
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Permissions-Policy": PERMISSIONS,
    # Addresses hold ids and tokens, and no other site learns them. Not no-referrer: forms would then be sent with
    # "Origin: null", which cannot be told from a forgery.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
ONE_YEAR = "max-age=31536000"


class Middleware:
    """Passes a request on, and the answer back; the others add to it."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.answer(request)


class Limits(Middleware):
    """Refuses a body that is too large before anything reads it."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.MAX_UPLOAD_BYTES:
            return errors.too_large(request)
        return self.answer(request)


class Headers(Middleware):
    """What a browser may do with a page: load from here only, be framed by nobody, tell nobody, keep nothing."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        for name, value in HEADERS.items():
            response[name] = value
        if not settings.LOCAL:
            response["Strict-Transport-Security"] = ONE_YEAR
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class SameNotFound(Middleware):
    """Every 404 is this one: no cookie, no header and no word of it tells what was looked at before it was refused."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        return not_found() if response.status_code == HttpResponseNotFound.status_code else response


def not_found() -> HttpResponse:
    page = HttpResponseNotFound(errors.page("404.html"))
    page["Content-Length"] = str(len(page.content))
    return page


class ViewersZone(Middleware):
    """Times are shown in the viewer's own zone, or UTC."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        zone = request.user.zone if isinstance(request.user, Account) else ""
        with timezone.override(ZoneInfo(zone or "UTC")):
            return self.answer(request)
