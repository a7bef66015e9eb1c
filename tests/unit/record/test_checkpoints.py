import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.record.checkpoints import (
    BadCheckpoint,
    Checkpoint,
    LogKey,
    VerifierKey,
    open_note,
    short_code,
    sign,
    verifier_key,
)

KEY = LogKey.from_seed(b"k" * 32)
NEXT = LogKey.from_seed(b"n" * 32)
ORIGIN = "offices.example/0123456789abcdef0123456789abcdef"
KNOWN = verifier_key(ORIGIN, KEY.public)
CHECKPOINT = Checkpoint(ORIGIN, 42, hashlib.sha256(b"root").digest())
NOTE = sign(CHECKPOINT, KEY)


def test_the_form_of_a_note() -> None:
    root = base64.b64encode(CHECKPOINT.root).decode()
    body, signature = NOTE.split("\n\n")
    assert body + "\n" == CHECKPOINT.body == f"{ORIGIN}\n42\n{root}\n"
    dash, name, text = signature.removesuffix("\n").split(" ")
    raw = base64.b64decode(text)
    assert (dash, name, raw[:4], len(raw)) == ("—", ORIGIN, KNOWN.id, 68)
    assert raw[:4] == hashlib.sha256(ORIGIN.encode() + b"\n\x01" + KEY.public).digest()[:4]


def test_the_published_example_of_a_signed_note() -> None:
    """Key and signature as Go's implementation of signed notes publishes them: names, ids and encodings agree."""
    key = VerifierKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    assert str(key) == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    text = b"If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    raw = base64.b64decode(
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    )
    assert raw[:4] == key.id
    Ed25519PublicKey.from_public_bytes(key.public).verify(raw[4:], text)


@given(st.binary(min_size=32, max_size=32), st.integers(0, 2**53 - 1), st.binary(min_size=32, max_size=32))
def test_what_is_signed_opens(seed: bytes, size: int, root: bytes) -> None:
    key = LogKey.from_seed(seed)
    checkpoint = Checkpoint(ORIGIN, size, root)
    known = VerifierKey.parse(str(verifier_key(ORIGIN, key.public)))
    assert open_note(sign(checkpoint, key), [known]) == checkpoint


def test_signing_is_deterministic() -> None:
    assert sign(CHECKPOINT, LogKey.from_seed(b"k" * 32)) == NOTE


def test_a_note_under_both_keys_opens_with_either() -> None:
    note = sign(CHECKPOINT, KEY, NEXT)
    for key in (KEY, NEXT):
        assert open_note(note, [verifier_key(ORIGIN, key.public)]) == CHECKPOINT


def test_signatures_of_unknown_keys_are_passed_over() -> None:
    stranger = sign(Checkpoint("witness.example/w", 1, bytes(32)), NEXT).split("\n\n")[1]
    body, own = NOTE.split("\n\n")
    assert open_note(f"{body}\n\n{stranger}{own}{stranger}{own}", [KNOWN]) == CHECKPOINT
    with pytest.raises(BadCheckpoint, match="none of the known keys"):
        open_note(f"{body}\n\n{stranger}", [KNOWN])


def test_a_known_key_of_another_log_does_not_speak_for_this_one() -> None:
    body, _ = NOTE.split("\n\n")
    other = verifier_key("other.example/1", NEXT.public)
    raw = base64.b64encode(other.id + NEXT.sign((body + "\n").encode())).decode()
    with pytest.raises(BadCheckpoint, match="none of the known keys"):
        open_note(f"{body}\n\n— other.example/1 {raw}\n", [other, KNOWN])


@given(st.data())
def test_any_changed_character_is_refused(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(NOTE) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda c: c != NOTE[place]))
    with pytest.raises(BadCheckpoint):
        open_note(NOTE[:place] + other + NOTE[place + 1 :], [KNOWN])


@given(st.integers(0, len(NOTE) - 1))
def test_any_truncated_note_is_refused(length: int) -> None:
    with pytest.raises(BadCheckpoint):
        open_note(NOTE[:length], [KNOWN])


@given(st.text())
def test_any_text_is_refused(text: str) -> None:
    with pytest.raises(BadCheckpoint):
        open_note(text, [KNOWN])


ROOT = base64.b64encode(bytes(32)).decode()
SIGNATURE = NOTE.split("\n\n")[1]


@pytest.mark.parametrize(
    ("note", "says"),
    [
        (NOTE.replace("\n", "\r\n"), "no control characters"),
        (NOTE + "\n", "three lines"),
        (NOTE + "x", "cut short"),
        (f"{ORIGIN}\n042\n{ROOT}\n\n{SIGNATURE}", "not a plain decimal number"),
        (f"{ORIGIN}\n-1\n{ROOT}\n\n{SIGNATURE}", "not a plain decimal number"),
        (f"{ORIGIN}\n\u0664\u0662\n{ROOT}\n\n{SIGNATURE}", "not a plain decimal number"),
        (f"{ORIGIN}\n9999999999999999\n{ROOT}\n\n{SIGNATURE}", "a size and a root of 32 bytes"),
        (f"{ORIGIN}\n42\nAAAA\n\n{SIGNATURE}", "a size and a root of 32 bytes"),
        (f"{ORIGIN}\n42\n{ROOT[:-2]}B=\n\n{SIGNATURE}", "base64 that is malformed"),
        (f"{ORIGIN}\n42\n{ROOT} \n\n{SIGNATURE}", "base64 that is malformed"),
        (f"{ORIGIN}\n42\n{ROOT}\nmore\n\n{SIGNATURE}", "no extension lines"),
        (f"{ORIGIN} x\n42\n{ROOT}\n\n{SIGNATURE}", "no spaces, plus signs"),
        (f"{ORIGIN}\n42\n\n{SIGNATURE}", "three lines"),
        (f"{ORIGIN}\n42\n{ROOT}\n\n", "cut short"),
        (f"{ORIGIN}\n42\n{ROOT}\n\n{SIGNATURE.replace('—', '-')}", "a signature line is"),
        (f"{ORIGIN}\n42\n{ROOT}\n\n— {ORIGIN} AAAAAA==\n", "a key id and a signature"),
        (f"{ORIGIN}\n42\n{ROOT}\n\n{SIGNATURE}", "does not fit this checkpoint: it was altered"),
        ("x" * 70_000, "at most 65536 characters"),
    ],
)
def test_a_malformed_note_is_refused_in_plain_words(note: str, says: str) -> None:
    with pytest.raises(BadCheckpoint, match=says):
        open_note(note, [KNOWN])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (str(KNOWN).replace("+", " "), "is written"),
        (str(KNOWN)[:-1], "base64"),
        ("a+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "does not match its own id"),
        ("a+00000000+AhpcMQ==", "for Ed25519"),
        ("a+00000000+ARpcMQ==", "32 bytes"),
        ("", "is written"),
    ],
)
def test_a_malformed_key_is_refused_in_plain_words(text: str, says: str) -> None:
    with pytest.raises(BadCheckpoint, match=says):
        VerifierKey.parse(text)


def test_the_key_does_not_print_its_secret() -> None:
    assert repr(KEY) == f"LogKey(public={KEY.public.hex()})"


def test_the_short_code() -> None:
    assert short_code(CHECKPOINT) == "42: 0329 4968 6179 1092 8070 2788"
    fork = Checkpoint(ORIGIN, 42, hashlib.sha256(b"other").digest())
    assert short_code(fork) != short_code(CHECKPOINT)
