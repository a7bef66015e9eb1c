"""The parts of a readout: sections of items, each an entry's sentence with its ref."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goodoffices.readouts.labels import Label
from goodoffices.readouts.lines.line import Pair


@dataclass(frozen=True)
class Item:
    """One entry's sentence. ``answers``: entries about this one. ``notes``: what follows from all of them together."""

    ref: str
    seq: int
    text: str
    quotes: tuple[Pair, ...] = ()
    details: tuple[Pair, ...] = ()
    labels: tuple[Label, ...] = ()
    answers: tuple[Item, ...] = ()
    notes: tuple[str, ...] = ()

    def walk(self) -> Iterator[Item]:
        """This item and those under it."""
        yield self
        for answer in self.answers:
            yield from answer.walk()


@dataclass(frozen=True)
class Section:
    """``code`` is stable; ``title`` is what a reader sees."""

    code: str
    title: str
    items: tuple[Item, ...]

    def walk(self) -> Iterator[Item]:
        for item in self.items:
            yield from item.walk()
