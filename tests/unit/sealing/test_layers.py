"""A paper sealed and opened again, and every way in which what is inside can be wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.record import canonical, signatures
from goodoffices.record.particulars import Particular
from goodoffices.sealing import agefile, agekeys, escrow, header, layers, outers
from goodoffices.sealing.header import BadLayer
from goodoffices.sealing.layers import BadPaper, Paper
from tests.unit.sealing.cast import derived, holder, identity, key, pen, recipient, side, terms
from tests.unit.sealing.sealed import PAPER, release, seal, sealed, seals, secret


def e_of(code: str, n: int = 3, k: int = 2) -> bytes:
    """E of a paper, as an exchange brings it out."""
    first = release("h1", n=n, k=k)
    given = [first] if k == 1 else [first, release("h2", first, n=n, k=k)]
    found = escrow.secret(terms(n, k), code, given)
    assert found is not None
    return found


# There and back


@pytest.mark.parametrize("by", ["online", "recovery"])
def test_a_paper_comes_out_as_it_went_in_by_the_online_key_and_by_the_recovery_key(by: str) -> None:
    made = sealed("aldane")
    digest, inner = outers.open_outer(terms(), "aldane", made.outer, e_of("aldane"))
    opened = layers.open_inner(terms(), "aldane", digest, inner, [secret(f"brisko {by}")])
    salt = derived("salt", "aldane")[:16]
    assert digest == made.digest == Particular(salt, PAPER["aldane"].content).citation
    assert opened == layers.Opened(PAPER["aldane"].content, "conditions.txt", "text/plain", digest, salt, key("aldane"))


def test_every_paper_of_a_bucket_has_the_same_size() -> None:
    def size(content: bytes) -> int:
        made = seal("aldane", Paper(content, "a.txt", "text/plain"))
        assert outers.fits_bucket(terms(), len(made.outer))
        inner = agefile.decrypt(made.outer, [e_in(made)])
        plain = agefile.decrypt(inner[inner.index(b"\n") + 1 :], [secret("brisko online")])
        return len(plain)

    assert size(b"x") == size(b"x" * 60_000) == 65_536


def e_in(made: layers.Sealed) -> bytes:
    """E, by a holder's two keys (in tests we hold them all)."""
    t = terms()
    chain = "h1,h2"
    layer = escrow.layers(t, made.escrow)[chain]
    for code in chain.split(","):
        layer = agefile.decrypt(layer, [secret(f"{code} online")])
        layer = layer[layer.index(b"\n") + 1 :]
    return agekeys.identity(layer.decode().strip())


def test_a_paper_fills_its_bucket_to_the_byte_and_not_one_more() -> None:
    made = seal("aldane", Paper(b"x", "a.txt", "text/plain"))
    digest, inner = outers.open_outer(terms(), "aldane", made.outer, e_in(made))
    plain = agefile.decrypt(inner, [secret("brisko online")])
    most = 65_536 - plain.index(b"\n") - 1 - len("60000") + 1
    full = seal("aldane", Paper(b"x" * most, "a.txt", "text/plain"))
    digest, inner = outers.open_outer(terms(), "aldane", full.outer, e_in(full))
    assert len(layers.open_inner(terms(), "aldane", digest, inner, [secret("brisko online")]).content) == most
    with pytest.raises(
        BadPaper, match=f"has {most + 1:,} bytes, and the terms of this exchange have room for {most:,}"
    ):
        seal("aldane", Paper(b"x" * (most + 1), "a.txt", "text/plain"))


def test_two_seals_of_one_paper_share_nothing() -> None:
    first, second = seal("aldane"), seal("aldane")
    assert first.outer != second.outer
    assert first.escrow != second.escrow


@pytest.mark.parametrize(
    ("paper", "why"),
    [
        (Paper(b"", "a", "text/plain"), "The paper is empty"),
        (Paper(b"x" * 65_536, "a", "text/plain"), "has 65,536 bytes, and the terms of this exchange have room for"),
        (Paper(b"x" * 200_000_000, "a", "text/plain"), "has 200,000,000 bytes"),
        (Paper(b"x", "", "text/plain"), "name of the paper's file"),
        (Paper(b"x", "../a", "text/plain"), "name of the paper's file"),
        (Paper(b"x", "a\nb", "text/plain"), "name of the paper's file"),
        (Paper(b"x", "a" * 256, "text/plain"), "name of the paper's file"),
        (Paper(b"x", "a", "pdf"), "not a media type"),
    ],
)
def test_what_cannot_be_sealed_is_told_why(paper: Paper, why: str) -> None:
    with pytest.raises(BadPaper, match=why):
        seal("aldane", paper)


