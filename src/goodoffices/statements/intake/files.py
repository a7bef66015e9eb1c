"""Files become text: plain text, HTML, DOCX and PDF, told apart by what is in them and not by their names.

What cannot be read raises ``Unreadable`` with a sentence for whoever gave the file. A library for a format is imported
when a file of that format is read, and not before.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
import zipfile
from dataclasses import dataclass

from goodoffices.statements.intake import pages
from goodoffices.statements.intake.english import ENGLISH
from goodoffices.statements.intake.language import Language
from goodoffices.statements.intake.spans import Stretch

LARGEST_FILE = 20_000_000  # bytes; pages carry scripts, and PDFs pictures
LONGEST_TEXT = 1_000_000  # characters: some 400 pages of print
_LARGEST_UNPACKED = 200_000_000  # bytes a DOCX may unpack to; more is meant to hurt
_BYTE_ORDER = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|div|p|h1)\b", re.IGNORECASE | re.DOTALL
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)


class Unreadable(ValueError):
    """A file or text from which no drafts can be made, and why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a file says. ``page`` are stretches of it that the page shows around its article (menus, footers)."""

    text: str
    format: str
    page: tuple[Stretch, ...] = ()


def text_of(content: bytes, language: Language = ENGLISH) -> Text:
    """The text in ``content``. Raises ``Unreadable``."""
    if len(content) > LARGEST_FILE:
        raise Unreadable(f"It has {len(content):,} bytes; intake reads files of up to {LARGEST_FILE:,}.")
    found = _by_format(content)
    if len(found.text) > LONGEST_TEXT:
        raise Unreadable(
            f"Its text is {len(found.text):,} characters long; intake reads up to {LONGEST_TEXT:,}. "
            "Give it one article, statement or transcript at a time."
        )
    _look_at_letters(found.text, language)
    return found


def _by_format(content: bytes) -> Text:
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return Text(_pdf(content), "PDF")
    if content.startswith(b"PK\x03\x04"):
        return Text(_docx(content), "DOCX")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("It is a Word document of the old kind (.doc). Save it as .docx, or as text.")
    if content.startswith(b"{\\rtf"):
        raise Unreadable("It is an RTF document. Save it as .docx, or as text.")
    if _HTML.match(content[:4096].removeprefix(b"\xef\xbb\xbf")):
        text, page = pages.text_of(_decoded(content, _charset(content)))
        return Text(text, "HTML", page)
    return Text(_decoded(content), "text")


def _look_at_letters(text: str, language: Language) -> None:
    letters = [c for c in text[:20_000] if c.isalpha()]
    if not letters:
        raise Unreadable("There is no text in it to make drafts of.")
    own = sum(1 for c in letters if language.script.match(c))
    if 2 * own < len(letters):
        other = next(c for c in letters if not language.script.match(c))
        script = unicodedata.name(other, "another").split()[0].capitalize()
        raise Unreadable(
            f"Intake reads {language.name} so far, and most letters of this text are of another script ({script}). "
            "Give it a human translation, and keep the original beside it."
        )


def _decoded(content: bytes, charset: str = "utf-8") -> str:
    charset = next((name for mark, name in _BYTE_ORDER if content.startswith(mark)), charset)
    try:
        text = content.decode(charset)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"It is not {charset.upper()} text: byte {error.start + 1:,} cannot be read. "
            "Save it as UTF-8; nothing was guessed, so that no word is changed."
        ) from error
    except LookupError as error:
        raise Unreadable(f"It names a character set that is not known: {charset}. Save it as UTF-8.") from error
    if "\0" in text:
        raise Unreadable("It is not text: it holds bytes of zero. Intake reads text, HTML, DOCX and PDF.")
    return text


def _charset(content: bytes) -> str:
    match = _CHARSET.search(content[:4096])
    return match[1].decode("ascii").lower() if match else "utf-8"


def _pdf(content: bytes) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it finds wrong is said below, once

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("The PDF is locked with a password. Save it without one.")
        text = "\n".join(_without_nulls(page.extract_text()) for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("The PDF is damaged and cannot be read.") from error
    if not any(c.isalnum() for c in text):
        raise Unreadable(
            "The PDF holds no text, only pictures of it, as a scan does. Have its text recognised first, or type it."
        )
    return text


def _without_nulls(text: str) -> str:
    return text.replace("\0", "")


def _docx(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "word/document.xml" not in archive.namelist():
                raise Unreadable("It is an archive, but not a Word document. Intake reads text, HTML, DOCX and PDF.")
            if sum(part.file_size for part in archive.infolist()) > _LARGEST_UNPACKED:
                raise Unreadable("The document unpacks to far more than it holds. It is not read.")
        return _docx_text(content)
    except (zipfile.BadZipFile, KeyError, OSError, SyntaxError) as error:
        raise Unreadable("The document is damaged and cannot be read.") from error


def _docx_text(content: bytes) -> str:
    import docx
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    try:
        document = docx.Document(io.BytesIO(content))
    except (OpcError, ValueError, AttributeError) as error:
        raise Unreadable("The document is damaged and cannot be read.") from error
    blocks: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            blocks += [cell.text for row in block.rows for cell in row.cells]
        else:
            blocks.append(block.text)
    return "\n\n".join(text for text in blocks if text.strip())
