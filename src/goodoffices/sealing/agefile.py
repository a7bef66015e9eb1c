"""Opening and making age files: pyrage, behind our own reading of the header.

A *file key* (16 bytes) opens one age file and nothing else. Whoever holds a file can be given its file key as proof of
what is in it: the header's MAC is made with it, and no other key passes for it. So a holder proves what it gives out,
and a counterpart what was in a paper, without giving away a secret key (docs/design/sealing.md, section 3).

Source: the age format (C2SP ``age``): X25519 stanza, header MAC, payload.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from goodoffices.sealing import agekeys, header
from goodoffices.sealing.header import NONCE_BYTES, BadLayer, Header

FILE_KEY_BYTES = 16
CHUNK_BYTES = 64 * 1024  # of the payload's plaintext
TAG_BYTES = 16
_X25519 = b"age-encryption.org/v1/X25519"
_LAST, _MORE = b"\x01", b"\x00"


def encrypt(plain: bytes, recipients: Sequence[str]) -> bytes:
    """An age file to X25519 recipients that were checked before (``agekeys.recipient``)."""
    return pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients])


def decrypt(data: bytes, secrets: Iterable[bytes]) -> bytes:
    """What is in an age file, by the secret bytes of identities.

    Raises ``BadLayer``: ``malformed``, ``cannot-open``.
    """
    secrets = list(secrets)
    file_key(header.read(data), secrets)
    try:
        return pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(agekeys.identity_text(s)) for s in secrets])
    except pyrage.DecryptError:
        raise _altered() from None


def decrypt_passphrase(data: bytes, passphrase: str) -> bytes:
    """What is in an age file under a passphrase. Raises ``BadLayer``: ``malformed``, ``cannot-open``."""
    header.read_passphrase(data)
    try:
        return pyrage.passphrase.decrypt(data, passphrase)
    except pyrage.DecryptError:
        raise BadLayer("cannot-open", "The passphrase is another one, or the file was damaged.") from None


def file_key(head: Header, secrets: Iterable[bytes]) -> bytes:
    """The file key that one of these secrets (32 bytes each) finds in a header.

    Raises ``BadLayer`` (``cannot-open``).
    """
    for secret in secrets:
        for share, wrapped in head.shares:
            if (key := _unwrapped(secret, share, wrapped)) is not None:
                if not fits(head, key):
                    raise BadLayer("cannot-open", "Its header was altered after it was sealed.")
                return key
    raise BadLayer("cannot-open", "It is sealed to other keys than the one given.")


def fits(head: Header, key: bytes) -> bool:
    """Whether this is the file key of the file with this header."""
    mac_key = HKDF(SHA256(), 32, salt=None, info=b"header").derive(key)
    return hmac.compare_digest(hmac.digest(mac_key, head.authenticated, "sha256"), head.mac)


def decrypt_by(data: bytes, key: bytes) -> bytes:
    """What is in an age file, by its file key. Raises ``BadLayer``: ``malformed``, ``cannot-open``."""
    head = header.read(data)
    if len(key) != FILE_KEY_BYTES or not fits(head, key):
        raise BadLayer("cannot-open", "The file key given is not that of this file.")
    payload = memoryview(data)[head.size :]
    cipher = ChaCha20Poly1305(HKDF(SHA256(), 32, salt=bytes(payload[:NONCE_BYTES]), info=b"payload").derive(key))
    plain = bytearray()
    chunks = range(NONCE_BYTES, max(len(payload), NONCE_BYTES + 1), CHUNK_BYTES + TAG_BYTES)
    for number, at in enumerate(chunks):
        last = at == chunks[-1]
        chunk = payload[at : at + CHUNK_BYTES + TAG_BYTES]
        if last and number and len(chunk) <= TAG_BYTES:
            raise _altered()  # only a file without content has an empty last chunk
        try:
            plain += cipher.decrypt(number.to_bytes(11, "big") + (_LAST if last else _MORE), chunk, None)
        except InvalidTag:
            raise _altered() from None
    return bytes(plain)


def _unwrapped(secret: bytes, share: bytes, wrapped: bytes) -> bytes | None:
    private = X25519PrivateKey.from_private_bytes(secret)
    shared = private.exchange(X25519PublicKey.from_public_bytes(share))
    salt = share + private.public_key().public_bytes_raw()
    try:
        return ChaCha20Poly1305(HKDF(SHA256(), 32, salt=salt, info=_X25519).derive(shared)).decrypt(
            bytes(12), wrapped, None
        )
    except InvalidTag:
        return None


def _altered() -> BadLayer:
    return BadLayer("cannot-open", "It was altered or cut short after it was sealed.")
