"""What goes wrong when people are written down, at rates that can be set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from goodoffices.prisoners.synthesizing.people import Draw

RATES: Final = {
    "typo": 0.08,
    "short": 0.03,
    "other-language": 0.05,
    "swapped": 0.02,
    "no-patronymic": 0.25,
    "half-surname": 0.3,
    "day-month": 0.02,
    "wrong-date": 0.05,
    "year-only": 0.03,
    "no-date": 0.03,
    "no-place": 0.15,
    "no-number": 0.7,
    "wrong-number": 0.02,
    "no-capture": 0.5,
    "wrong-capture": 0.2,
    "twice": 0.01,
}
"""Kind of error -> how often it happens: a name misspelled by a slip; a short form of a given name; the name as the
other language has it; surname and given name in each other's column; no patronymic; one half of a double surname; day
and month exchanged; a wrong day, month or year; only the year; no date, place or number; a wrong digit in the number;
no date of capture, or one some days off; the same person twice in a list.
"""


class BadRate(ValueError):
    """An error of a kind that is not known, or a rate that is none."""


def rates(given: Mapping[str, float]) -> dict[str, float]:
    """All rates, with those given in place of the usual ones."""
    wrong = [kind for kind in given if kind not in RATES]
    wrong += [f"{kind}={rate}" for kind, rate in given.items() if not 0 <= rate <= 1]
    if wrong:
        raise BadRate(
            f"Not a kind of error with a rate from 0 to 1: {', '.join(wrong)}. Kinds are: {', '.join(RATES)}."
        )
    return {**RATES, **given}


def slip(word: str, draw: Draw) -> str:
    """A word with one slip of the fingers: a letter too many, too few, another one, or two exchanged."""
    if len(word) < 3:
        return word
    place, kind = int(draw.integers(1, len(word))), int(draw.integers(4))
    other = word[int(draw.integers(len(word)))].lower()
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + other + word[place:]
    if kind == 2:
        return word[:place] + other + word[place + 1 :]
    return (
        word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
        if place > 1
        else word[0] + word[1] + word[1:]
    )
