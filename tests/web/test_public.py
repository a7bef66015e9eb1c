"""What everybody may read: the public room and nothing else."""

import pytest
from django.test import Client

from tests.people import HOST, SIDE_A, Round
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db


def said(round_: Round) -> str:
    round_.do(HOST, "public", "record-statement", verb="announced", gist="We shall meet again.", setting="public")
    return f"/public/{round_.view(HOST, 'plenary').seats.talks}/"


def test_talks_are_listed_once_something_was_said_in_public(round_: Round) -> None:
    assert "Rehearsal" not in Client().get("/public/").content.decode()
    address = said(round_)
    assert address in Client().get("/public/").content.decode()


def test_the_page_is_drawn_from_the_public_room_alone(round_: Round) -> None:
    round_.do(HOST, "plenary", "tell-understanding", wording="Secret words", degree="signed")
    page = Client().get(said(round_)).content.decode()
    assert ("We shall meet again." in page, "Secret words" in page) == (True, False)


def test_it_is_the_same_for_whoever_looks_but_for_the_masthead(round_: Round, sign_in: SignIn) -> None:
    address = said(round_)

    def main(browser: Client) -> str:
        return browser.get(address).content.decode().split("<main", 1)[1]

    assert main(sign_in(SIDE_A)) == main(Client())


def test_the_public_room_is_open_to_everybody_and_nothing_can_be_done_in_it(round_: Round) -> None:
    said(round_)
    page = Client().get(f"/rooms/{round_.rooms['public']}/").content.decode()
    assert ("We shall meet again." in page, "What you may do here" in page) == (True, False)
