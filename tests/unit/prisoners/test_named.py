"""Naming people into a room: who may name whom, by which numbers, and what the room's record shows of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.prisoners.named import MOST, NAMED, NUMBER, Person, number
from goodoffices.readouts.timeline import shown
from goodoffices.readouts.views import untranslated
from tests.offers import reads_back
from tests.people import HOST, SIDE_A, SIDE_B, Round, add_room, open_round
from tests.refusals import refused

ROOM = "exchange"


@pytest.fixture
def talks() -> Round:
    made = open_round()
    add_room(made, HOST, "plenary", kind="format", name=ROOM, members=["side-a", "side-b"])
    return made


def raw(numbers: list[str], holder: str = "side-a", *categories: str) -> dict[str, Any]:
    persons = [{"number": n, "held_by": holder, "categories": list(categories)} for n in numbers]
    return {"persons": persons, "key": "1" * 32, "parts": [{"content": b"x"}, {"content": b"y"}], "digest": "2" * 64}


def test_a_side_names_whom_it_holds(talks: Round) -> None:
    talks.do(SIDE_A, ROOM, "name-persons", **raw(["AAAAA2", "AAAAA3"], "side-a", "ill", "woman"))
    talks.do(SIDE_B, ROOM, "name-persons", **raw(["BBBBB2"], "side-b"))
    state = talks.view(SIDE_B, ROOM).state[NAMED]
    a, b = talks.delegation(ROOM, "side-a"), talks.delegation(ROOM, "side-b")
    one, two = state.namings.values()
    assert list(state.persons.values()) == [
        Person("AAAAA2", a, ("ill", "woman"), one.ref),
        Person("AAAAA3", a, ("ill", "woman"), one.ref),
        Person("BBBBB2", b, (), two.ref),
    ]
    assert state.held_by(b) == (state.persons["BBBBB2"],)
    assert (one.by, one.key, one.count, len(one.parts), one.erased) == (a, "1" * 32, 2, 2, False)
    assert reads_back(talks, HOST, ROOM)


def test_the_line_counts_and_names_nobody(talks: Round) -> None:
    talks.do(SIDE_A, ROOM, "name-persons", **raw(["AAAAA2", "AAAAA3"], "side-a", "ill"))
    view = talks.view(SIDE_B, ROOM)
    (row,) = shown(view, [view.entry(view.size - 1)], (), untranslated)
    assert row.sentence == "Side A named people for an exchange of prisoners: 2 held by Side A."
    assert row.details[:1] == (("Categories", "ill: 2"),)


def test_erasing_the_words_of_a_naming_is_seen(talks: Round) -> None:
    talks.do(SIDE_A, ROOM, "name-persons", **raw(["AAAAA2"]))
    talks.do(SIDE_A, ROOM, "erase-particulars", entry=talks.last(SIDE_A, ROOM), reason="personal-data")
    (naming,) = talks.view(SIDE_A, ROOM).state[NAMED].namings.values()
    assert naming.erased


def left(talks: Round, number: str, **changes: Any) -> dict[str, Any]:
    """What erases one person from the newest roster of side A."""
    held = next(n.current for n in talks.view(SIDE_A, ROOM).state[NAMED].namings.values())
    raw = {"number": number, "person": "r:" + "5" * 64, "held": held, "reason": "agreed", "key": "3" * 32}
    return raw | {"parts": [{"content": b"left"}]} | changes


def test_what_is_left_of_a_roster_lies_in_the_erasure_until_that_is_erased(talks: Round) -> None:
    talks.do(SIDE_A, ROOM, "name-persons", **raw(["AAAAA2", "AAAAA3"]))
    old = left(talks, "AAAAA3")
    talks.do(SIDE_A, ROOM, "erase-named-person", **left(talks, "AAAAA2"))
    assert talks.kinds(SIDE_A, ROOM)[-2:] == ["named-person-erased", "particulars-erased"]
    state = talks.view(SIDE_B, ROOM).state[NAMED]
    (naming,) = state.namings.values()
    assert (naming.key, len(naming.parts), naming.erased, naming.digest) == ("3" * 32, 1, False, "2" * 64)
    assert [state.is_erased(p) for p in state.persons.values()] == [True, False]
    assert reads_back(talks, SIDE_B, ROOM)
    assert refused(talks, SIDE_A, ROOM, "erase-named-person", **left(talks, "AAAAA2")) == "AAAAA2 was erased already."
    why = refused(talks, SIDE_A, ROOM, "erase-named-person", **old)
    assert why.startswith("Somebody else was erased from the same roster just now."), "it would bring AAAAA2 back"
    talks.do(SIDE_A, ROOM, "erase-particulars", entry=naming.current, reason="agreed")
    state = talks.view(SIDE_A, ROOM).state[NAMED]
    assert [state.is_erased(p) for p in state.persons.values()] == [True, True]
    assert refused(talks, SIDE_A, ROOM, "erase-named-person", **left(talks, "AAAAA3")) == "AAAAA3 was erased already."


def test_who_did_not_name_a_person_erases_nobody(talks: Round) -> None:
    talks.do(SIDE_A, ROOM, "name-persons", **raw(["AAAAA2"]))
    for who in (SIDE_B, HOST):
        why = refused(talks, who, ROOM, "erase-named-person", **left(talks, "AAAAA2"))
        assert why == "A person is erased here by the delegation that named them, or by the intermediary."
        assert "erase-named-person" not in {offer.rule.name for offer in talks.view(who, ROOM).offers()}
    assert "erase-named-person" in {offer.rule.name for offer in talks.view(SIDE_A, ROOM).offers()}
    assert refused(talks, SIDE_A, ROOM, "erase-named-person", **left(talks, "BBBBB2")).startswith("Nobody with the")


@pytest.mark.parametrize(
    ("who", "given", "why"),
    [
        (SIDE_A, raw(["AAAAA2"], "side-b"), "A side names only those it holds itself"),
        (HOST, raw(["AAAAA2"]), "A side names here whom it holds itself."),
        (SIDE_A, raw(["AAAAA3"] * 2), "Two people would have one manifest number."),
        (SIDE_A, raw(["AAAAA9"]), "Two people would have one manifest number."),
        (SIDE_A, raw([f"AA{n:04}".replace("0", "Z").replace("1", "Y") for n in range(MOST + 1)]), "One entry names"),
        (SIDE_A, raw(["AAAA01"]), "Manifest number: this is not written as it must be."),
        (SIDE_A, raw(["AAAAA2"], "side-a", "tall"), "Categories: choose one of"),
    ],
)
def test_what_is_refused(talks: Round, who: str, given: dict[str, Any], why: str) -> None:
    talks.do(SIDE_A, ROOM, "name-persons", **raw(["AAAAA9"]))
    assert refused(talks, who, ROOM, "name-persons", **given).startswith(why)


@given(st.binary(min_size=16, max_size=16))
def test_a_number_is_written_as_numbers_are(random: bytes) -> None:
    assert re.fullmatch(NUMBER, number(random))
