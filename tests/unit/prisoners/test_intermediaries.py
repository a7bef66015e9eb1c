"""Accepting an intermediary: both sides must, and either may change its mind."""

from __future__ import annotations

import pytest

from goodoffices.prisoners.intermediaries import INTERMEDIARIES, intermediary
from tests.listing import GUEST, NEUTRAL
from tests.offers import offered, reads_back
from tests.people import HOST, SIDE_A, SIDE_B, Round, add_room, open_round
from tests.refusals import refused


@pytest.fixture
def talks() -> Round:
    talks = open_round()
    add_room(talks, HOST, "plenary", kind="format", name="exchange", members=["side-a", "side-b"], guests=[GUEST])
    talks.do(HOST, "exchange", "accredit-delegate", person=NEUTRAL, delegation="neutral")
    return talks


def accepted(talks: Round) -> str | None:
    found = intermediary(talks.view(HOST, "exchange").state)
    codes = {d.id: d.code for d in talks.view(HOST, "exchange").seats.delegations.values()}
    return codes[found.delegation] if found else None


def propose(talks: Round, who: str = HOST, delegation: str = "neutral") -> str:
    talks.do(who, "exchange", "propose-intermediary", delegation=delegation)
    return talks.last(HOST, "exchange")


def test_accepted_once_both_sides_accept(talks: Round) -> None:
    proposal = propose(talks)
    assert accepted(talks) is None
    talks.do(SIDE_A, "exchange", "accept-intermediary", proposal=proposal)
    assert accepted(talks) is None
    talks.do(SIDE_B, "exchange", "accept-intermediary", proposal=proposal)
    assert accepted(talks) == "neutral"
    assert reads_back(talks, HOST, "exchange")


def test_one_declining_is_enough_also_later(talks: Round) -> None:
    proposal = propose(talks)
    for side in (SIDE_A, SIDE_B):
        talks.do(side, "exchange", "accept-intermediary", proposal=proposal)
    talks.do(SIDE_B, "exchange", "decline-intermediary", proposal=proposal, reason="It speaks for one of us.")
    assert accepted(talks) is None
    assert "has declined it already" in refused(talks, SIDE_B, "exchange", "decline-intermediary", proposal=proposal)


def test_the_host_may_be_the_intermediary_and_the_newest_accepted_counts(talks: Round) -> None:
    for proposal in (propose(talks), propose(talks, SIDE_A, "host")):
        for side in (SIDE_A, SIDE_B):
            talks.do(side, "exchange", "accept-intermediary", proposal=proposal)
    assert accepted(talks) == "host"


@pytest.mark.parametrize("delegation", ["side-a", "side-b"])
def test_a_side_is_no_intermediary(talks: Round, delegation: str) -> None:
    assert "third party" in refused(talks, HOST, "exchange", "propose-intermediary", delegation=delegation)


def test_where_only_one_side_sits_nobody_is_proposed(talks: Round) -> None:
    assert "both sides" in refused(talks, HOST, "caucus-a", "propose-intermediary", delegation="host")


def test_proposed_twice_or_answered_twice_is_refused(talks: Round) -> None:
    proposal = propose(talks)
    assert "proposed already" in refused(talks, SIDE_A, "exchange", "propose-intermediary", delegation="neutral")
    assert "parties" in refused(talks, NEUTRAL, "exchange", "accept-intermediary", proposal=proposal)
    talks.do(SIDE_A, "exchange", "accept-intermediary", proposal=proposal)
    assert "accepted it already" in refused(talks, SIDE_A, "exchange", "accept-intermediary", proposal=proposal)
    assert offered(talks, SIDE_B, "exchange", "accept-intermediary") == [{"proposal": proposal}]


def test_a_minuted_answer_that_is_objected_to_does_not_count(talks: Round) -> None:
    proposal = propose(talks)
    for side in ("side-a", "side-b"):
        talks.do(HOST, "exchange", "accept-intermediary", side, proposal=proposal)
    assert accepted(talks) == "neutral"
    minute = talks.last(HOST, "exchange")
    talks.do(SIDE_B, "exchange", "object-minute", entry=minute)
    assert accepted(talks) is None
    state = talks.view(HOST, "exchange").state[INTERMEDIARIES]
    assert {a.how for a in state.all[proposal].answers.values()} == {"minuted"}


def test_who_left_the_room_is_intermediary_no_more(talks: Round) -> None:
    proposal = propose(talks)
    for side in (SIDE_A, SIDE_B):
        talks.do(side, "exchange", "accept-intermediary", proposal=proposal)
    talks.do(HOST, "exchange", "remove-delegation", delegation="neutral")
    assert accepted(talks) is None
