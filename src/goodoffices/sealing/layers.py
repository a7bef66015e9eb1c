"""The two layers of a sealed paper: inner, which only the counterpart opens, and outer, which holders open together.

::

    inner = age -> the counterpart's online and recovery keys: context with the writer's signature, paper, zero bytes
    outer = age -> E, an identity made for this one paper:     context, inner

Formats: docs/design/sealing.md, section 2. A paper and its layers are held in memory, once each: with the largest
bucket (16 MiB) that is some 64 MiB. age draws its own randomness; the salt is handed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pyrage

from goodoffices.record import canonical, signatures
from goodoffices.record.particulars import SALT_BYTES, Particular
from goodoffices.sealing import agefile, agekeys, contexts, escrow, outers
from goodoffices.sealing.header import BadLayer
from goodoffices.sealing.terms import Key, Side, Terms

MAX_NAME = 255  # characters of a file's name
MAX_MEDIA = 100  # characters of a media type

_INNER = {"digest", "exchange", "layer", "media", "name", "salt", "side", "signature", "size"}
_MEDIA = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*(?:; ?[a-z0-9-]+=[A-Za-z0-9._-]+)?")
_SALT = re.compile(rf"[0-9a-f]{{{2 * SALT_BYTES}}}")

Sign = Callable[[bytes], bytes]
"""Takes what is signed and gives the signature in its stored form (``record/signatures.py``)."""

Progress = Callable[[str], None]
"""Told what is being done now: ``inner``, ``outer``, ``escrow``."""


class BadPaper(ValueError):
    """A paper that cannot be sealed in this exchange; the message is a sentence that says why."""


@dataclass(frozen=True)
class Paper:
    """A paper as its author hands it in. ``name``: of its file; ``media``: its type, such as ``application/pdf``."""

    content: bytes
    name: str
    media: str


@dataclass(frozen=True)
class Sealed:
    """What a side hands in, and the citation of the paper, which only it knows until both are out."""

    outer: bytes
    escrow: bytes
    digest: str


@dataclass(frozen=True)
class Opened:
    """A paper as the counterpart finds it, with the key that signed it."""

    content: bytes
    name: str
    media: str
    digest: str
    salt: bytes
    key: Key


def written(exchange: str, side: str, digest: str) -> bytes:
    """What the writer of a paper signs: that this is the paper of ``side`` in this exchange."""
    return canonical.encode({"digest": digest, "exchange": exchange, "kind": "paper-written", "side": side})


def check_paper(terms: Terms, paper: Paper) -> None:
    """Check that a paper can be sealed. Raises ``BadPaper``.

    Whether it fits the bucket to the byte is known only once it is signed; ``seal`` finds that.
    """
    check_size(terms, len(paper.content))
    if not paper.name or len(paper.name) > MAX_NAME or not paper.name.isprintable() or "/" in paper.name:
        raise BadPaper("The name of the paper's file is one line of at most 255 characters, without “/”.")
    if len(paper.media) > MAX_MEDIA or not _MEDIA.fullmatch(paper.media):
        raise BadPaper(f"“{paper.media[:80]}” is not a media type such as application/pdf or text/plain.")


def check_size(terms: Terms, size: int) -> None:
    """Check that a paper of so many bytes can be sealed, as far as its size tells. Raises ``BadPaper``."""
    if not size:
        raise BadPaper("The paper is empty.")
    if size >= terms.bucket:
        raise _too_large(terms, size)


def seal(terms: Terms, side: str, paper: Paper, salt: bytes, sign: Sign, progress: Progress = lambda _: None) -> Sealed:
    """Seal a paper of ``side`` to its counterpart. ``salt``: 16 bytes of chance. Raises ``BadPaper``."""
    check_paper(terms, paper)
    progress("inner")
    exchange, digest = terms.id, Particular(salt, paper.content).citation
    signature = sign(written(exchange, side, digest))
    plain = _padded(terms, _inner_context(exchange, side, paper, salt, digest, signature), paper.content)
    other = terms.counterpart(side)
    inner = agefile.encrypt(plain, [other.online, other.recovery])
    del plain
    progress("outer")
    secret = str(pyrage.x25519.Identity.generate())
    recipient = agekeys.recipient_of(agekeys.identity(secret))
    outer = agefile.encrypt(contexts.joined(contexts.outer(exchange, side, digest), inner), [recipient])
    progress("escrow")
    return Sealed(outer, escrow.wrap(terms, side, outers.digest(outer), secret), digest)


def open_inner(terms: Terms, side: str, digest: str, inner: bytes, secrets: Iterable[bytes]) -> Opened:
    """The paper of ``side``, by secrets of its counterpart. ``digest``: the one in the outer layer.

    Raises ``BadLayer`` with the first fault there is, in the order of the table in section 4.
    """
    return checked(terms, side, digest, agefile.decrypt(inner, secrets))


def open_inner_by(terms: Terms, side: str, digest: str, inner: bytes, file_key: bytes) -> Opened:
    """The same by the file key of the inner layer: how anyone checks a dispute."""
    return checked(terms, side, digest, agefile.decrypt_by(inner, file_key))


def checked(terms: Terms, side: str, digest: str, plain: bytes) -> Opened:
    """The paper in an inner layer's plaintext, with all it says of itself found true. Raises ``BadLayer``."""
    context, start = contexts.split(plain)
    _check_inner(context, terms.id, side, digest)
    size, salt = context["size"], bytes.fromhex(context["salt"])
    if len(plain) != terms.bucket or not 0 < size <= len(plain) - start:
        raise BadLayer("wrong-size", f"The inner layer does not hold a paper of {size} bytes in {terms.bucket}.")
    content = plain[start : start + size]
    if plain[start + size :] != bytes(len(plain) - start - size):
        raise BadLayer("wrong-size", "Something follows the paper where nothing but zeros may stand.")
    if Particular(salt, content).citation != digest:
        raise BadLayer("wrong-digest", "The paper inside is not the one whose digest was sealed.")
    key = _signer(terms.side(side), context["signature"], written(terms.id, side, digest))
    return Opened(content, context["name"], context["media"], digest, salt, key)


