"""Acts for tests of a store: well formed, and meaning nothing. A store never looks inside an entry."""

from __future__ import annotations

import hashlib
from typing import Any

from goodoffices.record.particulars import Particular
from goodoffices.record.store import Addition, Batch, Head, Store
from goodoffices.record.tree import Frontier, leaf_hash


def ident(name: str) -> str:
    """An id that is the same in every run."""
    return hashlib.sha256(name.encode()).hexdigest()[:32]


ROOM_A, ROOM_B, ROOM_C = sorted(ident(f"room {n}") for n in range(3))
PERSON, OTHER = ident("person"), ident("other")
AT = "2030-01-15T09:00:00.000Z"


def words(text: str) -> Particular:
    return Particular(hashlib.sha256(text.encode()).digest()[:16], text.encode())


def addition(room: str, before: Head | None, *texts: str, **more: Any) -> Addition:
    """A line for each text, on a record that stands at ``before``."""
    frontier = before.frontier if before else Frontier()
    lines = tuple(f"{room} {frontier.size + n} {text}".encode() for n, text in enumerate(texts))
    leaves = tuple(leaf_hash(line) for line in lines)
    after, nodes = frontier.extend(leaves)
    head = Head(after, AT)
    return Addition(room, frontier.size, head, lines, leaves, nodes=tuple(nodes), **more)


def batch(act: str, *additions: Addition, person: str = PERSON, read: tuple[tuple[str, int], ...] = ()) -> Batch:
    content = hashlib.sha256(act.encode()).hexdigest()
    return Batch(person, ident(act), content, additions, read)


def write(store: Store, act: str, room: str, *texts: str, **more: Any) -> Head:
    """One act in one room, on whatever is there."""
    made = addition(room, store.heads([room]).get(room), *texts, **more)
    store.append([batch(act, made)])
    return made.head
