"""Papers: presented to delegations in the room, received once by each, an outcome where they are of substance."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.papers.presented import PAPERS, Presented, awaiting, outcomes
from goodoffices.talks.outcomes import PAPER_PRESENTED, Outcome
from tests.offers import offered, reads_back
from tests.people import HOST, SIDE_A, SIDE_B, Round, open_round
from tests.refusals import refused

PAPER = {"content": b"%PDF-1.7 not really", "media": "application/pdf", "name": "vision.pdf"}


@pytest.fixture
def talks() -> Round:
    return open_round()


def raw(to: list[str], purpose: str = "conditions") -> dict[str, Any]:
    return {"paper": PAPER, "title": "Conditions of side A", "to": to, "purpose": purpose}


def present(talks: Round, who: str = SIDE_A, *, purpose: str = "conditions", behalf: str | None = None) -> str:
    talks.do(who, "plenary", "present-paper", behalf, **raw(["side-b", "host"] if who == SIDE_A else ["host"], purpose))
    return talks.last(HOST, "plenary")


def paper(talks: Round, ref: str) -> Presented:
    return talks.view(HOST, "plenary").state[PAPERS].all[ref]


def waits_for(talks: Round, code: str) -> list[str]:
    state = talks.view(HOST, "plenary").state
    return [a.about for a in awaiting(state, talks.delegation("plenary", code))]


def found(talks: Round) -> tuple[Outcome, ...]:
    return outcomes(talks.view(HOST, "plenary").state)


def test_a_paper_is_kept_whole_and_cited(talks: Round) -> None:
    ref = present(talks)
    view = talks.view(SIDE_B, "plenary")
    cited = view.find(ref).body["paper"]
    assert (cited["size"], cited["media"]) == (len(b"%PDF-1.7 not really"), "application/pdf")
    contents = {p.content for p in view.particulars([cited["paper"], cited["name"]]).values()}
    assert contents == {b"%PDF-1.7 not really", b"vision.pdf"}
    host, a, b = (talks.delegation("plenary", code) for code in ("host", "side-a", "side-b"))
    assert paper(talks, ref) == Presented(ref, a, (b, host), "conditions")


def test_received_once_by_each_it_was_presented_to(talks: Round) -> None:
    ref = present(talks)
    assert [waits_for(talks, code) for code in ("host", "side-a", "side-b")] == [[ref], [], [ref]]
    talks.do(SIDE_B, "plenary", "receive-paper", presented=ref)
    assert paper(talks, ref).received == {talks.delegation("plenary", "side-b"): talks.last(HOST, "plenary")}
    assert [waits_for(talks, code) for code in ("host", "side-a", "side-b")] == [[ref], [], []]
    assert refused(talks, SIDE_B, "plenary", "receive-paper", presented=ref) == (
        "Your delegation has received this paper already."
    )
    assert refused(talks, SIDE_A, "plenary", "receive-paper", presented=ref) == (
        "This paper was not presented to your delegation."
    )
    assert reads_back(talks, HOST, "plenary")


def test_presented_to_others_in_the_room(talks: Round) -> None:
    words = "A delegation you present the paper to does not sit in this room."
    assert refused(talks, SIDE_A, "caucus-a", "present-paper", **raw(["side-b"])) == words
    assert refused(talks, SIDE_A, "plenary", "present-paper", **raw(["side-b", "side-a"])) == (
        "A delegation does not present a paper to itself."
    )
    assert "this is needed" in refused(talks, SIDE_A, "plenary", "present-paper", **raw([]))
    empty = raw(["host"]) | {"paper": PAPER | {"content": b""}}
    assert "The paper is empty" in refused(talks, SIDE_A, "plenary", "present-paper", **empty)


def test_named_twice_it_is_presented_once(talks: Round) -> None:
    talks.do(SIDE_A, "plenary", "present-paper", **raw(["host", "host"]))
    assert paper(talks, talks.last(HOST, "plenary")).to == (talks.delegation("plenary", "host"),)


def test_offers_are_what_may_be_done(talks: Round) -> None:
    ref = present(talks)
    assert offered(talks, SIDE_A, "plenary", "receive-paper") == []
    assert offered(talks, SIDE_B, "plenary", "receive-paper") == [{"presented": ref}]
    assert offered(talks, HOST, "plenary", "receive-paper", "side-b") == [{"presented": ref}]
    assert offered(talks, SIDE_A, "plenary", "present-paper") == [{}]
    assert offered(talks, HOST, "host-room", "present-paper") == []


def test_a_receipt_minuted_and_objected_to_does_not_count(talks: Round) -> None:
    ref = present(talks)
    talks.do(HOST, "plenary", "receive-paper", "side-b", presented=ref)
    talks.do(SIDE_B, "plenary", "object-minute", entry=talks.last(HOST, "plenary"))
    assert (paper(talks, ref).received, waits_for(talks, "side-b")) == ({}, [ref])


def test_a_paper_whose_minute_was_objected_to_was_not_presented(talks: Round) -> None:
    ref = present(talks, HOST, behalf="side-a")
    assert [o.refs for o in found(talks)] == [(ref,)]
    talks.do(SIDE_A, "plenary", "object-minute", entry=ref)
    assert (found(talks), waits_for(talks, "host")) == ((), [])
    assert "objected to the minute" in refused(talks, HOST, "plenary", "receive-paper", presented=ref)


def test_outcomes_are_papers_of_substance(talks: Round) -> None:
    present(talks, SIDE_A, purpose="letter")
    first, second = present(talks, SIDE_A, purpose="conditions"), present(talks, SIDE_A, purpose="proposal")
    third = present(talks, SIDE_B, purpose="proposal")
    a, b = (talks.delegation("plenary", code) for code in ("side-a", "side-b"))
    assert found(talks) == (
        Outcome(PAPER_PRESENTED, a, (first, second)),
        Outcome(PAPER_PRESENTED, b, (third,)),
    )


def test_nothing_waits_for_a_delegation_that_left(talks: Round) -> None:
    present(talks)
    talks.do(SIDE_B, "plenary", "remove-delegation", delegation="side-b")
    assert waits_for(talks, "side-b") == []
