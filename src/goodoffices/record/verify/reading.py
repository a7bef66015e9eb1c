"""The quick part: everything that can be told of a run of lines without knowing what stands before it.

A verifier spends nearly all its time here, so lines are read in blocks (``block``); only where a block is not as it
nearly always is are its lines read one by one, which is three times as slow and says what is wrong. Runs can be read by
several processes. What needs the record's past (seats, keys, acts seen before) is noted for ``walk``.
``tests/unit/record/test_tamper.py`` holds the result equal to a verifier that does nothing quickly.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate
from operator import eq, ne
from typing import TypeAlias

import msgspec

from goodoffices.record import canonical
from goodoffices.record.entries import MAX_ENTRY_BYTES
from goodoffices.record.seats import BINDING, SEATS
from goodoffices.record.verify.block import Author, Header, blocks, headers
from goodoffices.record.verify.header import misshapen, well_formed

OTHER_AUTHOR = "it is part of an act of another author"
ANSWERS = {"minute-confirmed": "minuted-confirmed", "minute-objected": "minuted-objected"}

_APART = frozenset((*SEATS.folds, *ANSWERS))
# A citation in canonical bytes: neither escaped nor a key.
_CITED = re.compile(rb'"p:(?<!\\"p:)([0-9a-f]{64})"(?!:)')
_SEQ = re.compile(rb'"seq":([0-9]{1,16}),')

Writer: TypeAlias = tuple[str, str, bool, bool]
"""Person, delegation, whether on another's behalf, whether that needs a signature."""


@dataclass
class Run:
    """Lines that follow one another from ``first``. Every seq is the entry's place in the record.

    ``acts``: the act of each stretch of one act, 32 bytes each, in one piece that is quick to hand over between
    processes; ``stretches``: the seq of each; ``authors``: (person, delegation) of the first and of the last.
    ``apart``: (seq, start, end in the file) of entries that ``walk`` must read whole. ``writers``: before each of
    those, and at the end, who wrote and where first. ``minuted``: (seq, delegation). ``cited``: digests (64 hex), and
    by which entry first.
    """

    first: int
    count: int = 0
    leaves: bytes = b""
    first_at: str = ""
    last_at: str = ""
    acts: bytes = b""
    stretches: array[int] = field(default_factory=lambda: array("Q"))
    authors: tuple[tuple[str, str], tuple[str, str]] = (("", ""), ("", ""))
    apart: list[tuple[int, int, int]] = field(default_factory=list)
    writers: list[dict[Writer, int]] = field(default_factory=list)
    minuted: list[tuple[int, str]] = field(default_factory=list)
    cited: dict[bytes, int] = field(default_factory=dict)
    fault: tuple[int, str] | None = None


def read(chunk: bytes, first: int | None, start: int, talks: str, room: str) -> Run:
    """Read whole lines, each with its line feed; ``start`` is where they stand in the file. Stops at a fault.

    ``first``: the seq of the first, or None if it is not known: then the first line is believed, and the caller looks.
    """
    reading = _Reading(_said(chunk) if first is None else first, start, talks, room)
    if all(map(reading.block, blocks(chunk))) and chunk[-1:] != b"\n":
        reading.fault("it is cut short: its line does not end")
    return reading.end()


def _said(chunk: bytes) -> int:
    """The number that the first line says it has; any number, if it says none."""
    found = _SEQ.search(chunk, max(chunk.rfind(b'"header":{', 0, chunk.find(b"\n")), 0))
    return int(found[1]) if found else 0


