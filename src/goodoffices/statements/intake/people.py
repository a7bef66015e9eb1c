"""The mention table: which names mean the same person, and whom a surname, a pronoun or a role may mean.

What cannot be told stays open: a role without a name (“an official”) is nobody; one that fits two people is neither.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from goodoffices.statements.intake.language import Flag
from goodoffices.statements.intake.mentions import Mention
from goodoffices.statements.intake.reading import Reading

_BACK = 60  # mentions a pronoun looks back over; further away nobody reads it so


@dataclass(slots=True, eq=False)
class Person:
    """Somebody named, with every mention of the name."""

    number: int
    fullest: Mention
    words: frozenset[str]
    gender: str = ""
    mentions: list[Mention] = field(default_factory=list)


class People:
    """Everybody a text names, and every mention in it, by sentence."""

    def __init__(self, made: Reading, mentions: list[Mention]) -> None:
        self.made = made
        self.mentions = mentions
        self.persons: list[Person] = []
        self._by_word: dict[str, list[Person]] = {}
        self._firsts = [m.first for m in mentions]
        for mention in mentions:
            if mention.named:
                self._enter(mention)

    def between(self, first: int, last: int) -> list[Mention]:
        """Mentions that begin at ``first`` or later and end before ``last``."""
        begin = bisect_left(self._firsts, first)
        end = bisect_left(self._firsts, last)
        found = self.mentions[begin:end]
        if found and found[-1].last >= last:
            found = found[:-1]
        return found

    def at(self, first: int) -> Mention | None:
        """The mention that begins at the word ``first``."""
        place = bisect_left(self._firsts, first)
        return self.mentions[place] if place < len(self._firsts) and self._firsts[place] == first else None

    # --- names

    def _enter(self, mention: Mention) -> None:
        first, last = mention.name or (mention.first, mention.last)
        words = [w for w in self.made.lows[first : last + 1] if w[0].isalnum()]
        if not words:
            return
        person = self._known(words, mention)
        if person is None:
            person = Person(len(self.persons), mention, frozenset(words), mention.gender)
            self.persons.append(person)
            for word in words:
                self._by_word.setdefault(word, []).append(person)
        self._add(person, mention, len(words))

    def _known(self, words: list[str], mention: Mention) -> Person | None:
        """The person whom these words name too: the same surname, and no other first name."""
        for person in reversed(self._by_word.get(words[-1], ())):
            held = self._name_words(person.fullest)
            if (person.fullest.kind == "group") != (mention.kind == "group") and len(held) != len(words):
                continue
            if self._is_same(held, words, mention):
                return person
        return None

    def _is_same(self, held: list[str], words: list[str], mention: Mention) -> bool:
        shorter, longer = sorted((words, held), key=len)
        if len(shorter) == 1:
            alone = len(self._by_word[words[-1]]) == 1
            return shorter[0] == longer[-1] or bool(mention.gender) or alone
        return shorter == longer[-len(shorter) :] or (shorter[0], shorter[-1]) == (longer[0], longer[-1])

    def _name_words(self, mention: Mention) -> list[str]:
        first, last = mention.name or (mention.first, mention.last)
        return [w for w in self.made.lows[first : last + 1] if w[0].isalnum()]

    def _add(self, person: Person, mention: Mention, length: int) -> None:
        mention.person = person.number
        person.mentions.append(mention)
        person.gender = person.gender or mention.gender
        if mention.kind == "name" and person.fullest.kind in ("person", "group"):
            mention.kind = person.fullest.kind
        better = (length, mention.kind == "person") > (len(person.words), person.fullest.kind == "person")
        if better and mention is not person.fullest:
            for word in set(self._name_words(mention)) - person.words:
                self._by_word.setdefault(word, []).append(person)
            person.words = person.words | frozenset(self._name_words(mention))
            person.fullest = mention

    # --- whom a mention means

    def resolve(self, mention: Mention, speakers: list[int]) -> int:
        """The number of the person meant, or -1. ``speakers`` are those who have spoken so far, the last one last."""
        if mention.beside is not None and mention.beside.person >= 0:
            return mention.beside.person
        if mention.person >= 0:
            return mention.person
        if mention.kind == "pronoun":
            return self._pronoun(mention, speakers)
        if mention.kind == "role" and not mention.plural:
            return self._role(mention)
        return -1

    def _pronoun(self, mention: Mention, speakers: list[int]) -> int:
        gender = mention.gender
        if gender == "it":
            return self._subject_before(mention, gender)
        if gender not in ("m", "f"):
            return -1
        person = self._subject_before(mention, gender)
        if person < 0:
            compatible = [s for s in speakers[-_BACK:] if self.persons[s].gender in ("", gender)]
            person = compatible[-1] if compatible else -1
        if person >= 0:
            self.persons[person].gender = gender
            self.persons[person].fullest.kind = "person"
        return person

    def _subject_before(self, mention: Mention, gender: str) -> int:
        """The last person before who is compatible; the subject of a sentence before others it mentions."""
        place = bisect_left(self._firsts, mention.first)
        sentence, chosen, chosen_at = -1, -1, -1
        for other in reversed(self.mentions[max(0, place - _BACK) : place]):
            meant = other.person if other.person >= 0 else (other.beside.person if other.beside else -1)
            at = self.made.sentence_of[other.first]
            if chosen >= 0 and at != sentence:
                return chosen
            if self.made.quoted[other.first] >= 0 or not self._may_be(meant, gender):
                continue
            if self._is_object(other) and self.persons[meant].fullest.kind == "name":
                continue
            sentence = at
            if not self._is_object(other) or chosen < 0:
                chosen, chosen_at = meant, other.first
        return chosen if chosen_at >= 0 else -1

    def _may_be(self, person: int, gender: str) -> bool:
        if person < 0:
            return False
        held = self.persons[person]
        if gender == "it":
            return held.fullest.kind in ("group", "name")
        may = held.fullest.kind == "person" or (held.fullest.kind == "name" and len(held.words) > 1)
        return may and held.gender in ("", gender)

    def _is_object(self, mention: Mention) -> bool:
        before = mention.first - 1
        return before >= 0 and bool(self.made.flags[before] & Flag.PREPOSITION)

    def _role(self, mention: Mention) -> int:
        """“The minister”: the one person before who has that role; nobody when the role is “a” minister's."""
        made = self.made
        if mention.function is None or not self._is_definite(mention):
            return -1
        head = made.lows[mention.function[1]]
        fitting = {
            person.number: person
            for person in self.persons[-_BACK:]
            if person.mentions[0].first < mention.first and self._has_role(person, head)
        }
        if mention.delegation is not None:
            own = {made.lows[w] for w in range(mention.delegation[0], mention.delegation[1] + 1)}
            fitting = {n: p for n, p in fitting.items() if own & self._delegation_words(p)}
        return next(iter(fitting)) if len(fitting) == 1 else -1

    def _is_definite(self, mention: Mention) -> bool:
        """The, his or her minister; and Zemlin's minister, who is known by whose he is."""
        low = self.made.lows[mention.first]
        if low in self.made.language.small.known:
            return True
        return mention.delegation is not None and low not in self.made.language.indefinite

    def _has_role(self, person: Person, head: str) -> bool:
        return any(m.function and head in self.made.lows[m.function[0] : m.function[1] + 1] for m in person.mentions)

    def _delegation_words(self, person: Person) -> set[str]:
        lows = self.made.lows
        return {w for m in person.mentions if m.delegation for w in lows[m.delegation[0] : m.delegation[1] + 1]}
