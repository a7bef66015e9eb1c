"""What is wrong with a list, all at once; good rows are kept."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodoffices.prisoners.lists import categories, checking, files
from goodoffices.prisoners.lists.fields import FIELDS, BadMap, guessed, mapped
from goodoffices.prisoners.lists.tables import BadList
from goodoffices.prisoners.lists.writing import harmless

TODAY = date(2026, 1, 1)


def found(text: str) -> tuple[list[int], list[tuple[int, int, bool, str]]]:
    reading = files.read(text.encode())
    rows = [p.row for p in checking.check(reading, TODAY)]
    return rows, sorted((f.row, f.column, f.bad, f.why) for f in reading.findings)


def test_bad_rows_are_kept_aside_and_good_ones_kept() -> None:
    rows, said = found("№;Прізвище;Ім'я\n1;Гай;Юрій\n1;Коваль;Іван\n3;;\n4;Ша\ufffdк;Ю\n5;Мак;Єва;x\n6;Чуб;Лев\n")
    assert rows == [2, 7]
    assert said == [
        (3, 1, True, "The same number stands in row 2 already."),
        (4, 0, True, "There is no name in this row."),
        (5, 2, True, "The name has characters that were lost before it came here."),
        (6, 4, True, "It has 4 cells where the headings have 3: something has slipped."),
    ]


def test_contradictory_categories_and_dates_are_told() -> None:
    head = "name,born,captured,category,sex,rank\n"
    _, said = found(
        head
        + "Юрій Гай,1990-01-01,2023-01-01,неповнолітній,,\n"
        + "Іван Коваль,2001-05-05,1999-05-05,18-25,,\n"
        + "Лев Чуб Іванович,,,woman,,\n"
        + "Єва Мак,,,загинула; поранена,,\n"
        + "Ян Дуб,2040-01-01,,civilian,,солдат\n"
    )
    assert [(row, why) for row, _, _, why in said] == [
        (2, "“minor”, but the date of birth makes this person 36 or older."),
        (3, "Captured before being born: the dates may be in each other's column."),
        (4, "“woman”, but sex or patronymic are a man's."),
        (5, "“deceased” and “wounded” cannot both be true."),
        (6, "The date of birth cannot be true: it is in the future, or over a hundred years ago."),
        (6, "“civilian”, but a rank is given."),
    ]


def test_cells_like_formulas_are_told_and_harmless_when_written() -> None:
    rows, said = found("name\n=HYPERLINK(1)\n+380441234567\n@x\n-\n-Б\n")
    assert rows == [2, 3, 4, 5, 6]
    assert [row for row, _, _, why in said if "formula" in why] == [2, 4, 5, 6]
    assert [harmless(c) for c in ("=1", "+1", "@a", "-b", "-12", "a=1", "")] == [
        "'=1",
        "'+1",
        "'@a",
        "'-b",
        "-12",
        "a=1",
        "",
    ]


def test_the_same_person_twice_is_asked_about() -> None:
    _, said = found("surname,given,born\nГай,Юрій,1987-05-13\nЮрій,ГАЙ,13.05.1987\nГай,Юрій,1987\n")
    assert said == [(3, 0, False, "Name and date of birth are those of row 2: the same person twice?")]


@pytest.mark.parametrize(
    "headings",
    [
        ["№", "Прізвище", "Ім’я", "По батькові", "Дата народження"],
        ["Номер", "Фамилия", "Имя", "Отчество", "Дата рождения"],
        ["ID", "Last name", "First Name", "Middle name", "DOB"],
        ["Nr.", "Nachname", "Vorname", "Vatersname", "Geburtsdatum"],
        ["Numéro", "NOM", "Prénom", "Patronyme", "Date de naissance"],
        ["Nr", "Nazwisko", "Imię", "Imię ojca", "Data urodzenia"],
        ["Sıra No", "Soyadı", "Adı", "Baba adı", "Doğum tarihi"],
    ],
)
def test_headings_in_many_languages(headings: list[str]) -> None:
    assert list(guessed(headings).values()) == ["id", "surname", "given", "patronymic", "born"]


def test_no_heading_means_two_fields() -> None:
    words = [(w, f.key) for f in FIELDS.values() for w in f.words]
    assert sorted({w for w, _ in words if sum(v == w for v, _ in words) > 1}) == []


def test_a_map_that_does_not_fit_says_all_that_is_wrong() -> None:
    with pytest.raises(BadMap, match=r"no column “C”.*“colour” is not a field.*two columns are to be “name”"):
        mapped(["A", "B"], {"A": "name", "B": "name", "C": "colour"})
    assert mapped(["A", "B "], {"B": "name"}) == {1: "name"}


def test_headings_may_stand_below_a_title_and_cells_between_any_marks() -> None:
    for mark in ";\t,|":
        reading = files.read(f"List of 3 May\n\nname{mark}born\nЮрій Гай{mark}1987\n".encode())
        assert [(p.row, p.said) for p in reading.persons()] == [(4, {"name": "Юрій Гай", "born": "1987"})]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("тяжкопоранений", {"severely-wounded"}),
        ("хворий, цивільний", {"ill", "civilian"}),
        ("-", set()),
        ("schwer verwundet", {"severely-wounded"}),
    ],
)
def test_categories_in_words(said: str, meant: set[str]) -> None:
    assert categories.read(said) == meant


@settings(max_examples=150)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_list_or_refused(content: bytes) -> None:
    with suppress(BadList):
        list(checking.check(files.read(content), TODAY))
