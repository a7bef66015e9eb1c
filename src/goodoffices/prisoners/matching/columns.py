"""A list as columns of numbers, so that millions of pairs are compared at once and little memory is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.lists import dates
from goodoffices.prisoners.lists.dates import BadDate, Order, When
from goodoffices.prisoners.lists.persons import Reading, clean
from goodoffices.prisoners.lists.tables import Finding, Row
from goodoffices.prisoners.names.given_names import known
from goodoffices.prisoners.names.lexicon import Lexicon
from goodoffices.prisoners.names.patronymics import fathers, looks_like_one
from goodoffices.prisoners.names.tokens import tokens

Ids = NDArray[np.int32]
Step = Callable[[int], None]
Cells = tuple[str, ...]
"""A column of a block of rows."""
Found = NDArray[np.int64]

EACH: Final = 2
"""Tokens kept of a surname, of given names, and of a place."""
DIGITS: Final = 12
"""Characters kept of a number, from its end."""
_BLOCK: Final = 1 << 13
_NOTHING: Final = bytes(DIGITS)
_PARTS: Final = 6
"""Arrays that a block of rows becomes."""
_SILENT: Final = ("name", "surname", "given")

T = TypeVar("T")


@dataclass(frozen=True)
class Columns:
    """One list; row n is the n-th usable row of the file. 0 is nothing everywhere."""

    ids: list[str]
    surname: Ids
    """Token numbers, (N, EACH); so are ``given`` and ``place``."""
    given: Ids
    patronymic: Ids
    """Token numbers, (N,)."""
    place: Ids
    year: NDArray[np.int16]
    month: NDArray[np.int8]
    day: NDArray[np.int8]
    captured: NDArray[np.int32]
    """Day of capture, in days since 1 January of the year 1."""
    number: NDArray[np.uint8]
    """Last characters of the service or personal number, (N, DIGITS)."""

    def __len__(self) -> int:
        return len(self.ids)

    def renumbered(self, numbers: Ids) -> Columns:
        """The same with other numbers for its tokens: token n becomes ``numbers[n]``."""
        fields = ("surname", "given", "patronymic", "place")
        return replace(self, **{field: numbers[getattr(self, field)] for field in fields})


class _Memo(dict[str, T]):
    """What each different text was understood as, looked up at the speed of a dictionary."""

    def __init__(self, read: Callable[[str], T]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> T:
        value = self[text] = self._read(text)
        return value


def columns(reading: Reading, lexicon: Lexicon, step: Step = lambda _: None) -> Columns:
    """The columns of a list; ``step`` is told how many rows have been read, now and then.

    Rows without a name, and those whose number stands in an earlier row, are told in ``reading.findings`` and left out.
    """
    return _Filling(reading, lexicon).fill(step)


class _Filling:
    """Reads a list block by block, each column of a block at once: what is done for each cell is done in C."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self._reading, self._lexicon = reading, lexicon
        self._place = {key: column for column, key in reading.columns.items()}
        self._words = _Memo(self._two)
        self._whole = _Memo(self._roles)
        self._dates: dict[str, _Memo[int]] = {}
        self._seen: set[str] = set()

    @property
    def _in_columns(self) -> bool:
        return "surname" in self._place and "given" in self._place and "name" not in self._place

    def fill(self, step: Step) -> Columns:
        ids: list[str] = []
        parts: list[tuple[Found, ...]] = []
        numbers: list[bytes] = []
        rows = self._reading.table.rows
        while block := list(islice(rows, _BLOCK)):
            if not self._dates:
                self._dates = {key: _Memo(_date(order)) for key, order in self._reading.orders_of(block).items()}
            new, cells = self._usable(block)
            parts.append(self._block(cells, len(new)))
            numbers.append(b"".join(map(_number, self._numbered(cells, len(new)))))
            ids += new
            step(len(ids))
        found = [np.concatenate(column) for column in zip(*parts, strict=True)] or [np.zeros(0, np.int64)] * _PARTS
        if self._in_columns:
            self._set_apart(*found[1:3])
        return _columns(ids, found, b"".join(numbers))

    def _usable(self, block: list[Row]) -> tuple[list[str], list[Cells]]:
        """The ids of the rows that can be used, and their cells, column by column."""
        numbers, cells = _turned(block)
        new = self._ids(numbers, cells)
        named = [cells[self._place[key]] for key in _SILENT if key in self._place]
        if any(map(all, named)) and len(set(new)) == len(new) and self._seen.isdisjoint(new):
            self._seen.update(new)
            return new, cells
        kept = [n for n, row in enumerate(block) if self._is_usable(row, new[n], any(c[n] for c in named))]
        return [new[n] for n in kept], _turned([block[n] for n in kept])[1]

    def _ids(self, numbers: Sequence[int], cells: list[Cells]) -> list[str]:
        if "id" not in self._place:
            return list(map(str, numbers))
        ids = list(map(str.strip, cells[self._place["id"]]))
        return ids if all(ids) else [name or str(number) for name, number in zip(ids, numbers, strict=True)]

    def _is_usable(self, row: Row, name: str, named: bool) -> bool:
        if not named or name in self._seen:
            why = "The same number stands in an earlier row." if named else "There is no name in this row."
            self._reading.findings.append(Finding(row[0], 0, why, bad=True))
            self._reading.aside.append(row)
            return False
        self._seen.add(name)
        return True

    def _block(self, cells: list[Cells], count: int) -> tuple[Found, ...]:
        look = partial(self._look, cells, count)
        patronymic = look(self._words, "patronymic", "father")
        if self._in_columns:
            names: tuple[Found, ...] = (look(self._words, "surname"), look(self._words, "given"), patronymic)
        else:
            names = self._in_one_piece(cells, count)
        born, captured = (look(self._dates.get(key, self._words), key) for key in ("born", "captured"))
        return (*names, look(self._words, "birthplace"), born, captured)

    def _look(self, cells: list[Cells], count: int, memo: _Memo[int], *keys: str) -> Found:
        """What the cells of the first of these fields that there is were understood as; 0 where there is none."""
        column = next((self._place[key] for key in keys if key in self._place), None)
        if column is None or not count:
            return np.zeros(count, np.int64)
        return np.fromiter(map(memo.__getitem__, cells[column]), np.int64, count)

    def _in_one_piece(self, cells: list[Cells], count: int) -> tuple[Found, ...]:
        parts = [self._place[key] for key in ("surname", "name", "given", "patronymic") if key in self._place]
        texts = map(" ".join, zip(*[cells[c] for c in parts], strict=True)) if cells else ()
        roles = np.array(list(map(self._whole.__getitem__, texts)), np.int64).reshape(count, 3)
        return tuple(roles.T)

    def _set_apart(self, given: Found, patronymic: Found) -> None:
        """Where the given name's column holds the patronymic, too, it is put where it belongs."""
        second = given >> 32
        both = np.flatnonzero((second != 0) & (patronymic == 0))
        moved = both[self._lexicon.are_patronymics(second[both])]
        patronymic[moved] = second[moved]
        given[moved] &= 0xFFFFFFFF

    def _numbered(self, cells: list[Cells], count: int) -> Iterable[str]:
        """The personal number of each row, or else the service number."""
        places = [self._place[key] for key in ("personal", "service") if key in self._place] if cells else []
        if not places:
            return [""] * count
        first, last = cells[places[0]], cells[places[-1]]
        return first if len(places) == 1 else (a or b for a, b in zip(first, last, strict=True))

    def _two(self, text: str) -> int:
        """The first two tokens of a text, in one number."""
        found = [self._lexicon.number(token) for token in tokens(clean(text))]
        return _packed(found)

    def _roles(self, text: str) -> tuple[int, int, int]:
        """Which word of a name in one piece is what; a guess that comparing does not rely on."""
        words = tokens(clean(text))
        ended = [w for w in words if fathers(w) or (len(words) > 2 and looks_like_one(w) and w != words[0])]
        patronymic = ended[-1:] if len(words) > 1 else []
        rest = [w for w in words if w not in patronymic]
        given = [w for w in rest if known().get(w)][:1] if len(rest) > 1 else []
        if not given and len(rest) > 1:
            given = rest[1:2]
        surname = [w for w in rest if w not in given]
        numbers = ([self._lexicon.number(w) for w in part] for part in (surname, given, patronymic))
        one, two, three = (_packed(part) for part in numbers)
        return one, two, three


