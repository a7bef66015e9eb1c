"""Chance for tests in which two worlds must answer with the same bytes.

Session keys, CSRF secrets and masks, challenges, codes and tokens of links all draw from one seeded source. What
comes out depends on the label given to ``begin`` and on how much was drawn since, so begin anew before each request::

    chance = Seeded(monkeypatch)
    chance.begin("outsider looks at room 7")
    browser.get(...)

Where each is drawn: CSRF secrets and masks, and session keys, by ``django.utils.crypto.get_random_string``, which asks
``secrets.choice``; challenges of passkeys and anything else by ``os.urandom`` or ``secrets``; ids of acts and tokens of
links by ``goodoffices.web.randomness.source``. Salts of passwords as well, so never use this outside tests.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Sequence
from typing import TypeVar

import pytest

T = TypeVar("T")


class Seeded:
    """A source of bytes that a label decides."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from goodoffices.web import randomness

        self.begin("")
        monkeypatch.setattr(randomness, "source", self.bytes)
        monkeypatch.setattr(os, "urandom", self.bytes)
        monkeypatch.setattr(secrets, "token_bytes", lambda size=None: self.bytes(size or 32))
        monkeypatch.setattr(secrets, "token_hex", lambda size=None: self.bytes(size or 32).hex())
        monkeypatch.setattr(secrets, "randbelow", self.below)
        monkeypatch.setattr(secrets, "choice", self.choice)

    def begin(self, label: str) -> None:
        self._label, self._drawn = label, 0

    def bytes(self, size: int) -> bytes:
        self._drawn += 1
        return hashlib.shake_256(f"{self._drawn} of {self._label}".encode()).digest(size)

    def below(self, limit: int) -> int:
        return int.from_bytes(self.bytes(16), "big") % limit

    def choice(self, options: Sequence[T]) -> T:
        return options[self.below(len(options))]
