"""Talks with a prisoner exchange under way: an intermediary accepted by both sides, and a list room for each side."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from goodoffices.record.store import Store
from goodoffices.secretariat import lists
from goodoffices.secretariat.desk import RoomView
from tests.people import HOST, SIDE_A, SIDE_B, Round, add_room, open_round, person

NEUTRAL, NEUTRAL_SECOND = person("neutral"), person("neutral second")
GUEST = {"code": "neutral", "role": "third-party", "name": "Neutral intermediary"}
SIDES = {"a": SIDE_A, "b": SIDE_B}

HELD = (
    "№;Прізвище;Ім'я;По батькові;Дата народження;Звання;Примітка\n"
    "17;Вигаданий;Остап;Миколайович;03.05.1990;солдат;ліва рука\n"
    "18;Неіснуючий;Петро;;1985;сержант;\n"
    "19;;;;12.12.1979;;без імені\n"
).encode()
"""Two rows that can be used, one that cannot. Nobody on it exists."""


def open_exchange(store: Store | None = None, keys: Mapping[str, list[dict[str, str]]] | None = None) -> Round:
    """Rooms ``exchange``, ``lists-a``, ``lists-b`` and ``matching``; the neutral's two people sit in all of them."""
    talks = open_round(store, keys)
    add_room(talks, HOST, "plenary", kind="format", name="exchange", members=["side-a", "side-b"], guests=[GUEST])
    for who in (NEUTRAL, NEUTRAL_SECOND):
        named = list((keys or {}).get(who, ()))
        talks.do(HOST, "exchange", "accredit-delegate", person=who, delegation="neutral", name="Of N", keys=named)
    talks.do(HOST, "exchange", "propose-intermediary", delegation="neutral")
    proposal = talks.last(HOST, "exchange")
    for side in SIDES.values():
        talks.do(side, "exchange", "accept-intermediary", proposal=proposal)
    for side in SIDES:
        join(talks, side)
    add_room(talks, NEUTRAL, "exchange", kind="delegation-room", name="matching")
    return talks


def join(talks: Round, side: str) -> None:
    """Have the neutral open the list room of a side and join it."""
    add_room(talks, NEUTRAL, "exchange", kind="format", name=f"lists-{side}", members=[f"side-{side}"])
    talks.do(NEUTRAL, f"lists-{side}", "join-lists", exchange="exchange")


def file(talks: Round, side: str, content: bytes = HELD, code: str = "held", holds: str = "we-hold") -> str:
    """File a list for a side, or its newest version corrected; the ref of its entry."""
    room = talks.rooms[f"lists-{side}"]
    known = view(talks, side).state[lists.LISTS].newest.get(code)
    talks.acts += 1
    act = hashlib.sha256(f"file {talks.acts}".encode()).hexdigest()[:32]
    lists.file(talks.desk(SIDES[side]), room, act, content, code=code, holds=holds, replaces=known)
    return talks.last(SIDES[side], f"lists-{side}")


def view(talks: Round, side: str, who: str | None = None) -> RoomView:
    """The list room of a side, as its delegate sees it."""
    return talks.view(who or SIDES[side], f"lists-{side}")
