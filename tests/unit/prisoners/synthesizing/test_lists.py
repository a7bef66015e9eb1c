"""Invented lists follow from their seed, and go wrong as often as they are told to."""

from __future__ import annotations

import numpy as np
import pytest

from goodoffices.prisoners.synthesizing.errors import RATES, BadRate, rates
from goodoffices.prisoners.synthesizing.lists import Made, Wanted, make
from goodoffices.prisoners.synthesizing.spelling import SCRIPTS, patronymic, written

NONE = dict.fromkeys(RATES, 0.0)


def made(seed: int = 3, size: int = 200, overlap: float = 0.5, script: str = "uk", **errors: float) -> Made:
    return make(
        Wanted(size, size, overlap, ([script], [script]), rates({**NONE, **errors})), np.random.default_rng(seed)
    )


def test_the_same_seed_makes_the_same_lists() -> None:
    one, same, other = made(), made(), made(seed=4)
    assert (list(one.left), list(one.right), one.truth) == (list(same.left), list(same.right), same.truth)
    assert one.truth != other.truth


def test_the_truth_is_true() -> None:
    lists = made()
    left, right = ({row[0]: row[1:] for row in rows} for rows in (lists.left, lists.right))
    assert len(lists.truth) == 100
    assert [left[a] for a, _ in lists.truth] == [right[b] for _, b in lists.truth]


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_is_written(script: str) -> None:
    rows = list(made(script=script, size=20).left)
    assert all(row[1] and row[2] and row[3] for row in rows)


def test_errors_happen_as_often_as_they_are_told_to() -> None:
    rows = list(made(size=2000, **{"no-patronymic": 0.5, "no-date": 1.0}).left)
    assert {row[4] for row in rows} == {""}
    assert 900 < sum(row[3] == "" for row in rows) < 1100


def test_somebody_may_be_on_a_list_twice() -> None:
    lists = made(twice=0.1)
    assert len(list(lists.left)) == 220


def test_an_error_that_is_none_is_refused() -> None:
    with pytest.raises(BadRate, match="tpyo, typo=2"):
        rates({"tpyo": 0.1, "typo": 2})


@pytest.mark.parametrize(
    ("forms", "script", "man", "woman"),
    [
        (("микола", "николай"), "uk", "миколайович", "миколаївна"),
        (("микола", "николай"), "ru", "николаевич", "николаевна"),
        (("сергій", "сергей"), "uk", "сергійович", "сергіївна"),
        (("юрій", "юрий"), "ru", "юрьевич", "юрьевна"),
        (("дмитро", "дмитрий"), "ru", "дмитриевич", "дмитриевна"),
        (("ілля", "илья"), "uk", "ілліч", "іллівна"),
        (("ілля", "илья"), "ru", "ильич", "ильинична"),
        (("павло", "павел"), "ru", "павлович", "павловна"),
        (("ігор", "игорь"), "ru", "игоревич", "игоревна"),
    ],
)
def test_patronymics(forms: tuple[str, ...], script: str, man: str, woman: str) -> None:
    assert (patronymic(forms, script, False), patronymic(forms, script, True)) == (man, woman)


def test_capitals_at_both_halves_of_a_double_surname() -> None:
    assert written("гай-чуб", "uk-passport") == "Hai-Chub"
