"""Terms are read strictly, and their digest is the exchange."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.sealing.terms import BUCKETS, BadTerms, Terms, fingerprint, made, parse
from tests.unit.sealing.cast import derived, identity, key, recipient, side, terms

ROOM = {"talks": "ab" * 16, "room": "cd" * 16}


def edited(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    body = terms().body()
    change(body)
    return body


def in_a_room() -> dict[str, Any]:
    body = terms().body() | ROOM
    for place, party in enumerate([*body["sides"], *body["holders"]]):
        party["delegation"] = f"{place + 1:032x}"
    return body


def test_terms_are_read_as_they_were_written() -> None:
    for body in (terms().body(), terms(1, 1, topics=()).body(), terms(5, 5, bucket=BUCKETS[3]).body(), in_a_room()):
        assert parse(body).body() == body
        assert parse(json.loads(parse(body).encoded())) == parse(body)


def test_the_id_is_the_digest_of_the_canonical_terms() -> None:
    body = terms().body()
    plain = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert terms().id == hashlib.sha256(plain).hexdigest()
    assert terms(nonce="00" * 16).id != terms().id
    assert terms().fingerprint.replace(" ", "") == terms().id[:20]


def test_a_projection_holds_terms_and_gives_them_back() -> None:
    assert msgspec.json.decode(msgspec.json.encode(terms()), type=Terms) == terms()


def test_who_is_who() -> None:
    t = parse(in_a_room())
    assert [t.counterpart(code).code for code in ("aldane", "brisko")] == ["brisko", "aldane"]
    assert t.of_delegation(f"{3:032x}") == t.holder("h1")
    assert t.of_delegation("ff" * 16) is None
    assert t.signer(key("brisko")) == t.side("brisko")
    assert t.signer(key("stranger")) is None
    for missing in (lambda: t.counterpart("h1"), lambda: t.side("h1"), lambda: t.holder("aldane")):
        with pytest.raises(KeyError):
            missing()
    assert not t.weaker
    assert terms(1, 1).weaker


def test_a_fingerprint_is_of_the_keys_and_of_nothing_else() -> None:
    a = side("aldane")
    assert fingerprint(a) == fingerprint(replace(a, code="other", delegation="00" * 16))
    assert fingerprint(a) != fingerprint(side("aldane", recovery=recipient("another")))
    assert [len(group) for group in fingerprint(a).split(" ")] == [4] * 5


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda b: b.update(more=1), "exactly these fields"),
        (lambda b: b.pop("nonce"), "exactly these fields"),
        (lambda b: b.update(v=2), "version '2'"),
        (lambda b: b.update(nonce="AB" * 16), "nonce is 32"),
        (lambda b: b["sides"].pop(), "two sides; these terms name 1"),
        (lambda b: b["sides"].append(b["sides"][0]), "at most 2"),
        (lambda b: b.update(sides={}), "a list of at most 2"),
        (lambda b: b["holders"].clear(), "2 of 0 holders"),
        (lambda b: b["holders"].extend(b["holders"]), "at most 5"),
        (lambda b: b.update(k=0), "0 of 3 holders"),
        (lambda b: b.update(k=4), "4 of 3 holders"),
        (lambda b: b.update(k=True), "“k” is a whole number"),
        (lambda b: b.update(bucket=1000), "size bucket is one of 65536, 1048576, 4194304, 16777216"),
        (lambda b: b.update(topics=["prisoners", "ceasefire"]), "alphabetical order, each once"),
        (lambda b: b.update(topics=["ceasefire", "ceasefire"]), "alphabetical order, each once"),
        (lambda b: b.update(topics=["Cease fire"]), "short name"),
        (lambda b: b.update(deadline="2030-02-30T12:00:00.000Z"), "a time in UTC with milliseconds"),
        (lambda b: b.update(deadline="2030-02-01T12:00:00Z"), "a time in UTC with milliseconds"),
        (lambda b: b.update(deadline=None), "a time in UTC with milliseconds"),
        (lambda b: b["sides"][0].update(code="h1"), "h1 is named twice"),
        (lambda b: b["sides"][0].update(code="a" * 61), "at most 60"),
        (lambda b: b["sides"][0].update(code="-a"), "short name"),
        (lambda b: b["sides"][0].update(online=b["sides"][0]["recovery"]), "age key age1.* is given twice"),
        (lambda b: b["holders"][0].update(online=b["sides"][0]["online"]), "age key age1.* is given twice"),
        (lambda b: b["holders"][0].update(recovery=recipient("x")), "A holder has exactly these fields"),
        (lambda b: b["sides"][0].update(online=identity("x")), "of aldane cannot be used. This is a secret key"),
        (lambda b: b["sides"][0].update(recovery="age1pq1" + "q" * 1950), "of aldane cannot be used. This is a hybrid"),
        (lambda b: b["sides"][0].update(online=None), "of aldane cannot be used"),
        (lambda b: b["sides"][0].update(signers=[]), "aldane names no key to sign with"),
        (lambda b: b["sides"][0].update(signers=[{"type": "ssh", "key": "x"}]), "aldane signs with cannot be used"),
        (lambda b: b["sides"][1].update(signers=b["sides"][0]["signers"]), "key to sign with is given twice"),
        (lambda b: b.update(talks="ab" * 16), "none of them"),
        (lambda b: b.update(ROOM), "none of them"),
        (lambda b: b["sides"][0].update(delegation="ab" * 16), "none of them"),
    ],
)  # fmt: skip
def test_terms_that_cannot_be_are_told_why(change: Callable[[dict[str, Any]], object], why: str) -> None:
    with pytest.raises(BadTerms, match=why):
        parse(edited(change))


def test_a_delegation_stands_once() -> None:
    body = in_a_room()
    body["holders"][0]["delegation"] = body["sides"][0]["delegation"]
    with pytest.raises(BadTerms, match="is named twice"):
        parse(body)


def test_a_secret_key_given_by_mistake_is_not_repeated() -> None:
    with pytest.raises(BadTerms) as found:
        parse(edited(lambda b: b["sides"][0].update(online=identity("x"))))
    assert identity("x")[16:24] not in str(found.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["ceasefire", "00" * 16]),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=4), part, max_size=3),
    max_leaves=6,
)


@given(field=st.sampled_from(sorted(terms().body())), value=JSON)
def test_any_value_in_any_field_is_terms_or_is_told_why(field: str, value: Any) -> None:
    body = terms().body() | {field: value}
    try:
        read = parse(body)
    except BadTerms as error:
        why = str(error)
    else:
        why = "." * (read.body() == body)
    assert why.endswith(".")


def test_terms_put_together_in_code_are_checked_alike() -> None:
    with pytest.raises(BadTerms):
        made(replace(terms(), nonce=derived("x").hex()))
