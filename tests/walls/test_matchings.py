"""What is matched and judged tells nothing to who does not sit in the intermediary's own room, until something is told.

Both worlds have the same lists filed and the same leave given; in one the intermediary's people match them, judge every
pair and row, change their minds, and tell the other side a result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from goodoffices.record.seats import SEATS
from goodoffices.secretariat.desk import Desk
from goodoffices.storage.models import Account
from goodoffices.web import randomness
from goodoffices.web.acting import desks
from goodoffices.web.reconciling import finding
from tests.listing import NEUTRAL, NEUTRAL_SECOND
from tests.people import HOST, OUTSIDER, SIDE_A, SIDE_B, Round, person
from tests.reconciling import chosen, judge, match, open_matching

pytestmark = pytest.mark.django_db
AIDE = person("aide of side a")  # sits in the exchange room and not in the list room
ACT = "7" * 32
ROOMS = ("plenary", "public", "exchange", "lists-a", "lists-b", "caucus-a", "matching")
PAGES = (
    "", "1/", "1/pairs/", "1/pairs/?show=all", "1/pairs/0/", "1/pairs/2/", "1/pairs/next/", "1/certain/", "1/rows/",
    "1/outcomes/", "1/outcomes/?show=held-and-not-claimed", "1/tell/", "1/tell/?side=right", "1/name/", "9/",
)  # fmt: skip
POSTS = {
    "1/judge/": {"left": "3", "right": "3"},
    "1/look/": {"side": "left", "look": "4"},
    "1/certain/": {"pair": "1/1", "looked": "yes", "reason": "x"},
    "1/rows/": {"side": "left", "number": "4", "looked": "yes", "reason": "x"},
    "1/tell/": {"side": "left", "row": "1/1"},
    "1/name/": {"row": "1/1"},
}


@pytest.fixture(autouse=True)
def seeded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids that a page makes by chance are the same in both worlds."""
    monkeypatch.setattr(randomness, "source", bytes)


def opened() -> Round:
    talks = open_matching()
    talks.do(SIDE_A, "exchange", "accredit-delegate", person=AIDE, delegation="side-a", name="An aide")
    for who, side, what in ((SIDE_A, "a", "holding-may-be-told"), (SIDE_B, "b", "claim-may-be-told")):
        talks.do(who, f"lists-{side}", "give-leave", list=chosen(talks, side).list, what=what, numbers="all")
    return talks


def much(talks: Round) -> None:
    """All that is done in the matching room, short of telling."""
    run = match(talks)
    for n in "12":
        judge(talks, NEUTRAL, run, n, n)
    judge(talks, NEUTRAL, run, "3", "3", "same")
    judge(talks, NEUTRAL_SECOND, run, "3", "3", "different")
    for side, numbers in (("left", ["4", "5"]), ("right", ["4"])):
        raw = {"side": side, "numbers": numbers, "verdict": "alone", "looked": True, "reason": "Looked for."}
        talks.do(NEUTRAL, "matching", "judge-rows", run=run.ref, **raw)
    talks.do(NEUTRAL, "matching", "correct-entry", entry=talks.last(NEUTRAL, "matching"), says="Not looked for yet.")
    match(talks, right=None)
    talks.do(NEUTRAL, "matching", "erase-particulars", entry=match(talks).ref, reason="agreed")


def and_told_to(side: str) -> Callable[[Round], None]:
    """As ``much``, and one side is told a result."""

    def happens(talks: Round) -> None:
        much(talks)
        run = next(iter(talks.view(NEUTRAL, "matching").state[finding.MATCHED].runs.values()))
        row = {"left": "1", "right": "1"}
        talks.do(NEUTRAL, "matching", "release-results", run=run.ref, to=side, rows=[row], words="So far.")

    return happens


def addresses(talks: Round) -> Iterator[str]:
    yield from ("/", "/public/", f"/talks/{talks.view(HOST, 'plenary').state[SEATS].talks}/")
    for name in ROOMS:
        room = f"/rooms/{talks.rooms[name]}/"
        yield from (room, room + "checkpoint", room + "?q=held", room + "export.zip", room + "lists/")
        yield from (room + "matching/" + page for page in PAGES)
        yield from (f"{room}entries/{seq}/" for seq in (0, 1, 2, 3, 5, 99))
        yield from (f"{room}lists/{seq}/" for seq in (2, 3))


def told(monkeypatch: pytest.MonkeyPatch, who: str, happens: Callable[[Round], None]) -> dict[str, bytes]:
    """What this person is told, byte for byte but for the masks of forms."""
    talks = opened()
    happens(talks)
    monkeypatch.setattr(desks, "open_office", lambda: talks.office)
    browser = Client()
    browser.force_login(Account.objects.get_or_create(person=who, defaults={"username": f"name-{who[:8]}"})[0])
    found = {f"GET {path}": _told(browser.get(path)) for path in addresses(talks)}
    for name in ROOMS:
        for page, data in POSTS.items():
            path = f"/rooms/{talks.rooms[name]}/matching/{page}"
            found[f"POST {path}"] = _told(browser.post(path, {"act": ACT, **data}))
    return found


def _told(answer: Any) -> bytes:
    body = b"".join(answer) if answer.streaming else answer.content
    return re.sub(rb'(name="csrfmiddlewaretoken" value=")[^"]*', rb"\1", body) + str(answer.status_code).encode()


def nothing(_: Round) -> None:
    """Nothing is matched."""


@pytest.mark.parametrize("who", [SIDE_A, SIDE_B, HOST, AIDE, OUTSIDER])
def test_nothing_shows_of_what_is_matched_and_judged(monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    assert told(monkeypatch, who, nothing) == told(monkeypatch, who, much)


@pytest.mark.parametrize(
    ("who", "side"), [(SIDE_A, "right"), (SIDE_B, "left"), (HOST, "left"), (AIDE, "left"), (OUTSIDER, "right")]
)
def test_what_one_side_is_told_shows_to_nobody_else(monkeypatch: pytest.MonkeyPatch, who: str, side: str) -> None:
    assert told(monkeypatch, who, nothing) == told(monkeypatch, who, and_told_to(side))


def test_what_a_side_is_told_shows_in_its_own_list_room_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison can tell: a result is seen, in that room, on the pages that list rooms, and nowhere else."""
    quiet, busy = told(monkeypatch, SIDE_A, nothing), told(monkeypatch, SIDE_A, and_told_to("left"))
    room = f"/rooms/{opened().rooms['lists-a']}/"
    differs = {address for address in quiet if quiet[address] != busy[address]}
    assert f"GET {room}" in differs
    assert {address for address in differs if room not in address} <= {
        a for a in quiet if re.match("GET /(talks/.*)?$", a)
    }


def test_a_planted_leak_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages of a matching drawn from the intermediary's desk."""
    monkeypatch.setattr(finding, "desk", lambda _request: Desk(desks.office(), NEUTRAL))
    quiet, busy = told(monkeypatch, SIDE_A, nothing), told(monkeypatch, SIDE_A, much)
    assert any("/matching/1/outcomes/" in address for address in quiet if quiet[address] != busy[address])
