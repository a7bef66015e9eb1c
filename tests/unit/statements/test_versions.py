"""Statements of older programs are read as new ones; those of newer programs close the room to writing, no more."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.record import entries
from goodoffices.record.entries import Author, Entry, Header
from goodoffices.record.matter import Room
from goodoffices.secretariat.matters import MATTERS
from goodoffices.statements.kept import STATEMENTS
from goodoffices.statements.versions import NOTHING, newest

OLD: dict[str, Any] = {
    "speaker": "p:" + "1" * 64,
    "speaker_delegation": None,
    "function": None,
    "verb": "threatened",
    "gist": "p:" + "2" * 64,
    "exact": True,
    "setting": "in-room",
    "channel": "p:" + "3" * 64,
    "relayed_by": "p:" + "4" * 64,
    "condition": "p:" + "5" * 64,
    "about": "e:" + "6" * 64,
    "known": "reported",
}


def recorded(version: int, body: dict[str, Any]) -> Entry:
    header = Header(
        "4" * 32, "5" * 32, 0, "2030-01-15T09:00:00.000Z", "statement-recorded", "6" * 32, Author("7" * 32, "8" * 32),
        kind_version=version,
    )  # fmt: skip
    return entries.decode(entries.encode(header, body))


def test_the_first_version_is_lifted() -> None:
    assert newest("statement-recorded", 1, OLD) == {
        **NOTHING,
        "speaker": OLD["speaker"],
        "verb": "threatened",
        "gist": OLD["gist"],
        "exact": True,
        "setting": "in-room",
        "channel_name": OLD["channel"],
        "relays": [{"by": OLD["relayed_by"], "role": None}],
        "conditions": [{"words": OLD["condition"]}],
        "about": [OLD["about"]],
        "known": "reported",
    }
    assert newest("request-made", 1, OLD) is OLD


def test_both_versions_are_folded_alike() -> None:
    old = recorded(1, OLD)
    new = recorded(2, dict(newest("statement-recorded", 1, OLD)))
    rooms = [MATTERS.advance(Room("5" * 32), [entry]) for entry in (old, new)]
    assert [room.unknown for room in rooms] == [None, None]
    one, other = (room[STATEMENTS].marks.counts for room in rooms)
    assert {k: list(v.values()) for k, v in one.items()} == {k: list(v.values()) for k, v in other.items()}
    assert rooms[0][STATEMENTS].marks.count("known:reported") == 1


@pytest.mark.parametrize("version", [0, 3, 99])
def test_an_unknown_version_closes_the_room_to_writing(version: int) -> None:
    room = MATTERS.advance(Room("5" * 32), [recorded(version, OLD)])
    assert (room.unknown, room.size, room[STATEMENTS].count("statement-recorded")) == ("statement-recorded", 1, 0)
