"""Replacing a room's log key: the old key hands over to the new one, and both sign that.

A key that was replaced is kept: every prefix of a room's record stays under the key that this very prefix names, so a
former member can still be handed theirs.

The body of ``log-key-replaced`` is ``{"key", "new", "old"}``: the new public key (32 bytes), and the Ed25519 signatures
of the new and the old key, all in base64, over the text that ``text`` gives. Later checkpoints are under the new key.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from goodoffices.record.checkpoints import KEY_BYTES, LogKey


class BadReplacement(ValueError):
    """A replacement that not both keys have signed."""


class LogKeyMissing(Exception):
    """A record names a log key that this machine does not hold; the message says what to do."""


class LogKeys:
    """The log keys that a machine holds: ``newest``, which new rooms name, and those it replaced."""

    def __init__(self, newest: LogKey, retired: Iterable[LogKey] = ()) -> None:
        self._newest = newest
        self._held = {key.public: key for key in (*retired, newest)}

    @property
    def newest(self) -> LogKey:
        return self._newest

    @property
    def only(self) -> LogKey | None:
        """The newest, if no other is held: then no record needs to be asked which it is under."""
        return self._newest if len(self._held) == 1 else None

    def of(self, named: str) -> LogKey:
        """The key that a record names (base64). Raises ``LogKeyMissing``."""
        key = self._held.get(public(named))
        if key is None:
            raise LogKeyMissing(
                f"A room is kept under the log key {public(named).hex()[:16]}, which is not on this machine. "
                "Put it back from its copy: into log-keys-retired if it was replaced, else as log-key."
            )
        return key


def text(origin: str, old: bytes, new: bytes) -> bytes:
    """What both keys sign: four lines, the last two the keys (32 bytes) in base64."""
    return f"log-key-replaced\n{origin}\n{_base64(old)}\n{_base64(new)}\n".encode()


def replaced(origin: str, old: LogKey, new: LogKey) -> dict[str, str]:
    """The body of ``log-key-replaced``."""
    signed = text(origin, old.public, new.public)
    return {"key": _base64(new.public), "new": _base64(new.sign(signed)), "old": _base64(old.sign(signed))}


def check(origin: str, old: bytes, body: Mapping[str, object]) -> bytes:
    """The new public key, once both signatures are seen to fit. Raises ``BadReplacement``."""
    new = public(body.get("key"))
    signed = text(origin, old, new)
    for key, name in ((old, "old"), (new, "new")):
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(_bytes(body.get(name)), signed)
        except (InvalidSignature, ValueError):
            raise BadReplacement(f"the {name} log key did not sign its replacement") from None
    return new


def public(encoded: object) -> bytes:
    """A log's public key (32 bytes) as a record names it. Raises ``BadReplacement``."""
    key = _bytes(encoded)
    if len(key) != KEY_BYTES:
        raise BadReplacement("a log's public key is 32 bytes in base64")
    return key


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(encoded: object) -> bytes:
    try:
        raw = base64.b64decode(encoded if isinstance(encoded, str) else "", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if not raw or _base64(raw) != encoded:
        raise BadReplacement("base64 that is malformed")
    return raw
