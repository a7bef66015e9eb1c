"""Conditions side by side: by topic and side, from paper to paper, from one room alone."""

from __future__ import annotations

from typing import Any

import pytest

from goodoffices.readouts.changes import Span
from goodoffices.readouts.conditions import Comparison, Link, Topic, any_set_out, compare
from tests.people import HOST, SIDE_A, SIDE_B, Round, open_round

QUIET = {"topic": "ceasefire", "code": "quiet", "wording": "All fire stops."}
HOME = {"topic": "prisoners", "code": "home", "wording": "All come home.", "depends_on": ["quiet"]}


@pytest.fixture
def talks() -> Round:
    return open_round()


def present(talks: Round, who: str, *rows: dict[str, Any], title: str = "Ours") -> str:
    paper = {"content": b"A paper.", "media": "text/plain", "name": "paper.txt"}
    to = ["host"]
    talks.do(who, "plenary", "present-paper", paper=paper, title=title, to=to, purpose="conditions")
    ref = talks.last(HOST, "plenary")
    if rows:
        talks.do(who, "plenary", "set-out-conditions", paper=ref, conditions=list(rows))
    return ref


def drawn(talks: Round, who: str = SIDE_B) -> Comparison:
    return compare(talks.view(who, "plenary"))


def topic(made: Comparison, code: str) -> Topic:
    return next(t for t in made.topics if t.code == code)


def said(made: Comparison) -> dict[str, str]:
    return {t.code: t.said for t in made.topics if t.said != "neither side"}


def test_nothing_set_out_yet(talks: Round) -> None:
    present(talks, SIDE_A)
    assert not any_set_out(talks.view(SIDE_B, "plenary"))
    made = drawn(talks)
    assert (made.papers, said(made)) == ((), {})
    assert [(side, title) for side, title, _seq in made.later] == [("Side A", "Ours")]


def test_both_one_or_neither(talks: Round) -> None:
    present(talks, SIDE_A, QUIET, HOME)
    assert said(drawn(talks)) == {"ceasefire": "only Side A", "prisoners": "only Side A"}
    assert [p.known for p in topic(drawn(talks), "ceasefire").positions] == [True, False]
    present(talks, SIDE_B, QUIET)
    made = drawn(talks)
    assert said(made) == {"ceasefire": "both sides", "prisoners": "only Side A"}
    assert made.sides == ("Side A", "Side B")
    assert [(p.side, p.number) for p in made.papers] == [("Side A", 1), ("Side B", 1)]


def test_every_cell_leads_to_its_entry_and_to_what_it_depends_on(talks: Round) -> None:
    present(talks, SIDE_A, QUIET, HOME)
    seq = talks.view(HOST, "plenary").size - 1
    (quiet,), (home,) = (topic(drawn(talks), code).positions[0].cells for code in ("ceasefire", "prisoners"))
    assert (quiet.seq, quiet.anchor, quiet.how) == (seq, f"c{seq}-quiet", ())
    assert home.depends_on == (Link("quiet", quiet.anchor),)
    assert quiet.needed_by == (Link("home", home.anchor),)


def test_how_a_side_s_position_changed(talks: Round) -> None:
    present(talks, SIDE_A, QUIET, HOME, {"topic": "other", "code": "trade", "wording": "Trade."}, title="First")
    present(talks, SIDE_A, {**QUIET, "wording": "All fire stops at sea."}, {**HOME, "topic": "other"}, title="Second")
    made = drawn(talks)
    ceasefire, prisoners, other = (topic(made, code).positions[0] for code in ("ceasefire", "prisoners", "other"))
    assert [(c.code, c.how) for c in ceasefire.cells] == [("quiet", ("reworded",))]
    assert ceasefire.cells[0].spans == (Span("kept", "All fire stops"), Span("added", " at sea"), Span("kept", "."))
    assert (prisoners.cells, prisoners.dropped) == ((), ())
    assert [(c.code, c.how, c.was) for c in other.cells] == [("home", ("moved",), "Prisoners (home)")]
    assert [c.code for c in other.dropped] == ["trade"]
    assert [(s.paper.title, [c.code for c in s.cells]) for s in ceasefire.steps] == [
        ("Second", ["quiet"]),
        ("First", ["quiet"]),
    ]


def test_a_newer_paper_that_is_not_set_out_is_said(talks: Round) -> None:
    present(talks, SIDE_A, QUIET)
    present(talks, SIDE_A, title="Newer")
    assert drawn(talks).later == (("Side A", "Newer", talks.view(HOST, "plenary").size - 1),)


def test_what_was_taken_back_is_named_and_not_compared(talks: Round) -> None:
    present(talks, SIDE_A, QUIET)
    ref = talks.last(HOST, "plenary")
    talks.do(SIDE_A, "plenary", "correct-entry", entry=ref, says="Anew.")
    assert said(drawn(talks)) == {}
    talks.do(SIDE_A, "plenary", "set-out-conditions", paper=talks.view(HOST, "plenary").find(ref).body["paper"],
             conditions=[HOME | {"depends_on": []}])  # fmt: skip
    made = drawn(talks)
    assert said(made) == {"prisoners": "only Side A"}
    assert [ref for ref, _seq in made.papers[0].struck] == [ref]


def test_erased_words_are_shown_as_erased(talks: Round) -> None:
    present(talks, SIDE_A, QUIET)
    talks.do(SIDE_A, "plenary", "erase-particulars", entry=talks.last(HOST, "plenary"), reason="agreed")
    (cell,) = topic(drawn(talks), "ceasefire").positions[0].cells
    assert (cell.wording, cell.erased) == ("[erased]", True)
    present(talks, SIDE_A, QUIET)
    (cell,) = topic(drawn(talks), "ceasefire").positions[0].cells
    assert (cell.wording, cell.how) == ("All fire stops.", ("erased",))


def test_only_this_room_is_read(talks: Round) -> None:
    paper = {"content": b"A paper.", "media": "text/plain", "name": "paper.txt"}
    talks.do(SIDE_A, "caucus-a", "present-paper", paper=paper, title="Ours", to=["host"], purpose="conditions")
    ref = talks.view(SIDE_A, "caucus-a").entries()[-1].ref
    talks.do(SIDE_A, "caucus-a", "set-out-conditions", paper=ref, conditions=[QUIET])
    assert said(compare(talks.view(HOST, "plenary"), talks.desk(HOST).rooms())) == {}
    assert [t.said for t in compare(talks.view(HOST, "caucus-a")).topics if t.code == "ceasefire"] == ["every side"]
