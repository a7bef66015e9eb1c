"""Entries: one fact each on a room's record, in canonical bytes that are never re-encoded.

Shape (see docs/design/record.md): ``JCS({"body": {...}, "header": {...}})``; the leaf is
``SHA-256(0x00 || bytes)`` (RFC 6962 section 2.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from goodoffices.record import canonical, tree

VERSION = 1
KIND_VERSION = 1
MAX_ENTRY_BYTES = 64 * 1024  # an entry holds structure only; words and papers are particulars

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Author:
    """Who entered it: a person (32 hex) speaking for a delegation (32 hex)."""

    person: str
    delegation: str


@dataclass(frozen=True, slots=True)
class Base:
    """The size and root (64 hex) of the room's record that a signer saw."""

    size: int
    root: str


@dataclass(frozen=True, slots=True)
class Signed:
    """What the signer saw, and the SHA-256 (64 hex) of the signature as stored."""

    base: Base
    signature: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What a rule yields: a kind in the past tense and its body.

    ``room`` is the room it belongs to, or None for the room in which the act is done.
    """

    kind: str
    body: Body = field(default_factory=dict)
    room: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
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


@dataclass(frozen=True, slots=True)
class Entry:
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
    _cited(body, prefix, found)
    return iter(found)


def _cited(value: Any, prefix: str, found: list[str]) -> None:
    if isinstance(value, str):
        if len(value) == 66 and value.startswith(prefix):
            found.append(value)
    elif isinstance(value, dict):
        for part in value.values():
            if part is not None:
                _cited(part, prefix, found)
    elif isinstance(value, list | tuple):
        for part in value:
            _cited(part, prefix, found)
