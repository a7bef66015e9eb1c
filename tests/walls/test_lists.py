"""Lists tell nothing across walls: not to who sits outside a list room, and nothing of one side's to the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goodoffices.record.seats import SEATS
from goodoffices.secretariat import lists, reconciling
from goodoffices.secretariat.desk import Desk
from goodoffices.secretariat.list_erasing import erase_person
from goodoffices.secretariat.reconciling import Chosen
from goodoffices.storage.models import Account
from goodoffices.web import randomness
from goodoffices.web.acting import desks
from goodoffices.web.lists import finding
from tests.listing import HELD, NEUTRAL, file, open_exchange, view
from tests.people import HOST, OUTSIDER, SIDE_A, SIDE_B, Round, person

pytestmark = pytest.mark.django_db
AIDE = person("aide of side a")  # sits in the exchange room and not in the list room
SOUGHT = HELD.replace("Неіснуючий".encode(), "Незнайдений".encode())
ACT = "7" * 32


@pytest.fixture(autouse=True)
def seeded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids that a page makes by chance are the same in both worlds."""
    monkeypatch.setattr(randomness, "source", bytes)


def opened() -> Round:
    talks = open_exchange()
    talks.do(SIDE_A, "exchange", "accredit-delegate", person=AIDE, delegation="side-a", name="An aide")
    return talks


def much(talks: Round, side: str) -> None:
    """All that is done with lists in one side's room, and by the intermediary alone."""
    who = {"a": SIDE_A, "b": SIDE_B}[side]
    file(talks, side)
    sought = file(talks, side, SOUGHT, "sought", "they-hold")
    talks.do(who, f"lists-{side}", "give-leave", list=sought, what="may-be-named", numbers="all")
    corrected = file(talks, side, HELD.replace(b"1985", b"1986"))
    row = lists.read(view(talks, side), corrected).rows[0].citation
    erase_person(talks.desk(who), talks.rooms[f"lists-{side}"], "e" * 32, corrected, row, "agreed")
    left = Chosen(talks.rooms[f"lists-{side}"], corrected)
    reconciling.match(talks.desk(NEUTRAL), talks.rooms["matching"], "d" * 32, left, None)
    talks.do(who, f"lists-{side}", "erase-list", list=sought, reason="agreed")


def everywhere(talks: Round, rooms: tuple[str, ...]) -> Iterator[str]:
    """Addresses of these rooms that lists could show in."""
    yield from ("/", f"/talks/{next(iter(talks.desk(HOST).rooms())).state[SEATS].talks}/", "/public/")
    for name in rooms:
        room = f"/rooms/{talks.rooms[name]}/"
        yield from (room, room + "lists/", room + "lists/file/", room + "checkpoint", room + "?q=held")
        for seq in (0, 1, 2, 3, 5, 99):
            yield from (f"{room}entries/{seq}/", f"{room}lists/{seq}/")
            yield from (f"{room}lists/{seq}/{rest}/" for rest in ("correct", "take-out", "erase", "leave"))


def asked(talks: Round, who: str, rooms: tuple[str, ...]) -> dict[str, bytes]:
    """What this person is told, byte for byte but for the masks of forms."""
    browser = Client()
    browser.force_login(Account.objects.get_or_create(person=who, defaults={"username": f"name-{who[:8]}"})[0])
    told = {f"GET {path}": _told(browser.get(path)) for path in everywhere(talks, rooms)}
    for name in rooms:
        room = f"/rooms/{talks.rooms[name]}/lists/"
        for seq in (2, 4):
            row = {"row": "r:" + "0" * 64, "q": "Вигаданий", "act": ACT}
            for rest in ("", "leave/", "erase-person/", "erase/", "take-out/", "correct/"):
                told[f"POST {room}{seq}/{rest}"] = _told(browser.post(f"{room}{seq}/{rest}", row))
    return told


def _told(answer: Any) -> bytes:
    body = b"".join(answer) if answer.streaming else answer.content
    return re.sub(rb'(name="csrfmiddlewaretoken" value=")[^"]*', rb"\1", body) + str(answer.status_code).encode()


def told(
    monkeypatch: pytest.MonkeyPatch, who: str, rooms: tuple[str, ...], happens: Callable[[Round], None]
) -> dict[str, bytes]:
    talks = opened()
    happens(talks)
    monkeypatch.setattr(desks, "open_office", lambda: talks.office)
    return asked(talks, who, rooms)


ALL = ("plenary", "exchange", "lists-a", "lists-b", "matching")


@pytest.mark.parametrize("who", [HOST, SIDE_B, AIDE, OUTSIDER])
def test_nothing_shows_outside_a_list_room(monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    quiet = told(monkeypatch, who, ALL, lambda _: None)
    busy = told(monkeypatch, who, ALL, lambda talks: much(talks, "a"))
    assert quiet == busy


def test_nothing_in_one_sides_list_room_depends_on_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a number, a key, a digest or the bytes of an export: side A files its list after or without side B's."""

    def alone(talks: Round) -> None:
        browser = Client()
        monkeypatch.setattr(desks, "open_office", lambda: talks.office)
        browser.force_login(Account.objects.get_or_create(person=SIDE_A, defaults={"username": "name-a"})[0])
        data = {"act": ACT, "code": "held", "holds": "we-hold", "file": "1"}
        where = f"/rooms/{talks.rooms['lists-a']}/lists/file/"
        answer = browser.post(where, data | {"list": SimpleUploadedFile("list.csv", HELD)})
        assert answer.status_code == 302
        exported.append(_told(browser.get(f"/rooms/{talks.rooms['lists-a']}/export.zip")))

    def after_much(talks: Round) -> None:
        much(talks, "b")
        alone(talks)

    exported: list[bytes] = []
    quiet = told(monkeypatch, SIDE_A, ALL, alone)
    busy = told(monkeypatch, SIDE_A, ALL, after_much)
    assert quiet == busy
    assert exported[0] == exported[1]
    assert len(exported[0]) > 2_000


def test_a_planted_leak_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of lists drawn from the intermediary's desk."""
    monkeypatch.setattr(finding, "desk", lambda _request: Desk(desks.office(), NEUTRAL))
    quiet = told(monkeypatch, SIDE_B, ALL, lambda _: None)
    busy = told(monkeypatch, SIDE_B, ALL, lambda talks: much(talks, "a"))
    assert any("/lists/" in address for address in quiet if quiet[address] != busy[address])


def test_a_leak_through_the_cabinet_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of keys in the one folder that holds those of both sides, shown on a page."""
    frame = finding.Here.frame

    def counted(self: finding.Here) -> dict[str, Any]:
        return frame(self) | {"neutral": f"N, with {len(list(desks.office().cabinet.ids()))} keys"}

    monkeypatch.setattr(finding.Here, "frame", counted)
    quiet = told(monkeypatch, SIDE_A, ("lists-a",), lambda _: None)
    busy = told(monkeypatch, SIDE_A, ("lists-a",), lambda talks: much(talks, "b"))
    assert quiet != busy
