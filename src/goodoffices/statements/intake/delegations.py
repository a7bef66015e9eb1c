"""Delegations and accounts: who sent whom, at which level and under whose lead; and how the text itself tells it went.

A delegation is told of by a verb (sent, represented by, led by, led) or by what somebody is (head of the delegation).
An account is the text's own word on a meeting, before or after it: nobody in it is said to have said so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goodoffices.statements.intake.language import Flag
from goodoffices.statements.intake.mentions import Mention
from goodoffices.statements.intake.people import People
from goodoffices.statements.intake.reading import Reading
from goodoffices.statements.intake.spans import Stretch
from goodoffices.statements.intake.subjects import subject
from goodoffices.statements.intake.terms import trimmed

_AHEAD = 12  # words between a delegation and the verb that says who leads it
_LEADS = 14  # words a list of those who lead may have


@dataclass(frozen=True, slots=True)
class Sent:
    """One delegation, in places of the text."""

    text: Stretch
    name: Stretch | None = None
    sender: Stretch | None = None
    level: Stretch | None = None
    heads: tuple[Stretch, ...] = ()


def delegations(people: People) -> list[Sent]:
    """The delegations told of, in order, each where it is told of first."""
    made = people.made
    found = [one for first, last in _prose(made) for one in _of_sentence(people, first, last)]
    found += _by_function(people)
    found.sort(key=lambda one: one.text)
    return [one for n, one in enumerate(found) if not any(_same(one, other) for other in found[:n])]


def accounts(people: People) -> list[Stretch]:
    """Sentences in which the text itself says how a meeting went, or what was expected of it."""
    made = people.made
    found = []
    for first, last in _prose(made):
        match = made.language.outcome.search(made.text, *made.stretch(first, last - 1))
        if match is None or made.quoted[made.word_at(match.start())] >= 0:
            continue
        own = range(made.word_at(match.start()), made.word_at(match.end()))
        told = any(made.flags[w] & Flag.SPEECH and made.quoted[w] < 0 and w not in own for w in range(first, last))
        if not told and any(made.flags[w] & Flag.MEETING for w in range(first, last)):
            found.append(trimmed(made.text, *made.stretch(first, last - 1)))
    return found


def _prose(made: Reading) -> Iterator[tuple[int, int]]:
    """The sentences of the report itself, as first and last word (excluded)."""
    for first, last in made.sentences:
        if made.paragraphs[made.paragraph_of[first]].kind == "prose":
            yield first, last


def _same(one: Sent, other: Sent) -> bool:
    """Whether the second says all that the first does: the same stretch, or one within it."""
    return other.text.holds(one.text) and one.heads == other.heads


def _of_sentence(people: People, first: int, last: int) -> Iterator[Sent]:
    made = people.made
    whole = made.stretch(first, last - 1)
    for pattern, read in ((made.language.sent, _sent), (made.language.represented, _represented)):
        for match in _outside_quotes(made, pattern, whole):
            one = read(people, match, first, last)
            if one is not None:
                yield one
    for match in _outside_quotes(made, made.language.led_by, whole):
        yield from _led_by(people, match, first, last)
    for match in _outside_quotes(made, made.language.leads, whole):
        yield from _leads(people, match, first)


def _outside_quotes(made: Reading, pattern: re.Pattern[str], within: Stretch) -> Iterator[re.Match[str]]:
    return (m for m in pattern.finditer(made.text, *within) if made.quoted[made.word_at(m.start())] < 0)


def _sent(people: People, match: re.Match[str], first: int, last: int) -> Sent | None:
    made = people.made
    sender = subject(people, made.word_at(match.start()), first)
    level = Stretch(*match.span("level")) if match["level"] else None
    if sender is None and level is None:
        return None
    start = made.starts[sender.first] if sender is not None else match.start()
    led = next(iter(_led_by_after(people, match.end(), last)), None)
    heads = (led,) if led is not None else ()
    return Sent(Stretch(start, led.end if led else match.end()), None, _stretch(made, sender), level, heads)


def _led_by_after(people: People, at: int, last: int) -> Iterator[Stretch]:
    """Who leads a delegation that was just named: “a delegation led by …”."""
    made = people.made
    match = made.language.led_by.match(made.text, made.starts[made.word_at(at)] if made.word_at(at) < last else at)
    if match is not None:
        yield from _heads(people, match.end(), last)


def _represented(people: People, match: re.Match[str], first: int, last: int) -> Sent | None:
    made = people.made
    whom = subject(people, made.word_at(match.start()), first)
    heads = tuple(_heads(people, match.end(), last))
    if whom is None or not heads:
        return None
    return Sent(Stretch(made.starts[whom.first], heads[-1].end), _stretch(made, whom), heads=heads)


def _led_by(people: People, match: re.Match[str], first: int, last: int) -> Iterator[Sent]:
    """“The Montaran delegation, led by …”: the delegation stands before, within a few words."""
    made = people.made
    at = made.word_at(match.start())
    before = [m for m in people.between(max(first, at - _AHEAD), at) if _is_delegation(made, m)]
    heads = tuple(_heads(people, match.end(), last))
    if before and heads:
        named = before[-1]
        yield Sent(Stretch(made.starts[named.first], heads[-1].end), _name(made, named), heads=heads)


def _leads(people: People, match: re.Match[str], first: int) -> Iterator[Sent]:
    """“Hana Orrel led the Montaran delegation”."""
    made = people.made
    verb = made.word_at(match.start())
    head = subject(people, verb, first)
    named = next((m for m in people.between(verb + 1, verb + 8) if _is_delegation(made, m)), None)
    if head is not None and named is not None and not _is_delegation(made, head):
        yield Sent(
            Stretch(made.starts[head.first], _name(made, named).end),
            _name(made, named),
            heads=(made.stretch(head.first, head.last),),
        )


def _by_function(people: People) -> list[Sent]:
    """“…, the head of the visiting delegation, …”."""
    made, found = people.made, []
    for person in people.persons:
        for mention in person.mentions:
            held = mention.function, mention.delegation
            if held[0] is None or held[1] is None or mention.name is None or made.quoted[mention.first] >= 0:
                continue
            if made.lows[held[0][1]] not in made.language.heads or made.lows[held[1][1]] not in made.language.bodies:
                continue
            words = (mention.first, mention.last, *held[0], *held[1])
            text = made.stretch(min(words), max(words))
            found.append(Sent(text, made.stretch(*held[1]), heads=(made.stretch(*mention.name),)))
            break
    return found


def _heads(people: People, at: int, last: int) -> Iterator[Stretch]:
    """Those who are named next: one stretch for each mention in a row, or the whole phrase where no list knows it."""
    made = people.made
    start = made.word_at(at)
    stop = next((w for w in range(start, min(last, start + _LEADS)) if _ends(made, w)), min(last, start + _LEADS))
    named = [m for m in people.between(start, stop) if m.kind in ("person", "name", "role")]
    if named and named[0].first == start:
        yield from (made.stretch(m.first, m.last) for m in named if not _beside(named, m))
    elif stop > start:
        yield trimmed(made.text, made.starts[start], made.ends[stop - 1])


def _beside(named: list[Mention], mention: Mention) -> bool:
    """Whether a mention only says more of the one before it."""
    return mention.beside is not None and mention.beside in named[: named.index(mention)]


def _ends(made: Reading, word: int) -> bool:
    flag = made.flags[word]
    return made.words[word] in ".;:()–—" or bool(flag & (Flag.RELATIVE | Flag.AUXILIARY | Flag.SUBORDINATE))


def _is_delegation(made: Reading, mention: Mention) -> bool:
    return any(made.lows[w] in made.language.bodies for w in range(mention.first, mention.last + 1))


def _name(made: Reading, mention: Mention) -> Stretch:
    """The delegation, with whose it is, and without where it went: “the rebel delegation to Sarno”."""
    body = next(w for w in range(mention.first, mention.last + 1) if made.lows[w] in made.language.bodies)
    owned = made.low(body + 1) in made.language.small.owned_by
    return made.stretch(mention.first, mention.last if owned else body)


def _stretch(made: Reading, mention: Mention | None) -> Stretch | None:
    return made.stretch(mention.first, mention.last) if mention is not None else None
