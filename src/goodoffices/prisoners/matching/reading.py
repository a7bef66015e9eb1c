"""Two lists read into columns, at the same time where they are large."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from typing import Final

from goodoffices.prisoners.lists import files
from goodoffices.prisoners.lists.fields import BadMap
from goodoffices.prisoners.lists.tables import BadList, Finding
from goodoffices.prisoners.matching.columns import Columns, Step, columns
from goodoffices.prisoners.names.lexicon import Lexicon

_LARGE: Final = 3 << 20
"""Bytes of both lists from which a second process is worth starting."""

Map = Mapping[str, str] | None


@dataclass(frozen=True)
class Read:
    """A list in columns, and what was found in it on the way."""

    columns: Columns
    findings: list[Finding]


class Unreadable(ValueError):
    """One of two lists cannot be read: which, 0 or 1, and why."""

    def __init__(self, side: int, why: str) -> None:
        super().__init__(side, why)
        self.side, self.why = side, why


def read(content: bytes, given: Map, lexicon: Lexicon, step: Step, side: int = 0) -> Read:
    """One list. Raises ``Unreadable``."""
    try:
        reading = files.read(content, given, shared=True)
    except (BadList, BadMap) as error:
        raise Unreadable(side, str(error)) from None
    return Read(columns(reading, lexicon, step), reading.findings)


def read_both(left: bytes, right: bytes, given: Map, step: Step) -> tuple[Read, Read, Lexicon]:
    """Both lists, in the numbers of one lexicon. What passes between processes stays in memory.

    Raises ``Unreadable``.
    """
    lexicon = Lexicon()
    if len(left) + len(right) < _LARGE:
        return read(left, given, lexicon, step), read(right, given, lexicon, step, 1), lexicon
    with ProcessPoolExecutor(1, get_context(_start_method())) as beside:
        coming = beside.submit(_read_beside, right, given)
        ours = read(left, given, lexicon, step)
        lexicon.arrays  # noqa: B018 - likewise
        theirs, other = coming.result()
    numbers = lexicon.absorb(other)
    return ours, Read(theirs.columns.renumbered(numbers), theirs.findings), lexicon


@contextmanager
def without_collecting() -> Iterator[None]:
    """While millions of cells come and go, none of them in a circle, the collector would look at them in vain again and
    again: a third of the time of reading.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _start_method() -> str:
    """Forking is quicker, and safe only while no other thread runs, as one does that shows progress."""
    alone = threading.active_count() == 1 and "fork" in get_all_start_methods()
    return "fork" if alone else "spawn"


def _read_beside(content: bytes, given: Map) -> tuple[Read, Lexicon]:
    lexicon = Lexicon()
    with without_collecting():
        read_ = read(content, given, lexicon, lambda _: None, 1)
        lexicon.arrays  # noqa: B018 - what is known of its words is found here, beside those of the other list
    return read_, lexicon
