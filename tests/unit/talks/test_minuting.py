"""Minuting: the host enters, the delegation confirms or objects, once and by its own hand."""

from __future__ import annotations

import pytest

from goodoffices.talks.minuting import MINUTES, awaiting
from tests.people import HOST, SIDE_A, SIDE_B, Round, open_round
from tests.refusals import refused


@pytest.fixture
def talks() -> Round:
    return open_round()


def minute(talks: Round, code: str = "side-a") -> str:
    talks.do(HOST, "plenary", "propose-presence", code, code="observer", role="third-party", name="An observer")
    return talks.last(HOST, "plenary")


@pytest.mark.parametrize(("command", "answered"), [("confirm-minute", "confirmed"), ("object-minute", "objected")])
def test_answered_once_by_the_delegation_it_was_minuted_for(talks: Round, command: str, answered: str) -> None:
    ref, side_a = minute(talks), talks.delegation("plenary", "side-a")
    state = talks.view(HOST, "plenary").state
    assert state[MINUTES].of(side_a) == {ref: "presence-proposed"}
    assert [(a.rule, a.about) for a in awaiting(state, side_a)] == [("confirm-minute", ref)]
    assert "Only the delegation" in refused(talks, SIDE_B, "plenary", command, entry=ref)
    assert "Only the delegation" in refused(talks, HOST, "plenary", command, entry=ref)
    assert "not something that can be minuted" in refused(talks, HOST, "plenary", command, "side-a", entry=ref)
    talks.do(SIDE_A, "plenary", command, entry=ref)
    state = talks.view(HOST, "plenary").state
    assert (state[MINUTES].of(side_a), state[MINUTES].answered) == ({}, {ref: answered})
    assert list(awaiting(state, side_a)) == []
    assert refused(talks, SIDE_A, "plenary", "confirm-minute", entry=ref) == (
        f"Your delegation has {answered} this minute already."
    )


def test_what_was_not_minuted_is_not_confirmed(talks: Round) -> None:
    talks.do(SIDE_A, "plenary", "propose-presence", code="observer", role="third-party", name="An observer")
    own = talks.last(HOST, "plenary")
    assert "was not minuted" in refused(talks, SIDE_A, "plenary", "confirm-minute", entry=own)


def test_nothing_waits_for_a_delegation_that_left(talks: Round) -> None:
    minute(talks)
    talks.do(HOST, "plenary", "remove-delegation", "side-a", delegation="side-a")
    assert list(awaiting(talks.view(HOST, "plenary").state, talks.delegation("plenary", "side-a"))) == []
