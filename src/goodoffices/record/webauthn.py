"""Passkey signatures over acts: WebAuthn assertions, checked offline and without a server's session.

The challenge is the SHA-256 of what is signed, so the assertion is a signature over the act. Source: W3C Web
Authentication Level 2, section 7.2 (the steps that a verifier without a session can take) and section 6.1; COSE keys
as in RFC 9053 and RFC 8230.

A key here is ``{"type": "webauthn", "id": credential id, "cose": COSE key, "rp": relying party id}``, the two in
the middle base64url without padding. Callers must not rely on the signature counter, attestation or extensions: none
is read.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from fido2 import cbor

USER_PRESENT, USER_VERIFIED = 0x01, 0x04
_ATTESTED, _EXTENSIONS = 0x40, 0x80
_HEAD_BYTES = 37  # relying party id's hash (32), flags (1), counter (4)

ES256, EDDSA, RS256 = -7, -8, -257
_RSA_BITS = range(2048, 4097)
_RP = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.ASCII)

PublicKey: TypeAlias = ec.EllipticCurvePublicKey | Ed25519PublicKey | rsa.RSAPublicKey


class BadAssertion(ValueError):
    """An assertion or key that is malformed, or does not fit."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """What the browser returns: ``authenticatorData``, ``clientDataJSON`` and ``signature``, as bytes."""

    authenticator_data: bytes
    client_data: bytes
    signature: bytes


def check_key(key: Mapping[str, str]) -> None:
    """Check that a key can be used at all. Returns None or raises ``BadAssertion``."""
    if not _RP.fullmatch(key["rp"]) or not from_base64url(key["id"]):
        raise BadAssertion("a passkey has a credential id, and a relying party that is a host name")
    _public(key["cose"])


def verify_assertion(key: Mapping[str, str], assertion: Assertion, challenge: bytes) -> None:
    """Check that the passkey ``key`` signed ``challenge``, with its user present and verified.

    Returns None or raises ``BadAssertion``.
    """
    public = _public(key["cose"])
    _check_client_data(assertion.client_data, key["rp"], challenge)
    _check_authenticator_data(assertion.authenticator_data, key["rp"])
    signed = assertion.authenticator_data + hashlib.sha256(assertion.client_data).digest()
    try:
        _verify(public, assertion.signature, signed)
    except InvalidSignature:
        raise BadAssertion("the passkey's signature does not fit what was signed") from None


def to_base64url(raw: bytes) -> str:
    """Base64url without padding (RFC 4648 section 5)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """The bytes of unpadded base64url in its one valid form. Raises ``BadAssertion``."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raw = b""
    if to_base64url(raw) != text:
        raise BadAssertion("base64url that is malformed")
    return raw


def _check_client_data(raw: bytes, rp: str, challenge: bytes) -> None:
    try:
        data = json.loads(raw.decode(), object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise BadAssertion("the browser's part of the signature is not a JSON object")
    if data.get("type") != "webauthn.get":
        raise BadAssertion("this is not a passkey's answer to a request to sign")
    if data.get("challenge") != to_base64url(challenge):
        raise BadAssertion("the passkey signed something else")
    if data.get("crossOrigin", False) is not False or "topOrigin" in data:
        raise BadAssertion("the passkey was used from inside another site's page")
    _check_origin(data.get("origin"), rp)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member stands twice")
    return members


def _check_origin(origin: object, rp: str) -> None:
    try:
        parts = urlsplit(origin if isinstance(origin, str) else "")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise BadAssertion("the page's address is malformed") from None
    shown = f"{parts.scheme}://{host}" + (f":{port}" if port is not None else "")
    if origin != shown:
        raise BadAssertion("the page's address is malformed")
    if parts.scheme != "https" and (parts.scheme, host) != ("http", "localhost"):
        raise BadAssertion(f"the passkey was used on a page without HTTPS: {shown[:80]}")
    if host != rp and not host.endswith("." + rp):
        raise BadAssertion(f"the passkey was used on {host[:80]}, which is not {rp}")


def _check_authenticator_data(raw: bytes, rp: str) -> None:
    if len(raw) < _HEAD_BYTES:
        raise BadAssertion("the passkey's part of the signature is cut short")
    flags = raw[32]
    if raw[:32] != hashlib.sha256(rp.encode()).digest():
        raise BadAssertion(f"the passkey answered for another site than {rp}")
    if not flags & USER_PRESENT or not flags & USER_VERIFIED:
        raise BadAssertion("the passkey did not check who was using it (PIN, finger or face)")
    if len(raw) > _HEAD_BYTES and not flags & (_ATTESTED | _EXTENSIONS):
        raise BadAssertion("something follows the passkey's part of the signature")


def _public(cose: str) -> PublicKey:
    """The public key in a COSE key (base64url). Raises ``BadAssertion``."""
    raw = from_base64url(cose)
    try:
        members = cbor.decode(raw)
        if not isinstance(members, dict) or cbor.encode(members) != raw:
            raise ValueError("not the canonical form")
        return _from_members(members)
    except (ValueError, TypeError, KeyError, IndexError, struct.error, RecursionError):
        raise BadAssertion(
            "the passkey's public key is malformed, or of another kind than ES256, EdDSA or RS256"
        ) from None


def _from_members(members: dict[int, Any]) -> PublicKey:
    """Members 1 (kind) and 3 (algorithm), then those of the kind: curve and point, or modulus and exponent."""
    kind, rest = (members[1], members[3]), {k: v for k, v in members.items() if k not in (1, 3)}
    if kind == (2, ES256) and rest.keys() == {-1, -2, -3} and rest[-1] == 1:
        return ec.EllipticCurvePublicKey.from_encoded_point(
            ec.SECP256R1(), b"\x04" + _coordinate(rest[-2]) + _coordinate(rest[-3])
        )
    if kind == (1, EDDSA) and rest.keys() == {-1, -2} and rest[-1] == 6:
        return Ed25519PublicKey.from_public_bytes(_coordinate(rest[-2]))
    if kind == (3, RS256) and rest.keys() == {-1, -2}:
        return _rsa(int.from_bytes(rest[-1], "big"), int.from_bytes(rest[-2], "big"))
    raise ValueError("another kind of key")


def _rsa(modulus: int, exponent: int) -> rsa.RSAPublicKey:
    if modulus.bit_length() not in _RSA_BITS:
        raise ValueError("an RSA key is 2048 to 4096 bits")
    return rsa.RSAPublicNumbers(exponent, modulus).public_key()


def _coordinate(raw: object) -> bytes:
    if not isinstance(raw, bytes) or len(raw) != 32:
        raise ValueError("a coordinate is 32 bytes")
    return raw


def _verify(public: PublicKey, signature: bytes, signed: bytes) -> None:
    if isinstance(public, ec.EllipticCurvePublicKey):
        public.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    elif isinstance(public, Ed25519PublicKey):
        public.verify(signature, signed)
    else:
        public.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
