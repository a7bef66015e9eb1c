"""Word documents (DOCX) read as an outline: paragraphs with heading styles, and what else stands in them remarked."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from goodoffices.papers.conditions import headings
from goodoffices.papers.conditions.outline import KEY, Piece, gathered
from goodoffices.papers.conditions.paper import ConditionsPaper, NotReadable, Remark

MAX_UNPACKED_BYTES = 64 * 1024 * 1024  # a paper of words stays far below; a small file that unpacks to more is a trap

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_ITEM = re.compile(r"\(?(?P<label>[0-9]+(?:\.[0-9]+)*|[ivxIVX]+|[a-zA-Z])[.)]\s+(?=\S)")
_LOST = {
    "footnoteReference": "a footnote is not read; put what matters into the text.",
    "endnoteReference": "an endnote is not read; put what matters into the text.",
    "drawing": "a picture or drawing is not read.",
    "pict": "a picture or drawing is not read.",
    "object": "something embedded is not read.",
    "commentReference": "a comment is not read.",
}


def read(content: bytes) -> ConditionsPaper:
    """The conditions in a Word document. Raises ``NotReadable``."""
    try:
        size = _unpacked(content)
        styles, body = _opened(content) if size <= MAX_UNPACKED_BYTES else ({}, ())
    except Exception as error:  # on a broken file the library fails in whatever way its own parts do
        raise NotReadable("This is not a Word document (DOCX) that can be read. Save it anew as DOCX.") from error
    if size > MAX_UNPACKED_BYTES:
        limit = MAX_UNPACKED_BYTES // (1024 * 1024)
        raise NotReadable(f"This document unpacks to {size:,} bytes; the limit is {limit} MiB.")
    remarks: list[Remark] = []
    return gathered(list(_pieces(styles, body, remarks)), remarks)


def _opened(content: bytes) -> tuple[dict[str, str], Any]:
    """The names of its styles by id, and its body."""
    import docx  # here: most runs of the program never meet such a file

    document = docx.Document(io.BytesIO(content))
    return {style.style_id: str(style.name) for style in document.styles if style.name}, [*document.element.body]


def _unpacked(content: bytes) -> int:
    """How many bytes it says it unpacks to: asked before anything is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return sum(info.file_size for info in packed.infolist())


def _pieces(styles: dict[str, str], body: Any, remarks: list[Remark]) -> Iterator[Piece]:
    number, tables = 0, 0
    for element in _blocks(body):
        if element.tag == f"{_W}tbl":
            tables += 1
            remarks.append(Remark(f"table {tables}", "tables are not read; write each condition as a paragraph."))
            continue
        number += 1
        place, text = f"paragraph {number}", _text(element)
        remarks += (Remark(place, why) for why in _lost(element))
        if text:
            yield _piece(place, text, _level(element, styles), listed=_listed(element, styles))


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also within content controls and what a reviewer inserted."""
    for element in parent:
        if element.tag in {f"{_W}p", f"{_W}tbl"}:
            yield element
        elif element.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"}:
            yield from _blocks(element)


def _text(paragraph: Any) -> str:
    """Its words, with changes a reviewer suggested taken as accepted; text boxes are left out."""
    parts = []
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if any(up.tag in {f"{_W}txbxContent", f"{_W}moveFrom"} for up in element.iterancestors()):
            continue
        name = element.tag.removeprefix(_W)
        parts.append({"t": element.text or "", "noBreakHyphen": "-"}.get(name, " "))
    return " ".join("".join(parts).split())


def _lost(paragraph: Any) -> Iterator[str]:
    """What stands in a paragraph and is not read, or read with a doubt; each thing once."""
    tags = {str(element.tag).removeprefix(_W) for element in paragraph.iter()}
    if tags & {"ins", "del", "moveFrom", "moveTo"}:
        yield "it has tracked changes; it was read as if all of them were accepted."
    if "txbxContent" in tags:
        yield "a text box is not read; put what matters into the text."
    yield from dict.fromkeys(why for tag, why in _LOST.items() if tag in tags)


def _level(paragraph: Any, styles: dict[str, str]) -> int | None:
    """Its level as a heading: by style, by outline level, or None."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = styles.get(style.get(f"{_W}val"), "") if style is not None else ""
    if name.casefold() == "title":
        return 1
    match = _HEADING.fullmatch(name)
    outline = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    if match is None and outline is not None and outline.get(f"{_W}val", "9") in set("01234567"):
        return int(outline.get(f"{_W}val")) + 1
    return int(match[1]) if match else None


def _listed(paragraph: Any, styles: dict[str, str]) -> bool:
    """Whether it is an item of a list, numbered or not: Word keeps the numbers to itself."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = styles.get(style.get(f"{_W}val"), "") if style is not None else ""
    return name.casefold().startswith("list") or paragraph.find(f"{_W}pPr/{_W}numPr") is not None


def _piece(place: str, text: str, level: int | None, *, listed: bool) -> Piece:
    if level is not None:
        return Piece(place, text, level)
    if headings.topic(text) and not text.endswith("."):
        return Piece(place, text.rstrip(":"), 2)  # many a document has its headings in bold and not by style
    match = _ITEM.match(text)
    if match is None or KEY.match(text):
        return Piece(place, text, listed=listed)
    return Piece(place, text[match.end() :], label=match["label"].casefold(), listed=True)
