"""Corrections and erasures: a mistake is corrected by a later entry, both showing; words can go, the entry stays.

A correction says what is right about an entry of any kind; an entry may be corrected more than once. An erasure takes
every particular of an entry that is still there: its words go from the store, the record still verifies, and the
copies that acts of this room made in other rooms the author sits in go in the same act (``scene.copies``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from goodoffices.record.entries import Entry, Fact, cited
from goodoffices.record.matter import Matter
from goodoffices.record.ordered import Ordered
from goodoffices.talks import fields
from goodoffices.talks.fields import Command
from goodoffices.talks.scene import Refusal, Rule, Scene

REASONS = ("personal-data", "named-in-error", "agreed", "ordered")


@dataclass(frozen=True)
class Corrections:
    """``corrected``: by ref of an entry, the refs of its corrections. ``erased``: by citation, the entry that held it.

    ``carried``: by ref, the entries of this room whose acts copied it into other rooms. ``asked``: by ref of a leave
    to convey, the point it answers. ``acted``: delegations that have entries here; ``worded``: that have words here.
    """

    corrected: Ordered[tuple[str, ...]] = field(default_factory=Ordered)
    erased: Ordered[str] = field(default_factory=Ordered)
    carried: Ordered[tuple[str, ...]] = field(default_factory=Ordered)
    asked: Ordered[str] = field(default_factory=Ordered)
    acted: tuple[str, ...] = ()
    worded: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CorrectEntry(Command):
    """Say what is right about an entry; both stay on the record."""

    entry: str = fields.ref("Entry")
    says: str = fields.words("What is right", long=True)
    reason: str | None = fields.words("Reason", required=False)


@dataclass(frozen=True, kw_only=True)
class EraseParticulars(Command):
    """Erase the words, names and papers of an entry for good, here and where this room's acts copied them."""

    entry: str = fields.ref("Entry")
    reason: str = fields.choice("Reason", REASONS)


def correct_entry(scene: Scene, c: CorrectEntry) -> list[Fact]:
    entry = scene.cited[c.entry]
    if not scene.is_host and scene.acting not in {entry.header.author.delegation, entry.acting}:
        raise Refusal("An entry is corrected by the delegation whose act it is, or by the host.")
    return [Fact("entry-corrected", {"entry": c.entry, "says": c.says, "reason": c.reason} | c.as_told())]


def erase_particulars(scene: Scene, c: EraseParticulars) -> list[Fact]:
    entry = scene.cited[c.entry]
    if not scene.is_host and scene.acting != entry.acting:
        raise Refusal("Words are erased by the delegation whose act the entry is, or by the host.")
    left = remaining(scene.room[CORRECTIONS], entry)
    if not left:
        raise Refusal("This entry holds no words, names or papers that could be erased, or they are erased already.")
    here = _erased(c, c.entry, left, None)
    return [here, *(_erased(c, copy.ref, copy.particulars, copy.room) for copy in scene.copies(c.entry))]


def remaining(state: Corrections, entry: Entry) -> tuple[str, ...]:
    """The particulars an entry cites that no erasure on this record has taken."""
    return tuple(c for c in dict.fromkeys(cited(entry.body)) if c not in state.erased)


def _erased(c: EraseParticulars, ref: str, particulars: tuple[str, ...], room: str | None) -> Fact:
    body = {"entry": ref, "particulars": list(particulars), "reason": c.reason}
    return Fact("particulars-erased", body | c.as_told(), room)


def _to_those_who_acted(scene: Scene) -> Iterable[Mapping[str, str]]:
    if scene.is_host or scene.acting in scene.room[CORRECTIONS].acted:
        yield {}


def _to_those_with_words(scene: Scene) -> Iterable[Mapping[str, str]]:
    """Offered to whoever has entered words; where all of them are erased by now, the rule says so."""
    if scene.is_host or scene.acting in scene.room[CORRECTIONS].worded:
        yield {}


def _every(state: Corrections, entry: Entry) -> Corrections:
    acting = entry.acting
    if acting not in state.acted:
        state = replace(state, acted=(*state.acted, acting))
    if acting not in state.worded and entry.kind != "particulars-erased" and any(cited(entry.body)):
        state = replace(state, worded=(*state.worded, acting))
    return state


def _corrected(state: Corrections, entry: Entry) -> Corrections:
    return replace(state, corrected=_added(state.corrected, entry.body["entry"], entry.ref))


def _particulars_erased(state: Corrections, entry: Entry) -> Corrections:
    erased = state.erased
    for citation in entry.body["particulars"]:
        erased = erased.put(citation, entry.body["entry"])
    return replace(state, erased=erased)


def _released(state: Corrections, entry: Entry) -> Corrections:
    carried = state.carried
    for ref in entry.body["entries"]:
        carried = _added(carried, ref, entry.ref)
    return replace(state, carried=carried)


def _leave_given(state: Corrections, entry: Entry) -> Corrections:
    asked = entry.body.get("asked")
    return replace(state, asked=state.asked.put(entry.ref, asked)) if asked else state


def _point_carried(state: Corrections, entry: Entry) -> Corrections:
    """The point stands in the leave that allowed it, and in the question that leave answers."""
    allowed = entry.body["allowed"]
    carried = _added(state.carried, allowed, entry.ref)
    if allowed in state.asked:
        carried = _added(carried, state.asked[allowed], entry.ref)
    return replace(state, carried=carried)


def _added(known: Ordered[tuple[str, ...]], key: str, value: str) -> Ordered[tuple[str, ...]]:
    return known.put(key, (*known.get(key, ()), value))


CORRECTIONS: Matter[Corrections] = Matter(
    name="corrections",
    version=2,
    initial=Corrections(),
    folds={
        "entry-corrected": _corrected,
        "particulars-erased": _particulars_erased,
        "entries-released": _released,
        "conveyance-allowed": _leave_given,
        "point-carried": _point_carried,
    },
    every=_every,
)

RULES = (
    Rule(CorrectEntry, "Correct an entry", correct_entry, _to_those_who_acted),
    Rule(EraseParticulars, "Erase the words of an entry", erase_particulars, _to_those_with_words),
)
