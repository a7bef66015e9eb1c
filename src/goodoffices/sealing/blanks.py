"""Which required topics a paper leaves blank, where it is set out by topics so that a program can tell."""

from __future__ import annotations

from goodoffices.papers import conditions
from goodoffices.papers.conditions import NotReadable
from goodoffices.papers.topics import OTHER
from goodoffices.sealing.layers import Opened
from goodoffices.sealing.terms import Terms


def left_blank(terms: Terms, opened: Opened) -> list[str] | None:
    """The required topics of the terms that no condition in the paper is about; None where it has no topics at all."""
    try:
        found = conditions.parse(opened.content, opened.name, opened.media)
    except NotReadable:
        return None
    return list(found.blank(terms.topics)) if set(found.topics) - {OTHER} else None
