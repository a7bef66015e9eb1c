"""Folds never refuse: an entry on a record is a fact, also one that refers to what this record does not hold."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.record import entries
from goodoffices.record.entries import Author, Header
from goodoffices.record.matter import Room
from goodoffices.secretariat.matters import MATTERS

NOWHERE, SOMEBODY, WORDS = "e:" + "0" * 64, "1" * 32, "p:" + "2" * 64

UNKNOWN: list[tuple[str, dict[str, Any]]] = [
    ("ground-rules-agreed", {"rules": NOWHERE}),
    ("presence-consented", {"proposal": NOWHERE, "reason": None}),
    ("presence-declined", {"proposal": NOWHERE, "reason": WORDS}),
    ("presence-withdrawn", {"proposal": NOWHERE}),
    ("delegation-admitted", {"delegation": {"id": SOMEBODY, "role": "party", "code": "x", "name": WORDS}}),
    ("delegation-removed", {"delegation": SOMEBODY, "reason": None}),
    ("delegate-withdrawn", {"delegate": SOMEBODY, "reason": None}),
    ("key-named", {"delegate": SOMEBODY, "key": {"type": "ssh", "key": "x"}, "replaces": None}),
    ("minute-confirmed", {"entry": NOWHERE}),
    ("minute-objected", {"entry": NOWHERE, "reason": None}),
    ("entry-corrected", {"entry": NOWHERE, "says": WORDS, "reason": None}),
    ("particulars-erased", {"entry": NOWHERE, "particulars": [WORDS], "reason": "agreed"}),
    ("release-agreed", {"proposal": NOWHERE}),
    ("entries-released", {"entries": [NOWHERE], "to": SOMEBODY}),
    (
        "condition-reported",
        {"next": NOWHERE, "what": "papers-presented-by-each-party", "way": "x", "delegations": [], "evidence": None},
    ),
    ("point-carried", {"allowed": NOWHERE}),
]


@pytest.mark.parametrize("on_behalf", [None, "3" * 32])
@pytest.mark.parametrize(("kind", "body"), UNKNOWN, ids=[kind for kind, _ in UNKNOWN])
def test_an_entry_that_refers_to_nothing_here_is_folded(kind: str, body: dict[str, Any], on_behalf: str | None) -> None:
    header = Header(
        "4" * 32, "5" * 32, 0, "2030-01-15T09:00:00.000Z", kind, "6" * 32, Author(SOMEBODY, "7" * 32), on_behalf
    )
    entry = entries.decode(entries.encode(header, body))
    room = MATTERS.advance(Room("5" * 32), [entry, entry])
    assert (room.size, room.unknown) == (2, None)
    assert MATTERS.load(room.id, MATTERS.dump(room)).states == room.states
