"""An exchange tells nothing to who does not sit in its room: the same pages, byte for byte, with it and without."""

from __future__ import annotations

import pytest
from django.test import Client

from goodoffices.secretariat.desk import Desk
from goodoffices.storage.models import Account
from goodoffices.storage.records import DatabaseStore
from goodoffices.web import randomness
from goodoffices.web.acting import desks
from goodoffices.web.sealing import listing
from tests.exchanging import GUARANTOR_1, ROOM, Exchanging, open_exchange
from tests.people import HOST, SIDE_A, SIDE_B, person

pytestmark = pytest.mark.django_db

AIDE = person("aide of side a")  # sits in the plenary and not in the room of the exchange


@pytest.fixture(autouse=True)
def seeded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids that a page makes by chance are the same in both worlds."""
    monkeypatch.setattr(randomness, "source", bytes)


def opened() -> Exchanging:
    talks = open_exchange(DatabaseStore("default"))
    talks.do(HOST, "plenary", "accredit-delegate", person=AIDE, delegation="side-a", name="An aide")
    return talks


def carry_through(talks: Exchanging) -> None:
    talks.make_ready()
    talks.propose()
    talks.agree()
    talks.seal(SIDE_A)
    talks.hold(HOST, "side-a")
    talks.seal(SIDE_B)
    talks.release(GUARANTOR_1)
    talks.release(HOST)
    talks.open(SIDE_A)
    talks.table(SIDE_A, "side-b")


def asked(talks: Exchanging, browser: Client) -> dict[str, bytes]:
    """What the aide is told: their own pages, and those of a room that is hidden from them."""
    hidden, plenary = talks.rooms[ROOM], talks.rooms["plenary"]
    seal = next(iter(talks.x.seals.values())).outer[2:] if exchanges(talks) else "0" * 64
    addresses = ["/", "/exchanges/", f"/talks/{talks.view(HOST, 'plenary').seats.talks}/", f"/rooms/{plenary}/"]
    addresses += [f"/rooms/{plenary}/exchange/{rest}" for rest in ("", "1/", "1/seal/", "1/exchange.json")]
    for number in (0, 1, 12):
        more = ("", "seal/", "hold/", "release/", "open/", "table/side-a/", "exchange.json", f"bytes/{seal}/")
        addresses += [f"/rooms/{hidden}/exchange/{number}/{rest}" for rest in more]
    return {a.replace(seal, "…"): _without_masks(browser.get(a)) for a in addresses}


def exchanges(talks: Exchanging) -> bool:
    return any(True for view in talks.desk(HOST).rooms() for _ in listing.of(view, listing.Words()))


def _without_masks(answer: object) -> bytes:
    content: bytes = getattr(answer, "content")  # noqa: B009  # a test response has it, its stub does not say so
    parts = content.split(b'name="csrfmiddlewaretoken" value="')
    return (
        b"".join([parts[0], *(part.split(b'"', 1)[1] for part in parts[1:])])
        + str(getattr(answer, "status_code", 0)).encode()
    )


def both(monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, bytes], dict[str, bytes]]:
    talks = opened()
    monkeypatch.setattr(desks, "open_office", lambda: talks.office)
    browser = Client()
    browser.force_login(Account.objects.create_user("aide", person=AIDE))
    quiet = asked(talks, browser)
    carry_through(talks)
    return quiet, asked(talks, browser)


def test_nothing_shows_outside_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet, busy = both(monkeypatch)
    assert quiet == busy


def test_a_planted_leak_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list drawn from somebody else's desk."""
    monkeypatch.setattr(listing, "desk", lambda _request: Desk(desks.office(), HOST))
    quiet, busy = both(monkeypatch)
    assert {address for address in quiet if quiet[address] != busy[address]} == {"/exchanges/"}
