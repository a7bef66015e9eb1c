"""A browser's part of passkeys, done by the software authenticator of ``tests.authenticator``."""

from __future__ import annotations

import hashlib
import html
import json
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from fido2 import cbor

from goodoffices.record.webauthn import from_base64url, to_base64url
from tests.authenticator import Authenticator

ORIGIN = "http://localhost:8000"
ATTESTED = 0x45  # present, verified, with credential data


def options(page: HttpResponse) -> dict[str, Any]:
    """The options a page hands to its script in ``data-options``."""
    found = re.search(r'data-options="([^"]*)"', page.content.decode())
    assert found
    asked: dict[str, Any] = json.loads(html.unescape(found[1]))["publicKey"]
    return asked


def register(browser: Client, passkey: Authenticator, name: str = "phone", follow: bool = False) -> Any:
    """Add the passkey to the account signed in, as ``passkey.js`` would."""
    asked = options(browser.get("/account/passkeys/add/"))
    given = {"name": name, "credential": json.dumps(_created(passkey, asked["challenge"]))}
    return browser.post("/account/passkeys/add/", given, follow=follow)


def _created(passkey: Authenticator, challenge: str) -> dict[str, Any]:
    client_data = json.dumps({"type": "webauthn.create", "challenge": challenge, "origin": ORIGIN}).encode()
    data = hashlib.sha256(passkey.rp.encode()).digest() + bytes([ATTESTED]) + bytes(4) + bytes(16)
    data += len(passkey.id).to_bytes(2, "big") + passkey.id + from_base64url(passkey.key["cose"])
    attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
    response = {"clientDataJSON": to_base64url(client_data), "attestationObject": to_base64url(attestation)}
    return _credential(passkey, response) | {"clientExtensionResults": {"credProps": {"rk": True}}}


def answer(passkey: Authenticator, challenge: str, person: str, origin: str = ORIGIN) -> str:
    """What ``passkey.js`` hands in for signing in: JSON of an assertion over the challenge (base64url)."""
    made = passkey.sign(from_base64url(challenge), origin)
    response = {
        "authenticatorData": to_base64url(made.authenticator_data),
        "clientDataJSON": to_base64url(made.client_data),
        "signature": to_base64url(made.signature),
        "userHandle": to_base64url(person.encode()),
    }
    return json.dumps(_credential(passkey, response) | {"clientExtensionResults": {}})


def signatures(page: HttpResponse, passkey: Authenticator) -> str:
    """What ``sign.js`` puts into the field ``signatures``: an assertion for each challenge of the page."""
    found = re.search(r'data-challenges="([^"]*)"', page.content.decode())
    assert found
    return json.dumps([_signature(passkey, challenge) for challenge in json.loads(html.unescape(found[1]))])


def _signature(passkey: Authenticator, challenge: str) -> dict[str, str]:
    made = passkey.sign(from_base64url(challenge), ORIGIN)
    return {
        "type": "webauthn",
        "key": passkey.key["id"],
        "authenticatorData": to_base64url(made.authenticator_data),
        "clientDataJSON": to_base64url(made.client_data),
        "signature": to_base64url(made.signature),
    }


def _credential(passkey: Authenticator, response: dict[str, str]) -> dict[str, Any]:
    return {"id": passkey.key["id"], "rawId": passkey.key["id"], "type": "public-key", "response": response}
