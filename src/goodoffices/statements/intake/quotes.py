"""Quotation marks, paired by a state machine.

Curly, straight, low and angle marks; single marks as the outer or the inner level; a speech that runs over paragraphs
(each opens anew, only the last closes); marks of mixed make (a straight one closed by a curly one); a mark never
closed, which ends with its paragraph. An apostrophe is not a mark: whether a single mark is one is decided by what
stands around it, and by whether a single quotation is open. One pass over the marks of the text, in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goodoffices.statements.intake.spans import Stretch

MARKS = re.compile("[\"“”„‟«»'‘’‚‛‹›`´]")

_DOUBLE, _SINGLE, _ANGLE, _SMALL_ANGLE = range(4)
_FAMILY = {
    **dict.fromkeys('"“”„‟', _DOUBLE),
    **dict.fromkeys("'‘’‚‛`´", _SINGLE),
    **dict.fromkeys("«»", _ANGLE),
    **dict.fromkeys("‹›", _SMALL_ANGLE),
}
_ONLY_OPEN = frozenset("„‚")
_BEFORE_OPENING = frozenset("([{<—–-/…:;,")  # besides white space and other opening marks
_AFTER_CLOSING = frozenset(".,;:!?)]}…—–-/")
_ENDS_SPEECH = frozenset(".,!?…—–;:)")
_LONGEST_SINGLE = 4_000  # characters; a partner further away is none, and looking for one stays cheap


@dataclass(slots=True)
class Quote:
    """A quoted stretch: ``start`` to ``end`` are the words, marks excluded."""

    start: int
    end: int
    paragraph: int
    opened_at: int
    closed_at: int  # where the closing mark stands; ``end`` where there is none
    runs_on: bool = False  # closed by its paragraph's end, and the next paragraph opens anew
    unclosed: bool = False  # closed by its paragraph's end, for want of a mark
    label: Stretch | None = None  # in a transcript: whose turn this is; no marks then


@dataclass(slots=True)
class _Open:
    family: int
    mark: str
    at: int


def quotes(text: str, paragraphs: Sequence[Stretch], elision: re.Pattern[str]) -> list[Quote]:
    """The outermost quoted stretches of ``text``, in order; what is quoted within one is part of it.

    ``elision`` is what follows an apostrophe that stands for letters left out (’tis, ’90s).
    """
    found: list[Quote] = []
    first_marks = [_first_mark(text, p) for p in paragraphs]
    for number, paragraph in enumerate(paragraphs):
        following = first_marks[number + 1] if number + 1 < len(paragraphs) else None
        found += _of_paragraph(text, number, paragraph, following, elision)
    return found


def _of_paragraph(
    text: str,
    number: int,
    paragraph: Stretch,
    following: str | None,
    elision: re.Pattern[str],
    ignoring: int = -1,
) -> Iterator[Quote]:
    stack: list[_Open] = []
    for match in MARKS.finditer(text, paragraph.start, paragraph.end):
        at = match.start()
        mark = match[0]
        family = _FAMILY[mark]
        if family == ignoring or (family == _SINGLE and elision.match(text, at + 1, paragraph.end)):
            continue
        depth = _closes(text, paragraph, stack, family, mark, at)
        if depth is not None:
            opened = stack[depth]
            del stack[depth:]
            if depth == 0 and at > opened.at + 1:
                yield Quote(opened.at + 1, at, number, opened.at, at)
        elif _opens(text, paragraph, stack, family, mark, at):
            stack.append(_Open(family, mark, at))
    if stack:
        yield from _left_open(text, number, paragraph, stack[0], following, elision)


def _left_open(
    text: str, number: int, paragraph: Stretch, opened: _Open, following: str | None, elision: re.Pattern[str]
) -> Iterator[Quote]:
    """What was never closed: it runs on, or its mark was forgotten. A single mark alone is taken for an apostrophe."""
    runs_on = following is not None and _FAMILY[following] == opened.family
    if opened.family == _SINGLE and not runs_on:
        rest = Stretch(opened.at + 1, paragraph.end)
        yield from _of_paragraph(text, number, rest, None, elision, ignoring=_SINGLE)
        return
    end = paragraph.end
    while end > opened.at + 1 and text[end - 1].isspace():
        end -= 1
    if end > opened.at + 1:
        yield Quote(opened.at + 1, end, number, opened.at, end, runs_on=runs_on, unclosed=not runs_on)


def _closes(text: str, paragraph: Stretch, stack: list[_Open], family: int, mark: str, at: int) -> int | None:
    """Which open quotation this mark closes, as its place in ``stack``."""
    if not stack or mark in _ONLY_OPEN:
        return None
    depth = next((d for d in range(len(stack) - 1, -1, -1) if stack[d].family == family), None)
    if depth is None or not _looks_closing(text, paragraph, mark, at, stack[depth]):
        return None
    if family == _SINGLE and _is_possessive(text, paragraph, at):
        return None
    return depth


def _looks_closing(text: str, paragraph: Stretch, mark: str, at: int, opened: _Open) -> bool:
    before = text[at - 1] if at > paragraph.start else " "
    after = text[at + 1] if at + 1 < paragraph.end else " "
    if mark in "“«‟‹":  # these close only where low or reversed marks opened: „…“ and »…«
        return opened.mark in "„»›" and not before.isspace()
    if mark == "‘":
        return opened.mark == "‚"
    if mark in "”»›" and opened.mark != mark:
        return True
    if before.isspace() or at == opened.at + 1:
        return before.isspace() and after.isspace() and mark == '"' and at > opened.at + 2
    return not after.isalnum() or (mark in '"”' and before in _ENDS_SPEECH)


def _is_possessive(text: str, paragraph: Stretch, at: int) -> bool:
    """Whether a single mark after an s belongs to the word (the generals' jokes), since another one closes later."""
    if text[at - 1] != "s" or not text[at + 1 : at + 2].isspace() or not text[at + 2 : at + 3].islower():
        return False
    for match in MARKS.finditer(text, at + 1, min(paragraph.end, at + 400)):
        other = match.start()
        if _FAMILY[match[0]] != _SINGLE:
            continue
        if _could_open(text, paragraph, other):
            return False
        after = text[other + 1] if other + 1 < paragraph.end else " "
        if not after.isalnum() and text[other - 1] in _ENDS_SPEECH:
            return True
    return False


def _opens(text: str, paragraph: Stretch, stack: list[_Open], family: int, mark: str, at: int) -> bool:
    if any(o.family == family for o in stack):
        return False
    if mark in "“„‟«‹‚" or (mark == "”" and at == paragraph.start) or mark in "»›":
        return mark not in "”»›" or _could_open(text, paragraph, at)
    if not _could_open(text, paragraph, at):
        return False
    return family != _SINGLE or _closes_later(text, paragraph, at)


def _could_open(text: str, paragraph: Stretch, at: int) -> bool:
    before = text[at - 1] if at > paragraph.start else " "
    after = text[at + 1] if at + 1 < paragraph.end else " "
    return not after.isspace() and (before.isspace() or before in _BEFORE_OPENING or before in _FAMILY)


def _closes_later(text: str, paragraph: Stretch, at: int) -> bool:
    """Whether a single mark has a partner before its paragraph ends ('tis has none), or begins a paragraph."""
    for match in MARKS.finditer(text, at + 1, min(paragraph.end, at + _LONGEST_SINGLE)):
        other = match.start()
        if _FAMILY[match[0]] == _SINGLE:
            after = text[other + 1] if other + 1 < paragraph.end else " "
            if not after.isalnum() and not text[other - 1].isspace():
                return True
    return paragraph.start == at


def _first_mark(text: str, paragraph: Stretch) -> str | None:
    """The mark a paragraph begins with, if it begins with one that opens."""
    mark = text[paragraph.start : paragraph.start + 1]
    return mark if mark in _FAMILY and _could_open(text, paragraph, paragraph.start) else None
