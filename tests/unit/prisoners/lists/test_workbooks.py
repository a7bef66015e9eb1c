"""Workbooks with everything that makes a list hard to read, and some that mean harm."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from openpyxl import Workbook

from goodoffices.prisoners.lists import files
from goodoffices.prisoners.lists.tables import BadList, Finding

HEADINGS = ["Прізвище", "Ім'я", "Дата народження", "Номер"]


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book(*rows: list[object], name: str = "Список") -> Workbook:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = name
    for row in (HEADINGS, *rows):
        sheet.append(row)
    return made


def test_values_of_every_type_are_read_as_text() -> None:
    content = saved(
        book(
            ["Коваленко", "Іван", datetime(1987, 5, 12, tzinfo=UTC).replace(tzinfo=None), 17],
            ["Шевчук", "Олена", date(1990, 1, 2), 2.5],
        )
    )
    reading = files.read(content)
    assert [(p.row, p.id, p.said["surname"], p.born and p.born.edtf) for p in reading.persons()] == [
        (2, "17", "Коваленко", "1987-05-12"),
        (3, "2.5", "Шевчук", "1990-01-02"),
    ]
    assert reading.findings == []


def test_formulas_merged_cells_and_hidden_rows_are_told_by_place() -> None:
    made = book(
        ["Коваленко", "Іван", "12.05.1987", 1], ["=HYPERLINK(1)", "Олена", "13.05.1990", 2], ["", "Юрій", "", 3]
    )
    sheet = made.active
    assert sheet is not None
    sheet.merge_cells("A3:A4")
    sheet.row_dimensions[2].hidden = True
    reading = files.read(saved(made))
    assert [p.row for p in reading.persons()] == [2, 3, 4]
    assert reading.findings == [
        Finding(3, 1, "A formula stands here. It was not run; the value saved with it was taken."),
        Finding(3, 1, "The cells A3:A4 are merged. Their value was taken for the first of them only."),
        Finding(0, 0, "1 rows are hidden, and were read all the same: 2."),
    ]


def test_only_the_first_visible_sheet_is_read_and_the_others_are_named() -> None:
    made = book(["Коваленко", "Іван", "", 1])
    made.create_sheet("Secret", 0).sheet_state = "hidden"
    made.create_sheet("Second").append(["x"])
    made.active = 1
    reading = files.read(saved(made))
    assert [p.said["surname"] for p in reading.persons()] == ["Коваленко"]
    assert [f.why for f in reading.findings] == [
        "The sheet “Secret” is hidden. It was not read.",
        "The sheet “Second” was not read: a list is one sheet.",
    ]


def test_a_list_that_begins_elsewhere_keeps_its_rows_and_columns() -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for column, heading in enumerate(HEADINGS, 3):
        sheet.cell(5, column, heading)
    sheet.cell(6, 3, "Коваленко")
    sheet.cell(6, 5, "yesterday")
    reading = files.read(saved(made))
    assert [p.row for p in reading.persons()] == [6]
    assert [(f.row, f.column) for f in reading.findings] == [(6, 5)]


def changed(content: bytes, name: str, replace: tuple[bytes, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, data.replace(*replace) if part == name else data)
    return out.getvalue()


def test_a_document_with_entities_is_not_opened() -> None:
    bomb = b'?>\n<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n'
    content = saved(book(["Коваленко", "Іван", "", 1]))
    part = "xl/worksheets/sheet1.xml"
    with_declaration = changed(content, part, (b"<worksheet", b'<?xml version="1.0"?><worksheet'))
    with pytest.raises(BadList, match="DOCTYPE"):
        files.read(changed(with_declaration, part, (b"?>", bomb)))


def test_a_document_that_blows_up_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b" " * (40 << 20))
    with pytest.raises(BadList, match="far larger"):
        files.read(out.getvalue())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04 and no more", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
        (b"%PDF-1.7", "PDF"),
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"a;b\n1;2\n", "No column is headed as a name"),
    ],
)
def test_what_is_no_list_is_said_to_be_none(content: bytes, why: str) -> None:
    with pytest.raises(BadList, match=why):
        files.read(content)


def test_a_workbook_without_sheets_or_rows() -> None:
    with pytest.raises(BadList, match="no visible sheet"):
        files.read(saved(Workbook()))
