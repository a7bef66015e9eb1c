"""Conditions and durations: under which circumstances, by when and for how long something is said to hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goodoffices.statements.intake.language import Flag
from goodoffices.statements.intake.reading import Reading
from goodoffices.statements.intake.spans import Stretch

_TRAILING = " \n.,;:!?…\"”’'»–—-"


def closed(made: Reading, stretch: Stretch) -> Stretch:
    """With the closing mark of a quotation that was opened in it."""
    last = made.word_at(stretch.end) - 1
    quote = made.quoted[last] if 0 <= last < len(made.quoted) else -1
    if quote >= 0 and made.quotes[quote].label is None and made.quotes[quote].opened_at >= stretch.start:
        end = made.quotes[quote].closed_at
        if end - stretch.end <= 2 and end < len(made.text):
            return Stretch(stretch.start, end + 1)
    return stretch


@dataclass(frozen=True, slots=True)
class Terms:
    """What was found in one clause, in order."""

    conditions: tuple[Stretch, ...]
    durations: tuple[Stretch, ...]


def trimmed(text: str, start: int, end: int) -> Stretch:
    """Without white space and punctuation at its end, or white space and commas at its start."""
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    while start < end and text[start] in " \n,;":
        start += 1
    return Stretch(start, end)


def terms(made: Reading, start: int, end: int) -> Terms:
    """The terms between two places of the text."""
    first = made.word_at(start)
    found = made.matches(made.language.duration, Flag.TIME, first, end)
    durations = tuple(Stretch(*m.span()) for m in found)
    return Terms(tuple(_conditions(made, first, end, durations)), durations)


def _conditions(made: Reading, first: int, end: int, durations: tuple[Stretch, ...]) -> Iterator[Stretch]:
    """Each from its first word to the comma that ends it when it comes first, else to the clause's end."""
    text, start, free = made.text, made.starts[first] if first < len(made.starts) else end, 0
    timed = {d.start for d in durations}
    for match in made.matches(made.language.condition, Flag.CONDITION, first, end):
        if (
            match.start() < free
            or match.start() in timed
            or match["word"].lower().startswith(made.language.small.no_condition)
        ):
            continue
        stretch = trimmed(text, match.start(), _end(made, match.end(), end, match.start() == start))
        if stretch.end > match.end():
            yield stretch
            free = stretch.end


def _end(made: Reading, start: int, end: int, comes_first: bool) -> int:
    stop = made.language.clause_end.search(made.text, start, end)
    if stop:
        end = stop.start()
    comma = made.text.find(", ", start, end)
    while comma >= 0 and not comes_first and not _ends_clause(made, comma, end):
        comma = made.text.find(", ", comma + 1, end)
    return comma if comma >= 0 else end


def _ends_clause(made: Reading, comma: int, end: int) -> bool:
    """Whether what follows a comma is a clause of its own and no item of a list: it has a subject that acts."""
    first = made.word_at(comma + 1)
    last = min(made.word_at(end), first + 8)
    return any(made.language.is_verb_of_clause(made.flags[w]) for w in range(first, last))
