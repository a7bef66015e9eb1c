"""Word documents for tests, made as Word makes them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls


def document(paragraphs: Iterable[tuple[str, str]]) -> Any:
    """A document of (style, text) paragraphs."""
    made = docx.Document()
    for style, text in paragraphs:
        made.add_paragraph(text, style=style)
    return made


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xml(text: str) -> Any:
    """An element from WordprocessingML, with ``w:`` known."""
    name, rest = text.split(">", 1) if ">" in text else (text, "")
    begin, _space, attributes = name.partition(" ")
    return parse_xml(f"{begin} {nsdecls('w')} {attributes}>{rest}")
