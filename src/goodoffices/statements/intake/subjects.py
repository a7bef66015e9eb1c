"""Which mention is the subject of a verb, as far as one can tell from what stands between the two."""

from __future__ import annotations

from goodoffices.statements.intake.language import Flag
from goodoffices.statements.intake.mentions import Mention
from goodoffices.statements.intake.people import People

_ALONG = Flag.ADVERB | Flag.AUXILIARY | Flag.NOT
_FAR = 60  # words; a subject stands nearer


def subject(people: People, verb: int, begin: int) -> Mention | None:
    """The best subject of the word ``verb`` among mentions from the word ``begin`` on, or none."""
    quoted = people.made.quoted
    best: Mention | None = None
    best_score = 0
    for mention in people.between(max(begin, verb - _FAR), verb):
        if quoted[mention.first] != quoted[verb]:
            continue
        score = _score(people, mention, verb, best is None)
        if score > 0 and score >= best_score + (0 if best is None else 1):
            best, best_score = mention, score
    return best


def _score(people: People, mention: Mention, verb: int, first: bool) -> int:
    made = people.made
    score = {"person": 3, "pronoun": 3, "role": 3, "name": 2, "group": 2}[mention.kind] + 2 * first
    before = mention.first - 1
    if before >= 0 and made.flags[before] & Flag.PREPOSITION and not made.flags[before] & Flag.SUBORDINATE:
        return -1
    if mention.last + 1 < len(made.words) and made.words[mention.last + 1] in ("'s", "’s"):
        score -= 3
    return score + _gap(people, mention.last + 1, verb)


def _gap(people: People, first: int, verb: int) -> int:
    """What speaks for and against a subject that ends before ``first``, seen from what stands up to ``verb``."""
    made = people.made
    while verb > first and made.flags[verb - 1] & _ALONG:
        verb -= 1
    if first == verb:
        return 10
    words = made.words
    if words[first] == "," and words[verb - 1] == ",":
        return 6
    if made.flags[first] & Flag.RELATIVE or (words[first] == "," and made.flags[min(first + 1, verb)] & Flag.RELATIVE):
        return 5
    between = made.flags[first:verb]
    if any(w in ";:" for w in words[first:verb]):
        return -8
    inner = 6 if any(f & (Flag.SPEECH | Flag.SUBORDINATE) for f in between) else 0
    if made.flags[verb - 1] & Flag.CONTRAST:
        return 3 - inner
    return -inner - 4 * ("," in words[first:verb])


def beside(people: People, mention: Mention, verb: int) -> bool:
    """Whether nothing but adverbs and auxiliaries, or an insertion between commas, parts a subject from its verb."""
    return _gap(people, mention.last + 1, verb) >= 5
