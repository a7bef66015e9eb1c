"""Papers sealed by the cast, made once: sealing draws age's own randomness, so no two runs are the same."""

from __future__ import annotations

from functools import lru_cache

from goodoffices.record import signatures
from goodoffices.sealing import agekeys, escrow, layers, outers
from goodoffices.sealing.escrow import Given, Peel, Seal
from goodoffices.sealing.layers import Paper, Sealed
from goodoffices.sealing.terms import Terms
from tests.unit.sealing.cast import derived, identity, pen, terms

PAPER = {
    "aldane": Paper(b"Aldane's conditions: the guns fall silent first.", "conditions.txt", "text/plain"),
    "brisko": Paper(b"Brisko's conditions: the prisoners come home first.", "bedingungen.pdf", "application/pdf"),
}


def seal(side: str, paper: Paper | None = None, t: Terms | None = None, pen_of: str | None = None) -> Sealed:
    return layers.seal(
        t or terms(),
        side,
        paper or PAPER[side],
        derived("salt", side)[:16],
        lambda signed: signatures.sign_ssh(pen(pen_of or side), signed),
    )


def sealed(side: str, n: int = 3, k: int = 2) -> Sealed:
    return _sealed(side, n, k)


@lru_cache
def _sealed(side: str, n: int, k: int) -> Sealed:
    return seal(side, t=terms(n, k))


def as_seal(side: str, made: Sealed) -> Seal:
    return Seal(side, made.outer, made.escrow, outers.digest(made.outer))


def seals(n: int = 3, k: int = 2) -> dict[str, Seal]:
    return {side: as_seal(side, sealed(side, n, k)) for side in ("aldane", "brisko")}


def secret(name: str) -> bytes:
    """The secret bytes of an age identity of the cast: ``h1 online``."""
    return agekeys.identity(identity(name))


def release(holder: str, *earlier: Given, n: int = 3, k: int = 2) -> Given:
    """What an honest holder gives out of both papers."""
    peels = {
        code: escrow.peel(terms(n, k), holder, seal, earlier, secret(f"{holder} online"))
        for code, seal in seals(n, k).items()
    }
    return Given(holder, peels)


def lines(text: bytes) -> list[bytes]:
    return text.split(b"\n")[:-1]


__all__ = ["PAPER", "Peel", "as_seal", "lines", "release", "seal", "sealed", "seals", "secret"]
