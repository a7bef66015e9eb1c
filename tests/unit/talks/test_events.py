"""Events outside the rooms are noted by anyone seated, expected or past, with what is known of their time."""

from __future__ import annotations

from tests.offers import offered, reads_back
from tests.people import HOST, SIDE_A, SIDE_B, open_round
from tests.refusals import refused


def test_an_event_keeps_its_hedges() -> None:
    talks = open_round()
    talks.do(
        SIDE_A,
        "plenary",
        "note-event",
        what="departure",
        expected=True,
        words="Side B is expected to leave this evening.",
        happened="2030-01-15",
        told_by="The host's envoy",
        known="reported",
    )
    view = talks.view(HOST, "plenary")
    entry = view.entry(view.size - 1)
    words, told_by = entry.body["words"], entry.body["told_by"]
    assert dict(entry.body) == {
        "what": "departure",
        "expected": True,
        "words": words,
        "told_by": told_by,
        "happened": "2030-01-15",
        "known": "reported",
    }
    assert view.words([words, told_by]) == {
        words: "Side B is expected to leave this evening.",
        told_by: "The host's envoy",
    }
    assert reads_back(talks, HOST, "plenary")


def test_an_event_without_a_time_has_none() -> None:
    talks = open_round()
    talks.do(HOST, "plenary", "note-event", what="call", words="A call with others.")
    view = talks.view(HOST, "plenary")
    assert sorted(view.entry(view.size - 1).body) == ["expected", "what", "words"]


def test_noted_by_those_seated() -> None:
    talks = open_round()
    assert [offered(talks, who, "plenary", "note-event") for who in (HOST, SIDE_A, SIDE_B)] == [[{}]] * 3
    assert "choose one of" in refused(talks, SIDE_A, "plenary", "note-event", what="rumour", words="?")
