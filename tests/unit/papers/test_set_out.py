"""Conditions set out of a paper: by whose paper it is, with codes of their own, struck when they are taken back."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.papers.set_out import SET_OUT, SetOut, Stated
from tests.offers import offered, reads_back
from tests.people import HOST, SIDE_A, SIDE_B, Round, open_round
from tests.refusals import refused

QUIET = {"topic": "ceasefire", "code": "quiet", "wording": "All fire stops."}
HOME = {"topic": "prisoners", "wording": "All come home.", "explanation": "First of all.", "depends_on": ["quiet"]}


@pytest.fixture
def talks() -> Round:
    return open_round()


def present(talks: Round, who: str = SIDE_A, behalf: str | None = None) -> str:
    paper = {"content": b"A paper.", "media": "text/plain", "name": "paper.txt"}
    talks.do(who, "plenary", "present-paper", behalf, paper=paper, title="Ours", to=["side-b"], purpose="conditions")
    return talks.last(HOST, "plenary")


def set_out(talks: Round, paper: str, *rows: dict[str, Any], who: str = SIDE_A, behalf: str | None = None) -> str:
    talks.do(who, "plenary", "set-out-conditions", behalf, paper=paper, conditions=list(rows))
    return talks.last(HOST, "plenary")


def held(talks: Round, ref: str) -> SetOut:
    return talks.view(HOST, "plenary").state[SET_OUT].all[ref]


def test_conditions_stand_as_references_with_their_words_apart(talks: Round) -> None:
    paper = present(talks)
    ref = set_out(talks, paper, QUIET, HOME)
    view = talks.view(SIDE_B, "plenary")
    rows = view.find(ref).body["conditions"]
    assert view.words([rows[0]["wording"], rows[1]["wording"], rows[1]["explanation"]]) == {
        rows[0]["wording"]: "All fire stops.",
        rows[1]["wording"]: "All come home.",
        rows[1]["explanation"]: "First of all.",
    }
    stated = (
        Stated("quiet", "ceasefire", rows[0]["wording"], None, ()),
        Stated("prisoners-1", "prisoners", rows[1]["wording"], rows[1]["explanation"], ("quiet",)),
    )
    a = talks.delegation("plenary", "side-a")
    assert held(talks, ref) == SetOut(ref, paper, a, False, stated)
    assert reads_back(talks, HOST, "plenary")


def test_by_whose_paper_it_is_or_minuted(talks: Round) -> None:
    paper = present(talks)
    assert refused(talks, SIDE_B, "plenary", "set-out-conditions", paper=paper, conditions=[QUIET]) == (
        "Conditions are set out by the delegation whose paper it is, or by the host for it."
    )
    assert "by the delegation whose paper it is" in refused(
        talks, HOST, "plenary", "set-out-conditions", paper=paper, conditions=[QUIET]
    )
    assert held(talks, set_out(talks, paper, QUIET, who=HOST, behalf="side-a")).minuted
    opened = talks.view(HOST, "plenary").entry(0).ref
    assert "of another kind" in refused(
        talks, SIDE_A, "plenary", "set-out-conditions", paper=opened, conditions=[QUIET]
    )


def test_offered_for_ones_own_papers(talks: Round) -> None:
    first, second = present(talks), present(talks)
    assert offered(talks, SIDE_A, "plenary", "set-out-conditions") == [{"paper": second}, {"paper": first}]
    assert offered(talks, SIDE_B, "plenary", "set-out-conditions") == []
    assert len(offered(talks, HOST, "plenary", "set-out-conditions", "side-a")) == 2


def test_more_entries_of_one_paper_add_up(talks: Round) -> None:
    paper = present(talks)
    first = set_out(talks, paper, QUIET)
    assert refused(talks, SIDE_A, "plenary", "set-out-conditions", paper=paper, conditions=[QUIET]) == (
        "Two conditions of this paper have the code “quiet”; give each a code of its own."
    )
    second = set_out(talks, paper, HOME)
    state = talks.view(HOST, "plenary").state[SET_OUT]
    assert [entry.ref for entry in state.of(paper)] == [first, second]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([QUIET, QUIET], "Two conditions of this paper have the code “quiet”; give each a code of its own."),
        ([HOME], "“prisoners-1” depends on “quiet”, and no condition of this paper has that code."),
        ([QUIET | {"depends_on": ["quiet"]}], "“quiet” cannot depend on itself."),
        ([QUIET | {"topic": "weather"}], "Topic: choose one of"),
        ([], "Conditions: this is needed."),
    ],
)
def test_refused(talks: Round, rows: list[dict[str, Any]], why: str) -> None:
    paper = present(talks)
    assert why in refused(talks, SIDE_A, "plenary", "set-out-conditions", paper=paper, conditions=rows)


def test_more_than_an_entry_holds_says_how_many_fit(talks: Round) -> None:
    paper = present(talks)
    rows = [{"topic": "security-guarantees", "wording": f"Point {n}.", "explanation": "Why."} for n in range(400)]
    words = refused(talks, SIDE_A, "plenary", "set-out-conditions", paper=paper, conditions=rows)
    assert words.startswith("These are 400 conditions, more than one entry holds: about ")
    fit = int(words.partition("about ")[2].partition(" ")[0])
    set_out(talks, paper, *rows[:fit])
    set_out(talks, paper, *rows[fit : 2 * fit])


def test_what_its_delegation_corrects_is_struck_and_may_be_set_out_anew(talks: Round) -> None:
    paper = present(talks)
    ref = set_out(talks, paper, QUIET)
    talks.do(HOST, "plenary", "correct-entry", entry=ref, says="Not so.")
    assert held(talks, ref).struck is None
    talks.do(SIDE_A, "plenary", "correct-entry", entry=ref, says="Set out anew.")
    assert held(talks, ref).struck == "corrected"
    set_out(talks, paper, QUIET)


def test_the_host_takes_back_what_it_minuted(talks: Round) -> None:
    ref = set_out(talks, present(talks), QUIET, who=HOST, behalf="side-a")
    talks.do(HOST, "plenary", "correct-entry", entry=ref, says="Misread.")
    assert held(talks, ref).struck == "corrected"


def test_a_minute_objected_to_strikes_what_rests_on_it(talks: Round) -> None:
    paper = present(talks, HOST, "side-a")
    ref = set_out(talks, paper, QUIET, who=HOST, behalf="side-a")
    talks.do(SIDE_A, "plenary", "object-minute", entry=paper)
    assert held(talks, ref).struck == "disowned"
    assert offered(talks, SIDE_A, "plenary", "set-out-conditions") == []
    assert refused(talks, SIDE_A, "plenary", "set-out-conditions", paper=paper, conditions=[QUIET]) == (
        "The delegation this paper was minuted for objected to it, so there is nothing to set out."
    )
