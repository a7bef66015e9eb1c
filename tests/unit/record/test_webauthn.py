import json
from dataclasses import replace

import pytest
from fido2 import cbor
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.record.webauthn import (
    EDDSA,
    ES256,
    RS256,
    BadAssertion,
    check_key,
    from_base64url,
    to_base64url,
    verify_assertion,
)
from tests.authenticator import Authenticator

CHALLENGE = bytes(range(32))
PASSKEY = Authenticator(b"delegate")
GOOD = PASSKEY.sign(CHALLENGE)


@pytest.mark.parametrize("algorithm", [ES256, EDDSA, RS256])
def test_each_algorithm_verifies_and_binds_the_challenge(algorithm: int) -> None:
    passkey = Authenticator(b"seed", algorithm)
    check_key(passkey.key)
    verify_assertion(passkey.key, passkey.sign(CHALLENGE), CHALLENGE)
    with pytest.raises(BadAssertion, match="the passkey signed something else"):
        verify_assertion(passkey.key, passkey.sign(CHALLENGE), bytes(32))
    other = Authenticator(b"other", algorithm)
    with pytest.raises(BadAssertion, match="does not fit what was signed"):
        verify_assertion(other.key, passkey.sign(CHALLENGE), CHALLENGE)


def test_the_software_authenticator_is_deterministic() -> None:
    assert Authenticator(b"delegate").sign(CHALLENGE) == GOOD
    assert Authenticator(b"delegate").key == PASSKEY.key


@pytest.mark.parametrize(
    ("rp", "origin"),
    [
        ("localhost", "http://localhost"),
        ("localhost", "http://localhost:8000"),
        ("localhost", "https://localhost:8443"),
        ("talks.example", "https://talks.example"),
        ("talks.example", "https://room.talks.example:444"),
    ],
)
def test_pages_of_the_site_itself(rp: str, origin: str) -> None:
    passkey = Authenticator(b"delegate", rp=rp)
    verify_assertion(passkey.key, passkey.sign(CHALLENGE, origin), CHALLENGE)


@pytest.mark.parametrize(
    ("rp", "origin", "says"),
    [
        ("localhost", "http://127.0.0.1:8000", "without HTTPS"),
        ("localhost", "https://evil.example", "used on evil.example, which is not localhost"),
        ("talks.example", "http://talks.example", "without HTTPS"),
        ("talks.example", "https://eviltalks.example", "which is not talks.example"),
        ("talks.example", "https://talks.example.evil.example", "which is not talks.example"),
        ("talks.example", "https://evil.example/talks.example", "malformed"),
        ("talks.example", "https://talks.example@evil.example", "malformed"),
        ("talks.example", "https://TALKS.example", "malformed"),
        ("talks.example", "https://talks.example/", "malformed"),
        ("talks.example", "https://talks.example:99999", "malformed"),
        ("talks.example", "https://[talks.example", "malformed"),
        ("talks.example", "", "without HTTPS|malformed"),
    ],
)
def test_pages_of_other_sites_are_refused(rp: str, origin: str, says: str) -> None:
    passkey = Authenticator(b"delegate", rp=rp)
    with pytest.raises(BadAssertion, match=says):
        verify_assertion(passkey.key, passkey.sign(CHALLENGE, origin), CHALLENGE)


@pytest.mark.parametrize("flags", [0, 1, 4])
def test_the_user_must_be_present_and_verified(flags: int) -> None:
    with pytest.raises(BadAssertion, match="did not check who was using it"):
        verify_assertion(PASSKEY.key, PASSKEY.sign(CHALLENGE, flags=flags), CHALLENGE)


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"type": "webauthn.create"}, "not a passkey's answer"),
        ({"challenge": to_base64url(CHALLENGE) + "="}, "signed something else"),
        ({"challenge": 7}, "signed something else"),
        ({"crossOrigin": True}, "inside another site's page"),
        ({"crossOrigin": "false"}, "inside another site's page"),
        ({"topOrigin": "https://evil.example"}, "inside another site's page"),
        ({"origin": None}, "without HTTPS|malformed"),
    ],
)
def test_the_browsers_part_must_be_a_request_to_sign(members: dict[str, object], says: str) -> None:
    text = json.loads(GOOD.client_data) | members
    assertion = PASSKEY.sign_raw(json.dumps(text).encode(), GOOD.authenticator_data)
    with pytest.raises(BadAssertion, match=says):
        verify_assertion(PASSKEY.key, assertion, CHALLENGE)


