"""Which mention is the subject of a verb, as far as one can tell from what stands between the two."""

from __future__ import annotations

from goodoffices.statements.intake.language import Flag
from goodoffices.statements.intake.mentions import Mention
from goodoffices.statements.intake.people import People

_ALONG = Flag.ADVERB | Flag.AUXILIARY | Flag.NOT
_SURE = 11  # a score from which on nobody else is looked for
_NO_NOUN = Flag.FUNCTION | Flag.SPEECH | Flag.NAMING | Flag.MARK | Flag.DETERMINER | Flag.ADVERB
_FAR = 60  # words; a subject stands nearer


def subject(people: People, verb: int, begin: int) -> Mention | None:
    """The best subject of the word ``verb`` among mentions from the word ``begin`` on, or none."""
    quoted = people.made.quoted
    antecedent = _antecedent(people, verb, begin)
    if antecedent is not None:
        return antecedent
    if made_participle(people, verb, begin):
        return _of_clause(people, verb, begin)
    best: Mention | None = None
    best_score = 0
    for mention in people.between(max(begin, verb - _FAR), verb):
        if quoted[mention.first] != quoted[verb]:
            continue
        score = _score(people, mention, verb, best is None)
        if score > 0 and score >= best_score + (0 if best is None else 1):
            best, best_score = mention, score
    if best is None or (best.first < verb and best_score < _SURE):
        return _plain(people, verb, begin) or best
    return best


def made_participle(people: People, verb: int, begin: int) -> bool:
    """Whether a verb goes on after a comma (“…, adding”): its subject is the clause's, and not what is nearest."""
    made = people.made
    return verb > begin and made.lows[verb].endswith(made.language.small.participle) and made.words[verb - 1] == ","


def _of_clause(people: People, verb: int, begin: int) -> Mention | None:
    """The first mention that may act: a person or a role before anything else that has a name."""
    made = people.made
    first: Mention | None = None
    for mention in people.between(begin, verb):
        before = mention.first - 1
        prepositional = before >= begin and made.flags[before] & Flag.PREPOSITION
        if made.quoted[mention.first] != made.quoted[verb] or (
            prepositional and not made.flags[before] & Flag.SUBORDINATE
        ):
            continue
        if mention.kind in ("person", "role", "pronoun"):
            return mention
        if mention.person >= 0 and people.persons[mention.person].fullest.kind == "person":
            return mention
        first = first or mention
    return first


def _verb_group(people: People, verb: int, begin: int) -> int:
    """The first of the adverbs and auxiliaries right before a verb, or the verb itself."""
    made = people.made
    while verb > begin and made.flags[verb - 1] & _ALONG:
        verb -= 1
    if verb > begin and made.lows[verb - 1] == made.language.small.to:
        while verb > begin and made.lows[verb - 1] in made.language.on_to:
            verb -= 1
    return verb


def _antecedent(people: People, verb: int, begin: int) -> Mention | None:
    """Whom “who” or “which” right before the verb stands for: the mention that ends just before it."""
    made = people.made
    at = _verb_group(people, verb, begin) - 1
    if at <= begin or not made.flags[at] & Flag.RELATIVE:
        return None
    at -= 1 + (made.words[at - 1] == ",")
    near = people.between(max(begin, at - 14), at + 1)
    found = near[-1] if near and near[-1].last == at else None
    return found.beside if found is not None and found.kind == "role" and found.beside is not None else found


def _plain(people: People, verb: int, begin: int) -> Mention | None:
    """A subject that no list of roles knows: “the narrator says”, “one questioner claimed”."""
    made = people.made
    last = _verb_group(people, verb, begin) - 1
    at = last
    while at >= begin and last - at < 4 and _is_noun(people, at):
        at -= 1
    if at < begin or at == last or not made.flags[at] & Flag.DETERMINER or made.quoted[at] != made.quoted[verb]:
        return None
    if at > begin and made.flags[at - 1] & Flag.PREPOSITION and not made.flags[at - 1] & Flag.SUBORDINATE:
        return None
    return Mention(at, last, "role")


def _is_noun(people: People, at: int) -> bool:
    made = people.made
    owner = made.words[at] in made.language.small.owner_marks
    return owner or (made.words[at][0].isalpha() and not made.flags[at] & _NO_NOUN)


def _score(people: People, mention: Mention, verb: int, first: bool) -> int:
    made = people.made
    score = {"person": 3, "pronoun": 3, "role": 3, "name": 2, "group": 2}[mention.kind] + 2 * first
    before = mention.first - 1
    if before >= 0 and made.flags[before] & Flag.PREPOSITION and not made.flags[before] & Flag.SUBORDINATE:
        participle = made.lows[verb].endswith(made.language.small.participle) and mention.last + 1 == verb
        return 6 if participle and mention.kind != "group" else -1  # footage of Hana Orrel asking
    if mention.last + 1 < len(made.words) and made.words[mention.last + 1] in made.language.small.owner_marks:
        score -= 3
    return score + _gap(people, mention.last + 1, verb)


def _gap(people: People, first: int, verb: int) -> int:
    """What speaks for and against a subject that ends before ``first``, seen from what stands up to ``verb``."""
    made = people.made
    verb = _verb_group(people, verb, first)
    if first == verb:
        return 10
    words = made.words
    while verb - 1 > first and made.flags[verb - 1] & Flag.MARK:
        verb -= 1
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
    if made.lows[verb].endswith(made.language.small.participle):
        return 0 if words[verb - 1] == "," else -inner
    return -inner - 4 * ("," in words[first:verb])


def beside(people: People, mention: Mention, verb: int) -> bool:
    """Whether nothing but adverbs and auxiliaries, or an insertion between commas, parts a subject from its verb."""
    return _gap(people, mention.last + 1, verb) >= 5
