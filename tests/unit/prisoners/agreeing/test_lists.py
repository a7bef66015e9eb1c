"""The agreed list as a table: the same bytes for the same list, read back, compared, and faults in plain words."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.papers.marked import BadFile
from goodoffices.prisoners.agreeing import lists
from goodoffices.prisoners.agreeing.lists import Going
from goodoffices.prisoners.planning import making, persons
from goodoffices.prisoners.planning.instance import CATEGORIES
from goodoffices.prisoners.planning.plan import Problem
from goodoffices.prisoners.planning.reading import read as read_instance

NAMES = {"kaldria": "Kaldria", "sulmere": "Sulmere"}
HEADING = "id,side,flow,categories\n"
IDS = st.from_regex(r"[A-Z0-9][A-Z0-9./-]{0,8}", fullmatch=True)


@st.composite
def goings(draw: st.DrawFn) -> tuple[Going, ...]:
    found = []
    for id in draw(st.lists(IDS, unique=True, max_size=12)):
        categories = tuple(draw(st.lists(st.sampled_from(CATEGORIES), unique=True, max_size=3)))
        flows = ["counted", "uncounted", *(f"all for all: {name}" for name in categories)]
        side = draw(st.sampled_from(sorted(NAMES)))
        found.append(Going(id, side, draw(st.sampled_from(flows)), categories))
    return tuple(found)


@given(goings())
def test_a_list_reads_back_as_it_was_written(them: tuple[Going, ...]) -> None:
    assert lists.read(lists.written(them)) == them


@given(goings(), goings())
def test_changes_lead_from_one_list_to_the_other(old: tuple[Going, ...], new: tuple[Going, ...]) -> None:
    found = lists.changes(old, new)
    after = {p.id: p for p in old}
    for gone in found.went:
        del after[gone.id]
    after |= {p.id: p for p in (*found.came, *(now for _, now in found.altered))}
    assert after == {p.id: p for p in new}
    assert bool(lists.changes(old, reversed(old))) is False


def test_the_bytes_are_as_documented() -> None:
    them = (Going("K-1", "kaldria", "counted"), Going("S-9", "sulmere", "all for all: minor", ("minor", "woman")))
    assert lists.written(them) == HEADING + "K-1,kaldria,counted,\nS-9,sulmere,all for all: minor,minor;woman\n"
    assert lists.digest(lists.written(them)) == hashlib.sha256(lists.written(them).encode()).hexdigest()


@pytest.mark.parametrize(
    ("rows", "line", "why"),
    [
        ("K-1,kaldria,counted,\nK-1,kaldria,counted,\n", 3, "“K-1” is listed twice: in line 2 and here."),
        (
            "K-1,kaldria,counted,\nK-1,sulmere,counted,\n",
            3,
            "“K-1” is on both sides: in line 2 for “kaldria”, here for “sulmere”.",
        ),
        ("K-1,kaldria,counted\n", 2, "this row has 3 cells, and an agreed list has 4 columns."),
        ("K-1,kaldria,freed,\n", 2, "there is no flow “freed”."),
        ("K-1,kaldria,all for all: tall,\n", 2, "there is no flow “all for all: tall”."),
        ("K-1,kaldria,counted,wonded\n", 2, "there is no category “wonded”. Did you mean “wounded”?"),
        ('K-1,kaldria,"counted,\n', 2, "this is not a table in CSV: "),
    ],
)
def test_what_is_no_list(rows: str, line: int, why: str) -> None:
    with pytest.raises(BadFile) as error:
        lists.read(HEADING + rows)
    assert (error.value.place.line, error.value.why[: len(why)]) == (line, why)


def test_a_file_of_another_kind_is_no_list() -> None:
    with pytest.raises(BadFile, match="an agreed list begins with the columns id, side, flow, categories"):
        lists.read("person,side\n")


def test_faults_are_all_said() -> None:
    them = (
        Going("K-1", "kaldria", "counted", ("severely wounded", "wounded")),
        Going("K-2", "kaldria", "all for all: minor", ("woman",)),
        Going("X-1", "atlantis", "counted"),
    )
    assert list(lists.faults(them, NAMES)) == [
        "Nobody returns to Sulmere.",
        "“K-1”: nobody is both “severely wounded” and “wounded”.",
        "“K-2” goes all for all as “minor”, and is not in that category.",
        "“X-1” returns to “atlantis”, which is neither of the sides.",
        (
            "1 who count return to Kaldria and 0 to Sulmere: the numbers are not equal, and no difference was agreed. "
            "Draw as many for each side, or say the difference the sides have agreed."
        ),
    ]
    assert list(lists.faults((), NAMES)) == ["Nobody is on the list."]


def test_the_convention_is_recalled_where_the_severely_wounded_are_counted() -> None:
    them = (Going("K-1", "kaldria", "counted", ("severely wounded",)), Going("K-2", "kaldria", "uncounted", ("ill",)))
    (said,) = lists.remarks(them)
    assert said.startswith("1 person is counted one for one though listed as severely wounded or ill.")
    assert list(lists.remarks(them[1:])) == []


INSTANCE = """
exchange: Exercise
sides: {kaldria: {name: Kaldria}, sulmere: {name: Sulmere}}
persons: agreed.csv
terms: {number: 1, all_for_all: [minor]}
stages: [{day: 2030-05-01}]
points: {bridge: {name: The bridge}}
convoys: [{side: kaldria, point: bridge, seats: 9}, {side: sulmere, point: bridge, seats: 9}]
"""
LISTED = (
    Going("K-1", "kaldria", "counted"),
    Going("K-2", "kaldria", "uncounted", ("severely wounded",)),
    Going("K-3", "kaldria", "uncounted"),
    Going("S-1", "sulmere", "counted"),
    Going("S-2", "sulmere", "all for all: minor", ("minor",)),
)


def test_an_agreed_list_is_a_table_of_persons_to_plan_from() -> None:
    instance = read_instance(INSTANCE, lambda _: lists.written(LISTED))
    assert instance.terms.all_for_all == ("minor", "uncounted")
    made = making.plan(Problem(instance))
    assert set(made.seats) == {p.id for p in LISTED}


@pytest.mark.parametrize(
    ("listed", "why"),
    [
        (replace(LISTED[4], flow="counted"), "“S-2” is counted on the list, and by the terms all who are “minor” are"),
        (
            replace(LISTED[4], flow="all for all: woman", categories=("woman",)),
            "“S-2” goes all for all as “woman”, and",
        ),
        (replace(LISTED[4], flow="all for all: woman"), "“S-2” goes all for all as “woman”, and is not in that"),
        (replace(LISTED[4], flow="all for all"), "there is no flow “all for all”."),
    ],
)
def test_a_list_and_terms_that_contradict_each_other(listed: Going, why: str) -> None:
    with pytest.raises(persons.BadTable) as error:
        read_instance(INSTANCE, lambda _: lists.written((*LISTED[:4], listed)))
    assert error.value.why.startswith(why)
    assert error.value.place.line == 6