# What can be wrong inside

Edit = Callable[[dict[str, Any]], object]


def inner(edit: Edit = lambda c: None, content: bytes = b"paper", pad: bytes | None = None, **how: Any) -> bytes:
    """The plaintext of an inner layer of Aldane's, made by somebody who does not keep to the rules."""
    salt = bytes(16)
    digest = Particular(salt, content).citation
    context = {
        "digest": digest,
        "exchange": terms().id,
        "layer": "inner",
        "media": "text/plain",
        "name": "a.txt",
        "salt": salt.hex(),
        "side": "aldane",
        "signature": canonical.decode(
            signatures.sign_ssh(pen(how.get("pen", "aldane")), layers.written(terms().id, "aldane", digest))
        ),
        "size": len(content),
    }
    edit(context)
    line = canonical.encode(context) + b"\n"
    return line + content + (bytes(65_536 - len(line) - len(content)) if pad is None else pad)


DIGEST = Particular(bytes(16), b"paper").citation


def test_the_forger_of_these_tests_can_write_a_right_one() -> None:
    assert layers.checked(terms(), "aldane", DIGEST, inner()).content == b"paper"


@pytest.mark.parametrize(
    ("make", "fault", "why"),
    [
        (lambda: b"garbage", "wrong-context", "does not begin by saying"),
        (lambda: b"\n" + bytes(65_535), "wrong-context", "does not begin by saying"),
        (lambda: b"[]\n" + bytes(65_533), "wrong-context", "does not begin by saying"),
        (lambda: inner().replace(b'{"digest"', b'{ "digest"', 1), "wrong-context", "does not begin by saying"),
        (lambda: inner(lambda c: c.update(name="n" * 9000)), "wrong-context", "does not begin by saying"),
        (lambda: inner(lambda c: c.update(more=1)), "wrong-context", "other things of itself"),
        (lambda: inner(lambda c: c.pop("media")), "wrong-context", "other things of itself"),
        (lambda: inner(lambda c: c.update(signature="x")), "wrong-context", "other things of itself"),
        (lambda: inner(lambda c: c.update(salt="AB" * 16)), "wrong-context", "its salt"),
        (lambda: inner(lambda c: c.update(size=True)), "wrong-context", "how large"),
        (lambda: inner(lambda c: c.update(exchange="00" * 32)), "wrong-context", "another exchange: 0000"),
        (lambda: inner(lambda c: c.update(side="brisko")), "wrong-context", "another side: brisko"),
        (lambda: inner(lambda c: c.update(layer="outer")), "wrong-context", "another place: outer"),
        (lambda: inner(lambda c: c.update(digest="p:" + "00" * 32)), "wrong-context", "another file or paper"),
        (lambda: inner() + b"\0", "wrong-size", "does not hold a paper of 5 bytes in 65536"),
        (lambda: inner()[:-1], "wrong-size", "does not hold a paper of 5 bytes in 65536"),
        (lambda: inner(lambda c: c.update(size=0)), "wrong-size", "a paper of 0 bytes"),
        (lambda: inner(lambda c: c.update(size=70_000)), "wrong-size", "a paper of 70000 bytes"),
        (lambda: inner(lambda c: c.update(size=4)), "wrong-size", "Something follows the paper"),
        (lambda: inner()[:-1] + b"x", "wrong-size", "Something follows the paper"),
        (lambda: inner(lambda c: c.update(salt="01" * 16)), "wrong-digest", "not the one whose digest was sealed"),
        (lambda: inner(pen="brisko"), "wrong-signature", "not one of aldane: the signature was made with another key"),
        (lambda: inner(lambda c: c.update(signature={})), "wrong-signature", "not one of aldane"),
    ],
)  # fmt: skip
def test_each_fault_inside_has_its_name(make: Callable[[], bytes], fault: str, why: str) -> None:
    with pytest.raises(BadLayer, match=why) as found:
        layers.checked(terms(), "aldane", DIGEST, make())
    assert found.value.fault == fault


