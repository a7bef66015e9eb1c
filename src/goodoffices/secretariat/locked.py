"""What lies on a record under a key kept apart: names, lists, plans, encrypted before they are a particular.

Each ciphertext has a key of its own, made for it in the cabinet and used once; so the parts of one may be numbered
where a nonce is wanted (AES-256-GCM, NIST SP 800-38D 8.2.1). The room and the place of each part are bound to it. To
replace what is locked, lock it anew: there is no writing over. Once an act that takes the last part of an entry is
committed, the desk destroys the entry's key (``secretariat.destroying``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from goodoffices.secretariat.cabinet import KeyMissing
from goodoffices.secretariat.ciphertext import Gone, bound, nonce, opened
from goodoffices.secretariat.desk import RoomView
from goodoffices.secretariat.office import Office

PART_BYTES: Final = 24 << 20
"""Of plain content in one particular."""

__all__ = ["Gone", "KeyMissing", "Locked", "Place", "discard", "lock", "place", "unlock"]


@dataclass(frozen=True)
class Locked:
    """``key``: its id in the cabinet. ``parts``: ciphertext, as a command's blobs take it."""

    key: str
    parts: tuple[dict[str, bytes], ...]


@dataclass(frozen=True)
class Place:
    """Where it will lie: a room (id), its record's size, and the act, which together say what chance is drawn for."""

    office: Office
    room: str
    size: int
    act: str

    def drawn(self, purpose: str) -> bytes:
        """16 bytes."""
        return self.office.random(self.room, self.size, f"{self.act}/{purpose}")


def place(view: RoomView, act: str) -> Place:
    """A place in the room of this view, for an act about to be done there."""
    return Place(view.desk.office, view.id, view.size, act)


def lock(where: Place, purpose: str, content: bytes, head: bytes | None = None) -> Locked:
    """Encrypt, in parts of at most ``PART_BYTES``, under a new key that is durable when this returns.

    ``head``: what is to be read without the rest; it is the first part. Where the act is then refused, call
    ``discard``. Raises ``cabinet.CabinetUnusable``.
    """
    id = where.drawn(f"{purpose}/key").hex()
    cipher = AESGCM(where.office.cabinet.new(id))
    parts = [*([] if head is None else [head]), *_parts(content)]
    return Locked(
        id,
        tuple(
            {"content": cipher.encrypt(nonce(number), part, bound(where.room, id, number, len(parts)))}
            for number, part in enumerate(parts)
        ),
    )


def discard(office: Office, made: Iterable[Locked]) -> None:
    """Destroy the keys of what was locked for an act that was not done."""
    for one in made:
        office.cabinet.destroy(one.key)


def unlock(view: RoomView, key: str, parts: Sequence[str], most: int | None = None) -> list[bytes]:
    """The parts (citations) of one ciphertext of this room, or the first ``most``. Raises ``Gone``, ``KeyMissing``."""
    return opened(view.desk.office.cabinet, view.id, key, parts, view.particulars(parts[:most]), most)


def _parts(content: bytes) -> Iterator[bytes]:
    for start in range(0, max(len(content), 1), PART_BYTES):
        yield content[start : start + PART_BYTES]
