"""A passkey in software: the same keys and signatures for the same seed. For tests only."""

from __future__ import annotations

import hashlib
import json
from itertools import count

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fido2 import cbor

from goodoffices.record.webauthn import EDDSA, ES256, RS256, USER_PRESENT, USER_VERIFIED, Assertion, to_base64url


class Authenticator:
    """One credential; ``key`` is how a record names it."""

    def __init__(self, seed: bytes, algorithm: int = ES256, rp: str = "localhost") -> None:
        self.rp = rp
        self.id = hashlib.sha256(b"id" + seed).digest()[:16]
        self._private = _private(seed, algorithm)
        cose = to_base64url(cbor.encode(_cose(self._private)))
        self.key = {"type": "webauthn", "id": to_base64url(self.id), "cose": cose, "rp": rp}

    def sign(
        self,
        challenge: bytes,
        origin: str = "http://localhost:8000",
        *,
        flags: int = USER_PRESENT | USER_VERIFIED,
        after: bytes = b"",
        **client_data: object,
    ) -> Assertion:
        """An assertion; ``client_data`` replaces or adds members of clientDataJSON, ``after`` follows the counter."""
        members: dict[str, object] = {"type": "webauthn.get", "challenge": to_base64url(challenge), "origin": origin}
        text = json.dumps(members | {"crossOrigin": False} | client_data, separators=(",", ":"))
        return self.sign_raw(
            text.encode(), hashlib.sha256(self.rp.encode()).digest() + bytes([flags, 0, 0, 0, 1]) + after
        )

    def sign_raw(self, client_data: bytes, authenticator_data: bytes) -> Assertion:
        """A good signature over whatever it is given."""
        signed = authenticator_data + hashlib.sha256(client_data).digest()
        return Assertion(authenticator_data, client_data, _sign(self._private, signed))


Private = ec.EllipticCurvePrivateKey | Ed25519PrivateKey | rsa.RSAPrivateKey


def _private(seed: bytes, algorithm: int) -> Private:
    secret = hashlib.sha256(b"key" + seed).digest()
    if algorithm == ES256:
        return ec.derive_private_key(int.from_bytes(secret[:31], "big") + 1, ec.SECP256R1())
    if algorithm == EDDSA:
        return Ed25519PrivateKey.from_private_bytes(secret)
    return _rsa(secret)


def _rsa(secret: bytes) -> rsa.RSAPrivateKey:
    p, q = _prime(secret + b"p"), _prime(secret + b"q")
    e = 65537
    d = pow(e, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(e, p * q)
    return rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public).private_key()


def _prime(secret: bytes) -> int:
    """A number of 1024 bits that passes Fermat's test for a few bases: enough for a test's key."""
    start = int.from_bytes(hashlib.shake_256(secret).digest(128), "big") | 3 << 1022 | 1
    return next(n for n in count(start, 2) if all(pow(b, n - 1, n) == 1 for b in (2, 3, 5)) and n % 65537 != 1)


def _cose(private: Private) -> dict[int, int | bytes]:
    public = private.public_key()
    if isinstance(public, ec.EllipticCurvePublicKey):
        point = public.public_numbers()
        return {1: 2, 3: ES256, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
    if isinstance(public, rsa.RSAPublicKey):
        return {1: 3, 3: RS256, -1: public.public_numbers().n.to_bytes(256, "big"), -2: b"\x01\x00\x01"}
    return {1: 1, 3: EDDSA, -1: 6, -2: public.public_bytes_raw()}


def _sign(private: Private, signed: bytes) -> bytes:
    if isinstance(private, ec.EllipticCurvePrivateKey):
        return private.sign(signed, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    if isinstance(private, rsa.RSAPrivateKey):
        return private.sign(signed, padding.PKCS1v15(), hashes.SHA256())
    return private.sign(signed)