def test_garbage_inside_a_valid_seal_is_found_on_opening_and_shown_by_the_file_key() -> None:
    plain = inner(pen="brisko")
    sealed_inner = agefile.encrypt(plain, [recipient("brisko online"), recipient("brisko recovery")])
    with pytest.raises(BadLayer) as found:
        layers.open_inner(terms(), "aldane", DIGEST, sealed_inner, [secret("brisko online")])
    file_key = agefile.file_key(header.read(sealed_inner), [secret("brisko online")])
    with pytest.raises(BadLayer) as shown:
        layers.open_inner_by(terms(), "aldane", DIGEST, sealed_inner, file_key)
    assert (found.value.fault, str(found.value)) == (shown.value.fault, str(shown.value))


def test_a_key_that_is_not_the_counterparts_opens_nothing() -> None:
    digest, inner_layer = outers.open_outer(terms(), "aldane", sealed("aldane").outer, e_of("aldane"))
    for name in ("aldane online", "h1 online", "stranger"):
        with pytest.raises(BadLayer, match="sealed to other keys") as found:
            layers.open_inner(terms(), "aldane", digest, inner_layer, [secret(name)])
        assert found.value.fault == "cannot-open"


# Blobs in the wrong place


@pytest.mark.parametrize(
    ("t", "code", "fault"),
    [
        (terms(nonce="00" * 16), "aldane", "wrong-context"),
        (terms(), "brisko", "wrong-context"),
        (terms(sides=(replace(side("aldane"), code="rusk"), side("brisko"))), "rusk", "wrong-context"),
    ],
)
def test_an_outer_layer_of_another_exchange_or_side_is_refused(t: Any, code: str, fault: str) -> None:
    with pytest.raises(BadLayer) as found:
        outers.open_outer(t, code, sealed("aldane").outer, e_of("aldane"))
    assert found.value.fault == fault


def test_an_outer_layer_that_names_no_paper_is_refused() -> None:
    e = pyrage.x25519.Identity.generate()
    for digest in ("p:" + "AB" * 32, 5, None):
        context = {"digest": digest, "exchange": terms().id, "layer": "outer", "side": "aldane"}
        made = agefile.encrypt(canonical.encode(context) + b"\nx", [str(e.to_public())])
        with pytest.raises(BadLayer, match="does not name the digest"):
            outers.open_outer(terms(), "aldane", made, agekeys.identity(str(e)))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_byte_changed_anywhere_is_found(data: st.DataObject) -> None:
    whole = sealed("aldane").outer
    place = data.draw(st.integers(0, 600) | st.integers(0, len(whole) - 1))
    changed = whole[:place] + bytes([whole[place] ^ data.draw(st.integers(1, 255))]) + whole[place + 1 :]
    with pytest.raises(BadLayer) as found:
        outers.open_outer(terms(), "aldane", changed, e_of("aldane"))
    assert found.value.fault in {"malformed", "cannot-open"}


def test_an_outer_layer_of_another_bucket_is_not_taken() -> None:
    size = len(sealed("aldane").outer)
    assert outers.fits_bucket(terms(), size)
    assert not outers.fits_bucket(terms(bucket=1024 * 1024), size)
    assert not outers.fits_bucket(terms(), 65_536)
    assert not outers.fits_bucket(terms(), 200_000_000)


def test_by_file_key_and_by_pyrage_the_same_comes_out() -> None:
    for size in (0, 1, 65_535, 65_536, 65_537, 131_072, 200_000):
        content = hashlib.shake_128(b"x").digest(size)
        made = agefile.encrypt(content, [recipient("x"), recipient("y")])
        file_key = agefile.file_key(header.read(made), [secret("z"), secret("y")])
        assert agefile.decrypt_by(made, file_key) == agefile.decrypt(made, [secret("y")]) == content


def test_a_holder_s_place_is_its_code() -> None:
    """A holder who takes another's layers for its own is refused by the context, not only by the key."""
    t = terms(holders=(holder("h1"), holder("h2", online=recipient("h1 second")), holder("h3")))
    assert t.id != terms().id
    assert replace(t, holders=terms().holders).id == terms().id
    assert identity("h1 online") != identity("h1 second")
    assert seals()["aldane"].side == "aldane"
