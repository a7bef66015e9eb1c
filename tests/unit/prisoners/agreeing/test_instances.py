"""What a plan is made from: two files anybody can plan from, and back again."""

from __future__ import annotations

from datetime import date

import pytest

from goodoffices.papers.marked import BadFile
from goodoffices.prisoners.agreeing import instances
from goodoffices.prisoners.agreeing.instances import Convoy, Detail, Point, Side, Stage, Wanted
from goodoffices.prisoners.agreeing.lists import Going
from goodoffices.prisoners.planning import making
from goodoffices.prisoners.planning.plan import Problem

GOING = (
    *(Going(f"K-{n}", "kaldria", "counted") for n in range(1, 5)),
    *(Going(f"S-{n}", "sulmere", "counted", ("wounded",)) for n in range(1, 5)),
    Going("K-9", "kaldria", "uncounted", ("severely wounded",)),
    Going("S-9", "sulmere", "all for all: minor", ("minor",)),
)
WANTED = Wanted(
    title='Exercise: "the Marrow" — #1',
    sides=(Side("kaldria", "Kaldria: north", "uk"), Side("sulmere", "Sulmere", "ru")),
    stages=(Stage(date(2030, 5, 1), 2), Stage(date(2030, 5, 2), None, 9)),
    points=(Point("bridge", "The bridge"), Point("ford", "The ford, {east}", 3, (2,))),
    convoys=(
        Convoy("kaldria", "bridge", 1, 9, 2, "ambulance"),
        Convoy("sulmere", "bridge", 2, 9),
        Convoy("kaldria", "ford", 1, 4),
        Convoy("sulmere", "ford", 1, 4),
    ),
    by={"severely wounded": 1},
    priorities=("severely wounded", "wounded"),
    days={date(2030, 5, 2): 20},
    hours={"Tarn, old prison": {"bridge": "3", "ford": "4.5"}},
    details={"K-1": Detail(fit="2"), "K-2": Detail(held="Tarn, old prison"), "K-9": Detail(stretcher=True)},
)


def test_what_is_written_is_read_and_planned() -> None:
    instance = instances.read(instances.written(WANTED, GOING))
    assert instances.wanted(instance) == WANTED
    made = making.plan(Problem(instance))
    assert (len(made.seats), made.seats["K-9"].stage, made.seats["K-1"].stage, made.proved) == (10, 1, 2, True)


def test_details_are_a_line_a_person() -> None:
    text = "id, stretcher, fit, travels with\nK-1, yes\n\nK-2,,2\nK-3, no, no, sisters, Tarn\n"
    assert instances.details(text) == {
        "K-1": Detail(stretcher=True),
        "K-2": Detail(fit="2"),
        "K-3": Detail(fit="no", group="sisters", held="Tarn"),
    }


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("K-1\nK-1", 2, "“K-1” stands here twice."),
        ("K-1,lying", 1, "“stretcher” is yes or no, and “lying” is neither."),
        ("K-1,yes,2,a,b,c", 1, "this line has 6 parts; there are at most 5."),
    ],
)
def test_details_that_cannot_be_read(text: str, line: int, why: str) -> None:
    with pytest.raises(BadFile) as error:
        instances.details(text)
    assert (error.value.place.line, error.value.why) == (line, why)


def test_a_detail_of_nobody_on_the_list() -> None:
    with pytest.raises(BadFile, match="“K-1” is not on the agreed list"):
        instances.written(WANTED, GOING[1:])
