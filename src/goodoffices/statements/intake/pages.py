"""HTML becomes text: what a reader sees, block by block. Scripts and styles are not seen; menus are, and are marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goodoffices.statements.intake.spans import Stretch

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "canvas",
        "head",
        "title",
        "select",
        "option",
    ]
)
_AROUND = frozenset(["nav", "footer", "aside", "form", "button", "menu", "dialog"])
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "button",
        "label",
    ]
)
_SPACE = re.compile(r"\s+")


def text_of(html: str) -> tuple[str, tuple[Stretch, ...]]:
    """The text of a page, a blank line between blocks, and the stretches that stand around its article."""
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(html).root
    writing = _Writing()
    if root is not None:
        _walk(root, writing)
    return writing.done()


class _Writing:
    """Text as it is written down. A block ends the line; white space within it counts as one space."""

    def __init__(self) -> None:
        self._lines: list[tuple[str, bool]] = []
        self._line: list[str] = []
        self.around = 0

    def add(self, text: str) -> None:
        self._line.append(text)

    def end_block(self) -> None:
        line = _SPACE.sub(" ", "".join(self._line)).strip()
        self._line.clear()
        if line:
            self._lines.append((line, self.around > 0))

    def done(self) -> tuple[str, tuple[Stretch, ...]]:
        self.end_block()
        at, around = 0, []
        for line, is_around in self._lines:
            if is_around:
                around.append(Stretch(at, at + len(line)))
            at += len(line) + 2
        return "\n\n".join(line for line, _ in self._lines), tuple(around)


def _walk(root: LexborNode, writing: _Writing) -> None:
    """Through the page without recursion, however deep it is nested. An entry of the stack opens or closes a node."""
    stack: list[tuple[LexborNode, bool]] = [(root, True)]
    while stack:
        node, opens = stack.pop()
        tag = node.tag or ""
        if tag == "-text":
            writing.add(node.text_content or "")
        elif tag in _UNSEEN:
            continue
        elif opens:
            _enter(node, tag, writing, stack)
        else:
            _leave(tag, writing)


def _enter(node: LexborNode, tag: str, writing: _Writing, stack: list[tuple[LexborNode, bool]]) -> None:
    if tag in _BLOCKS:
        writing.end_block()
    if tag == "br":
        writing.add(" ")
    writing.around += tag in _AROUND
    stack.append((node, False))
    stack.extend((child, True) for child in reversed(list(node.iter(include_text=True))))


def _leave(tag: str, writing: _Writing) -> None:
    if tag in _BLOCKS:
        writing.end_block()
    writing.around -= tag in _AROUND
