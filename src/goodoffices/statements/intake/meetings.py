"""Meetings: where people met, at whose invitation, when, and for how long. Nothing is filled in that is not said."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.statements.intake.language import Flag
from goodoffices.statements.intake.mentions import place
from goodoffices.statements.intake.people import People
from goodoffices.statements.intake.reading import Reading
from goodoffices.statements.intake.spans import Stretch

_REACH = 14  # words between a place and the word that says that people met
_NEAR = 400  # characters between a day that is given and the meeting it is taken for


@dataclass(slots=True)
class Held:
    """One meeting, in places of the text."""

    text: Stretch
    venue: Stretch | None = None
    host: Stretch | None = None
    time: Stretch | None = None
    length: Stretch | None = None
    separate: Stretch | None = None
    parties: tuple[Stretch, ...] = ()

    def empty(self) -> bool:
        return self.venue is None and self.host is None and self.length is None and not self.parties


def meetings(people: People) -> list[Held]:
    """The meetings told of, in order. A sentence that names no other place adds to the meeting before."""
    made = people.made
    found: list[Held] = []
    told: Held | None = None
    for first, last in made.sentences:
        if made.paragraphs[made.paragraph_of[first]].kind != "prose":
            continue
        if not any(flag & Flag.MEETING for flag in made.flags[first:last]):
            continue
        one = _of_sentence(made, people, first, last, made.stretch(first, last - 1))
        if one.empty():
            told = one if one.time else told
            continue
        if told is not None and one.time is None and one.text.start - told.text.end < _NEAR:
            one.time = told.time
        told = None
        _add(made, found, one)
    return found


def _of_sentence(made: Reading, people: People, first: int, last: int, stretch: Stretch) -> Held:
    length = made.language.length.search(made.text, *stretch)
    when = made.language.when.search(made.text, *stretch)
    held = made.language.gathered.search(made.text, *stretch)
    hosted = made.language.hosted.search(made.text, *stretch)
    host = place(made, made.word_at(hosted.end()), last) if hosted else None
    apart = made.language.separate.search(made.text, *stretch)
    parties = _parties(people, first, last, stretch) if apart else ()
    return Held(
        text=stretch,
        venue=_venue(made, people, first, last),
        host=made.stretch(*host) if host else None,
        time=Stretch(*when.span("when")) if when and held else None,
        length=Stretch(*length.span("length")) if length else None,
        separate=Stretch(*apart.span()) if apart and parties else None,
        parties=parties,
    )


def _parties(people: People, first: int, last: int, stretch: Stretch) -> tuple[Stretch, ...]:
    """Who met whom, where it is said: the first who is named, and those after “with”, joined by commas and “and”."""
    made = people.made
    match = made.language.met_with.search(made.text, *stretch)
    if match is None:
        return ()
    at, found = made.word_at(match.end()), []
    for mention in people.between(at, last):
        between = made.words[at : mention.first]
        if any(word.lower() not in (",", made.language.small.joins) for word in between):
            break
        found.append(made.stretch(mention.first, mention.last))
        at = mention.last + 1
    whom = people.between(first, made.word_at(match.start()))
    ahead = [made.stretch(m.first, m.last) for m in whom[:1] if m.kind != "pronoun"]
    return (*ahead, *found) if found else ()


def _venue(made: Reading, people: People, first: int, last: int) -> Stretch | None:
    for match in made.language.venue.finditer(made.text, made.starts[first], made.ends[last - 1]):
        at = made.word_at(match.end())
        near = made.flags[max(first, at - _REACH) : min(last, at + _REACH)]
        if at >= last or made.quoted[at] >= 0 or not any(flag & Flag.MEETING for flag in near):
            continue
        found = place(made, at, last)
        if found is not None and _is_place(made, people, *found):
            return made.stretch(*found)
    return None


def _is_place(made: Reading, people: People, first: int, last: int) -> bool:
    if made.flags[first] & Flag.DAY or made.words[first][0].isdigit():
        return False
    if any(made.lows[w] in made.language.places for w in range(first, last + 1)):
        return True
    if not made.flags[first] & Flag.UPPER:
        return False
    mention = people.at(first)
    return mention is None or mention.kind == "name"


def _add(made: Reading, found: list[Held], one: Held) -> None:
    """Merges with the meeting before, unless the two name different places."""
    if found and not one.separate and not found[-1].separate:
        before = found[-1]
        said = made.text[one.venue.start : one.venue.end] if one.venue else None
        same = said is None or before.venue is None or said == made.text[before.venue.start : before.venue.end]
        if same:
            before.venue = before.venue or one.venue
            before.host = before.host or one.host
            before.time = before.time or one.time
            before.length = before.length or one.length
            before.text = Stretch(before.text.start, one.text.end) if _next_to(made, before, one) else before.text
            return
    found.append(one)


def _next_to(made: Reading, before: Held, one: Held) -> bool:
    return made.text[before.text.end : one.text.start].isspace()
