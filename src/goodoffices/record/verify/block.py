"""Many lines read at once: canonical and well formed all of them, or not to be told here.

Nearly every line of every bundle is read here and nowhere else, so this is written for speed: the work is done by a few
calls for a block of lines. It never says what is wrong, only that something is not as it nearly always is;
``reading`` then looks at each line by itself. So it may be stricter than the record's rules, and never laxer:

- Lines that decode and encode again to the very same bytes are canonical; the types bound every number and the depth.
- Keys are ASCII where every byte is.
- A block is no longer than an entry may be, so no line in it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from goodoffices.record.canonical import DEPTH, MAX_INT, bounded
from goodoffices.record.entries import MAX_ENTRY_BYTES
from goodoffices.record.verify.header import KIND, TIME

_HEX = b"0123456789abcdef"
_TIMES = re.compile(f"(?:{TIME})+")
_KIND = re.compile(KIND)

_Id = Annotated[str, Meta(min_length=32, max_length=32)]
_Digest = Annotated[str, Meta(min_length=64, max_length=64)]
_Count = Annotated[int, Meta(ge=0, le=MAX_INT)]


class Author(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    delegation: _Id
    person: _Id


class Base(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    root: _Digest
    size: _Count


class Signed(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    base: Base
    signature: _Digest


class Header(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, gc=False):
    """As in an entry; ``behalf`` is ``for``."""

    act: _Id
    at: str
    author: Author
    behalf: _Id | None = msgspec.field(default=None, name="for")
    kind: str
    kv: Annotated[int, Meta(ge=1, le=MAX_INT)]
    room: str
    seq: _Count
    signed: Signed | None = None
    talks: str
    v: Literal[1]


class _Line(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    body: dict[str, bounded(DEPTH)]  # type: ignore[valid-type]  # a type that is made
    header: Header


_decode = msgspec.json.Decoder(_Line).decode_lines
_encode = msgspec.json.Encoder(order="sorted").encode_lines


def blocks(chunk: bytes) -> Iterator[bytes]:
    """``chunk`` in whole lines, as many at a time as one entry may be long; a longer line alone."""
    start, end = 0, len(chunk)
    while start < end:
        stop = chunk.rfind(b"\n", start, start + MAX_ENTRY_BYTES + 1) + 1 or chunk.find(b"\n", start) + 1 or end
        yield chunk[start:stop]
        start = stop


def headers(block: bytes, talks: str, room: str) -> list[Header] | None:
    """The header of every line, each of the form it must have in this record; None if that cannot be told here."""
    if len(block) > MAX_ENTRY_BYTES + 1 or not block.isascii():
        return None
    try:
        lines = _decode(block)
        if _encode(lines) != block:
            return None
    except (ValueError, RecursionError):
        return None
    found = [line.header for line in lines]
    return found if _formed(found, talks, room) else None


def _formed(found: Sequence[Header], talks: str, room: str) -> bool:
    return (
        {h.talks for h in found} == {talks}
        and {h.room for h in found} == {room}
        and _hexadecimal(found)
        and _TIMES.fullmatch("".join([h.at for h in found])) is not None
        and all(map(_KIND.fullmatch, {h.kind for h in found}))
    )


def _hexadecimal(found: Sequence[Header]) -> bool:
    """Every id and digest, whose lengths are known."""
    written = [h.act for h in found]
    written += [h.behalf for h in found if h.behalf is not None]
    for author in {h.author for h in found}:
        written += author.delegation, author.person
    for signed in [h.signed for h in found if h.signed is not None]:
        written += signed.base.root, signed.signature
    return not "".join(written).encode().translate(None, _HEX)
