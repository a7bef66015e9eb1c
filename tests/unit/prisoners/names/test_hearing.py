"""Many tokens read at once sound as each of them does alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.prisoners.names import cyrillic, latin
from goodoffices.prisoners.names.hearing import alphabets, hear, heard
from goodoffices.prisoners.names.lexicon import described
from goodoffices.prisoners.names.sounds import LONGEST, SOUNDS

NAMES = {sound: name for name, sound in SOUNDS.items()}
words = st.text(st.sampled_from("aceghiknorstuvwyzšžłïéйиїієаоуёцщксьжшбвтчзمحدبن"), min_size=1, max_size=18)


def spelled(word: str) -> str:
    arrays = described([word])
    return " ".join(NAMES[s] for s in arrays.sounds[0].tolist() if s)


def test_what_words_sound_like() -> None:
    assert {
        word: spelled(word) for word in ("сергій", "serhii", "kane", "le", "wright", "ielena", "marïna", "محمد")
    } == {
        "сергій": "S E R GH I",
        "serhii": "SL E R HL I",
        "kane": "K A N EF",  # the last e may be silent,
        "le": "L E",  # but not in a word this short
        "wright": "R A I T",
        "ielena": "JL E L E N A",
        "marïna": "M A R I N A",
        "محمد": "M HAH M D",
    }


@given(st.lists(words, min_size=1, max_size=12))
def test_words_sound_among_others_as_they_do_alone(some: list[str]) -> None:
    together = described(some)
    alone = [described([word]) for word in some]
    for column in ("sounds", "stems", "given", "fathers", "kinds", "weights", "lengths"):
        assert getattr(together, column).tolist() == [getattr(one, column).tolist()[0] for one in alone]


def test_words_are_sorted_by_alphabet() -> None:
    groups = {
        read.__module__.rpartition(".")[2]: there.tolist()
        for read, there in alphabets(["ян", "jan", "", "يان"]).items()
    }
    assert groups == {"cyrillic": [0], "latin": [1, 2], "arabic": [3]}


def test_an_ending_that_many_share_is_not_in_the_stem() -> None:
    rows, stems = hear(cyrillic.sounds, ["коваленко", "енко"])
    assert (np.count_nonzero(rows, axis=1).tolist(), stems.tolist()) == ([9, 4], [5, 4])
    assert hear(latin.sounds, ["kowalenko"])[1].tolist() == [5]


@given(st.lists(st.lists(st.integers(1, 20), max_size=20), min_size=1, max_size=8))
def test_what_is_heard_of_rows_of_sounds(rows: list[list[int]]) -> None:
    table, lengths = heard(b"".join(bytes(row) + b"\0" for row in rows))
    expected = [plainly(row) for row in rows]
    assert lengths.tolist() == [len(row) for row in expected]
    assert table.tolist() == [row + [0] * (LONGEST - len(row)) for row in expected]


def plainly(row: list[int]) -> list[int]:
    """The rule for one row, as one would say it."""
    said = [s for n, s in enumerate(row) if n == 0 or s != row[n - 1]]
    end = len(said)
    while end > 1 and NAMES[said[end - 1]] in {"I", "J", "JL", "YL"}:
        end -= 1
    if len(said) - end > 1:
        said[end:] = [SOUNDS["I"]]
    return said[:LONGEST]