def test_unknown_members_and_extensions_are_allowed() -> None:
    verify_assertion(PASSKEY.key, PASSKEY.sign(CHALLENGE, other_keys_can_be_added="here"), CHALLENGE)
    extended = PASSKEY.sign(CHALLENGE, flags=0x85, after=cbor.encode({"x": True}))
    verify_assertion(PASSKEY.key, extended, CHALLENGE)


@pytest.mark.parametrize(
    "client_data",
    [b"", b"[]", b"\xff", b"{", b"[" * 100_000, GOOD.client_data[:-1] + b',"type":"webauthn.get"}'],
)
def test_a_malformed_browsers_part_is_refused(client_data: bytes) -> None:
    with pytest.raises(BadAssertion, match="not a JSON object"):
        verify_assertion(PASSKEY.key, PASSKEY.sign_raw(client_data, GOOD.authenticator_data), CHALLENGE)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (GOOD.authenticator_data[:36], "cut short"),
        (GOOD.authenticator_data + b"x", "something follows"),
        (bytes(32) + GOOD.authenticator_data[32:], "answered for another site"),
    ],
)
def test_a_malformed_authenticators_part_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(BadAssertion, match=says):
        verify_assertion(PASSKEY.key, PASSKEY.sign_raw(GOOD.client_data, data), CHALLENGE)


@given(st.sampled_from(["authenticator_data", "client_data", "signature"]), st.data())
def test_any_changed_byte_is_refused(part: str, data: st.DataObject) -> None:
    raw = bytearray(getattr(GOOD, part))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BadAssertion):
        verify_assertion(PASSKEY.key, replace(GOOD, **{part: bytes(raw)}), CHALLENGE)


EC_POINT = {-2: bytes(31) + b"\1", -3: bytes(31) + b"\1"}


@pytest.mark.parametrize(
    "cose",
    [
        b"",
        b"\xff",
        b"\xbf\xff",
        b"\xa1" * 5000,
        b"\xba\xff\xff\xff\xff\x01",
        cbor.encode([]),
        cbor.encode({}),
        cbor.encode({1: 2, 3: -35, -1: 2, **EC_POINT}),
        cbor.encode({1: 2, 3: ES256, -1: 1, **EC_POINT}),
        cbor.encode({1: 2, 3: ES256, -1: 1, -2: b"x", -3: b"y"}),
        cbor.encode({1: 2, 3: ES256, -1: 1, -2: "x", -3: 5}),
        cbor.encode({1: 1, 3: EDDSA, -1: 6, -2: bytes(31)}),
        cbor.encode({1: 3, 3: RS256, -1: b"\x80" + bytes(126) + b"\1", -2: b"\1\0\1"}),
        cbor.encode({1: 3, 3: RS256, -1: bytes(200) + b"\x80" * 56, -2: b"\1\0\1"}),
        cbor.encode({1: 3, 3: RS256, -1: 5, -2: 3}),
        from_base64url(PASSKEY.key["cose"]) + b"x",
        from_base64url(PASSKEY.key["cose"])[:-1],
    ],
)
def test_a_malformed_public_key_is_refused(cose: bytes) -> None:
    with pytest.raises(BadAssertion, match="public key is malformed, or of another kind"):
        check_key({**PASSKEY.key, "cose": to_base64url(cose)})


@pytest.mark.parametrize("changed", [{"rp": ""}, {"rp": "Talks.example"}, {"rp": "a b"}, {"id": ""}, {"id": "a="}])
def test_a_malformed_key_is_refused(changed: dict[str, str]) -> None:
    with pytest.raises(BadAssertion):
        check_key(PASSKEY.key | changed)


@given(st.binary())
def test_base64url_comes_back(raw: bytes) -> None:
    assert from_base64url(to_base64url(raw)) == raw


@pytest.mark.parametrize("text", ["A", "AA==", "AB", "A A", "+/", "é", "AAA\n"])
def test_base64url_has_one_form(text: str) -> None:
    with pytest.raises(BadAssertion):
        from_base64url(text)
