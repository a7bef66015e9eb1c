"""A list as columns of numbers, so that millions of pairs are compared at once and little memory is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
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

EACH: Final = 2
"""Tokens kept of a surname, of given names, and of a place."""
DIGITS: Final = 12
"""Characters kept of a number, from its end."""
_BLOCK: Final = 1 << 15
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
    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self._reading, self._lexicon = reading, lexicon
        self._place = {key: column for column, key in reading.columns.items()}
        self._words = _Memo(self._two)
        self._whole = _Memo(self._roles)
        self._numbers = _Memo(_number)
        self._dates: dict[str, _Memo[int]] = {}
        self._seen: set[str] = set()

    def fill(self, step: Step) -> Columns:
        ids: list[str] = []
        parts: list[tuple[NDArray[np.int64], ...]] = []
        numbers: list[bytes] = []
        rows = self._reading.table.rows
        while block := list(islice(rows, _BLOCK)):
            if not self._dates:
                self._dates = {key: _Memo(_date(order)) for key, order in self._reading.orders_of(block).items()}
            block = self._usable(block, len(ids))
            if not block:
                continue
            parts.append(self._block(block))
            numbers.append(b"".join(map(self._numbers.__getitem__, self._numbered(block))))
            ids += self._new
            step(len(ids))
        whole = [np.concatenate(column) for column in zip(*parts, strict=True)] or [np.empty(0, np.int64)] * _PARTS
        return _columns(ids, whole, b"".join(numbers))

    def _usable(self, block: list[Row], _: int) -> list[Row]:
        named = [self._place[key] for key in _SILENT if key in self._place]
        numbered = self._place.get("id")
        kept, self._new = [], []
        for row in block:
            number, cells = row
            if not any(map(cells.__getitem__, named)):
                self._set_aside(row, "There is no name in this row.")
                continue
            name = (cells[numbered].strip() if numbered is not None else "") or str(number)
            if name in self._seen:
                self._set_aside(row, "The same number stands in an earlier row.")
                continue
            self._seen.add(name)
            self._new.append(name)
            kept.append(row)
        return kept

    def _set_aside(self, row: Row, why: str) -> None:
        self._reading.findings.append(Finding(row[0], 0, why, bad=True))
        self._reading.aside.append(row)

    def _block(self, block: list[Row]) -> tuple[NDArray[np.int64], ...]:
        patronymic = self._look("patronymic", block, self._words) or self._look("father", block, self._words)
        names = self._names(block, patronymic)
        place = self._look("birthplace", block, self._words)
        born, captured = (self._look(key, block, self._dates.get(key)) for key in ("born", "captured"))
        return (*names, *(_numbers(found, len(block)) for found in (place, born, captured)))

    def _look(self, key: str, block: list[Row], memo: _Memo[int] | None) -> list[int] | None:
        column = self._place.get(key)
        return None if column is None or memo is None else [memo[cells[column]] for _, cells in block]

    def _names(self, block: list[Row], patronymic: list[int] | None) -> tuple[NDArray[np.int64], ...]:
        if "surname" in self._place and "given" in self._place and "name" not in self._place:
            surname, given = (self._look(key, block, self._words) for key in ("surname", "given"))
            found = _numbers(surname, len(block)), _numbers(given, len(block)), _numbers(patronymic, len(block))
            return self._apart(*found)
        parts = [self._place[key] for key in ("surname", "name", "given", "patronymic") if key in self._place]
        roles = [self._whole[" ".join([cells[c] for c in parts])] for _, cells in block]
        return tuple(np.array(column, np.int64) for column in zip(*roles, strict=True))

    def _apart(
        self, surname: NDArray[np.int64], given: NDArray[np.int64], patronymic: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], ...]:
        """Where the given name's column holds the patronymic, too, it is put where it belongs."""
        second = given >> 32
        both = np.flatnonzero((second != 0) & (patronymic == 0))
        moved = both[[self._lexicon.is_patronymic(n) for n in second[both].tolist()]] if len(both) else both
        patronymic[moved] = second[moved]
        given[moved] &= 0xFFFFFFFF
        return surname, given, patronymic

    def _numbered(self, block: list[Row]) -> Iterator[str]:
        places = [self._place[key] for key in ("personal", "service") if key in self._place]
        if not places:
            return iter([""] * len(block))
        return ("".join([cells[c] for c in places[:1]]) or cells[places[-1]] for _, cells in block)

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


def _columns(ids: list[str], parts: list[NDArray[np.int64]], numbers: bytes) -> Columns:
    surname, given, patronymic, place, born, captured = parts
    year, month, day = born >> 16, born >> 8 & 0xFF, born & 0xFF
    return Columns(
        ids, _unpacked(surname), _unpacked(given), (patronymic & 0xFFFFFFFF).astype(np.int32), _unpacked(place),
        year.astype(np.int16), month.astype(np.int8), day.astype(np.int8), _day(captured),
        np.frombuffer(numbers, np.uint8).reshape(-1, DIGITS),
    )  # fmt: skip


def _packed(numbers: list[int]) -> int:
    return (numbers[0] if numbers else 0) | ((numbers[1] if len(numbers) > 1 else 0) << 32)


def _unpacked(packed: NDArray[np.int64]) -> Ids:
    return np.stack([packed & 0xFFFFFFFF, packed >> 32], axis=1).astype(np.int32)


def _numbers(found: list[int] | None, count: int) -> NDArray[np.int64]:
    return np.zeros(count, np.int64) if found is None else np.array(found, np.int64)


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
    kept = "".join([c for c in text if c.isalnum()]).upper().encode("ascii", "ignore")[-DIGITS:]
    return kept.rjust(DIGITS, b"\0")
