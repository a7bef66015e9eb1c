"""Statements keep who is said to have said what, where, by whom relayed and how we know; nothing is filled in."""

from __future__ import annotations

from tests.offers import offered, reads_back
from tests.people import HOST, SIDE_A, SIDE_B, open_round
from tests.refusals import refused


def test_a_statement_keeps_its_hedges() -> None:
    talks = open_round()
    talks.do(HOST, "plenary", "note-event", what="publication", words="A report.")
    about = talks.last(HOST, "plenary")
    talks.do(
        HOST,
        "plenary",
        "record-statement",
        speaker="The envoy of side B",
        speaker_delegation="side-b",
        verb="threatened",
        gist="More would be taken.",
        setting="not-stated",
        relayed_by="A weekly, citing a source it does not name",
        condition="If side A does not withdraw.",
        about=about,
        known="anonymous",
    )
    view = talks.view(SIDE_A, "plenary")
    body = view.entry(view.size - 1).body
    words = view.words([body[name] for name in ("speaker", "gist", "relayed_by", "condition")])
    assert {name: words.get(value, value) for name, value in body.items()} == {
        "speaker": "The envoy of side B",
        "speaker_delegation": talks.delegation("plenary", "side-b"),
        "function": None,
        "verb": "threatened",
        "gist": "More would be taken.",
        "exact": False,
        "setting": "not-stated",
        "channel": None,
        "relayed_by": "A weekly, citing a source it does not name",
        "condition": "If side A does not withdraw.",
        "about": about,
        "known": "anonymous",
    }
    assert reads_back(talks, HOST, "plenary")


def test_recorded_by_anyone_seated_about_an_entry_of_this_room() -> None:
    talks = open_round()
    assert [offered(talks, who, "plenary", "record-statement") for who in (HOST, SIDE_A, SIDE_B)] == [[{}]] * 3
    elsewhere = talks.view(HOST, "caucus-a").entry(0).ref
    assert "not on this room's record" in refused(
        talks, HOST, "plenary", "record-statement", verb="said", gist="?", setting="public", about=elsewhere
    )
    assert "choose one of" in refused(
        talks, HOST, "plenary", "record-statement", verb="lied", gist="?", setting="public"
    )
