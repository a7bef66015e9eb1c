"""Raw values for the fields of commands, by type of field: as strategies for Hypothesis, and as a few plain candidates.

What fits depends on who asks where: ``Known`` is what one person may name in one room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from hypothesis import strategies as st

from goodoffices.secretariat.desk import RoomView
from goodoffices.talks.fields import Field, described
from tests.people import Pen, person

PAPER = {"content": b"%PDF- a paper", "media": "application/pdf", "name": "terms.pdf"}
# An age key of a well-known secret, a digest, the key of a file, an id, a row of a list, and all of its numbers
PLAIN = (
    "age13aqvttdk3ujkyjh9kg2w5an6dmy5mq5a84a4uxk3hfhnugfc9p0sy5p2wh",
    "0" * 64,
    "A" * 22 + "==",
    "0" * 32,
    "r:" + "0" * 64,
    "all",
)
ZONES = ("Europe/Istanbul", "UTC", "America/New_York")
WHEN = ("2030-01-15T13:30:00Z", "2030-01-15", "2030-01", "2030-01-15~", "2030-01-15/2030-01-17")
# Latin, Cyrillic, Arabic and Chinese, combining marks and marks of direction; nothing that words refuse
ALPHABET = "abcXYZ 09.,-'\n\u0416\u044f\u0627\u0645\u0644\u5fae\u6c49e\u0301\u200e\u200f"


def words() -> st.SearchStrategy[str]:
    """Text that may be entered as words."""
    return st.text(ALPHABET, min_size=1, max_size=60).filter(lambda text: text.strip() != "")


def codes() -> st.SearchStrategy[str]:
    """Short names."""
    return st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,6})?", fullmatch=True)


@dataclass(frozen=True)
class Known:
    """What the person whose view it is may name in its room: its entries, their rooms, delegations and people."""

    view: RoomView

    def refs(self, kinds: tuple[str, ...]) -> list[str]:
        """Entries of these kinds (of any, if none is given), newest first."""
        return [e.ref for e in reversed(self.view.entries()) if not kinds or e.kind in kinds]

    def delegations(self) -> list[str]:
        """Those of this room, then those of other rooms the person reads."""
        rooms = (self.view, *self.view.desk.rooms())
        return list(dict.fromkeys(d for room in rooms for d in room.seats.delegations))

    def rooms(self) -> list[str]:
        """Other rooms the person sits in."""
        return [v.id for v in self.view.desk.rooms() if v.id != self.view.id and v.seat() is not None]

    def total(self) -> int:
        """Entries the person may read anywhere: a number that no name made before ends in."""
        return sum(view.size for view in self.view.desk.rooms())

    def people(self) -> list[str]:
        """Somebody new first, then those seated here."""
        new = person(f"newcomer {self.view.id} {self.view.size}")
        return [new, *(d.id for d in self.view.seats.delegates.values() if d.until is None)]


def values(field: Field, known: Known) -> st.SearchStrategy[Any]:
    """Raw values that a field of this type takes."""
    if field.row is not None:
        one: st.SearchStrategy[Any] = raw(field.row, {}, known)
    elif field.type == "words":
        one = words()
    elif field.type == "code":
        one = codes()
    elif field.type == "number":
        one = st.integers(0, 600)
    else:
        one = st.sampled_from(_each(field, known) or [None])
    return st.lists(one, min_size=1, max_size=2) if field.many else one


def raw(command: type, given: Mapping[str, Any], known: Known) -> st.SearchStrategy[dict[str, Any]]:
    """A command as a person gives it: what is ``given``, every other field it needs, and some of the rest."""
    asked = {name: f for name, f in described(command).items() if f.type != "new" and name not in given}
    needed = {name: values(f, known) for name, f in asked.items() if f.required}
    rest = {name: values(f, known) for name, f in asked.items() if not f.required and not f.row}
    drawn = st.fixed_dictionaries(needed, optional=rest)
    return drawn.map(lambda d: {**{k: v for k, v in d.items() if v not in (None, [None])}, **given})


def candidates(command: type, given: Mapping[str, Any], known: Known, limit: int = 40) -> Iterator[dict[str, Any]]:
    """At most ``limit`` plain ways to fill a command: what it needs alone, then with all else that can be filled, then
    with one thing more."""
    asked = {name: f for name, f in described(command).items() if f.type != "new" and name not in given}
    needed = {name: _several(f, known) for name, f in asked.items() if f.required}
    rest = {name: _several(f, known) for name, f in asked.items() if not f.required and not f.row}
    rest = {name: found if asked[name].type == "delegation" else found[:1] for name, found in rest.items()}
    without_refs = {name: v for name, v in rest.items() if asked[name].type != "ref"}
    single = ({name: found} for name, found in without_refs.items())
    for optional in ({}, without_refs, rest, *single):
        names = [*needed, *(name for name, found in optional.items() if found)]
        choices = [needed.get(name) or optional.get(name) or [] for name in names]
        yield from ({**dict(zip(names, chosen, strict=True)), **given} for chosen in islice(product(*choices), limit))


def _several(field: Field, known: Known) -> list[Any]:
    if field.row is not None:
        return [[one] for one in candidates(field.row, {}, known, 2)]
    return [[one] for one in _each(field, known)] if field.many else _each(field, known)


def _each(field: Field, known: Known) -> list[Any]:
    """A few values of one field."""
    fixed: dict[str, list[Any]] = {
        "words": ["Words."],
        "paper": [PAPER | {"salt": "0" * 32} if field.salted else PAPER],
        "blob": [{"content": b"age"}],
        "plain": [text for text in PLAIN if re.fullmatch(field.pattern, text)],
        "instant": ["2030-01-16T12:00:00Z"],
        "code": [f"name-{known.total()}"],
        "choice": list(field.options),
        "when": list(WHEN[:1]),
        "flag": [False, True],
        "number": [0],
        "zone": list(ZONES[:1]),
        "terms": ["after both papers are opened, unless a full ceasefire holds for 30 days"],
        "keys": [Pen("some pen").key],
    }
    if field.type in fixed:
        return fixed[field.type]
    named = {"delegation": known.delegations, "person": known.people, "room": known.rooms}
    return known.refs(field.kinds)[:50] if field.type == "ref" else named[field.type]()
