"""What the secretariat refuses, as pages; and every header on every page."""

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from goodoffices.secretariat.desk import NotFound
from goodoffices.secretariat.office import RoomBehind
from goodoffices.talks.scene import Refusal
from goodoffices.web.middleware import HEADERS
from tests.people import HOST, OUTSIDER, Round
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db


def nothing(request: HttpRequest) -> HttpResponse:
    raise NotFound


def behind(request: HttpRequest) -> HttpResponse:
    raise RoomBehind("The database does not hold what room 7 held.")


def refused(request: HttpRequest) -> HttpResponse:
    raise Refusal("The meeting is <not> open.")


def echo(request: HttpRequest) -> HttpResponse:
    return HttpResponse("read")


urlpatterns = [
    path("nothing/", nothing),
    path("behind/", behind),
    path("refused/", refused),
    path("echo/", echo),
    path("", include("goodoffices.web.urls")),
]
handler400 = "goodoffices.web.base.errors.malformed"
handler404 = "goodoffices.web.base.errors.missing"
walls = pytest.mark.urls(__name__)


@walls
def test_what_one_may_not_see_is_what_does_not_exist(client: Client) -> None:
    hidden, absent = client.get("/nothing/"), client.get("/no/such/address/")
    assert (hidden.status_code, dict(hidden.items()), hidden.content) == (404, dict(absent.items()), absent.content)


@walls
@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/behind/", 503, "The database does not hold what room 7 held."),
        ("/refused/", 422, "The meeting is &lt;not&gt; open."),
    ],
)
def test_a_refusal_says_why(client: Client, address: str, status: int, said: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, said in answer.content.decode()) == (status, True)


@walls
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"words=%ff%fe", "application/x-www-form-urlencoded"),
        (b"words=\xff", "application/x-www-form-urlencoded"),
        (b"w%E4=a", "application/x-www-form-urlencoded"),
        (b"words=a", "application/x-www-form-urlencoded; charset=latin-1"),
        (
            b'--b\r\nContent-Disposition: form-data; name="words"\r\n\r\n\xff\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
        ),
    ],
)
def test_what_is_not_utf_8_is_refused(client: Client, body: bytes, kind: str) -> None:
    answer = client.post("/echo/", body, content_type=kind)
    assert answer.status_code == 400
    assert "Nothing was written" in answer.content.decode()


@walls
def test_what_is_utf_8_is_read(client: Client) -> None:
    assert client.post("/echo/", {"words": "Nováková\r\n你好"}).content == b"read"


@pytest.mark.parametrize("wrong", ["0" * 32, "0" * 31, "Z" * 32, "..%2f", "%00", "%ff"])
def test_ids_of_any_shape_lead_to_the_same_answer(round_: Round, sign_in: SignIn, wrong: str) -> None:
    browser = sign_in(OUTSIDER)
    hidden = browser.get(f"/rooms/{round_.rooms['plenary']}/")
    answer = browser.get(f"/rooms/{wrong}/")
    assert (answer.status_code, dict(answer.items()), answer.content) == (404, dict(hidden.items()), hidden.content)


def test_every_page_has_every_header(round_: Round, sign_in: SignIn) -> None:
    browser = sign_in(HOST)
    for address in (
        "/",
        "/account/",
        f"/rooms/{round_.rooms['plenary']}/",
        "/sign-in/",
        "/no/such/page/",
        "/invitations/",
    ):
        given = dict(browser.get(address).items())
        assert {name: given.get(name) for name in HEADERS} == HEADERS, address
        assert given["Cache-Control"].find("no-store") >= 0, address


def test_no_page_of_ours_holds_a_script_or_a_style_of_its_own(round_: Round, sign_in: SignIn) -> None:
    browser = sign_in(HOST)
    room = round_.rooms["plenary"]
    for address in (
        "/",
        "/account/",
        f"/rooms/{room}/",
        f"/invitations/new/{room}/",
        "/account/passkeys/add/",
        "/account/app/",
    ):
        page = browser.get(address).content.decode()
        assert page.count("<h1") == 1, address
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\son[a-z]+=|javascript:", page), address
