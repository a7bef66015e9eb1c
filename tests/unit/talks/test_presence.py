"""Presence: proposed by anyone, answered by each party, admitted by the host when all have consented."""

from __future__ import annotations

import pytest

from goodoffices.talks.presence import PRESENCE, Proposal, awaiting
from tests.people import HOST, OBSERVER, SIDE_A, SIDE_B, Round, add_room, open_round
from tests.refusals import refused

GUEST = {"code": "observer", "role": "third-party", "name": "An observer"}


@pytest.fixture
def talks() -> Round:
    return open_round()


def propose(talks: Round, who: str = SIDE_A, **raw: str) -> str:
    talks.do(who, "plenary", "propose-presence", **(GUEST | raw))
    return talks.last(HOST, "plenary")


def proposal(talks: Round, ref: str) -> Proposal:
    return talks.view(HOST, "plenary").state[PRESENCE].all[ref]


def test_admitted_once_each_party_has_consented(talks: Round) -> None:
    ref = propose(talks)
    assert "Not every party" in refused(talks, HOST, "plenary", "admit-delegation", proposal=ref)
    talks.do(SIDE_A, "plenary", "consent-presence", proposal=ref)
    talks.do(HOST, "plenary", "consent-presence", "side-b", proposal=ref)
    talks.do(HOST, "plenary", "admit-delegation", proposal=ref)
    assert talks.kinds(HOST, "plenary")[-1] == "delegation-admitted"
    seats = talks.view(HOST, "plenary").seats
    assert seats.present(talks.delegation("plenary", "observer"))
    assert [a.how for a in proposal(talks, ref).answers.values()] == ["entered", "minuted"]
    assert proposal(talks, ref).status == "admitted"
    talks.do(HOST, "plenary", "accredit-delegate", person=OBSERVER, delegation="observer")
    assert talks.view(OBSERVER, "plenary").entry(0).kind == "room-opened"


def test_one_party_declining_is_enough_and_the_other_may_still_answer(talks: Round) -> None:
    ref = propose(talks, HOST)
    talks.do(SIDE_B, "plenary", "decline-presence", proposal=ref, reason="Not now.")
    assert proposal(talks, ref).declined
    talks.do(SIDE_A, "plenary", "consent-presence", proposal=ref)
    assert "A party declined" in refused(talks, HOST, "plenary", "admit-delegation", proposal=ref)


def test_each_party_answers_once(talks: Round) -> None:
    ref = propose(talks)
    talks.do(SIDE_A, "plenary", "consent-presence", proposal=ref)
    assert refused(talks, SIDE_A, "plenary", "decline-presence", proposal=ref) == (
        "Your delegation has consented already."
    )
    assert "by the parties" in refused(talks, HOST, "plenary", "consent-presence", proposal=ref)


def test_an_answer_minuted_falls_with_the_objection(talks: Round) -> None:
    ref = propose(talks)
    talks.do(HOST, "plenary", "decline-presence", "side-b", proposal=ref)
    talks.do(SIDE_B, "plenary", "object-minute", entry=talks.last(HOST, "plenary"))
    assert proposal(talks, ref).answers == {}
    talks.do(SIDE_B, "plenary", "consent-presence", proposal=ref)
    assert not proposal(talks, ref).declined


def test_a_party_takes_its_answer_back_by_correcting_it(talks: Round) -> None:
    ref = propose(talks)
    talks.do(SIDE_B, "plenary", "consent-presence", proposal=ref)
    consent = talks.last(HOST, "plenary")
    talks.do(HOST, "plenary", "correct-entry", entry=consent, says="They meant something else, I believe.")
    assert len(proposal(talks, ref).answers) == 1
    talks.do(SIDE_B, "plenary", "correct-entry", entry=consent, says="We had no instructions yet.")
    assert proposal(talks, ref).answers == {}


