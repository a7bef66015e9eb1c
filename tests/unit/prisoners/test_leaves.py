"""Leave, given blind for all on a list or for numbers: what was said last of a number holds."""

from __future__ import annotations

import pytest

from goodoffices.prisoners.leaves import LEAVES, allowed
from tests.listing import HELD, NEUTRAL, file, open_exchange, view
from tests.offers import offered, reads_back
from tests.people import SIDE_A, Round
from tests.refusals import refused

WHAT = "holding-may-be-told"


@pytest.fixture
def talks() -> Round:
    return open_exchange()


def say(talks: Round, command: str, ref: str, numbers: str, what: str = WHAT) -> None:
    talks.do(SIDE_A, "lists-a", command, list=ref, what=what, numbers=numbers)


def told(talks: Round, what: str = WHAT, code: str = "held") -> list[str]:
    found = allowed(view(talks, "a", NEUTRAL).state, code, what)
    return [number for number in ("1", "2", "3") if number in found]


def test_the_last_word_on_a_number_holds(talks: Round) -> None:
    ref = file(talks, "a")
    assert told(talks) == []
    say(talks, "give-leave", ref, "all")
    assert told(talks) == ["1", "2", "3"]
    say(talks, "withdraw-leave", ref, "1-2")
    assert told(talks) == ["3"]
    say(talks, "give-leave", ref, "2")
    assert told(talks) == ["2", "3"]
    say(talks, "withdraw-leave", ref, "all")
    assert (told(talks), told(talks, "may-be-named")) == ([], [])
    assert reads_back(talks, SIDE_A, "lists-a")


def test_leave_stays_when_the_list_is_corrected_and_is_of_that_list_alone(talks: Round) -> None:
    ref = file(talks, "a")
    say(talks, "give-leave", ref, "2")
    file(talks, "a", HELD.replace(b"1985", b"1986"))
    file(talks, "a", code="other")
    assert (told(talks), told(talks, code="other")) == (["2"], [])


@pytest.mark.parametrize(
    ("numbers", "what", "why"),
    [
        ("3", WHAT, "“3” is no number or range of this list; its numbers end at 2."),
        ("2-1", WHAT, "“2-1” is no number or range"),
        ("0", WHAT, "not written as it must be"),
        ("1 2", WHAT, "not written as it must be"),
        ("1", "claim-may-be-told", "not for a list of this kind"),
    ],
)
def test_what_is_no_leave(talks: Round, numbers: str, what: str, why: str) -> None:
    ref = file(talks, "a")
    assert why in refused(talks, SIDE_A, "lists-a", "give-leave", list=ref, what=what, numbers=numbers)


def test_leave_is_its_partys_alone(talks: Round) -> None:
    ref = file(talks, "a")
    assert "filed by the party" in refused(talks, NEUTRAL, "lists-a", "give-leave", list=ref, what=WHAT, numbers="all")
    assert offered(talks, NEUTRAL, "lists-a", "give-leave") == []
    assert offered(talks, SIDE_A, "lists-a", "give-leave") == [{"list": ref}]


def test_many_numbers_are_told_quickly(talks: Round) -> None:
    ref = file(talks, "a")
    for _ in range(3):
        say(talks, "give-leave", ref, "1, 2")
    assert [one.numbers for one in talks.view(SIDE_A, "lists-a").state[LEAVES].of("held")] == ["1, 2"] * 3
