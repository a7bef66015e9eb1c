"""Rosters: a list of prisoners as it is kept in a room, apart from the record and only ever encrypted.

A row is cited by a salted digest, so that a list whose rows went can still be told to be the list that was filed. What
was said stands as it stood; what was understood of a date stands beside it. A roster is plain and pure: who may read
one, and under which key it lies, is decided elsewhere (``secretariat.lists``).
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, TypeVar

import msgspec

from goodoffices.prisoners.lists import dates
from goodoffices.prisoners.lists.dates import BadDate, When
from goodoffices.prisoners.lists.fields import DATES
from goodoffices.prisoners.lists.persons import Person

COLUMN: Final = "column:"
"""Before the heading of a column that was not understood."""
UNDERSTOOD: Final = "understood:"
"""Before the field of a date, for what was understood of it (EDTF)."""
SALT_BYTES: Final = 16
_VERSION: Final = 1

T = TypeVar("T")
_Key = Callable[[Mapping[str, str]], object]
"""What two rows have alike if they are one person's; None where it tells nothing."""

# Canonical JSON (RFC 8785) for what a row holds: lists of text, whose form the encoder keeps without a second look.
_line = msgspec.json.Encoder().encode


class BadRoster(ValueError):
    """Bytes that are no roster of this version."""


@dataclass(frozen=True)
class Row:
    """One person on a list. ``number``: given by the program, kept when a list is corrected, and says nothing of them.

    ``said``: field -> text as it stood; ``column:HEADING`` for columns that were not understood, ``understood:FIELD``
    for what was understood of a date.
    """

    number: str
    salt: bytes
    said: Mapping[str, str]

    @property
    def citation(self) -> str:
        """``r:`` and the 64 hex digits of SHA-256(salt || canonical JSON of [number, [[field, text], …]])."""
        return "r:" + hashlib.sha256(self.salt + _line([self.number, sorted(self.said.items())])).hexdigest()


@dataclass(frozen=True)
class Roster:
    """``rows``: those that can be used; ``aside``: those that cannot, as they stood, numbered as in their file.

    ``erased``: the citations of rows that are gone.
    """

    rows: tuple[Row, ...]
    aside: tuple[Row, ...] = ()
    erased: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """64 hex digits: SHA-256 over the sorted citations of all rows, those gone among them."""
        found = sorted((*(row.citation for row in (*self.rows, *self.aside)), *self.erased))
        return hashlib.sha256("\n".join(found).encode()).hexdigest()

    @cached_property
    def by_number(self) -> dict[str, Row]:
        """The rows that can be used, by number."""
        return {row.number: row for row in self.rows}

    def without(self, citation: str) -> Roster:
        """The same list after one person was taken from it. Raises ``KeyError`` where no row is cited so."""
        rows = tuple(row for row in self.rows if row.citation != citation)
        aside = tuple(row for row in self.aside if row.citation != citation)
        if len(rows) + len(aside) == len(self.rows) + len(self.aside):
            raise KeyError(citation)
        return Roster(rows, aside, (*self.erased, citation))


_Packed = tuple[str, bytes, list[tuple[str, str]]]


class _Stored(msgspec.Struct):
    v: int
    rows: list[_Packed]
    aside: list[_Packed]
    erased: list[str]


def encode(roster: Roster) -> bytes:
    """A roster as it is encrypted: compressed JSON."""
    rows, aside = ([(r.number, r.salt, sorted(r.said.items())) for r in part] for part in (roster.rows, roster.aside))
    return zlib.compress(msgspec.json.encode(_Stored(_VERSION, rows, aside, list(roster.erased))), 3)


def decode(content: bytes) -> Roster:
    """What ``encode`` made. Give only what was decrypted under its own key. Raises ``BadRoster``."""
    try:
        stored = msgspec.json.decode(zlib.decompress(content), type=_Stored)
    except (zlib.error, msgspec.DecodeError):
        raise BadRoster("This is no list that this version can read.") from None
    if stored.v != _VERSION:
        raise BadRoster("This list was kept by a newer version of the program.")
    rows, aside = (tuple(Row(n, salt, dict(said)) for n, salt, said in part) for part in (stored.rows, stored.aside))
    return Roster(rows, aside, tuple(stored.erased))


