"""Categories that decide who goes first or under other terms, in the words of lists; and which of them cannot both be
true.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import Final

_WORDS: Final = resources.files("goodoffices.prisoners.lists").joinpath("categories.txt").read_text("utf-8")
_FOUND_BY: Final = {
    key: re.compile("|".join(rf"(?<!\w){re.escape(w.strip())}" for w in words.split(",")))
    for key, words in (line.split("|") for line in _WORDS.splitlines()[1:])
}
CATEGORIES: Final = tuple(_FOUND_BY)
MINOR_UNTIL: Final = 18
YOUNG_UNTIL: Final = 25

_NEVER_BOTH: Final = (
    ("deceased", "wounded"), ("deceased", "severely-wounded"), ("deceased", "ill"), ("minor", "young"),
)  # fmt: skip


def read(text: str) -> frozenset[str]:
    """The categories that a cell names, in any of several languages."""
    said = text.casefold()
    found = {key for key, pattern in _FOUND_BY.items() if pattern.search(said)}
    if "severely-wounded" in found:
        found.discard("wounded")
    return frozenset(found)


def contradictions(found: frozenset[str], years: range | None, man: bool, has_rank: bool) -> list[str]:
    """Sentences on what cannot be true together. ``years``: what the age may be; ``man``: sex or patronymic say so."""
    said = [f"“{a}” and “{b}” cannot both be true." for a, b in _NEVER_BOTH if a in found and b in found]
    if years is not None and "minor" in found and years.start >= MINOR_UNTIL:
        said.append(f"“minor”, but the date of birth makes this person {years.start} or older.")
    if years is not None and "young" in found and (years.start > YOUNG_UNTIL or years.stop - 1 < MINOR_UNTIL):
        said.append("“18 to 25”, but the date of birth says otherwise.")
    if "woman" in found and man:
        said.append("“woman”, but sex or patronymic are a man's.")
    if "civilian" in found and has_rank:
        said.append("“civilian”, but a rank is given.")
    return said
