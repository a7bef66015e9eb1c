"""Lists in XLSX workbooks: one visible sheet is read, values only. Nothing in a workbook is run.

What a workbook may hide is looked for in its parts before anything is read from it: formulas, merged and hidden
cells, hidden sheets, macros, and documents that blow up when unpacked.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from goodoffices.prisoners.lists.tables import (
    MOST_ROWS,
    BadList,
    Finding,
    Row,
    Table,
    below_headings,
    letters,
    of_width,
)

_LARGEST: Final = 3 << 30
"""Bytes of all parts unpacked; a million rows of twenty cells are below one GiB."""
_THICKEST: Final = 400
"""How many times its size a part may unpack to."""
_OF_NOTE: Final = 10 << 20
_BLOCK: Final = 1 << 20
_OVERLAP: Final = 4096
_FORMULA: Final = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d+)"[^>]*><f')
_MERGED: Final = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
_HIDDEN_ROW: Final = re.compile(rb'<row\b[^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"')
_HIDDEN_COLUMN: Final = re.compile(rb'<col\b[^>]*?\bhidden="(?:1|true)"')


@dataclass
class _Seen:
    formulas: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: int = 0


def read(content: bytes) -> Table:
    """The first visible sheet that has rows. Raises ``BadList``."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadList("It is protected by a password or in the old XLS format. Save it as XLSX or CSV without one.")
    with _unpacked(content) as parts:
        _check_safe(parts)
        paths = _sheet_paths(parts)
        findings = _of_the_whole(parts)
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        except CalamineError:
            raise BadList("It is damaged, or no workbook.") from None
        sheet = _first(book, findings)
        seen = _look(parts, paths[sheet]) if sheet in paths else _Seen()
    try:
        headings, rows = below_headings(_rows(book, sheet))
    except CalamineError:
        raise BadList(f"The sheet “{sheet}” is damaged.") from None
    findings += _of_the_sheet(seen)
    aside: list[Row] = []
    return Table(headings, of_width(rows, len(headings), findings, aside), findings, f"sheet “{sheet}”", aside)


def _unpacked(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise BadList("It is damaged, or no workbook.") from None


def _check_safe(parts: zipfile.ZipFile) -> None:
    for part in parts.infolist():
        thick = part.file_size > _OF_NOTE and part.file_size > _THICKEST * max(part.compress_size, 1)
        if thick or sum(p.file_size for p in parts.infolist()) > _LARGEST:
            raise BadList("Unpacked it would be far larger than any list. It was not opened.")
        if part.filename.endswith((".xml", ".rels")):
            with parts.open(part) as opened:
                if b"<!" in opened.read(_OVERLAP).replace(b"<!--", b""):
                    why = "It carries definitions of its own (DOCTYPE), which no list needs. It was not opened."
                    raise BadList(why)


def _sheet_paths(parts: zipfile.ZipFile) -> dict[str, str]:
    """Name of each sheet -> its part."""
    try:
        book = parts.read("xl/workbook.xml").decode("utf-8")
        links = parts.read("xl/_rels/workbook.xml.rels").decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        raise BadList("It is damaged, or no workbook.") from None
    targets = {}
    for link in re.findall(r"<Relationship\b[^>]*>", links):
        name, target = re.search(r'\bId="([^"]+)"', link), re.search(r'\bTarget="([^"]+)"', link)
        if name and target:
            targets[name[1]] = target[1].lstrip("/").removeprefix("xl/")
    found = {}
    for sheet in re.findall(r"<sheet\b[^>]*>", book):
        name, link_id = re.search(r'\bname="([^"]*)"', sheet), re.search(r'\br:id="([^"]+)"', sheet)
        if name and link_id and link_id[1] in targets:
            found[_unescaped(name[1])] = "xl/" + targets[link_id[1]]
    return found


def _unescaped(text: str) -> str:
    for entity, c in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, c)
    return text


def _of_the_whole(parts: zipfile.ZipFile) -> list[Finding]:
    names = parts.namelist()
    found = []
    if any(n.endswith("vbaProject.bin") for n in names):
        found.append(Finding(0, 0, "It holds macros. They were not run."))
    if any(n.startswith("xl/externalLinks/") for n in names):
        found.append(Finding(0, 0, "It points to other files. They were not opened."))
    return found


def _first(book: CalamineWorkbook, findings: list[Finding]) -> str:
    shown = [s.name for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible]
    hidden = [s.name for s in book.sheets_metadata if s.visible != SheetVisibleEnum.Visible]
    findings += [Finding(0, 0, f"The sheet “{name}” is hidden. It was not read.") for name in hidden]
    filled = [name for name in shown if book.get_sheet_by_name(name).height]
    if not filled:
        raise BadList("It has no visible sheet with anything in it.")
    findings += [Finding(0, 0, f"The sheet “{name}” was not read: a list is one sheet.") for name in filled[1:]]
    return filled[0]


def _look(parts: zipfile.ZipFile, path: str) -> _Seen:
    """What the sheet's part holds besides values, found block by block."""
    seen = _Seen()
    if path not in parts.namelist():
        return seen
    rest, offset = b"", 0
    with parts.open(path) as opened:
        while block := opened.read(_BLOCK):
            _look_at(rest + block, offset, seen)
            offset = min(len(rest) + len(block), _OVERLAP)
            rest = (rest + block)[-_OVERLAP:]
    return _Seen(
        sorted(set(seen.formulas)), sorted(set(seen.merged)), sorted(set(seen.hidden_rows)), seen.hidden_columns
    )


def _look_at(block: bytes, _offset: int, seen: _Seen) -> None:
    seen.formulas += [(int(row), _number(column)) for column, row in _FORMULA.findall(block)]
    seen.merged += [(int(b), _number(a), int(d), _number(c)) for a, b, c, d in _MERGED.findall(block)]
    seen.hidden_rows += [int(row) for row in _HIDDEN_ROW.findall(block)]
    seen.hidden_columns += len(_HIDDEN_COLUMN.findall(block))


def _number(column: bytes) -> int:
    number = 0
    for c in column:
        number = number * 26 + c - ord("A") + 1
    return number


def _of_the_sheet(seen: _Seen) -> list[Finding]:
    found = [
        Finding(row, column, "A formula stands here. It was not run; the value saved with it was taken.")
        for row, column in seen.formulas
    ]
    for top, left, bottom, right in seen.merged:
        cells = f"{letters(left)}{top}:{letters(right)}{bottom}"
        why = f"The cells {cells} are merged. Their value was taken for the first of them only."
        found.append(Finding(top, left, why))
    if seen.hidden_rows:
        some = ", ".join(map(str, seen.hidden_rows[:10])) + (", …" if len(seen.hidden_rows) > 10 else "")
        found.append(Finding(0, 0, f"{len(seen.hidden_rows)} rows are hidden, and were read all the same: {some}."))
    if seen.hidden_columns:
        found.append(Finding(0, 0, "Columns are hidden. They were read all the same."))
    return found


def _rows(book: CalamineWorkbook, name: str) -> Iterator[Row]:
    sheet = book.get_sheet_by_name(name)
    before = [""] * (sheet.start or (0, 0))[
        1
    ]  # rows are given from the first of the sheet, columns from the first filled
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number > MOST_ROWS:
            raise BadList(f"It has more than {MOST_ROWS:,} rows.")
        said = before + [_said(cell) for cell in cells]
        if any(said):
            yield number, said


def _said(cell: object) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell)
