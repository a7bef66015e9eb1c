import datetime as dt
import decimal
import json
import math

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.record.canonical import MAX_INT, NotCanonical, decode, encode, settled

TEXT = st.text(st.characters(codec="utf-8"))
KEYS = st.text(st.characters(max_codepoint=0x7F))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INT, MAX_INT) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
)
AWKWARD = "".join(map(chr, range(0x21))) + '"\\/<>&\x7f\x80\u2028\u2029\ufeff\uffff\U0001f600'


@given(VALUES)
def test_encodes_as_the_reference_implementation_does(value: object) -> None:
    assert encode(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(VALUES)
def test_decoding_gives_the_value_back(value: object) -> None:
    assert decode(encode(value)) == value


def test_awkward_characters() -> None:
    assert encode([AWKWARD]) == rfc8785.dumps([AWKWARD])
    assert decode(encode([AWKWARD])) == [AWKWARD]


def test_keys_are_sorted_and_nothing_is_spaced() -> None:
    assert encode({"b": [1, None], "a": True, "A": "é"}) == '{"A":"é","a":true,"b":[1,null]}'.encode()


@pytest.mark.parametrize("value", [MAX_INT, -MAX_INT, 10**15, ["1234567890123456789"]])
def test_integers_to_the_edge(value: object) -> None:
    assert decode(encode(value)) == value


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (1.5, "a float has no canonical form"),
        ({"a": [1.0]}, "a float has no canonical form"),
        (math.nan, "a float has no canonical form"),
        (math.inf, "a float has no canonical form"),
        ((1, 2), "a tuple has no canonical form"),
        (b"bytes", "a bytes has no canonical form"),
        ({1}, "a set has no canonical form"),
        (decimal.Decimal(1), "a Decimal has no canonical form"),
        (dt.date(2025, 5, 16), "a date has no canonical form"),
        (object(), "a object has no canonical form"),
        ({1: 2}, "1 cannot be a key: keys are ASCII text"),
        ({None: 2}, "None cannot be a key: keys are ASCII text"),
        ({"é": 2}, "'é' cannot be a key: keys are ASCII text"),
        ([{"a": {"\U0001f600": 1}}], "'\U0001f600' cannot be a key: keys are ASCII text"),
        ("\ud800", "text with a lone surrogate at character 0"),
        (["ab\udfff"], "text with a lone surrogate at character 2"),
        ({"\ud800": 1}, r"'\ud800' cannot be a key: keys are ASCII text"),
        (2**53, "9007199254740992 is beyond +-(2^53 - 1), which JSON readers do not all hold exactly"),
        ([-(2**53)], "-9007199254740992 is beyond +-(2^53 - 1), which JSON readers do not all hold exactly"),
        ({"n": 10**30}, f"{10**30} is beyond +-(2^53 - 1), which JSON readers do not all hold exactly"),
    ],
)
def test_refuses_what_has_no_canonical_form(value: object, says: str) -> None:
    with pytest.raises(NotCanonical) as refused:
        encode(value)
    assert str(refused.value) == says


@pytest.mark.parametrize("value", [{"a": (1, "b"), "c": {"d": ()}}, {"a": ("é", [("😀",)])}, {"a": None}])
def test_settling_makes_lists_of_tuples_and_nothing_else(value: object) -> None:
    line, read = settled(value)
    assert encode(read) == line
    assert read == json.loads(json.dumps(value))


@pytest.mark.parametrize(
    "value", [{"a": 1.5}, {"a": (dt.date(2025, 5, 16),)}, {"a": b"b"}, {1: 2}, {"a": 2**53}, {"é": 2}, {"a": {"b"}}]
)
def test_settling_refuses_what_encoding_does(value: object) -> None:
    with pytest.raises(NotCanonical) as refused:
        encode(value if "date" not in repr(value) else {"a": dt.date(2025, 5, 16)})
    with pytest.raises(NotCanonical) as as_well:
        settled(value)
    assert str(as_well.value) == str(refused.value)


def test_refuses_deep_nesting_both_ways() -> None:
    value: object = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(NotCanonical):
        encode(value)
    with pytest.raises(NotCanonical):
        decode(b"[" * 100_000 + b"]" * 100_000)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b" 1",
        b"1\n",
        b"1 1",
        b"\xef\xbb\xbf1",
        b"[1, 2]",
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a":1,"a":2}',
        b'{"\\u0061":1}',
        b'"\\u0061"',
        b'"\\/"',
        b'"\\u000A"',
        b'"\\u001F"',
        b'"\\u000a"',
        b'"\\u00e9"',
        b'"\\ud83d\\ude00"',
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b'"\xff"',
        b'"\xc0\x80"',
        b'"\n"',
        b"1.0",
        b"1.5",
        b"1e3",
        b"-0",
        b"01",
        b"+1",
        b"NaN",
        b"Infinity",
        b"9007199254740992",
        b"-9007199254740992",
        b"[1,100000000000000000000000000000]",
        '{"é":1}'.encode(),
        b"{'a':1}",
        b"[1,]",
        b"True",
        b'{"a":1',
    ],
)
def test_refuses_bytes_that_are_not_canonical(line: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode(line)


@given(st.binary())
def test_any_bytes_are_refused_or_come_back_exactly(line: bytes) -> None:
    try:
        value = decode(line)
    except NotCanonical:
        return
    assert encode(value) == line


@given(VALUES, st.data())
def test_a_changed_byte_never_passes_for_the_same_value(value: object, data: st.DataObject) -> None:
    line = bytearray(encode(value))
    line[data.draw(st.integers(0, len(line) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        other = decode(bytes(line))
    except NotCanonical:
        return
    # ``is`` matters to JSON where ``==`` does not: 1 and true are other bytes.
    assert encode(other) == bytes(line) != encode(value)
