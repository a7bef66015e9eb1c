"""What ``sign.js`` hands in: one assertion for each challenge a binding act asked for.

A page that asks for signatures includes ``accounts/sign.html`` in its form, with ``signing`` from ``asked``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from goodoffices.record import signatures
from goodoffices.record.webauthn import Assertion, BadAssertion, from_base64url, to_base64url

MAX_CHARACTERS = 256 * 1024  # of the hidden field: some dozens of assertions
_PARTS = ("authenticatorData", "clientDataJSON", "signature")


def asked(payloads: Iterable[bytes], keys: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """What the form's data attributes hold, as JSON: ``challenges`` for the payloads, ``credentials`` of passkeys."""
    challenges = [to_base64url(signatures.challenge(payload)) for payload in payloads]
    credentials = [key["id"] for key in keys if key["type"] == "webauthn"]
    return {"challenges": json.dumps(challenges), "credentials": json.dumps(credentials)}


def read(text: str, count: int) -> list[bytes]:
    """The hidden field ``signatures`` as ``count`` signatures in their stored form, in the order of the challenges.

    Whether they fit is for the record to check. Raises ``signatures.BadSignature``.
    """
    try:
        given = json.loads(text) if len(text) <= MAX_CHARACTERS else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, list) or len(given) != count:
        raise signatures.BadSignature(f"This act needs {count} signatures by passkey, and they did not all arrive.")
    return [_stored(each) for each in given]


def _stored(given: Any) -> bytes:
    if not _is_an_answer(given):
        raise signatures.BadSignature("The passkey's answer is malformed.")
    try:
        from_base64url(given["key"])
        assertion = Assertion(*(from_base64url(given[name]) for name in _PARTS))
    except BadAssertion as error:
        raise signatures.BadSignature(str(error)) from error
    stored = signatures.store_assertion(given["key"], assertion)
    if len(stored) > signatures.MAX_STORED_BYTES:
        raise signatures.BadSignature("The passkey's answer is larger than any passkey makes it.")
    return stored


def _is_an_answer(given: Any) -> bool:
    names = {"type", "key", *_PARTS}
    if not isinstance(given, dict) or given.keys() != names or not all(isinstance(v, str) for v in given.values()):
        return False
    return bool(given["type"] == "webauthn")
