"""How often a page asks the database: as often for a long record as for a short one.

What grows: every page of a talks with the number of the viewer's rooms in it (a reading of words each); my talks with
the number of their rooms and of what awaits them; the public list with the number of public rooms.
"""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goodoffices.secretariat.kept import Kept
from tests.people import HOST, SIDE_A, Round
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db


def fill(round_: Round, size: int) -> None:
    while round_.view(HOST, "plenary").size < size:
        round_.do(HOST, "plenary", "note-event", what="call", words="A call.")


def counted(browser: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(where).status_code == 200
    return len(queries)


def room(rest: str = "") -> Callable[[Round], str]:
    return lambda round_: f"/rooms/{round_.rooms['plenary']}/{rest}"


def talks(round_: Round) -> str:
    return f"/talks/{round_.view(HOST, 'plenary').seats.talks}/"


PAGES: dict[str, tuple[Callable[[Round], str], tuple[int, int]]] = {
    "my talks": (lambda _: "/", (9, 9)),
    "talks": (talks, (8, 8)),
    "room": (room(), (15, 15)),
    "older entries": (room("?before=55"), (15, 15)),
    "search": (room("?q=call"), (15, 16)),  # words are read by 500, and at most 5,000 entries are looked through
    "form": (room("do/note-event/"), (8, 8)),
    "entry": (room("entries/3/"), (16, 18)),  # a proof has a hash for each doubling of the record
    "checkpoint": (room("checkpoint"), (3, 3)),
}


def test_a_long_record_costs_no_more_queries(round_: Round, sign_in: SignIn) -> None:
    browser = sign_in(SIDE_A)
    found: list[dict[str, int]] = []
    cold: list[int] = []
    for size in (60, 600):
        fill(round_, size)
        for address, _ in PAGES.values():
            counted(browser, address(round_))  # the state of the room is in memory from now on
        found.append({name: counted(browser, address(round_)) for name, (address, _) in PAGES.items()})
        round_.office.kept = Kept()
        cold.append(counted(browser, room()(round_)) - found[-1]["room"])
    assert found == [{name: pinned[n] for name, (_, pinned) in PAGES.items()} for n in (0, 1)]
    assert cold == [6, 6]  # a projection and the entries after it, of the plenary, the caucus and the public room
