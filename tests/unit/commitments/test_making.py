"""Commitments on a record: made, reported on, answered, released; and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from goodoffices.commitments.kept import COMMITMENTS
from goodoffices.commitments.reporting import awaiting
from goodoffices.commitments.standing import World
from goodoffices.readouts.commitments import owed_in
from tests.offers import offered, reads_back
from tests.people import HOST, SIDE_A, SIDE_B, Round, open_round
from tests.refusals import refused

NOW = datetime(2031, 1, 1, tzinfo=UTC)


@pytest.fixture
def talks() -> Round:
    return open_round()


def make(talks: Round, who: str = SIDE_A, **given: object) -> str:
    fields = {"code": "lists", "by": "side-a", "to": ["side-b"], "what": "To hand over the lists.", "degree": "agreed"}
    talks.do(who, "plenary", "make-commitment", **fields | given)
    return talks.last(HOST, "plenary")


def stands(talks: Round, code: str = "lists") -> str:
    state = talks.view(HOST, "plenary").state[COMMITMENTS]
    return World(state.made(), state.reports, NOW).standing(code).status


def report(talks: Round, who: str, commitment: str, says: str) -> str:
    talks.do(who, "plenary", "report-compliance", commitment=commitment, says=says)
    return talks.last(HOST, "plenary")


def waits_for(talks: Round, code: str) -> list[str]:
    state = talks.view(HOST, "plenary").state
    return [a.about for a in awaiting(state, talks.delegation("plenary", code))]


def test_from_not_yet_binding_to_fulfilled(talks: Round) -> None:
    ref = make(talks, terms="within 10 days of the opening of both papers")
    assert stands(talks) == "not-yet-binding"
    talks.do(
        HOST, "plenary", "report-happening", event="opening-of-both-papers", point="happened", happened="2030-12-30"
    )
    assert stands(talks) == "binding"
    report(talks, SIDE_B, ref, "kept")
    assert stands(talks) == "fulfilled"
    assert reads_back(talks, HOST, "plenary")


def test_a_report_of_a_breach_waits_for_an_answer_and_may_be_disputed(talks: Round) -> None:
    ref = make(talks)
    claim = report(talks, SIDE_B, ref, "broken")
    assert stands(talks) == "failed"
    assert (waits_for(talks, "side-a"), waits_for(talks, "side-b")) == ([claim], [])
    own = refused(talks, SIDE_B, "plenary", "answer-report", report=claim, answer="confirmed")
    assert own == "A delegation does not answer its own report; correct it instead."
    talks.do(SIDE_A, "plenary", "answer-report", report=claim, answer="disputed")
    assert stands(talks) == "disputed"
    assert waits_for(talks, "side-a") == []
    talks.do(SIDE_A, "plenary", "answer-report", report=claim, answer="confirmed")
    assert stands(talks) == "failed"
    talks.do(HOST, "plenary", "attribute-report", report=claim, to="side-a", words="It was seen by the host.")
    assert stands(talks) == "failed"  # to whom it is laid is a claim of its own


def test_only_those_it_is_owed_to_release_from_it(talks: Round) -> None:
    ref = make(talks)
    why = refused(talks, SIDE_A, "plenary", "release-commitment", commitment=ref)
    assert why == "Only a delegation it is owed to releases from a commitment."
    assert offered(talks, SIDE_A, "plenary", "release-commitment") == []
    talks.do(SIDE_B, "plenary", "release-commitment", commitment=ref)
    assert stands(talks) == "released"
    again = refused(talks, SIDE_B, "plenary", "release-commitment", commitment=ref)
    assert again == "This commitment was released already."


def test_what_an_absent_power_threatens_is_released_by_whoever_wrote_it_down(talks: Round) -> None:
    ref = make(talks, HOST, by=None, by_name="A union of states", to=[], to_name="Side B", degree="announced")
    assert refused(talks, SIDE_B, "plenary", "release-commitment", commitment=ref)
    talks.do(HOST, "plenary", "release-commitment", commitment=ref)
    assert stands(talks) == "released"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (
            {"by": None},
            "Say who owes it: a delegation of this room, or, in words, somebody who does not sit in it.",
        ),
        ({"to": ["side-a"]}, "A delegation does not owe something to itself."),
        (
            {"terms": "after lists is fulfilled"},
            "These terms hang on themselves (lists, lists), so they could never be met.",
        ),
        (
            {"terms": "after"},
            "Terms: At the end: a condition was expected.",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_made(talks: Round, given: dict[str, object], why: str) -> None:
    fields = {"code": "lists", "by": "side-a", "to": ["side-b"], "what": "The lists.", "degree": "agreed"}
    assert refused(talks, SIDE_A, "plenary", "make-commitment", **fields | given) == why


def test_a_short_name_is_given_once_and_circles_are_found(talks: Round) -> None:
    make(talks, terms="after truce is fulfilled")
    fields = {"by": "side-b", "to": ["side-a"], "what": "A truce.", "degree": "agreed"}
    twice = refused(talks, SIDE_B, "plenary", "make-commitment", code="lists", **fields)
    assert twice == "There is a commitment called “lists” in this room already; give this one another short name."
    circle = refused(
        talks,
        SIDE_B,
        "plenary",
        "make-commitment",
        code="truce",
        terms="by 2031-01-01, after lists has failed",
        **fields,
    )
    assert circle == "These terms hang on themselves (truce, lists, truce), so they could never be met."


def test_a_minute_that_is_objected_to_undoes_it(talks: Round) -> None:
    talks.do(
        HOST, "plenary", "make-commitment", on_behalf="side-a",
        code="lists", by="side-a", to=["side-b"], what="The lists.", degree="promised",
    )  # fmt: skip
    minute = talks.last(HOST, "plenary")
    talks.do(SIDE_A, "plenary", "object-minute", entry=minute)
    assert talks.view(HOST, "plenary").state[COMMITMENTS].made() == {}
    assert make(talks) != minute
    assert stands(talks) == "binding"


def test_a_ceasefire_is_said_to_be_one_as_far_as_it_is_known(talks: Round) -> None:
    kind = {"ceasefire_class": "preliminary", "purposes": ["humanitarian", "holiday"], "coverage": "part-of-it"}
    ref = make(talks, **kind)
    expected = {"class": "preliminary", "purposes": ["humanitarian", "holiday"], "coverage": "part-of-it"}
    assert talks.view(HOST, "plenary").find(ref).body["ceasefire"] == expected
    talks.do(HOST, "plenary", "tell-understanding", wording="A truce.", degree="not-stated", declared="unilateral")
    told = talks.view(HOST, "plenary").find(talks.last(HOST, "plenary"))
    assert told.body["ceasefire"] == {"declared": "unilateral"}
    (shown,) = owed_in(talks.view(SIDE_B, "plenary"), NOW)
    assert shown.ceasefire == (
        "preliminary, with monitoring or verification; for humanitarian ends; for a holiday; over part of it"
    )
    plain = make(talks, code="other")
    assert "ceasefire" not in talks.view(HOST, "plenary").find(plain).body


def test_how_one_ended_is_told_only_of_an_end(talks: Round) -> None:
    event = {"event": "truce", "ended_how": "violated"}
    why = refused(talks, HOST, "plenary", "report-happening", **event, point="began")
    assert why == "Say how it ended only where it is reported to have ended."
    talks.do(HOST, "plenary", "report-happening", **event, point="ended")
    assert talks.view(HOST, "plenary").find(talks.last(HOST, "plenary")).body["ended_how"] == "violated"


FILE = {"content": b"as received", "media": "image/jpeg", "name": "bridge.jpg"}
COPY = {"content": b"cut", "media": "image/jpeg", "name": "cut.jpg"}


def test_evidence_is_the_original_and_a_working_copy_stands_beside_it(talks: Round) -> None:
    ref = make(talks)
    given = {"commitment": ref, "says": "broken"}
    assert refused(talks, SIDE_B, "plenary", "report-compliance", **given, working=COPY) == (
        "Hand in the original too: a working copy alone cannot be traced back to what was received."
    )
    assert refused(talks, SIDE_B, "plenary", "report-compliance", **given, evidence=FILE, copied="Cut.") == (
        "There is no working copy here to say how it was made."
    )
    full = {"evidence": FILE, "custody": "Taken by a monitor.", "working": COPY, "copied": "Cut to the gate."}
    talks.do(SIDE_B, "plenary", "report-compliance", **given, **full)
    view = talks.view(SIDE_A, "plenary")
    body = view.find(talks.last(HOST, "plenary")).body
    kept = view.particulars([body["evidence"]["paper"], body["working"]["paper"]])
    assert [kept[body[name]["paper"]].content for name in ("evidence", "working")] == [b"as received", b"cut"]


def test_access_denied_is_a_report_of_its_own_that_waits_for_whoever_denied_it(talks: Round) -> None:
    ref = make(talks)
    denied = {"by": "side-a", "to_name": "The monitors", "where": "The bridge.", "commitment": ref}
    assert refused(talks, SIDE_B, "plenary", "report-access-denied", where="The bridge.") == (
        "Say who was kept out: a delegation of this room, or somebody else in words."
    )
    talks.do(SIDE_B, "plenary", "report-access-denied", **denied)
    claim = talks.last(HOST, "plenary")
    assert (waits_for(talks, "side-a"), stands(talks)) == ([claim], "binding"), "it says nothing of the commitment"
    (shown,) = owed_in(talks.view(SIDE_B, "plenary"), NOW)
    assert shown.denied == (claim,)
    talks.do(SIDE_A, "plenary", "answer-report", report=claim, answer="disputed")
    assert (waits_for(talks, "side-a"), stands(talks)) == ([], "binding")
    assert reads_back(talks, HOST, "plenary")
    talks.do(HOST, "plenary", "report-access-denied", "side-b", **denied)
    minuted = talks.last(HOST, "plenary")
    talks.do(SIDE_B, "plenary", "object-minute", entry=minuted)
    assert waits_for(talks, "side-a") == []
