"""Entries: one fact each on a room's record, in canonical bytes that are never re-encoded.

Shape (see docs/design/record.md): ``JCS({"body": {...}, "header": {...}})``; the leaf is
``SHA-256(0x00 || bytes)`` (RFC 6962 section 2.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from goodoffices.record import canonical, tree

VERSION = 1
KIND_VERSION = 1
MAX_ENTRY_BYTES = 64 * 1024  # an entry holds structure only; words and papers are particulars

Body = Mapping[str, Any]

_LISTS = (list, tuple)


class Author(Struct, frozen=True):
    """Who entered it: a person (32 hex) speaking for a delegation (32 hex)."""

    person: str
    delegation: str


class Base(Struct, frozen=True):
    """The size and root (64 hex) of the room's record that a signer saw."""

    size: int
    root: str


class Signed(Struct, frozen=True):
    """What the signer saw, and the SHA-256 (64 hex) of the signature as stored."""

    base: Base
    signature: str


class Fact(Struct, frozen=True):
    """What a rule yields: a kind in the past tense and its body.

    ``room`` is the room it belongs to, or None for the room in which the act is done. ``signers``: the keys of which
    one signs it, where not any key named for its author will do. ``version``: of its kind's body.
    """

    kind: str
    body: Body = {}
    room: str | None = None
    signers: tuple[Mapping[str, str], ...] | None = None
    version: int = KIND_VERSION


class Header(Struct, frozen=True):
    """When, where, by whom and in which act an entry was made."""

    talks: str
    room: str
    seq: int
    at: str
    kind: str
    act: str
    author: Author
    on_behalf: str | None = None
    signed: Signed | None = None
    kind_version: int = KIND_VERSION


class Entry(Struct, frozen=True):
    """One entry as read from its canonical bytes; ``ref`` is how bodies cite it."""

    header: Header
    body: Body
    leaf: bytes

    @property
    def kind(self) -> str:
        return self.header.kind

    @property
    def seq(self) -> int:
        return self.header.seq

    @property
    def ref(self) -> str:
        return "e:" + self.leaf.hex()

    @property
    def acting(self) -> str:
        """The delegation whose act this is: the one it was minuted for, else the author's own."""
        return self.header.on_behalf or self.header.author.delegation


def encode(header: Header, body: Body) -> bytes:
    """The canonical bytes of an entry. Raises ``canonical.NotCanonical`` for a body that has no such form."""
    return canonical.encode({"body": dict(body), "header": _header_fields(header)})


def made(header: Header, body: Body) -> tuple[Entry, bytes]:
    """A new entry and its canonical bytes; its body is as they are read. Raises ``canonical.NotCanonical``."""
    line, value = canonical.settled({"body": body, "header": _header_fields(header)})
    return Entry(header, value["body"], tree.leaf_hash(line)), line


def decode(line: bytes) -> Entry:
    """The entry in ``line``. Raises ``canonical.NotCanonical`` or ``ValueError`` for anything else."""
    value = canonical.decode(line)
    if not isinstance(value, dict) or value.keys() != {"body", "header"} or not isinstance(value["body"], dict):
        raise ValueError("an entry has a header and a body and nothing else")
    return Entry(_header(value["header"]), value["body"], tree.leaf_hash(line))


def _header_fields(header: Header) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "v": VERSION,
        "talks": header.talks,
        "room": header.room,
        "seq": header.seq,
        "at": header.at,
        "kind": header.kind,
        "kv": header.kind_version,
        "act": header.act,
        "author": {"person": header.author.person, "delegation": header.author.delegation},
    }
    if header.on_behalf is not None:
        fields["for"] = header.on_behalf
    if header.signed is not None:
        base = header.signed.base
        fields["signed"] = {"base": {"size": base.size, "root": base.root}, "signature": header.signed.signature}
    return fields


def _header(fields: Any) -> Header:
    if not isinstance(fields, dict) or fields.get("v") != VERSION:
        raise ValueError("this entry's header has a version this program does not know")
    try:
        signed = fields.get("signed")
        return Header(
            talks=fields["talks"],
            room=fields["room"],
            seq=fields["seq"],
            at=fields["at"],
            kind=fields["kind"],
            act=fields["act"],
            author=Author(fields["author"]["person"], fields["author"]["delegation"]),
            on_behalf=fields.get("for"),
            signed=Signed(Base(**signed["base"]), signed["signature"]) if signed is not None else None,
            kind_version=fields["kv"],
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"this entry's header lacks or misplaces a field: {error}") from error


def cited(body: Any, prefix: str = "p:") -> Iterator[str]:
    """Every citation in a body that starts with ``prefix``: ``p:`` for particulars, ``e:`` for entries."""
    found: list[str] = []
    _cited((body,), prefix, found)
    return iter(found)


def _cited(parts: Iterable[Any], prefix: str, found: list[str]) -> None:
    for part in parts:
        if isinstance(part, str):
            if len(part) == 66 and part.startswith(prefix):
                found.append(part)
        elif part is None:  # most fields of most bodies, so it is asked early
            continue
        elif isinstance(part, dict):
            _cited(part.values(), prefix, found)
        elif isinstance(part, _LISTS):
            _cited(part, prefix, found)
