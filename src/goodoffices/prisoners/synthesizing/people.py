"""Invented people: who they are before anybody writes them down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from goodoffices.prisoners.names.given_names import lines

Draw = np.random.Generator
Numbers = NDArray[np.int64]

_FIRST_WOMAN: Final = "олександра"
_ONSETS: Final = "б в г д ж з к л м н п р с т х ц ч ш бр гр др кр пр тр стр кл сл хл см ск ст".split()
_MIDDLES: Final = "а о у е и і".split()
_CODAS: Final = "б в г д ж з к л м н п р с т х ч ш льк рн ст вк йк рч нд лб".split()
_ENDINGS: Final = (
    ("енко", "енко"), ("чук", "чук"), ("ук", "ук"), ("ський", "ська"), ("ов", "ова"), ("ин", "ина"), ("ак", "ак"),
    ("ець", "ець"), ("ич", "ич"), ("ило", "ило"), ("юк", "юк"), ("ко", "ко"),
)  # fmt: skip
_PLACES: Final = "івка ськ не піль город ин ове ичі".split()
_WOMEN: Final = 0.04
_FEWEST_SURNAMES: Final = 400
_DAYS: Final = (np.datetime64("1958-01-01"), np.datetime64("2007-01-01"))
_WAR: Final = (np.datetime64("2022-02-24"), np.datetime64("2025-05-01"))
RANKS: Final = 6


@dataclass(frozen=True)
class People:
    """Columns of invented people; strings in Ukrainian, in lower case."""

    surnames: list[tuple[str, str]]
    """Forms of each surname, a man's and a woman's."""
    given: list[tuple[str, ...]]
    """Each given name in its forms: Ukrainian, Russian, and short ones."""
    men: int
    """How many of ``given`` are men's; they come first."""
    places: list[str]
    surname: Numbers
    second: Numbers
    """A second surname, -1 for none."""
    name: Numbers
    father: Numbers
    woman: NDArray[np.bool_]
    born: NDArray[np.datetime64]
    place: Numbers
    captured: NDArray[np.datetime64]
    rank: Numbers
    number: Numbers

    def __len__(self) -> int:
        return len(self.surname)


def people(count: int, draw: Draw) -> People:
    """So many invented people, some with the same name, as it happens; a few brothers among them."""
    given, men = _given()
    surnames = _surnames(max(_FEWEST_SURNAMES, min(60_000, count // 6)), draw)
    places = [_syllables(draw, 1) + _PLACES[int(draw.integers(len(_PLACES)))] for _ in range(150)]
    woman = draw.random(count) < _WOMEN
    name = np.where(woman, men + _often(draw, len(given) - men, count), _often(draw, men, count))
    made = People(
        surnames, given, men, places,
        surname=_often(draw, len(surnames), count, 0.6),
        second=np.where(draw.random(count) < 0.02, draw.integers(0, len(surnames), count), -1),
        name=name, father=_often(draw, men, count), woman=woman,
        born=_days(draw, _DAYS, count), place=_often(draw, len(places), count), captured=_days(draw, _WAR, count),
        rank=draw.integers(0, RANKS, count), number=draw.permutation(count) * 7919 + 1_000_000_000,
    )  # fmt: skip
    _make_brothers(made, draw)
    return made


def _make_brothers(made: People, draw: Draw) -> None:
    """One in a hundred shares surname, father and place of birth with the one before, and is near in age."""
    brothers = draw.integers(1, max(len(made), 2), len(made) // 100)
    for column in (made.surname, made.second, made.father, made.place):
        column[brothers] = column[brothers - 1]


def _given() -> tuple[list[tuple[str, ...]], int]:
    found: list[tuple[str, ...]] = []
    men = 0
    for line in lines():
        formal, _, short = line.partition(";")
        forms = formal.split()
        if forms[0] == _FIRST_WOMAN:
            men = len(found)
        if len(forms) > 1 and all("а" <= c <= "ґ" or c == "'" for c in forms[0] + forms[1]):
            found.append((forms[0], forms[1], *(s for s in short.split() if "а" <= s[0] <= "ґ")))
    return found, men


def _surnames(count: int, draw: Draw) -> list[tuple[str, str]]:
    found: dict[tuple[str, str], None] = {}
    while len(found) < count:
        stem = _syllables(draw, 1 + int(draw.random() < 0.45))
        man, woman = _ENDINGS[int(draw.integers(len(_ENDINGS)))]
        found[stem + man, stem + woman] = None
    return list(found)


def _syllables(draw: Draw, count: int) -> str:
    def one(parts: list[str]) -> str:
        return parts[int(draw.integers(len(parts)))]

    return "".join(one(_ONSETS) + one(_MIDDLES) for _ in range(count)) + one(_CODAS)


def _often(draw: Draw, kinds: int, count: int, steep: float = 0.8) -> Numbers:
    """Numbers below ``kinds``, the first ones more often, as names are."""
    weights = 1 / np.arange(1, kinds + 1) ** steep
    return np.searchsorted(np.cumsum(weights / weights.sum()), draw.random(count)).clip(0, kinds - 1)


def _days(draw: Draw, between: tuple[np.datetime64, np.datetime64], count: int) -> NDArray[np.datetime64]:
    first, last = between
    return first + draw.integers(0, int((last - first).astype(int)), count).astype("timedelta64[D]")
