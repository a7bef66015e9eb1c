"""Plain text and Markdown read as an outline.

A heading is a Markdown heading, an underlined line, a line that names a topic, or a short first line in capitals, with
a colon at its end, or with list items right under it. Blank lines and list markers part conditions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from goodoffices.papers.conditions import headings
from goodoffices.papers.conditions.outline import KEY, Piece, gathered
from goodoffices.papers.conditions.paper import ConditionsPaper, NotReadable, Remark

MAX_CHARACTERS = 1_000_000  # some three hundred pages

_MARKDOWN = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*")
_UNDERLINE = re.compile(r"\s*(=|-){3,}\s*")
_ITEM = re.compile(r"\s*(?:\(?(?P<label>[0-9]+(?:\.[0-9]+)*|[ivxIVX]+|[a-zA-Z])[.)]|(?P<bullet>[-*•\u2013]))\s+(?=\S)")
_RULE = re.compile(r"\s*([-*_=]\s*){3,}")
_HEADING_LENGTH = 60  # characters; longer lines in capitals or with a colon are taken for text


def read(content: bytes) -> ConditionsPaper:
    """The conditions in a text. Raises ``NotReadable``."""
    return gathered(pieces(decoded(content)), _remarks(content))


def decoded(content: bytes) -> str:
    """The text of UTF-8, or UTF-16 with its mark. Raises ``NotReadable``."""
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise NotReadable(f"line {line}: this is not text in UTF-8. Save it as “plain text, UTF-8”.") from error
    if len(text) > MAX_CHARACTERS:
        raise NotReadable(f"The text has {len(text):,} characters; the limit is {MAX_CHARACTERS:,}.")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")


def _remarks(content: bytes) -> list[Remark]:
    if content.strip():
        return []
    return [Remark("line 1", "the paper is empty.")]


def pieces(text: str) -> Iterator[Piece]:
    """Headings and paragraphs, each with the line it begins in."""
    for number, lines in _blocks(text):
        yield from _block(number, lines)


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines between blank ones, with the number of their first line."""
    block: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _block(number: int, lines: list[str]) -> Iterator[Piece]:
    heading, used = _heading(lines)
    place = f"line {number}"
    if heading is not None:
        yield Piece(place, heading[1], level=heading[0])
    current: Piece | None = None
    for at, line in enumerate(lines[used:], start=number + used):
        inner = _heading([line])[0] if _MARKDOWN.fullmatch(line) else None
        if inner is not None:
            if current:
                yield current
            current = None
            yield Piece(f"line {at}", inner[1], level=inner[0])
        elif begun := _begun(line, at, first=current is None):
            if current:
                yield current
            current = begun
        elif current is not None and not _RULE.fullmatch(line):
            current = replace(current, text=f"{current.text} {line.strip()}")
    if current:
        yield current


def _begun(line: str, number: int, *, first: bool) -> Piece | None:
    """The piece that a line begins, if it does not go on with the one before."""
    place = f"line {number}"
    if match := None if _RULE.fullmatch(line) else _ITEM.match(line):
        return Piece(place, line[match.end() :].strip(), label=(match["label"] or "").casefold(), listed=True)
    if (first or KEY.match(line.strip())) and not _RULE.fullmatch(line):
        return Piece(place, line.strip())
    return None


def _heading(lines: list[str]) -> tuple[tuple[int, str] | None, int]:
    """The heading a block begins with (level, text), and how many of its lines that took."""
    line = lines[0].strip()
    if match := _MARKDOWN.fullmatch(lines[0]):
        return (len(match[1]), match[2]), 1
    if len(lines) > 1 and _UNDERLINE.fullmatch(lines[1]) and not _ITEM.match(lines[0]):
        return (1 if "=" in lines[1] else 2, line), 2
    bare = line.strip("*_ ").rstrip(":").rstrip("*_ ")
    if len(line) <= _HEADING_LENGTH and headings.topic(bare) and not line.endswith("."):
        return (2, bare), 1
    if len(line) > _HEADING_LENGTH or _ITEM.match(lines[0]) or KEY.match(line):
        return None, 0
    if bare.isupper() and len(bare) > 1:
        return (2, bare), 1
    follows = len(lines) > 1 and _ITEM.match(lines[1]) is not None
    if (line.endswith(":") and (follows or len(lines) == 1)) or (line[-1].isalnum() and follows):
        return (2, bare), 1
    return None, 0