def _columns(ids: list[str], parts: list[Found], numbers: bytes) -> Columns:
    surname, given, patronymic, place, born, captured = parts
    year, month, day = born >> 16, born >> 8 & 0xFF, born & 0xFF
    return Columns(
        ids, _unpacked(surname), _unpacked(given), (patronymic & 0xFFFFFFFF).astype(np.int32), _unpacked(place),
        year.astype(np.int16), month.astype(np.int8), day.astype(np.int8), _day(captured),
        np.frombuffer(numbers, np.uint8).reshape(-1, DIGITS),
    )  # fmt: skip


def _turned(block: list[Row]) -> tuple[Sequence[int], list[Cells]]:
    """Rows as their numbers and their columns."""
    if not block:
        return [], []
    numbers, rows = zip(*block, strict=True)
    return numbers, list(zip(*rows, strict=True))


def _packed(numbers: list[int]) -> int:
    return (numbers[0] if numbers else 0) | ((numbers[1] if len(numbers) > 1 else 0) << 32)


def _unpacked(packed: NDArray[np.int64]) -> Ids:
    return np.stack([packed & 0xFFFFFFFF, packed >> 32], axis=1).astype(np.int32)


def _date(order: Order) -> Callable[[str], int]:
    """Reads a date into one number; one that cannot be understood is as if it were not there (``lists check`` says
    so).
    """

    def read(text: str) -> int:
        try:
            when = dates.read(clean(text), order)
        except BadDate:
            when = None
        when = when or When()
        return when.year << 16 | when.month << 8 | when.day

    return read


def _day(packed: NDArray[np.int64]) -> NDArray[np.int32]:
    """Whole dates as days; 0 for any other."""
    year, month, day = packed >> 16, packed >> 8 & 0xFF, packed & 0xFF
    whole = (year > 0) & (month > 0) & (day > 0)
    months = np.where(whole, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    days = months.astype("datetime64[D]").astype(np.int64) + day + 719_162
    return np.where(whole, days, 0).astype(np.int32)


def _number(text: str) -> bytes:
    if not text:
        return _NOTHING
    kept = text if text.isalnum() else "".join(filter(str.isalnum, text))
    return kept.upper().encode("ascii", "ignore")[-DIGITS:].rjust(DIGITS, b"\0")
