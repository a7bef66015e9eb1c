"""age keys of the one kind a sealed exchange uses: X25519, ``age1…`` and ``AGE-SECRET-KEY-1…``.

Source: the age format (C2SP ``age``), section "The X25519 recipient type"; BIP 173 for Bech32. Keys of other kinds are
refused by name, and so is a key written in a second way or one that gives every message the same secret: two entries
on a list of keys are two keys, and each of them is somebody's.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

KEY_BYTES = 32
MAX_KEY_LENGTH = 2048  # characters; a hybrid recipient has about 1,960, and is to be refused by its name

_RECIPIENT, _IDENTITY = "age", "AGE-SECRET-KEY-"
_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_CHECKSUM = 1  # BIP 173's constant; Bech32m's is another
_PRIME = 2**255 - 19
_PROBE = X25519PrivateKey.from_private_bytes(bytes(range(32)))

# By how a key begins: longer beginnings first.
_OTHER = (
    ("age1pq1", "a hybrid (post-quantum) key"),
    ("age1tagpq1", "a tagged hybrid key"),
    ("age1tag1", "a tagged key of a hardware device"),
    ("AGE-SECRET-KEY-PQ-1", "a hybrid (post-quantum) secret key"),
    ("AGE-PLUGIN-", "a key of an age plugin"),
    ("ssh-", "an SSH key"),
    ("ecdsa-", "an SSH key"),
    ("sk-", "an SSH key"),
)


class BadKey(ValueError):
    """Text that is not an age key of the kind used here; the message says what it is instead."""


def recipient(text: str) -> bytes:
    """The 32 bytes of an X25519 recipient (``age1…``). Raises ``BadKey``."""
    if text.startswith(_IDENTITY):
        raise BadKey("This is a secret key. Keep it to yourself and give the public one, which begins with age1.")
    _refuse_others(text)
    point = _decoded(text, _RECIPIENT, "an age public key (age1…)")
    _check_point(point)
    return point


def identity(text: str) -> bytes:
    """The 32 secret bytes of an X25519 identity (``AGE-SECRET-KEY-1…``). Raises ``BadKey``; never quotes the text."""
    _refuse_others(text)
    return _decoded(text, _IDENTITY, "an age secret key (AGE-SECRET-KEY-1…)")


def recipient_of(secret: bytes) -> str:
    """The public key, ``age1…``, of the 32 secret bytes of an identity."""
    return recipient_text(X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw())


def recipient_text(point: bytes) -> str:
    """``age1…`` for the 32 bytes of a recipient, whatever they are."""
    return _encoded(_RECIPIENT, point)


def identity_text(secret: bytes) -> str:
    """``AGE-SECRET-KEY-1…`` for 32 secret bytes."""
    return _encoded(_IDENTITY.lower(), secret).upper()


def _refuse_others(text: str) -> None:
    for beginning, what in _OTHER:
        if text.startswith(beginning):
            raise BadKey(f"This is {what}; a sealed exchange uses plain age keys (age1…) alone.")
    name = text[4:].rpartition("1")[0]
    if text.startswith("age1") and name and name.isascii() and name.isalnum() and name.islower():
        raise BadKey(f"This is a key of the age plugin “{name[:20]}”; a sealed exchange uses plain age keys alone.")


def shares_nothing(point: bytes) -> bool:
    """Whether this point of Curve25519 (32 bytes) gives every message the same secret: it is of small order."""
    try:
        _PROBE.exchange(X25519PublicKey.from_public_bytes(point))
    except ValueError:
        return True
    return False


def _check_point(point: bytes) -> None:
    if int.from_bytes(point, "little") >= _PRIME:
        raise BadKey("This age key is written in a second way for the same key; give it as age-keygen printed it.")
    if shares_nothing(point):
        raise BadKey("What is sealed to this age key can be opened by anybody; it is nobody's key.")


def _decoded(text: str, prefix: str, what: str) -> bytes:
    known = _decode(text) if text.isascii() and len(text) <= MAX_KEY_LENGTH else None
    if known is None or known[0] != prefix or len(known[1]) != KEY_BYTES:
        raise BadKey(f"This is not {what}, or a letter of it was lost or changed.")
    return known[1]


def _encoded(prefix: str, raw: bytes) -> str:
    values = _regrouped(raw, 8, 5)
    check = _polymod([*_expanded(prefix), *values, 0, 0, 0, 0, 0, 0]) ^ _CHECKSUM
    values += [check >> 5 * (5 - i) & 31 for i in range(6)]
    return f"{prefix}1" + "".join(_ALPHABET[value] for value in values)


def _decode(text: str) -> tuple[str, bytes] | None:
    """Prefix (in the text's own case) and bytes of Bech32, or None; BIP 173 without its limit of 90 characters."""
    lower = text.lower()
    prefix, _, data = lower.rpartition("1")
    if text not in (lower, text.upper()) or not prefix or len(data) < 6 or set(data) - set(_ALPHABET):
        return None
    values = [_ALPHABET.index(letter) for letter in data]
    if _polymod([*_expanded(prefix), *values]) != _CHECKSUM:
        return None
    bits = 0
    for value in values[:-6]:
        bits = bits << 5 | value
    count = 5 * (len(values) - 6)
    if count % 8 > 4 or bits & ((1 << count % 8) - 1):
        return None  # a whole group too many, or padding that is not zero
    return text[: len(prefix)], (bits >> count % 8).to_bytes(count // 8, "big")


def _regrouped(raw: bytes, from_bits: int, to_bits: int) -> list[int]:
    number, count = int.from_bytes(raw, "big"), len(raw) * from_bits
    padding = -count % to_bits
    number, groups = number << padding, (count + padding) // to_bits
    return [number >> to_bits * (groups - 1 - i) & ((1 << to_bits) - 1) for i in range(groups)]


def _expanded(prefix: str) -> list[int]:
    return [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> bit & 1 else 0
    return check
