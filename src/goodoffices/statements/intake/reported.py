"""Statements, from their attributions: with what was quoted, what was told in other words, and how it reached us."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from goodoffices.statements.intake.attribution import Attribution
from goodoffices.statements.intake.drafts import Statement
from goodoffices.statements.intake.language import Flag
from goodoffices.statements.intake.mentions import Mention
from goodoffices.statements.intake.people import People
from goodoffices.statements.intake.reading import Reading
from goodoffices.statements.intake.spans import Span, Stretch


@dataclass(frozen=True, slots=True)
class _Around:
    """What a sentence says of how the words in it came to us."""

    channel: Span | None
    setting: Span | None
    hedges: tuple[Span, ...]
    anonymous: bool


class Reports:
    """Makes a ``Statement`` of each attribution, and knows in which one a place of the text stands."""

    def __init__(self, people: People, quoted: list[Attribution], gists: list[tuple[Attribution, Stretch]]) -> None:
        self.people = people
        self.made: Reading = people.made
        self._gists: dict[int, Stretch] = {}
        for attribution, gist in gists:
            self._gists.setdefault(id(attribution), gist)
        told = [a for a, _ in gists if not a.quotes]
        self.attributions = sorted({id(a): a for a in [*quoted, *told]}.values(), key=self._place)
        self._around: dict[Stretch, _Around] = {}
        self._of_quote = {q: number for number, a in enumerate(self.attributions) for q in a.quotes}

    def _place(self, a: Attribution) -> int:
        places = [self.made.quotes[a.quotes[0]].start] if a.quotes else []
        gist = self._gists.get(id(a))
        return min([*places, gist.start] if gist else places)

    def statements(self) -> tuple[Statement, ...]:
        made: list[Statement] = []
        for a in self.attributions:
            statement = self._statement(a)
            if a.how == "paragraph before" and made and made[-1].resolved == statement.resolved:
                statement = replace(statement, known=made[-1].known)  # it goes on from there
            made.append(statement)
        return tuple(made)

    def around(self, quote: int, stretch: Stretch) -> int | None:
        """The number of the statement that a quote, or a stretch of the text, belongs to."""
        if quote >= 0:
            return self._of_quote.get(quote)
        for number, a in enumerate(self.attributions):
            gist = self._gists.get(id(a))
            if gist is not None and gist.holds(stretch):
                return number
        return None

    def _statement(self, a: Attribution) -> Statement:
        made = self.made
        frame = self._frame(a)
        around = self._around.get(frame)
        if around is None:
            around = self._around[frame] = self._read(frame)
        relays = tuple(self._relays(a, frame))
        gist = self._gists.get(id(a))
        return Statement(
            quotes=tuple(made.span((made.quotes[q].start, made.quotes[q].end)) for q in a.quotes),
            gist=made.span(gist) if gist is not None else None,
            speaker=self.speaker(a),
            resolved=self.resolved(a.person),
            attribution=made.span(made.stretch(a.verb, a.verb)) if a.verb >= 0 else None,
            relays=relays,
            channel=around.channel,
            setting=around.setting,
            hedges=around.hedges,
            known=self._known(a, around),
            how=a.how,
        )

    def speaker(self, a: Attribution) -> Span | None:
        """The words by which the source names the speaker."""
        if a.speaker is not None:
            return self.made.span(self.made.stretch(a.speaker.first, a.speaker.last))
        return self.made.span(a.label) if a.label is not None else None

    def resolved(self, person: int) -> str | None:
        """The fullest name that the source gives this person or body."""
        if person < 0:
            return None
        fullest = self.people.persons[person].fullest
        return self.made.span(self.made.stretch(*(fullest.name or (fullest.first, fullest.last)))).text

    def _frame(self, a: Attribution) -> Stretch:
        """The sentence that brings the words in; the quote's own where none does."""
        made = self.made
        at = a.verb
        if at < 0 and a.how != "paragraph before" and a.speaker is not None:
            at = a.speaker.first
        if at < 0:
            at = max(0, made.words_of_quote[a.quotes[0]][0] - 1) if a.quotes else 0
        first, last = made.sentences[made.sentence_of[at]]
        return made.stretch(first, last - 1)

    def _outside_quotes(self, pattern: re.Pattern[str], flag: int, frame: Stretch) -> tuple[Span, ...]:
        made = self.made
        found = made.matches(pattern, flag, made.word_at(frame.start), frame.end)
        return tuple(made.span(m.span()) for m in found if made.quoted[made.word_at(m.start())] < 0)

    def _read(self, frame: Stretch) -> _Around:
        language = self.made.language
        settings = self._outside_quotes(language.setting, Flag.SETTING, frame)
        return _Around(
            channel=self._channel(frame),
            setting=settings[0] if settings else None,
            hedges=self._outside_quotes(language.hedge, Flag.HEDGE, frame),
            anonymous=language.anonymous.search(self.made.text, *frame) is not None,
        )

    def _channel(self, frame: Stretch) -> Span | None:
        made = self.made
        for match in made.matches(made.language.channel, Flag.CHANNEL, made.word_at(frame.start), frame.end):
            if made.quoted[made.word_at(match.start())] < 0:
                return made.span(match.span("name" if match["name"] else "name2"))
        return None

    def _known(self, a: Attribution, around: _Around) -> str:
        nameless = a.person < 0 and a.speaker is not None and a.speaker.kind == "role" and self._indefinite(a.speaker)
        if nameless or around.anonymous:
            return "anonymous"
        hearsay = self.made.language.hearsay
        return "reported" if any(h.text.lower() in hearsay for h in around.hedges) else "on the record"

    def _indefinite(self, speaker: Mention) -> bool:
        definite = self.made.language.definite
        return self.made.lows[speaker.first] not in definite or speaker.plural

    # --- through whom it came

    def _relays(self, a: Attribution, frame: Stretch) -> Iterator[Span]:
        made = self.made
        first, last = made.word_at(frame.start), made.word_at(frame.end)
        for at in range(first, last):
            if made.quoted[at] >= 0:
                continue
            relay = self._relay_at(a, at, first)
            if relay is not None and relay is not a.speaker and not 0 <= relay.person == a.person:
                yield made.span(made.stretch(relay.first, relay.last))

    def _relay_at(self, a: Attribution, at: int, first: int) -> Mention | None:
        made, low = self.made, self.made.lows[at]
        according = made.language.according.match(made.text, made.starts[at])
        if according:
            return self.people.at(made.word_at(according.end()))
        if low in made.language.told:
            hearer = self.people.at(at + 1)
            return hearer if hearer is not None and self._is_outlet(hearer) else None
        if low in made.language.relays and at != a.verb:
            by = self.people.at(at + 2) if made.low(at + 1) == made.language.small.by else self._subject(at, first)
            return by if by is not None and self._is_outlet(by) else None
        return None

    def _subject(self, at: int, first: int) -> Mention | None:
        between = self.people.between(first, at)
        return between[-1] if between and at - between[-1].last <= 2 else None

    def _is_outlet(self, mention: Mention) -> bool:
        made = self.made
        if mention.kind in ("person", "pronoun") or mention.plural:
            return False
        if mention.kind == "name" and self.people.persons[mention.person].fullest.kind == "person":
            return False
        if mention.kind == "role":
            return bool(made.flags[mention.last] & Flag.UPPER) and bool(made.flags[mention.first] & Flag.UPPER)
        return bool(made.flags[mention.last] & Flag.UPPER)
