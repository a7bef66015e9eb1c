"""Categories for synthetic lists: some are wounded, ill or long held, as it happens. Nobody on these lists exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from goodoffices.prisoners.synthesizing.people import Draw

HEADINGS: Final = {"uk": "Категорія", "ru": "Категория", "latin": "Category"}
_SHARES: Final = (
    (0.02, ("тяжкопоранений", "тяжелораненый", "severely wounded")),
    (0.04, ("хворий", "больной", "ill")),
    (0.10, ("поранений", "раненый", "wounded")),
    (0.08, ("тривалий час", "длительное время", "long held")),
    (0.05, ("цивільний", "гражданский", "civilian")),
)


def with_categories(rows: Iterable[list[str]], language: str, draw: Draw) -> Iterator[list[str]]:
    """The rows with a category at their end, for those who have one. ``language``: a key of ``HEADINGS``."""
    place = tuple(HEADINGS).index(language)
    for row in rows:
        chance = draw.random()
        for share, words in _SHARES:
            if chance < share:
                yield [*row, words[place]]
                break
            chance -= share
        else:
            yield [*row, ""]
