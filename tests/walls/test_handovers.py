"""A handover tells nothing to who does not sit in its room: the same pages, byte for byte, with it and without."""

from __future__ import annotations

import json

import pytest
from django.http import HttpRequest
from django.test import Client

from goodoffices.secretariat.desk import Desk
from goodoffices.storage.models import Account
from goodoffices.storage.records import DatabaseStore
from goodoffices.web import randomness
from goodoffices.web.acting import desks
from goodoffices.web.handover import finding
from tests import handing_over as h
from tests.agreeing import ROOM, A
from tests.people import HOST, OBSERVER, SIDE_A, SIDE_B, Round, person

pytestmark = pytest.mark.django_db

AIDE = person("aide of side a")  # sits in the plenary and not in the exchange room
Answers = dict[str, tuple[int, bytes]]
SHOWN = ("", "1/", "1/bridge/", "1/statement.json", "2/", "2/ford/")


@pytest.fixture(autouse=True)
def seeded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids that a page makes by chance are the same in both worlds."""
    monkeypatch.setattr(randomness, "source", bytes)


def opened() -> Round:
    talks = h.planned(DatabaseStore("default"))
    talks.do(HOST, "plenary", "accredit-delegate", person=AIDE, delegation="side-a", name="An aide")
    return talks


def hand_over(talks: Round) -> None:
    """One stage observed, signed, opened again and signed anew; the other begun."""
    h.complete(talks)
    h.signed(talks)
    h.observe(talks, SIDE_B, A[2], "died")
    h.observe(talks, SIDE_B, A[2], "taken-back", corrects=f"{h.PHONE}/{len(h.course(talks).seen)}")
    h.signed(talks)
    h.observe(talks, OBSERVER, h.SECOND[0], "boarded", stage=2)


def asked(talks: Round, browser: Client) -> Answers:
    """What the aide is told: their own pages, and those of a handover that is hidden from them."""
    hidden, plenary = talks.rooms[ROOM], talks.rooms["plenary"]
    own = ["/", f"/talks/{talks.view(HOST, 'plenary').seats.talks}/", f"/rooms/{plenary}/"]
    pages = [f"/rooms/{room}/handover/{rest}" for room in (plenary, hidden) for rest in (*SHOWN, "9/", "observations/")]
    told = {address: _raw(browser.get(address)) for address in (*own, *pages)}
    one = {"act": "1" * 32, "plan": h.plan_ref(talks), "number": A[3], "what": "received"}
    told["POST point"] = _raw(browser.post(f"/rooms/{hidden}/handover/1/bridge/", one))
    told["POST stage"] = _raw(browser.post(f"/rooms/{hidden}/handover/1/", {"act": "2" * 32, "digest": "0" * 64}))
    sent = json.dumps({"who": AIDE, "observations": [one | {"device": "3" * 32, "counter": 1, "stage": 1}]})
    where = f"/rooms/{hidden}/handover/observations/"
    told["POST queue"] = _raw(browser.post(where, sent, content_type="application/json"))
    return told


def _raw(answer: object) -> tuple[int, bytes]:
    content: bytes = getattr(answer, "content")  # noqa: B009  # a test response has it, its stub does not say so
    parts = content.split(b'name="csrfmiddlewaretoken" value="')
    return getattr(answer, "status_code", 0), b"".join([parts[0], *(part.split(b'"', 1)[1] for part in parts[1:])])


def both(monkeypatch: pytest.MonkeyPatch) -> tuple[Answers, Answers]:
    talks = opened()
    monkeypatch.setattr(desks, "open_office", lambda: talks.office)
    browser = Client()
    browser.force_login(Account.objects.create_user("aide", person=AIDE))
    quiet = asked(talks, browser)
    hand_over(talks)
    return quiet, asked(talks, browser)


def test_nothing_shows_outside_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet, busy = both(monkeypatch)
    assert quiet == busy
    assert {status for address, (status, _) in quiet.items() if "handover" in address or "POST" in address} == {404}


def test_a_planted_leak_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A handover read from somebody else's desk."""

    def host(_: HttpRequest) -> Desk:
        return Desk(desks.office(), HOST)

    monkeypatch.setattr(finding, "desk", host)
    quiet, busy = both(monkeypatch)
    leaks = {address.partition("/handover/")[2] for address in quiet if quiet[address] != busy[address]}
    assert set(SHOWN) <= leaks


def test_what_is_owed_is_shown_in_the_room_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also to those who sit in it: no other page of theirs counts prisoners."""
    talks = opened()
    monkeypatch.setattr(desks, "open_office", lambda: talks.office)
    browser = Client()
    browser.force_login(Account.objects.create_user("side-a", person=SIDE_A))
    hand_over(talks)
    room, talks_id = talks.rooms[ROOM], talks.view(HOST, "plenary").seats.talks
    assert b"Still to be handed over" in browser.get(f"/rooms/{room}/handover/").content
    for address in (
        "/",
        f"/talks/{talks_id}/",
        f"/rooms/{talks.rooms['plenary']}/",
        "/public/",
        f"/public/{talks_id}/",
    ):
        page = browser.get(address).content
        assert not [word for word in (b"handed over", b"AAAAA", b"BBBBB", b"received:") if word in page]
