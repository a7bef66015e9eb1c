"""What a page hands in when a person has signed: one assertion a challenge, or a refusal."""

import json

import pytest

from goodoffices.record import signatures
from goodoffices.record.webauthn import from_base64url, to_base64url
from goodoffices.web.accounts import signing
from tests.authenticator import Authenticator

DEVICE = Authenticator(b"telephone")


def signed(challenge: bytes) -> dict[str, str]:
    """As ``sign.js`` puts it."""
    assertion = DEVICE.sign(challenge, "http://localhost")
    return {
        "type": "webauthn",
        "authenticatorData": to_base64url(assertion.authenticator_data),
        "clientDataJSON": to_base64url(assertion.client_data),
        "signature": to_base64url(assertion.signature),
        "key": DEVICE.key["id"],
    }


def test_what_the_page_hands_in_is_a_signature_of_the_act() -> None:
    payloads = [b'{"act":"1"}', b'{"act":"2"}']
    asked = signing.asked(payloads, [DEVICE.key, {"type": "ssh", "key": "ssh-ed25519 AAAA"}])
    assert json.loads(asked["credentials"]) == [DEVICE.key["id"]]
    given = [signed(from_base64url(challenge)) for challenge in json.loads(asked["challenges"])]
    for stored, payload in zip(signing.read(json.dumps(given), 2), payloads, strict=True):
        signatures.check(DEVICE.key, stored, payload)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "nonsense", "[1]", '[{"type":"webauthn"}]', "[" * 10_000, '["' + "x" * 300_000 + '"]'],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(signatures.BadSignature):
        signing.read(text, 1)


@pytest.mark.parametrize(
    "changed",
    [
        {"signature": 5},
        {"signature": "A=="},
        {"more": "x"},
        {"key": "§"},
        {"authenticatorData": None},
        {"type": "sshsig"},
        {"clientDataJSON": "A" * 20_000},
    ],
)
def test_and_so_is_an_answer_with_something_changed(changed: dict[str, object]) -> None:
    whole = signed(b"challenge")
    assert len(signing.read(json.dumps([whole]), 1)) == 1
    with pytest.raises(signatures.BadSignature):
        signing.read(json.dumps([whole | changed]), 1)


def test_an_answer_too_few_or_too_many_is_refused() -> None:
    given = json.dumps([signed(b"one"), signed(b"two")])
    assert len(signing.read(given, 2)) == 2
    for count in (1, 3):
        with pytest.raises(signatures.BadSignature):
            signing.read(given, count)
