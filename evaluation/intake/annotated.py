"""Reads the annotated articles: text with tags around what a reader should find, and what the tags say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent
_TAG = re.compile(r"<(/?)([a-z]+)((?:\s+[a-z]+(?:=\"[^\"]*\")?)*)>")
_ATTRIBUTE = re.compile(r"([a-z]+)(?:=\"([^\"]*)\")?")


@dataclass
class Mark:
    """One tag: its name, what it says, and where the tagged text stands in the article without tags."""

    name: str
    start: int
    says: dict[str, str]
    end: int = -1
    within: Mark | None = None
    holds: list[Mark] = field(default_factory=list)

    def all(self, name: str) -> list[Mark]:
        """Marks of that name anywhere within it."""
        return [m for h in self.holds for m in ([h] if h.name == name else []) + h.all(name)]


@dataclass(frozen=True)
class Article:
    """An article without its tags, and the tags."""

    name: str
    style: str
    text: str
    marks: tuple[Mark, ...]

    def of(self, *names: str) -> list[Mark]:
        return [m for m in self.marks if m.name in names]

    def words(self, mark: Mark) -> str:
        return self.text[mark.start : mark.end]


def articles(split: str) -> list[Article]:
    """The articles of ``tune`` or ``report``, in order."""
    return [_article(path) for path in sorted((FOLDER / split).glob("*.txt"))]


def _article(path: Path) -> Article:
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    text, marks = untagged(body.rstrip("\n"))
    return Article(path.stem, head.removeprefix("style: "), text, tuple(marks))


def untagged(body: str) -> tuple[str, list[Mark]]:
    """The text without tags, and its marks. Raises ``ValueError`` for a tag that is not closed where it should be."""
    pieces: list[str] = []
    marks: list[Mark] = []
    open_marks: list[Mark] = []
    length = at = 0
    for tag in _TAG.finditer(body):
        pieces.append(body[at : tag.start()])
        length += tag.start() - at
        at = tag.end()
        if tag[1]:
            mark = open_marks.pop()
            if mark.name != tag[2]:
                raise ValueError(f"<{mark.name}> is closed by </{tag[2]}> at {tag.start()}.")
            mark.end = length
        else:
            says = dict(_ATTRIBUTE.findall(tag[3]))
            mark = Mark(tag[2], length, says, within=open_marks[-1] if open_marks else None)
            if open_marks:
                open_marks[-1].holds.append(mark)
            open_marks.append(mark)
            marks.append(mark)
    if open_marks:
        raise ValueError(f"<{open_marks[-1].name}> is not closed.")
    pieces.append(body[at:])
    return "".join(pieces), marks
