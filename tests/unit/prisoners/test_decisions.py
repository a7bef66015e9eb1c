"""Judging on files comes to what judging in a room comes to."""

from __future__ import annotations

import pytest

from goodoffices.prisoners import decisions
from goodoffices.prisoners.decisions import BadTable, Fault
from goodoffices.prisoners.judging import Lists

MATCHES = """left_id,right_id,probability,decision
A1,B1,0.999,certain
A2,B2,0.998,certain
A3,B3,0.7,review
A4,,,unmatched
,B4,,unmatched
"""
HEAD = "left_id,right_id,verdict,by,reason\n"
TWO = Lists("we-hold", "they-hold")


def outcomes(lines: str) -> list[list[str]]:
    matches = decisions.read_matches(MATCHES)
    decided = decisions.read_decisions(HEAD + lines, matches)
    assert decided.faults == ()
    return list(decisions.table(decisions.found(matches, decided, TWO), decided))


def test_without_a_decision_everything_is_open() -> None:
    assert {tuple(row[2:]) for row in outcomes("")} == {("open", "", "")}


def test_what_people_decided() -> None:
    lines = "A1,B1,same,Ann,All agrees\nA3,B3,same,Ann,A slip\nA3,B3,same,Ben,A slip\n"
    lines += ",B4,alone,Ben,Looked\nA4,,alone,Ben,x\n"
    assert outcomes(lines) == [
        ["A1", "B1", "held-and-claimed", "Ann", ""],
        ["A2", "", "open", "", ""],
        ["A3", "B3", "held-and-claimed", "Ann; Ben", ""],
        ["A4", "", "held-and-not-claimed", "Ben", ""],
        ["", "B2", "open", "", ""],
        ["", "B4", "claimed-and-denied", "Ben", ""],
    ]


def test_a_doubtful_pair_needs_two_and_disagreement_stays() -> None:
    assert outcomes("A3,B3,same,Ann,x\n")[2] == ["A3", "", "open", "", ""]
    assert outcomes("A3,B3,same,Ann,x\nA3,B3,different,Ben,x\n")[2] == ["A3", "", "open", "", ""]
    resolved = outcomes("A3,B3,same,Ann,x\nA3,B3,different,Ben,x\nA3,B3,same,Cai,x\n")[2]
    assert resolved == ["A3", "B3", "held-and-claimed", "Ann; Cai", "Ben: different"]


def test_a_later_line_of_one_person_takes_the_place_of_an_earlier_one() -> None:
    lines = "A3,B3,same,Ann,x\nA3,B3,different,Ben,x\nA3,B3,same,Ben,Looked again\n"
    assert outcomes(lines)[2] == ["A3", "B3", "held-and-claimed", "Ann; Ben", ""]


def test_what_waits_is_a_sheet_to_fill_in() -> None:
    matches = decisions.read_matches(MATCHES)
    decided = decisions.read_decisions(HEAD + "A1,B1,same,Ann,x\nA3,B3,same,Ann,x\n", matches)
    every = decisions.found(matches, decided, TWO)
    assert list(decisions.waiting(matches, decided, every)) == [
        ["A2", "B2", "certain", "open", "1", "", "", ""],
        ["A3", "B3", "review", "waits", "2", "", "", ""],
        ["A4", "", "unmatched", "open", "1", "", "", ""],
        ["", "B4", "unmatched", "open", "1", "", "", ""],
    ]


def test_within_one_list() -> None:
    matches = decisions.read_matches("left_id,right_id,probability,decision\n1,2,0.9,certain\n", within=True)
    decided = decisions.read_decisions(HEAD + "2,1,same,Ann,x\n", matches)
    every = decisions.found(matches, decided, Lists("we-hold", None))
    assert list(decisions.table(every, decided)) == [
        ["1", "2", "duplicate", "Ann", ""], ["2", "1", "duplicate", "Ann", ""],
    ]  # fmt: skip


def test_every_line_that_cannot_be_used_is_told_at_once() -> None:
    lines = ",,same,Ann,x\nA9,B1,same,Ann,x\nA1,B1,sure,Ann,x\nA1,B1,alone,Ann,x\n"
    lines += "A1,B1,same,,x\nA1,B1,same,Ann,\n,B4,same,A,x\n"
    matches = decisions.read_matches(MATCHES)
    assert decisions.read_decisions(HEAD + lines, matches).faults == (
        Fault(2, "it names no row."),
        Fault(3, "it names a row that is not among the matches."),
        Fault(4, "the verdict on a pair is one of same, different, cannot-tell."),
        Fault(5, "the verdict on a pair is one of same, different, cannot-tell."),
        Fault(6, "it does not say who decided."),
        Fault(7, "it gives no reason."),
        Fault(8, "the verdict on one row is one of alone, cannot-tell."),
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "has the columns"),
        ("left_id,right_id,decision\n", "probability is missing"),
        ("left_id,right_id,probability,decision\n", "there is no row"),
        ("left_id,right_id,probability,decision\n1,2,0.5,perhaps\n", "line 2: a pair is"),
        ('left_id,right_id,probability,decision\n1,"2\n', "not a table in CSV"),
    ],
)
def test_other_tables_are_told(text: str, why: str) -> None:
    with pytest.raises(BadTable, match=why):
        decisions.read_matches(text)
