"""Bytes to text, whichever encoding a list was saved in."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_GUESSES: Final = ("cp1251", "koi8_u", "cp866", "iso8859_5", "cp1256", "cp1250", "cp1254", "cp1252")
_SAMPLE: Final = 200_000
_CYRILLIC: Final = re.compile("[А-ЯҐЄІЇЁ]?[а-яґєіїё’']+|[А-ЯҐЄІЇЁ’']+")
_ARABIC: Final = re.compile("[\u0621-\u064a]+")
_LATIN: Final = re.compile("[A-Za-zÀ-ÖØ-öø-ſ]+")
_LETTERS: Final = re.compile("[^\\W\\d_]+")


@dataclass(frozen=True)
class Text:
    """What was read; ``guessed`` where nothing but its looks spoke for the encoding."""

    text: str
    encoding: str
    guessed: bool = False


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
    try:
        return Text(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        encoding = max(_GUESSES, key=lambda e: _looks(content[:_SAMPLE], e))
        return Text(content.decode(encoding, errors="replace"), encoding, guessed=True)


def _strictly(content: bytes, encoding: str) -> Text:
    try:
        return Text(content.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise NotText(f"It begins like {encoding}, but byte {error.start + 1} is not.") from None


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
