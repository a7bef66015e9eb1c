"""The language of terms: small, exact, and read as English.

::

    terms      = clause {"," clause}
    clause     = ("after" | "if" | "once") condition       nothing is owed before
               | "unless" condition                        nothing is owed once this is so
               | "until" condition                         owed for as long as this is not so
               | "within" duration "of" condition          owed once that came about, due that much later
               | ("by" | "before") condition               due when this comes
               | "for" duration                            owed for so long
    condition  = some {"or" some}        some = one {"and" one}        one = "not" one | "(" condition ")" | thing
    thing      = day | [whose "commits to"] event | event "is committed to" | event "begins" | event "ends"
               | event "holds" ["for" duration] | event ["happens"]
               | commitment "is fulfilled" | commitment "has failed"
    duration   = number ["consecutive"] unit ["in all"]    "a month" is one month of the calendar, never 30 days
    day        = 2025-06-01 | 2025-06-01T12:00Z | 1 June 2025

An event is named by its words without article; ``a full ceasefire`` and ``the full ceasefire`` are one event, whose
code is ``full-ceasefire``. What stands in doubt is refused with the place and what was expected there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import NoReturn

from goodoffices.commitments.durations import MOST, UNITS, Duration, moment
from goodoffices.commitments.terms import All, Any, Condition, Day, Happens, Holds, Not, Point, Terms, fault

MOST_CHARACTERS = 1_000
MOST_DEPTH = 20  # of brackets and "not"
MOST_CODE = 60

_TOKEN = re.compile(r"\s*(\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?|[^\s(),;.]+|[(),;.])")
_CLAUSES = {"after", "if", "once", "unless", "until", "within", "by", "before", "for"}
_STOPS = _CLAUSES | {"and", "or", "not", "(", ")", ",", ";", "."}
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_ARTICLES = {"a", "an", "the"}
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip

# How a thing ends: the words of its verb, and what of the event they speak of.
_ENDINGS: tuple[tuple[tuple[str, ...], Point], ...] = (
    (("is", "committed", "to"), "committed"),
    (("is", "fulfilled"), "fulfilled"),
    (("has", "been", "fulfilled"), "fulfilled"),
    (("has", "failed"), "failed"),
    (("fails",), "failed"),
    (("begins",), "began"),
    (("has", "begun"), "began"),
    (("starts",), "began"),
    (("ends",), "ended"),
    (("has", "ended"), "ended"),
    (("happens",), "happened"),
    (("has", "happened"), "happened"),
)


class BadTerms(ValueError):
    """Terms that were not understood; the message says where, and what was expected. ``at``: the character, from 0."""

    def __init__(self, why: str, at: int) -> None:
        super().__init__(why)
        self.at = at


@dataclass(frozen=True)
class _Word:
    text: str
    at: int

    @property
    def low(self) -> str:
        return self.text.casefold()


def parse(text: str) -> Terms:
    """Raises ``BadTerms``. Terms that could never be met, or would never bind, are refused as well."""
    if len(text) > MOST_CHARACTERS:
        raise BadTerms(f"These terms are longer than {MOST_CHARACTERS:,} characters; put them into several.", 0)
    words = [_Word(m[1], m.start(1)) for m in _TOKEN.finditer(unicodedata.normalize("NFC", text))]
    while words and words[-1].text in {".", ",", ";"}:
        words.pop()
    terms = _Reader(words, len(text)).terms() if words else Terms()
    why = fault(terms)
    if why is not None:
        raise BadTerms(why, 0)
    return terms


def code(name: str) -> str:
    """The code of an event or commitment from its name in words: ``the full ceasefire`` is ``full-ceasefire``.

    Raises ``BadTerms``.
    """
    found = _coded(name.casefold().split())
    if not found or len(found) > MOST_CODE:
        limit = f", and at most {MOST_CODE} characters" if found else ""
        raise BadTerms(f"“{name}”: the name of an event was expected, in Latin letters or digits{limit}.", 0)
    return found


def _coded(lows: list[str]) -> str:
    while len(lows) > 1 and lows[0] in _ARTICLES:
        lows = lows[1:]
    plain = unicodedata.normalize("NFKD", " ".join(lows)).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "").lower()))


@dataclass
class _Reader:
    words: list[_Word]
    end: int
    next: int = 0
    given: dict[str, object] = field(default_factory=dict)

    def terms(self) -> Terms:
        while self._peek() is not None:
            self._clause()
            while self._peek() in {",", ";"}:
                self.next += 1
        return Terms(**self.given)  # type: ignore[arg-type]  # by the clause that gave it

    def _clause(self) -> None:
        word = self._take("a clause: after, if, unless, until, within, by, before or for")
        match word.low:
            case "after" | "if" | "once":
                self._give("after", self._condition(), word)
            case "unless" | "until":
                self._give(word.low, self._condition(), word)
            case "within":
                self._give("within", self._duration(), word)
                self._expect("of")
                self._give("of", self._condition(), word)
            case "by" | "before":
                self._give("by", self._condition(), word)
            case "for":
                self._check_apart(word)
                self._give("lasting", self._duration(), word)
            case _:
                self._fail(word, "a clause was expected: after, if, unless, until, within, by, before or for")

    def _check_apart(self, word: _Word) -> None:
        """“until they commit to a ceasefire for a month”: nobody can tell what is for a month."""
        if self.next > 1 and self.words[self.next - 2].text not in {",", ";"}:
            why = (
                "put a comma before “for” if all of it is for so long; otherwise name the thing: “a month of ceasefire”"
            )
            self._fail(word, why)

    def _give(self, name: str, value: object, word: _Word) -> None:
        if name in self.given:
            self._fail(word, f"there are two clauses of this kind; join them with “and” or “or” after one “{word.low}”")
        self.given[name] = value

    # Conditions

    def _condition(self, depth: int = 0) -> Condition:
        parts = [self._some(depth)]
        while self._peek() == "or":
            self.next += 1
            parts.append(self._some(depth))
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def _some(self, depth: int) -> Condition:
        parts = [self._one(depth)]
        while self._peek() == "and":
            self.next += 1
            parts.append(self._one(depth))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _one(self, depth: int) -> Condition:
        word = self._take("a condition")
        if depth > MOST_DEPTH:
            self._fail(word, "there are too many brackets within one another")
        if word.low == "not":
            return Not(self._one(depth + 1))
        if word.text == "(":
            inner = self._condition(depth + 1)
            self._expect(")")
            return inner
        self.next -= 1
        return self._thing()

    def _thing(self) -> Condition:
        first = self.words[self.next]
        day = self._day()
        if day is not None:
            return Day(day)
        run = self._run()
        lows = [w.low for w in run]
        if "commits" in lows:
            return self._committing(run, lows.index("commits"))
        for verb in ("holds", "hold"):
            if verb in lows:
                return self._holding(run, lows.index(verb))
        for ending, point in _ENDINGS:
            if tuple(lows[-len(ending) :]) == ending and len(lows) > len(ending):
                return Happens(self._code(run[: -len(ending)], first), point)
        return Happens(self._code(run, first))

    def _run(self) -> list[_Word]:
        """The words up to the next that cannot belong to the name of an event."""
        start = self.next
        while (low := self._peek()) is not None and low not in _STOPS:
            self.next += 1
        if self.next == start:
            self._fail(self._here(), "the name of an event was expected")
        return self.words[start : self.next]

    def _committing(self, run: list[_Word], at: int) -> Condition:
        if at + 1 >= len(run) or run[at + 1].low != "to" or at == 0:
            self._fail(run[at], "say who commits to what: “the other side commits to a ceasefire”")
        return Happens(self._code(run[at + 2 :], run[at]), "committed", self._code(run[:at], run[0]))

    def _holding(self, run: list[_Word], at: int) -> Condition:
        if at + 1 < len(run):
            self._fail(run[at + 1], "after “holds” comes “for” and a length of time, or nothing")
        event = self._code(run[:at], run[0])
        if self._peek() != "for":
            return Holds(event)
        self.next += 1
        duration = self._duration()
        in_all = self._peek() == "in" and self._peek(1) == "all"
        self.next += 2 if in_all else 0
        return Holds(event, duration, in_all)

    def _code(self, words: list[_Word], where: _Word) -> str:
        code = _coded([w.low for w in words])
        if not code:
            self._fail(where, "the name of an event was expected, in Latin letters or digits")
        if len(code) > MOST_CODE:
            self._fail(where, f"the name of an event is at most {MOST_CODE} characters long")
        return code

    # Times

    def _duration(self) -> Duration:
        number = self._take("a length of time")
        count = _NUMBERS.get(number.low) or (int(number.text) if re.fullmatch(r"[0-9]{1,6}", number.text) else 0)
        if not 1 <= count <= MOST:
            self._fail(number, f"a number from 1 to {MOST:,} was expected, as in “30 days”")
        if self._peek() in {"consecutive", "calendar"}:
            self.next += 1
        unit = self._take("a unit of time")
        found = next((known for known in UNITS if unit.low in {known, known[:-1]}), None)
        if found is None:
            self._fail(unit, f"a unit was expected: {', '.join(UNITS)}")
        return Duration(count, found)

    def _day(self) -> str | None:
        """The day that stands here, if one does."""
        word = self.words[self.next]
        if re.match(r"\d{4}-\d\d-\d\d", word.text):
            self.next += 1
            return self._checked(word.text, word)
        if re.fullmatch(r"\d{1,2}", word.text) and (self._peek(1) or "") in _MONTHS and (self._peek(2) or "").isdigit():
            day, month, year = self.words[self.next : self.next + 3]
            self.next += 3
            number = _MONTHS.index(month.low) + 1
            return self._checked(f"{int(year.text):04}-{number:02}-{int(day.text):02}", word)
        return None

    def _checked(self, text: str, word: _Word) -> str:
        try:
            moment(text)
            return text if "T" in text else date.fromisoformat(text).isoformat()
        except ValueError:
            self._fail(word, f"there is no such day or time as {text}")

    # Words

    def _peek(self, ahead: int = 0) -> str | None:
        place = self.next + ahead
        return self.words[place].low if place < len(self.words) else None

    def _here(self) -> _Word:
        return self.words[self.next] if self.next < len(self.words) else _Word("", self.end)

    def _take(self, expected: str) -> _Word:
        if self.next >= len(self.words):
            self._fail(self._here(), f"{expected} was expected")
        self.next += 1
        return self.words[self.next - 1]

    def _expect(self, text: str) -> None:
        word = self._take(f"“{text}”")
        if word.low != text:
            self._fail(word, f"“{text}” was expected")

    def _fail(self, word: _Word, why: str) -> NoReturn:
        found = f"At “{word.text}” (character {word.at + 1})" if word.text else "At the end"
        raise BadTerms(f"{found}: {why}.", word.at)
