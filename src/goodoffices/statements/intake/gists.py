"""What is told in other words: the clause that a verb of saying brings in, without quotation marks around it."""

from __future__ import annotations

from goodoffices.statements.intake.attribution import Attribution
from goodoffices.statements.intake.language import Flag
from goodoffices.statements.intake.mentions import Mention
from goodoffices.statements.intake.people import People
from goodoffices.statements.intake.spans import Stretch
from goodoffices.statements.intake.speakers import Attributions
from goodoffices.statements.intake.subjects import subject
from goodoffices.statements.intake.terms import closed, trimmed

_NEAR = 10  # words between a verb and its “that”
_FEWEST = 2  # words; less is no clause
_SKIPPED = Flag.DAY | Flag.ADVERB | Flag.HEARER


class Gists:
    """Adds to the attributions of quotes those of clauses; a clause around a quoted part belongs to its attribution."""

    def __init__(self, people: People, quoted: Attributions, deeds: frozenset[int]) -> None:
        self.people = people
        self._deeds = deeds  # words that make a demand, a threat: what they bring in is that deed, and no gist
        self.made = people.made
        self.quoted = quoted
        self._by_verb = {a.verb: a for a in quoted.made_so_far if a.verb >= 0}
        self.found: list[tuple[Attribution, Stretch]] = []

    def all(self) -> list[tuple[Attribution, Stretch]]:
        made = self.made
        for paragraph in made.paragraphs:
            if paragraph.kind != "prose":
                continue
            for at in range(paragraph.first, paragraph.last):
                if made.flags[at] & Flag.SPEECH and made.quoted[at] < 0 and at not in self._deeds:
                    self._look(at)
            self._according(paragraph.first, paragraph.last)
        return self.found

    def _look(self, verb: int) -> None:
        made = self.made
        begin, end = made.sentences[made.sentence_of[verb]]
        held = self._by_verb.get(verb)
        if held is not None and held.speaker is not None and held.speaker.first > verb:
            return
        content = self._after(verb, end)
        if content is not None:
            self._add(verb, subject(self.people, verb, begin), content)
            return
        speaker = subject(self.people, verb, begin)
        content = self._ahead(verb, speaker, begin, end)
        if content is not None:
            self._add(verb, speaker, content)

    def _add(self, verb: int, speaker: Mention | None, content: Stretch) -> None:
        held = self._by_verb.get(verb)
        if held is not None:
            self.found.append((held, content))
            return
        if speaker is None or any(content.start <= c.start < content.end for _, c in self.found[-2:]):
            return
        person = self.people.resolve(speaker, [])
        self.found.append((Attribution("told", speaker, verb, person=person), content))

    def _after(self, verb: int, end: int) -> Stretch | None:
        start = self._that(verb, end)
        if start < 0 and self.made.lows[verb] in self.made.language.says_bare:
            start = self._bare(verb, end)
        if start < 0 or start >= end:
            return None
        return self._clause(start, end)

    def _that(self, verb: int, end: int) -> int:
        for at in range(verb + 1, min(end, verb + _NEAR)):
            if self.made.lows[at] == self.made.language.small.that and self.made.quoted[at] < 0:
                return at + 1
            if not self.made.words[at][0].isalnum():
                return -1
        return -1

    def _bare(self, verb: int, end: int) -> int:
        """Where a clause begins that no “that” brings in: after a day, a hearer, a setting."""
        made, at = self.made, verb + 1
        while at < end:
            setting = made.language.setting.match(made.text, made.starts[at])
            if setting:
                at = made.word_at(setting.end())
            elif made.flags[at] & _SKIPPED or (made.flags[at] & Flag.PREPOSITION and self._before_day(at, end)):
                at += 1
            else:
                break
        if at < end and made.lows[at] == made.language.small.that:
            return at + 1
        if at >= end or not made.words[at][0].isalnum() or made.flags[at] & (Flag.PREPOSITION | Flag.CONTRAST):
            return -1
        return at

    def _before_day(self, at: int, end: int) -> bool:
        return at + 1 < end and bool(self.made.flags[at + 1] & Flag.DAY)

    def _clause(self, start: int, end: int) -> Stretch | None:
        made = self.made
        stop = made.ends[end - 1]
        cut = made.language.clause_end.search(made.text, made.ends[start], stop)
        if cut and made.quoted[made.word_at(cut.start())] < 0:
            stop = cut.start()
        whole = trimmed(made.text, made.starts[start], stop)
        whole = closed(made, whole)
        return whole if made.word_at(whole.end) - start >= _FEWEST else None

    def _ahead(self, verb: int, speaker: Mention | None, begin: int, end: int) -> Stretch | None:
        """“The pause would hold, officials said.”: the clause stands before who said it."""
        made = self.made
        if speaker is None or speaker.first - 1 <= begin or made.words[speaker.first - 1] != ",":
            return None
        comma = speaker.first - 1
        if made.quoted[comma] >= 0 or made.flags[comma - 1] & Flag.MARK or made.quoted[comma - 1] >= 0:
            return None
        if end - verb > 8 or verb in self._by_verb or comma - begin < 4:
            return None
        return trimmed(made.text, made.starts[begin], made.ends[comma - 1])

    def _according(self, first: int, last: int) -> None:
        """“According to X, …”."""
        made = self.made
        if first >= last:
            return
        match = made.language.according.search(made.text, made.starts[first], made.ends[last - 1])
        while match:
            at = made.word_at(match.start())
            self._according_at(at, made.word_at(match.end()))
            match = made.language.according.search(made.text, match.end(), made.ends[last - 1])

    def _according_at(self, at: int, who: int) -> None:
        made = self.made
        speaker = self.people.at(who)
        begin, end = made.sentences[made.sentence_of[at]]
        if speaker is None or at != begin or made.quoted[at] >= 0:
            return
        comma = next((w for w in range(speaker.last + 1, end) if made.words[w] == ","), -1)
        if speaker.beside is not None:
            comma = next((w for w in range(speaker.beside.last + 1, end) if made.words[w] == ","), comma)
        if comma >= 0 and comma + 1 < end:
            content = trimmed(made.text, made.ends[comma], made.ends[end - 1])
            quotes = [q for q, (f, _) in enumerate(made.words_of_quote) if comma < f < end]
            held = next((a for a in self.quoted.made_so_far if set(a.quotes) & set(quotes)), None)
            if held is None:
                held = Attribution("according to", speaker, -1, person=self.people.resolve(speaker, []))
            else:
                held.speaker, held.person, held.how = speaker, self.people.resolve(speaker, []), "according to"
            self.found.append((held, content))
