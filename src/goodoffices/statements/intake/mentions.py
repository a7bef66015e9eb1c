"""Who is mentioned: names with their titles and functions, roles without a name, bodies, pronouns.

One pass over the words. A phrase is read from its first word on: a determiner or an owner (“the bloc's”), what stands
before a role (“foreign policy”), the role (“chief”), a name, and what belongs to it (“of the Russian delegation”).
Nothing here knows a country or a person: a name is what is written like one and stands where one would.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from goodoffices.statements.intake.language import Flag
from goodoffices.statements.intake.reading import Reading

_NAME_LENGTH = 6  # words
_PHRASE_LENGTH = 9
_STOPS = Flag.FUNCTION | Flag.SPEECH | Flag.MARK


@dataclass(slots=True, eq=False)
class Mention:
    """A phrase that means somebody. All fields count words, both ends included."""

    first: int
    last: int
    kind: str  # person, role, group, name (whose nature is not known), pronoun
    name: tuple[int, int] | None = None
    function: tuple[int, int] | None = None
    delegation: tuple[int, int] | None = None
    plural: bool = False
    gender: str = ""
    beside: Mention | None = None  # the other half of an apposition (“Sabine Orlo, lead negotiator for Oss”)
    person: int = -1  # number of the person it is taken to be

    @property
    def named(self) -> bool:
        return self.name is not None


def mentions(made: Reading) -> list[Mention]:
    """Every mention in ``made``, in order; none lies within another."""
    found: list[Mention] = []
    lower = _lower_case_words(made)
    for paragraph in made.paragraphs:
        if paragraph.kind == "boilerplate":
            continue
        at, last = paragraph.first, paragraph.last
        while at < last:
            mention = _begins(made, at, last, lower)
            if mention is None:
                at += 1
            else:
                found.append(mention)
                at = mention.last + 1
    _join_appositions(made, found)
    return found


def _lower_case_words(made: Reading) -> frozenset[str]:
    """Words that stand somewhere in lower case: such a word, capitalised at a sentence's start, is no name."""
    return frozenset(word for word, flag in zip(made.words, made.flags, strict=True) if not flag & Flag.UPPER)


_MAY_BEGIN = Flag.UPPER | Flag.DETERMINER | Flag.ROLE | Flag.BEFORE_ROLE | Flag.HONORIFIC | Flag.PRONOUN | Flag.GROUP


def _begins(made: Reading, at: int, last: int, lower: frozenset[str]) -> Mention | None:
    flag = made.flags[at]
    if not flag & _MAY_BEGIN:
        return None
    if flag & Flag.PRONOUN:
        low = made.lows[at]
        return Mention(
            at, at, "pronoun", plural=low in made.language.small.plural, gender=made.language.gender.get(low, "")
        )
    return _Phrase(made, last, lower).read(at)


