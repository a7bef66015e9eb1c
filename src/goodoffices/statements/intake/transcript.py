"""Transcripts: turns that begin with their speaker's label (“THRALE:”) and stand without quotation marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from goodoffices.statements.intake.quotes import MARKS
from goodoffices.statements.intake.spans import Stretch

_FEWEST = 3  # turns; a label or two may be anything (“Note: …”)
_DIRECTION = re.compile(r"[\[(][^\])]*[\])]\Z")


def turns(text: str, paragraphs: Sequence[Stretch], label: re.Pattern[str]) -> dict[int, tuple[Stretch, Stretch]]:
    """For each paragraph that is spoken: the label of who speaks, and what is said. Empty when it is no transcript."""
    labels = _labels(text, paragraphs, label)
    if not _is_transcript(text, labels):
        return {}
    spoken: dict[int, tuple[Stretch, Stretch]] = {}
    speaking: Stretch | None = None
    for number, paragraph in enumerate(paragraphs):
        start = paragraph.start
        if number in labels:
            speaking, start = labels[number]
        elif _DIRECTION.match(text[start : paragraph.end]):
            continue
        if speaking is not None and start < paragraph.end:
            spoken[number] = (speaking, Stretch(start, paragraph.end))
    return spoken


def _labels(text: str, paragraphs: Sequence[Stretch], label: re.Pattern[str]) -> dict[int, tuple[Stretch, int]]:
    found: dict[int, tuple[Stretch, int]] = {}
    for number, paragraph in enumerate(paragraphs):
        match = label.match(text, *paragraph)
        if match and not MARKS.match(text[match.end() : match.end() + 1]):
            found[number] = (Stretch(*match.span("who")), match.end())
    return found


def _is_transcript(text: str, labels: dict[int, tuple[Stretch, int]]) -> bool:
    if len(labels) < _FEWEST:
        return False
    names = Counter(text[who.start : who.end] for who, _ in labels.values())
    return max(names.values()) > 1
