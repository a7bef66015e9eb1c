"""Given names that are one name in several languages, and what people are called for short.

`Микола`, `Николай`, `Nikolaj` and `Nicholas` are one; `Коля` may be one of them. The list is in ``given_names.txt``.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

from goodoffices.prisoners.names.latin import plain
from goodoffices.prisoners.names.standards import STANDARDS, Language, spelled

SHORT: Final = 1 << 12
"""Added to the number of a name where it is meant by a short form."""
_CYRILLIC: Final = frozenset("абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя'")
_LANGUAGES: Final[tuple[Language, ...]] = ("uk", "ru")

Known = dict[str, tuple[int, ...]]


@cache
def known() -> Known:
    """Every spelling of a given name -> the numbers (from 1) of the names it may be."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(lines(), 1):
        formal, _, short = line.partition(";")
        for mark, forms in ((0, formal), (SHORT, short)):
            for spelling in {s for form in forms.split() for s in _spellings(form)}:
                found.setdefault(spelling, []).append(number | mark)
    return {spelling: tuple(dict.fromkeys(numbers)) for spelling, numbers in found.items()}


def lines() -> list[str]:
    """The list, one given name a line."""
    text = resources.files("goodoffices.prisoners.names").joinpath("given_names.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _spellings(form: str) -> set[str]:
    if not _CYRILLIC.issuperset(form):
        return {plain(form)}
    latin = {plain(spelled(form, standard, language)) for standard in STANDARDS for language in _LANGUAGES}
    return {form.replace("'", ""), *latin, *_cut(latin)}


def _cut(spellings: set[str]) -> set[str]:
    """Serhiy, Serhii and Serhij are also written Serhi, Sergei Serge-y."""
    return {s[:-1] for s in spellings if len(s) > 4 and s[-1] in "yij" and s[-2] in "iye"}
