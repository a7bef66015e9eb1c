"""The one door to signatures on binding acts: what is signed, how it is stored, and whether it fits.

- ``payload`` is what a person signs: JCS of talks, room, act, kind, body and base (what of the room's record the signer
  saw). On the command line it is the message of an SSH signature in the namespace ``act@goodoffices``; in the
  page its SHA-256 is the challenge of a WebAuthn assertion.
- A signature is stored as JCS, in exactly one of two forms::

      {"type": "sshsig", "armored": "-----BEGIN SSH SIGNATURE-----..."}
      {"type": "webauthn", "authenticatorData": ..., "clientDataJSON": ..., "key": credential id, "signature": ...}

  (base64url without padding) and the entry's header holds its ``digest``.
- A key is named on the record, in one of two forms::

      {"type": "ssh", "key": "ssh-ed25519 AAAA..."}
      {"type": "webauthn", "id": credential id, "cose": COSE key, "rp": "talks.example"}

A signature proves that a key's holder agreed to this act. Whether that key may speak for its author in that room at
that point is for the caller to find on the record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from goodoffices.record import canonical, sshsig, webauthn
from goodoffices.record.sshsig import ACT_NAMESPACE
from goodoffices.record.webauthn import Assertion

MAX_STORED_BYTES = 16 * 1024  # a WebAuthn assertion by RSA is below 2 KiB

_KEY_FIELDS = {"ssh": {"type", "key"}, "webauthn": {"type", "id", "cose", "rp"}}
_STORED_FIELDS = {
    "sshsig": {"type", "armored"},
    "webauthn": {"type", "authenticatorData", "clientDataJSON", "key", "signature"},
}


class BadSignature(ValueError):
    """A signature or key that is malformed or does not fit; the message says which, in plain words."""


def payload(
    talks: str, room: str, act: str, kind: str, body: Mapping[str, object], base: Mapping[str, object]
) -> bytes:
    """What is signed for one entry. ``base``: ``{"size": n, "root": hex64}``. Raises ``canonical.NotCanonical``."""
    signed = {"talks": talks, "room": room, "act": act, "kind": kind, "body": dict(body), "base": dict(base)}
    return canonical.encode(signed)


def challenge(signed: bytes) -> bytes:
    """The 32 bytes a passkey is asked to sign for a payload."""
    return hashlib.sha256(signed).digest()


def digest(stored: bytes) -> str:
    """64 hex characters: how an entry's header names its signature."""
    return hashlib.sha256(stored).hexdigest()


def key_id(key: Mapping[str, str]) -> str:
    """64 hex characters: SHA-256 of the key's canonical form, by which ``replaces`` names it."""
    return hashlib.sha256(canonical.encode(dict(key))).hexdigest()


def check_key(key: Mapping[str, str]) -> None:
    """Check that a key can be named on a record. Returns None or raises ``BadSignature``."""
    _check_form(key, _KEY_FIELDS, "a key")
    try:
        if key["type"] == "webauthn":
            webauthn.check_key(key)
        elif str(sshsig.parse_public_key(key["key"])) != key["key"]:
            raise BadSignature("an SSH key is named without its comment")
    except (sshsig.BadSshSignature, webauthn.BadAssertion) as error:
        raise BadSignature(str(error)) from error


def check(key: Mapping[str, str], stored: bytes, signed: bytes) -> None:
    """Check that ``key`` made the signature ``stored`` over the payload ``signed``.

    Returns None or raises ``BadSignature``.
    """
    check_key(key)
    signature = _parse(stored)
    if (key["type"], signature["type"]) not in (("ssh", "sshsig"), ("webauthn", "webauthn")):
        raise BadSignature("the signature was made with another kind of key")
    try:
        if key["type"] == "ssh":
            ssh_key = sshsig.parse_public_key(key["key"])
            sshsig.verify(signature["armored"], ACT_NAMESPACE, signed, ssh_key)
        else:
            _check_assertion(key, signature, signed)
    except (sshsig.BadSshSignature, webauthn.BadAssertion) as error:
        raise BadSignature(str(error)) from error


def store_ssh(armored: str) -> bytes:
    """The stored form of an SSH signature. Raises ``BadSignature`` if it is malformed."""
    try:
        sshsig.parse(armored)
    except sshsig.BadSshSignature as error:
        raise BadSignature(str(error)) from error
    return canonical.encode({"type": "sshsig", "armored": armored})


def store_assertion(credential: str, assertion: Assertion) -> bytes:
    """The stored form of a passkey's assertion; ``credential`` is its id in base64url."""
    return canonical.encode(
        {
            "type": "webauthn",
            "authenticatorData": webauthn.to_base64url(assertion.authenticator_data),
            "clientDataJSON": webauthn.to_base64url(assertion.client_data),
            "key": credential,
            "signature": webauthn.to_base64url(assertion.signature),
        }
    )


def sign_ssh(private: Ed25519PrivateKey, signed: bytes) -> bytes:
    """The stored form of an SSH signature by ``private`` over a payload."""
    return store_ssh(sshsig.sign(private, ACT_NAMESPACE, signed))


def ssh_key(line: str) -> dict[str, str]:
    """The key of a ``.pub`` file's line as a record names it. Raises ``BadSignature``."""
    try:
        return {"type": "ssh", "key": str(sshsig.parse_public_key(line))}
    except sshsig.BadSshSignature as error:
        raise BadSignature(str(error)) from error


def _parse(stored: bytes) -> dict[str, str]:
    if len(stored) > MAX_STORED_BYTES:
        raise BadSignature(f"a stored signature is at most {MAX_STORED_BYTES} bytes")
    try:
        value = canonical.decode(stored)
    except canonical.NotCanonical as error:
        raise BadSignature(f"the stored signature is malformed: {error}") from error
    return _check_form(value, _STORED_FIELDS, "a stored signature")


def _check_form(value: object, forms: Mapping[str, set[str]], what: str) -> dict[str, str]:
    """``value`` as text by name, with exactly the fields that its type has."""
    if not isinstance(value, Mapping) or not all(isinstance(part, str) for part in (*value, *value.values())):
        raise BadSignature(f"{what} is an object of texts")
    fields = dict(value)
    if forms.get(fields.get("type", "")) != fields.keys():
        raise BadSignature(f"{what} has a type ({' or '.join(forms)}) and exactly the fields of that type")
    return fields


def _check_assertion(key: Mapping[str, str], stored: Mapping[str, str], signed: bytes) -> None:
    if stored["key"] != key["id"]:
        raise BadSignature("the signature was made with another passkey")
    parts = (webauthn.from_base64url(stored[name]) for name in ("authenticatorData", "clientDataJSON", "signature"))
    webauthn.verify_assertion(key, Assertion(*parts), challenge(signed))
