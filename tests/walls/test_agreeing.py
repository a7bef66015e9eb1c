"""Who goes and on which plan tells nothing to who does not sit in the exchange room: the same pages, byte for byte."""

from __future__ import annotations

import pytest
from django.http import HttpRequest
from django.test import Client

from goodoffices.secretariat.desk import Desk
from goodoffices.storage.models import Account
from goodoffices.storage.records import DatabaseStore
from goodoffices.web import randomness
from goodoffices.web.acting import desks
from goodoffices.web.prisoners import finding
from tests import agreeing as a
from tests.agreeing import ROOM, A, B
from tests.people import HOST, OBSERVER, SIDE_A, SIDE_B, Round, person

pytestmark = pytest.mark.django_db

AIDE = person("aide of side a")  # sits in the plenary and not in the exchange room
Answers = dict[str, tuple[int, bytes]]
STEPS = {
    "persons/": {"do": "refuse-person", "number": A[2]},
    "draw/": {"number_side-a": "1", "number_side-b": "1"},
    "plan/": {"title": "Exercise"},
}


@pytest.fixture(autouse=True)
def seeded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids that a page makes by chance are the same in both worlds."""
    monkeypatch.setattr(randomness, "source", bytes)


def opened() -> Round:
    talks = a.accepted(DatabaseStore("default"))
    talks.do(HOST, "plenary", "accredit-delegate", person=AIDE, delegation="side-a", name="An aide")
    return talks


def agree(talks: Round) -> None:
    """People named, one refused, one who does not wish to go, a list confirmed, and a plan accepted."""
    a.name(talks, SIDE_A, A, "side-a")
    a.name(talks, SIDE_B, B, "side-b")
    talks.do(SIDE_B, ROOM, "refuse-person", number=A[7], reason="Not one of ours")
    talks.do(OBSERVER, ROOM, "record-wish", number=B[7], wish="not-to-be-returned")
    a.confirmed(a.drawn(talks))
    talks.do(SIDE_A, ROOM, "propose-plan", **a.plan(talks))
    for who in (SIDE_A, SIDE_B):
        talks.do(who, ROOM, "accept-plan", plan=a.newest(talks, "plan-proposed").ref)


def asked(talks: Round, browser: Client) -> Answers:
    """What the aide is told: their own pages, and those of an exchange that is hidden from them."""
    hidden, plenary = talks.rooms[ROOM], talks.rooms["plenary"]
    own = ["/", f"/talks/{talks.view(HOST, 'plenary').seats.talks}/", f"/rooms/{plenary}/"]
    shown = ["", *STEPS]
    for seq in range(6, 22):
        shown += [f"lists/{seq}/", f"lists/{seq}/agreed.csv", f"plans/{seq}/", f"plans/{seq}/manifests/uk/"]
        shown += [f"plans/{seq}/{name}" for name in ("plan.csv", "instance.yaml")]
    pages = [f"/rooms/{room}/prisoners/{rest}" for room in (plenary, hidden) for rest in shown]
    told = {address: _raw(browser.get(address)) for address in (*own, *pages)}
    for rest, given in STEPS.items():
        told[f"POST {rest}"] = _raw(browser.post(f"/rooms/{hidden}/prisoners/{rest}", given | {"act": "1" * 32}))
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
    agree(talks)
    return quiet, asked(talks, browser)


def test_nothing_shows_outside_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet, busy = both(monkeypatch)
    assert quiet == busy
    hidden = {status for address, (status, _) in quiet.items() if "/prisoners/" in address or "POST" in address}
    assert hidden <= {200, 404}


def test_a_planted_leak_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exchange read from somebody else's desk."""

    def host(_: HttpRequest) -> Desk:
        return Desk(desks.office(), HOST)

    monkeypatch.setattr(finding, "desk", host)
    quiet, busy = both(monkeypatch)
    leaks = {address.partition("/prisoners/")[2] for address in quiet if quiet[address] != busy[address]}
    assert {"", "persons/"} <= leaks
    assert any(rest.startswith("lists/") for rest in leaks)
    assert any(rest.startswith("plans/") for rest in leaks)


def test_numbers_and_names_stand_on_no_other_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also for those who sit in the room: what is public, the plenary and the talks say nothing of it."""
    talks = opened()
    monkeypatch.setattr(desks, "open_office", lambda: talks.office)
    agree(talks)
    browser = Client()
    browser.force_login(Account.objects.create_user("side-a", person=SIDE_A))
    talks_id = talks.view(HOST, "plenary").seats.talks
    assert "Коваленко" in browser.get(f"/rooms/{talks.rooms[ROOM]}/prisoners/persons/").content.decode()
    for address in (
        "/",
        f"/talks/{talks_id}/",
        f"/rooms/{talks.rooms['plenary']}/",
        "/public/",
        f"/public/{talks_id}/",
    ):
        page = browser.get(address).content.decode()
        assert not [word for word in ("AAAAA", "BBBBB", "Коваленко", "Иванов") if word in page]
