"""The store port on SQLite and PostgreSQL, through one of Django's connections.

- One ``append`` is one transaction. SQLite takes its one write lock at the start (``BEGIN IMMEDIATE``); on PostgreSQL
  the rooms of the act are locked by advisory locks in id order. Then heads are compared, and only then rows written.
- The statements are plain SQL that both databases understand. They go past Django's cursor (``storage.link``), which
  costs as much as the disk does, but for reads that somebody counts.
- What is durable is the database's business: SQLite needs ``synchronous=FULL``, PostgreSQL ``synchronous_commit=on``;
  ``storage.office`` refuses to open with less.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from django.db import connections

from goodoffices.record.particulars import Particular
from goodoffices.record.store import Addition, Batch, Conflict, Head, Recorded, Store, moves
from goodoffices.record.tree import Frontier
from goodoffices.storage.link import Link, durable

_MANY = 500  # parameters a statement; SQLite allows 32,766

PUT_ROOM = (
    "INSERT INTO rooms (room, size, root, frontier, at, public) VALUES (%s, %s, %s, %s, %s, %s) "
    "ON CONFLICT (room) DO UPDATE SET size = excluded.size, root = excluded.root, frontier = excluded.frontier, "
    "at = excluded.at"
)
_SIZES = "SELECT room, size FROM rooms WHERE room IN ({})"
PUT_ACT = "INSERT INTO acts (person, act, content, spans) VALUES (%s, %s, %s, %s)"
PUT_ENTRY = "INSERT INTO entries (room, seq, line, leaf) VALUES (%s, %s, %s, %s)"
PUT_NODE = 'INSERT INTO nodes (room, level, "index", hash) VALUES (%s, %s, %s, %s)'
PUT_PARTICULAR = (
    "INSERT INTO particulars (room, citation, salt, content) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
)
PUT_SIGNATURE = "INSERT INTO signatures (room, digest, content) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
PUT_SEAT = (
    "INSERT INTO seats (person, room, until) VALUES (%s, %s, %s) "
    "ON CONFLICT (person, room) DO UPDATE SET until = excluded.until"
)
_ERASE = "DELETE FROM particulars WHERE room = %s AND citation = %s"


class DatabaseStore(Store):
    """The records in the database Django calls ``using``."""

    def __init__(self, using: str = "default") -> None:
        self._using = using

    @property
    def _connection(self) -> Any:
        return connections[self._using]  # one for each thread

    # Reading

    def heads(self, rooms: Iterable[str]) -> dict[str, Head]:
        wanted = list(rooms)
        rows = self._in("SELECT room, frontier, at FROM rooms WHERE room IN ({})", (), wanted)
        return {room: Head(Frontier.from_bytes(bytes(frontier)), at) for room, frontier, at in rows}

    def lines(self, room: str, start: int, stop: int) -> Sequence[bytes]:
        sql = "SELECT line FROM entries WHERE room = %s AND seq >= %s AND seq < %s ORDER BY seq"
        return [bytes(line) for (line,) in self._rows(sql, (room, start, stop))]

    def at(self, room: str, seqs: Iterable[int]) -> dict[int, bytes]:
        sql = "SELECT seq, line FROM entries WHERE room = %s AND seq IN ({})"
        return {seq: bytes(line) for seq, line in self._in(sql, (room,), list(seqs))}

    def nodes(self, room: str, level: int, start: int, count: int) -> Sequence[bytes]:
        if level == 0:
            sql = "SELECT leaf FROM entries WHERE room = %s AND seq >= %s AND seq < %s ORDER BY seq"
            rows = self._rows(sql, (room, start, start + count))
        else:
            where = 'WHERE room = %s AND level = %s AND "index" >= %s AND "index" < %s'
            sql = f'SELECT hash FROM nodes {where} ORDER BY "index"'  # noqa: S608 - no part of it comes from outside
            rows = self._rows(sql, (room, level, start, start + count))
        return [bytes(node) for (node,) in rows]

    def find(self, room: str, leaves: Iterable[bytes]) -> dict[bytes, tuple[int, bytes]]:
        sql = "SELECT leaf, seq, line FROM entries WHERE room = %s AND leaf IN ({})"
        return {bytes(leaf): (seq, bytes(line)) for leaf, seq, line in self._in(sql, (room,), list(leaves))}

    def particulars(self, room: str, citations: Iterable[str]) -> dict[str, Particular]:
        sql = "SELECT citation, salt, content FROM particulars WHERE room = %s AND citation IN ({})"
        rows = self._in(sql, (room,), list(citations))
        return {citation: Particular(bytes(salt), bytes(content)) for citation, salt, content in rows}

    def signatures(self, room: str, digests: Iterable[str]) -> dict[str, bytes]:
        sql = "SELECT digest, content FROM signatures WHERE room = %s AND digest IN ({})"
        return {digest: bytes(content) for digest, content in self._in(sql, (room,), list(digests))}

    def acts(self, person: str, acts: Iterable[str]) -> dict[str, Recorded]:
        sql = "SELECT act, content, spans FROM acts WHERE person = %s AND act IN ({})"
        rows = self._in(sql, (person,), list(acts))
        return {act: Recorded(content, _spans(spans)) for act, content, spans in rows}

    def rooms_of(self, person: str) -> Sequence[str]:
        return self._column("SELECT room FROM seats WHERE person = %s ORDER BY room", (person,))

    def public_rooms(self) -> Sequence[str]:
        return self._column("SELECT room FROM rooms WHERE public ORDER BY room")

    def rooms(self) -> Sequence[str]:
        return self._column("SELECT room FROM rooms ORDER BY room")

    # Writing

    def append(self, batches: Sequence[Batch]) -> None:
        acts = sorted((b.person, b.act, b.content, spelled(b)) for b in batches)
        additions = [a for b in batches for a in b.additions]
        first, last, read = moves(batches)
        with durable(self._using) as link:
            _lock(link, last, read)
            for wanted in _parts(list(first)):
                sizes = dict(link.rows(_SIZES.format(_marks(wanted)), wanted))
                if any(sizes.get(room, 0) != first[room] for room in wanted):
                    raise Conflict
            link.put(PUT_ACT, acts)
            link.put(PUT_ROOM, (room_row(room, *moved) for room, moved in last.items()))
            link.put(PUT_ENTRY, chain.from_iterable(map(entry_rows, additions)))
            _put_rest(link, additions)
        if any(a.erased for a in additions):
            self._scrub()

    def _scrub(self) -> None:
        """Leave no erased content in SQLite's write-ahead log. (PostgreSQL reclaims it when it vacuums.)"""
        if self._connection.vendor == "sqlite" and not self._connection.in_atomic_block:
            self._rows("PRAGMA wal_checkpoint(TRUNCATE)")

    # Projections

    def projection(self, room: str, version: str, size: int) -> tuple[int, bytes] | None:
        sql = (
            "SELECT size, data FROM projections WHERE room = %s AND version = %s AND size <= %s "
            "ORDER BY size DESC LIMIT 1"
        )
        rows = self._rows(sql, (room, version, size))
        return (int(rows[0][0]), bytes(rows[0][1])) if rows else None

    def save_projection(self, room: str, version: str, size: int, data: bytes) -> None:
        # One is kept for every doubling of the record, so that a former member's prefix is never folded from entry 0.
        doubling = 1 << max(size.bit_length() - 1, 0)
        with durable(self._using) as link:
            link.run(
                "DELETE FROM projections WHERE room = %s AND (version <> %s OR (size >= %s AND size <= %s))",
                (room, version, doubling, size),
            )
            sql = "INSERT INTO projections (room, version, size, data) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
            link.run(sql, (room, version, size, data))

    def drop_projections(self) -> None:
        with durable(self._using) as link:
            link.run("DELETE FROM projections")

    # Statements

    def _rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        connection = self._connection
        if connection.queries_logged or connection.execute_wrappers:  # somebody counts
            with connection.cursor() as cursor:
                cursor.execute(sql, parameters)
                return list(cursor.fetchall())
        connection.ensure_connection()
        with connection.wrap_database_errors:
            return Link(connection).rows(sql, parameters)

    def _column(self, sql: str, parameters: Sequence[Any] = ()) -> list[str]:
        return [value for (value,) in self._rows(sql, parameters)]

    def _in(self, sql: str, before: tuple[Any, ...], wanted: list[Any]) -> Iterator[tuple[Any, ...]]:
        for part in _parts(wanted):
            yield from self._rows(sql.format(_marks(part)), (*before, *part))


