"""Persons of an instance, from rows of YAML or from a table (CSV), checked row by row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from goodoffices.papers.marked import BadFile, Group, Listing, Place, Text, Value, meant
from goodoffices.prisoners.planning.instance import ALL_FOR_ALL, CATEGORIES, COUNTED, UNCOUNTED, Person

FIELDS = ("id", "side", "flow", "categories", "stretcher", "fit", "group", "held")
MOST = 100_000

_NO, _YES = frozenset({"", "no", "false", "0"}), frozenset({"yes", "true", "1"})
_ID = re.compile(
    r"[^\W_][\w./:-]{0,79}"
)  # begins with a letter or digit, so that no spreadsheet takes it for a formula
_CONTRADICTORY = (("severely wounded", "wounded"), ("minor", "aged 18-25"))


class BadTable(BadFile):
    """Something in the table of persons is not as it must be; ``table`` is its name, and the place is in it."""

    def __init__(self, table: str, error: BadFile) -> None:
        super().__init__(error.place, error.why)
        self.table = table


Row = tuple[Mapping[str, str], Place]


def from_rows(rows: Iterable[Group], sides: Sequence[str]) -> tuple[Person, ...]:
    """Persons written in the instance itself."""
    return _persons([({name: _cell(value) for name, value in row.fields.items()}, row.place) for row in rows], sides)


def from_table(text: str, sides: Sequence[str]) -> tuple[Person, ...]:
    """Persons of a table; its first row has the names of its columns, in any order."""
    return _persons(_rows(text), sides)


@contextmanager
def of_table(value: Value) -> Iterator[None]:
    """Errors found herein name the table, where the persons of an instance are a table of that name."""
    try:
        yield
    except BadFile as error:
        if not isinstance(value, Text):
            raise
        raise BadTable(value.value, error) from error


def _cell(value: Value) -> str:
    if isinstance(value, Listing):
        return ";".join(_cell(item) for item in value.items)
    if not isinstance(value, Text):
        raise BadFile(value.place, "a single value is expected here, or a list of categories.")
    return value.value


def _rows(text: str) -> list[Row]:
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        names = [name.strip() for name in next(lines, [])]
        rows = [(row, Place(lines.line_num)) for row in lines if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise BadFile(Place(lines.line_num), f"this is not a table in CSV: {error}.") from error
    for name in names:
        if names.count(name) > 1:
            raise BadFile(Place(), f"two columns are called “{name}”.")
    for row, place in rows:
        if len(row) != len(names):
            raise BadFile(place, f"this row has {len(row)} cells, and there are {len(names)} columns.")
    return [(dict(zip(names, (cell.strip() for cell in row), strict=True)), place) for row, place in rows]


def _persons(rows: Sequence[Row], sides: Sequence[str]) -> tuple[Person, ...]:
    if not rows:
        raise BadFile(Place(), "no persons are listed.")
    if len(rows) > MOST:
        raise BadFile(Place(), f"there are {len(rows):,} persons; the limit is {MOST:,}.")
    seen: dict[str, Person] = {}
    counts = dict.fromkeys(sides, 0)
    for row, place in rows:
        person = _person(row, place, sides, counts)
        if person.id in seen:
            raise BadFile(place, _twice(person, seen[person.id]))
        seen[person.id] = person
        counts[person.side] += 1
    return tuple(seen.values())


def _twice(person: Person, first: Person) -> str:
    where = f"already in line {first.place.line}"
    if person.side != first.side:
        return f"“{person.id}” is on both sides: {where} for “{first.side}”, here for “{person.side}”."
    return f"“{person.id}” is listed twice: {where}."


def _person(row: Mapping[str, str], place: Place, sides: Sequence[str], counts: Mapping[str, int]) -> Person:
    for name in row:
        if name not in FIELDS:
            raise BadFile(place, f"persons have no “{name}”. {meant(name, FIELDS)}")
    for name in ("id", "side"):
        if not row.get(name):
            raise BadFile(place, f"this person has no “{name}”.")
    if not _ID.fullmatch(row["id"]):
        raise BadFile(
            place, f"“{row['id'][:80]}” is no id: letters, digits and . / : - _, beginning with a letter or digit."
        )
    if row["side"] not in sides:
        raise BadFile(place, f"there is no side called “{row['side']}”. {meant(row['side'], list(sides))}")
    categories = _categories(row.get("categories", ""), place)
    flow = _flow(row["id"], row.get("flow", ""), categories, place)
    return Person(
        id=row["id"],
        side=row["side"],
        position=counts[row["side"]] + 1,
        categories=(*categories, UNCOUNTED) if flow == UNCOUNTED else categories,
        stretcher=_flag(row.get("stretcher", ""), place),
        fit_from=_fit(row.get("fit", ""), place),
        group=row.get("group", ""),
        held=row.get("held", ""),
        flow=flow,
        place=place,
    )


def _categories(text: str, place: Place) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(";") if name.strip())
    for name in names:
        if name not in CATEGORIES:
            raise BadFile(place, f"there is no category “{name}”. {meant(name, CATEGORIES)}")
    why = contradiction(names)
    if why is not None:
        raise BadFile(place, why)
    return names


def contradiction(categories: Sequence[str]) -> str | None:
    """Why nobody can be in all of these categories, as a sentence, if so."""
    for first, second in _CONTRADICTORY:
        if first in categories and second in categories:
            return f"nobody is both “{first}” and “{second}”."
    if "other" in categories and len(categories) > 1:
        return "“other” stands alone: it means none of the other categories."
    return None


def _flow(id: str, text: str, categories: Sequence[str], place: Place) -> str:
    """As an agreed list says it; nothing where the table is not made from one."""
    if text in {"", COUNTED, UNCOUNTED}:
        return text
    category = text.removeprefix(ALL_FOR_ALL)
    if category == text or category not in CATEGORIES:
        flows = (COUNTED, UNCOUNTED, *(ALL_FOR_ALL + name for name in CATEGORIES))
        raise BadFile(place, f"there is no flow “{text}”. {meant(text, flows)}")
    if category not in categories:
        raise BadFile(place, f"“{id}” goes all for all as “{category}”, and is not in that category.")
    return text


def _flag(text: str, place: Place) -> bool:
    word = text.lower()
    if word not in _NO | _YES:
        raise BadFile(place, f"“stretcher” is yes or no, and “{text}” is neither.")
    return word in _YES


def _fit(text: str, place: Place) -> int:
    """From which stage: nothing means from the first, ``no`` never."""
    if text.lower() in {"", "yes"}:
        return 1
    if text.lower() == "no":
        return 0
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text):
        raise BadFile(place, f"“fit” is the stage from which somebody may travel, or no; “{text}” is neither.")
    return int(text)