def persons(roster: Roster) -> Iterator[Person]:
    """The persons of a roster as matching takes them; the id of each is its number, the row its place (from 1)."""
    for place, row in enumerate(roster.rows, 1):
        said = {key: text for key, text in row.said.items() if ":" not in key}
        born, captured = (understood(row, key) for key in DATES)
        yield Person(place, row.number, said, born, captured)


def understood(row: Row, key: str) -> When | None:
    """What was understood of a date in this row."""
    text = row.said.get(UNDERSTOOD + key)
    if text is None:
        return None
    try:
        return dates.read(text)
    except BadDate:
        return None


@dataclass(frozen=True)
class Changes:
    """What a corrected list changed, by number. ``altered``: the fields that read otherwise."""

    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    altered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.altered)


def changes(old: Roster, new: Roster) -> Changes:
    """What ``new`` changed of ``old``: rows added and gone, and fields altered, in the order of the lists."""
    altered = {}
    for row in new.rows:
        before = old.by_number.get(row.number)
        if before is not None and before.said != row.said:
            keys = dict.fromkeys((*before.said, *row.said))
            altered[row.number] = tuple(key for key in keys if before.said.get(key) != row.said.get(key))
    return Changes(
        added=tuple(row.number for row in new.rows if row.number not in old.by_number),
        gone=tuple(row.number for row in old.rows if row.number not in new.by_number),
        altered=altered,
    )


def numbered(said: Sequence[Mapping[str, str]], before: Roster | None, past: int = 0) -> list[str]:
    """A number for each row: the one it had, where ``before`` has the same row, else the next that is free.

    Two rows are one person's where all that is said is the same; else name and date of birth; else the list's own
    number with one of the two. The own number alone tells nothing: it is often the place on the list, which moves when
    somebody is taken off it. Of rows alike in that, none is taken for one there was. ``past``: the highest number ever
    given in this list.
    """
    found: list[str | None] = [None] * len(said)
    if before is not None:
        left = dict(before.by_number)
        for key in (_everything, _name_and_birth, _own_number_and_birth, _own_number_and_surname):
            _match(said, found, left, key)
        past = max(past, *(int(n) for n in before.by_number), 0)
    for place, number in enumerate(found):
        if number is None:
            past += 1
            found[place] = str(past)
    return [number for number in found if number is not None]


def _everything(said: Mapping[str, str]) -> object:
    return tuple(sorted(said.items()))


def _name_and_birth(said: Mapping[str, str]) -> object:
    name = tuple(said.get(key, "").casefold() for key in ("name", "surname", "given", "patronymic"))
    return (*name, said.get("born", "")) if any(name) else None


def _own_number_and_birth(said: Mapping[str, str]) -> object:
    return (said["id"], said["born"]) if "id" in said and "born" in said else None


def _own_number_and_surname(said: Mapping[str, str]) -> object:
    name = said.get("surname") or said.get("name")
    return (said["id"], name.casefold()) if "id" in said and name else None


def _match(said: Sequence[Mapping[str, str]], found: list[str | None], left: dict[str, Row], of: _Key) -> None:
    """Give the numbers of rows that are alone with their key on either side."""
    olds = _alone((of(row.said), number) for number, row in left.items())
    news = _alone((of(one), place) for place, one in enumerate(said) if found[place] is None)
    for which, place in news.items():
        if which in olds:
            found[place] = olds[which]
            del left[olds[which]]


def _alone(pairs: Iterable[tuple[object, T]]) -> dict[object, T]:
    """Value by key, of keys that come once."""
    seen: dict[object, T] = {}
    twice = set()
    for key, value in pairs:
        if key is not None and key in seen:
            twice.add(key)
        seen[key] = value
    return {key: value for key, value in seen.items() if key is not None and key not in twice}
