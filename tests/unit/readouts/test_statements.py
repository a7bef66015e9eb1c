"""Statements as a reader meets them: by speaker, issue, channel and degree, each with how it came to us."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.readouts import statements as read
from goodoffices.readouts.statements import Filter
from tests.people import HOST, SIDE_A, SIDE_B, Round, add_room, open_round

SAID: dict[str, Any] = {"verb": "said", "gist": "?", "setting": "public"}


def record(talks: Round, gist: str, room: str = "plenary", who: str = HOST, **more: Any) -> str:
    talks.do(who, room, "record-statement", **SAID | {"gist": gist} | more)
    return talks.last(who, room)


@pytest.fixture(scope="module")
def talks() -> Round:
    """Five statements in the plenary, some of them related, resolved and identified."""
    talks = open_round()
    ben = record(talks, "One.", speaker="Ben", function="Envoy", issues=["lists"], known="on-record", channel="speech")
    record(talks, "Two.", same_speaker=ben, verb="demanded", issues=["lists", "truce"], speaker_delegation="side-b")
    open_ = [{"what": "reference", "words": "those areas", "note": "Not clear."}]
    relays = [{"by": "A source", "role": "person"}, {"by": "A weekly", "role": "outlet"}]
    third = record(
        talks, "Drei.", described="Somebody", open=open_, known="anonymous", relays=relays, describes=["first"],
        language="de", translations=[{"language": "en", "words": "Three.", "by": "An interpreter"}],
        places=[{"code": "UA-63"}],
    )  # fmt: skip
    record(talks, "Four.", speaker_person=SIDE_A, channel="social-media", channel_name="X", known="reported")
    talks.do(SIDE_B, "plenary", "resolve-reference", statement=third, item=1, means="The north.", source="A map")
    talks.do(SIDE_A, "plenary", "relate-statements", statement=ben, how="contradicts", to=third, words="In number.")
    talks.do(SIDE_A, "plenary", "identify-speaker", statement=third, same_speaker=ben, source="A memoir")
    record(talks, "Five.", speaker_delegation="side-a")
    return talks


def gists(talks: Round, **asked: Any) -> list[str]:
    return [one.gist for one in read.listed(talks.view(SIDE_A, "plenary"), Filter(**asked)).rows]


def test_by_what_they_carry_the_newest_first(talks: Round) -> None:
    ben = next(e.ref for e in talks.view(HOST, "plenary").entries() if e.kind == "statement-recorded")
    found = {
        "all": gists(talks),
        "speaker": gists(talks, speaker=ben),
        "person": gists(talks, speaker=SIDE_A),
        "as such": gists(talks, speaker=talks.delegation("plenary", "side-a")),
        "delegation": gists(talks, delegation=talks.delegation("plenary", "side-b")),
        "issue": gists(talks, issue="lists"),
        "two": gists(talks, issue="lists", verb="demanded"),
        "channel": gists(talks, channel="social-media"),
        "known": gists(talks, known="not-stated"),
        "place": gists(talks, place="UA"),
        "meeting": gists(talks, meeting="first"),
        "open": gists(talks, open=True),
        "nothing": gists(talks, verb="demanded", channel="speech"),
    }
    assert found == {
        "all": ["Five.", "Four.", "Drei.", "Two.", "One."],
        "speaker": ["Drei.", "Two.", "One."],  # one of them because somebody says so
        "person": ["Four."],
        "as such": ["Five."],
        "delegation": ["Two."],
        "issue": ["Two.", "One."],
        "two": ["Two."],
        "channel": ["Four."],
        "known": ["Five.", "Two."],
        "place": ["Drei."],
        "meeting": ["Drei."],
        "open": [],
        "nothing": [],
    }


def test_a_page_says_where_the_next_begins(talks: Round) -> None:
    view = talks.view(HOST, "plenary")
    first = read.listed(view, most=2)
    second = read.listed(view, below=first.older, most=2)
    last = read.listed(view, below=second.older, most=2)
    assert [[one.gist for one in page.rows] for page in (first, second, last)] == [
        ["Five.", "Four."],
        ["Drei.", "Two."],
        ["One."],
    ]
    assert (first.found, first.of, last.older) == (5, 5, None)


def test_how_it_came_to_us_and_what_others_say_of_it(talks: Round) -> None:
    view = talks.view(SIDE_A, "plenary")
    drei = read.listed(view, Filter(meeting="first")).rows[0]
    assert drei.path == ("Somebody", "A source (person)", "A weekly (outlet)", "this record, entered by Host country")
    assert (drei.label, [(t.language, t.by, t.text) for t in drei.translations]) == (
        "In substance (German)",
        [("en", "An interpreter", "Three.")],
    )
    (item,) = drei.open
    assert (item.number, item.label, item.words, item.still) == (
        1,
        "Left open, whom or what it means",
        "“those areas”: Not clear.",
        False,
    )
    assert [(a.who, a.means, a.source, a.struck) for a in item.answers] == [("Side B", "The north.", "A map", False)]
    assert [(a.who, a.means, a.source) for a in drei.identified] == [("Side A", "Ben, Envoy", "A memoir")]
    assert [(b.label, b.gist, b.who, b.words) for b in drei.bearings] == [
        ("is contradicted by", "One.", "Side A", "In number.")
    ]
    assert [label.code for label in drei.labels] == ["entered", "anonymous"]


def test_the_same_speaker_is_named_as_where_they_were_first_recorded(talks: Round) -> None:
    speakers = {one.gist: one.speaker for one in read.listed(talks.view(HOST, "plenary")).rows}
    assert speakers == {
        "One.": "Ben, Envoy",
        "Two.": "Ben, Envoy",
        "Drei.": "Somebody",
        "Four.": "Delegate of a",
        "Five.": "Side A",
    }


def test_one_statement_by_its_entry(talks: Round) -> None:
    view = talks.view(HOST, "plenary")
    found = read.listed(view).rows[-1]
    assert read.one(view, found.seq) == found
    assert [read.one(view, seq) for seq in (0, -1, 99)] == [None, None, None]
    assert [one.gist for one in read.every(view, Filter(issue="lists"))] == ["One.", "Two."]


def test_what_one_can_ask_for(talks: Round) -> None:
    found = read.choices(talks.view(HOST, "plenary"))
    assert {name: [(c.text, c.count) for c in them] for name, them in found.items()} == {
        "speaker": [("Ben, Envoy", 3), ("Delegate of a", 1), ("Side A", 1)],
        "delegation": [("Side A", 1), ("Side B", 1)],
        "issue": [("lists", 2), ("truce", 1)],
        "meeting": [("first", 1)],
        "place": [("Kharkivska oblast (Ukraine) UA-63", 1), ("Ukraine UA", 1)],
        "channel": [("channel not stated", 3), ("social media", 1), ("speech", 1)],
        "known": [("anonymous source", 1), ("not stated how it is known", 2), ("on the record", 1), ("reported", 1)],
        "verb": [("demanded", 1), ("said", 4)],
    }


def test_an_issue_s_timeline_holds_more_than_statements() -> None:
    talks = open_round()
    record(talks, "Lists first.", issues=["lists"])
    talks.do(SIDE_A, "plenary", "make-request", to="side-b", words="A list.")
    request = talks.last(HOST, "plenary")
    owed = {"code": "list", "by": "side-b", "to": ["side-a"], "what": "A list.", "degree": "agreed"}
    talks.do(HOST, "plenary", "make-commitment", **owed)
    commitment = talks.last(HOST, "plenary")
    talks.do(HOST, "plenary", "tell-understanding", wording="A list each.", degree="in-principle")
    for entry in (request, commitment, talks.last(HOST, "plenary")):
        talks.do(HOST, "plenary", "note-subject", entry=entry, issues=["lists"])
    view = talks.view(SIDE_B, "plenary")
    found = read.timeline(view, "lists")
    assert ([row.kind for row in found.rows], found.found, found.older) == (
        ["understanding-told", "commitment-made", "request-made", "statement-recorded"],
        4,
        None,
    )
    most = read.timeline(view, "lists", most=3)
    assert [row.kind for row in read.timeline(view, "lists", below=most.older).rows] == ["statement-recorded"]
    assert read.timeline(view, "nothing").rows == ()


def test_accounts_of_one_meeting_stand_side_by_side_room_by_room() -> None:
    talks = open_round()
    add_room(talks, SIDE_A, "plenary", kind="delegation-room", name="room-a")
    record(talks, "It went well.", describes=["first"], speaker="Ben")
    record(talks, "It went badly.", describes=["first"], speaker="Eve")
    record(talks, "Heard: they laughed.", "room-a", SIDE_A, describes=["first"])
    talks.do(HOST, "plenary", "tell-understanding", wording="To meet again.", degree="in-principle")
    talks.do(HOST, "plenary", "note-subject", entry=talks.last(HOST, "plenary"), describes=["first"])
    found = read.accounts(talks.view(SIDE_B, "plenary"), "first")
    assert [one.gist for one in found.said] == ["It went well.", "It went badly."]
    assert [row.kind for row in found.shown] == ["understanding-told"]
    assert [one.gist for one in read.accounts(talks.view(SIDE_A, "room-a"), "first").said] == ["Heard: they laughed."]


def test_a_released_statement_is_found_where_it_was_released() -> None:
    talks = open_round()
    terms = {"publish": "host", "quote": "unattributed", "notes": "host", "records": "destroyed"}
    talks.do(HOST, "plenary", "propose-ground-rules", **terms)
    for side, who in (("side-a", SIDE_A), ("side-b", SIDE_B)):
        assert side
        talks.do(who, "plenary", "agree-ground-rules", rules=_rules(talks))
    ben = record(talks, "For all.", speaker="Ben", issues=["lists"], same_speaker=None)
    record(talks, "Again.", same_speaker=ben, issues=["lists"])
    talks.do(HOST, "plenary", "release-entries", entries=[ben, talks.last(HOST, "plenary")], to="public")
    found = read.listed(talks.view(None, "public"), Filter(issue="lists"))
    assert [(one.gist, one.speaker) for one in found.rows] == [
        ("Again.", "a speaker who is not named"),
        ("For all.", "a speaker who is not named"),
    ]


def _rules(talks: Round) -> str:
    view = talks.view(HOST, "plenary")
    return next(e.ref for e in view.entries() if e.kind == "ground-rules-proposed")
