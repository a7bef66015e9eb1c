"""What a list of prisoners may say of a person, and the words that columns are headed with.

After the Third Geneva Convention (articles 122 and 70): who somebody is, where and when captured, in what state, and
who says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final


@dataclass(frozen=True)
class Field:
    """One thing a list says of a person; ``words`` are headings that mean it, as ``folded`` gives them."""

    key: str
    label: str
    words: frozenset[str]


def folded(heading: str) -> str:
    """A heading without case, marks, punctuation and spaces."""
    text = unicodedata.normalize("NFKD", heading.casefold())
    return re.sub(r"[\W_]+", "", "".join(c for c in text if not unicodedata.combining(c)))


def _fields() -> dict[str, Field]:
    found = {}
    text = resources.files("goodoffices.prisoners.lists").joinpath("headings.txt").read_text("utf-8")
    for line in text.splitlines()[1:]:
        key, label, words = line.split("|")
        found[key] = Field(key, label, frozenset(folded(w) for w in (*words.split(";"), key, label)) - {""})
    return found


FIELDS: Final = _fields()
NAMES: Final = ("name", "surname", "given", "patronymic", "father", "mother", "alias")
"""Fields that hold names of the person or the family."""
SAYS_WHO: Final = ("name", "surname", "given")
"""A row needs one of these."""
DATES: Final = ("born", "captured")

_BY_WORD: Final = {word: key for key, field in FIELDS.items() for word in field.words}
_BY_SIGN: Final = {"№": "id", "#": "id", "№ з/п": "id", "№ п/п": "id"}


class BadMap(ValueError):
    """A map names a column or a field that is not there."""


def guessed(headings: Sequence[str]) -> dict[int, str]:
    """Column (from 0) -> key of the field it is headed as; the first column of two with one meaning."""
    found: dict[int, str] = {}
    for column, heading in enumerate(headings):
        key = _BY_SIGN.get(heading.strip().casefold()) or _BY_WORD.get(folded(heading))
        if key is not None and key not in found.values():
            found[column] = key
    return found


def mapped(headings: Sequence[str], given: Mapping[str, str]) -> dict[int, str]:
    """Column -> field as a map says, heading -> key; columns it does not name are left out."""
    places = {heading.strip(): column for column, heading in reversed(list(enumerate(headings)))}
    wrong = [f"there is no column “{h}”" for h in given if h.strip() not in places]
    wrong += [f"“{key}” is not a field" for key in given.values() if key not in FIELDS]
    twice = {key for key in given.values() if list(given.values()).count(key) > 1}
    wrong += [f"two columns are to be “{key}”" for key in sorted(twice)]
    if wrong:
        raise BadMap(f"The map does not fit: {'; '.join(wrong)}. Fields are: {', '.join(FIELDS)}.")
    return {places[heading.strip()]: key for heading, key in given.items()}
