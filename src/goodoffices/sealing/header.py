"""The header of an age file, read strictly before any library sees the file.

Source: the age format (C2SP ``age``). Libraries differ in what they let pass, and what one side's library takes the
other's may refuse; so the rules are ours, the same in Python and TypeScript, and narrower than age's own. A file for a
sealed exchange is sealed to X25519 keys. Stanzas of unknown types are ignored, as the format asks (age adds them to
keep others from relying on their absence), but those of known other kinds are refused by name.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from goodoffices.sealing import agekeys

MAX_HEADER_BYTES = 64 * 1024
NONCE_BYTES = 16  # of the payload
SHARE_BYTES = 32
WRAPPED_KEY_BYTES = 32  # a file key of 16 bytes and its tag
SALT_BYTES = 16
MAX_WORK_FACTOR = 22  # of scrypt, as age: 2**22 takes some seconds and 4 GiB

_VERSION = b"age-encryption.org/v1\n"
_ARMORED = b"-----BEGIN AGE ENCRYPTED FILE-----"
_LINE = 64  # columns of a stanza's body
_ARGUMENT = re.compile(r"[!-~]+")
_WORK_FACTOR = re.compile(r"[1-9][0-9]?")

_REFUSED = {
    "scrypt": "a passphrase",
    "mlkem768x25519": "a hybrid (post-quantum) key",
    "mlkem768p256tag": "a tagged hybrid key",
    "p256tag": "a tagged key of a hardware device",
    "ssh-ed25519": "an SSH key",
    "ssh-rsa": "an SSH key",
    "piv-p256": "a key of a hardware device",
}


class BadLayer(ValueError):
    """An age file, or what was in it, is not as it must be.

    ``fault`` is one of ``events.FAULTS``; the message is a sentence that says what it is.
    """

    def __init__(self, fault: str, words: str) -> None:
        super().__init__(words)
        self.fault = fault


@dataclass(frozen=True)
class Stanza:
    """One recipient's part: its type, further arguments, and body."""

    type: str
    args: tuple[str, ...]
    body: bytes


@dataclass(frozen=True)
class Header:
    """``authenticated``: the bytes that ``mac`` (32 bytes) is over. ``size``: where the payload starts."""

    stanzas: tuple[Stanza, ...]
    authenticated: bytes
    mac: bytes
    size: int

    @property
    def shares(self) -> tuple[tuple[bytes, bytes], ...]:
        """Of every X25519 stanza: the ephemeral share and the wrapped file key, 32 bytes each."""
        found = (stanza for stanza in self.stanzas if stanza.type == "X25519")
        return tuple((_unpadded(stanza.args[0]), stanza.body) for stanza in found)


def read(data: bytes) -> Header:
    """The header of a file sealed to X25519 keys alone. Raises ``BadLayer`` (``malformed``)."""
    header = _parsed(data)
    for stanza in header.stanzas:
        if stanza.type in _REFUSED:
            what = _REFUSED[stanza.type]
            raise _malformed(f"This file is sealed to {what}; a sealed exchange uses plain age keys (age1…) alone")
        if stanza.type == "X25519":
            _check_x25519(stanza)
    if not any(stanza.type == "X25519" for stanza in header.stanzas):
        raise _malformed("This file is sealed to no age key (age1…) at all")
    return header


def read_passphrase(data: bytes) -> Header:
    """The header of a file under a passphrase: one scrypt stanza and no other. Raises ``BadLayer`` (``malformed``)."""
    header = _parsed(data)
    stanza = header.stanzas[0]
    if len(header.stanzas) != 1 or stanza.type != "scrypt":
        raise _malformed("This file is not one under a passphrase alone")
    if len(stanza.args) != 2 or len(_unpadded(stanza.args[0])) != SALT_BYTES:
        raise _malformed("Its scrypt stanza does not hold a salt of 16 bytes and a work factor")
    if not _WORK_FACTOR.fullmatch(stanza.args[1]) or int(stanza.args[1]) > MAX_WORK_FACTOR:
        raise _malformed(f"Its work factor is not a number from 1 to {MAX_WORK_FACTOR}")
    if len(stanza.body) != WRAPPED_KEY_BYTES:
        raise _malformed("Its file key has another length than age's")
    return header


def _check_x25519(stanza: Stanza) -> None:
    if len(stanza.args) != 1 or len(share := _unpadded(stanza.args[0])) != SHARE_BYTES:
        raise _malformed("One of its X25519 stanzas does not hold a share of 32 bytes")
    if len(stanza.body) != WRAPPED_KEY_BYTES:
        raise _malformed("One of its X25519 stanzas holds a file key of another length than age's")
    if agekeys.shares_nothing(share):
        raise _malformed("One of its X25519 stanzas can be opened by anybody")


def _parsed(data: bytes) -> Header:
    if data[:100].lstrip().startswith(_ARMORED):
        raise _malformed("This age file is armored; a sealed exchange uses age files as they are, without --armor")
    if data[: len(_VERSION)] != _VERSION:
        raise _malformed("This is not an age file of version 1")
    stanzas, at = [], len(_VERSION)
    while data[at : at + 3] == b"-> ":
        stanza, at = _stanza(data, at)
        stanzas.append(stanza)
    line, size = _line(data, at)
    mac = _unpadded(line[4:]) if line.startswith("--- ") else b""
    if not stanzas or len(mac) != 32:
        raise _malformed("Its header does not end as an age header does")
    if len(data) - size < NONCE_BYTES:
        raise _malformed("It is cut short after its header")
    return Header(tuple(stanzas), data[: at + 3], mac, size)


def _stanza(data: bytes, at: int) -> tuple[Stanza, int]:
    line, at = _line(data, at)
    args = line[3:].split(" ")
    if not all(_ARGUMENT.fullmatch(arg) for arg in args):
        raise _malformed("A stanza of its header has an empty or unfit argument")
    body = []
    while True:
        text, at = _line(data, at)
        if len(text) > _LINE:
            raise _malformed("A line of a stanza is longer than 64 columns")
        body.append(text)
        if len(text) < _LINE:
            return Stanza(args[0], tuple(args[1:]), _unpadded("".join(body))), at


def _line(data: bytes, at: int) -> tuple[str, int]:
    """The line that starts at ``at``, without its end, and where the next one starts."""
    end = data.find(b"\n", at, MAX_HEADER_BYTES)
    if end < 0:
        raise _malformed("Its header is cut short, or larger than 64 KiB")
    try:
        return data[at:end].decode("ascii"), end + 1
    except UnicodeDecodeError:
        raise _malformed("Its header holds something else than ASCII") from None


def _unpadded(text: str) -> bytes:
    """Base64 without padding, in its one canonical form."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if base64.b64encode(raw).decode().rstrip("=") != text:
        raise _malformed("Its header holds base64 that is not canonical")
    return raw


def _malformed(words: str) -> BadLayer:
    return BadLayer("malformed", words + ".")
