"""The next meeting, with or without a date, and what must come first, shown as met or not."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.papers.presented import outcomes
from goodoffices.record.matter import Room
from goodoffices.talks import gate
from goodoffices.talks.next_meeting import NEXT_MEETING, Next, Precondition, awaiting
from tests.offers import offered, reads_back
from tests.people import HOST, SIDE_A, SIDE_B, Round, open_round
from tests.refusals import refused

PAPERS = {"what": "papers-presented-by-each-party"}
STATED = {"what": "stated", "words": "The prisoners are home."}


@pytest.fixture
def talks() -> Round:
    return open_round()


def set_next(talks: Round, *first: dict[str, Any], behalf: str | None = None, **raw: Any) -> str:
    talks.do(HOST, "plenary", "set-next-meeting", behalf, first=list(first), **raw)
    return talks.last(HOST, "plenary")


def state(talks: Round) -> Room:
    return talks.view(HOST, "plenary").state


def now(talks: Round) -> Next | None:
    return state(talks)[NEXT_MEETING].now


def met(talks: Round) -> list[tuple[str, bool, tuple[str, ...]]]:
    room = state(talks)
    return [(one.precondition.what, one.met, one.refs) for one in gate.first(room, outcomes(room))]


def present(talks: Round, who: str, purpose: str) -> str:
    paper = {"content": b"A paper.", "media": "text/plain", "name": "paper.txt"}
    talks.do(
        who,
        "plenary",
        "present-paper",
        paper=paper,
        title="A paper",
        to=["side-a" if who == HOST else "host"],
        purpose=purpose,
    )
    return talks.last(HOST, "plenary")


def test_without_a_date_nothing_is_invented(talks: Round) -> None:
    assert (now(talks), met(talks)) == (None, [])
    ref = set_next(talks)
    assert (now(talks), met(talks)) == (Next(ref, None, None), [])


def test_a_later_one_replaces_it_and_an_opened_meeting_ends_it(talks: Round) -> None:
    set_next(talks, STATED)
    later = set_next(talks, day="2030-02")
    assert now(talks) == Next(later, "2030-02", None)
    talks.do(HOST, "plenary", "call-meeting", code="second")
    talks.do(HOST, "plenary", "open-meeting", meeting=talks.last(HOST, "plenary"))
    assert now(talks) is None


def test_set_by_the_host_also_minuting_for_a_side(talks: Round) -> None:
    assert "The host sets the next meeting" in refused(talks, SIDE_A, "plenary", "set-next-meeting")
    assert offered(talks, SIDE_A, "plenary", "set-next-meeting") == []
    assert offered(talks, HOST, "plenary", "set-next-meeting", "side-a") == [{}]
    ref = set_next(talks, behalf="side-a", day="2030-02")
    assert now(talks) == Next(ref, "2030-02", None)
    talks.do(SIDE_A, "plenary", "object-minute", entry=ref)
    assert now(talks) is None


def test_papers_of_each_party_count_whenever_they_were_presented(talks: Round) -> None:
    early = present(talks, SIDE_A, "conditions")
    set_next(talks, PAPERS)
    assert met(talks) == [(PAPERS["what"], False, (early,))]
    present(talks, SIDE_B, "letter")
    present(talks, HOST, "proposal")
    assert met(talks) == [(PAPERS["what"], False, (early,))]
    late = present(talks, SIDE_B, "proposal")
    assert met(talks) == [(PAPERS["what"], True, (early, late))]


def test_an_understanding_must_stand(talks: Round) -> None:
    talks.do(HOST, "plenary", "tell-understanding", wording="In turn.", degree="in-principle")
    told = talks.last(HOST, "plenary")
    set_next(talks, {"what": "understanding-stands", "understanding": told})
    assert met(talks) == [("understanding-stands", False, ())]
    talks.do(SIDE_B, "plenary", "tell-understanding", wording="First papers.", degree="in-principle", of=told)
    refs = [talks.last(HOST, "plenary")]
    for who in (SIDE_A, SIDE_B):
        talks.do(who, "plenary", "confirm-understanding", telling=refs[0])
        refs.append(talks.last(HOST, "plenary"))
    assert met(talks) == [("understanding-stands", True, tuple(refs))]


def test_what_is_stated_is_reported_once_by_the_host(talks: Round) -> None:
    ref = set_next(talks, PAPERS, STATED)
    host, side_a = (talks.delegation("plenary", code) for code in ("host", "side-a"))
    assert [(a.rule, dict(a.fields)) for a in awaiting(state(talks), host)] == [
        ("report-precondition", {"next": ref, "number": "1"})
    ]
    assert list(awaiting(state(talks), side_a)) == []
    (offer,) = offered(talks, HOST, "plenary", "report-precondition")
    assert refused(talks, SIDE_A, "plenary", "report-precondition", **offer).startswith("Only the host reports")
    talks.do(HOST, "plenary", "report-precondition", **offer, words="All of them.")
    report = talks.last(HOST, "plenary")
    assert met(talks) == [(PAPERS["what"], False, ()), ("stated", True, (report,))]
    assert refused(talks, HOST, "plenary", "report-precondition", **offer) == "This has been reported as met already."
    assert offered(talks, HOST, "plenary", "report-precondition") == []
    assert reads_back(talks, HOST, "plenary")


def test_only_what_was_stated_for_this_next_meeting_is_reported(talks: Round) -> None:
    ref = set_next(talks, PAPERS)
    assert refused(talks, HOST, "plenary", "report-precondition", next=ref, number=0) == (
        "Whether this is met is read from the record; it is not reported."
    )
    assert refused(talks, HOST, "plenary", "report-precondition", next=ref, number=1) == (
        "There is nothing numbered 1 that must come first; counting starts at 0."
    )
    set_next(talks, STATED)
    assert refused(talks, HOST, "plenary", "report-precondition", next=ref, number=0) == (
        "This is not the next meeting any more: another was set, or it has been opened."
    )


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ({"what": "stated"}, "Say in words what must come first."),
        ({"what": "understanding-stands"}, "Name the understanding where one must stand first, and only there."),
        ({"what": "weather"}, "choose one of"),
    ],
)
def test_each_precondition_says_what_it_needs(talks: Round, first: dict[str, str], words: str) -> None:
    assert words in refused(talks, HOST, "plenary", "set-next-meeting", first=[first])


def test_what_must_stand_is_an_understanding_of_this_room(talks: Round) -> None:
    opened = talks.view(HOST, "plenary").entry(0).ref
    assert "Name the understanding" in refused(
        talks, HOST, "plenary", "set-next-meeting", first=[PAPERS | {"understanding": opened}]
    )
    assert "not an understanding told in this room" in refused(
        talks, HOST, "plenary", "set-next-meeting", first=[{"what": "understanding-stands", "understanding": opened}]
    )
    talks.do(HOST, "caucus-a", "tell-understanding", wording="Here.", degree="in-principle")
    elsewhere = {"what": "understanding-stands", "understanding": talks.last(HOST, "caucus-a")}
    assert "not on this room's record" in refused(talks, HOST, "plenary", "set-next-meeting", first=[elsewhere])


def test_state_keeps_what_must_come_first(talks: Round) -> None:
    set_next(talks, PAPERS)
    found = now(talks)
    assert found is not None
    assert found.first == (Precondition(what=PAPERS["what"]),)
