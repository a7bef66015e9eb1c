"""Chance for tests of pages: every source the pages draw from, seeded.

Start it anew before each request that is compared with another world's, with what the two requests have in common: a
stream that other requests draw from as well would itself tell of them.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from types import SimpleNamespace
from typing import TypeVar

import allauth.mfa.recovery_codes.internal.auth
import allauth.mfa.totp.internal.auth
import django.utils.crypto
import fido2.server
import pytest

from goodoffices.web import randomness

T = TypeVar("T")


class Chance:
    """A stream of bytes that follows from its seed; it has the names by which ``secrets`` and ``os`` are drawn from."""

    compare_digest = staticmethod(hmac.compare_digest)

    def __init__(self, *seed: object) -> None:
        self.restart(*seed)

    def restart(self, *seed: object) -> None:
        self._seed, self._drawn = repr(seed).encode(), 0

    def token_bytes(self, count: int) -> bytes:
        self._drawn += 1
        return hashlib.shake_256(self._drawn.to_bytes(8, "big") + self._seed).digest(count)

    def token_hex(self, count: int) -> str:
        return self.token_bytes(count).hex()

    def choice(self, among: Sequence[T]) -> T:
        return among[int.from_bytes(self.token_bytes(8), "big") % len(among)]


def install(patch: pytest.MonkeyPatch, *seed: object) -> Chance:
    """Put a seeded source in the place of the operating system's, until the test ends."""
    chance = Chance(*seed)
    patch.setattr(randomness, "source", chance.token_bytes)
    patch.setattr(django.utils.crypto, "secrets", chance)  # CSRF secrets and masks, session keys, passwords' salts
    patch.setattr(allauth.mfa.recovery_codes.internal.auth, "secrets", chance)
    patch.setattr(allauth.mfa.totp.internal.auth, "secrets", chance)
    patch.setattr(fido2.server, "os", SimpleNamespace(urandom=chance.token_bytes))  # challenges of passkeys
    return chance
