"""Ground rules: proposed by the host, agreed by each party, in force when all parties in the room agree."""

from __future__ import annotations

import pytest

from goodoffices.talks.ground_rules import GROUND_RULES, awaiting, in_force
from tests.people import HOST, SIDE_A, SIDE_B, Round, open_round
from tests.refusals import refused

TERMS = {"publish": "host", "quote": "attributed", "notes": "everyone", "records": "given-to-each"}


@pytest.fixture
def talks() -> Round:
    return open_round()


def propose(talks: Round, room: str = "plenary", **terms: str) -> str:
    talks.do(HOST, room, "propose-ground-rules", **(TERMS | terms))
    return talks.last(HOST, room)


def force(talks: Round) -> str | None:
    rules = in_force(talks.view(HOST, "plenary").state)
    return rules.ref if rules else None


def test_in_force_once_every_party_has_agreed(talks: Round) -> None:
    rules = propose(talks)
    assert force(talks) is None
    talks.do(SIDE_A, "plenary", "agree-ground-rules", rules=rules)
    assert force(talks) is None
    talks.do(SIDE_B, "plenary", "agree-ground-rules", rules=rules)
    assert force(talks) == rules
    agreed = talks.view(HOST, "plenary").state[GROUND_RULES].all[rules].agreed
    assert [given.how for given in agreed.values()] == ["entered", "entered"]


def test_older_rules_stay_until_newer_ones_are_agreed(talks: Round) -> None:
    older, newer = propose(talks), propose(talks, publish="nobody")
    for side in (SIDE_A, SIDE_B):
        talks.do(side, "plenary", "agree-ground-rules", rules=older)
    assert force(talks) == older
    for side in (SIDE_A, SIDE_B):
        talks.do(side, "plenary", "agree-ground-rules", rules=newer)
    assert force(talks) == newer


def test_rules_that_were_replaced_take_no_agreement(talks: Round) -> None:
    older, newer = propose(talks), propose(talks)
    for side in (SIDE_A, SIDE_B):
        talks.do(side, "plenary", "agree-ground-rules", rules=newer)
    assert "replaced by newer ones" in refused(talks, SIDE_A, "plenary", "agree-ground-rules", rules=older)


def test_a_party_admitted_later_agrees_too(talks: Round) -> None:
    rules = propose(talks)
    for side in (SIDE_A, SIDE_B):
        talks.do(side, "plenary", "agree-ground-rules", rules=rules)
    talks.do(HOST, "plenary", "propose-presence", code="side-c", role="party", name="Side C")
    proposal = talks.last(HOST, "plenary")
    for side in ("side-a", "side-b"):
        talks.do(HOST, "plenary", "consent-presence", side, proposal=proposal)
    talks.do(HOST, "plenary", "admit-delegation", proposal=proposal)
    assert force(talks) is None
    talks.do(HOST, "plenary", "agree-ground-rules", "side-c", rules=rules)
    assert force(talks) == rules


def test_an_agreement_minuted_falls_with_the_objection(talks: Round) -> None:
    rules = propose(talks)
    talks.do(SIDE_A, "plenary", "agree-ground-rules", rules=rules)
    talks.do(HOST, "plenary", "agree-ground-rules", "side-b", rules=rules)
    assert force(talks) == rules
    talks.do(SIDE_B, "plenary", "object-minute", entry=talks.last(HOST, "plenary"))
    assert force(talks) is None
    talks.do(SIDE_B, "plenary", "agree-ground-rules", rules=rules)
    assert force(talks) == rules


def test_who_may_propose_and_agree(talks: Round) -> None:
    assert refused(talks, SIDE_A, "plenary", "propose-ground-rules", **TERMS) == "Only the host proposes ground rules."
    assert "no party in this room" in refused(talks, HOST, "host-room", "propose-ground-rules", **TERMS)
    rules = propose(talks)
    assert "by the parties" in refused(talks, HOST, "plenary", "agree-ground-rules", rules=rules)
    talks.do(SIDE_A, "plenary", "agree-ground-rules", rules=rules)
    assert "agreed to these ground rules already" in refused(
        talks, SIDE_A, "plenary", "agree-ground-rules", rules=rules
    )


def test_each_room_has_its_own(talks: Round) -> None:
    rules = propose(talks, "caucus-a")
    assert "not on this room's record" in refused(talks, SIDE_A, "plenary", "agree-ground-rules", rules=rules)


def test_the_newest_wait_for_each_party(talks: Round) -> None:
    propose(talks)
    newest = propose(talks)
    state = talks.view(HOST, "plenary").state
    waiting = {
        code: [a.about for a in awaiting(state, talks.delegation("plenary", code))] for code in ("host", "side-a")
    }
    assert waiting == {"host": [], "side-a": [newest]}
