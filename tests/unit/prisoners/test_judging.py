"""Where a pair stands after any judgments, and what rows of lists are found to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.prisoners.judging import (
    VERDICTS,
    Found,
    Judged,
    Lists,
    Outcome,
    Row,
    Side,
    counted,
    outcomes,
    standing,
)

TWO = Lists("we-hold", "they-hold")


@pytest.mark.parametrize(
    ("verdicts", "certain", "doubtful"),
    [
        ([], "open", "open"),
        (["same"], "same", "waits"),
        (["same", "same"], "same", "same"),
        (["same", "different"], "disagreed", "disagreed"),
        (["same", "different", "same"], "same", "same"),
        (["same", "different", "cannot-tell"], "disagreed", "disagreed"),
        (["same", "same", "different", "different"], "disagreed", "disagreed"),
        (["cannot-tell", "cannot-tell"], "cannot-tell", "cannot-tell"),
        (["different", "different", "same", "cannot-tell"], "different", "different"),
    ],
)
def test_standing(verdicts: list[str], certain: str, doubtful: str) -> None:
    said = {str(n): verdict for n, verdict in enumerate(verdicts)}
    assert (standing(said, doubtful=False), standing(said, doubtful=True)) == (certain, doubtful)


@given(st.dictionaries(st.sampled_from("abcde"), st.sampled_from(VERDICTS)), st.booleans(), st.permutations("abcde"))
def test_nothing_stands_that_too_few_said_and_order_does_not_matter(
    said: dict[str, str], doubtful: bool, order: list[str]
) -> None:
    stands = standing(said, doubtful)
    assert standing({who: said[who] for who in order if who in said}, doubtful) == stands
    if stands in VERDICTS:
        support = [who for who, verdict in said.items() if verdict == stands]
        assert len(support) >= (2 if doubtful else 1)
        assert all(len(support) > sum(v == other for v in said.values()) for other in set(VERDICTS) - {stands})


def found(judged: Judged, lists: Lists = TWO) -> dict[str, tuple[Outcome, tuple[str, ...]]]:
    """Rows 1, 2 on the left, 7, 8 on the right."""
    made = outcomes(lists, ["1", "2"], [] if lists.right is None else ["7", "8"], judged)
    return {one.row.number: (one.outcome, one.others) for one in made}


def alone(*numbers: str) -> dict[Row, str]:
    return {Row("left" if n < "5" else "right", n): "alone" for n in numbers}


def test_without_a_judgment_everything_is_open() -> None:
    pairs = {("1", "7"): "open", ("2", "8"): "waits"}
    assert found(Judged(pairs)) == dict.fromkeys("1278", ("open", ()))


def test_what_people_found() -> None:
    judged = Judged({("1", "7"): "same", ("2", "8"): "different"}, alone("2", "8"))
    assert found(judged) == {
        "1": ("held-and-claimed", ("7",)),
        "2": ("held-and-not-claimed", ()),
        "7": ("held-and-claimed", ("1",)),
        "8": ("claimed-and-denied", ()),
    }


@pytest.mark.parametrize("stands", ["open", "waits", "disagreed", "cannot-tell"])
def test_a_row_with_something_unsettled_is_open(stands: str) -> None:
    judged = Judged({("1", "7"): "same", ("2", "8"): stands, ("1", "8"): stands}, alone("2", "8"))
    assert found(judged) == {
        "1": ("open", ("7",)),
        "2": ("open", ()),
        "7": ("held-and-claimed", ("1",)),
        "8": ("open", ()),
    }


@pytest.mark.parametrize(
    "judged",
    [
        Judged({("1", "7"): "same", ("1", "8"): "same"}),
        Judged({("1", "7"): "same", ("2", "7"): "same"}),
        Judged({("1", "7"): "same"}, alone("1")),
        Judged({("1", "7"): "same"}, alone("7")),
    ],
)
def test_contradictions_are_said(judged: Judged) -> None:
    assert found(judged)["1"][0] == "contradictory"
    assert found(judged)["7"][0] == "contradictory"


def test_within_one_list() -> None:
    one = Lists("we-hold", None)
    assert found(Judged({("1", "2"): "same"}), one) == {"1": ("duplicate", ("2",)), "2": ("duplicate", ("1",))}
    assert found(Judged({("1", "2"): "different"}, alone("1")), one) == {"1": ("on-one-list", ()), "2": ("open", ())}
    torn = Judged({("1", "2"): "same", ("2", "3"): "same", ("1", "3"): "different"})
    assert {f.outcome for f in outcomes(one, "123", "", torn)} == {"contradictory"}
    chain = Judged({("1", "2"): "same", ("2", "3"): "same", ("1", "3"): "open"})
    assert outcomes(one, "123", "", chain)[0] == Found(Row("left", "1"), "duplicate", ("2", "3"))


@pytest.mark.parametrize(
    ("lists", "pair", "sides"),
    [
        (Lists("we-hold", "they-hold"), "held-and-claimed", ("held-and-not-claimed", "claimed-and-denied")),
        (Lists("they-hold", "we-hold"), "held-and-claimed", ("claimed-and-denied", "held-and-not-claimed")),
        (Lists("we-hold", "we-hold"), "held-by-both", ("on-one-list", "on-one-list")),
        (Lists("they-hold", "they-hold"), "claimed-by-both", ("on-one-list", "on-one-list")),
        (Lists("we-hold", "they-hold", of_one_party=True), "on-both-lists", ("on-one-list", "on-one-list")),
        (Lists("we-hold", None), "duplicate", ("on-one-list", "on-one-list")),
    ],
)
def test_what_lists_say_gives_outcomes_their_names(lists: Lists, pair: str, sides: tuple[str, str]) -> None:
    assert (lists.pair(), lists.alone("left"), lists.alone("right")) == (pair, *sides)


def test_counting() -> None:
    sides: list[Side] = ["left", "left", "right"]
    rows = [Found(Row(side, str(n)), "open" if n else "contradictory") for n, side in enumerate(sides)]
    assert counted(rows) == {"contradictory": {"left": 1, "right": 0}, "open": {"left": 1, "right": 1}}
    assert list(counted(rows)) == ["contradictory", "open"]
