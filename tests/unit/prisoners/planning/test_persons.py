"""Persons in a table: what is wrong is named with its line, and nothing is taken from such a table."""

from __future__ import annotations

import pytest

from goodoffices.papers.marked import BadFile
from goodoffices.prisoners.planning.instance import Person
from goodoffices.prisoners.planning.persons import from_table

SIDES = ["kaldria", "sulmere"]
HEAD = "id,side,categories,stretcher,fit,group,held\n"


def test_a_table_is_read_in_its_order_whatever_the_order_of_its_columns() -> None:
    rows = ["side,id,fit,categories,stretcher", "sulmere,S-1,2,ill; woman,yes", "kaldria,K-1,no,,", "sulmere,S-2,,,"]
    table = "\ufeff" + "".join(f"{row}\r\n" for row in rows)
    assert from_table(table, SIDES) == (
        Person("S-1", "sulmere", 1, ("ill", "woman"), stretcher=True, fit_from=2),
        Person("K-1", "kaldria", 1, fit_from=0),
        Person("S-2", "sulmere", 2),
    )


WRONG = {
    "K-1,kaldria,,,,,\nK-1,kaldria,,,,,": "line 3, column 1: “K-1” is listed twice: already in line 2.",
    "K-1,kaldria,,,,,\nK-1,sulmere,,,,,": (
        "line 3, column 1: “K-1” is on both sides: already in line 2 for “kaldria”, here for “sulmere”."
    ),
    "K-1,kaldria,severely wounded;wounded,,,,": ("line 2, column 1: nobody is both “severely wounded” and “wounded”."),
    "K-1,kaldria,minor;aged 18-25,,,,": "line 2, column 1: nobody is both “minor” and “aged 18-25”.",
    "K-1,kaldria,other;ill,,,,": "line 2, column 1: “other” stands alone: it means none of the other categories.",
    "K-1,kaldria,il,,,,": "line 2, column 1: there is no category “il”. Did you mean “ill”?",
    "K-1,kaldira,,,,,": "line 2, column 1: there is no side called “kaldira”. Did you mean “kaldria”?",
    "K-1,kaldria,,perhaps,,,": "line 2, column 1: “stretcher” is yes or no, and “perhaps” is neither.",
    "K-1,kaldria,,,-1,,": (
        "line 2, column 1: “fit” is the stage from which somebody may travel, or no; “-1” is neither."
    ),
    "=cmd(),kaldria,,,,,": (
        "line 2, column 1: “=cmd()” is no id: letters, digits and . / : - _, beginning with a letter or digit."
    ),
    ",kaldria,,,,,": "line 2, column 1: this person has no “id”.",
    "K-1,kaldria": "line 2, column 1: this row has 2 cells, and there are 7 columns.",
    'K-1,"kaldria,,,,,': "line 2, column 1: this is not a table in CSV: unexpected end of data.",
    "": "line 1, column 1: no persons are listed.",
}


@pytest.mark.parametrize(("rows", "answer"), list(WRONG.items()))
def test_what_is_wrong_is_said_with_its_line(rows: str, answer: str) -> None:
    with pytest.raises(BadFile) as raised:
        from_table(HEAD + rows, SIDES)
    assert str(raised.value) == answer


def test_a_column_that_is_not_known_or_there_twice() -> None:
    with pytest.raises(BadFile, match="two columns are called “id”"):
        from_table("id,id,side\n1,2,kaldria\n", SIDES)
    with pytest.raises(BadFile, match="persons have no “name”"):
        from_table("id,side,name\n1,kaldria,x\n", SIDES)
