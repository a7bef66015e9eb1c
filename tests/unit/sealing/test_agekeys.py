"""X25519 keys of age, and every other kind refused by its name."""

from __future__ import annotations

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.sealing import agekeys
from goodoffices.sealing.agekeys import BadKey
from tests.unit.sealing.cast import derived, identity, recipient


def encoded(point: bytes) -> str:
    return agekeys.recipient_text(point)


@given(st.binary(min_size=32, max_size=32))
def test_keys_are_written_and_read_as_age_does(secret: bytes) -> None:
    text = agekeys.identity_text(secret)
    assert agekeys.identity(text) == secret
    peer = pyrage.x25519.Identity.from_str(text)
    assert (str(peer), str(peer.to_public())) == (text, agekeys.recipient_of(secret))
    assert encoded(agekeys.recipient(str(peer.to_public()))) == str(peer.to_public())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not an age public key"),
        ("age1", "not an age public key"),
        (recipient("x")[:-1], "a letter of it was lost or changed"),
        (recipient("x")[:-1] + ("q" if recipient("x")[-1] != "q" else "p"), "a letter of it was lost or changed"),
        (recipient("x").upper(), "not an age public key"),
        (recipient("x") + "\n", "not an age public key"),
        ("age1pq1" + "q" * 1950, r"a hybrid \(post-quantum\) key"),
        ("age1tagpq1qqqqqq", "a tagged hybrid key"),
        ("age1tag1qt8lw0ual6avlwmwatk888yqnmdamm7xfd0wak53ut6elz5c4swx2jewxvw", "a tagged key of a hardware device"),
        ("age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t", "age plugin “yubikey”"),
        ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK", "an SSH key"),
        (identity("x"), "This is a secret key"),
        (encoded(bytes(32)), "opened by anybody"),
        (encoded((2**255 - 19 + 9).to_bytes(32, "little")), "a second way"),
        (encoded((int.from_bytes(agekeys.recipient(recipient("x")), "little") | 2**255).to_bytes(32, "little")),
         "a second way"),
    ],
)  # fmt: skip
def test_what_is_no_public_key_is_named(text: str, why: str) -> None:
    with pytest.raises(BadKey, match=why):
        agekeys.recipient(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("AGE-SECRET-KEY-PQ-1QQQQ", "a hybrid"),
        ("AGE-PLUGIN-YUBIKEY-1QQQQ", "a key of an age plugin"),
        (identity("x").lower(), "not an age secret key"),
        (identity("x")[:-2], "not an age secret key"),
        (recipient("x"), "not an age secret key"),
    ],
)
def test_what_is_no_secret_key_is_named_and_never_quoted(text: str, why: str) -> None:
    with pytest.raises(BadKey, match=why) as found:
        agekeys.identity(text)
    assert text[20:] not in str(found.value) or len(text) < 25


def test_one_wrong_letter_is_always_found() -> None:
    text = agekeys.identity_text(derived("secret"))
    for place in range(len("AGE-SECRET-KEY-1"), len(text)):
        for letter in "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L":
            if letter != text[place]:
                with pytest.raises(BadKey):
                    agekeys.identity(text[:place] + letter + text[place + 1 :])
