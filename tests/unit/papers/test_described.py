"""Papers that were presented without being handed in: whose and how, as far as it is known."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.papers.described import DESCRIBED, outcomes
from goodoffices.readouts.brought import outcomes as all_outcomes
from goodoffices.talks import gate
from goodoffices.talks.gate import Came
from goodoffices.talks.outcomes import PAPER_DESCRIBED, Outcome
from tests.offers import offered, reads_back
from tests.people import HOST, SIDE_A, SIDE_B, Round, open_round
from tests.refusals import refused

PAPER = {"purpose": "conditions", "how": "sent-ahead"}


@pytest.fixture
def talks() -> Round:
    return open_round()


def describe(talks: Round, who: str = HOST, behalf: str | None = None, **raw: Any) -> str:
    talks.do(who, "plenary", "describe-paper", behalf, **PAPER | raw)
    return talks.last(HOST, "plenary")


def found(talks: Round) -> tuple[Outcome, ...]:
    return outcomes(talks.view(HOST, "plenary").state)


def test_nobody_is_named_where_it_is_not_known(talks: Round) -> None:
    ref = describe(talks, about="One side's paper.")
    body = talks.view(SIDE_A, "plenary").find(ref).body
    assert (body["whose"], body["to"], body["how"]) == (None, [], "sent-ahead")
    assert found(talks) == ()
    assert reads_back(talks, HOST, "plenary")


def test_a_paper_of_a_party_counts_and_is_shown_as_described(talks: Round) -> None:
    talks.do(HOST, "plenary", "set-next-meeting", first=[{"what": "papers-presented-by-each-party"}])
    a = talks.delegation("plenary", "side-a")
    ref = describe(talks, whose="side-a", to=["side-b"])
    assert found(talks) == (Outcome(PAPER_DESCRIBED, a, (ref,)),)
    room = talks.view(HOST, "plenary").state
    (one,) = gate.first(room, all_outcomes(room))
    assert (one.met, one.came) == (False, (Came(a, "described", (ref,)),))


@pytest.mark.parametrize("raw", [{"known": "reported"}, {"known": "anonymous"}, {"purpose": "letter"}])
def test_hearsay_and_letters_do_not_count(talks: Round, raw: dict[str, str]) -> None:
    describe(talks, whose="side-a", **raw)
    assert found(talks) == ()


def test_by_the_host_or_by_whose_paper_it_is(talks: Round) -> None:
    a = talks.delegation("plenary", "side-a")
    assert offered(talks, HOST, "plenary", "describe-paper") == [{}]
    assert offered(talks, SIDE_A, "plenary", "describe-paper") == [{"whose": a}]
    describe(talks, SIDE_A, whose="side-a")
    for raw in ({"whose": "side-a"}, {}):
        assert refused(talks, SIDE_B, "plenary", "describe-paper", **PAPER | raw) == (
            "A paper is described by the delegation whose paper it is, or by the host."
        )
    assert refused(talks, HOST, "plenary", "describe-paper", **PAPER, whose="side-a", to=["side-a"]) == (
        "A delegation does not present a paper to itself."
    )
    talks.do(SIDE_B, "plenary", "remove-delegation", delegation="side-b")
    gone = "A delegation you name does not sit in this room."
    assert refused(talks, HOST, "plenary", "describe-paper", **PAPER, whose="side-b") == gone


def test_taken_back_by_who_described_it(talks: Round) -> None:
    own, minuted = describe(talks, whose="side-a"), describe(talks, behalf="side-b", whose="side-b")
    talks.do(SIDE_A, "plenary", "describe-paper", **PAPER, whose="side-a")
    last = talks.last(HOST, "plenary")
    talks.do(HOST, "plenary", "correct-entry", entry=last, says="No.")
    talks.do(HOST, "plenary", "correct-entry", entry=own, says="Not so.")
    talks.do(SIDE_B, "plenary", "object-minute", entry=minuted)
    assert list(talks.view(HOST, "plenary").state[DESCRIBED].all) == [last]
