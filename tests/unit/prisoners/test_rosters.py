"""Rosters: what is kept of a list, what is cited of it, and what a corrected one changed."""

from __future__ import annotations

import hashlib
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.prisoners.lists import files
from goodoffices.prisoners.lists.tables import BadList
from goodoffices.prisoners.rosters import (
    BadRoster,
    Changes,
    Roster,
    Row,
    changes,
    decode,
    encode,
    numbered,
    persons,
)
from goodoffices.prisoners.taking import take
from goodoffices.record import canonical
from tests.listing import HELD

TODAY = date(2030, 1, 15)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ROWS = st.builds(
    Row, number=st.integers(1, 99).map(str), salt=st.binary(min_size=16, max_size=16),
    said=st.dictionaries(TEXT.filter(bool), TEXT, max_size=4),
)  # fmt: skip


def salts(purpose: str) -> bytes:
    return hashlib.sha256(purpose.encode()).digest()[:16]


def taken(content: bytes, before: Roster | None = None) -> Roster:
    return take(files.read(content), TODAY, salts, before).roster


@given(st.lists(ROWS, max_size=5).map(tuple), st.lists(ROWS, max_size=2).map(tuple))
def test_a_roster_reads_back_as_it_was_kept(rows: tuple[Row, ...], aside: tuple[Row, ...]) -> None:
    roster = Roster(rows, aside, ("r:" + "0" * 64,))
    assert decode(encode(roster)) == roster


@given(ROWS)
def test_a_row_is_cited_by_salt_and_canonical_json(row: Row) -> None:
    plain = canonical.encode([row.number, [list(pair) for pair in sorted(row.said.items())]])
    assert row.citation == "r:" + hashlib.sha256(row.salt + plain).hexdigest()


@given(st.lists(ROWS, min_size=1, max_size=5, unique_by=lambda row: row.citation), st.data())
def test_the_digest_still_holds_when_a_row_is_erased(rows: list[Row], data: st.DataObject) -> None:
    roster = Roster(tuple(rows[1:]), tuple(rows[:1]))
    gone = data.draw(st.sampled_from(rows)).citation
    left = roster.without(gone)
    assert (left.digest, left.erased) == (roster.digest, (gone,))
    assert gone not in {row.citation for row in (*left.rows, *left.aside)}


def test_who_is_not_there_cannot_be_taken_out() -> None:
    with pytest.raises(KeyError):
        Roster(()).without("r:" + "0" * 64)


@pytest.mark.parametrize("content", [b"", b"x", encode(Roster(()))[:-1]])
def test_what_is_no_roster_is_refused(content: bytes) -> None:
    with pytest.raises(BadRoster):
        decode(content)


def test_nothing_of_the_file_is_lost() -> None:
    roster = taken(HELD)
    assert [(row.number, row.said) for row in roster.rows] == [
        (
            "1",
            {
                "id": "17", "surname": "Вигаданий", "given": "Остап", "patronymic": "Миколайович", "rank": "солдат",
                "born": "03.05.1990", "understood:born": "1990-05-03", "note": "ліва рука",
            },
        ),
        (
            "2",
            {
                "id": "18", "surname": "Неіснуючий", "given": "Петро", "rank": "сержант", "born": "1985",
                "understood:born": "1985",
            },
        ),
    ]  # fmt: skip
    assert [(row.number, row.said) for row in roster.aside] == [
        ("4", {"column:№": "19", "column:Дата народження": "12.12.1979", "column:Примітка": "без імені"})
    ]


def test_columns_that_are_not_understood_and_rows_without_anything_understood_are_kept() -> None:
    roster = taken(b"Surname;Shoe size;Shoe size;\nFictive;44;;x\n;;45;\n")
    assert roster.rows[0].said == {"surname": "Fictive", "column:Shoe size": "44", "column:D": "x"}
    assert [row.said for row in roster.aside] == [{"column:Shoe size (C)": "45"}]


def test_a_list_without_anybody_is_refused() -> None:
    with pytest.raises(BadList, match="no row in it that can be used"):
        taken(b"Surname;Rank\n;private\n")


def test_a_corrected_list_keeps_the_numbers_of_its_rows() -> None:
    old = taken(HELD)
    corrected = HELD.replace("Остап".encode(), "Остап-Іван".encode()).replace(b"\n18;", b"\n20;")
    new = taken(corrected + b"21;X;Y;;;;\n", old)
    assert [(row.number, row.said["id"]) for row in new.rows] == [("1", "17"), ("2", "20"), ("3", "21")]
    assert changes(old, new) == Changes(("3",), (), {"1": ("given",), "2": ("id",)})
    assert not changes(old, old)


def test_a_place_on_a_list_that_moved_is_nobody_else() -> None:
    old = taken("№;Surname;Born\n1;One;1990\n2;Two;1991\n3;Three;1992\n".encode())
    new = taken("№;Surname;Born\n1;One;1990\n2;Three;1992\n3;Four;1993\n".encode(), old)
    assert [(row.number, row.said["surname"]) for row in new.rows] == [("1", "One"), ("3", "Three"), ("4", "Four")]
    assert changes(old, new) == Changes(("4",), ("2",), {"3": ("id",)})


def test_without_numbers_of_its_own_rows_are_known_by_what_they_say() -> None:
    old = taken(b"Surname;Born;Rank\nOne;1990;a\nTwo;1991;b\nTwin;1992;c\nTwin;1992;d\n")
    said = [
        {"surname": "Two", "born": "1991", "rank": "changed", "understood:born": "1991"},
        {"surname": "One", "born": "1990", "rank": "a", "understood:born": "1990"},
        {"surname": "Twin", "born": "1992", "rank": "x", "understood:born": "1992"},
    ]
    assert numbered(said, old) == ["2", "1", "5"]
    assert numbered(said, old, past=9) == ["2", "1", "10"]
    assert numbered(said, None) == ["1", "2", "3"]


def test_persons_are_read_back_with_their_dates() -> None:
    (first, second) = persons(taken(HELD))
    assert (first.row, first.id, first.said["surname"], first.born and first.born.edtf) == (
        1, "1", "Вигаданий", "1990-05-03",
    )  # fmt: skip
    assert second.born is not None
    assert second.born.edtf == "1985"
    assert "understood:born" not in first.said


def test_a_million_rows_are_refused_by_their_number() -> None:
    out = io.StringIO("Surname\n" + "Fictive\n" * 250_002)
    with pytest.raises(BadList, match=r"more than 250,000 rows.*File it in parts"):
        taken(out.getvalue().encode())
