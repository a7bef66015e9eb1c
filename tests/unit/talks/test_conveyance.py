"""Conveyance: with leave, once, to the delegation named, and nothing about where it comes from."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.record.entries import Entry, cited
from goodoffices.talks.conveyance import CONVEYANCES, awaiting
from tests.offers import offered, reads_back
from tests.people import HOST, SIDE_A, SIDE_B, Round, add_room, open_round
from tests.refusals import refused

POINT = "We could wait another week."


@pytest.fixture
def talks() -> Round:
    return open_round()


def ask(talks: Round) -> str:
    talks.do(HOST, "caucus-a", "ask-leave", to="side-b", point=POINT)
    return talks.last(HOST, "caucus-a")


def allow(talks: Round, behalf: str | None = None, **raw: Any) -> str:
    talks.do(HOST if behalf else SIDE_A, "caucus-a", "allow-conveyance", behalf, **raw)
    return talks.last(HOST, "caucus-a")


def carry(talks: Round, allowed: str) -> Entry:
    talks.do(HOST, "caucus-a", "carry-point", allowed=allowed, to_room="caucus-b", told_by="The envoy of side A")
    view = talks.view(SIDE_B, "caucus-b")
    return view.entry(view.size - 1)


def waits(talks: Round, room: str, code: str) -> list[tuple[str, str]]:
    state = talks.view(HOST, room).state
    return [(a.rule, a.about) for a in awaiting(state, talks.delegation(room, code))]


def carry_refused(talks: Round, allowed: str, to_room: str = "caucus-b") -> str:
    return refused(talks, HOST, "caucus-a", "carry-point", allowed=allowed, to_room=to_room)


@pytest.mark.parametrize("attributed", [True, False])
def test_one_act_carries_the_words_and_nothing_else(talks: Round, attributed: bool) -> None:
    allowed = allow(talks, asked=ask(talks), attributed=attributed)
    leave = talks.view(HOST, "caucus-a").find(allowed)
    point = leave.body["point"]
    conveyed = carry(talks, allowed)
    here = talks.view(HOST, "caucus-a")
    carried = here.entry(here.size - 1)
    assert (carried.kind, carried.body["allowed"]) == ("point-carried", allowed)
    assert (conveyed.kind, conveyed.header.act) == ("point-conveyed", carried.header.act)
    assert conveyed.body == {
        "point": conveyed.body["point"],
        "from": talks.delegation("plenary", "side-a") if attributed else None,
    }
    assert conveyed.body["point"] != point
    assert talks.view(SIDE_B, "caucus-b").words([conveyed.body["point"]]) == {conveyed.body["point"]: POINT}
    assert here.words([point]) == {point: POINT}


@pytest.mark.parametrize("attributed", [True, False])
def test_the_other_room_does_not_tell_where_it_comes_from(talks: Round, attributed: bool) -> None:
    carry(talks, allow(talks, to="side-b", point=POINT, attributed=attributed))
    side_a, source = talks.delegation("plenary", "side-a"), talks.view(HOST, "caucus-a")
    other = b"".join(talks.view(SIDE_B, "caucus-b").lines())
    planted = (side_a if attributed else talks.delegation("plenary", "side-b")).encode()
    assert planted in other  # what is looked for below would be found
    assert (side_a.encode() in other) is attributed
    assert source.id.encode() not in other
    for entry in source.entries():
        assert entry.ref.encode() not in other
        assert not [c for c in cited(entry.body) if c.encode() in other]


def test_leave_is_good_for_once(talks: Round) -> None:
    allowed = allow(talks, asked=ask(talks))
    assert waits(talks, "caucus-a", "host") == [("carry-point", allowed)]
    assert offered(talks, HOST, "caucus-a", "carry-point") == [{"allowed": allowed}]
    carry(talks, allowed)
    assert carry_refused(talks, allowed) == "This leave has been used; it is good for once."
    assert (waits(talks, "caucus-a", "host"), offered(talks, HOST, "caucus-a", "carry-point")) == ([], [])


def test_leave_is_for_the_delegation_named(talks: Round) -> None:
    guests = [{"code": "observer", "role": "third-party", "name": "Observer"}]
    add_room(talks, HOST, "plenary", kind="format", name="wide", members=["side-a", "side-b"], guests=guests)
    allowed = allow(talks, asked=ask(talks))
    words = "The leave is for one delegation: choose your caucus with it."
    for room in ("plenary", "caucus-a", "host-room", "wide", "public"):
        assert carry_refused(talks, allowed, room) == words
    carry(talks, allowed)


def test_not_into_other_talks(talks: Round) -> None:
    allowed = allow(talks, asked=ask(talks))
    receipts = talks.desk(HOST).open_talks(
        "f" * 32,
        {
            "name": "other",
            "title": "Other",
            "host_code": "host",
            "host_name": "Host",
            "sides": [{"code": c, "role": "party", "name": c} for c in ("one", "two")],
        },
    )
    assert "You sit in no room" in carry_refused(talks, allowed, receipts[0].room)


def test_only_the_host_asks_and_carries_only_the_delegation_answers(talks: Round) -> None:
    asked = ask(talks)
    assert refused(talks, SIDE_A, "caucus-a", "ask-leave", to="side-b", point="?") == (
        "Only the host asks for leave to carry a point."
    )
    for command, raw in (("allow-conveyance", {"asked": asked}), ("refuse-conveyance", {"asked": asked})):
        assert "not for the host" in refused(talks, HOST, "caucus-a", command, **raw)
        assert offered(talks, HOST, "caucus-a", command) == []
        assert {"asked": asked} in offered(talks, SIDE_A, "caucus-a", command)
        assert {"asked": asked} in offered(talks, HOST, "caucus-a", command, "side-a")
    allowed = allow(talks, asked=asked)
    assert refused(talks, SIDE_A, "caucus-a", "carry-point", allowed=allowed, to_room="caucus-a") == (
        "Only the host carries a point from one caucus to another."
    )
    assert offered(talks, SIDE_A, "caucus-a", "carry-point") == []


def test_between_caucuses_only(talks: Round) -> None:
    words = "Points are conveyed between caucuses; this room is not one."
    assert refused(talks, HOST, "plenary", "ask-leave", to="side-b", point="?") == words
    assert refused(talks, SIDE_A, "plenary", "allow-conveyance", to="side-b", point="?") == words
    for command in ("ask-leave", "allow-conveyance"):
        assert [offered(talks, who, "plenary", command) for who in (HOST, SIDE_A)] == [[], []]


def test_to_another_delegation_of_these_talks(talks: Round) -> None:
    assert "not to the one here" in refused(talks, HOST, "caucus-a", "ask-leave", to="side-a", point="?")
    assert "hears it here already" in refused(talks, SIDE_A, "caucus-a", "allow-conveyance", to="host", point="?")
    assert "No delegation called" in refused(talks, HOST, "caucus-a", "ask-leave", to="side-z", point="?")


def test_a_question_is_answered_once(talks: Round) -> None:
    asked = ask(talks)
    assert waits(talks, "caucus-a", "side-a") == [("allow-conveyance", asked)]
    talks.do(SIDE_A, "caucus-a", "refuse-conveyance", asked=asked, reason="Not yet.")
    assert waits(talks, "caucus-a", "side-a") == []
    for command in ("allow-conveyance", "refuse-conveyance"):
        assert refused(talks, SIDE_A, "caucus-a", command, asked=asked) == "Leave to carry this was refused already."
        assert {"asked": asked} not in offered(talks, SIDE_A, "caucus-a", command)
    assert reads_back(talks, HOST, "caucus-a")


def test_leave_may_be_for_other_words_but_not_to_another(talks: Round) -> None:
    asked = ask(talks)
    add_room(
        talks,
        HOST,
        "plenary",
        kind="format",
        name="wide",
        members=["side-a"],
        guests=[{"code": "observer", "role": "third-party", "name": "Observer"}],
    )
    assert "to another delegation than the one you name" in refused(
        talks, HOST, "caucus-a", "allow-conveyance", "side-a", asked=asked, to="observer"
    )
    conveyed = carry(talks, allow(talks, asked=asked, to="side-b", point="A few days at most."))
    assert talks.view(SIDE_B, "caucus-b").words([conveyed.body["point"]]) == {
        conveyed.body["point"]: "A few days at most."
    }


def test_leave_unasked_says_what_and_to_whom(talks: Round) -> None:
    for raw in ({"to": "side-b"}, {"point": POINT}):
        assert refused(talks, SIDE_A, "caucus-a", "allow-conveyance", **raw) == (
            "Say which point the host may carry, and to which delegation."
        )
    carry(talks, allow(talks, to="side-b", point=POINT))


def test_minuted_leave_objected_to_is_gone_and_the_question_open(talks: Round) -> None:
    asked = ask(talks)
    allowed = allow(talks, behalf="side-a", asked=asked)
    talks.do(SIDE_A, "caucus-a", "object-minute", entry=allowed)
    assert "objected to the minute" in carry_refused(talks, allowed)
    assert waits(talks, "caucus-a", "side-a") == [("allow-conveyance", asked)]
    talks.do(HOST, "caucus-a", "refuse-conveyance", "side-a", asked=asked)
    talks.do(SIDE_A, "caucus-a", "object-minute", entry=talks.last(HOST, "caucus-a"))
    carry(talks, allow(talks, asked=asked))


def test_corrected_leave_is_gone(talks: Round) -> None:
    allowed = allow(talks, asked=ask(talks))
    talks.do(SIDE_A, "caucus-a", "correct-entry", entry=allowed, says="Only next week.")
    assert carry_refused(talks, allowed) == "This leave was corrected after it was given. Ask for leave anew."
    asked = ask(talks)
    talks.do(HOST, "caucus-a", "correct-entry", entry=asked, says="A day.")
    assert "asked anew" in refused(talks, SIDE_A, "caucus-a", "allow-conveyance", asked=asked)


def test_erased_words_are_not_carried(talks: Round) -> None:
    allowed = allow(talks, asked=ask(talks))
    talks.do(SIDE_A, "caucus-a", "erase-particulars", entry=allowed, reason="named-in-error")
    assert carry_refused(talks, allowed) == ("The words of this leave have been erased, so there is nothing to carry.")


def test_a_point_is_answered_once_in_its_room(talks: Round) -> None:
    conveyed = carry(talks, allow(talks, asked=ask(talks)))
    assert waits(talks, "caucus-b", "side-b") == [("answer-conveyed", conveyed.ref)]
    assert offered(talks, SIDE_B, "caucus-b", "answer-conveyed") == [{"conveyed": conveyed.ref}]
    assert "not for the host" in refused(talks, HOST, "caucus-b", "answer-conveyed", conveyed=conveyed.ref, words="?")
    size = talks.view(HOST, "caucus-a").size
    talks.do(HOST, "caucus-b", "answer-conveyed", "side-b", conveyed=conveyed.ref, words="Too long.")
    talks.do(SIDE_B, "caucus-b", "object-minute", entry=talks.last(HOST, "caucus-b"))
    talks.do(SIDE_B, "caucus-b", "answer-conveyed", conveyed=conveyed.ref, words="A week is too long.")
    answer = talks.last(HOST, "caucus-b")
    assert talks.view(HOST, "caucus-b").state[CONVEYANCES].conveyed == {conveyed.ref: answer}
    assert refused(talks, SIDE_B, "caucus-b", "answer-conveyed", conveyed=conveyed.ref, words="?") == (
        "Your delegation has answered this point already."
    )
    assert waits(talks, "caucus-b", "side-b") == []
    assert talks.view(HOST, "caucus-a").size == size
    assert reads_back(talks, HOST, "caucus-b")


def test_a_closed_caucus_takes_no_point(talks: Round) -> None:
    allowed = allow(talks, asked=ask(talks))
    talks.do(HOST, "caucus-b", "close-room")
    assert "closed" in carry_refused(talks, allowed)
    assert waits(talks, "caucus-a", "host") == [("carry-point", allowed)]
