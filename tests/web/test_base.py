"""The frame of every page: its headers, its errors, its stylesheet, and times."""

import re
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.contrib import messages
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.test import Client
from django.urls import include, path
from django.utils import timezone, translation
from pytest_django.fixtures import Settings

from goodoffices.storage.models import Account
from goodoffices.web import middleware
from goodoffices.web.base import errors
from goodoffices.web.base.templatetags.office import moment
from tests.people import OUTSIDER

WEB = Path(middleware.__file__).parent
STYLESHEET = WEB / "base/static/goodoffices/office.css"


def looks_first(request: HttpRequest) -> HttpResponse:
    """A page that has read and written the session before it finds that there is nothing to show."""
    request.session["looked"] = True
    messages.info(request, "something of another room")
    raise Http404("room 7 is not yours")


def fails_with(error: type[Exception]) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        raise error("a secret detail")

    return view


urlpatterns = [
    path("looks-first/", looks_first),
    path("malformed/", fails_with(SuspiciousOperation)),
    path("refused/", fails_with(PermissionDenied)),
    path("too-large/", fails_with(RequestDataTooBig)),
    path("breaks/", fails_with(ValueError)),
    path("page/", lambda request: render(request, "base.html"), name="my-talks"),
    path("", include("goodoffices.web.accounts.urls")),
]
handler400 = errors.malformed
handler403 = errors.refused
handler404 = errors.missing
handler500 = errors.failed

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False)


def raw(response: HttpResponse) -> tuple[int, dict[str, str], str, bytes]:
    return response.status_code, dict(response.items()), response.cookies.output(), response.content


def test_what_is_hidden_and_what_does_not_exist_are_the_same_bytes(browser: Client, settings: Settings) -> None:
    answers = [raw(browser.get(address)) for address in ("/looks-first/", "/nowhere/", "/account/x/", "/static/x.css")]
    assert answers == [answers[0]] * 4
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith("SameNotFound")]
    unguarded = Client()
    assert raw(unguarded.get("/looks-first/")) != raw(unguarded.get("/nowhere/"))  # the session's cookie would tell


def test_a_404_is_the_same_to_whoever_is_signed_in(browser: Client) -> None:
    before = raw(browser.get("/nowhere/"))
    browser.force_login(Account.objects.create_user("outsider", person=OUTSIDER))
    assert raw(browser.get("/nowhere/")) == before
    assert raw(browser.get("/looks-first/")) == before


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/malformed/", 400),
        ("/refused/", 403),
        ("/nowhere/", 404),
        ("/too-large/", 413),
        ("/breaks/", 500),
        ("/page/", 200),
        ("/sign-in/", 200),
        ("/account/", 302),
        ("/static/goodoffices/office.css", 200),
    ],
)
def test_every_answer_has_the_headers(browser: Client, address: str, status: int) -> None:
    response = browser.get(address)
    response.close()  # a file of ours comes as a stream
    assert response.status_code == status
    assert {name: response[name] for name in middleware.HEADERS} == middleware.HEADERS
    assert "ETag" not in response or address.startswith("/static/")
    assert address.startswith("/static/") or "no-store" in response["Cache-Control"]
    assert "secret detail" not in getattr(response, "content", b"").decode()


def test_the_policy_allows_only_this_site() -> None:
    assert middleware.CONTENT_POLICY == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


def test_https_is_insisted_on_wherever_it_is_served(browser: Client, settings: Settings) -> None:
    assert "Strict-Transport-Security" not in browser.get("/page/")
    settings.LOCAL = False
    assert browser.get("/page/")["Strict-Transport-Security"] == "max-age=31536000"


def test_a_body_that_is_too_large_is_refused_unread(browser: Client, settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    response = browser.post("/page/", {"words": "x" * 1001})
    assert (response.status_code, "too large" in response.content.decode()) == (413, True)


def test_a_forged_form_is_told_so() -> None:
    response = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "a", "password": "b"})
    assert (response.status_code, "This form could not be accepted" in response.content.decode()) == (403, True)


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "413", "429", "500"])
def test_error_pages_have_one_heading_and_landmarks(name: str) -> None:
    page = errors.page(f"{name}.html")
    found = {tag: len(re.findall(f"<{tag}[ >]", page)) for tag in ("h1", "main", "header", "footer", "title")}
    assert found == {"h1": 1, "main": 1, "header": 1, "footer": 1, "title": 1}


def test_a_right_to_left_language_turns_the_page() -> None:
    assert '<html lang="en" dir="ltr">' in render_to_string("404.html")
    with translation.override("ar"):
        assert '<html lang="ar" dir="rtl">' in render_to_string("404.html")


# Files


PHYSICAL = re.compile(
    r"(?<![-\w])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)"
    r"|left|right|top|bottom|width|height|(?:min|max)-(?:width|height))\s*:"
    r"|(?:text-align|float|clear):\s*(?:left|right)"
)


def without_queries(css: str) -> str:
    return re.sub(r"@media[^{]*", "", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


def test_the_stylesheet_knows_no_left_or_right() -> None:
    assert PHYSICAL.findall("a { margin-left: 0; } b { text-align: right; } c { top: 0 }") != []
    assert PHYSICAL.findall(without_queries(STYLESHEET.read_text())) == []


ELSEWHERE = re.compile(r"""(?:src|href|action|url|import|from|fetch)\s*[=(]?\s*["'(]*(?:https?:)?//[^\s"')]*""")
INLINE = re.compile(r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)


def ours(*endings: str) -> list[Path]:
    return sorted(file for file in WEB.rglob("*") if file.suffix in endings)


def test_no_page_loads_from_another_site() -> None:
    assert ELSEWHERE.findall('<script src="https://cdn.example/x.js">') != []
    files = ours(".html", ".css", ".js", ".svg")
    assert files != []
    assert {file.name: found for file in files if (found := ELSEWHERE.findall(file.read_text()))} == {}


def test_nothing_is_inline() -> None:
    assert INLINE.findall('<p onclick="x()"><script>x()</script>') != []
    assert {file.name: found for file in ours(".html") if (found := INLINE.findall(file.read_text()))} == {}


# Times


AT = "2025-05-16T21:30:00.000Z"


def test_a_moment_is_shown_in_the_viewers_zone() -> None:
    with timezone.override(ZoneInfo("Europe/London")):
        assert moment(AT) == '<time datetime="2025-05-16T21:30:00.000+00:00">16 May 2025, 22:30 UTC+1</time>'


def test_and_in_the_venues_when_that_reads_otherwise() -> None:
    with timezone.override(ZoneInfo("UTC")):
        assert "16 May 2025, 21:30 UTC · 17 May 2025, 00:30 UTC+3 at the venue<" in moment(AT, "Europe/Istanbul")
        assert "16 May 2025, 21:30 UTC<" in moment(AT, "Africa/Abidjan")
    with timezone.override(ZoneInfo("America/St_Johns")):
        assert "19:00 UTC\N{MINUS SIGN}2:30<" in moment(AT)


def test_what_is_no_moment_is_shown_as_it_is() -> None:
    assert moment("<2025-05") == "&lt;2025-05"


def test_the_account_says_which_zone(browser: Client) -> None:
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(timezone.get_current_timezone_name())
        return HttpResponse()

    answer = middleware.ViewersZone(view)
    request = HttpRequest()
    for zone in ("Asia/Tehran", ""):
        request.user = Account(zone=zone)
        answer(request)
    assert seen == ["Asia/Tehran", "UTC"]
    assert timezone.get_current_timezone_name() == "UTC"