class _Phrase:
    """Reads one phrase. Kept as an object because every step needs the text and the end of the paragraph."""

    __slots__ = ("flags", "last", "lower", "lows", "made", "small", "words")

    def __init__(self, made: Reading, last: int, lower: frozenset[str]) -> None:
        self.made = made
        self.small = made.language.small
        self.words = made.words
        self.lows = made.lows
        self.flags = made.flags
        self.last = last
        self.lower = lower

    def read(self, at: int) -> Mention | None:
        begin = at
        determined = bool(self.flags[at] & Flag.DETERMINER)
        if determined:
            at += 1
        role = self._role(at, determined)
        if role is not None:
            return self._with_role(begin, at, *role)
        if determined and at < self.last and not self._capital(at):
            return self._group(begin, at)
        name = self._name(at)
        if name is None:
            return self._group(begin, at)
        return self._named(begin, name, determined)

    # --- roles

    def _role(self, at: int, determined: bool) -> tuple[int, int] | None:
        """First and last word of the function in a phrase that may begin at ``at``."""
        flags, place, first, found = self.flags, at, -1, None
        while place < self.last and place - at < _PHRASE_LENGTH:
            flag = flags[place]
            if flag & Flag.ROLE and not flag & Flag.MARK:
                first = place if first < 0 else first
                place = self._long_role(place)
                found = (first, place)
            elif flag & Flag.BEFORE_ROLE:
                first = place if first < 0 else first
            elif found is not None or not self._may_stand_before_role(place, at, determined):
                break
            elif not self._is_owner_mark(place):
                first = -1
            place += 1
        return found

    def _long_role(self, place: int) -> int:
        for rest in self.made.language.long_roles.get(self.lows[place], ()):
            end = place + 1 + len(rest)
            if tuple(self.lows[place + 1 : end]) == rest and end <= self.last:
                return end - 1
        return place

    def _may_stand_before_role(self, place: int, at: int, determined: bool) -> bool:
        flag = self.flags[place]
        if self._is_owner_mark(place):
            return True
        if flag & _STOPS or not self.words[place][0].isalnum() or (flag & Flag.DETERMINER and place > at):
            return False
        if flag & Flag.UPPER:
            return not (place == at and flag & Flag.NO_NAME)
        return determined or self._after_owner(place, at)

    def _after_owner(self, place: int, at: int) -> bool:
        return any(self._is_owner_mark(p) for p in range(at, place))

    def _is_owner_mark(self, place: int) -> bool:
        word = self.words[place]
        return word in self.small.owner_marks or (word in ("'", "’") and not self.flags[place] & Flag.MARK)

    def _with_role(self, begin: int, at: int, first: int, last: int) -> Mention:
        flags = self.flags
        delegation = self._delegation_before(begin, at, first)
        end, name = last, None
        following = last + 1
        if following < self.last and self._capital(following) and not flags[following] & Flag.FUNCTION:
            name = self._name(following)
            if name is not None:
                end = name[1]
        if name is None:
            end, after = self._belongs(last)
            delegation = after or delegation
            if end > last and end + 1 < self.last and self._capital(end + 1) and not self._capital(end):
                name = self._name(end + 1)
                end = name[1] if name is not None else end
        elif end + 1 < self.last and flags[end + 1] & Flag.OF and self.lows[end + 1] == self.small.of:
            end, after = self._belongs(end)
            delegation = after or delegation
        gender = next((g for p in range(first, last + 1) if (g := self.made.language.gender.get(self.lows[p]))), "")
        plural = bool(flags[last] & Flag.PLURAL)
        kind = "person" if name and not plural else "role"
        return Mention(begin, end, kind, name, (first, last), delegation, plural, gender)

    def _delegation_before(self, begin: int, at: int, first: int) -> tuple[int, int] | None:
        """“Turkish” of Turkish Foreign Minister, “the bloc's” of the bloc's policy chief, “its” of its spokesman."""
        end = first - 1
        if end >= begin and self._is_owner_mark(end):
            return (begin, end - 1) if end > begin else None
        while at < first and not self.flags[at] & Flag.UPPER:
            at += 1
        if at < first:
            return (at, end)
        owner = begin if begin < first and self.lows[begin] in self.made.language.gender else -1
        return (owner, owner) if owner >= 0 else None

    def _belongs(self, last: int) -> tuple[int, tuple[int, int] | None]:
        """Where “of the Russian delegation”, “for Mr Salm”, “familiar with the matter” end, and whom they name."""
        end, of_whom = last, None
        for _ in range(2):
            at = end + 1
            if at >= self.last:
                break
            if self.flags[at] & Flag.AFTER_ROLE:
                at += 1
            if at >= self.last or self.lows[at] not in self.small.belongs:
                break
            whole = self.object(at + 1)
            if whole is None or (self.lows[at] in self.small.belongs_later and at == end + 1):
                break
            if self.lows[at] in self.small.owned_by and of_whom is None:
                of_whom = whole
            end = whole[1]
        return end, of_whom

    def object(self, at: int, whole: bool = True) -> tuple[int, int] | None:
        """A phrase after a preposition: a name, or a determiner and up to four words."""
        if at >= self.last:
            return None
        begin = at
        determined = bool(self.flags[at] & Flag.DETERMINER)
        if determined:
            at += 1
        if at >= self.last:
            return None
        skipped = at + (not self._capital(at) and at + 1 < self.last and self._capital(at + 1) and self._is_plain(at))
        name = self._name(skipped, loose=True) if at < self.last and self._capital(skipped) else None
        if name is not None:
            return self._object_named(begin, name, whole)
        return self._plain(begin, at, determined)

    def _object_named(self, begin: int, name: tuple[int, int], whole: bool) -> tuple[int, int]:
        end = name[1]
        while end + 1 < self.last and self._goes_on(end + 1, end - name[1]):
            end += 1
        return (begin, self._body(end) if whole else end)

    def _goes_on(self, at: int, taken: int) -> bool:
        """Whether a noun goes on after a name: the Russian delegation, the Gulf state of …, Vale 's envoys."""
        flag = self.flags[at]
        if self._is_owner_mark(at):
            return at + 1 < self.last and not self.flags[at + 1] & _STOPS
        return taken < 4 and bool(flag & (Flag.GROUP | Flag.ROLE | Flag.BEFORE_ROLE)) and not flag & Flag.SPEECH

    def _plain(self, begin: int, at: int, determined: bool) -> tuple[int, int] | None:
        end = at
        while end < self.last and end - at < 4 and self._is_plain(end):
            end += 1
        if end == at or (not determined and not self.flags[end - 1] & (Flag.GROUP | Flag.ROLE)):
            return None
        return (begin, end - 1)

    def _is_plain(self, at: int) -> bool:
        return self.words[at][0].isalnum() and not self.flags[at] & (_STOPS | Flag.ADVERB)

    # --- names

    def _capital(self, at: int) -> bool:
        return bool(self.flags[at] & Flag.UPPER)

    def _name(self, at: int, loose: bool = False) -> tuple[int, int] | None:
        """A run of capitalised words, with the small words that may stand inside."""
        first, end, flags = at, at - 1, self.flags
        while at < self.last and at - first < _NAME_LENGTH + 2:
            flag = flags[at]
            if flag & Flag.UPPER and not flag & (Flag.DAY | Flag.MARK):
                if at == first and self._no_name(at, loose):
                    return None
                end = at
            elif not (flag & Flag.PARTICLE and end >= first and at + 1 < self.last and self._capital(at + 1)):
                break
            at += 1
        return (first, end) if end >= first else None

    def _no_name(self, at: int, loose: bool) -> bool:
        flag = self.flags[at]
        if flag & Flag.HONORIFIC:
            return at + 1 >= self.last or not self._capital(at + 1)
        if flag & Flag.NO_NAME:
            return True
        if loose or not self._begins_sentence(at):
            return False
        following = at + 1
        alone = following >= self.last or not self._capital(following)
        if alone and self.lows[at].endswith(self.small.participle):
            return True
        return alone and (self.lows[at] in self.lower or bool(flag & (Flag.SPEECH | Flag.ADVERB | Flag.FUNCTION)))

    def _begins_sentence(self, at: int) -> bool:
        sentence = self.made.sentence_of[at]
        if self.made.sentences[sentence][0] == at or at == 0:
            return True
        return bool(self.flags[at - 1] & Flag.MARK) or self.words[at - 1] in (":", "–", "—", "-", "--")

    def _named(self, begin: int, name: tuple[int, int], determined: bool) -> Mention | None:
        first, end = name
        flags = self.flags
        titled = bool(flags[first] & Flag.HONORIFIC)
        gender = self.made.language.gender.get(self.lows[first], "") if titled else ""
        while first < end and flags[first] & (Flag.HONORIFIC | Flag.ROLE | Flag.BEFORE_ROLE):
            gender = gender or self.made.language.gender.get(self.lows[first], "")
            first += 1
        whole = self._body(end)
        if not titled and (whole > end or determined or flags[end] & Flag.GROUP):
            return Mention(begin, whole, "group", (name[0], whole), plural=bool(flags[whole] & Flag.PLURAL))
        plain = self.made.language.plain_titles
        function = (name[0], first - 1) if titled and first > name[0] and self.lows[name[0]] not in plain else None
        owned = self._owned(begin, end)
        if owned is not None:
            return owned
        return Mention(begin, end, "person" if titled else "name", (first, end), function, gender=gender)

    def _body(self, end: int) -> int:
        """Where the name of a body ends that goes on: Council of Ysel, the Red Sash movement."""
        at = end + 1
        if (
            at < self.last
            and self.flags[at] & Flag.GROUP
            and not self._capital(at)
            and not self.flags[at] & Flag.SPEECH
        ):
            return at
        joined = self.flags[end] & (Flag.GROUP | Flag.ROLE) or self.lows[end] in self.made.language.places
        if at + 1 < self.last and self.flags[at] & Flag.OF and joined:
            further = self.object(at + 1, whole=False)
            return further[1] if further else end
        return end

    def _owned(self, begin: int, end: int) -> Mention | None:
        """“Halden's Vera Tomlin”: a person named after an owner; “Vell's government”: a body."""
        at = end + 1
        if at + 1 >= self.last or not self._is_owner_mark(at):
            return None
        if self._capital(at + 1):
            name = self._name(at + 1, loose=True)
            if name is not None and name[1] > name[0]:
                return Mention(begin, name[1], "person", name, None, (begin, end))
        return self._group(begin, at + 1)

    def _group(self, begin: int, at: int) -> Mention | None:
        """A body without a name: the ministry, both sides, Vell's government, its navy."""
        flags, place, found = self.flags, at, -1
        while place < self.last and place - at < _PHRASE_LENGTH - 3 and self._is_plain(place):
            if flags[place] & Flag.GROUP:
                found = place
            elif found >= 0:
                break
            place += 1
        if found < 0:
            return None
        if found + 1 < self.last and self._capital(found + 1) and not flags[found + 1] & Flag.DAY:
            name = self._name(found + 1, loose=True)
            if name is not None:
                return Mention(begin, name[1], "group", name)
        end, _ = self._belongs(found)
        return Mention(begin, end, "group", None, plural=bool(flags[found] & Flag.PLURAL))


