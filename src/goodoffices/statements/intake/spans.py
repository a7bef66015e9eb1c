"""A stretch of a source: where it begins, where it ends, and its text, which is what stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Stretch(NamedTuple):
    """Offsets into the text being read, while rules work on it: characters, ``end`` excluded."""

    start: int
    end: int

    def holds(self, other: Stretch) -> bool:
        return self.start <= other.start and other.end <= self.end


class NotInSource(ValueError):
    """A span that does not say what stands in the source. A fault of ours, never of who gave the source."""


@dataclass(frozen=True, slots=True)
class Span:
    """``source[start:end] == text``, in characters (code points), ``end`` excluded. Only ``cut`` makes one."""

    start: int
    end: int
    text: str

    def as_json(self) -> dict[str, object]:
        return {"start": self.start, "end": self.end, "text": self.text}


def cut(source: str, start: int, end: int) -> Span:
    """The span of ``source`` from ``start`` to ``end``. Raises ``NotInSource`` when there is none."""
    if not 0 <= start < end <= len(source):
        raise NotInSource(f"No text stands from {start} to {end} in a source of {len(source)} characters.")
    return Span(start, end, source[start:end])


def check(source: str, span: Span) -> None:
    """Raises ``NotInSource`` unless ``span`` says what stands in ``source``."""
    if span.start < 0 or source[span.start : span.end] != span.text:
        # Nothing of the text: this may end up in a log.
        raise NotInSource(f"What is said to stand from {span.start} to {span.end} in the source does not.")
