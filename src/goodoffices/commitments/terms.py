"""The terms of a commitment: from when it binds, until when, by when it is to be done, and what ends it.

A condition speaks of *events* by a code (``full-ceasefire``). Committing to something, its beginning, its holding and
its end are four different things. Terms are structure: they hold no words of anybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Literal, TypeAlias

from msgspec import Struct

from goodoffices.commitments.durations import Duration

Point = Literal["happened", "committed", "began", "ended", "fulfilled", "failed"]
"""What of an event counts. ``fulfilled`` and ``failed`` speak of another commitment, by its code."""

MOST_ATOMS = 12  # in one condition: what people can still read, and what can be tried out in every combination


class Happens(Struct, frozen=True, tag="happens", tag_field="is"):
    """Something has come about. ``by`` (code): whose committing it is, where it matters."""

    event: str
    point: Point = "happened"
    by: str | None = None


class Holds(Struct, frozen=True, tag="holds", tag_field="is"):
    """An event began and has not ended: now, or for a length of time, without a break unless ``in_all``."""

    event: str
    duration: Duration | None = None
    in_all: bool = False


class Day(Struct, frozen=True, tag="day", tag_field="is"):
    """A day (``2025-06-01``) or time (RFC 3339) has come; of a day, its end."""

    at: str


class All(Struct, frozen=True, tag="all", tag_field="is"):
    parts: tuple[Condition, ...]


class Any(Struct, frozen=True, tag="any", tag_field="is"):
    parts: tuple[Condition, ...]


class Not(Struct, frozen=True, tag="not", tag_field="is"):
    part: Condition


Condition: TypeAlias = Happens | Holds | Day | All | Any | Not
Atom: TypeAlias = Happens | Holds | Day


class Terms(Struct, frozen=True, omit_defaults=True):
    """Nothing given means: binding at once, without an end or a day by which it is due.

    ``after``: nothing is owed before. ``unless``: nothing is owed once this is so. ``until``: owed for as long as this
    is not so. ``within`` a time of ``of``: owed once that came about, and due that much later. ``by``: due when this
    comes. ``lasting``: owed for so long after it binds.
    """

    after: Condition | None = None
    unless: Condition | None = None
    until: Condition | None = None
    within: Duration | None = None
    of: Condition | None = None
    by: Condition | None = None
    lasting: Duration | None = None

    def conditions(self) -> tuple[Condition, ...]:
        return tuple(c for c in (self.after, self.unless, self.until, self.of, self.by) if c is not None)

    def events(self) -> frozenset[str]:
        """The codes of the events these terms speak of."""
        return frozenset(a.event for a in self._atoms() if not (isinstance(a, Day) or _of_commitment(a)))

    def commitments(self) -> frozenset[str]:
        """The codes of the commitments these terms depend on."""
        return frozenset(a.event for a in self._atoms() if isinstance(a, Happens) and _of_commitment(a))

    def _atoms(self) -> Iterator[Atom]:
        for condition in self.conditions():
            yield from atoms(condition)


def _of_commitment(atom: Atom) -> bool:
    return isinstance(atom, Happens) and atom.point in {"fulfilled", "failed"}


def atoms(condition: Condition) -> Iterator[Atom]:
    """What a condition is made of, in order, repeats included."""
    match condition:
        case All(parts) | Any(parts):
            for part in parts:
                yield from atoms(part)
        case Not(part):
            yield from atoms(part)
        case _:
            yield condition


def fault(terms: Terms) -> str | None:
    """Why these terms cannot stand, as a sentence; None where they can."""
    for condition in terms.conditions():
        if len(set(atoms(condition))) > MOST_ATOMS:
            return f"One condition speaks of more than {MOST_ATOMS} things; put it into several commitments."
    for needed in (terms.after, terms.of, terms.by):
        if needed is not None and not _possible(needed, True):
            return f"“{said(needed)}” can never be met."
    for ending in (terms.unless, terms.until):
        if ending is not None and not _possible(ending, False):
            return f"“{said(ending)}” is always so, so nothing would ever be owed."
    return _order(terms)


def _order(terms: Terms) -> str | None:
    start, end = terms.after, terms.by if terms.by is not None else terms.until
    if isinstance(start, Day) and isinstance(end, Day) and end.at < start.at:
        return f"It would end ({end.at}) before it binds ({start.at})."
    return None


def _possible(condition: Condition, wanted: bool) -> bool:
    """Whether the condition can come out as ``wanted``, its atoms being free of one another."""
    free = list(dict.fromkeys(atoms(condition)))
    cases = product((True, False), repeat=len(free))
    return any(_value(condition, dict(zip(free, case, strict=True))) is wanted for case in cases)


def _value(condition: Condition, case: dict[Atom, bool]) -> bool:
    match condition:
        case All(parts):
            return all(_value(part, case) for part in parts)
        case Any(parts):
            return any(_value(part, case) for part in parts)
        case Not(part):
            return not _value(part, case)
        case _:
            return case[condition]


def said(of: Condition | Terms) -> str:
    """In the language that ``language.parse`` reads, so that it means the same read back."""
    if isinstance(of, Terms):
        return ", ".join(_clauses(of))
    match of:
        case All(parts):
            return " and ".join(_nested(part) for part in parts)
        case Any(parts):
            return " or ".join(_nested(part) for part in parts)
        case Not(part):
            return f"not {_nested(part)}"
        case Happens(event, "committed", by):
            return f"{_words(by)} commits to {_words(event)}" if by else f"{_words(event)} is committed to"
        case Happens(event, "happened", _):
            words = _words(event)
            return words if _VERBAL.isdisjoint(words.split()) else f"{words} happens"
        case Happens(event, point, _):
            return f"{_words(event)} {_VERBS[point]}"
        case Holds(event, duration, in_all):
            how = "" if duration is None else f" for {duration} in all" if in_all else f" for {_consecutive(duration)}"
            return f"{_words(event)} holds{how}"
        case Day(at):
            return at


_VERBS = {"began": "begins", "ended": "ends", "fulfilled": "is fulfilled", "failed": "has failed"}
OF_THE_LANGUAGE = frozenset(
    {"after", "if", "once", "unless", "until", "within", "by", "before", "for", "and", "or", "not"}
)
"""Words that begin a clause or join conditions, so that no name of an event holds them but in one piece."""

# In the name of an event these would be read as what of it counts, unless “happens” follows.
_VERBAL = frozenset(
    {
        *("begins", "begun", "commits", "committed", "ended", "ends", "failed", "fails", "fulfilled", "happened"),
        *("happens", "hold", "holds", "starts"),
    }
)


def _clauses(terms: Terms) -> Iterator[str]:
    if terms.after is not None:
        yield f"after {said(terms.after)}"
    if terms.within is not None and terms.of is not None:
        yield f"within {terms.within} of {said(terms.of)}"
    if terms.by is not None:
        yield f"by {said(terms.by)}" if isinstance(terms.by, Day) else f"before {said(terms.by)}"
    if terms.lasting is not None:
        yield f"for {terms.lasting}"
    if terms.until is not None:
        yield f"until {said(terms.until)}"
    if terms.unless is not None:
        yield f"unless {said(terms.unless)}"


def _nested(condition: Condition) -> str:
    return f"({said(condition)})" if isinstance(condition, All | Any) else said(condition)


def _consecutive(duration: Duration) -> str:
    count, unit = str(duration).split(" ")
    return f"{count} consecutive {unit}"


def _words(code: str | None) -> str:
    """A code in words; one that holds a word of the language stays in one piece, or it would be read as that."""
    words = (code or "").split("-")
    return (code or "") if OF_THE_LANGUAGE & set(words) else " ".join(words)
