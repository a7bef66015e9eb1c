"""The page of a room's commitments: where each stands and why; and its wall."""

import re

import pytest

from tests.people import HOST, OUTSIDER, SIDE_A, SIDE_B, Round
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db


def made(round_: Round) -> None:
    fields = {"code": "lists", "by": "side-a", "to": ["side-b"], "what": "To hand over the lists.", "degree": "agreed"}
    round_.do(SIDE_A, "plenary", "make-commitment", **fields, terms="after both papers are opened")
    round_.do(HOST, "plenary", "report-happening", event="both-papers-are-opened", point="happened")


def test_each_stands_with_its_reasons_and_their_entries(round_: Round, sign_in: SignIn) -> None:
    made(round_)
    browser = sign_in(SIDE_B)
    where = f"/rooms/{round_.rooms['plenary']}/commitments/"
    assert where in browser.get(f"/rooms/{round_.rooms['plenary']}/").content.decode()
    page = browser.get(where).content.decode()
    assert re.findall(r'<li class="badge status-[a-z-]+">([^<]+)</li>', page) == ["binding"]
    newest = round_.view(SIDE_B, "plenary").size - 1
    (reason,) = re.findall(r"This has been reported: both papers are opened\.</span> <a href=\"([^\"]+)\"", page)
    assert reason == f"/rooms/{round_.rooms['plenary']}/entries/{newest}/"


def test_a_room_without_any_says_so_and_an_outsider_finds_nothing(round_: Round, sign_in: SignIn) -> None:
    where = f"/rooms/{round_.rooms['plenary']}/commitments/"
    assert "No commitment is on this room's record." in sign_in(SIDE_A).get(where).content.decode().replace(
        "&#x27;", "'"
    )
    made(round_)
    assert sign_in(OUTSIDER).get(where).status_code == 404
