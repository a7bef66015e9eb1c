"""What a verification comes to: a report, or the first fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from goodoffices.record.checkpoints import Checkpoint, VerifierKey, short_code

Label: TypeAlias = Literal["signed", "entered", "minuted", "minuted-confirmed", "minuted-objected"]
LABELS: tuple[Label, ...] = ("signed", "entered", "minuted", "minuted-confirmed", "minuted-objected")


class Fault(Exception):
    """The record does not hold. ``seq`` is the first entry that fails, or None where no single entry can be named."""

    def __init__(self, seq: int | None, why: str) -> None:
        super().__init__(why if seq is None else f"Entry {seq}: {why}")
        self.seq, self.why = seq, why


class Faults:
    """Keeps the fault of the earliest entry; of several of one entry, the one noted first."""

    def __init__(self) -> None:
        self.first: Fault | None = None

    def note(self, seq: int | None, why: str) -> None:
        first = self.first
        if first is None or (seq is not None and (first.seq is None or seq < first.seq)):
            self.first = Fault(seq, why)

    def prefer(self, seq: int, why: str) -> None:
        """Note a fault that says more than what is known of the same entry."""
        if self.first is None or self.first.seq is None or seq <= self.first.seq:
            self.first = Fault(seq, why)

    def before(self, seq: int) -> bool:
        """Whether a fault of this entry would come before the one that is known."""
        return self.first is None or self.first.seq is None or seq < self.first.seq


@dataclass(frozen=True)
class Hand:
    """Who signed an entry: a person (32 hex), by the key with this id (``signatures.key_id``, 64 hex)."""

    person: str
    key: str


@dataclass(frozen=True)
class Report:
    """A bundle that verifies. ``erased``: citations an entry erased, with its seq; ``absent``: citations only listed.

    ``key`` is the log key the checkpoint is under; ``key_given`` tells whether it, or one it follows from, was given by
    the caller. Otherwise it was taken from the bundle itself, and proves only that the bundle agrees with itself.
    """

    talks: str
    room: str
    kind: str
    name: str
    talks_name: str
    checkpoint: Checkpoint
    key: VerifierKey
    key_given: bool
    signed: Mapping[int, Hand]
    minuted: Mapping[int, Label]
    erased: Mapping[str, int]
    absent: tuple[str, ...]
    continues: Mapping[str, Any] | None
    leaves: bytes

    @property
    def size(self) -> int:
        return self.checkpoint.size

    @property
    def code(self) -> str:
        """The checkpoint code to compare aloud."""
        return short_code(self.checkpoint)

    def label(self, seq: int) -> Label:
        """What one entry is. A minuted entry stays minuted even where its author signed it."""
        return self.minuted.get(seq) or ("signed" if seq in self.signed else "entered")

    def counts(self) -> dict[Label, int]:
        """How many entries carry each label, in the order of ``LABELS``."""
        found = dict.fromkeys(LABELS, 0)
        for label in self.minuted.values():
            found[label] += 1
        found["signed"] = sum(seq not in self.minuted for seq in self.signed)
        found["entered"] = self.size - sum(found.values())
        return found
