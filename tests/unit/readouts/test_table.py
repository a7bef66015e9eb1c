"""The table of one talks: what its viewer may know, contradictions and all."""

from __future__ import annotations

import dataclasses

import pytest

from goodoffices.readouts import table as tables
from goodoffices.readouts.sheets import NEWEST
from goodoffices.readouts.table import NoSuchTalks, Table, table
from goodoffices.secretariat.operator import OperatorDesk
from tests.people import HOST, OUTSIDER, SIDE_A, SIDE_B, Round, open_round
from tests.unit.readouts.records import Record
from tests.unit.readouts.samples import ANNA, BODIES


def seen(talks: Round, who: str | None) -> Table:
    return table(talks.desk(who).rooms(), "rehearsal", who)


@pytest.fixture(name="talks")
def one_round() -> Round:
    """Two tellings of one understanding, a request, a presence declined, a next meeting with conditions."""
    talks = open_round()
    talks.do(
        HOST,
        "plenary",
        "propose-ground-rules",
        publish="host",
        quote="attributed",
        notes="everyone",
        records="given-to-each",
    )
    rules = talks.last(HOST, "plenary")
    for who in (SIDE_A, SIDE_B):
        talks.do(who, "plenary", "agree-ground-rules", rules=rules)
    talks.do(
        HOST, "plenary", "call-meeting", code="first", title="First meeting", venue="The old palace", day="2030-01-15"
    )
    called = talks.last(HOST, "plenary")
    talks.do(HOST, "plenary", "open-meeting", meeting=called)
    talks.do(HOST, "plenary", "tell-understanding", wording="A thousand each.", degree="in-principle")
    told = talks.last(HOST, "plenary")
    talks.do(
        SIDE_A, "plenary", "tell-understanding", wording="A thousand for a thousand.", degree="in-principle", of=told
    )
    talks.do(SIDE_B, "plenary", "confirm-understanding", telling=told)
    talks.do(SIDE_A, "plenary", "make-request", to="side-b", words="Let the leaders meet.")
    talks.do(HOST, "plenary", "propose-presence", code="observer", role="third-party", name="Observia")
    proposal = talks.last(HOST, "plenary")
    talks.do(HOST, "plenary", "decline-presence", "side-a", proposal=proposal)
    talks.do(HOST, "plenary", "close-meeting", meeting=called, length_bound="under", length_minutes=120)
    talks.do(HOST, "plenary", "set-next-meeting", first=[
        {"what": "papers-presented-by-each-party"}, {"what": "understanding-stands", "understanding": told},
    ])  # fmt: skip
    return talks


def test_who_is_at_the_table(talks: Round) -> None:
    made = seen(talks, SIDE_B)
    assert (made.name, made.title, made.host) == ("rehearsal", "Rehearsal", "Host country")
    assert [(s.code, s.name, s.role, [p.name for p in s.delegates]) for s in made.delegations] == [
        ("host", "Host country", "host", ["The host's envoy"]),
        ("side-a", "Side A", "party", ["Delegate of a"]),
        ("side-b", "Side B", "party", ["Delegate of b"]),
    ]
    assert [s.name for s in made.role("party")] == ["Side A", "Side B"]
    assert made.delegations[1].delegates[0].level == "minister"
    assert not made.delegations[1].delegates[0].credentials


def test_only_the_viewers_rooms_are_listed(talks: Round) -> None:
    rooms = {who: [row.name for row in seen(talks, who).rooms] for who in (HOST, SIDE_A, OUTSIDER, None)}
    assert rooms == {
        HOST: ["plenary", "caucus-a", "caucus-b", "host-room", "public"],
        SIDE_A: ["plenary", "caucus-a", "public"],
        OUTSIDER: ["public"],
        None: ["public"],
    }
    assert seen(talks, SIDE_A).rooms[1].members == ("Host country", "Side A")


def test_contradictory_tellings_stand_side_by_side(talks: Round) -> None:
    (understanding,) = seen(talks, HOST).understandings
    host, side = understanding.tellings
    assert (host.by, host.wording, host.degree, host.stands) == (
        "Host country",
        "A thousand each.",
        "in-principle",
        False,
    )
    assert [(r.delegation, r.says, r.how) for r in host.replies] == [
        ("Side A", "", ""),
        ("Side B", "confirmed", "entered"),
    ]
    assert (side.by, side.wording) == ("Side A", "A thousand for a thousand.")
    assert [(r.delegation, r.says) for r in side.replies] == [("Side A", ""), ("Side B", "")]


