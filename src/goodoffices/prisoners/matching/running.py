"""One run: from rows of two lists, by number, to the pairs found among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from goodoffices.prisoners.lists.persons import Reading
from goodoffices.prisoners.lists.tables import Table
from goodoffices.prisoners.matching.columns import Columns, columns
from goodoffices.prisoners.matching.engine import Match, Matching, Step
from goodoffices.prisoners.matching.found import Found, Pair
from goodoffices.prisoners.names.lexicon import Lexicon

COMPARED: Final = (
    "name", "surname", "given", "patronymic", "father", "birthplace", "born", "captured", "personal", "service",
)  # fmt: skip
"""The fields of a row that matching looks at; nothing else is handed to it."""
ENGINE: Final = "local-1"
"""What an entry names as having compared: raised when the comparisons or their words change."""
_EACH: Final = 20_000

Rows = Sequence[tuple[str, Mapping[str, str]]]
"""Number of a row, no two alike, and field -> text. Dates as they were understood (EDTF)."""


class NothingToMatch(ValueError):
    """A list has no row with a name."""


def run(left: Rows, right: Rows | None, step: Step = lambda _what, _share: None) -> Found:
    """What two lists, or one with itself (``right`` None), have in common. Raises ``NothingToMatch``."""
    lexicon = Lexicon()
    ours = _columns(left, lexicon, step)
    theirs = ours if right is None else _columns(right, lexicon, step)
    matching = Matching(ours, theirs, lexicon, step, right is None)
    step("pairing", 0)
    matches = sorted(matching.matches(), key=lambda one: one.decision != "certain")  # stable: the likeliest first
    pairs = _with_reasons(matches, matching, ours, theirs, step)
    others = _with_reasons(matching.left_out(matches), matching, ours, theirs, step)
    there = () if right is None else tuple(theirs.ids)
    return Found(tuple(ours.ids), there, tuple(pairs), matching.compared, right is None, tuple(others))


def _with_reasons(matches: list[Match], matching: Matching, ours: Columns, theirs: Columns, step: Step) -> list[Pair]:
    pairs: list[Pair] = []
    for start in range(0, len(matches), _EACH):
        step("giving reasons", start / len(matches))
        pairs += _pairs(matches[start : start + _EACH], matching, ours, theirs)
    return pairs


def _pairs(found: list[Match], matching: Matching, ours: Columns, theirs: Columns) -> Iterator[Pair]:
    reasons = matching.reasons_of([(one.left, one.right) for one in found])
    for one, said in zip(found, reasons, strict=True):
        certain = one.decision == "certain"
        yield Pair(ours.ids[one.left], theirs.ids[one.right], one.probability, certain, tuple(said))


def _columns(rows: Rows, lexicon: Lexicon, step: Step) -> Columns:
    keys = [key for key in COMPARED if any(key in said for _, said in rows)]
    table = Table(
        ["id", *keys], ((n, [number, *(said.get(key, "") for key in keys)]) for n, (number, said) in enumerate(rows, 1))
    )
    reading = Reading(table, dict(enumerate(("id", *keys))))
    if not rows or not {"name", "surname", "given"} & set(keys):
        raise NothingToMatch("There is no row with a name in this list.")
    found = columns(reading, lexicon, lambda done: step("reading", done / len(rows)))
    if not len(found):
        raise NothingToMatch("There is no row with a name in this list.")
    return found
