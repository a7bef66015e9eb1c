"""Who is who in one room for one viewer, and the words a page needs, read at one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from goodoffices.readouts.views import Told, Translate, View, untranslated
from goodoffices.record.seats import Seats


@dataclass(frozen=True)
class Names:
    """Display names and words of one room. ``words`` holds those that are not erased; ``cited`` facts by their refs.

    ``elsewhere``: names of delegations the viewer knows from other rooms, by id.
    """

    seats: Seats
    words: Mapping[str, str]
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    cited: Mapping[str, Told] = field(default_factory=dict)
    translate: Translate = untranslated

    def text(self, citation: object) -> str:
        """The words cited; ``[erased]`` where they are gone; nothing where nothing is cited."""
        if not isinstance(citation, str) or not citation:
            return ""
        _ = self.translate
        return self.words.get(citation, _("[erased]"))

    def delegation(self, id: object) -> str:  # as the record calls it
        """A delegation's name."""
        _ = self.translate
        if not id:
            return _("a delegation that is not named")
        member = self.seats.delegations.get(str(id))
        if member is not None:
            return self.text(member.name)
        return self.elsewhere.get(str(id), _("a delegation that does not sit in this room"))

    def delegations(self, ids: Iterable[object]) -> str:
        """Several names in a row."""
        return joined([self.delegation(one) for one in ids], self.translate)

    def person(self, id: object) -> str:
        """A delegate's name, else their function, else ``a delegate``."""
        _ = self.translate
        delegate = self.seats.delegates.get(str(id))
        if delegate is None:
            return _("a delegate")
        return self.text(delegate.name or delegate.function) or _("a delegate")

    def fact(self, ref: object) -> Told | None:
        """The fact another one cites, where this page has it."""
        return self.cited.get(ref) if isinstance(ref, str) else None


def joined(parts: list[str], _: Translate = untranslated) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    if len(parts) < 2:
        return "".join(parts)
    return _("{most} and {last}").format(most=", ".join(parts[:-1]), last=parts[-1])


def names(
    view: View,
    facts: Iterable[Told],
    others: Iterable[View] = (),
    translate: Translate = untranslated,
    more: Iterable[str | None] = (),
) -> Names:
    """The names for a page of ``facts``: one reading of words here, and one in each of ``others`` (for delegations).

    ``others``: more rooms of the same talks that this viewer may read; they lend the names of delegations that do not
    sit here. ``more``: citations the page needs besides those of its facts.
    """
    facts = list(facts)
    wanted = {
        *(citation for citation in more if citation),
        *_of_seats(view.seats),
        *(c for fact in facts for c in wordings(fact.body)),
    }
    return Names(
        seats=view.seats,
        words=view.words(sorted(wanted)),
        elsewhere=_elsewhere(view, others),
        cited={fact.source: fact for fact in facts} | {fact.ref: fact for fact in facts},
        translate=translate,
    )


def wordings(body: Any) -> Iterator[str]:
    """The citations (``p:``) of words in a body: all but the papers themselves, which may be large and are not text."""
    if isinstance(body, str):
        if len(body) == 66 and body.startswith("p:"):
            yield body
    elif isinstance(body, Mapping):
        for name, value in body.items():
            if name != "paper" or not isinstance(value, str):
                yield from wordings(value)
    elif isinstance(body, list | tuple):
        for value in body:
            yield from wordings(value)


def _of_seats(seats: Seats) -> Iterator[str]:
    if seats.title:
        yield seats.title
    yield from (d.name for d in seats.delegations.values())
    for delegate in seats.delegates.values():
        texts = (delegate.name, delegate.function, delegate.sender, delegate.credentials, delegate.mandate)
        yield from (text for text in texts if text)


def _elsewhere(view: View, others: Iterable[View]) -> dict[str, str]:
    found: dict[str, str] = {}
    for other in others:
        if other.id == view.id or other.seats.talks != view.seats.talks:
            continue
        missing = {d.id: d.name for d in other.seats.delegations.values() if d.id not in found}
        words = other.words(sorted(missing.values()))
        found |= {id: words[name] for id, name in missing.items() if name in words}
    return found
