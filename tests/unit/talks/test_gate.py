"""The gate: papers that must come first, met by papers presented here and by reports from other rooms."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.papers.presented import outcomes
from goodoffices.record.entries import Fact
from goodoffices.record.matter import Room
from goodoffices.talks import gate
from goodoffices.talks.gate import Came, Evidence
from goodoffices.talks.next_meeting import NEXT_MEETING
from goodoffices.talks.scene import Refusal, Scene, Who
from tests.offers import offered, reads_back
from tests.people import HOST, SIDE_A, SIDE_B, Round, add_room, open_round
from tests.refusals import refused

PAPERS = {"what": "papers-presented-by-each-party"}
EVIDENCE = Evidence("1" * 64, 9, "2" * 64, {"a" * 32: "3" * 64})


@pytest.fixture
def talks() -> Round:
    return open_round()


def set_next(talks: Round, **raw: Any) -> str:
    talks.do(HOST, "plenary", "set-next-meeting", first=[PAPERS], **raw)
    return talks.last(HOST, "plenary")


def report(talks: Round, *codes: str, way: str = "presented-openly") -> str:
    now = state(talks)[NEXT_MEETING].now
    assert now is not None
    talks.do(HOST, "plenary", "report-condition", next=now.ref, way=way, delegations=list(codes))
    return talks.last(HOST, "plenary")


def present(talks: Round, who: str) -> str:
    paper = {"content": b"A paper.", "media": "text/plain", "name": "paper.txt"}
    talks.do(who, "plenary", "present-paper", paper=paper, title="Ours", to=["host"], purpose="conditions")
    return talks.last(HOST, "plenary")


def state(talks: Round) -> Room:
    return talks.view(HOST, "plenary").state


def shown(talks: Round) -> tuple[bool, tuple[Came, ...]]:
    (one,) = gate.first(state(talks), outcomes(state(talks)))
    return one.met, one.came


def sides(talks: Round) -> tuple[str, str]:
    return talks.delegation("plenary", "side-a"), talks.delegation("plenary", "side-b")


def test_each_party_may_come_its_own_way(talks: Round) -> None:
    a, b = sides(talks)
    set_next(talks)
    assert shown(talks) == (False, ())
    here = present(talks, SIDE_A)
    assert shown(talks) == (False, (Came(a, "here", (here,)),))
    told = report(talks, "side-b")
    assert shown(talks) == (True, (Came(a, "here", (here,)), Came(b, "presented-openly", (told,))))
    assert reads_back(talks, HOST, "plenary")


def test_reports_outlast_a_date_and_end_with_the_meeting(talks: Round) -> None:
    set_next(talks)
    report(talks, "side-a", "side-b", way="sealed-exchange")
    set_next(talks, day="2030-02")
    assert shown(talks)[0] is True
    talks.do(HOST, "plenary", "call-meeting", code="second")
    talks.do(HOST, "plenary", "open-meeting", meeting=talks.last(HOST, "plenary"))
    set_next(talks)
    assert shown(talks) == (False, ())


def test_only_the_host_reports_and_only_once_for_each_party(talks: Round) -> None:
    assert offered(talks, HOST, "plenary", "report-condition") == []
    ref = set_next(talks)
    raw = {"next": ref, "way": "presented-openly"}
    assert offered(talks, HOST, "plenary", "report-condition") == [{"next": ref}]
    assert offered(talks, SIDE_A, "plenary", "report-condition") == []
    assert refused(talks, SIDE_A, "plenary", "report-condition", **raw, delegations=["side-a"]) == (
        "Only the host reports what has come about before the next meeting."
    )
    assert refused(talks, HOST, "plenary", "report-condition", **raw, delegations=["host"]) == (
        "Only parties that sit in this room are waited for."
    )
    report(talks, "side-a")
    assert refused(talks, HOST, "plenary", "report-condition", **raw, delegations=["side-b", "side-a"]) == (
        "The paper of one of these parties has been reported already."
    )
    report(talks, "side-b")
    assert offered(talks, HOST, "plenary", "report-condition") == []


def test_only_for_the_next_meeting_that_waits_for_papers(talks: Round) -> None:
    old = set_next(talks)
    talks.do(HOST, "plenary", "set-next-meeting", first=[{"what": "stated", "words": "Quiet."}])
    for ref in (old, talks.last(HOST, "plenary")):
        raw = {"next": ref, "way": "presented-openly", "delegations": ["side-a"]}
        assert refused(talks, HOST, "plenary", "report-condition", **raw) == (
            "This is not a next meeting that waits for papers: another was set, or it has been opened."
        )


def test_a_report_its_author_corrects_counts_no_more(talks: Round) -> None:
    set_next(talks)
    told = report(talks, "side-a")
    talks.do(HOST, "plenary", "correct-entry", entry=told, says="It was not handed over.")
    assert shown(talks) == (False, ())
    assert offered(talks, HOST, "plenary", "report-condition") != []


def test_the_fact_for_the_plenary_names_its_parties_and_the_evidence(talks: Round) -> None:
    a, b = sides(talks)
    plenary = state(talks)
    assert not gate.waits(plenary, (a, b))
    with pytest.raises(Refusal, match="does not wait"):
        gate.report(plenary, "sealed-exchange", (a, b), EVIDENCE)
    ref = set_next(talks)
    body = {
        "next": ref,
        "what": PAPERS["what"],
        "way": "sealed-exchange",
        "delegations": [b, a],
        "evidence": {
            "exchange": "1" * 64,
            "checkpoint": {"size": 9, "root": "2" * 64},
            "papers": {"a" * 32: "3" * 64},
        },
    }
    assert gate.report(state(talks), "sealed-exchange", (b, "f" * 32, a, b), EVIDENCE) == (
        Fact("condition-reported", body, talks.rooms["plenary"])
    )
    assert not gate.waits(state(talks), ("f" * 32,))
    report(talks, "side-a")
    assert (gate.waits(state(talks), (a,)), gate.waits(state(talks), (a, b))) == (False, True)


def test_the_plenary_of_these_talks_is_found_among_the_author_s_rooms(talks: Round) -> None:
    add_room(talks, HOST, "plenary", kind="format", name="exchange", members=["side-a", "side-b"])

    def waiting(who: str, code: str) -> str | None:
        desk = talks.desk(who)
        delegation = talks.delegation("plenary", code)
        scene = Scene(Who(who, delegation), desk.room(talks.rooms["exchange"]).state, rooms=desk.sat_in())
        room = gate.waiting(scene, sides(talks))
        return room.id if room else None

    assert [waiting(SIDE_A, "side-a"), waiting(HOST, "host")] == [None, None]
    set_next(talks)
    assert [waiting(SIDE_A, "side-a"), waiting(SIDE_B, "side-b")] == [talks.rooms["plenary"]] * 2
    report(talks, "side-a", "side-b")
    assert waiting(SIDE_A, "side-a") is None


@pytest.mark.parametrize("wrong", [{"exchange": "x"}, {"size": -1}, {"root": "2" * 63}, {"papers": {"a": "A" * 64}}])
def test_evidence_is_digests_and_nothing_else(wrong: dict[str, Any]) -> None:
    right: dict[str, Any] = {"exchange": "1" * 64, "size": 9, "root": "2" * 64}
    with pytest.raises(ValueError, match="digests of 64"):
        Evidence(**right | wrong)
