"""Two lists of the same and of other invented people, and the truth."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from goodoffices.prisoners.synthesizing import spelling
from goodoffices.prisoners.synthesizing.errors import slip
from goodoffices.prisoners.synthesizing.people import Draw, Numbers, People, people

HEADINGS: Final = {
    "uk": [
        "Номер",
        "Прізвище",
        "Ім'я",
        "По батькові",
        "Дата народження",
        "Місце народження",
        "Особистий номер",
        "Дата полону",
    ],
    "ru": ["Номер", "Фамилия", "Имя", "Отчество", "Дата рождения", "Место рождения", "Личный номер", "Дата пленения"],
    "latin": [
        "Id",
        "Surname",
        "Given name",
        "Patronymic",
        "Date of birth",
        "Place of birth",
        "Service number",
        "Date of capture",
    ],
}


@dataclass(frozen=True)
class Wanted:
    """What lists are to be made.

    ``overlap``: the share of the shorter list that is on the other, too. ``scripts``: of the left and the right list,
    each one or several of ``spelling.SCRIPTS`` used in turn. ``rates``: of errors, in both lists.
    """

    left: int
    right: int
    overlap: float
    scripts: tuple[Sequence[str], Sequence[str]]
    rates: Mapping[str, float]


@dataclass(frozen=True)
class Made:
    """Two lists being written, and who is who: pairs of ids."""

    left: Iterator[list[str]]
    right: Iterator[list[str]]
    truth: list[tuple[str, str]]


def make(wanted: Wanted, draw: Draw) -> Made:
    """Lists as wanted; the rows are made while they are read, the left list before the right one."""
    both = round(min(wanted.left, wanted.right) * wanted.overlap)
    everybody = people(wanted.left + wanted.right - both, draw)
    left = np.arange(wanted.left)
    right = np.concatenate([np.arange(both), np.arange(wanted.left, len(everybody))])
    orders = [_with_doubles(there, wanted.rates["twice"], draw) for there in (left, right)]
    seeds = draw.integers(0, 1 << 62, 2)
    rows = [
        _rows(everybody, order, scripts, wanted.rates, f"{side}{{}}", np.random.default_rng(seed))
        for order, scripts, side, seed in zip(orders, wanted.scripts, "LR", seeds, strict=True)
    ]
    return Made(rows[0], rows[1], _truth(*orders))


def _with_doubles(there: Numbers, rate: float, draw: Draw) -> Numbers:
    doubles = draw.choice(there, round(len(there) * rate), replace=False)
    return draw.permutation(np.concatenate([there, doubles]))


def _truth(left: Numbers, right: Numbers) -> list[tuple[str, str]]:
    """Every pair of rows that are one person."""
    places: dict[int, list[int]] = {}
    for place, person in enumerate(right.tolist(), 1):
        places.setdefault(person, []).append(place)
    return [(f"L{a}", f"R{b}") for a, person in enumerate(left.tolist(), 1) for b in places.get(person, ())]


def _rows(
    everybody: People, order: Numbers, scripts: Sequence[str], rates: Mapping[str, float], number: str, draw: Draw
) -> Iterator[list[str]]:
    kinds = list(rates)
    block = 1 << 14
    for start in range(0, len(order), block):
        persons = order[start : start + block].tolist()
        happens = draw.random((len(persons), len(kinds))) < np.array([rates[k] for k in kinds])
        for offset, person in enumerate(persons):
            wrong = {kinds[k] for k in np.flatnonzero(happens[offset])} if happens[offset].any() else frozenset()
            place = start + offset
            yield _row(everybody, person, scripts[place % len(scripts)], wrong, number.format(place + 1), draw)


def _row(everybody: People, person: int, script: str, wrong: Collection[str], number: str, draw: Draw) -> list[str]:
    said = _other(script) if "other-language" in wrong else script
    names = _names(everybody, person, said, wrong, draw)
    if "typo" in wrong:
        which = int(draw.integers(2))
        names[which] = slip(names[which], draw)
    if "swapped" in wrong:
        names[0], names[1] = names[1], names[0]
    place = (
        ""
        if "no-place" in wrong
        else spelling.written(spelling.surname(everybody.places[everybody.place[person]], said), said)
    )
    captured = _captured(everybody, person, wrong, draw)
    return [
        number,
        *names,
        _born(everybody, person, wrong, draw),
        place,
        _number(everybody, person, wrong, draw),
        captured,
    ]


def _captured(everybody: People, person: int, wrong: Collection[str], draw: Draw) -> str:
    if "no-capture" in wrong:
        return ""
    late = int(draw.integers(1, 40)) if "wrong-capture" in wrong else 0
    return str(everybody.captured[person] + np.timedelta64(late, "D"))


def _names(everybody: People, person: int, script: str, wrong: Collection[str], draw: Draw) -> list[str]:
    woman = bool(everybody.woman[person])
    surname = spelling.surname(everybody.surnames[everybody.surname[person]][woman], script)
    if everybody.second[person] >= 0 and "half-surname" not in wrong:
        surname += "-" + spelling.surname(everybody.surnames[everybody.second[person]][woman], script)
    forms = everybody.given[everybody.name[person]]
    given = forms[spelling.language(script) == "ru"]
    if "short" in wrong and len(forms) > 2:
        given = forms[2 + int(draw.integers(len(forms) - 2))]
    father = spelling.patronymic(everybody.given[everybody.father[person]], script, woman)
    words = [surname, given, "" if "no-patronymic" in wrong else father]
    return [spelling.written(word, script) for word in words]


def _other(script: str) -> str:
    """The same alphabet and standard, from the other language."""
    return {"uk": "ru", "ru": "uk"}.get(script[:2], "") + script[2:] if script[:2] in {"uk", "ru"} else script


def _born(everybody: People, person: int, wrong: Collection[str], draw: Draw) -> str:
    year, month, day = map(int, str(everybody.born[person]).split("-"))
    if "no-date" in wrong:
        return ""
    if "wrong-date" in wrong:
        kind = int(draw.integers(3))
        year += (0, 0, int(draw.choice([-10, -2, -1, 1, 2, 10])))[kind]
        month = int(draw.integers(1, 13)) if kind == 1 else month
        day = int(draw.integers(1, 29)) if kind == 0 else min(day, 28)
    if "year-only" in wrong:
        return str(year)
    if "day-month" in wrong and day <= 12:
        day, month = month, day
    return f"{year:04}-{month:02}-{day:02}"


def _number(everybody: People, person: int, wrong: Collection[str], draw: Draw) -> str:
    if "no-number" in wrong:
        return ""
    number = str(everybody.number[person])
    if "wrong-number" in wrong:
        place = int(draw.integers(len(number)))
        return number[:place] + str(int(draw.integers(10))) + number[place + 1 :]
    return number
