"""Looking for one name on a list: for a person who looks where no pair was found."""

from __future__ import annotations

from collections.abc import Mapping

from goodoffices.prisoners.names import score


def nearest(name: str, there: Mapping[str, str], most: int) -> list[tuple[str, float]]:
    """The numbers of the rows whose names are nearest to ``name``, with how alike they are (0 to 1), the nearest first.

    ``there``: names by number. A name of its words in any alphabet and order; it says nothing of who is who.
    """
    scores = score([name] * len(there), there.values())
    ranked = sorted(zip(there, scores, strict=True), key=lambda one: -float(one[1]))
    return [(number, float(alike)) for number, alike in ranked[:most]]
