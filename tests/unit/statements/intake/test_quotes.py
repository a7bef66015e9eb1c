"""Marks and apostrophes, told apart and paired."""

from __future__ import annotations

import pytest

from goodoffices.statements.intake.english import ENGLISH
from goodoffices.statements.intake.quotes import quotes
from goodoffices.statements.intake.reading import paragraphs

PAIRED = {
    "curly": ("“We agreed,” she said. “Today.”", ["We agreed,", "Today."]),
    "straight": ('"We agreed," she said. "Today."', ["We agreed,", "Today."]),
    "British": ("'We agreed,' she said. 'It isn't much.'", ["We agreed,", "It isn't much."]),
    "curly single": ("‘We agreed,’ she said. ‘It isn’t much.’", ["We agreed,", "It isn’t much."]),
    "low and high": ("„Wir sind einig“, sagte sie.", ["Wir sind einig"]),
    "angle": ("«Ми згодні», — сказала вона.", ["Ми згодні"]),
    "straight closed by curly": ('"We agreed,” she said.', ["We agreed,"]),
    "curly closed by straight": ('“We agreed," she said.', ["We agreed,"]),
    "nested": ("“He said ‘never’ twice,” she said.", ["He said ‘never’ twice,"]),
    "nested the British way": ("'He said \"never\" twice,' she said.", ['He said "never" twice,']),
    "possessive inside": ("'The generals' jokes cost us,' she said.", ["The generals' jokes cost us,"]),
    "possessive outside": ("The parties' offer and the miners' demand.", []),
    "elision": ("'Tis true and rock 'n' roll is not.", []),
    "a year": ("In the '90s they said 'no' to it.", ["no"]),
    "part of a sentence": ("She called it 'a first step' and left.", ["a first step"]),
    "two speeches": ("“One.”\n\n“Two.”", ["One.", "Two."]),
    "running over paragraphs": ("“One.\n\n“Two.”", ["One.", "Two."]),
    "never closed": ("“We agreed, she said.\n\nNobody else spoke.", ["We agreed, she said."]),
    "closed only": ("We agreed,” she said.", []),
    "empty": ("“” she said.", []),
    "inches": ('A 6" pipe and a 7" pipe.', []),
    "white space before the closing mark": ('"We agreed, " she said.', ["We agreed, "]),
}


@pytest.mark.parametrize("name", PAIRED)
def test_pairing(name: str) -> None:
    text, wanted = PAIRED[name]
    assert [text[q.start : q.end] for q in quotes(text, paragraphs(text), ENGLISH.elision)] == wanted


def test_how_a_quote_without_its_mark_ends() -> None:
    text = "“One.\n\n“Two.”\n\n“Three."
    assert [(q.runs_on, q.unclosed) for q in quotes(text, paragraphs(text), ENGLISH.elision)] == [
        (True, False),
        (False, False),
        (False, True),
    ]


def test_lines_that_were_only_wrapped_are_one_paragraph() -> None:
    wrapped = (
        "The talks between Ostrel and the League went on for two days and ended\n"
        "without a paper. Both delegations said that they would meet again when the\n"
        "reservoir had been measured.\n"
    )
    assert len(paragraphs(wrapped)) == 1
    assert len(paragraphs("One line.\nAnother line.\n\nA third.")) == 3