def _inner_context(
    exchange: str, side: str, paper: Paper, salt: bytes, digest: str, signature: bytes
) -> dict[str, Any]:
    return {
        "digest": digest,
        "exchange": exchange,
        "layer": "inner",
        "media": paper.media,
        "name": paper.name,
        "salt": salt.hex(),
        "side": side,
        "signature": canonical.decode(signature),
        "size": len(paper.content),
    }


def _padded(terms: Terms, context: dict[str, Any], content: bytes) -> bytes:
    line = canonical.encode(context)
    room = terms.bucket - len(line) - 1
    if len(line) > contexts.MAX_CONTEXT_BYTES:
        raise BadPaper("The signature or the name of the file is too long.")
    if len(content) > room:
        raise _too_large(terms, len(content), room)
    return b"".join((line, b"\n", content, bytes(room - len(content))))


def _too_large(terms: Terms, size: int, room: int | None = None) -> BadPaper:
    least = terms.bucket - contexts.MAX_CONTEXT_BYTES if room is None else room
    return BadPaper(
        f"The paper has {size:,} bytes, and the terms of this exchange have room for {least:,}. "
        f"Seal a smaller file, or agree on an exchange with a larger size."
    )


def _check_inner(context: dict[str, Any], exchange: str, side: str, digest: str) -> None:
    if context.keys() != _INNER or not isinstance(context["signature"], dict):
        raise contexts.wrong("The inner layer says other things of itself than it must.")
    texts = (context["media"], context["name"], context["salt"])
    if not all(isinstance(text, str) for text in texts) or not _SALT.fullmatch(context["salt"]):
        raise contexts.wrong("The inner layer does not name its paper and its salt.")
    if type(context["size"]) is not int:
        raise contexts.wrong("The inner layer does not say how large its paper is.")
    expected = {"digest": digest, "exchange": exchange, "layer": "inner", "side": side}
    contexts.check({name: context[name] for name in expected}, expected)


def _signer(side: Side, signature: dict[str, Any], signed: bytes) -> Key:
    """Which of the side's keys made the signature."""
    why = "it is malformed"
    for key in side.signers:
        try:
            signatures.check(key, canonical.encode(signature), signed)
        except (signatures.BadSignature, canonical.NotCanonical) as error:
            why = str(error)
        else:
            return key
    raise BadLayer("wrong-signature", f"The signature inside is not one of {side.code}: {why}.")
