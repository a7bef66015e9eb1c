"""A room's record as a readable timeline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goodoffices.readouts.labels import Label, Standing, labels
from goodoffices.readouts.lines import line
from goodoffices.readouts.lines.line import Pair
from goodoffices.readouts.names import Names, names
from goodoffices.readouts.recalled import quoted, recalled
from goodoffices.readouts.standing import standing
from goodoffices.readouts.views import Told, Translate, View, untranslated, unwrapped
from goodoffices.record.entries import Entry


@dataclass(frozen=True)
class Shown:
    """One entry as a reader meets it. ``at``: RFC 3339 UTC. ``about`` and ``corrected_by``: refs in the same room."""

    seq: int
    ref: str
    at: str
    kind: str
    author: str
    delegation: str
    on_behalf: str | None
    sentence: str
    quotes: tuple[Pair, ...]
    details: tuple[Pair, ...]
    labels: tuple[Label, ...]
    about: tuple[str, ...]
    corrected_by: tuple[str, ...]


def timeline(
    view: View,
    start: int = 0,
    stop: int | None = None,
    others: Iterable[View] = (),
    translate: Translate = untranslated,
) -> list[Shown]:
    """Entries ``start`` to ``stop`` (not included) of a room, oldest first; what it costs is said at ``shown``."""
    return shown(view, view.entries(start, stop), others, translate)


def shown(
    view: View,
    entries: Iterable[Entry],
    others: Iterable[View] = (),
    translate: Translate = untranslated,
) -> list[Shown]:
    """These entries of a room's readable prefix, in the order given.

    One reading of words, however many there are, and one of entries where statements speak of others; ``others`` (more
    rooms of these talks that the viewer may read, for the names of delegations that do not sit here) cost one reading
    of words each.
    """
    entries = list(entries)
    facts = [unwrapped(entry) for entry in entries]
    who = names(view, [*facts, *recalled(view.state, facts), *quoted(view, facts)], others, translate)
    state = standing(view.state)
    return [_shown(entry, fact, who, state) for entry, fact in zip(entries, facts, strict=True)]


def _shown(entry: Entry, fact: Told, who: Names, state: Standing) -> Shown:
    said = line(fact, who)
    header = entry.header
    return Shown(
        seq=entry.seq,
        ref=entry.ref,
        at=header.at,
        kind=fact.kind,
        author=who.person(header.author.person),
        delegation=who.delegation(header.author.delegation),
        on_behalf=who.delegation(header.on_behalf) if header.on_behalf else None,
        sentence=said.sentence,
        quotes=said.quotes,
        details=said.details,
        labels=labels(fact, state, who),
        about=_here(said.about, fact, who),
        corrected_by=state.corrections.get(entry.ref, ()),
    )


def _here(refs: Iterable[str], fact: Told, who: Names) -> tuple[str, ...]:
    """Refs of entries of this very room: a released fact cites those of the room it came from."""
    if not fact.released:
        return tuple(refs)
    return tuple(known.ref for ref in refs if (known := who.fact(ref)) is not None)
