"""Checkpoints: the size and root of a room's record, signed by the host's log key.

A checkpoint is a C2SP ``tlog-checkpoint`` in a C2SP ``signed-note`` with Ed25519 (signature type 0x01)::

    <origin>
    <size>
    <root in base64>

    — <origin> <base64 of key id and signature>

The key's name is the origin. Keys are handed in as seeds and are kept outside the database; nothing here
reads or makes one up. A checkpoint says what the log key's holder showed: two with the same size and different roots
prove two histories, and only comparing can find them.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
KEY_BYTES = 32
ROOT_BYTES = 32
MAX_SIZE = 2**53 - 1
MAX_NOTE_BYTES = 64 * 1024  # room for far more than the 16 signatures a reader must accept

CODE_GROUPS = 6
CODE_ROUNDS = 4096  # of PBKDF2: 2**12 times the work for whoever searches for two histories with one code

_NAME = re.compile(r"[^\s+\x00-\x1f]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)
_VERIFIER_KEY = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")


class BadCheckpoint(ValueError):
    """A note that is malformed, or that no known key has signed."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A room's record at one size: ``origin`` (``host/<room>``), number of entries, root (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        _check_name(self.origin)
        if not 0 <= self.size <= MAX_SIZE or len(self.root) != ROOT_BYTES:
            raise BadCheckpoint("a checkpoint has a size and a root of 32 bytes")

    @property
    def body(self) -> str:
        """The note's text, which is what is signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"


class LogKey:
    """The host's Ed25519 key for signing checkpoints, of any of its rooms."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes_raw()

    @classmethod
    def from_seed(cls, seed: bytes) -> LogKey:
        """The key of a 32-byte secret seed (RFC 8032 section 5.1.5), which the caller drew at random."""
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    def __repr__(self) -> str:
        return f"LogKey(public={self.public.hex()})"

    def sign(self, text: bytes) -> bytes:
        """64 bytes; the same for the same text."""
        return self._private.sign(text)


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key (32 bytes) and the name under which it signs."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        _check_name(self.name)
        if len(self.public) != KEY_BYTES:
            raise BadCheckpoint("a log's public key is 32 bytes")

    @property
    def id(self) -> bytes:
        """4 bytes that tell keys of one name apart. They are a label, not a fingerprint: anyone can match them."""
        return _key_id(self.name, self.public)

    def __str__(self) -> str:
        """The printed form: ``name+hex of the id+base64 of the type byte and key``."""
        return f"{self.name}+{self.id.hex()}+{_base64(ED25519 + self.public)}"

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """The key in its printed form. Raises ``BadCheckpoint``."""
        found = _VERIFIER_KEY.fullmatch(text)
        raw = _from_base64(found[3]) if found else b""
        if not found or raw[:1] != ED25519:
            raise BadCheckpoint("a log's key is written name+8 hex digits+base64, for Ed25519")
        key = cls(found[1], raw[1:])
        if key.id.hex() != found[2]:
            raise BadCheckpoint(
                f"the key of {key.name} does not match its own id {found[2]}: it was altered or mistyped"
            )
        return key


def verifier_key(origin: str, public: bytes) -> VerifierKey:
    """The key under which a log with this origin signs; ``str()`` prints it."""
    return VerifierKey(origin, public)


def sign(checkpoint: Checkpoint, key: LogKey, *more: LogKey) -> str:
    """The signed note. More than one key while a log key is being replaced."""
    text = checkpoint.body.encode()
    lines = [
        f"— {checkpoint.origin} {_base64(VerifierKey(checkpoint.origin, k.public).id + k.sign(text))}\n"
        for k in (key, *more)
    ]
    return checkpoint.body + "\n" + "".join(lines)


def open_note(note: str, keys: Iterable[VerifierKey]) -> Checkpoint:
    """The checkpoint in ``note``, signed by at least one of ``keys`` under its own origin. Raises ``BadCheckpoint``.

    Signatures of other keys (a witness, a replaced key) are passed over; a wrong one by a known key refuses the note.
    """
    _check_characters(note)
    body, _, signatures = note.rpartition("\n\n")
    text = body + "\n"
    checkpoint = _parse_body(text)
    known = {(key.name, key.id): key for key in keys if key.name == checkpoint.origin}
    signed = False
    for name, key_id, signature in _parse_signatures(signatures):
        key = known.get((name, key_id))
        if key is not None:
            _check_signature(key, signature, text)
            signed = True
    if not signed:
        raise BadCheckpoint(f"none of the known keys of {checkpoint.origin} has signed this checkpoint")
    return checkpoint


def short_code(checkpoint: Checkpoint) -> str:
    """The size and 24 digits to compare aloud when a meeting closes: ``42: 0183 5521 7734 9012 6605 1194``.

    PBKDF2-HMAC-SHA256 of the body (no salt, ``CODE_ROUNDS`` rounds), its first 16 bytes as a big-endian number modulo
    10**24. Digits, because they can be read in any language. Strength: 79.7 bits against another history that matches
    a code already read (2**79 tries); against a host who prepares two histories together, about 2**40 tries of
    2**13 SHA-256 each (2**53 in all). Exports compared with ``record compare`` have no such limit.
    """
    stretched = hashlib.pbkdf2_hmac("sha256", checkpoint.body.encode(), b"", CODE_ROUNDS)
    digits = f"{int.from_bytes(stretched[:16], 'big') % 10 ** (4 * CODE_GROUPS):0{4 * CODE_GROUPS}}"
    groups = (digits[i : i + 4] for i in range(0, len(digits), 4))
    return f"{checkpoint.size}: {' '.join(groups)}"


@lru_cache(maxsize=1024)
def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


@lru_cache(maxsize=1024)
def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name) or not name.isprintable():
        raise BadCheckpoint("a log's origin has no spaces, plus signs or control characters")


def _check_characters(note: str) -> None:
    if len(note) > MAX_NOTE_BYTES:
        raise BadCheckpoint(f"a checkpoint is at most {MAX_NOTE_BYTES} characters")
    if any((c < " " and c != "\n") or "\ud800" <= c <= "\udfff" for c in note):
        raise BadCheckpoint("a checkpoint has no control characters; its lines end in a bare newline")


def _parse_body(text: str) -> Checkpoint:
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or "" in lines[:-1]:
        raise BadCheckpoint("a checkpoint is three lines (origin, size, root), an empty line, and signatures")
    if len(lines) > 4:
        raise BadCheckpoint("a checkpoint of Good Offices has no extension lines")
    origin, size, root = lines[:3]
    if not _SIZE.fullmatch(size):
        raise BadCheckpoint("the checkpoint's size is not a plain decimal number")
    return Checkpoint(origin, int(size), _from_base64(root))


def _parse_signatures(text: str) -> Iterator[tuple[str, bytes, bytes]]:
    if not text.endswith("\n"):
        raise BadCheckpoint("the checkpoint is cut short: its last line does not end")
    for line in text[:-1].split("\n"):
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "—" or not _NAME.fullmatch(parts[1]):
            raise BadCheckpoint("a signature line is a dash, a key name and base64")
        raw = _from_base64(parts[2])
        if len(raw) < 5:
            raise BadCheckpoint("a signature line holds a key id and a signature")
        yield parts[1], raw[:4], raw[4:]


def _check_signature(key: VerifierKey, signature: bytes, text: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        raise BadCheckpoint(f"the signature of {key.name} does not fit this checkpoint: it was altered") from None


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _from_base64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if _base64(raw) != text:
        raise BadCheckpoint("base64 that is malformed")
    return raw
