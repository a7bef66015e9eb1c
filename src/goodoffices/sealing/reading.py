"""What a rule has the secretariat read of sealed bytes: whether a seal is well-formed, whether a release is true.

Rules never read particulars; they name them here and are told what everybody in the room could find by reading them
(docs/design/sealing.md, section 3). ``secretariat.reading`` does it, with this package's own engine.
"""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.sealing.terms import Terms
from goodoffices.talks.scene import Scene

SEAL, RELEASE = "sealed paper", "released peels"


@dataclass(frozen=True)
class Seal:
    """A paper as a side hands it in; both are citations."""

    terms: Terms
    outer: str
    escrow: str


@dataclass(frozen=True)
class Peeling:
    """One paper's part of a release: citations, and the holder's code. ``earlier``: (holder, peels), oldest first."""

    terms: Terms
    side: str
    outer: str
    escrow: str
    earlier: tuple[tuple[str, str], ...]
    holder: str
    peels: str


@dataclass(frozen=True)
class Peeled:
    """``fault``: why the peels are false, in a sentence. ``digest``: of the paper (64 hex), once they bring it out."""

    fault: str | None = None
    digest: str | None = None


def seal_fault(scene: Scene, seal: Seal) -> str | None:
    """Why what was handed in is no sealed paper of this exchange, as far as its form shows."""
    found: str | None = scene.readers[SEAL](seal)
    return found


def peeled(scene: Scene, peeling: Peeling) -> Peeled:
    """What everybody in the room finds in these peels."""
    found: Peeled = scene.readers[RELEASE](peeling)
    return found