def _join_appositions(made: Reading, found: list[Mention]) -> None:
    """Puts a name and a role beside each other that stand with nothing but a comma between them."""
    for one, other in pairwise(found):
        between = other.first - one.last
        if between != 2 or made.words[one.last + 1] != "," or one.beside is not None:
            continue
        if made.sentence_of[one.first] != made.sentence_of[other.first]:
            continue
        if _is_apposition(made, one, other):
            one.beside, other.beside = other, one
            _share(one, other)


def _is_apposition(made: Reading, one: Mention, other: Mention) -> bool:
    if one.plural or other.plural:
        return False
    role, named = (one, other) if one.kind == "role" else (other, one)
    if role.kind != "role" or named.kind not in ("name", "person"):
        return False
    if role is other:  # a name, then a role: what follows must end the insertion
        return other.last + 1 >= len(made.words) or made.low(other.last + 1) in made.language.small.after_insertion
    return True


def _share(one: Mention, other: Mention) -> None:
    named, role = (one, other) if one.named and one.kind != "role" else (other, one)
    named.kind = "person"
    named.function = role.function or named.function
    named.delegation = named.delegation or role.delegation
    named.gender = named.gender or role.gender


def place(made: Reading, at: int, last: int) -> tuple[int, int] | None:
    """First and last word of the phrase that begins at ``at``, such as may name a place or a host."""
    return _Phrase(made, last, frozenset()).object(at)
