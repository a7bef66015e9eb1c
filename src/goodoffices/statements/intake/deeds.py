"""Demands, offers, agreements, refusals, requests, threats and commitments: what people do by speaking.

Each begins with a word that may make one (``Language.triggers``). What stands around that word decides: what must
follow, what must not, whether it is denied, who its subject is, and under which terms. The verbs are those of J. L.
Austin, *How to Do Things with Words* (1962); the list for a language is the language's own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from goodoffices.statements.intake.language import GAP, Flag, Trigger, Ways
from goodoffices.statements.intake.mentions import Mention
from goodoffices.statements.intake.people import People
from goodoffices.statements.intake.reading import Reading
from goodoffices.statements.intake.spans import Stretch
from goodoffices.statements.intake.subjects import beside, subject
from goodoffices.statements.intake.terms import Terms, closed, terms, trimmed

_GAP = 7  # words
_FEWEST = 2  # words a deed has, its verb counted; “all I asked for” says nothing of what
_FRONTED = 4  # words between a condition that comes first and the subject of its main clause
_ALONG = Flag.ADVERB | Flag.AUXILIARY | Flag.NOT
_APPOSED = 30  # words of an apposition after a dash
_PUNCTUATION = frozenset(",.;:!?")


@dataclass(slots=True)
class Clause:
    """One deed, in places of the text."""

    kind: str
    trigger: int
    text: Stretch
    what: Stretch | None
    by: tuple[int, int] | None
    doer: Mention | None
    to: Mention | None
    terms: Terms
    degree: str | None
    quote: int
    sentence: int


class Clauses:
    """Goes through the words that may begin a deed, in order."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.made: Reading = people.made
        self.found: list[Clause] = []

    def all(self) -> list[Clause]:
        made = self.made
        for paragraph in made.paragraphs:
            if paragraph.kind != "prose":
                continue
            for at in range(paragraph.first, paragraph.last):
                if made.flags[at] & Flag.TRIGGER:
                    self._look(at)
        return self.found

    def _look(self, at: int) -> None:
        begin, end = self._region(at)
        for trigger in self.made.language.triggers[self.made.lows[at]]:
            if not self._follows(trigger, at, end):
                continue
            clause = self._clause(trigger, at, begin, end)
            if clause is not None:
                self.found.append(clause)
                return

    def _region(self, at: int) -> tuple[int, int]:
        """The words of the sentence, and within a quotation only those of the quotation."""
        made = self.made
        begin, end = made.sentences[made.sentence_of[at]]
        quote = made.quoted[at]
        if quote >= 0:
            first, last = made.words_of_quote[quote]
            return max(begin, first), min(end, last)
        return begin, end

    # --- what follows

    def _follows(self, trigger: Trigger, at: int, end: int) -> bool:
        if trigger.never and self._goes_on(trigger.never, at + 1, end):
            return False
        return not trigger.after or self._goes_on(trigger.after, at + 1, end)

    def _goes_on(self, ways: Ways, at: int, end: int) -> bool:
        if at < end and any(self._matches(rest, at + 1, end) for rest in ways.get(self.made.lows[at], ())):
            return True
        after_gap = ways.get(GAP)
        return after_gap is not None and any(self._matches((GAP, *rest), at, end) for rest in after_gap)

    def _matches(self, way: tuple[str, ...], at: int, end: int) -> bool:
        lows = self.made.lows
        for place, word in enumerate(way):
            if word == GAP:
                rest = way[place + 1 :]
                return any(self._matches(rest, start, end) for start in self._within_gap(at, end))
            if at >= end or lows[at] != word:
                return False
            at += 1
        return True

    def _within_gap(self, at: int, end: int) -> range:
        last = at
        while last < min(end, at + _GAP) and self.made.words[last] not in _PUNCTUATION:
            last += 1
        return range(at, last)

    # --- what stands before

    def _clause(self, trigger: Trigger, at: int, begin: int, end: int) -> Clause | None:
        before = self._before(at, begin)
        if not self._may_stand(trigger, at, before):
            return None
        kind: str | None = trigger.kind
        if not trigger.said_no and any(self.made.flags[w] & Flag.NOT for w in range(before, at)):
            kind = trigger.negated
        if kind is None or (trigger.noun and self._denied(at, begin)):
            return None
        by = self._maker(trigger, at, begin) if trigger.noun else self._by(at, before, begin, end)
        if not trigger.noun and not self._is_verb_of(trigger, at, before, by):
            return None
        stop = self._stop(at, end)
        if not trigger.noun and self.made.word_at(stop) - at <= _FEWEST:
            return None
        all_terms = terms(self.made, self.made.starts[begin], stop)
        if any(c.start <= self.made.starts[at] < c.end for c in all_terms.conditions):
            return None
        stretch = self._text(trigger, at, before, by, begin, stop, all_terms)
        held = Terms(
            tuple(c for c in all_terms.conditions if stretch.holds(c)),
            tuple(d for d in all_terms.durations if stretch.holds(d)),
        )
        if not self._fits(trigger, at, by, begin, stretch, held) or self._held(kind, at):
            return None
        return self._made(kind, trigger, at, by, stretch, held)

    def _is_verb_of(self, trigger: Trigger, at: int, before: int, by: Mention | None) -> bool:
        """Whether a word that may be a noun (demands, offers) or an auxiliary (will) stands right by its subject."""
        made = self.made
        if before > 0 and made.flags[at] & Flag.AUXILIARY and made.flags[before - 1] & Flag.RELATIVE:
            return False
        if made.lows[at] in made.language.also_nouns or trigger.party:
            coordinated = bool(made.flags[before - 1] & Flag.CONTRAST) if before > 0 else False
            return by is not None and (coordinated or by.first > at or beside(self.people, by, at))
        return True

    def _made(self, kind: str, trigger: Trigger, at: int, by: Mention | None, stretch: Stretch, held: Terms) -> Clause:
        made = self.made
        rest = Stretch(trimmed(made.text, made.ends[at], stretch.end).start, stretch.end)
        return Clause(
            kind=kind,
            trigger=at,
            text=stretch,
            what=rest if rest.end > rest.start else None,
            by=(self._with_partner(by.first, made.sentences[made.sentence_of[at]][0]), by.last) if by else None,
            doer=by,
            to=self._to(at, stretch),
            terms=held,
            degree=trigger.degree,
            quote=made.quoted[at],
            sentence=made.sentence_of[at],
        )

    def _before(self, at: int, begin: int) -> int:
        """The first of the auxiliaries, adverbs and denials right before a verb."""
        while at > begin and self.made.flags[at - 1] & _ALONG:
            at -= 1
        return at

    def _may_stand(self, trigger: Trigger, at: int, before: int) -> bool:
        made = self.made
        last = made.flags[at - 1] if at > 0 else 0
        opens = made.sentences[made.sentence_of[at]][0] == at
        passive = before < at and made.lows[at - 1] in made.language.to_be
        if trigger.kind == "requests" and (opens or passive) and made.low(at + 1) != made.language.small.by:
            return False  # “Asked about it, …”, “he was asked for details”: a reporter's question
        if trigger.noun:
            near = made.lows[max(0, at - 6) : at]
            return not trigger.preceded or any(word in trigger.preceded for word in near)
        if trigger.not_first_person and last & Flag.RELATIVE:
            return False
        if (
            last & Flag.DETERMINER
            and not last & (Flag.ADVERB | Flag.PLURAL)
            and made.low(at - 1) not in made.language.small.both
        ):
            return False
        if trigger.copula:
            return any(made.lows[w] in made.language.to_be for w in range(before, at)) or self._short_be(before)
        return True

    def _short_be(self, before: int) -> bool:
        word = self.made.low(before - 1)
        return word.endswith(self.made.language.small.short_be)

    def _denied(self, at: int, begin: int) -> bool:
        return any(self.made.flags[w] & Flag.NOT for w in range(max(begin, at - 3), at))

    def _by(self, at: int, before: int, begin: int, end: int) -> Mention | None:
        made = self.made
        passive = any(made.lows[w] in made.language.to_be for w in range(before, at)) and made.lows[at].endswith(
            made.language.small.passive
        )
        if passive:
            for place in range(at + 1, min(end, at + 12)):
                if made.lows[place] == made.language.small.by:
                    return self.people.at(place + 1)
            return None
        return subject(self.people, at, begin)

    def _maker(self, trigger: Trigger, at: int, begin: int) -> Mention | None:
        """Whose a noun is: “the Russians made demands”."""
        made = next((w for w in range(at - 1, begin, -1) if self.made.lows[w] in trigger.preceded), -1)
        return subject(self.people, made, begin) if made >= 0 else None

    def _to(self, at: int, stretch: Stretch) -> Mention | None:
        last = min(self.made.word_at(stretch.end), at + 5)
        found = self.people.between(at + 1, last + 1)
        return found[0] if found and found[0].first <= at + 3 else None

    # --- where it ends, and whether it is one

    def _stop(self, at: int, end: int) -> int:
        """Where the clause ends: before “, adding …”, before “and promised …”, before “, officials said”."""
        made = self.made
        after, stop = made.ends[at], made.ends[end - 1]
        cut = made.language.clause_end.search(made.text, after, stop)
        if cut and not self._says_what(cut.start(), cut.end(), end):
            stop = cut.start()
        for word in range(at + 2, made.word_at(stop) - 1):
            if made.flags[word] & Flag.CONTRAST and self._does_more(word + 1):
                stop = made.ends[word - 1]
                break
        return self._without_attribution(after, stop)

    def _says_what(self, dash: int, start: int, end: int) -> bool:
        """Whether what follows a dash says what the noun before it is (“four towns – an area as large as …”), to the
        sentence's end: a phrase of a determiner, and nobody's word on it."""
        made = self.made
        if not made.text[dash:start].strip() or made.text[dash:start].strip()[0] not in "-–—":
            return False
        first = made.word_at(start)
        if first >= end or not made.flags[first] & Flag.DETERMINER or end - first > _APPOSED:
            return False
        rest = range(first, end)
        return not any(made.flags[w] & (Flag.SPEECH | Flag.TRIGGER) or made.words[w] in "–—;" for w in rest)

    def _does_more(self, at: int) -> bool:
        """Whether another deed begins here, by the same subject: “and promised”, “but refused”."""
        made = self.made
        while at + 1 < len(made.flags) and made.flags[at] & _ALONG:
            at += 1
        return bool(made.flags[at] & Flag.TRIGGER) and made.lows[at].endswith(made.language.small.finite)

    def _text(
        self, trigger: Trigger, at: int, before: int, by: Mention | None, begin: int, stop: int, held: Terms
    ) -> Stretch:
        made = self.made
        first = before
        if trigger.noun:
            first = max([begin, *(w + 1 for w in range(begin, at) if made.lows[w] == made.language.small.that)])
        elif by is not None and by.first < at and not made.flags[before - 1] & Flag.CONTRAST:
            first = self._with_partner(by.first, begin)
        elif by is None:
            first = max(
                [begin, *(w + 1 for w in range(begin, before) if made.lows[w] in (",", made.language.small.that))]
            )
        start = made.starts[first]
        for condition in (*held.conditions, *held.durations):
            if condition.end <= start and made.word_at(start) - made.word_at(condition.end) <= _FRONTED:
                start = condition.start
                break
        return closed(made, trimmed(made.text, start, stop))

    def _with_partner(self, first: int, begin: int) -> int:
        """Where “the army and the elders” begins, given where “the elders” does."""
        if first - 2 >= begin and self.made.lows[first - 1] == self.made.language.small.joins:
            for mention in self.people.between(begin, first - 1):
                if mention.last == first - 2:
                    return mention.first
        return first

    def _without_attribution(self, start: int, stop: int) -> int:
        """Where “, officials said” begins that ends a sentence."""
        made = self.made
        comma = made.text.rfind(",", start, stop)
        if comma < 0:
            return stop
        first, last = made.word_at(comma + 1), made.word_at(stop)
        short = last - first <= 14
        said = any(made.flags[w] & Flag.SPEECH and made.quoted[w] < 0 for w in range(first, last))
        if short and said and not made.flags[first] & Flag.CONTRAST:
            return self._without_attribution(start, comma) if self._is_apposition_end(first) else comma
        return stop

    def _is_apposition_end(self, first: int) -> bool:
        return bool(self.made.flags[first] & Flag.SPEECH)

    def _fits(self, trigger: Trigger, at: int, by: Mention | None, begin: int, stretch: Stretch, held: Terms) -> bool:
        first_person = by is not None and self.made.lows[by.first] in self.made.language.first_person
        if trigger.not_first_person and first_person:
            return False
        if trigger.party and (by is None or not self._is_party(by, at, first_person)):
            return False
        if trigger.told and not self._is_told(at, begin):
            return False
        if trigger.under and self.made.low(begin) != self.made.language.small.under:
            return False
        return self._needs(trigger.needs, at, begin, stretch, held)

    def _is_party(self, by: Mention, at: int, first_person: bool) -> bool:
        if by.kind == "role" and by.function is None:  # the talks, the bridge: no list knows it for somebody
            return False
        return by.kind != "pronoun" or first_person or self.made.quoted[at] < 0 or by.plural

    def _is_told(self, at: int, begin: int) -> bool:
        return any(self.made.flags[w] & Flag.SPEECH for w in range(max(begin, at - 25), at))

    def _needs(self, needs: str, at: int, begin: int, stretch: Stretch, held: Terms) -> bool:
        if not needs:
            return True
        if needs == "there time":
            return self.made.low(at - 1) == self.made.language.small.there and bool(
                held.durations or terms(self.made, self.made.starts[begin], stretch.end).durations
            )
        last = self.made.word_at(stretch.end)
        hurts = any(self.made.lows[w] in self.made.language.harm for w in range(at + 1, last))
        return hurts and (needs == "harm" or bool(held.conditions))

    def _held(self, kind: str, at: int) -> bool:
        """Whether the clause belongs to one that was found already."""
        for clause in reversed(self.found[-4:]):
            within = clause.text.start <= self.made.starts[at] < clause.text.end
            infinitive = self.made.low(at - 1) == self.made.language.small.to  # declined to threaten
            if within and (infinitive or kind in (clause.kind, "commitments") or clause.kind == "threats"):
                return True
        return False


def answers(
    made: Reading, requests: list[Clause], subject_of: Callable[[int, int], Mention | None]
) -> dict[int, Stretch]:
    """What each request met with, by the word that made it: in its own sentence, or in one of the next two."""
    found: dict[int, Stretch] = {}
    for request in requests:
        for ahead in range(3):
            number = request.sentence + ahead
            if number >= len(made.sentences):
                break
            first, last = made.sentences[number]
            start = request.text.end if ahead == 0 else made.starts[first]
            match = made.language.answer.search(made.text, start, made.ends[last - 1])
            if match and _answers(made, ahead, start, match.start()):
                verb = made.word_at(match.start())
                by = subject_of(verb, made.word_at(start))
                begin = made.starts[by.first] if by is not None else max(start, made.starts[first])
                quote = made.quoted[verb]
                end = made.quotes[quote].end if quote >= 0 else made.ends[last - 1]
                found[request.trigger] = trimmed(made.text, begin, min(end, made.ends[last - 1]))
                break
    return found


def _answers(made: Reading, ahead: int, start: int, at: int) -> bool:
    """In the sentence of the request itself only after a semicolon or “but”."""
    if ahead:
        return True
    between = made.text[start:at]
    return any(word in between for word in made.language.small.but)
