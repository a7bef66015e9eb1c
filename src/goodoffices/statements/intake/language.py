"""What a language has to give so that the rules can read it. The rules know no word; ``english`` has them.

A further language is one more module with one ``Language``: its words by class, its patterns, its speech acts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field


class Flag:
    """Classes of words, to be combined with ``|``. Plain numbers: a text asks for them many thousand times."""

    UPPER = 1  # begins with a capital letter
    MARK = 1 << 1  # a quotation mark that pairs
    DETERMINER = 1 << 2  # the, a, its, two, several
    FUNCTION = 1 << 3  # prepositions, conjunctions, auxiliaries: never inside a name or before a noun of one phrase
    ROLE = 1 << 4  # minister, envoy, officials: what a person is
    BEFORE_ROLE = 1 << 5  # foreign, deputy, prime: part of a function's name
    HONORIFIC = 1 << 6  # Mr, Dame, Dr
    GROUP = 1 << 7  # government, delegation, council: who acts as one
    PRONOUN = 1 << 8  # he, she, they, it, we, I
    ADVERB = 1 << 9  # reportedly, later: may stand between a subject and its verb
    AUXILIARY = 1 << 10  # has, had, was, will
    PREPOSITION = 1 << 11  # what stands after it is no subject
    SPEECH = 1 << 12  # said, told, wrote: verbs that bring in words
    NAMING = 1 << 13  # called, described, dismissed: verbs that bring in a part of a sentence
    DAY = 1 << 14  # days, months: capitalised, yet no names
    PLURAL = 1 << 15
    RELATIVE = 1 << 16  # who, which
    OF = 1 << 17  # of, for, at: may join a name of a body (Council of Ysel)
    PARTICLE = 1 << 18  # al, de, van: small words inside a person's name
    NOT = 1 << 19  # not, never, no
    TRIGGER = 1 << 20  # may begin a demand, offer, threat …
    NO_NAME = 1 << 21  # capitalised at times, never a name by itself (Talks, Officials at a sentence's start)
    HEARER = 1 << 22  # reporters, parliament: told something, relaying nothing
    CONTRAST = 1 << 23  # and, but: a verb after it shares its subject
    AFTER_ROLE = 1 << 24  # familiar, close, briefed: goes on after "people", "sources"
    SUBORDINATE = 1 << 25  # that, while, as: a clause begins
    HEDGE = 1 << 26  # may begin a hedge; this and the next five spare the patterns the words they cannot begin with
    TIME = 1 << 27  # may begin a duration
    CONDITION = 1 << 28
    SETTING = 1 << 29
    CHANNEL = 1 << 30
    MEETING = 1 << 31  # people met


Ways = Mapping[str, tuple[tuple[str, ...], ...]]
"""Ways of going on, each as the words after its first one, by that first word."""


def by_first(ways: Iterable[tuple[str, ...]]) -> Ways:
    """Ways of going on, to be looked up by their first word."""
    made: dict[str, tuple[tuple[str, ...], ...]] = {}
    for way in ways:
        made[way[0]] = (*made.get(way[0], ()), way[1:])
    return made


GAP = "…"  # in a way of speaking: up to seven words of anything but punctuation


@dataclass(frozen=True, slots=True)
class Trigger:
    """One way of making a demand, an offer, a threat: what stands around its first word, and what it then is."""

    kind: str
    after: Ways = field(default_factory=dict)  # what must follow, in lower case; empty: anything
    never: Ways = field(default_factory=dict)  # what must not follow
    preceded: frozenset[str] = frozenset()  # words one of which must stand before a noun
    negated: str | None = None  # what it is when denied (“did not agree to”): a kind, or nothing
    noun: bool = False  # a noun (“the only demand was”); otherwise a verb, with a subject
    copula: bool = False  # needs a form of “to be” before it (“is ready to”)
    not_first_person: bool = False
    said_no: bool = False  # its first word denies already
    party: bool = False  # its subject must be somebody: a name, a role, a body, or “we” and “I” in a quotation
    told: bool = False  # only within what somebody is reported to have said
    under: bool = False  # only in a sentence that begins “Under the …”
    needs: str = (
        ""  # ``harm``: a deed that hurts; ``harm if``: that and a condition; ``there time``: “there will be” and a time
    )
    degree: str | None = None


@dataclass(frozen=True, slots=True)
class Small:
    """The small words and endings of a language that rules ask for by their part in a sentence."""

    that: str  # brings in a clause
    joins: str  # and: between two who act as one
    by: str  # brings in who acts in the passive
    to: str  # before an infinitive
    of: str  # after a name: whose delegation it is of
    belongs: frozenset[str]  # may follow a role, and belong to it (of, for, familiar with)
    belongs_later: frozenset[str]  # of those: not right after the role
    owned_by: frozenset[str]  # of those: name the delegation
    known: frozenset[str]  # the, his, her: of somebody mentioned before
    owner_marks: frozenset[str]  # 's
    both: frozenset[str]  # determiners that may also stand before a verb
    after_insertion: frozenset[str]  # what ends an apposition after a name
    no_condition: tuple[str, ...]  # beginnings of what only looks like a condition
    participle: tuple[str, ...]  # endings of a verb that shares the subject of its clause
    passive: tuple[str, ...]  # endings of a verb in the passive
    short_be: tuple[str, ...]  # endings of a word that holds a form of “to be” (we're)
    finite: tuple[str, ...]  # endings of a verb that a second deed begins with
    there: str  # there will be
    under: str  # Under the deal: what a party will do by it
    but: tuple[str, ...]  # within one sentence, between a request and its answer
    plural: frozenset[str]  # pronouns of several


@dataclass(frozen=True, slots=True)
class Language:
    """The words and patterns of one language."""

    code: str
    name: str
    small: Small
    script: re.Pattern[str]  # one letter of the script it is written in
    word: re.Pattern[str]  # a word or a mark, as rules see them
    acronyms: frozenset[str]  # words that are names in capitals, and something else in small letters (US)
    elision: re.Pattern[str]  # after an apostrophe: letters or figures were left out
    flags: Callable[[str, int], int]  # the classes of a word in lower case, or the second argument
    gender: Mapping[str, str]  # words that give one away: ``m``, ``f``, ``it``, ``they``
    first_person: frozenset[str]
    long_roles: Mapping[str, tuple[tuple[str, ...], ...]]  # secretary: of state; by their first word
    triggers: Mapping[str, tuple[Trigger, ...]]  # by their first word
    harm: frozenset[str]  # verbs and nouns that make a promise a threat
    condition: re.Pattern[str]  # where a condition begins; group ``word``
    duration: re.Pattern[str]
    answer: re.Pattern[str]
    hedge: re.Pattern[str]
    channel: re.Pattern[str]  # group ``name`` is the channel
    setting: re.Pattern[str]
    boilerplate: tuple[tuple[str, re.Pattern[str]], ...]  # why, and what a line of it looks like
    dateline: re.Pattern[str]
    label: re.Pattern[str]  # a speaker's label in a transcript, group ``who``
    according: re.Pattern[str]  # “according to”
    names_a_thing: re.Pattern[str]  # before a quotation that is a title or a nickname (known as, titled)
    clause_end: re.Pattern[str]  # where a clause ends before its sentence does
    length: re.Pattern[str]  # how long a meeting took; group ``length``
    hosted: re.Pattern[str]  # group-less: who follows is the host
    when: re.Pattern[str]  # a day or a date
    anonymous: re.Pattern[str]  # speaking on condition of anonymity, declined to be named
    says_bare: frozenset[str]  # verbs that bring in a clause without “that”
    cites_as: tuple[frozenset[str], str]  # quoted … as: who stands between the two speaks
    told: frozenset[str]  # verbs whose object hears
    relays: frozenset[str]  # verbs by which an outlet passes on
    hearsay: frozenset[str]  # hedges that make a statement a reported one
    indefinite: frozenset[str]  # determiners of nobody in particular, or of whose owner is not named
    definite: frozenset[str]  # determiners of somebody known
    to_be: frozenset[str]
    plain_titles: frozenset[str]  # Mr, Dame: a title that is no function
    on_to: frozenset[str]  # words between a subject and an infinitive (goes on to say)
    speech_nouns: frozenset[str]  # claim, remark: what somebody's words are called
    also_nouns: frozenset[str]  # demands, offers: a verb only right after its subject
    venue: re.Pattern[str]  # before a place
    gathered: re.Pattern[str]  # words by which a day is a meeting's (met, held, talks)
    places: frozenset[str]  # hotel, palace: a place without a name
    sent: re.Pattern[str]  # sent a delegation; group ``level`` is what it is said to be
    represented: re.Pattern[str]  # was represented by: who follows leads
    led_by: re.Pattern[str]  # led by: who follows leads the delegation before it
    leads: re.Pattern[str]  # led: whoever stands before leads the delegation after it
    heads: frozenset[str]  # head, leader: who leads a body
    bodies: frozenset[str]  # delegation, team: what is sent to talks
    outcome: re.Pattern[str]  # how a meeting went, or what was expected of it
    separate: re.Pattern[str]  # a meeting apart from the one that is told of
    met_with: re.Pattern[str]  # before those who were met
    unresolved: re.Pattern[str]  # those areas, this demand: points to something said elsewhere

    @staticmethod
    def is_verb_of_clause(flag: int) -> bool:
        """Whether a word says that a clause of its own has begun."""
        return bool(flag & (Flag.AUXILIARY | Flag.SPEECH | Flag.TRIGGER))
