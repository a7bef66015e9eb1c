"""Who says what: sieves that find the speaker of each quoted stretch, the surest first.

In order: a transcript's label; a colon; a verb of saying after the quotation, or before it, in its own sentence;
“according to”; the sentence's subject, for a quoted part of a sentence; the paragraph so far; the paragraph before.
The order follows the sieves of Muzny and others, *A Two-stage Sieve Approach for Quote Attribution* (EACL 2017), with
rules for news in place of those for novels.
"""

from __future__ import annotations

from goodoffices.statements.intake.attribution import Attribution
from goodoffices.statements.intake.language import Flag
from goodoffices.statements.intake.mentions import Mention
from goodoffices.statements.intake.people import People
from goodoffices.statements.intake.reading import Reading
from goodoffices.statements.intake.spans import Stretch
from goodoffices.statements.intake.subjects import subject

_SAYING = Flag.SPEECH | Flag.NAMING
_NEAR = 45  # words between a quotation and the verb that brings it in
_DASHES = frozenset(("-", "–", "—", "--", "―"))
_GOES_ON = frozenset("?!…,—–")


class Attributions:
    """Goes through the quotes of a text in order; whoever spoke last is remembered."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.made: Reading = people.made
        self.speakers: list[int] = []
        self.made_so_far: list[Attribution] = []
        self._of_quote: dict[int, Attribution] = {}
        self._sieves = (
            self._colon,
            self._beside,
            self._colon_above,
            self._sentence,
            self._paragraph,
            self._paragraph_before,
        )

    def all(self) -> list[Attribution]:
        """One attribution for each run of quotes brought in together, in order."""
        for number, quote in enumerate(self.made.quotes):
            paragraph = self.made.paragraphs[quote.paragraph]
            if paragraph.kind == "prose" and not self._names_a_thing(number):
                self._enter(number, self._found(number))
        return self.made_so_far

    def _enter(self, number: int, found: Attribution) -> None:
        held = self._same(number, found)
        if held is not None:
            held.quotes.append(number)
            self._of_quote[number] = held
            return
        found.quotes.append(number)
        self.made_so_far.append(found)
        self._of_quote[number] = found
        if found.person < 0 and found.speaker is not None:
            found.person = self.people.resolve(found.speaker, self.speakers)
        if found.person >= 0:
            self.speakers.append(found.person)
            person = self.people.persons[found.person]
            if person.fullest.kind == "name" and found.how != "paragraph before":
                person.fullest.kind = "person"

    def _same(self, number: int, found: Attribution) -> Attribution | None:
        """The attribution this quote belongs to already: brought in by the same words, or going on."""
        before = self._of_quote.get(number - 1)
        if before is None:
            return None
        goes_on = found.how in ("runs on", "paragraph") or (found.verb >= 0 and found.verb == before.verb)
        if found.label is not None:
            goes_on = before.label == found.label
        return before if goes_on and (found.speaker is before.speaker or found.how == "runs on") else None

    def _found(self, number: int) -> Attribution:
        quote = self.made.quotes[number]
        if quote.label is not None:
            return self._by_label(number, quote.label)
        previous = self._of_quote.get(number - 1)
        if number and self.made.quotes[number - 1].runs_on and previous is not None:
            self._learn_late(number, previous)
            return Attribution("runs on", previous.speaker, previous.verb, person=previous.person)
        for sieve in self._sieves:
            found = sieve(number)
            if found is not None:
                return found
        return Attribution("nobody")

    def _learn_late(self, number: int, held: Attribution) -> None:
        """A speech over paragraphs may name its speaker after the last of them only."""
        if held.how not in ("nobody", "paragraph before", "sentence before") or self.made.quotes[number].runs_on:
            return
        found = self._behind(number)
        if found is not None and found.speaker is not None:
            held.how, held.speaker, held.verb = found.how, found.speaker, found.verb
            held.person = self.people.resolve(found.speaker, self.speakers)
            if held.person >= 0:
                self.speakers.append(held.person)

    # --- where a quote stands

    def _open(self, number: int) -> int:
        """The word that is the opening mark."""
        return self.made.words_of_quote[number][0] - 1

    def _after(self, number: int) -> int:
        """The first word after the closing mark."""
        at = self.made.words_of_quote[number][1]
        return at if self.made.quotes[number].runs_on or self.made.quotes[number].unclosed else at + 1

    def _sentence_start(self, number: int) -> int:
        """Where the sentence begins that the quote stands in; never inside an earlier quote."""
        at = max(self._open(number), 0)
        begin = self.made.sentences[self.made.sentence_of[at]][0]
        inside = self.made.quoted[begin]
        return self._after(inside) if 0 <= inside != number else begin

    def _names_a_thing(self, number: int) -> bool:
        """Whether a quotation is a title or a nickname: known as “…”, and capitalised throughout."""
        quote = self.made.quotes[number]
        if quote.label is not None:
            return False
        before = self.made.text[max(0, quote.opened_at - 40) : quote.opened_at]
        if not self.made.language.names_a_thing.search(before):
            return False
        first, last = self.made.words_of_quote[number]
        small = [w for w in self.made.words[first:last] if w[0].islower() and len(w) > 3]
        return not small and last - first <= 8

    # --- sieves

    def _by_label(self, number: int, label: Stretch) -> Attribution:
        speaker = self.people.at(self.made.word_at(label.start))
        previous = self._of_quote.get(number - 1)
        if previous is not None and previous.label == label:
            return Attribution("label", previous.speaker, label=label, person=previous.person)
        return Attribution("label", speaker, label=label)

    def _colon(self, number: int) -> Attribution | None:
        """“Orrel said: …” in the quote's own paragraph."""
        return self._after_colon(number, self._sentence_start(number)) if not self._begins_paragraph(number) else None

    def _colon_above(self, number: int) -> Attribution | None:
        """“Orrel said:” at the end of the paragraph before."""
        mark = self._open(number)
        if mark < 1 or not self._begins_paragraph(number):
            return None
        return self._after_colon(number, self.made.sentences[self.made.sentence_of[mark - 1]][0])

    def _begins_paragraph(self, number: int) -> bool:
        paragraph = self.made.paragraphs[self.made.quotes[number].paragraph]
        return self._open(number) <= paragraph.first

    def _after_colon(self, number: int, begin: int) -> Attribution | None:
        made, mark = self.made, self._open(number)
        if mark < 1 or made.words[mark - 1] != ":" or made.quoted[mark - 1] >= 0:
            return None
        verb = self._verb_between(begin, mark - 1)
        speaker = (self._cited(verb, begin) or subject(self.people, verb, begin)) if verb >= 0 else None
        if speaker is None:
            inside = self.people.between(begin, mark - 1)
            label = [m for m in inside if m.last == mark - 2 and m.kind != "pronoun"]
            speaker = next(iter(label or inside), None)
        return Attribution("colon", speaker, verb) if speaker is not None else None

    def _beside(self, number: int) -> Attribution | None:
        """A verb of saying, or “according to”, in the quote's own sentence; what stands nearer first."""
        starts = self._open(number) <= self._sentence_start(number)
        if starts:
            return self._behind(number)
        return self._before(number) or self._behind(number)

    def _before(self, number: int) -> Attribution | None:
        begin, mark = self._sentence_start(number), self._open(number)
        verb = self._verb_between(begin, mark)
        owner = self._owner_of_words(max(begin, verb), mark)
        if owner is not None:
            return Attribution("words of", owner)
        if verb < 0:
            return None
        speaker = (
            self._cited(verb, begin) or self._comes_later(number, verb, begin) or subject(self.people, verb, begin)
        )
        if speaker is None and verb == begin:
            speaker = self._inverted(verb, mark)
        if speaker is None:
            return self._spoken_of(number, verb)
        return Attribution("verb before", speaker, verb)

    def _comes_later(self, number: int, verb: int, begin: int) -> Mention | None:
        """“Calling the deal “a gift”, Orrel left.”: the subject stands after the quotation."""
        made = self.made
        opens = made.lows[begin].endswith(made.language.small.participle) or (
            made.flags[begin] & Flag.PREPOSITION and made.low(begin + 1).endswith(made.language.small.participle)
        )
        if not opens or not made.lows[verb].endswith(made.language.small.participle):
            return None
        at = self._after(number)
        return self.people.at(at + (made.low(at) == ","))

    def _owner_of_words(self, begin: int, mark: int) -> Mention | None:
        """“Orrel's claim that …”, “his remark”: whose words they are called."""
        made = self.made
        for at in range(mark - 1, max(begin, mark - _NEAR), -1):
            if made.lows[at] in made.language.speech_nouns and made.quoted[at] < 0:
                near = self.people.between(max(begin, at - 14), at)
                owned = near and near[-1].last == at - 2 and made.words[at - 1] in made.language.small.owner_marks
                if owned and (at + 1 == mark or made.words[at + 1] in (made.language.small.that, ",", ":")):
                    return near[-1]
        return None

    def _cited(self, verb: int, begin: int) -> Mention | None:
        """“The agency quoted the envoy as saying”: the envoy speaks."""
        verbs, small = self.made.language.cites_as
        if self.made.low(verb - 1) != small:
            return None
        cited = next((at for at in range(verb - 1, begin, -1) if self.made.lows[at] in verbs), -1)
        between = self.people.between(cited + 1, verb - 1) if cited >= 0 else []
        return between[0] if between else None

    def _spoken_of(self, number: int, verb: int) -> Attribution | None:
        """A participle without a subject of its own (“, saying …”) has that of whoever spoke before in the sentence."""
        previous = self._of_quote.get(number - 1)
        if previous is None or self.made.sentence_of[self._open(number)] != self.made.sentence_of[previous.verb]:
            return None
        return Attribution("verb before", previous.speaker, verb, person=previous.person)

    def _verb_between(self, begin: int, end: int) -> int:
        """The last verb of saying from ``begin`` up to ``end``, outside quotes; -1 when there is none."""
        made = self.made
        for at in range(end - 1, max(begin, end - _NEAR) - 1, -1):
            if made.flags[at] & _SAYING and made.quoted[at] < 0 and self._is_verb(at):
                return at
        return -1

    def _is_verb(self, at: int) -> bool:
        flags = self.made.flags
        if self.made.lows[at] in self.made.language.also_nouns and not self._right_after_subject(at):
            return False
        if flags[at] & Flag.UPPER and at > 0 and flags[at - 1] & Flag.UPPER:
            return False
        before = flags[at - 1] if at > 0 else 0
        return not before & (Flag.DETERMINER | Flag.BEFORE_ROLE) or bool(before & Flag.ADVERB)

    def _right_after_subject(self, at: int) -> bool:
        """For words that are nouns as well: “Orrel claims”, and not “Orrel's claims”."""
        while at > 0 and self.made.flags[at - 1] & Flag.ADVERB:
            at -= 1
        near = self.people.between(max(0, at - 12), at)
        return (bool(near) and near[-1].last == at - 1) or (at > 0 and bool(self.made.flags[at - 1] & Flag.RELATIVE))

    def _behind(self, number: int) -> Attribution | None:
        at, end = self._window(number)
        if at >= end:
            return None
        made = self.made
        if made.words[at - 1] in _DASHES:
            signed = self.people.at(at)
            if signed is not None and signed.named and signed.last + 1 >= end:
                return Attribution("signed", signed)
        match = made.language.according.match(made.text, made.starts[at])
        if match:
            speaker = self.people.at(made.word_at(match.end()))
            return Attribution("according to", speaker, at) if speaker is not None else None
        verb = next((v for v in range(at, min(end, at + _NEAR)) if self._brings_in(v)), -1)
        if verb < 0:
            return self._acts_after(number, at, end)
        speaker = subject(self.people, verb, at) or self._inverted(verb, end)
        return Attribution("verb after", speaker, verb) if speaker is not None else None

    def _acts_after(self, number: int, at: int, end: int) -> Attribution | None:
        """“…,” she yells: a subject right after a comma within the marks, whatever the verb."""
        made = self.made
        speaker = self.people.at(at)
        if speaker is None or made.words[made.words_of_quote[number][1] - 1] != "," or speaker.last + 1 >= end:
            return None
        following = made.words[speaker.last + 1]
        verb = following.islower() and not made.flags[speaker.last + 1] & Flag.FUNCTION
        return Attribution("verb after", speaker, speaker.last + 1) if verb else None

    def _brings_in(self, at: int) -> bool:
        return bool(self.made.flags[at] & Flag.SPEECH) and self.made.quoted[at] < 0 and self._is_verb(at)

    def _window(self, number: int) -> tuple[int, int]:
        """The words after a quote that may bring it in: up to the end of the sentence, or to the next quote."""
        made, at = self.made, self._after(number)
        if at >= len(made.words) or made.paragraph_of[at] != made.quotes[number].paragraph:
            return 0, 0
        last_word = made.words[at - 2] if at >= 2 else ""
        inside = made.words[made.words_of_quote[number][1] - 1]
        same = made.sentence_of[at] == made.sentence_of[made.words_of_quote[number][1] - 1]
        signed = made.words[at] in _DASHES
        if not same and not signed and inside not in _GOES_ON and last_word not in _GOES_ON and not self._short(at):
            return 0, 0
        end = made.sentences[made.sentence_of[at]][1]
        following = number + 1
        if following < len(made.quotes):
            end = min(end, max(self._open(following), at))
        while at < end and (made.words[at] in _DASHES or made.words[at] in ",."):
            at += 1
        return at, end

    def _short(self, at: int) -> bool:
        """Whether the sentence at ``at`` does nothing but name who spoke: “Veld said.”"""
        begin, end = self.made.sentences[self.made.sentence_of[at]]
        return begin == at and end - at <= 7 and any(self._brings_in(v) for v in range(at, end))

    def _inverted(self, verb: int, end: int) -> Mention | None:
        """The subject after its verb: “said Hana Orrel”."""
        at = verb + 1
        while at < end and self.made.flags[at] & Flag.ADVERB:
            at += 1
        mention = self.people.at(at) if at < end else None
        if mention is None or (self.made.flags[at] & Flag.HEARER and mention.kind != "person"):
            return None
        return mention

    def _sentence(self, number: int) -> Attribution | None:
        """A quoted part of a sentence that no verb of saying brings in: the sentence's subject."""
        begin, mark = self._sentence_start(number), self._open(number)
        if mark <= begin:
            return None
        according = self._according_to(number)
        if according is not None:
            return according
        if self.made.lows[begin].endswith(self.made.language.small.participle):
            later = self.people.at(self._after(number))
            if later is not None:
                return Attribution("sentence", later)
        for mention in self.people.between(begin, mark):
            before = mention.first - 1
            inside = self.made.quoted[mention.first] >= 0
            if not inside and not (before >= begin and self.made.flags[before] & Flag.PREPOSITION):
                return Attribution("sentence", mention)
        return None

    def _according_to(self, number: int) -> Attribution | None:
        """“According to” anywhere in the sentence that the quote is a part of."""
        made, mark = self.made, self._open(number)
        begin, end = made.sentences[made.sentence_of[mark]]
        for match in made.language.according.finditer(made.text, made.starts[begin], made.ends[end - 1]):
            at = made.word_at(match.start())
            speaker = self.people.at(made.word_at(match.end())) if made.quoted[at] < 0 else None
            if speaker is not None:
                return Attribution("according to", speaker, at)
        return None

    def _paragraph(self, number: int) -> Attribution | None:
        """Whoever the paragraph was about last: the subject of the sentence before, or whoever it quoted."""
        made, mark = self.made, self._open(number)
        quote = made.quotes[number]
        begin = self._sentence_start(number)
        previous = self._of_quote.get(number - 1)
        quoted_here = previous is not None and made.quotes[number - 1].paragraph == quote.paragraph
        since = self._after(number - 1) if quoted_here else made.paragraphs[quote.paragraph].first
        if since < begin <= mark:
            found = self._subject_of_sentence(since, begin, previous if quoted_here else None)
            if found is not None:
                return found
        if quoted_here and previous is not None and (previous.speaker is not None or previous.person >= 0):
            return Attribution("paragraph", previous.speaker, previous.verb, person=previous.person)
        return None

    def _subject_of_sentence(self, since: int, begin: int, previous: Attribution | None) -> Attribution | None:
        """The subject of the last sentence between ``since`` and ``begin``, when it is somebody who may speak."""
        made = self.made
        sentence = made.sentences[made.sentence_of[begin - 1]]
        first = max(sentence[0], since)
        if previous is not None and first <= since:
            return None  # that sentence is the one that brought the previous quote in
        for mention in self.people.between(first, begin):
            if made.quoted[mention.first] >= 0:
                continue
            before = mention.first - 1
            if before >= first and made.flags[before] & Flag.PREPOSITION:
                continue
            if self._may_speak(mention, first):
                return Attribution("sentence before", mention)
            return None
        return None

    def _may_speak(self, mention: Mention, first: int) -> bool:
        if mention.kind in ("person", "role", "pronoun") or mention.beside is not None or self._is_person(mention):
            return True
        return mention.first == first and mention.name is not None and mention.name[1] > mention.name[0]

    def _is_person(self, mention: Mention) -> bool:
        return mention.person >= 0 and self.people.persons[mention.person].fullest.kind == "person"

    def _paragraph_before(self, number: int) -> Attribution | None:
        """Whoever was quoted last, when the quote stands by itself."""
        previous = self._of_quote.get(number - 1)
        here = self.made.quotes[number].paragraph
        if self._open(number) > self._sentence_start(number):
            return None
        apart = here - self.made.quotes[number - 1].paragraph if number else here
        if apart > 1 or previous is None:
            about = self._about(here - 1)
            if about is not None:
                return Attribution("paragraph before", about)
        if previous is None or previous.speaker is None or apart > 2:
            return None
        return Attribution("paragraph before", previous.speaker, person=previous.person)

    def _about(self, paragraph: int) -> Mention | None:
        """Whom a paragraph without quotes speaks of: the subject of its last sentence that has somebody for one."""
        made = self.made
        if paragraph < 0 or made.paragraphs[paragraph].kind != "prose":
            return None
        first, last = made.paragraphs[paragraph].first, made.paragraphs[paragraph].last
        for mention in self.people.between(first, last):
            if mention.first and made.flags[mention.first - 1] & Flag.PREPOSITION:
                continue
            if self._is_person(mention) or (
                mention.first == first and mention.name and mention.name[1] > mention.name[0]
            ):
                return mention
            if mention.kind == "role" and mention.first == first:
                return mention
        return None
