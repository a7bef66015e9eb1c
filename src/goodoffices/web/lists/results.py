"""What the intermediary told this side of people on one list, whatever its version: drawn from this room alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodoffices.prisoners.filed import LISTS, Version
from goodoffices.prisoners.results import RESULTS
from goodoffices.prisoners.rosters import Roster
from goodoffices.readouts import reconciling as said
from goodoffices.secretariat.desk import RoomView

_NAMES = ("name", "surname", "given", "patronymic")


@dataclass(frozen=True)
class Told:
    """One result: the number and name of the row, what was told of it, the words with it, and the entry."""

    number: str
    name: str
    result: str
    words: str
    seq: int


def told_of(view: RoomView, known: Version, roster: Roster) -> list[Told]:
    """Every result told of this list, by number."""
    versions = {version.ref for version in view.state[LISTS].all_of(known.code)}
    results = [one for one in view.state[RESULTS].all.values() if one.list in versions]
    entries = {entry.ref: entry for entry in view.found(one.ref for one in results)}
    words = view.words(e.body["words"] for e in entries.values() if e.body["words"])
    found = []
    for one in sorted(results, key=lambda one: int(one.number)):
        row = roster.by_number.get(one.number)
        name = " ".join(row.said[key] for key in _NAMES if key in row.said) if row is not None else _("[erased]")
        cited = entries[one.ref].body["words"]
        text = words.get(cited, _("[erased]")) if cited else ""
        found.append(Told(one.number, name, said.result(one.result, _), text, entries[one.ref].seq))
    return found
