"""What changed from one paper of a delegation to its next: conditions matched, and reworded ones word by word.

Matching decides nothing about meaning: two conditions are the same where their words are the same, else where their
delegation gave them the same code. Everything else is dropped from the one and added in the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

MOST_WORDS = 4_000  # words and spaces of the two texts together; a longer pair is shown whole, one after the other

# A word, a space, or a single other character; in scripts without spaces each character is a word.
_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|\s+|.")


@dataclass(frozen=True)
class Text:
    """A condition's words at one point; None where they are erased."""

    code: str
    topic: str
    wording: str | None
    explanation: str | None = ""
    depends_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Span:
    """A piece of a text: ``kept``, ``added`` or ``dropped``."""

    how: str
    text: str


@dataclass(frozen=True)
class Change:
    """What became of one condition. ``was``: absent where it is new; ``now``: absent where it was dropped.

    ``how``: of ``unchanged``, ``added``, ``dropped``, ``reworded``, ``moved`` (to another topic), ``renamed`` (another
    code), ``explained`` (another explanation), ``depends`` (on others), ``erased`` (words gone, so nobody can tell).
    ``spans``: its wording where it was reworded.
    """

    was: Text | None
    now: Text | None
    how: tuple[str, ...]
    spans: tuple[Span, ...] = field(default=())


def changes(before: Iterable[Text], after: Iterable[Text]) -> tuple[Change, ...]:
    """One change for each condition after, in its order; then the dropped ones, in theirs."""
    left, now = list(before), list(after)
    pairs: dict[int, Text] = {}
    for same in (_same_in_all, _same_words, _same_code):
        for n, new in enumerate(now):
            old = next((o for o in left if n not in pairs and same(o, new)), None)
            if old is not None:
                pairs[n] = old
                left.remove(old)
    kept = (compared(pairs[n], new) if n in pairs else Change(None, new, ("added",)) for n, new in enumerate(now))
    return (*kept, *(Change(old, None, ("dropped",)) for old in left))


def compared(was: Text, now: Text) -> Change:
    """What differs between two states of one condition."""
    how = tuple(name for name, differs in _differences(was, now) if differs)
    spans = word_by_word(was.wording, now.wording) if "reworded" in how and was.wording and now.wording else ()
    return Change(was, now, how or ("unchanged",), spans)


def _differences(was: Text, now: Text) -> Iterable[tuple[str, bool]]:
    erased = was.wording is None or now.wording is None
    yield "erased", erased
    yield "reworded", not erased and _plain(was.wording) != _plain(now.wording)
    yield "moved", was.topic != now.topic
    yield "renamed", was.code != now.code
    yield "explained", _plain(was.explanation) != _plain(now.explanation)
    yield "depends", set(was.depends_on) != set(now.depends_on)


def word_by_word(was: str, now: str) -> tuple[Span, ...]:
    """The words of both in reading order, as kept, dropped or added."""
    old, new = _WORDS.findall(was), _WORDS.findall(now)
    if len(old) + len(new) > MOST_WORDS:
        return Span("dropped", was), Span("added", now)
    spans: list[Span] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            spans.append(Span("kept", "".join(old[a:b])))
        else:
            spans += (Span(how, text) for how, text in _replaced(old[a:b], new[c:d]) if text)
    return _joined(spans)


def _replaced(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("dropped", "".join(old)), ("added", "".join(new))


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Words replaced one by one, with only a space between, read better as one piece replaced by one."""
    found: list[Span] = []
    for n, span in enumerate(spans):
        if span.how == "kept" and not span.text.strip() and 0 < n < len(spans) - 1:
            found += (Span("dropped", span.text), Span("added", span.text))
        else:
            found.append(span)
    merged: list[Span] = []
    run: dict[str, str] = {}
    for span in [*found, Span("kept", "")]:
        if span.how != "kept":
            run[span.how] = run.get(span.how, "") + span.text
            continue
        merged += (Span(how, run[how]) for how in ("dropped", "added") if run.get(how))
        run = {}
        merged += [span] if span.text else []
    return tuple(merged)


def _same_in_all(was: Text, now: Text) -> bool:
    return was.code == now.code and _same_words(was, now)


def _same_words(was: Text, now: Text) -> bool:
    return was.wording is not None and now.wording is not None and _plain(was.wording) == _plain(now.wording)


def _same_code(was: Text, now: Text) -> bool:
    return was.code == now.code


def _plain(text: str | None) -> str | None:
    """Line breaks and double spaces are no change of wording."""
    return " ".join(text.split()) if text is not None else None
