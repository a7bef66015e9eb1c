"""Files of every kind become the same text; what cannot be read is refused in a sentence."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from pypdf import PdfWriter

from goodoffices.statements.intake.files import LARGEST_FILE, Unreadable, text_of

OBJECTS = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
    b"<</Length 49>>stream\nBT /F 12 Tf 20 200 Td (Veska agreed to meet.) Tj ET\nendstream",
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
)


def pdf() -> bytes:
    """A PDF of one line, with the table of places that such a file ends with."""
    content, places = b"%PDF-1.4\n", []
    for number, held in enumerate(OBJECTS, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(OBJECTS) + 1, len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return content + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def word(*paragraphs: str) -> bytes:
    document, kept = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Venue", "Lindmoor"
    document.save(kept)
    return kept.getvalue()


def empty_pdf(password: str | None = None) -> bytes:
    writer, kept = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password)
    writer.write(kept)
    return kept.getvalue()


def archive(name: str, size: int) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, b"0" * size)
    return kept.getvalue()


def test_text() -> None:
    for content in ("Ça va.".encode(), "\ufeffÇa va.".encode("utf-16")):
        found = text_of(content)
        assert (found.text.lstrip("\ufeff"), found.format) == ("Ça va.", "text")


def test_html() -> None:
    page = (
        "<!doctype html><meta charset=windows-1252><title>No</title><style>p{}</style><nav><a>Home</a></nav>"
        "<article><h1>Talks</h1><p>“Ça va,” <b>she</b><br>said.<script>alert('no')</script><p>Unclosed &amp; fine"
        "</article><footer>Imprint</footer>"
    )
    found = text_of(page.encode("windows-1252"))
    assert found.text == "Home\n\nTalks\n\n“Ça va,” she said.\n\nUnclosed & fine\n\nImprint"
    assert [found.text[s.start : s.end] for s in found.page] == ["Home", "Imprint"]
    assert found.format == "HTML"


def test_html_nested_deeper_than_anybody_writes() -> None:
    assert text_of(b"<html>" + b"<div>" * 50_000 + b"deep").text == "deep"


def test_docx() -> None:
    found = text_of(word("First.", "", "Second."))
    assert (found.text, found.format) == ("First.\n\nSecond.\n\nVenue\n\nLindmoor", "DOCX")


def test_pdf() -> None:
    found = text_of(pdf())
    assert (found.text, found.format) == ("Veska agreed to meet.", "PDF")


REFUSED = {
    "too large": (b"a" * (LARGEST_FILE + 1), "It has 20,000,001 bytes"),
    "a PDF of pictures": (empty_pdf(), "The PDF holds no text"),
    "a locked PDF": (empty_pdf("secret"), "The PDF is locked with a password"),
    "another archive": (archive("notes.txt", 10), "It is an archive, but not a Word document"),
    "an archive meant to hurt": (archive("word/document.xml", 200_000_001), "The document unpacks to far more"),
    "a document without its parts": (archive("word/document.xml", 10), "The document is damaged"),
    "mostly another script": ("He said: переговори тривали дві години".encode(), "Intake reads English so far"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    content, says = REFUSED[name]
    with pytest.raises(Unreadable, match=says):
        text_of(content)


def test_a_name_in_another_script_is_no_reason_to_refuse() -> None:
    assert text_of("Hana Orrel (Гана Оррел) said “yes” to the mediators in Lindmoor.".encode()).format == "text"
