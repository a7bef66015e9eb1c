"""Outer layers: what stands on the record of a sealed paper, and opens once k holders have released.

Whoever has E opens one and finds the digest of the paper and the inner layer, which only the counterpart opens.
"""

from __future__ import annotations

import hashlib
import re

from goodoffices.sealing import agefile, contexts
from goodoffices.sealing.terms import Terms

_CITATION = re.compile(r"p:[0-9a-f]{64}")
_HEADERS = 16 * 1024  # bytes: both headers and contexts are below 2 KiB, and age may add stanzas that say nothing


def digest(outer: bytes) -> str:
    """``O``: 64 hex digits that every layer of the escrow names."""
    return hashlib.sha256(outer).hexdigest()


def fits_bucket(terms: Terms, size: int) -> bool:
    """Whether an outer layer of ``size`` bytes can be one of these terms: the bucket, and what two layers add to it."""
    return terms.bucket < size <= terms.bucket + 2 * terms.bucket // agefile.CHUNK_BYTES * agefile.TAG_BYTES + _HEADERS


def open_outer(terms: Terms, side: str, outer: bytes, secret: bytes) -> tuple[str, bytes]:
    """The digest of the paper of ``side`` (``p:…``) and its inner layer, by the secret bytes of E.

    Raises ``BadLayer``: ``malformed``, ``cannot-open``, ``wrong-context``.
    """
    plain = agefile.decrypt(outer, [secret])
    context, start = contexts.split(plain)
    found = context.get("digest")
    if not isinstance(found, str) or not _CITATION.fullmatch(found):
        raise contexts.wrong("The outer layer does not name the digest of a paper.")
    contexts.check(context, contexts.outer(terms.id, side, found))
    return found, plain[start:]
