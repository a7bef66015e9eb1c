"""Bytes to text, whichever encoding a list was saved in."""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from typing import Final

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_GUESSES: Final = ("cp1251", "koi8_u", "cp866", "iso8859_5", "cp1256", "cp1250", "cp1254", "cp1252")
_SAMPLE: Final = 200_000
_BEGINNING: Final = 40_000
_CYRILLIC: Final = re.compile("[А-ЯҐЄІЇЁ]?[а-яґєіїё’']+|[А-ЯҐЄІЇЁ’']+")
_ARABIC: Final = re.compile("[\u0621-\u064a]+")
_LATIN: Final = re.compile("[A-Za-zÀ-ÖØ-öø-ſ]+")
_LETTERS: Final = re.compile("[^\\W\\d_]+")


@dataclass(frozen=True)
class Text:
    """Bytes and how to read them; ``guessed`` where nothing but their looks spoke for the encoding."""

    content: bytes
    encoding: str
    guessed: bool = False

    @property
    def text(self) -> str:
        """All of it."""
        return self.content.decode(self.encoding, "replace" if self.guessed else "strict")

    def lines(self) -> io.TextIOWrapper:
        """Line by line, so that a large list is never in memory as a whole twice; ends of lines stay as they are."""
        errors = "replace" if self.guessed else "strict"
        return io.TextIOWrapper(io.BytesIO(self.content), self.encoding, errors, newline="")

    @property
    def beginning(self) -> str:
        """The first lines."""
        return self.content[:_BEGINNING].decode(self.encoding, "ignore")


class NotText(ValueError):
    """The bytes are no text in any encoding known here."""


def decode(content: bytes) -> Text:
    """Text of a file, by its byte order mark, as UTF-8, or in the old encoding in which it looks most like names."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if b"\0" in content[:_SAMPLE]:
        little = content[1:_SAMPLE:2].count(0) > content[0:_SAMPLE:2].count(0)
        return _strictly(content, "utf-16-le" if little else "utf-16-be")
    if content.isascii() or _is_utf_8(content):
        return Text(content, "utf-8")
    return Text(content, max(_GUESSES, key=lambda e: _looks(content[:_SAMPLE], e)), guessed=True)


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _strictly(content: bytes, encoding: str) -> Text:
    try:
        content.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(f"It begins like {encoding}, but byte {error.start + 1} is not.") from None
    return Text(content, encoding)


def _looks(content: bytes, encoding: str) -> float:
    """Letters in whole words of one alphabet, less those in words that mix alphabets or cases."""
    text = content.decode(encoding, errors="replace")
    good = 0.0
    for word in _LETTERS.findall(text):
        if word.isascii():
            continue
        alphabets = (_CYRILLIC, 1.0), (_ARABIC, 1.0), (_LATIN, 0.9)
        share = max((s for alphabet, s in alphabets if alphabet.fullmatch(word)), default=-1.0)
        good += share * len(word)
    return good - 2 * text.count("\ufffd") - sum(1 for c in text if "\u0080" <= c <= "\u00bf" or "─" <= c <= "▟")
