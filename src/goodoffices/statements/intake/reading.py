"""A text made ready for rules: paragraphs, sentences, words and quoted stretches, each with its offsets.

The text that rules see has the same length as the source, character for character, so that offsets hold in both: only
look-alikes are replaced (a no-break space by a space, a curly apostrophe by a straight one). Characters that are not
seen at all (soft hyphens, zero-width spaces) would tear words apart; they are left out, and ``Reading.source_offset``
gives back where a place in the text stands in the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from goodoffices.statements.intake.language import Flag, Language
from goodoffices.statements.intake.quotes import MARKS, Quote, quotes
from goodoffices.statements.intake.spans import Span, Stretch, cut
from goodoffices.statements.intake.transcript import turns

_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]+")
_ALIKE = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u2002\u2003\u3000\t\f\v", " ")
    | dict.fromkeys("\u2028\u2029\u0085", "\n")
    | {"\u2011": "-", "\u2010": "-"}
)
_BLANK = re.compile(r"\n[ \r]*\n[\s]*")
_LINE = re.compile(r"[^\n]+")
_WIDEST = 130  # characters; lines longer than this were not wrapped by hand or by a page
_LONGEST = 150  # words of a sentence; what goes on longer is cut there, so that no text makes rules look far
_ENDS = frozenset(".!?…")
_MOST_CLOSERS = 4  # marks and brackets that close after one full stop
_CLOSERS = frozenset("\"”’'»)]")


@dataclass(slots=True)
class Paragraph:
    """A block of the text. ``kind`` is ``prose``, ``heading`` or ``boilerplate``, and ``why`` says why the last."""

    stretch: Stretch
    first: int = 0  # its words, ``last`` excluded
    last: int = 0
    kind: str = "prose"
    why: str | None = None


@dataclass(slots=True)
class Reading:
    """What rules look at. Words and marks of punctuation are numbered; lists run along those numbers."""

    source: str
    text: str
    language: Language
    paragraphs: list[Paragraph]
    quotes: list[Quote] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    lows: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    quoted: list[int] = field(default_factory=list)  # for each word the quote it stands in, or -1
    paragraph_of: list[int] = field(default_factory=list)
    sentence_of: list[int] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)  # words, end excluded
    words_of_quote: list[tuple[int, int]] = field(default_factory=list)
    _moved: tuple[list[int], list[int]] | None = None

    def source_offset(self, at: int) -> int:
        """Where a place in ``text`` stands in ``source``."""
        if self._moved is None:
            return at
        places, shifts = self._moved
        return at + shifts[bisect_right(places, at) - 1]

    def span(self, stretch: tuple[int, int]) -> Span:
        """The span of the source that a stretch of the text stands for."""
        start, end = stretch
        return cut(self.source, self.source_offset(start), self.source_offset(end - 1) + 1)

    def stretch(self, first: int, last: int) -> Stretch:
        """From the word ``first`` to the word ``last``, included."""
        return Stretch(self.starts[first], self.ends[last])

    def word_at(self, at: int) -> int:
        """The number of the first word that begins at or after ``at``."""
        return bisect_right(self.starts, at - 1)

    def matches(self, pattern: re.Pattern[str], flag: int, first: int, end: int) -> Iterator[re.Match[str]]:
        """Matches of ``pattern`` from the word ``first`` up to the place ``end``, none within another.

        They are looked for at words of the class ``flag``, and at words with a hyphen (a 30-day truce).
        """
        free = 0
        for word in range(first, self.word_at(end)):
            if (self.flags[word] & flag or "-" in self.words[word]) and self.starts[word] >= free:
                match = pattern.match(self.text, self.starts[word], end)
                if match is not None:
                    free = match.end()
                    yield match

    def low(self, word: int) -> str:
        return self.lows[word] if 0 <= word < len(self.lows) else ""


def reading(source: str, language: Language) -> Reading:
    """``source`` made ready. Time and memory grow in proportion to its length."""
    text, moved = _seen(source)
    made = Reading(source, text, language, [Paragraph(s) for s in paragraphs(text)], _moved=moved)
    made.quotes = _quotes(made)
    _words(made)
    _sentences(made)
    return made


def _quotes(made: Reading) -> list[Quote]:
    stretches = [p.stretch for p in made.paragraphs]
    found = quotes(made.text, stretches, made.language.elision)
    spoken = turns(made.text, stretches, made.language.label)
    if spoken:
        found = [q for q in found if q.paragraph not in spoken]
        found += [Quote(*said, number, *said, label=who) for number, (who, said) in spoken.items()]
        found.sort(key=lambda q: q.start)
    return found


def _seen(source: str) -> tuple[str, tuple[list[int], list[int]] | None]:
    text = source if source.isascii() else source.translate(_ALIKE)
    if source.isascii():
        text = text.replace("\t", " ").replace("\f", " ").replace("\v", " ")
    text = text.replace("\r", " ")
    if not _UNSEEN.search(text):
        return text, None
    kept, places, shifts, at, shift = [], [0], [0], 0, 0
    for match in _UNSEEN.finditer(text):
        kept.append(text[at : match.start()])
        shift += match.end() - match.start()
        places.append(match.end() - shift)
        shifts.append(shift)
        at = match.end()
    kept.append(text[at:])
    return "".join(kept), (places, shifts)


def paragraphs(text: str) -> list[Stretch]:
    """The paragraphs of ``text``: blocks between blank lines, and lines of a block unless they were only wrapped."""
    found: list[Stretch] = []
    at = 0
    for match in _BLANK.finditer(text):
        found += _block(text, at, match.start())
        at = match.end()
    found += _block(text, at, len(text))
    return found


def _block(text: str, start: int, end: int) -> list[Stretch]:
    lines = [s for m in _LINE.finditer(text, start, end) if (s := _stripped(text, m.start(), m.end()))]
    if len(lines) < 2:
        return lines
    width = max(line.end - line.start for line in lines)
    joined = [lines[0]]
    for line in lines[1:]:
        before = joined[-1]
        last_line = before.end - (text.rfind("\n", before.start, before.end) + 1 or before.start)
        if width <= _WIDEST and last_line + 1 + _first_word(text, line) > 0.88 * width and width > 40:
            joined[-1] = Stretch(before.start, line.end)
        else:
            joined.append(line)
    return joined


def _stripped(text: str, start: int, end: int) -> Stretch | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Stretch(start, end) if start < end else None


def _first_word(text: str, line: Stretch) -> int:
    space = text.find(" ", line.start, line.end)
    return (space if space >= 0 else line.end) - line.start


def _words(made: Reading) -> None:
    text, known, acronyms = made.text, made.language.flags, made.language.acronyms
    for number, paragraph in enumerate(made.paragraphs):
        paragraph.first = len(made.words)
        matches = list(made.language.word.finditer(text, *paragraph.stretch))
        words = [match[0] for match in matches]
        lows = [word.lower() for word in words]
        made.words += words
        made.lows += lows
        made.starts += [match.start() for match in matches]
        made.ends += [match.end() for match in matches]
        made.flags += [
            known(word if word in acronyms else low, 0) | Flag.UPPER if word[0].isupper() else known(low, 0)
            for word, low in zip(words, lows, strict=True)
        ]
        paragraph.last = len(made.words)
        made.paragraph_of += [number] * len(words)
    _mark_quoted(made)


def _mark_quoted(made: Reading) -> None:
    """Which words stand in which quote. Marks that pair nothing are apostrophes, those that pair are punctuation."""
    made.quoted = [-1] * len(made.words)
    for number, quote in enumerate(made.quotes):
        first, last = made.word_at(quote.start), made.word_at(quote.end)
        made.words_of_quote.append((first, last))
        made.quoted[first:last] = [number] * (last - first)
        for at in () if quote.label else (quote.opened_at, quote.closed_at):
            mark = made.word_at(at)
            if mark < len(made.words) and made.starts[mark] == at and MARKS.match(made.words[mark]):
                made.flags[mark] = Flag.MARK


def _sentences(made: Reading) -> None:
    count = 0
    for paragraph in made.paragraphs:
        begin = paragraph.first
        text_begins = _after_dateline(made, paragraph)
        for at in range(paragraph.first, paragraph.last):
            if (
                at + 1 == text_begins
                or at - begin >= _LONGEST
                or (made.words[at] in _ENDS and at >= begin and _ends_sentence(made, at, paragraph.last))
            ):
                end = _past_closers(made, at + 1, paragraph.last)
                made.sentences.append((begin, end))
                made.sentence_of.extend([count] * (end - begin))
                count += 1
                begin = end
        if begin < paragraph.last:
            made.sentences.append((begin, paragraph.last))
            made.sentence_of.extend([count] * (paragraph.last - begin))
            count += 1


def _after_dateline(made: Reading, paragraph: Paragraph) -> int:
    """The first word after “GENEVA, March 4 (Agency) -”; that is a sentence of its own."""
    match = made.language.dateline.match(made.text, *paragraph.stretch)
    return made.word_at(match.end()) if match else -1


def _past_closers(made: Reading, at: int, last: int) -> int:
    last = min(last, at + _MOST_CLOSERS)
    while at < last and made.words[at] in _CLOSERS and made.starts[at] == made.ends[at - 1]:
        at += 1
    return at


def _ends_sentence(made: Reading, at: int, last: int) -> bool:
    following = _past_closers(made, at + 1, last)
    if following >= last:
        return True
    nearest = made.words[following]
    if made.words[at] == "." and made.starts[following] == made.ends[at]:
        return False
    if following == at + 1 and made.words[at] == "…":
        return nearest[0].isupper() and not made.flags[following] & Flag.PRONOUN
    return not (nearest[0].islower() or nearest in ",;:–—-)")
