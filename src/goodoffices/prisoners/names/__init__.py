"""Names across alphabets: how alike are two names, in Cyrillic, Latin or Arabic letters, after whatever standard?

    >>> from goodoffices.prisoners.names import score
    >>> score(["Іваненко Микола Петрович"], ["Nikolai Ivanenko"])

Each token is turned into sounds (``cyrillic``, ``latin``, ``arabic``), compared by a weighted edit distance
(``sounds``, ``distances``), and the tokens of two names are paired off (``scoring``). Nothing guesses a language or
transliterates: a spelling that may stand for several sounds is near to all of them. ``lexicon`` prepares many names at
once; ``standards`` writes names the other way, for synthetic lists.

A score says how alike two spellings are, and never that two people are one.
"""

from __future__ import annotations

from collections.abc import Iterable

from goodoffices.prisoners.names.lexicon import Lexicon
from goodoffices.prisoners.names.scoring import Scores, compare


def score(left: Iterable[str], right: Iterable[str]) -> Scores:
    """How alike names are as they come, pair by pair, from 0 to 1; above 0.5 they rather are one name.

    A name with no word in a known alphabet scores 0.
    """
    lexicon = Lexicon()
    return compare(lexicon, lexicon.prepare(left), lexicon.prepare(right))
