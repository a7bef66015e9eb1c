"""An exchange room for tests: two sides, an observer who is the intermediary, and persons named by number.

``NUMBERS`` of side A begin with A, of side B with B; whoever ends in 2 is severely wounded, in 3 a minor.
"""

from __future__ import annotations

from typing import Any

from goodoffices.prisoners import rosters
from goodoffices.prisoners.rosters import Roster, Row
from goodoffices.record.store import Store
from goodoffices.secretariat.locked import lock, place
from tests.people import HOST, OBSERVER, SIDE_A, SIDE_B, Round, add_room, open_round

ROOM = "exchange"
A = tuple(f"AAAAA{n}" for n in range(2, 10))
B = tuple(f"BBBBB{n}" for n in range(2, 10))
CATEGORIES = {"2": ["severely-wounded"], "3": ["minor"]}


def opened(store: Store | None = None, talks: Round | None = None) -> Round:
    """The exchange room; nobody is named yet, and nobody accepted as intermediary."""
    talks = talks or open_round(store)
    guest = {"code": "observer", "role": "third-party", "name": "An observer"}
    add_room(talks, HOST, "plenary", kind="format", name=ROOM, members=["side-a", "side-b"], guests=[guest])
    talks.do(HOST, ROOM, "accredit-delegate", person=OBSERVER, delegation="observer")
    return talks


def accepted(store: Store | None = None, talks: Round | None = None) -> Round:
    """The room once both sides have accepted the observer as intermediary."""
    talks = opened(store, talks)
    talks.do(HOST, ROOM, "propose-intermediary", delegation="observer")
    proposal = talks.last(HOST, ROOM)
    for who in (SIDE_A, SIDE_B):
        talks.do(who, ROOM, "accept-intermediary", proposal=proposal)
    return talks


def persons(numbers: tuple[str, ...], side: str) -> dict[str, Any]:
    """What names these people as held by a side."""
    rows = [{"number": n, "held_by": side, "categories": CATEGORIES.get(n[-1], [])} for n in numbers]
    return {"persons": rows, "key": "1" * 32, "parts": [{"content": b"x"}], "digest": "2" * 64}


def named(store: Store | None = None, talks: Round | None = None) -> Round:
    """The room once each side has named eight people it holds."""
    talks = accepted(store, talks)
    for who, numbers, side in ((SIDE_A, A, "side-a"), (SIDE_B, B, "side-b")):
        name(talks, who, numbers, side)
    return talks


def name(talks: Round, who: str, numbers: tuple[str, ...], side: str, said: dict[str, str] | None = None) -> None:
    """Name these people, with names by which they are found: surname, number; or as ``said``."""
    view = talks.view(who, ROOM)
    surname = {"side-a": "Коваленко", "side-b": "Иванов"}[side]
    rows = tuple(
        Row(n, bytes(16), said or {"surname": surname, "given": f"Given {n}", "born": "1990-01-02"}) for n in numbers
    )
    locked = lock(place(view, f"{talks.acts:032x}"), "named", rosters.encode(Roster(rows)))
    talks.do(who, ROOM, "name-persons", **persons(numbers, side) | {"key": locked.key, "parts": list(locked.parts)})


def drawn(talks: Round | None = None, **flows: Any) -> Round:
    """The room with a list: three for three, the severely wounded free of any count."""
    talks = talks or named()
    given = {"counted": [*A[2:5], *B[2:5]], "uncounted": [A[0], B[0]]} | flows
    talks.do(SIDE_A, ROOM, "draw-list", **given)
    return talks


def newest(talks: Round, kind: str) -> Any:
    """The newest entry of a kind in the exchange room."""
    return next(e for e in reversed(talks.view(SIDE_A, ROOM).entries()) if e.kind == kind)


def confirmed(talks: Round | None = None) -> Round:
    """The room with a list that both sides have confirmed."""
    talks = talks or drawn()
    entry = newest(talks, "list-drawn")
    for who in (SIDE_A, SIDE_B):
        talks.do(who, ROOM, "confirm-agreed-list", list=entry.ref, digest=entry.body["digest"])
    return talks


def plan(talks: Round, **changes: Any) -> dict[str, Any]:
    """What proposes a plan of the newest list: all of it in two stages at one point."""
    flows = newest(talks, "list-drawn").body["flows"]
    first = {"stage": 1, "day": "2030-05-01", "point": "bridge", "persons": [*flows["counted"], *flows["uncounted"]]}
    return {
        "list": newest(talks, "list-drawn").ref,
        "points": [{"code": "bridge", "name": "The bridge"}],
        "stages": [first, {"stage": 2, "day": "2030-05-02", "point": "bridge", "persons": []}],
        "key": "3" * 32,
        "parts": [{"content": b"plan"}],
        "digest": "4" * 64,
    } | changes
