"""What is refused in an age file before any library sees it; the rest is in test_conformance."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.sealing import agefile, armor, header
from goodoffices.sealing.header import BadLayer
from tests.unit.sealing.cast import recipient
from tests.unit.sealing.sealed import secret

PLAIN = agefile.encrypt(b"paper", [recipient("x"), recipient("y")])


LONG = (b"A" * 64 + b"\n") * 1100


def b64(raw: bytes) -> bytes:
    return base64.b64encode(raw).rstrip(b"=")


def test_a_header_is_read_as_it_stands() -> None:
    head = header.read(PLAIN)
    assert len(head.shares) == 2
    assert PLAIN.startswith(head.authenticated)
    assert PLAIN[head.size - 1 : head.size] == b"\n"
    assert PLAIN[len(head.authenticated) :].startswith(b" " + b64(head.mac))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda f: b"", "not an age file of version 1"),
        (lambda f: b"PK\x03\x04" + f, "not an age file of version 1"),
        (lambda f: f.replace(b"v1", b"v2", 1), "not an age file of version 1"),
        (lambda f: pyrage.encrypt(b"x", [pyrage.x25519.Recipient.from_str(recipient("x"))], armored=True), "armored"),
        (lambda f: b"\n \n-----BEGIN AGE ENCRYPTED FILE-----\n", "armored"),
        (lambda f: f[: len(f) // 4], "cut short|does not end"),
        (lambda f: f[: header.read(f).size + 15], "cut short after its header"),
        (lambda f: pyrage.passphrase.encrypt(b"x", "word"), "sealed to a passphrase"),
        (lambda f: f.replace(b"-> X25519 ", b"-> p256tag ", 1), "a tagged key"),
        (lambda f: f.replace(b"-> X25519 ", b"-> mlkem768p256tag ", 1), "a tagged hybrid key"),
        (lambda f: f.replace(b"-> X25519 ", b"-> mlkem768x25519 ", 1), "a hybrid"),
        (lambda f: f.replace(b"-> X25519 ", b"-> ssh-ed25519 ", 1), "an SSH key"),
        (lambda f: f.replace(b"-> X25519 ", b"-> ssh-rsa ", 1), "an SSH key"),
        (lambda f: f.replace(b"-> X25519 ", b"-> piv-p256 ", 1), "a hardware device"),
        (lambda f: f.replace(b"-> X25519 ", b"-> other "), "sealed to no age key"),
        (lambda f: f.replace(b"-> X25519 ", b"-> X25519 more ", 1), "does not hold a share of 32 bytes"),
        (lambda f: f.replace(b"-> X25519 ", b"-> X25519  ", 1), "an empty or unfit argument"),
        (lambda f: f.replace(b"-> X25519 ", b"-> X25519 \xc3\xa9 ", 1), "something else than ASCII"),
        (lambda f: f.replace(b"\n-> X", b"\n-> x y\n" + LONG + b"\n-> X", 1), "larger than 64 KiB"),
    ],
)  # fmt: skip
def test_what_is_no_file_for_an_exchange_is_named(change: Callable[[bytes], bytes], why: str) -> None:
    with pytest.raises(BadLayer, match=why) as found:
        agefile.decrypt(change(PLAIN), [secret("x")])
    assert found.value.fault == "malformed"


def test_an_ssh_recipient_that_age_takes_is_refused_here() -> None:
    line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBTT7GO/EBVyDcKBZKzW8uA4wQ3ycWUFC8FOfLTTOwXx"
    made = pyrage.encrypt(b"x", [pyrage.ssh.Recipient.from_str(line)])
    with pytest.raises(BadLayer, match="sealed to an SSH key"):
        header.read(made)


def test_a_share_of_small_order_is_refused() -> None:
    share = PLAIN.split(b"\n")[1].split(b" ")[2]
    with pytest.raises(BadLayer, match="opened by anybody"):
        header.read(PLAIN.replace(share, b64(bytes(32)), 1))


def test_a_file_under_a_passphrase_is_read_by_it_and_by_no_other() -> None:
    made = pyrage.passphrase.encrypt(b"key", "correct horse")
    assert agefile.decrypt_passphrase(made, "correct horse") == b"key"
    with pytest.raises(BadLayer, match="passphrase is another one"):
        agefile.decrypt_passphrase(made, "wrong horse")
    with pytest.raises(BadLayer, match="not one under a passphrase alone"):
        agefile.decrypt_passphrase(PLAIN, "correct horse")


def test_armor_comes_off_and_nothing_else_is_taken_for_it() -> None:
    made = pyrage.encrypt(b"x", [pyrage.x25519.Recipient.from_str(recipient("x"))], armored=True)
    assert agefile.decrypt(armor.removed(made), [secret("x")]) == b"x"
    for other in (b"", b"x", PLAIN, made[10:], b"\xff" + made):
        with pytest.raises(BadLayer):
            armor.removed(other)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_no_bytes_are_anything_but_a_file_or_told_why(data: st.DataObject) -> None:
    changed = bytearray(PLAIN)
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(changed)))
        end = data.draw(st.integers(start, min(len(changed), start + 40)))
        changed[start:end] = data.draw(st.binary(max_size=40) | st.sampled_from([b"\n", b"-> ", b"--- ", b"=", b" "]))
    if bytes(changed) == PLAIN:
        return
    with pytest.raises(BadLayer) as found:
        agefile.decrypt(bytes(changed), [secret("x")])
    assert str(found.value).endswith(".")
