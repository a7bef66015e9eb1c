"""Intake: a report becomes drafts. Pure rules, for English first; docs/design/intake.md says what comes out.

``intake(text)`` reads one text. Files of other kinds become text in ``goodoffices.statements.intake.files``.
"""

from __future__ import annotations

from collections.abc import Sequence

from goodoffices.statements.intake import boilerplate
from goodoffices.statements.intake.deeds import Clause, Clauses, answers
from goodoffices.statements.intake.delegations import accounts, delegations
from goodoffices.statements.intake.drafts import (
    KINDS,
    Account,
    Boilerplate,
    Deed,
    Delegation,
    Drafts,
    Meeting,
    Participant,
)
from goodoffices.statements.intake.english import ENGLISH
from goodoffices.statements.intake.gists import Gists
from goodoffices.statements.intake.language import Flag, Language
from goodoffices.statements.intake.meetings import meetings
from goodoffices.statements.intake.mentions import Mention, mentions
from goodoffices.statements.intake.people import People, Person
from goodoffices.statements.intake.reading import Reading, reading
from goodoffices.statements.intake.reported import Reports
from goodoffices.statements.intake.spans import Span, Stretch
from goodoffices.statements.intake.speakers import Attributions
from goodoffices.statements.intake.subjects import subject
from goodoffices.statements.intake.terms import trimmed


def intake(source: str, language: Language = ENGLISH, page: Sequence[Stretch] = ()) -> Drafts:
    """The drafts in ``source``, every span of them looked at. Takes time in proportion to its length.

    ``page`` are stretches known to stand around the article, such as menus; they are boilerplate.
    """
    made = reading(source, language)
    boilerplate.mark(made, page)
    people = People(made, mentions(made))
    quoted = Attributions(people)
    attributions = quoted.all()
    clauses = Clauses(people).all()
    gists = Gists(people, quoted, frozenset(c.trigger for c in clauses)).all()
    reports = Reports(people, attributions, gists)
    return Drafts(
        source=source,
        language=language.code,
        statements=reports.statements(),
        participants=tuple(_participant(made, p) for p in people.persons if p.fullest.kind == "person"),
        meetings=_meetings(people),
        deeds=_deeds(people, reports, clauses),
        delegations=_delegations(people),
        accounts=tuple(Account(text=made.span(text)) for text in accounts(people)),
        boilerplate=tuple(Boilerplate(span=made.span(p.stretch), why=p.why) for p in made.paragraphs if p.why),
    ).checked()


def _words(made: Reading, words: tuple[int, int] | None) -> Span | None:
    return made.span(made.stretch(*words)) if words is not None else None


def _span(made: Reading, stretch: Stretch | None) -> Span | None:
    return made.span(stretch) if stretch is not None else None


def _mention(made: Reading, mention: Mention | None) -> Span | None:
    return made.span(made.stretch(mention.first, mention.last)) if mention is not None else None


def _participant(made: Reading, person: Person) -> Participant:
    name = person.fullest.name or (person.fullest.first, person.fullest.last)
    function = next((m.function for m in person.mentions if m.function is not None), None)
    delegation = next((m.delegation for m in person.mentions if m.delegation is not None), None)
    return Participant(
        name=made.span(made.stretch(*name)), function=_words(made, function), delegation=_words(made, delegation)
    )


def _meetings(people: People) -> tuple[Meeting, ...]:
    made = people.made
    return tuple(
        Meeting(
            text=made.span(m.text),
            venue=_span(made, m.venue),
            host=_span(made, m.host),
            time=_span(made, m.time),
            length=_span(made, m.length),
            separate=_span(made, m.separate),
            parties=tuple(made.span(p) for p in m.parties),
        )
        for m in meetings(people)
    )


def _delegations(people: People) -> tuple[Delegation, ...]:
    made = people.made
    return tuple(
        Delegation(
            text=made.span(d.text),
            name=_span(made, d.name),
            sender=_span(made, d.sender),
            level=_span(made, _level(made, d.level)),
            heads=tuple(made.span(h) for h in d.heads),
        )
        for d in delegations(people)
    )


def _level(made: Reading, stretch: Stretch | None) -> Stretch | None:
    return trimmed(made.text, *stretch) if stretch is not None else None


def _deeds(people: People, reports: Reports, clauses: list[Clause]) -> dict[str, tuple[Deed, ...]]:
    made = people.made
    requests = [c for c in clauses if c.kind == "requests"]
    answered = answers(made, requests, lambda verb, begin: subject(people, verb, begin))
    deeds: dict[str, list[Deed]] = {kind: [] for kind in KINDS}
    for clause in clauses:
        deeds[clause.kind].append(_deed(people, reports, clause, answered.get(clause.trigger)))
    return {kind: tuple(found) for kind, found in deeds.items()}


def _deed(people: People, reports: Reports, clause: Clause, answer: Stretch | None) -> Deed:
    made = people.made
    statement = reports.around(clause.quote, clause.text)
    return Deed(
        text=made.span(clause.text),
        trigger=made.span(made.stretch(clause.trigger, clause.trigger)),
        by=_words(made, clause.by),
        resolved=_resolved(people, reports, clause, statement),
        to=_mention(made, clause.to),
        what=_span(made, clause.what),
        conditions=tuple(made.span(c) for c in clause.terms.conditions),
        durations=tuple(made.span(d) for d in clause.terms.durations),
        hedges=_hedges(made, clause),
        unresolved=tuple(made.span(m.span()) for m in made.language.unresolved.finditer(made.text, *clause.text)),
        degree=clause.degree,
        statement=statement,
        answer=_span(made, answer),
    )


def _hedges(made: Reading, clause: Clause) -> tuple[Span, ...]:
    first, last = made.sentences[clause.sentence]
    found = made.matches(made.language.hedge, Flag.HEDGE, first, made.ends[last - 1])
    return tuple(made.span(match.span()) for match in found)


def _resolved(people: People, reports: Reports, clause: Clause, statement: int | None) -> str | None:
    """Who does it: “we” and “I” within a statement are its speaker, speaking for a side or not."""
    if clause.doer is None:
        return None
    if people.made.lows[clause.doer.first] in people.made.language.first_person:
        return reports.resolved(reports.attributions[statement].person) if statement is not None else None
    return reports.resolved(people.resolve(clause.doer, []))
