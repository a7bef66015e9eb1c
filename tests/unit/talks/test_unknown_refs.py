"""A fold never refuses: entries on a record are facts, also when what they refer to is not there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.record.entries import Author, Entry, Header
from goodoffices.record.matter import Room
from goodoffices.secretariat.matters import MATTERS

REFS = st.sampled_from(["e:" + digit * 64 for digit in "0123"])
IDS = st.sampled_from([digit * 32 for digit in "ab"])
WORDS = st.sampled_from(["p:" + digit * 64 for digit in "45"])
PRECONDITION = st.fixed_dictionaries(
    {"what": st.just("stated"), "understanding": st.none() | REFS, "words": st.none() | WORDS}
)
PARTY = st.fixed_dictionaries({"id": IDS, "role": st.just("party"), "code": st.just("a"), "name": WORDS})

BODIES: Mapping[str, Mapping[str, st.SearchStrategy[Any]]] = {
    "meeting-called": {"code": st.just("first")} | {k: st.none() | WORDS for k in ("title", "venue", "zone", "day")},
    "meeting-opened": {"meeting": REFS},
    "meeting-adjourned": {"meeting": REFS, "until": st.none(), "reason": st.none()},
    "meeting-resumed": {"meeting": REFS},
    "meeting-closed": {"meeting": REFS, "length": st.none() | st.just({"bound": "under", "minutes": 120})},
    "agenda-item-raised": {"meeting": REFS, "item": WORDS},
    "agenda-item-settled": {"item": REFS, "outcome": st.none()},
    "request-made": {"to": IDS, "words": WORDS},
    "request-answered": {"request": REFS, "answer": st.sampled_from(["accepted", "deferred"]), "words": st.none()},
    "request-withdrawn": {"request": REFS},
    "understanding-told": {"wording": WORDS, "degree": st.just("signed"), "of": st.none() | REFS},
    "understanding-confirmed": {"telling": REFS},
    "understanding-objected": {"telling": REFS, "reason": st.none()},
    "event-noted": {"what": st.just("call"), "expected": st.booleans(), "words": WORDS},
    "next-meeting-set": {"day": st.none(), "place": st.none(), "first": st.lists(PRECONDITION, max_size=2)},
    "precondition-met": {"next": REFS, "number": st.integers(0, 3), "words": st.none()},
    "conveyance-asked": {"to": IDS, "point": WORDS},
    "conveyance-allowed": {"asked": st.none() | REFS, "to": IDS, "point": WORDS, "attributed": st.booleans()},
    "conveyance-refused": {"asked": REFS, "reason": st.none()},
    "point-carried": {"allowed": REFS},
    "point-conveyed": {"point": WORDS, "from": st.none() | IDS},
    "conveyance-answered": {"conveyed": REFS, "words": WORDS},
    "paper-presented": {"paper": st.none(), "title": WORDS, "to": st.lists(IDS), "purpose": st.just("conditions")},
    "paper-received": {"presented": REFS},
    "source-entered": {"title": WORDS, "paper": st.none() | st.just({"paper": "p:" + "4" * 64})},
    "statement-recorded": {"gist": WORDS},
    "minute-confirmed": {"entry": REFS},
    "minute-objected": {"entry": REFS, "reason": st.none()},
    "entry-corrected": {"entry": REFS, "says": WORDS, "reason": st.none()},
    "particulars-erased": {"entry": REFS, "particulars": st.lists(WORDS), "reason": st.just("agreed")},
    "delegation-admitted": {"delegation": PARTY, "proposal": REFS},
    "delegation-removed": {"delegation": IDS, "reason": st.none()},
}


@st.composite
def entries(draw: st.DrawFn, kinds: list[str]) -> Entry:
    """An entry of one of these kinds whose own leaf other entries may cite, earlier or later."""
    kind = draw(st.sampled_from(kinds))
    body = {name: draw(values) for name, values in BODIES[kind].items()}
    header = Header(
        "a" * 32, "b" * 32, 0, "2030-01-15T09:00:00.000Z", kind, "c" * 32, Author("d" * 32, draw(IDS)),
        on_behalf=draw(st.none() | IDS),
    )  # fmt: skip
    return Entry(header, body, bytes.fromhex(draw(REFS)[2:]))


@pytest.mark.parametrize("kind", sorted(BODIES))
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_on_an_empty_room(kind: str, data: st.DataObject) -> None:
    assert MATTERS.advance(Room("b" * 32), [data.draw(entries([kind]))]).size == 1


@settings(max_examples=200, deadline=None)
@given(st.lists(entries(sorted(BODIES)), max_size=30))
def test_in_any_order(told: list[Entry]) -> None:
    room = MATTERS.advance(Room("b" * 32), told)
    assert (room.size, room.unknown) == (len(told), None)
    assert MATTERS.load(room.id, MATTERS.dump(room)) == room