class _Reading:
    """What one run has come to so far, and where it goes on."""

    def __init__(self, first: int, start: int, talks: str, room: str) -> None:
        self._run = Run(first)
        self._seq, self._start, self._talks, self._room = first, start, talks, room
        self._act = self._at = ""
        self._author = self._first_author = Author("", "")
        self._acts: list[str] = []
        self._leaves: list[bytes] = []
        self._writers: dict[Writer, int] = {}

    def block(self, block: bytes) -> bool:
        """Read on; False once a fault was found."""
        found = headers(block, self._talks, self._room)
        lines = block.split(b"\n")
        lines.pop()
        if found and self._follow(found):
            self._take(block, lines, found)
            return True
        for line in lines:
            why = self._line(line)
            if why:
                self.fault(why)
                return False
        return True

    def fault(self, why: str) -> None:
        self._run.fault = (self._seq, why)

    def _follow(self, found: Sequence[Header]) -> bool:
        """Whether well-formed headers follow from one another and from what was read. If not, ``_why_not`` of one."""
        ats, acts = [h.at for h in found], [h.act for h in found]
        again = [i for i, same in enumerate(map(eq, acts, [self._act, *acts])) if same]
        return (
            [h.seq for h in found] == list(range(self._seq, self._seq + len(found)))
            and ats[0] >= self._at
            and ats == sorted(ats)
            and all(map(_is_day, {at[:10] for at in ats}))
            and all(found[i].author == (found[i - 1].author if i else self._author) for i in again)
        )

    def _line(self, line: bytes) -> str | None:
        """Take in one line, or say why it cannot stand here."""
        try:
            value = canonical.decode(line) if len(line) <= MAX_ENTRY_BYTES else None
        except canonical.NotCanonical as error:
            return f"its line is {error}"
        if not well_formed(line, value, self._talks.encode(), self._room.encode()):
            return misshapen(line, value)
        header = msgspec.convert(value["header"], Header)  # type: ignore[index,call-overload]  # it is well formed
        why = self._why_not(header)
        if not why:
            self._take(line, [line], [header])
        return why

    def _why_not(self, header: Header) -> str | None:
        if header.seq != self._seq:
            return f"its number is {header.seq} where {self._seq} is due: entries were dropped, repeated or moved"
        if header.at < self._at:
            return backwards(header.at, self._at)
        if not _is_day(header.at[:10]):
            return f"there is no such day as {header.at[:10]}"
        return OTHER_AUTHOR if header.act == self._act and header.author != self._author else None

    def _take(self, block: bytes, lines: Sequence[bytes], found: Sequence[Header]) -> None:
        self._note_acts(found)
        self._note_writers(lines, found)
        self._note_cited(block, lines)
        self._leaves += [sha256(b"\x00" + line).digest() for line in lines]
        self._seq += len(lines)
        self._start += sum(map(len, lines)) + len(lines)

    def _note_acts(self, found: Sequence[Header]) -> None:
        acts = [h.act for h in found]
        begun = [i for i, other in enumerate(map(ne, acts, [self._act, *acts])) if other]
        self._run.stretches.extend([self._seq + i for i in begun])
        self._acts += [acts[i] for i in begun]
        if not self._run.first_at:
            self._run.first_at, self._first_author = found[0].at, found[0].author
        self._act, self._at, self._author = acts[-1], found[-1].at, found[-1].author

    def _note_writers(self, lines: Sequence[bytes], found: Sequence[Header]) -> None:
        self._run.minuted += [(self._seq + i, h.behalf) for i, h in enumerate(found) if h.behalf is not None]
        done = 0
        for place in [i for i, h in enumerate(found) if h.signed is not None or h.kind in _APART]:
            self._wrote(found, done, place)
            start = self._start + sum(map(len, lines[:place])) + place
            self._run.apart.append((self._seq + place, start, start + len(lines[place])))
            self._run.writers.append(self._writers)
            self._writers, done = {}, place + 1
        self._wrote(found, done, len(found))

    def _wrote(self, found: Sequence[Header], start: int, stop: int) -> None:
        """Who wrote these entries, and where first."""
        wrote = [(h.author, h.behalf is not None, h.kind) for h in found[start:stop]]
        first = dict(zip(reversed(wrote), range(self._seq + stop - 1, self._seq + start - 1, -1), strict=True))
        for (author, behalf, kind), seq in first.items():
            writer = (author.person, author.delegation, behalf, not behalf and kind in BINDING)
            self._writers[writer] = min(seq, self._writers.get(writer, seq))

    def _note_cited(self, block: bytes, lines: Sequence[bytes]) -> None:
        citing = list(_CITED.finditer(block))
        ends = list(accumulate(len(line) + 1 for line in lines)) if citing else []
        for match in citing:
            self._run.cited.setdefault(match[1], self._seq + bisect_right(ends, match.start()))

    def end(self) -> Run:
        run = self._run
        run.writers.append(self._writers)
        run.count, run.leaves, run.last_at = len(self._leaves), b"".join(self._leaves), self._at
        run.acts = "".join(self._acts).encode()
        first, last = self._first_author, self._author
        run.authors = (first.person, first.delegation), (last.person, last.delegation)
        return run


@lru_cache
def _is_day(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def backwards(at: str, before: str) -> str:
    return f"its time, {at}, is before that of the entry before it, {before}"
