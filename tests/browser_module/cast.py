"""Two sides and three holders with keys of their own, for the engine in Python and the module in a page alike."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyrage
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from playwright.sync_api import Page

from goodoffices.record import signatures
from goodoffices.sealing import escrow, layers, terms
from tests import chromium
from tests.authenticator import Authenticator

BUCKET = 65536


@dataclass(frozen=True)
class Cast:
    """`keys` by code, and of the sides also `a-recovery` and `b-recovery`."""

    keys: dict[str, pyrage.x25519.Identity]
    signers: dict[str, Authenticator]
    k: int
    holders: tuple[str, ...]
    bucket: int

    @cached_property
    def terms(self) -> terms.Terms:
        return terms.parse(self.body)

    @cached_property
    def body(self) -> dict[str, Any]:
        return {
            "v": 1,
            "talks": None,
            "room": None,
            "nonce": "0" * 32,
            "sides": [self._party(code) | {"recovery": self.public(f"{code}-recovery")} for code in "ab"],
            "holders": [self._party(code) for code in self.holders],
            "k": self.k,
            "topics": ["ceasefire"],
            "deadline": "2025-06-01T12:00:00.000Z",
            "bucket": self.bucket,
        }

    def _party(self, code: str) -> dict[str, Any]:
        return {
            "code": code,
            "delegation": None,
            "online": self.public(code),
            "signers": [self.signers[code].key],
        }

    def public(self, code: str) -> str:
        return str(self.keys[code].to_public())

    def secret(self, code: str) -> bytes:
        from goodoffices.sealing import agekeys

        return agekeys.identity(str(self.keys[code]))

    def common(self, me: str) -> dict[str, Any]:
        """What every hook of the exchange reads."""
        return {"exchange": self.terms.id, "terms": self.body, "me": me}

    def sealed(self, side: str, content: bytes, name: str = "conditions.txt") -> layers.Sealed:
        """A paper sealed by the engine in Python."""

        def sign(signed: bytes) -> bytes:
            signer = self.signers[side]
            return signatures.store_assertion(signer.key["id"], signer.sign(signatures.challenge(signed)))

        return layers.seal(self.terms, side, layers.Paper(content, name, "text/plain"), bytes(16), sign)

    def peels(self, holder: str, seals: dict[str, layers.Sealed], earlier: list[escrow.Given]) -> escrow.Given:
        """A release by the engine in Python."""
        found = {
            side: escrow.peel(self.terms, holder, seal_of(side, sealed), earlier, self.secret(holder))
            for side, sealed in seals.items()
        }
        return escrow.Given(holder, found)


def seal_of(side: str, sealed: layers.Sealed) -> escrow.Seal:
    return escrow.Seal(side, sealed.outer, sealed.escrow, hashlib.sha256(sealed.outer).hexdigest())


def cast(k: int = 2, holders: tuple[str, ...] = ("h1", "h2", "h3"), bucket: int = BUCKET) -> Cast:
    codes = ("a", "b", *holders)
    keys = {code: pyrage.x25519.Identity.generate() for code in (*codes, "a-recovery", "b-recovery")}
    return Cast(keys, {code: Authenticator(code.encode()) for code in codes}, k, holders, bucket)


def give_passkey(page: Page, signer: Authenticator) -> None:
    """Put the passkey of one of the cast into this page's authenticator."""
    added = chromium.add_authenticator(page)
    private = signer._private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    credential = {
        "credentialId": base64.b64encode(signer.id).decode(),
        "isResidentCredential": False,
        "rpId": signer.rp,
        "privateKey": base64.b64encode(private).decode(),
        "signCount": 0,
    }
    added.session.send("WebAuthn.addCredential", {"authenticatorId": added.id, "credential": credential})