def _parts(wanted: list[Any]) -> Iterator[list[Any]]:
    return (wanted[start : start + _MANY] for start in range(0, len(wanted), _MANY))


def _marks(wanted: list[Any]) -> str:
    return ",".join(["%s"] * len(wanted))


def _lock(link: Link, written: Iterable[str], read: Iterable[str]) -> None:
    if link.vendor != "postgresql":
        return  # SQLite has one writer at a time, from the start of the transaction
    modes = dict.fromkeys(read, "_shared") | dict.fromkeys(written, "")
    for room, mode in sorted(modes.items()):
        link.run(f"SELECT pg_advisory_xact_lock{mode}(%s)", (_lock_key(room),))


def _put_rest(link: Link, additions: Sequence[Addition]) -> None:
    """All that an addition need not have, in the order of the acts: what one keeps a later one may erase."""
    link.put(PUT_NODE, ((a.room, *node) for a in additions for node in a.nodes))
    # Citations are as random as their salts: a long group goes into the index by a quarter quicker when it is in order.
    link.put(PUT_PARTICULAR, sorted((a.room, p.citation, p.salt, p.content) for a in additions for p in a.particulars))
    link.put(PUT_SIGNATURE, ((a.room, hashlib.sha256(s).hexdigest(), s) for a in additions for s in a.signatures))
    link.put(_ERASE, ((a.room, citation) for a in additions for citation in a.erased))
    link.put(PUT_SEAT, ((person, a.room, until) for a in additions for person, until in a.seats))


def room_row(room: str, head: Head, public: bool) -> tuple[Any, ...]:
    return room, head.size, head.root, head.frontier.to_bytes(), head.at, public


def entry_rows(a: Addition) -> Iterator[tuple[Any, ...]]:
    pairs = zip(a.lines, a.leaves, strict=True)
    return ((a.room, seq, line, leaf) for seq, (line, leaf) in enumerate(pairs, a.expected))


def spelled(batch: Batch) -> str:
    return " ".join(f"{a.room}:{a.expected}:{len(a.lines)}" for a in batch.additions)


def _spans(spelled: str) -> tuple[tuple[str, int, int], ...]:
    parts = (span.split(":") for span in spelled.split())
    return tuple((room, int(first), int(count)) for room, first, count in parts)


def _lock_key(room: str) -> int:
    """The first 64 bits of a room's id (which is random), as PostgreSQL's signed number."""
    return int.from_bytes(bytes.fromhex(room[:16]), "big", signed=True)
