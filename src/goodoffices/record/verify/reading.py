"""The quick part: everything that can be told of a run of lines without knowing what stands before it.

A verifier spends nearly all its time here, once for each entry, so this is written for speed; runs can be read by
several processes. What needs the record's past (seats, keys, acts seen before) is noted for ``walk``.

Two observations save time without giving up strictness, and ``tests/unit/record/test_tamper.py`` holds the result
equal to a verifier that does neither:

- The header is the end of a canonical line, so one expression checks its form to the last byte.
- A citation in canonical bytes is ``"p:`` and 64 hex digits and ``"``, neither escaped nor a key.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import sha256

from goodoffices.record import canonical
from goodoffices.record.bundles import citations
from goodoffices.record.canonical import Json
from goodoffices.record.entries import MAX_ENTRY_BYTES
from goodoffices.record.seats import BINDING, SEATS

OTHER_AUTHOR = "it is part of an act of another author"
ANSWERS = {"minute-confirmed": "minuted-confirmed", "minute-objected": "minuted-objected"}

_APART = frozenset(kind.encode() for kind in (*SEATS.folds, *ANSWERS))
_BINDING = frozenset(kind.encode() for kind in BINDING)
_HEX_32 = b"[0-9a-f]{32}"
_HEADER = (
    rb'"header":\{"act":"([0-9a-f]{32})",'
    rb'"at":"([0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z)",'
    rb'("author":\{"delegation":"[0-9a-f]{32}","person":"[0-9a-f]{32}"\},(?:"for":"([0-9a-f]{32})",)?)'
    rb'"kind":"([a-z0-9-]{1,60})","kv":[1-9][0-9]{0,15},"room":"%b","seq":(0|[1-9][0-9]{0,15}),'
    rb'("signed":\{"base":\{"root":"[0-9a-f]{64}","size":(?:0|[1-9][0-9]{0,15})\},"signature":"[0-9a-f]{64}"\},)?'
    rb'"talks":"%b","v":1\}\}'
)
_HEADER_KEYS = {"act", "at", "author", "kind", "kv", "room", "seq", "talks", "v"}
_HEX = b"0123456789abcdef"

# Where the ids stand in what the third group of the expression matched.
DELEGATION, PERSON, BEHALF = slice(24, 56), slice(68, 100), slice(110, 142)
_AUTHOR = slice(0, 100)


@dataclass
class Run:
    """Lines that follow one another from ``first``. Every seq is the entry's place in the record.

    ``acts``: the act of each stretch of one act, 32 bytes each, in one piece that is quick to hand over between
    processes; ``stretches``: the seq of each; ``authors``: of the first and of the last. ``apart``: (seq, start, end in
    the file) of entries that ``walk`` must read whole. ``writers``: before each of those, and at the end, who wrote,
    whether that needs a signature, and where first. ``minuted``: (seq, delegation). ``cited``: digests (64 hex), and by
    which entry first.
    """

    first: int
    count: int = 0
    leaves: bytes = b""
    first_at: bytes = b""
    last_at: bytes = b""
    acts: bytes = b""
    stretches: array[int] = field(default_factory=lambda: array("Q"))
    authors: tuple[bytes, bytes] = (b"", b"")
    apart: list[tuple[int, int, int]] = field(default_factory=list)
    writers: list[dict[tuple[bytes, bool], int]] = field(default_factory=list)
    minuted: list[tuple[int, bytes]] = field(default_factory=list)
    cited: dict[bytes, int] = field(default_factory=dict)
    fault: tuple[int, str] | None = None


def read(chunk: bytes, first: int, start: int, talks: bytes, room: bytes) -> Run:
    """Read whole lines, each with its line feed; ``start`` is where they stand in the file. Stops at a fault."""
    reading = _Reading(first)
    decode, header_of, noted = canonical.objects(chunk), _header(talks, room).fullmatch, reading.note
    leaves: list[bytes] = []
    citing = b'"p:' in chunk
    seq = first
    for line in chunk.split(b"\n")[:-1]:
        try:
            value = decode(line) if len(line) <= MAX_ENTRY_BYTES else None
        except canonical.NotCanonical as error:
            why: str | None = f"its line is {error}"
        else:
            match = header_of(line, line.rfind(b'"header":{'))
            if match and len(value) == 2 and type(value.get("body")) is dict:  # type: ignore[arg-type,union-attr]
                why = noted(seq, start, line, *match.groups())
            else:
                why = _misshapen(line, value)
        if why:
            reading.run.fault = (seq, why)
            break
        if citing and b'"p:' in line:
            _note_cited(reading.run.cited, line, value, seq)
        leaves.append(sha256(b"\x00" + line).digest())
        start += len(line) + 1
        seq += 1
    if reading.run.fault is None and chunk[-1:] != b"\n":
        reading.run.fault = (seq, "it is cut short: its line does not end")
    return reading.end(leaves)


class _Reading:
    """What one run has come to so far."""

    def __init__(self, first: int) -> None:
        self.run = Run(first)
        self._act = self._author = self._first_author = self._at = self._day = b""
        self._acts: list[bytes] = []
        self._writers: dict[tuple[bytes, bool], int] = {}

    def note(
        self,
        seq: int,
        start: int,
        line: bytes,
        act: bytes,
        at: bytes,
        who: bytes,
        behalf: bytes | None,
        kind: bytes,
        its_seq: bytes,
        signed: bytes | None,
    ) -> str | None:
        """Take in one entry, or say why it cannot stand here."""
        if its_seq != b"%d" % seq:
            return f"its number is {its_seq.decode()} where {seq} is due: entries were dropped, repeated or moved"
        if at < self._at or at[:10] != self._day:
            why = self._new_day(at)
            if why:
                return why
        self._at = at
        if act != self._act:
            self._act, self._author = act, who[_AUTHOR]
            self._first_author = self._first_author or self._author
            self._acts.append(act)
            self.run.stretches.append(seq)
        elif who[_AUTHOR] != self._author:
            return OTHER_AUTHOR
        if behalf is not None:
            self.run.minuted.append((seq, behalf))
        if signed is not None or kind in _APART:
            self.run.apart.append((seq, start, start + len(line)))
            self.run.writers.append(self._writers)
            self._writers = {}
        else:
            writer = (who, behalf is None and kind in _BINDING)
            if writer not in self._writers:
                self._writers[writer] = seq
        return None

    def _new_day(self, at: bytes) -> str | None:
        if at < self._at:
            return backwards(at, self._at)
        try:
            date.fromisoformat(at[:10].decode())
        except ValueError:
            return f"there is no such day as {at[:10].decode()}"
        self.run.first_at = self.run.first_at or at
        self._day = at[:10]
        return None

    def end(self, leaves: list[bytes]) -> Run:
        run = self.run
        run.writers.append(self._writers)
        run.count, run.leaves, run.last_at = len(leaves), b"".join(leaves), self._at
        run.acts, run.authors = b"".join(self._acts), (self._first_author, self._author)
        if b"".join(run.cited).translate(None, _HEX):
            run.cited = {d: seq for d, seq in run.cited.items() if not d.translate(None, _HEX)}
        return run


@lru_cache(maxsize=16)
def _header(talks: bytes, room: bytes) -> re.Pattern[bytes]:
    """The form of a header in the record of this room; both ids are expressions, so check what you give."""
    return re.compile(_HEADER % (room, talks))


def backwards(at: bytes, before: bytes) -> str:
    return f"its time, {at.decode()}, is before that of the entry before it, {before.decode()}"


def _note_cited(cited: dict[bytes, int], line: bytes, value: Json, seq: int) -> None:
    if b'\\"p:' in line and isinstance(value, dict):  # quoted within a text: rare, so it may take long
        for citation in citations(value["body"]):
            cited.setdefault(citation[2:].encode(), seq)
        return
    for part in line.split(b'"p:')[1:]:
        if part[64:65] == b'"' and part[65:66] != b":":
            cited.setdefault(part[:64], seq)


def _misshapen(line: bytes, value: object) -> str:
    """Why something canonical is not an entry."""
    if len(line) > MAX_ENTRY_BYTES:
        return f"it has {len(line):,} bytes; the limit is {MAX_ENTRY_BYTES:,}"
    header = value.get("header") if isinstance(value, dict) and len(value) == 2 else None
    if not isinstance(value, dict) or not isinstance(header, dict) or not isinstance(value.get("body"), dict):
        return "it does not have a header and a body and nothing else"
    if header.get("v") != 1:
        return "its header has a version this program does not know"
    for name in sorted(_HEADER_KEYS - header.keys()):
        return f"its header has no “{name}”"
    for name in sorted(header.keys() - _HEADER_KEYS - {"for", "signed"}):
        return f"its header has “{name[:40]}”, which is not a part of a header"
    if _header(_HEX_32, _HEX_32).search(line):
        return "it belongs to another room or other talks than entry 0"
    return "a part of its header is malformed"
