"""What is wrong with a list, all at once, by row and column."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from goodoffices.prisoners.lists import categories
from goodoffices.prisoners.lists.dates import When
from goodoffices.prisoners.lists.persons import Person, Reading
from goodoffices.prisoners.lists.tables import Finding
from goodoffices.prisoners.names.patronymics import male
from goodoffices.prisoners.names.tokens import tokens

_LIKE_FORMULAS: Final = ("=", "+", "@", "-", "\t", "\r")
_OLDEST: Final = 100
_YOUNGEST_CAPTURED: Final = 10
_MEN: Final = frozenset(
    {"m", "male", "man", "ч", "чол", "чоловіча", "чоловік", "м", "муж", "мужской", "männlich", "erkek", "ذكر"}
)


def check(reading: Reading, today: date) -> Iterator[Person]:
    """The persons of a list, each looked at on the way; what is found goes to ``reading.findings``."""
    rows: dict[str, int] = {}
    people: dict[tuple[object, ...], int] = {}
    for person in reading.persons():
        if "id" in person.said:
            first = rows.setdefault(person.id, person.row)
            if first != person.row:
                why = f"The same number stands in row {first} already."
                reading.findings.append(Finding(person.row, reading.column("id"), why, bad=True))
                reading.aside.append((person.row, [person.said.get(k, "") for k in reading.columns.values()]))
                continue
        reading.findings.extend(_of(person, reading, today))
        reading.findings.extend(_twice(person, people))
        yield person


def _of(person: Person, reading: Reading, today: date) -> Iterator[Finding]:
    for key, text in person.said.items():
        if _is_like_a_formula(text):
            why = "The cell begins like a formula. It was taken as text; nothing was run."
            yield Finding(person.row, reading.column(key), why)
    for key, why in (*_of_dates(person, today), *_of_categories(person, today)):
        yield Finding(person.row, reading.column(key), why)


def _is_like_a_formula(text: str) -> bool:
    return text.startswith(_LIKE_FORMULAS) and not text.lstrip("+-").replace(" ", "").replace("-", "").isdigit()


def _of_dates(person: Person, today: date) -> Iterator[tuple[str, str]]:
    years = ages(person.born, today)
    if years is not None and (years.stop <= 0 or years.start > _OLDEST):
        yield "born", "The date of birth cannot be true: it is in the future, or over a hundred years ago."
    if person.captured and person.captured.year > today.year:
        yield "captured", "The date of capture is in the future."
    if person.captured and person.born and person.captured.year and person.born.year:
        age = person.captured.year - person.born.year
        if age < 0:
            yield "captured", "Captured before being born: the dates may be in each other's column."
        elif age < _YOUNGEST_CAPTURED:
            yield "captured", f"Captured at the age of {age}?"


def _of_categories(person: Person, today: date) -> Iterator[tuple[str, str]]:
    found = categories.read(person.said.get("category", "") + ", " + person.said.get("health", ""))
    if not found:
        return
    man = person.said.get("sex", "").casefold() in _MEN or any(
        male(token) for token in tokens(person.said.get("patronymic", "") or person.said.get("name", ""))
    )
    for why in categories.contradictions(found, ages(person.born, today), man, bool(person.said.get("rank"))):
        yield "category", why


def ages(born: When | None, today: date) -> range | None:
    """Which ages are possible; nothing where the year is not known."""
    if born is None or not born.year or born.unsure:
        return None
    most = today.year - born.year
    if not born.month:
        return range(most - 1, most + 1)
    had_birthday = (born.month, born.day or 31) <= (today.month, today.day)
    least = most if had_birthday else most - 1
    return range(least, least + 1)


def _twice(person: Person, people: dict[tuple[object, ...], int]) -> Iterator[Finding]:
    """Rows whose name and date of birth are the very same; other duplicates take matching to find."""
    if person.born is None or not person.born.day:
        return
    words = sorted(tokens(" ".join(person.said.get(k, "") for k in ("name", "surname", "given", "patronymic"))))
    first = people.setdefault((*words, person.born.year, person.born.month, person.born.day), person.row)
    if first != person.row:
        yield Finding(person.row, 0, f"Name and date of birth are those of row {first}: the same person twice?")
