"""Skeletons of consonants: the same in every alphabet, and as many as a spelling can be read in ways."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from goodoffices.prisoners.matching import keys as module
from goodoffices.prisoners.matching.keys import READINGS, keys
from goodoffices.prisoners.names.lexicon import Lexicon

words = st.text(st.sampled_from("achkjbvtcosmnабвжчцкснмй"), min_size=1, max_size=12)


def plainly(sounds: list[int]) -> list[str]:
    """The skeletons of one row of sounds, as one would write them down."""
    kinds = [module._KIND[s] for s in sounds if s in module._KIND]
    if len([kind for kind in kinds if len(kind) > 1]) > 2:
        kinds = [kind[0] for kind in kinds]
    found = []
    for reading in product(*kinds):
        text = "".join(c for n, c in enumerate(reading) if c != "-" and (n == 0 or c != reading[n - 1]))[:7]
        if text and text not in found:
            found.append(text)
    return found[:READINGS]


@given(st.lists(words, min_size=1, max_size=10, unique=True))
def test_skeletons_are_those_of_the_plain_rule(some: list[str]) -> None:
    lexicon = Lexicon()
    for word in some:
        lexicon.number(word)
    table = keys(lexicon)
    meant: dict[int, str] = {}
    for sounds, given_, fathers, row in zip(
        lexicon.arrays.sounds.tolist(), lexicon.arrays.given, lexicon.arrays.fathers, table.tolist(), strict=True
    ):
        if not given_.any() and not fathers.any():
            expected = plainly(sounds)
            assert [n > 0 for n in row] == [n < len(expected) for n in range(READINGS)]
            assert [meant.setdefault(n, text) for n, text in zip(row, expected, strict=False)] == expected
    assert len(set(meant.values())) == len(meant)


def test_one_name_has_one_key_in_every_alphabet() -> None:
    lexicon = Lexicon()
    one = [lexicon.number(word) for word in ("микола", "николай", "mykola", "nicholas")]
    other = [lexicon.number(word) for word in ("коваленко", "kovalenko", "kowalenko")]
    table = keys(lexicon)
    assert len(set(table[one, 0].tolist())) == len(set(table[other, 0].tolist())) == 1
    assert table[0].tolist() == [0] * READINGS
