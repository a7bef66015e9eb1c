"""Opening what ``locked`` made, from particulars at hand. Whoever opens asks beforehand who may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from goodoffices.record.particulars import Particular
from goodoffices.secretariat.cabinet import Cabinet, KeyMissing


class Gone(Exception):
    """What was locked was erased. The message is for the person who asked for it."""

    def __init__(self) -> None:
        super().__init__("This was erased, and its key destroyed. Nobody can read it any more.")


def opened(
    cabinet: Cabinet, room: str, key: str, parts: Sequence[str], kept: Mapping[str, Particular], most: int | None = None
) -> list[bytes]:
    """The parts (citations) of one ciphertext of a room, or the first ``most``. Raises ``Gone``, ``KeyMissing``."""
    wanted = parts[:most]
    if any(part not in kept for part in wanted):
        raise Gone
    cipher = AESGCM(cabinet.key(key))
    try:
        return [
            cipher.decrypt(nonce(number), kept[part].content, bound(room, key, number, len(parts)))
            for number, part in enumerate(wanted)
        ]
    except InvalidTag:
        raise KeyMissing from None


def nonce(number: int) -> bytes:
    """Of a part: a key is used once, so its parts may be numbered (NIST SP 800-38D 8.2.1)."""
    return number.to_bytes(12, "big")


def bound(room: str, key: str, number: int, count: int) -> bytes:
    """What a part is tied to: its room, its key and its place among the parts."""
    return f"goodoffices locked v1\n{room}\n{key}\n{number}/{count}".encode()
