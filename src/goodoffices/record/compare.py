"""Comparing two bundles of one room: do they hold one history, or did the host keep two?

Each is verified first, so that what is compared is what each checkpoint covers. Two histories show as a *fork*: the
first place where the entries differ. A room that was continued after a recovery is another room.
"""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.record import entries
from goodoffices.record.bundles import Bundle, Source
from goodoffices.record.tree import HASH_BYTES
from goodoffices.record.verify import Fault, Report, verify


class NotComparable(ValueError):
    """Two bundles that cannot be compared; the message says why."""


@dataclass(frozen=True)
class Standing:
    """What one bundle has at the place where two part. An entry's words are in the bundle, not here."""

    kind: str
    at: str
    leaf: str


@dataclass(frozen=True)
class Fork:
    """Two histories: ``seq`` is the first entry that differs, and what stands there in each."""

    seq: int
    first: Standing
    second: Standing


@dataclass(frozen=True)
class Comparison:
    """Two bundles that verify, and where they part, if they do. Otherwise one continues, or is, the other."""

    first: Report
    second: Report
    fork: Fork | None

    @property
    def common(self) -> int:
        """How many entries both hold alike."""
        return self.fork.seq if self.fork else min(self.first.size, self.second.size)

    @property
    def one_key(self) -> bool:
        """Whether both checkpoints are under the same log key."""
        return self.first.key == self.second.key


def compare(first: Source, second: Source) -> Comparison:
    """Verify both and compare them. Raises ``NotComparable``."""
    a, b = _verified(first, "first"), _verified(second, "second")
    if (a.talks, a.room) != (b.talks, b.room):
        raise NotComparable(
            f"These are two rooms: the first is {a.talks_name} / {a.name} ({a.room}), "
            f"the second {b.talks_name} / {b.name} ({b.room})."
        )
    seq = _first_difference(a.leaves, b.leaves)
    if seq is None:
        return Comparison(a, b, None)
    return Comparison(a, b, Fork(seq, _standing(first, seq), _standing(second, seq)))


def _verified(source: Source, which: str) -> Report:
    try:
        return verify(source)
    except Fault as fault:
        raise NotComparable(f"The {which} bundle does not verify. {fault}") from fault


def _first_difference(a: bytes, b: bytes) -> int | None:
    common = min(len(a), len(b))
    if a[:common] == b[:common]:
        return None
    return next(i for i in range(0, common, HASH_BYTES) if a[i : i + HASH_BYTES] != b[i : i + HASH_BYTES]) // HASH_BYTES


def _standing(source: Source, seq: int) -> Standing:
    with Bundle(source) as bundle:
        entry = entries.decode(bundle.line(seq))
    return Standing(entry.kind, entry.header.at, entry.leaf.hex())
