"""Requests: made, answered once, deferred and answered again, withdrawn; minuted ones until objected to."""

from __future__ import annotations

import pytest

from goodoffices.talks.requests import REQUESTS, Asked, awaiting
from tests.offers import offered, reads_back
from tests.people import HOST, SIDE_A, SIDE_B, Round, open_round
from tests.refusals import refused


@pytest.fixture
def talks() -> Round:
    return open_round()


def ask(talks: Round, who: str = SIDE_A, to: str = "side-b") -> str:
    talks.do(who, "plenary", "make-request", to=to, words="A call between the two leaders.")
    return talks.last(HOST, "plenary")


def asked(talks: Round, ref: str) -> Asked:
    return talks.view(HOST, "plenary").state[REQUESTS].all[ref]


def waits_for(talks: Round, code: str) -> list[str]:
    state = talks.view(HOST, "plenary").state
    return [a.about for a in awaiting(state, talks.delegation("plenary", code))]


def test_a_request_names_who_asks_whom_and_waits(talks: Round) -> None:
    ref = ask(talks)
    a, b = (talks.delegation("plenary", code) for code in ("side-a", "side-b"))
    assert asked(talks, ref) == Asked(ref, a, b)
    assert (waits_for(talks, "side-a"), waits_for(talks, "side-b")) == ([], [ref])


@pytest.mark.parametrize("answer", ["taken-note-of", "accepted", "declined"])
def test_answered_once(talks: Round, answer: str) -> None:
    ref = ask(talks)
    talks.do(SIDE_B, "plenary", "answer-request", request=ref, answer=answer)
    assert asked(talks, ref).status == answer
    assert waits_for(talks, "side-b") == []
    again = refused(talks, SIDE_B, "plenary", "answer-request", request=ref, answer="accepted")
    assert again == f"This request was answered already ({answer.replace('-', ' ')})."
    assert refused(talks, SIDE_A, "plenary", "withdraw-request", request=ref) == again


def test_a_deferred_request_still_waits_and_is_answered_again(talks: Round) -> None:
    ref = ask(talks)
    talks.do(SIDE_B, "plenary", "answer-request", request=ref, answer="deferred", words="After the holidays.")
    first = talks.last(HOST, "plenary")
    assert waits_for(talks, "side-b") == [ref]
    talks.do(SIDE_B, "plenary", "answer-request", request=ref, answer="declined")
    second = talks.last(HOST, "plenary")
    assert asked(talks, ref).answers == ((first, "deferred"), (second, "declined"))
    assert reads_back(talks, HOST, "plenary")


def test_withdrawn_by_the_asker_only_and_then_over(talks: Round) -> None:
    ref = ask(talks)
    words = "Only the delegation that made this request withdraws it."
    assert refused(talks, SIDE_B, "plenary", "withdraw-request", request=ref) == words
    talks.do(SIDE_A, "plenary", "withdraw-request", request=ref)
    over = "This request was withdrawn."
    assert refused(talks, SIDE_A, "plenary", "withdraw-request", request=ref) == over
    assert refused(talks, SIDE_B, "plenary", "answer-request", request=ref, answer="accepted") == over


def test_asked_and_answered_by_the_right_delegations_only(talks: Round) -> None:
    ref = ask(talks)
    for who in (HOST, SIDE_A):
        assert refused(talks, who, "plenary", "answer-request", request=ref, answer="accepted") == (
            "Only the delegation that was asked answers this request."
        )
    assert "does not ask something of itself" in refused(
        talks, SIDE_A, "plenary", "make-request", to="side-a", words="?"
    )
    assert "does not sit in this room" in refused(talks, SIDE_A, "caucus-a", "make-request", to="side-b", words="?")
    assert "another kind" in refused(
        talks, SIDE_B, "plenary", "answer-request", request=talks.view(HOST, "plenary").entry(0).ref, answer="accepted"
    )


def test_offers_are_what_may_be_done(talks: Round) -> None:
    ref = ask(talks)
    assert offered(talks, SIDE_A, "plenary", "make-request") == [{}]
    assert offered(talks, SIDE_A, "plenary", "withdraw-request") == [{"request": ref}]
    assert offered(talks, SIDE_A, "plenary", "answer-request") == []
    assert offered(talks, SIDE_B, "plenary", "answer-request") == [{"request": ref}]
    assert offered(talks, HOST, "plenary", "answer-request") == []
    assert offered(talks, HOST, "plenary", "answer-request", "side-b") == [{"request": ref}]
    assert offered(talks, HOST, "host-room", "make-request") == []


def test_an_answer_minuted_and_objected_to_does_not_count(talks: Round) -> None:
    ref = ask(talks)
    talks.do(HOST, "plenary", "answer-request", "side-b", request=ref, answer="deferred")
    deferred = talks.last(HOST, "plenary")
    talks.do(HOST, "plenary", "answer-request", "side-b", request=ref, answer="accepted")
    minute = talks.last(HOST, "plenary")
    talks.do(SIDE_B, "plenary", "object-minute", entry=minute)
    assert (asked(talks, ref).status, asked(talks, ref).answers) == ("deferred", ((deferred, "deferred"),))
    talks.do(SIDE_B, "plenary", "object-minute", entry=deferred)
    assert asked(talks, ref).status == "open"
    talks.do(SIDE_B, "plenary", "answer-request", request=ref, answer="declined")
    assert asked(talks, ref).status == "declined"


def test_a_request_whose_minute_was_objected_to_asks_nothing(talks: Round) -> None:
    talks.do(HOST, "plenary", "make-request", "side-a", to="side-b", words="A call.")
    ref = talks.last(HOST, "plenary")
    talks.do(SIDE_A, "plenary", "object-minute", entry=ref)
    assert waits_for(talks, "side-b") == []
    assert "objected to the minute" in refused(
        talks, SIDE_B, "plenary", "answer-request", request=ref, answer="accepted"
    )


def test_nothing_waits_for_a_delegation_that_left(talks: Round) -> None:
    ask(talks)
    talks.do(SIDE_B, "plenary", "remove-delegation", delegation="side-b")
    assert waits_for(talks, "side-b") == []