def test_withdrawn_by_its_proposer(talks: Round) -> None:
    ref = propose(talks)
    assert "by the delegation that made it" in refused(talks, SIDE_B, "plenary", "withdraw-proposal", proposal=ref)
    talks.do(SIDE_A, "plenary", "withdraw-proposal", proposal=ref)
    assert refused(talks, SIDE_A, "plenary", "consent-presence", proposal=ref) == (
        "This proposal was withdrawn already."
    )
    assert "withdrawn already" in refused(talks, SIDE_A, "plenary", "withdraw-proposal", proposal=ref)
    assert propose(talks) != ref  # and may be proposed anew


def test_nobody_comes_twice(talks: Round) -> None:
    propose(talks)
    assert "is proposed already" in refused(talks, SIDE_B, "plenary", "propose-presence", **GUEST)
    assert "sits in this room already" in refused(
        talks, HOST, "plenary", "propose-presence", **(GUEST | {"code": "side-a"})
    )


def test_a_delegation_keeps_its_id_wherever_it_sits_and_when_it_comes_back(talks: Round) -> None:
    add_room(talks, HOST, "plenary", kind="format", name="aides", guests=[GUEST])
    ref = propose(talks, HOST)
    assert proposal(talks, ref).delegation["id"] == talks.delegation("aides", "observer")
    other = proposal(talks, propose(talks, SIDE_A, code="neighbour"))  # side A knows of no such delegation
    assert other.delegation["id"] not in talks.view(HOST, "aides").seats.delegations
    side_b = talks.delegation("plenary", "side-b")
    talks.do(SIDE_B, "plenary", "remove-delegation", delegation="side-b")
    back = proposal(talks, propose(talks, SIDE_A, code="side-b", role="party"))
    assert back.delegation["id"] == side_b


def test_rooms_closed_by_kind(talks: Round) -> None:
    for who, room in ((SIDE_A, "caucus-a"), (HOST, "host-room")):
        assert "for those in it alone" in refused(talks, who, room, "propose-presence", **GUEST)


def test_a_room_without_parties_asks_nobody(talks: Round) -> None:
    add_room(talks, HOST, "plenary", kind="format", name="aides", guests=[GUEST])
    talks.do(HOST, "aides", "propose-presence", code="other", role="third-party", name="Another")
    talks.do(HOST, "aides", "admit-delegation", proposal=talks.last(HOST, "aides"))
    assert talks.kinds(HOST, "aides")[-1] == "delegation-admitted"


def test_leaving_and_being_removed(talks: Round) -> None:
    assert "leaves by its own act" in refused(talks, SIDE_A, "plenary", "remove-delegation", delegation="side-b")
    assert "The host stays" in refused(talks, HOST, "plenary", "remove-delegation", delegation="host")
    talks.do(SIDE_A, "plenary", "remove-delegation", delegation="side-a", reason="Instructions from home.")
    left = talks.view(SIDE_A, "plenary")
    assert (left.entries()[-1].kind, left.seat()) == ("delegation-removed", None)
    talks.do(HOST, "plenary", "call-meeting", code="second")
    assert talks.view(SIDE_A, "plenary").size == left.size
    assert "You do not sit in this room" in refused(talks, SIDE_A, "plenary", "propose-presence", **GUEST)
    assert "does not sit" in refused(talks, HOST, "plenary", "remove-delegation", delegation="side-a")


def test_what_waits_for_whom(talks: Round) -> None:
    ref = propose(talks)

    def waiting() -> dict[str, list[str]]:
        state = talks.view(HOST, "plenary").state
        codes = ("host", "side-a", "side-b")
        return {code: [a.rule for a in awaiting(state, talks.delegation("plenary", code))] for code in codes}

    assert waiting() == {"host": [], "side-a": ["consent-presence"], "side-b": ["consent-presence"]}
    talks.do(SIDE_A, "plenary", "consent-presence", proposal=ref)
    talks.do(SIDE_B, "plenary", "consent-presence", proposal=ref)
    assert waiting() == {"host": ["admit-delegation"], "side-a": [], "side-b": []}
    talks.do(HOST, "plenary", "admit-delegation", proposal=ref)
    assert waiting() == {"host": [], "side-a": [], "side-b": []}
