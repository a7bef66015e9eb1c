"""The agreed list as a table that anybody can write, digest and compare: who goes, to which side, in which flow.

CSV in UTF-8: the heading ``id,side,flow,categories``, then a row for each person in the order of the list, every line
ended by one line feed, categories separated by ``;``. Its digest is the SHA-256 of these bytes, so that ``sha256sum``
finds it too. ``side`` is the side a person returns to. No name stands in it.

There are three flows. *Counted*: so many of one side for so many of the other. *All for all* in a category: all of it
go, whatever their number. *Uncounted*: free of any count, as the severely wounded and severely ill are under articles
109 and 110 of the Third Geneva Convention, who go home whether or not anybody comes in return.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from goodoffices.papers.marked import BadFile, Place, meant
from goodoffices.prisoners.planning.instance import ALL_FOR_ALL, CATEGORIES, COUNTED, UNCOUNTED
from goodoffices.prisoners.planning.persons import contradiction

COLUMNS = ("id", "side", "flow", "categories")
WHATEVER_THE_COUNT = ("severely wounded", "ill")
"""Categories of the Third Geneva Convention, articles 109 and 110: they are not held back for a count."""


@dataclass(frozen=True)
class Going:
    """One person on the list. ``flow``: ``counted``, ``uncounted``, or ``all for all: `` and a category."""

    id: str
    side: str
    flow: str
    categories: tuple[str, ...] = ()


def written(persons: Iterable[Going]) -> str:
    """The list as a table."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows([p.id, p.side, p.flow, ";".join(p.categories)] for p in persons)
    return out.getvalue()


def digest(text: str) -> str:
    """64 hex digits: SHA-256 of the table's bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str) -> tuple[Going, ...]:
    """The persons of such a table. Raises ``BadFile`` with the line of the first row that is not as it must be."""
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    found: dict[str, Going] = {}
    at: dict[str, int] = {}
    try:
        if tuple(next(lines, ())) != COLUMNS:
            raise BadFile(Place(), f"an agreed list begins with the columns {', '.join(COLUMNS)}.")
        for row in lines:
            place = Place(lines.line_num)
            going = _going(row, place)
            if going.id in found:
                raise BadFile(place, _twice(going, found[going.id], at[going.id]))
            found[going.id], at[going.id] = going, lines.line_num
    except csv.Error as error:
        raise BadFile(Place(lines.line_num), f"this is not a table in CSV: {error}.") from error
    return tuple(found.values())


def _going(row: Sequence[str], place: Place) -> Going:
    if len(row) != len(COLUMNS):
        raise BadFile(place, f"this row has {len(row)} cells, and an agreed list has {len(COLUMNS)} columns.")
    id, side, flow, said = row
    category = flow.removeprefix(ALL_FOR_ALL)
    if flow not in {COUNTED, UNCOUNTED} and (category == flow or category not in CATEGORIES):
        raise BadFile(place, f"there is no flow “{flow}”. {meant(flow, (COUNTED, UNCOUNTED, *_FLOWS))}")
    categories = tuple(name for name in said.split(";") if name)
    for name in categories:
        if name not in CATEGORIES:
            raise BadFile(place, f"there is no category “{name}”. {meant(name, CATEGORIES)}")
    return Going(id, side, flow, categories)


_FLOWS = tuple(ALL_FOR_ALL + category for category in CATEGORIES)


def _twice(going: Going, first: Going, line: int) -> str:
    if going.side != first.side:
        return f"“{going.id}” is on both sides: in line {line} for “{first.side}”, here for “{going.side}”."
    return f"“{going.id}” is listed twice: in line {line} and here."


def counts(persons: Iterable[Going], sides: Iterable[str]) -> dict[str, int]:
    """Side -> how many return to it that count one for one."""
    found = Counter(p.side for p in persons if p.flow == COUNTED)
    return {side: found[side] for side in sides}


def faults(persons: Sequence[Going], sides: Mapping[str, str], imbalance: int = 0) -> Iterator[str]:
    """What keeps these persons from being a list, in sentences. ``sides``: code -> name, two of them."""
    if not persons:
        yield "Nobody is on the list."
    for side, name in sides.items():
        if persons and not any(p.side == side for p in persons):
            yield f"Nobody returns to {name}."
    for person in persons:
        if person.side not in sides:
            yield f"“{person.id}” returns to “{person.side}”, which is neither of the sides."
        yield from _contradictions(person)
    number = counts(persons, sides)
    (first, one), (second, other) = number.items()
    if abs(one - other) > imbalance:
        agreed = f"the agreed difference is {imbalance:,}" if imbalance else "no difference was agreed"
        yield (
            f"{one:,} who count return to {sides[first]} and {other:,} to {sides[second]}: the numbers are not equal, "
            f"and {agreed}. Draw as many for each side, or say the difference the sides have agreed."
        )


def _contradictions(person: Going) -> Iterator[str]:
    why = contradiction(person.categories)
    if why is not None:
        yield f"“{person.id}”: {why}"
    category = person.flow.removeprefix(ALL_FOR_ALL)
    if category != person.flow and category not in person.categories:
        yield f"“{person.id}” goes all for all as “{category}”, and is not in that category."


def remarks(persons: Iterable[Going]) -> Iterator[str]:
    """What those who draw a list should know, and which keeps nobody from drawing it."""
    those = [p.id for p in persons if p.flow == COUNTED and set(p.categories) & set(WHATEVER_THE_COUNT)]
    if those:
        who = "1 person is" if len(those) == 1 else f"{len(those):,} persons are"
        yield (
            f"{who} counted one for one though listed as severely wounded or ill. The Third Geneva Convention "
            "(articles 109 and 110) returns the severely wounded and severely ill whatever the count: the uncounted "
            "flow is theirs."
        )


@dataclass(frozen=True)
class Changes:
    """Between two lists: who came, who went, and whose flow or categories are others now, by id."""

    came: tuple[Going, ...] = ()
    went: tuple[Going, ...] = ()
    altered: tuple[tuple[Going, Going], ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.came or self.went or self.altered)


def changes(old: Iterable[Going], new: Iterable[Going]) -> Changes:
    """What is other in ``new`` than in ``old``; a change of order alone is none."""
    before, after = {p.id: p for p in old}, {p.id: p for p in new}
    return Changes(
        tuple(p for p in after.values() if p.id not in before),
        tuple(p for p in before.values() if p.id not in after),
        tuple((before[p.id], p) for p in after.values() if p.id in before and before[p.id] != p),
    )
