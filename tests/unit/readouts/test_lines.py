"""Every kind has a sentence, every hedge stays, and nothing on a record breaks the page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goodoffices.readouts.lines import LINES, line
from goodoffices.readouts.names import wordings
from goodoffices.readouts.views import Told
from goodoffices.secretariat.matters import MATTERS
from tests.unit.readouts.samples import ANNA, BODIES, WORDS, B, e, fact, names, p

UNREADABLE = ("does not know", "cannot read")


def test_every_kind_of_this_program_has_a_line() -> None:
    assert MATTERS.kinds - LINES.keys() == set()


def test_every_line_has_a_sample() -> None:
    assert LINES.keys() == BODIES.keys()


@pytest.mark.parametrize("kind", sorted(BODIES))
def test_a_line_is_a_sentence(kind: str) -> None:
    said = line(fact(kind), names())
    assert not any(words in said.sentence for words in UNREADABLE)
    assert said.sentence[0].isupper()
    assert "None" not in repr(said)
    assert "p:" not in repr(said)


@pytest.mark.parametrize("kind", sorted(BODIES.keys() - {"particulars-erased", "entry-released"}))
def test_every_word_of_an_entry_is_shown(kind: str) -> None:
    said = repr(line(fact(kind), names()))
    for citation in wordings(BODIES[kind]):
        assert WORDS[citation] in said


@pytest.mark.parametrize("kind", sorted(BODIES))
def test_a_body_without_its_fields_still_gives_a_sentence(kind: str) -> None:
    assert line(replace(fact(kind), body={}), names()).sentence


def test_what_is_cited_off_the_page_still_gives_a_sentence() -> None:
    alone = replace(names(), cited={})
    for kind in BODIES:
        assert not any(words in line(fact(kind), alone).sentence for words in UNREADABLE)


def test_an_unknown_kind_says_so() -> None:
    unknown = Told(e("x"), 1, "", "ransom-paid", B, {}, minuted=False)
    assert line(unknown, names()).sentence == "An entry of a kind this version does not know (ransom-paid)."


def test_an_erased_word_says_so() -> None:
    said = line(fact("request-made"), names("Let the leaders meet."))
    assert said.quotes == (("Request", "[erased]"),)


@pytest.mark.parametrize(
    ("kind", "changes", "sentence"),
    [
        ("meeting-closed", {}, "Aland closed the meeting: First meeting; it lasted under two hours."),
        ("presence-declined", {}, "Aland declined the presence of Observia in this room."),
        ("request-answered", {}, "Aland took note of the request of Aland."),
        ("event-noted", {}, "Aland noted an expected departure outside the rooms."),
        ("next-meeting-set", {}, "Aland noted a next meeting; no day is set."),
        ("understanding-told", {}, "Aland told of an understanding, in principle:"),
        (
            "understanding-told",
            {"told_by": p("a minister")},
            "Aland entered an understanding, in principle, as told by a minister:",
        ),
        (
            "presence-declined",
            {"known": "reported"},
            "Reportedly: Aland declined the presence of Observia in this room.",
        ),
        (
            "statement-recorded",
            {"known": "anonymous"},
            (
                "According to a source that is not named: Aland recorded an account: "
                "Ben, head of delegation, Bland threatened (in the room, the small hall, during the meeting “first”):"
            ),
        ),
    ],
)
def test_hedges_are_kept(kind: str, changes: dict[str, str], sentence: str) -> None:
    assert line(fact(kind, **changes), names()).sentence == sentence


def test_when_it_happened_is_a_detail() -> None:
    said = line(fact("request-made", happened="2025-05-16"), names())
    assert said.details == (("When", "16 May 2025"),)


def test_names_fall_back_to_the_function_and_to_a_delegate() -> None:
    known = names()
    assert known.person("2" * 32) == "head of delegation"
    assert known.person("9" * 32) == "a delegate"
    assert names("Anna").person(ANNA) == "[erased]"
    assert known.delegation("9" * 32) == "a delegation that does not sit in this room"
    assert replace(known, elsewhere={"9" * 32: "Far"}).delegation("9" * 32) == "Far"