def test_requests_presences_and_meetings_are_shown(talks: Round) -> None:
    made = seen(talks, SIDE_A)
    (request,) = made.requests
    assert (request.by, request.to, request.words, request.status, request.open) == (
        "Side A", "Side B", "Let the leaders meet.", "open", True,
    )  # fmt: skip
    (presence,) = made.presences
    assert presence.name == "Observia"
    assert [(r.delegation, r.says, r.how) for r in presence.replies] == [
        ("Side A", "declined", "minuted"),
        ("Side B", "", ""),
    ]
    (meeting,) = made.meetings
    assert (meeting.title, meeting.venue, meeting.day, meeting.length, meeting.status) == (
        "First meeting", "The old palace", "15 January 2030", "under two hours", "closed",
    )  # fmt: skip


def test_what_must_come_first_is_met_or_not_with_its_entries(talks: Round) -> None:
    (following,) = seen(talks, SIDE_A).next_meetings
    assert following.day == ""
    assert [(c.text, c.met, c.refs) for c in following.conditions] == [
        ("each party has presented its paper", False, ()),
        ("an understanding stands by every party's confirmation", False, ()),
    ]


def test_what_waits_for_a_delegation_says_what_it_is_about(talks: Round) -> None:
    waiting = {w.rule: w for w in seen(talks, SIDE_B).waiting}
    assert waiting.keys() == {"confirm-understanding", "answer-request", "consent-presence"}
    request = waiting["answer-request"]
    assert (request.room_name, request.subject) == ("plenary", "Side A made a request to Side B:")
    assert request.quotes == (("Request", "Let the leaders meet."),)
    assert {w.rule for w in seen(talks, SIDE_A).waiting} == {"confirm-understanding", "confirm-minute"}


def test_the_public_sees_what_was_released_and_nothing_else(talks: Round) -> None:
    before = seen(talks, None)
    assert (before.understandings, before.requests, before.presences, before.meetings) == ((), (), (), ())
    entries = {e.kind: e.ref for e in talks.view(HOST, "plenary").entries()}
    released = [
        entries[kind] for kind in ("meeting-called", "understanding-told", "presence-proposed", "presence-declined")
    ]
    talks.do(HOST, "plenary", "release-entries", entries=released, to="public")
    after = seen(talks, None)
    assert [w.wording for u in after.understandings for w in u.tellings] == ["A thousand for a thousand."]
    replies = [(r.delegation, r.says, r.how) for r in after.presences[0].replies]
    assert replies == [("Side A", "declined", "minuted"), ("Side B", "", "")]
    assert [m.title for m in after.meetings] == ["First meeting"]
    assert after.requests == ()
    assert after == seen(talks, OUTSIDER)


def test_a_released_answer_does_not_say_that_it_was_not_signed(talks: Round) -> None:
    entries = {e.kind: e.ref for e in talks.view(HOST, "plenary").entries()}
    told = next(e.ref for e in talks.view(HOST, "plenary").entries() if e.kind == "understanding-told")
    talks.do(HOST, "plenary", "release-entries", entries=[told, entries["understanding-confirmed"]], to="public")
    (understanding,) = seen(talks, None).understandings
    assert [(r.says, r.how) for r in understanding.tellings[0].replies] == [("", ""), ("confirmed", "")]


def test_a_former_member_sees_the_table_as_they_left_it(talks: Round) -> None:
    talks.do(HOST, "plenary", "withdraw-delegate", "side-b", person=SIDE_B)
    talks.do(SIDE_A, "plenary", "make-request", to="host", words="After they left.")
    made = seen(talks, SIDE_B)
    assert [r.words for r in made.requests] == ["Let the leaders meet."]
    plenary = made.rooms[0]
    assert (plenary.name, plenary.former, plenary.seated) == ("plenary", True, False)
    assert made.waiting == ()


def test_the_operator_sees_every_room(talks: Round) -> None:
    made = table(OperatorDesk(talks.office).rooms(), "rehearsal")
    assert [row.name for row in made.rooms] == ["plenary", "caucus-a", "caucus-b", "host-room", "public"]
    assert len(made.understandings) == 1


def test_a_table_of_other_talks_is_not_found(talks: Round) -> None:
    with pytest.raises(NoSuchTalks):
        table(talks.desk(SIDE_A).rooms(), "istanbul", SIDE_A)
    with pytest.raises(NoSuchTalks):
        table([], "rehearsal", OUTSIDER)


def test_talks_are_listed_once(talks: Round) -> None:
    ((_, name, title),) = tables.talks_of(talks.desk(SIDE_A).rooms())
    assert (name, title) == ("rehearsal", "Rehearsal")


def test_a_table_has_no_score(talks: Round) -> None:
    text = repr(dataclasses.asdict(seen(talks, HOST)))
    assert "percent" not in text
    assert "score" not in text


def test_a_long_record_does_not_cost_more_readings() -> None:
    costs = []
    for tellings in (NEWEST, NEWEST * 3):
        record = Record()
        for _ in range(tellings):
            record.add("understanding-told", BODIES["understanding-told"])
        view = record.view()
        made = table([view], "rehearsal", ANNA)
        assert len(made.understandings) == NEWEST
        costs.append(view.reads)
    assert costs[0] == costs[1] == ["found", "words"]
